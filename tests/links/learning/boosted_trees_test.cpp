#include "liantu/links/learning/boosted_trees.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "links/paths/draw.hpp"

namespace liantu {
namespace {

/// Sources with ten pairs of three features; the pair with the largest first one is linked.
RankingSample sample() {
  RankingSample pairs;
  pairs.features = 3;
  for (std::uint64_t source = 0; source < 60; ++source) {
    std::size_t best = 0;
    double largest = -1;
    for (std::uint64_t i = 0; i < 10; ++i) {
      const double value = fraction(drawn({1, source, i}));
      if (value > largest) best = static_cast<std::size_t>(i);
      largest = std::max(largest, value);
      pairs.values.push_back(static_cast<float>(value));
      pairs.values.push_back(static_cast<float>(fraction(drawn({2, source, i}))));
      pairs.values.push_back(i % 3 == 0 ? std::numeric_limits<float>::quiet_NaN() : 1);
      pairs.labels.push_back(0);
    }
    pairs.labels[static_cast<std::size_t>(source) * 10 + best] = 1;
    pairs.groups.push_back(10);
  }
  return pairs;
}

BoostedTreesOptions small(TreeObjective objective) {
  BoostedTreesOptions options;
  options.objective = objective;
  options.rounds = 20;
  options.depth = 3;
  options.columns = 1;
  return options;
}

class Trees : public testing::TestWithParam<TreeObjective> {};
INSTANTIATE_TEST_SUITE_P(Objectives, Trees,
                         testing::Values(TreeObjective::Ndcg, TreeObjective::Logistic));

TEST_P(Trees, PutTheLinkedPairFirst) {
  const RankingSample pairs = sample();
  const auto margins = BoostedTrees::fit(pairs, small(GetParam())).margins(pairs.values);
  std::size_t first = 0;
  for (std::size_t source = 0; source < 60; ++source) {
    const auto begin = margins.begin() + static_cast<std::ptrdiff_t>(source * 10);
    const auto best = std::max_element(begin, begin + 10) - begin;
    first += pairs.labels[source * 10 + static_cast<std::size_t>(best)];
  }
  EXPECT_GE(first, 50U);
}

TEST_P(Trees, ContributionsSumToTheMargin) {
  const RankingSample pairs = sample();
  const BoostedTrees trees = BoostedTrees::fit(pairs, small(GetParam()));
  const auto margins = trees.margins(pairs.values);
  const auto parts = trees.contributions(pairs.values);
  ASSERT_EQ(parts.size(), margins.size() * 4);
  for (std::size_t i = 0; i < margins.size(); ++i) {
    const double sum = parts[4 * i] + parts[4 * i + 1] + parts[4 * i + 2] + parts[4 * i + 3];
    EXPECT_NEAR(sum, margins[i], 1e-4);
  }
}

TEST_P(Trees, NeverFallWhereTheyMustRise) {
  BoostedTreesOptions options = small(GetParam());
  options.monotone = {1, -1, 0};
  const BoostedTrees trees = BoostedTrees::fit(sample(), options);
  std::vector<float> rising;
  std::vector<float> falling;
  for (int i = 0; i <= 100; ++i) {
    rising.insert(rising.end(), {static_cast<float>(i) / 100, 0.5F, 1});
    falling.insert(falling.end(), {0.5F, static_cast<float>(i) / 100, 1});
  }
  const auto up = trees.margins(rising);
  const auto down = trees.margins(falling);
  EXPECT_TRUE(std::is_sorted(up.begin(), up.end()));
  EXPECT_TRUE(std::is_sorted(down.rbegin(), down.rend()));
}

TEST_P(Trees, SayTheSameAgainAndFromTheirBytes) {
  const RankingSample pairs = sample();
  const BoostedTrees once = BoostedTrees::fit(pairs, small(GetParam()));
  const BoostedTrees again = BoostedTrees::fit(pairs, small(GetParam()));
  EXPECT_EQ(once.bytes(), again.bytes());
  EXPECT_EQ(BoostedTrees::from_bytes(once.bytes(), 3).margins(pairs.values),
            once.margins(pairs.values));
}

TEST(BoostedTrees, NoPairsHaveNoMargins) {
  const BoostedTrees trees = BoostedTrees::fit(sample(), small(TreeObjective::Ndcg));
  EXPECT_TRUE(trees.margins({}).empty());
  EXPECT_TRUE(trees.contributions({}).empty());
}

ErrorCode code_of(const RankingSample& pairs, const BoostedTreesOptions& options) {
  try {
    (void)BoostedTrees::fit(pairs, options);
  } catch (const Error& error) {
    return error.code();
  }
  ADD_FAILURE() << "nothing was thrown";
  return ErrorCode::Io;
}

TEST(BoostedTrees, RefuseWhatTheyCannotLearnFrom) {
  const BoostedTreesOptions options = small(TreeObjective::Ndcg);
  EXPECT_EQ(code_of({}, options), ErrorCode::InvalidArgument);
  RankingSample pairs = sample();
  pairs.labels.assign(pairs.labels.size(), 0);
  EXPECT_EQ(code_of(pairs, options), ErrorCode::InvalidArgument);
  pairs = sample();
  pairs.groups.pop_back();
  EXPECT_EQ(code_of(pairs, options), ErrorCode::InvalidArgument);
  BoostedTreesOptions bad = options;
  bad.rounds = 0;
  EXPECT_EQ(code_of(sample(), bad), ErrorCode::InvalidArgument);
  bad = options;
  bad.rate = std::nan("");
  EXPECT_EQ(code_of(sample(), bad), ErrorCode::InvalidArgument);
  bad = options;
  bad.monotone = {1};
  EXPECT_EQ(code_of(sample(), bad), ErrorCode::InvalidArgument);
}

/// One question about feature 0 of two, with leaves -1 (below 0.5) and 2 (the rest).
TreeEnsemble stump() {
  TreeEnsemble ensemble;
  ensemble.features = 2;
  ensemble.start = 0.5;
  ensemble.trees = {{{0, 0.5, true, 1, 2, 4},
                     {TreeNode::kNone, -1, false, 0, 0, 3},
                     {TreeNode::kNone, 2, false, 0, 0, 1}}};
  return ensemble;
}

TEST(BoostedTrees, AStumpAddsItsLeafAndMissingValuesGoTheirWay) {
  const BoostedTrees trees(stump());
  const float missing = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(trees.margins(std::vector<float>{0.25, 7, 0.5, 7, missing, 7}),
            (std::vector<double>{-0.5, 2.5, -0.5}));
  // The mean over training is (3 · -1 + 1 · 2) / 4 = -0.25; the feature moves it to the leaf.
  EXPECT_EQ(trees.contributions(std::vector<float>{0.25, 7, 0.5, 7}),
            (std::vector<double>{-0.75, 0, 0.25, 2.25, 0, 0.25}));
}

TEST(BoostedTrees, TwoQuestionsShareWhatTheyMoveByShapleysRule) {
  // x > 0 and y > 0 gives 4, all else 0; every leaf as heavy as the others. Unknown x: half of it.
  TreeEnsemble ensemble;
  ensemble.features = 2;
  const auto leaf = [](float value) { return TreeNode{TreeNode::kNone, value, false, 0, 0, 1}; };
  ensemble.trees = {{{0, 0, false, 1, 2, 4},
                     {1, 0, false, 3, 4, 2},
                     {1, 0, false, 5, 6, 2},
                     leaf(0),
                     leaf(0),
                     leaf(0),
                     leaf(4)}};
  const BoostedTrees trees(std::move(ensemble));
  // Mean 1. For (1, 1): x first 2 - 1 = 1, x last 4 - 2 = 2, so 1.5 each.
  EXPECT_EQ(trees.contributions(std::vector<float>{1, 1}), (std::vector<double>{1.5, 1.5, 1}));
  // For (1, -1): x first 2 - 1, x last 0 - 0: 0.5; y first 0 - 1, y last 0 - 2: -1.5.
  EXPECT_EQ(trees.contributions(std::vector<float>{1, -1}), (std::vector<double>{0.5, -1.5, 1}));
}

TEST(BoostedTrees, RefuseWhatIsNoTree) {
  const auto fault = [](const auto& change) {
    TreeEnsemble ensemble = stump();
    change(ensemble);
    const auto found = BoostedTrees::find_fault(ensemble);
    EXPECT_THROW(BoostedTrees{ensemble}, Error);
    return found ? found->what.en : std::string("none");
  };
  const float infinite = std::numeric_limits<float>::infinity();
  const auto has = [&](const std::string& words, const auto& change) {
    const std::string what = fault(change);
    EXPECT_NE(what.find(words), std::string::npos) << what;
  };
  has("a child is node 3", [](TreeEnsemble& e) { e.trees[0][0].right = 3; });
  has("a child is node 0", [](TreeEnsemble& e) { e.trees[0][0].left = 0; });
  has("child of two", [](TreeEnsemble& e) { e.trees[0][0].right = 1; });
  has("no node leads", [](TreeEnsemble& e) { e.trees[0].push_back(e.trees[0][1]); });
  has("feature 1073741824", [](TreeEnsemble& e) { e.trees[0][0].feature = 1U << 30U; });
  has("threshold", [&](TreeEnsemble& e) { e.trees[0][0].value = -infinite; });
  has("leaf", [](TreeEnsemble& e) { e.trees[0][1].value = std::nanf(""); });
  has("leaf", [](TreeEnsemble& e) { e.trees[0][1].value = 1e30F; });
  has("a weight must", [](TreeEnsemble& e) { e.trees[0][0].weight = -1; });
  has("a weight must", [](TreeEnsemble& e) { e.trees[0][0].weight = std::nanf(""); });
  has("sum to", [](TreeEnsemble& e) { e.trees[0][1].weight = std::nanf(""); });
  has("sum to", [](TreeEnsemble& e) { e.trees[0][1].weight = 2; });
  has("has 0 nodes", [](TreeEnsemble& e) { e.trees[0].clear(); });
  has("8192 nodes", [](TreeEnsemble& e) { e.trees[0].resize(8192); });
  has("start at", [](TreeEnsemble& e) { e.start = std::nanf(""); });
  has("too large to be added", [](TreeEnsemble& e) {
    e.trees[0][1].value = 9e14F;
    e.trees.push_back(e.trees[0]);
  });
  has("10001 trees", [](TreeEnsemble& e) { e.trees.resize(10'001, e.trees[0]); });
  has("deeper than 12", [](TreeEnsemble& e) {
    // Node 2i asks, node 2i + 1 is its leaf, node 2i + 2 the next question.
    std::vector<TreeNode> tree;
    for (std::uint32_t i = 0; i < 13; ++i) {
      tree.push_back({0, 0, false, 2 * i + 1, 2 * i + 2, 0});
      tree.push_back({TreeNode::kNone, 1, false, 0, 0, 0});
    }
    tree.push_back({TreeNode::kNone, 1, false, 0, 0, 0});
    e.trees = {tree};
  });
}

TEST(BoostedTrees, StopWhenAsked) {
  std::stop_source source;
  source.request_stop();
  BoostedTreesOptions options = small(TreeObjective::Ndcg);
  options.stop = source.get_token();
  EXPECT_EQ(code_of(sample(), options), ErrorCode::Cancelled);
}

TEST(BoostedTrees, RefuseBytesOfSomethingElseOrAnotherWidth) {
  EXPECT_THROW((void)BoostedTrees::from_bytes("no trees", 3), Error);
  EXPECT_THROW((void)BoostedTrees::from_bytes("", 3), Error);
  const std::string bytes = BoostedTrees::fit(sample(), small(TreeObjective::Ndcg)).bytes();
  EXPECT_EQ(BoostedTrees::from_bytes(bytes, 3).bytes(), bytes);
  EXPECT_THROW((void)BoostedTrees::from_bytes(bytes, 1), Error);
}

}  // namespace
}  // namespace liantu
