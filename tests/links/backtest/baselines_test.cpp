#include "liantu/links/backtest/baselines.hpp"

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "liantu/links/backtest/hiding.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::sketch;

using Named = std::vector<std::pair<std::string, double>>;

LinkTask task_of(std::vector<EdgeId> hidden = {}) {
  LinkTask task;
  task.hidden = std::move(hidden);
  return task;
}

Named row(const EnterpriseGraph& graph, const LinkMethod& method, std::string_view source) {
  const std::vector<EntityId> sources = {graph.entity(test::firm(graph, source))};
  const ScoreRow scores = method.rows(sources, {}).front();
  Named named;
  for (std::size_t i = 0; i < scores.entities.size(); ++i) {
    named.emplace_back(graph.name(scores.entities[i]), scores.scores[i]);
  }
  return named;
}

TEST(Baselines, StandInAFixedOrder) {
  const auto graph = sketch("a -supplies-> b");
  const LinkTask task = task_of();
  std::string names;
  for (const LinkMethod& method : baseline_methods(graph, task, 1)) {
    EXPECT_EQ(method.kind, MethodKind::Baseline);
    EXPECT_EQ(method.unavailable.empty(), static_cast<bool>(method.rows));
    names += method.name + (method.unavailable.empty() ? " " : "? ");
  }
  EXPECT_EQ(names, "random degree segment_rate? attributes? ");
}

TEST(Baselines, RandomScoresFollowSeedSourceAndEntity) {
  const auto graph = sketch("a -supplies-> b; c -supplies-> b");
  const LinkTask task = task_of();
  const auto one = baseline_methods(graph, task, 1)[0];
  EXPECT_EQ(row(graph, one, "b"), row(graph, baseline_methods(graph, task, 1)[0], "b"));
  EXPECT_NE(row(graph, one, "b"), row(graph, baseline_methods(graph, task, 2)[0], "b"));
  EXPECT_NE(row(graph, one, "b"), row(graph, one, "a"));
  EXPECT_EQ(row(graph, one, "b").size(), 3U);
}

TEST(Baselines, DegreeCountsVisibleLinksAtTheRankedEnd) {
  const auto graph = sketch("a -supplies-> x; a -supplies-> y; b -supplies-> x; x -supplies-> y");
  LinkTask task = task_of({EdgeId{0}});  // a → x
  EXPECT_EQ(row(graph, baseline_methods(graph, task, 1)[1], "x"),
            (Named{{"a", 1}, {"x", 1}, {"b", 1}}));
  task.source_end = SourceEnd::From;
  EXPECT_EQ(row(graph, baseline_methods(graph, task, 1)[1], "a"), (Named{{"x", 1}, {"y", 2}}));
}

TEST(Baselines, SegmentRateIsTheShareOfLinkedPairs) {
  // Makers of 膜: a b; of 电池: x y. Two of four pairs are linked, one of them hidden: 1 / (4 + 1).
  const auto graph = sketch(
      "a -makes-> 膜; b -makes-> 膜; x -makes-> 电池; y -makes-> 电池; a -supplies-> x; "
      "b -supplies-> y; z -supplies-> x");
  const LinkTask task = task_of({EdgeId{1}});
  const LinkMethod method = baseline_methods(graph, task, 1)[2];
  ASSERT_EQ(method.unavailable, "");
  EXPECT_EQ(row(graph, method, "y"), (Named{{"a", 0.2}, {"b", 0.2}}));
  EXPECT_EQ(row(graph, method, "z"), Named());
}

TEST(Baselines, SegmentRateIsNotToldFromWhatItAsksFor) {
  const auto graph = sketch("a -makes-> 膜; a -supplies-> b");
  LinkTask task = task_of();
  task.relation = RelationKind::Makes;
  EXPECT_NE(baseline_methods(graph, task, 1)[2].unavailable, "");
}

TEST(Baselines, AttributesByHand) {
  // Two provinces (50: a x, 44: b y). Linked: 50 → 50 twice over sources x. One link of known
  // provinces a → x and one b → x: from x, 50 has 1 link, 44 has 1; half of the entities are of
  // either. Expected of 2 links: 2 · ½ · ½ = ½ each: ln (2 / 1.5). From y nothing is linked:
  // ln (1 / 1.5).
  const auto graph = sketch(
      "a{region=500104}; x{region=500106}; b{region=440305}; y{region=440304}; a -supplies-> x; "
      "b -supplies-> x");
  const LinkTask task = task_of();
  const LinkMethod method = baseline_methods(graph, task, 1)[3];
  ASSERT_EQ(method.unavailable, "");
  const Named of_x = row(graph, method, "x");
  const Named of_y = row(graph, method, "y");
  ASSERT_EQ(of_x.size(), 4U);
  // Districts: four of them, one entity each; expected of 2 links: 2 / 16 each.
  const double province = std::log(2 / 1.5);
  const double linked_district = std::log(2 / 1.125);
  const double other_district = std::log(1 / 1.125);
  const std::vector<double> expected = {province + linked_district, province + other_district,
                                        province + linked_district, province + other_district};
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(of_x[i].second, expected[i], 1e-12);
  for (const auto& [name, score] : of_y) {
    EXPECT_NEAR(score, std::log(1 / 1.5) + other_district, 1e-12) << name;
  }
}

TEST(Baselines, WhatAnEntityDoesNotStateSaysNothing) {
  const auto graph =
      sketch("a{region=500104} -supplies-> x{region=500104}; b{region=440305}; n -supplies-> x");
  const LinkTask task = task_of();
  const LinkMethod method = baseline_methods(graph, task, 1)[3];
  for (const auto& [name, score] : row(graph, method, "x")) {
    EXPECT_EQ(score == 0, name == "n") << name;
  }
}

TEST(Baselines, AnEmptyGraphFeedsNeitherSegmentsNorAttributes) {
  const EnterpriseGraph graph;
  const LinkTask task = task_of();
  const auto methods = baseline_methods(graph, task, 1);
  EXPECT_NE(methods[2].unavailable, "");
  EXPECT_NE(methods[3].unavailable, "");
}

TEST(Baselines, StopWhenAsked) {
  const auto graph = sketch("a -supplies-> b");
  const LinkTask task = task_of();
  std::stop_source stop;
  stop.request_stop();
  const std::vector<EntityId> sources = {EntityId{0}};
  try {
    static_cast<void>(baseline_methods(graph, task, 1)[0].rows(sources, stop.get_token()));
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::Cancelled);
  }
}

}  // namespace
}  // namespace liantu
