#include "liantu/links/boosted_trees.hpp"

#include <cmath>
#include <cstdint>
#include <limits>

#include <gtest/gtest.h>

#include "liantu/base/error.hpp"
#include "links/draw.hpp"

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
  EXPECT_THROW((void)BoostedTrees::from_bytes(bytes, 4), Error);
}

}  // namespace
}  // namespace liantu
