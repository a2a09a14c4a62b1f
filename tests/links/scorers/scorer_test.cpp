#include "liantu/links/scorers/scorer.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

using enum RelationKind;

/// 甲 0 and 乙 2 supply 丙 1; 乙 supplies 丁 3.
constexpr std::string_view kTwoCustomers =
    "甲 -supplies-> 丙; 乙 -supplies-> 丙; 乙 -supplies-> 丁";

ScoreRow row(const EnterpriseGraph& graph, std::string_view scorer, SourceEnd end,
             std::uint32_t source) {
  const PathEngine engine(graph);
  const std::vector<EntityId> sources{EntityId{source}};
  return score_links(engine, scorer, Supplies, end, sources).at(0);
}

void expect_near(const ScoreRow& actual, const ScoreRow& expected) {
  EXPECT_EQ(actual.entities, expected.entities);
  ASSERT_EQ(actual.scores.size(), expected.scores.size());
  for (std::size_t i = 0; i < expected.scores.size(); ++i) {
    EXPECT_NEAR(actual.scores[i], expected.scores[i], 1e-12);
  }
}

TEST(Scorer, SharedNeighborsScoreAlikeFromBothEnds) {
  const EnterpriseGraph graph = test::sketch(kTwoCustomers);
  // 甲 and 乙 share 丙, which has two neighbours.
  for (const SourceEnd end : {SourceEnd::From, SourceEnd::To}) {
    expect_near(row(graph, "common_neighbors", end, 0), {{EntityId{2}}, {1}});
    expect_near(row(graph, "adamic_adar", end, 0), {{EntityId{2}}, {1 / std::log(2.0)}});
    expect_near(row(graph, "resource_allocation", end, 0), {{EntityId{2}}, {0.5}});
    // 甲-丙-甲-丙 = 1/√2 · 1/√1, 甲-丙-乙-丙 = 1/√2 · 1/√2, 甲-丙-乙-丁 = 1/√2 · 1/√2.
    expect_near(row(graph, "l3", end, 0),
                {{EntityId{1}, EntityId{3}}, {1 / std::sqrt(2.0) + 0.5, 0.5}});
  }
}

TEST(Scorer, DirectedL3LooksForCustomersOfASupplierAndForSuppliersOfACustomer) {
  const EnterpriseGraph graph = test::sketch(kTwoCustomers);
  // From 甲: its customer 丙 (two suppliers), 丙's suppliers 甲 (one customer) and 乙 (two).
  expect_near(row(graph, "directed_l3", SourceEnd::From, 0),
              {{EntityId{1}, EntityId{3}}, {1 / std::sqrt(2.0) + 0.5, 0.5}});
  // To 丁: its supplier 乙 (two customers), 乙's customers 丙 (two suppliers) and 丁 (one); who
  // supplies these: 甲 over 丙, 乙 over both.
  expect_near(row(graph, "directed_l3", SourceEnd::To, 3),
              {{EntityId{0}, EntityId{2}}, {0.5, 0.5 + 1 / std::sqrt(2.0)}});
  // Nobody supplies 甲.
  EXPECT_EQ(row(graph, "directed_l3", SourceEnd::To, 0), ScoreRow{});
}

TEST(Scorer, SharesOfNeighborsAndProductsOfDegreesAreCounted) {
  const EnterpriseGraph graph = test::sketch(kTwoCustomers);
  // 甲 and 乙 share 丙; together they have 丙 and 丁.
  expect_near(row(graph, "jaccard", SourceEnd::To, 0), {{EntityId{2}}, {0.5}});
  // 乙 has two partners, 丙 two, 甲 and 丁 one each.
  expect_near(row(graph, "preferential_attachment", SourceEnd::To, 2),
              {{EntityId{0}, EntityId{1}, EntityId{3}}, {2, 4, 2}});
  // 丙 buys from two; 甲 sells to one, 乙 to two.
  expect_near(row(graph, "directed_preferential_attachment", SourceEnd::To, 1),
              {{EntityId{0}, EntityId{2}}, {2, 4}});
  // 乙 sells to two; 丙 buys from two, 丁 from one.
  expect_near(row(graph, "directed_preferential_attachment", SourceEnd::From, 2),
              {{EntityId{1}, EntityId{3}}, {4, 2}});
  EXPECT_EQ(row(graph, "directed_preferential_attachment", SourceEnd::From, 1), ScoreRow{});
}

TEST(Scorer, LongerWalksEmbeddingsAndRanksFollowTheEndOfTheSource) {
  const EnterpriseGraph graph = test::sketch(kTwoCustomers);
  for (const char* scorer : {"directed_l5", "svd", "directed_pagerank", "pagerank", "katz"}) {
    for (const SourceEnd end : {SourceEnd::From, SourceEnd::To}) {
      for (std::uint32_t source = 0; source < 4; ++source) {
        const ScoreRow found = row(graph, scorer, end, source);
        EXPECT_EQ(std::count(found.entities.begin(), found.entities.end(), EntityId{source}), 0);
        for (const double score : found.scores) EXPECT_GT(score, 0);
      }
    }
  }
  // 丁's suppliers, their customers and so on: three walks to 甲 and more to 乙.
  EXPECT_EQ(row(graph, "directed_l5", SourceEnd::To, 3).entities,
            (std::vector{EntityId{0}, EntityId{2}}));
  EXPECT_EQ(row(graph, "directed_l5", SourceEnd::To, 0), ScoreRow{});
  // Against the links from 丁 there is only 乙.
  EXPECT_EQ(row(graph, "directed_pagerank", SourceEnd::To, 3).entities, std::vector{EntityId{2}});
  EXPECT_EQ(row(graph, "directed_pagerank", SourceEnd::From, 2).entities,
            (std::vector{EntityId{1}, EntityId{3}}));
  EXPECT_EQ(row(graph, "pagerank", SourceEnd::From, 3).entities.size(), 3U);
}

TEST(Scorer, EveryScorerIsKnownByItsNameAndSource) {
  std::vector<std::string> names;
  for (const Scorer& scorer : scorers()) {
    names.emplace_back(scorer.name);
    EXPECT_TRUE(scorer.source.starts_with("doi:")) << scorer.name;
  }
  EXPECT_EQ(names,
            (std::vector<std::string>{
                "common_neighbors", "jaccard", "adamic_adar", "resource_allocation",
                "preferential_attachment", "directed_preferential_attachment", "l3", "directed_l3",
                "directed_l5", "katz", "pagerank", "directed_pagerank", "svd"}));
}

TEST(Scorer, AnUnknownNameIsRefusedWithTheKnownOnes) {
  const EnterpriseGraph graph = test::sketch("甲");
  const PathEngine engine(graph);
  try {
    (void)score_links(engine, "magic", Supplies, SourceEnd::To, {});
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::InvalidArgument);
    EXPECT_TRUE(error.message().en.starts_with(
        "there is no scorer `magic`; scorers are common_neighbors, jaccard, "));
    EXPECT_TRUE(error.message().zh.starts_with("没有名为“magic”的评分方法"));
  }
}

TEST(Scorer, ARelationThatDoesNotJoinFirmsIsRefused) {
  const EnterpriseGraph graph = test::sketch("甲");
  const PathEngine engine(graph);
  try {
    (void)score_links(engine, "l3", Makes, SourceEnd::From, {});
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::InvalidArgument);
    EXPECT_EQ(error.message().en,
              "l3 cannot score `makes`, which does not join firms with firms; take supplies, owns "
              "or cooperates");
  }
}

}  // namespace
}  // namespace liantu
