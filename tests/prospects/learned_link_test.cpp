#include "liantu/prospects/learned_link.hpp"

#include <algorithm>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "liantu/graph/builder.hpp"
#include "liantu/links/learning/training.hpp"
#include "liantu/prospects/prospects.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::firm;
using test::sketch;

/// A logistic regression of two features: 2 × candidate_links + 0.5 × source_links − 3.
LinkModel two_features(const EnterpriseGraph& graph, SourceEnd end = SourceEnd::To) {
  LinkModel model;
  LinkTask task;
  task.source_end = end;
  model.origin = {RelationKind::Supplies,    end, FirmGrouping::None,
                  links_digest(graph, task), 1,   0.1};
  for (const PairFeature& feature : pair_features()) model.features.push_back(feature.name);
  const std::size_t width = model.features.size();
  LogisticRegression logistic{-3, std::vector<double>(width, 0), std::vector<double>(width, 1),
                              std::vector<double>(width, 0)};
  logistic.weights[pair_feature("candidate_links").value()] = 2;
  logistic.weights[pair_feature("source_links").value()] = 0.5;
  model.ranker = std::move(logistic);
  model.calibration = {{0, 4}, {0, 0.8}};
  model.validation = {{"directed_l3", 0.1, 0.1, 0.4, 10, 20},
                      {"logistic_regression", 0.2, 0.15, 0.5, 10, 20}};
  return model;
}

std::string refusal(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::InvalidData);
    EXPECT_FALSE(error.message().zh.empty());
    return error.message().en;
  }
  ADD_FAILURE() << "nothing was thrown";
  return {};
}

LearnedRanker ranker_of(LinkModel model) {
  return {std::make_shared<const LinkModel>(std::move(model)), "m.json", false};
}

const std::string kChain = "s1 -supplies-> c1; s1 -supplies-> c2; s2 -supplies-> c2";

TEST(LearnedLink, IsReckonedAsByHand) {
  // Were s2 to supply c1, it would have two customers and c1 two suppliers: 2 × 2 + 0.5 × 2 − 3 =
  // 2, half way between the knots.
  const EnterpriseGraph graph = sketch(kChain);
  const std::vector<LinkWish> wishes = {{firm(graph, "s2"), {firm(graph, "c1")}}};
  const auto links = learned_links(graph, two_features(graph), wishes);
  ASSERT_EQ(links.size(), 1U);
  ASSERT_TRUE(links[0]);
  EXPECT_EQ(links[0]->anchor, firm(graph, "c1"));
  EXPECT_DOUBLE_EQ(links[0]->margin, 2);
  EXPECT_DOUBLE_EQ(links[0]->probability, 0.4);
  EXPECT_DOUBLE_EQ(links[0]->bias, -3);
  EXPECT_EQ(links[0]->contributions,
            (std::vector<LinkContribution>{{"candidate_links", 4}, {"source_links", 1}}));
}

TEST(LearnedLink, OfEitherEndIsAboutTheSamePair) {
  // Seen from the supplier, c1 is the candidate and s2 the source; both counts are two again.
  const EnterpriseGraph graph = sketch(kChain);
  const std::vector<LinkWish> wishes = {{firm(graph, "s2"), {firm(graph, "c1")}}};
  const auto links = learned_links(graph, two_features(graph, SourceEnd::From), wishes);
  ASSERT_TRUE(links[0]);
  EXPECT_DOUBLE_EQ(links[0]->margin, 2);
}

TEST(LearnedLink, IsNothingForPairsThatAreNoCandidates) {
  const EnterpriseGraph graph = sketch(kChain);
  const std::vector<LinkWish> wishes = {{firm(graph, "s2"), {firm(graph, "c2")}},  // linked already
                                        {firm(graph, "s2"), {}},
                                        {firm(graph, "c1"), {firm(graph, "c1")}}};  // itself
  const auto links = learned_links(graph, two_features(graph), wishes);
  ASSERT_EQ(links.size(), 3U);
  for (const auto& link : links) EXPECT_FALSE(link);
}

TEST(LearnedLink, OfNobodyIsEmpty) {
  const EnterpriseGraph graph;
  EXPECT_TRUE(learned_links(graph, two_features(graph), {}).empty());
}

TEST(LearnedLink, IsTheBestOfAllPairs) {
  // By definition: over the anchors, the greatest margin of the tables of features.
  std::mt19937 random(7);
  GraphBuilder builder;
  constexpr std::uint32_t kFirms = 40;
  for (std::uint32_t i = 0; i < kFirms; ++i) {
    (void)builder.add(EntityKind::Firm, "f" + std::to_string(i));
  }
  for (int i = 0; i < 120; ++i) {
    const auto from = static_cast<std::uint32_t>(random() % kFirms);
    const auto to = static_cast<std::uint32_t>(random() % kFirms);
    if (from != to) builder.relate(RelationKind::Supplies, FirmId{from}, FirmId{to});
  }
  const EnterpriseGraph graph = builder.build();
  const LinkModel model = two_features(graph);
  std::vector<LinkWish> wishes;
  for (std::uint32_t i = 0; i < kFirms; ++i) {
    wishes.push_back({FirmId{i}, {FirmId{1}, FirmId{2}, FirmId{3}, FirmId{30}}});
  }
  const auto links = learned_links(graph, model, wishes);
  const PairFeatures features(graph, {}, {FirmGrouping::None});
  std::size_t found = 0;
  for (std::size_t w = 0; w < wishes.size(); ++w) {
    std::optional<std::pair<double, FirmId>> best;
    for (const FirmId anchor : wishes[w].anchors) {
      const std::vector<EntityId> source = {graph.entity(anchor)};
      const PairTable table = features.tables(source).front();
      for (std::size_t i = 0; i < table.candidates.size(); ++i) {
        if (table.candidates[i] != graph.entity(wishes[w].firm)) continue;
        const double margin = model.margins(table.row(i)).front();
        if (!best || margin > best->first) best = {margin, anchor};
      }
    }
    ASSERT_EQ(links[w].has_value(), best.has_value()) << w;
    if (!best) continue;
    ++found;
    EXPECT_EQ(links[w]->margin, best->first) << w;
    EXPECT_EQ(links[w]->anchor, best->second) << w;
    double sum = links[w]->bias;
    for (const LinkContribution& one : links[w]->contributions) sum += one.value;
    EXPECT_NEAR(sum, links[w]->margin, 1e-9) << w;
  }
  EXPECT_GT(found, 10U);
}

TEST(LearnedLink, OfAnotherRelationIsRefused) {
  const EnterpriseGraph graph = sketch(kChain);
  LinkModel model = two_features(graph);
  model.origin.relation = RelationKind::Owns;
  LearnedRanker ranker = ranker_of(std::move(model));
  ranker.force = true;
  EXPECT_EQ(refusal([&] { (void)judge_ranker(graph, ranker); }),
            "m.json: the model ranks links of `owns`, prospects need one of `supplies`; train it "
            "with `liantu train --relation supplies`");
}

TEST(LearnedLink, OfOtherLinksIsRefusedUnlessForced) {
  const EnterpriseGraph graph = sketch(kChain + "; s3 -supplies-> c1");
  LearnedRanker ranker = ranker_of(two_features(sketch(kChain)));
  EXPECT_NE(
      refusal([&] { (void)judge_ranker(graph, ranker); }).find("m.json: the model was trained"),
      std::string::npos);
  ranker.force = true;
  const LearnedUse use = judge_ranker(graph, ranker);
  EXPECT_TRUE(use.used);
  EXPECT_NE(use.remark.en.find("OTHER links"), std::string::npos);
}

TEST(LearnedLink, OfAModelThatDoesNotBeatDirectedL3IsNotUsedUnlessForced) {
  const EnterpriseGraph graph = sketch(kChain);
  LinkModel model = two_features(graph);
  model.validation[1].map = 0.05;
  LearnedRanker ranker = ranker_of(std::move(model));
  EXPECT_FALSE(judge_ranker(graph, ranker).used);
  EXPECT_EQ(judge_ranker(graph, ranker).remark.en,
            "m.json: logistic_regression does not beat directed_l3 on validation (MRR 0.2000 "
            "against 0.1000, MAP 0.0500 against 0.1000 on 10 sources) and was not used");
  ranker.force = true;
  EXPECT_TRUE(judge_ranker(graph, ranker).used);
  EXPECT_NE(judge_ranker(graph, ranker).remark.en.find("does NOT beat"), std::string::npos);
}

TEST(LearnedLink, StopsWhenAsked) {
  const EnterpriseGraph graph = sketch(kChain);
  std::stop_source source;
  source.request_stop();
  const std::vector<LinkWish> wishes = {{firm(graph, "s2"), {firm(graph, "c1")}}};
  try {
    (void)learned_links(graph, two_features(graph), wishes, source.get_token());
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::Cancelled);
  }
}

// 甲 needs 电池, which 戊 makes; 戊 supplies 丙, who buys from 丁 as 甲 does.
const std::string kDistrict =
    "甲{region=500104,anchor} -makes{output=1e9}-> 整车 -requires{coef=0.4}-> 电池; "
    "戊{region=440305} -makes{output=1e8}-> 电池; 己{region=440305} -makes{output=1e8}-> 电池; "
    "丙{region=330106}; 丁{region=330106} -supplies-> 甲; 丁 -supplies-> 丙; 戊 -supplies-> 丙";

TEST(LearnedLink, StandsBesideAScoreThatItDoesNotChange) {
  const EnterpriseGraph graph = sketch(kDistrict);
  GapOptions gaps;
  gaps.district.region = RegionCode{500104};
  const GapReport report = find_gaps(graph, gaps);
  const ProspectList without = rank_prospects(graph, report);
  EXPECT_FALSE(without.learned);
  ProspectOptions options;
  options.learned = ranker_of(two_features(graph));
  const ProspectList with = rank_prospects(graph, report, options);
  ASSERT_TRUE(with.learned && with.learned->used);
  ASSERT_EQ(with.prospects.size(), without.prospects.size());
  for (std::size_t i = 0; i < with.prospects.size(); ++i) {
    EXPECT_EQ(with.prospects[i].firm, without.prospects[i].firm);
    EXPECT_EQ(with.prospects[i].score, without.prospects[i].score);
    EXPECT_EQ(with.prospects[i].rank, without.prospects[i].rank);
    EXPECT_FALSE(without.prospects[i].link);
    // What 己 makes alone makes it a candidate; that 戊 has a customer makes it the likelier one.
    ASSERT_TRUE(with.prospects[i].link);
    EXPECT_EQ(with.prospects[i].link->anchor, firm(graph, "甲"));
  }
}

TEST(LearnedLink, OfAModelNotUsedIsOnNoRow) {
  const EnterpriseGraph graph = sketch(kDistrict);
  GapOptions gaps;
  gaps.district.region = RegionCode{500104};
  LinkModel model = two_features(graph);
  model.validation.clear();
  ProspectOptions options;
  options.learned = ranker_of(std::move(model));
  const ProspectList list = rank_prospects(graph, find_gaps(graph, gaps), options);
  ASSERT_TRUE(list.learned);
  EXPECT_FALSE(list.learned->used);
  for (const Prospect& prospect : list.prospects) EXPECT_FALSE(prospect.link);
}

}  // namespace
}  // namespace liantu
