#include "liantu/links/paths/path_engine.hpp"

#include <algorithm>
#include <functional>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "liantu/graph/builder.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::sketch;

std::vector<EntityId> everybody(const EnterpriseGraph& graph) {
  std::vector<EntityId> all;
  for (std::uint32_t i = 0; i < graph.size(); ++i) all.push_back(EntityId{i});
  return all;
}

/// 甲 0 has two neighbours, 丙 1 (neighbours 甲 乙) and 丁 3 (neighbours 甲 乙 戊); 乙 2, 戊 4.
constexpr std::string_view kTwoWays =
    "甲 -supplies-> 丙; 乙 -supplies-> 丙; 甲 -supplies-> 丁; 丁 -supplies-> 乙; "
    "丁 -supplies-> 戊";

TEST(PathEngine, ARowNamesWhatAPathReachesAscending) {
  const EnterpriseGraph graph = sketch(kTwoWays);
  const PathEngine engine(graph);
  const std::vector<EntityId> sources{EntityId{0}, EntityId{4}};
  const std::vector<ScoreRow> expected{{{EntityId{2}, EntityId{4}}, {1.0 / 3 + 1.0 / 2, 1.0 / 3}},
                                       {{EntityId{0}, EntityId{2}}, {1.0 / 3, 1.0 / 3}}};
  EXPECT_EQ(engine.rows(parse_path("resource_allocation"), sources), expected);
}

TEST(PathEngine, HiddenLinksAreNotWalkedNorCountedNorKnown) {
  const EnterpriseGraph graph = sketch(kTwoWays);
  // Instances by (from, to) with the entities in the order 甲 丙 乙 丁 戊: 3 is 丁-乙.
  const PathEngine engine(graph, {HiddenLinks{RelationKind::Supplies, {EdgeId{3}}}, 1});
  const PathStep step{RelationKind::Supplies, StepDirection::Either};
  EXPECT_EQ(engine.degree(EntityId{3}, step), 2U);
  // To 乙 over 丙 alone, to 戊 over 丁, which has two neighbours left.
  const std::vector<EntityId> sources{EntityId{0}, EntityId{3}};
  EXPECT_EQ(engine.rows(parse_path("resource_allocation"), sources)[0],
            (ScoreRow{{EntityId{2}, EntityId{4}}, {0.5, 0.5}}));
  // 丁 and 乙 are strangers now: 丁-甲-丙-乙.
  const auto far = engine.top(parse_path("l3"), sources,
                              {.top = 10, .new_in = RelationKind::Supplies, .stop = {}});
  ASSERT_EQ(far[1].size(), 1U);
  EXPECT_EQ(far[1][0].entity, EntityId{2});
}

TEST(PathEngine, AGraphWithoutEntitiesHasNoRows) {
  const PathEngine engine{EnterpriseGraph()};
  EXPECT_TRUE(engine.rows(parse_path("l3"), {}).empty());
  EXPECT_TRUE(engine.top(parse_path("l3"), {}).empty());
}

TEST(PathEngine, AFirmAloneHasAnEmptyRow) {
  const EnterpriseGraph graph = sketch("甲");
  const PathEngine engine(graph);
  EXPECT_EQ(engine.rows(parse_path("l3"), everybody(graph)), std::vector<ScoreRow>(1));
}

TEST(PathEngine, APathWithoutStepsIsRefused) {
  const EnterpriseGraph graph = sketch("甲");
  const PathEngine engine(graph);
  for (const auto& call :
       {std::function<void()>([&] { (void)engine.rows({}, everybody(graph)); }),
        std::function<void()>([&] { (void)engine.top({}, everybody(graph)); })}) {
    try {
      call();
      ADD_FAILURE();
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::InvalidArgument);
    }
  }
}

TEST(PathEngine, ACancelledCallEndsWithCancelled) {
  const EnterpriseGraph graph = sketch(kTwoWays);
  const PathEngine engine(graph);
  std::stop_source stop;
  stop.request_stop();
  try {
    (void)engine.rows(parse_path("l3"), everybody(graph), stop.get_token());
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::Cancelled);
  }
}

// ---- against score_path(), on seeded random graphs

std::vector<RelationPath> paths_to_check(std::uint32_t seed) {
  std::vector<RelationPath> paths;
  for (const NamedPath& named : named_paths()) paths.push_back(parse_path(named.name));
  std::mt19937 random(seed);
  while (paths.size() < named_paths().size() + 12) {
    RelationPath path;
    const std::size_t length = 1 + random() % 5;
    for (std::size_t i = 0; i < length; ++i) {
      const RelationKind relation = kRelationKinds[random() % kRelationKinds.size()];
      const auto direction = static_cast<StepDirection>(random() % 3);
      const auto normalizer = static_cast<Normalizer>(random() % 4);
      path.steps.push_back({relation, direction, normalizer});
    }
    try {
      paths.push_back(parse_path(path.to_string()));
    } catch (const Error&) {
      // Its steps cannot follow each other.
    }
  }
  return paths;
}

TEST(PathEngineProperty, RowsAndRankingsAreThoseOfScorePath) {
  for (std::uint32_t seed = 1; seed <= 12; ++seed) {
    const EnterpriseGraph graph = test::random_graph(seed, {.firms = 30, .density = 3});
    const PathEngine engine(graph);
    const std::vector<EntityId> sources = everybody(graph);
    for (const RelationPath& path : paths_to_check(seed)) {
      const std::vector<ScoreRow> rows = engine.rows(path, sources);
      for (const EntityId source : sources) {
        std::vector<ScoredEntity> expected =
            score_path(graph, path, source, {.top = 0, .new_in = {}, .stop = {}});
        std::sort(expected.begin(), expected.end(),
                  [](const auto& a, const auto& b) { return a.entity < b.entity; });
        const ScoreRow& row = rows[raw(source)];
        ASSERT_EQ(row.entities.size(), expected.size());
        ASSERT_EQ(row.scores.size(), expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i) {
          ASSERT_EQ(row.entities[i], expected[i].entity);
          ASSERT_NEAR(row.scores[i], expected[i].score, 1e-12 * expected[i].score);
        }
      }
    }
  }
}

TEST(PathEngineProperty, ARankingIsTheHeadOfTheSortedRow) {
  for (std::uint32_t seed = 1; seed <= 8; ++seed) {
    const EnterpriseGraph graph = test::random_graph(seed, {.firms = 40, .density = 3});
    const PathEngine engine(graph);
    const std::vector<EntityId> sources = everybody(graph);
    const Relation supplies = graph.relation(RelationKind::Supplies);
    for (const RelationPath& path : paths_to_check(seed)) {
      const std::vector<ScoreRow> rows = engine.rows(path, sources);
      for (const std::size_t most : {std::size_t{0}, std::size_t{1}, std::size_t{3}}) {
        for (const bool new_only : {false, true}) {
          ScoreOptions options{.top = most, .new_in = {}, .stop = {}};
          if (new_only) options.new_in = RelationKind::Supplies;
          const auto rankings = engine.top(path, sources, options);
          for (const EntityId source : sources) {
            const ScoreRow& row = rows[raw(source)];
            std::vector<ScoredEntity> expected;
            for (std::size_t i = 0; i < row.entities.size(); ++i) {
              const EntityId to = row.entities[i];
              const bool joined = supplies.connects(source, to) || supplies.connects(to, source);
              if (!(new_only && joined)) expected.push_back({to, row.scores[i]});
            }
            std::stable_sort(expected.begin(), expected.end(),
                             [](const auto& a, const auto& b) { return a.score > b.score; });
            if (most != 0 && expected.size() > most) expected.resize(most);
            ASSERT_EQ(rankings[raw(source)], expected) << path.to_string();
          }
        }
      }
    }
  }
}

TEST(PathEngineProperty, ResultsDoNotDependOnThreadsOrCompany) {
  const EnterpriseGraph graph = test::random_graph(3, {.firms = 200, .density = 4});
  const PathEngine one(graph, {{}, 1});
  const PathEngine many(graph, {{}, 4});
  const std::vector<EntityId> sources = everybody(graph);
  for (const RelationPath& path : paths_to_check(3)) {
    const std::vector<ScoreRow> rows = one.rows(path, sources);
    ASSERT_EQ(rows, many.rows(path, sources));
    for (std::size_t i = 0; i < sources.size(); i += 17) {
      const std::vector<ScoreRow> alone = many.rows(path, std::span(sources).subspan(i, 1));
      ASSERT_EQ(rows[i], alone[0]);
    }
  }
}

}  // namespace
}  // namespace liantu
