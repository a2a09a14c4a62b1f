#include "liantu/links/backtest/scorer_methods.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "liantu/links/paths/path_engine.hpp"
#include "liantu/links/scorers/scorer.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

TEST(ScorerMethods, EveryScorerIsAMethodThatDoesNotSeeWhatIsHidden) {
  const auto graph = test::random_graph(7);
  const Relation relation = graph.relation(RelationKind::Supplies);
  LinkTask task;
  for (std::uint64_t edge = 0; edge < relation.size(); edge += 3)
    task.hidden.push_back(EdgeId{edge});
  const std::vector<EntityId> sources = {EntityId{0}, EntityId{3}};
  const PathEngine engine(graph, {HiddenLinks{task.relation, task.hidden}, 1});
  const auto methods = scorer_methods(graph, task);
  ASSERT_EQ(methods.size(), scorers().size());
  for (std::size_t i = 0; i < methods.size(); ++i) {
    SCOPED_TRACE(methods[i].name);
    EXPECT_EQ(methods[i].name, scorers()[i].name);
    EXPECT_EQ(methods[i].kind, MethodKind::Single);
    ASSERT_EQ(methods[i].unavailable, "");
    EXPECT_EQ(methods[i].rows(sources, {}),
              score_links(engine, methods[i].name, task.relation, task.source_end, sources));
  }
}

TEST(ScorerMethods, WhatCannotScoreARelationSaysWhyAndDirectedPathsScoreAny) {
  // b makes what a makes, and 电池 besides: one way, over 膜 with 2 makers and b with 2 segments.
  const auto graph = test::sketch("a -makes-> 膜; b -makes-> 膜; b -makes-> 电池");
  LinkTask task;
  task.relation = RelationKind::Makes;
  task.source_end = SourceEnd::From;
  const std::vector<EntityId> sources = {graph.entity(test::firm(graph, "a"))};
  const EntityId battery = graph.entity(test::segment(graph, "电池"));
  for (const LinkMethod& method : scorer_methods(graph, task)) {
    EXPECT_EQ(method.unavailable.empty(), static_cast<bool>(method.rows)) << method.name;
    if (method.name != "directed_l3") continue;
    const ScoreRow row = method.rows(sources, {}).front();
    const auto at = std::ranges::find(row.entities, battery);
    ASSERT_NE(at, row.entities.end());
    EXPECT_NEAR(row.scores[static_cast<std::size_t>(at - row.entities.begin())], 0.5, 1e-12);
  }
}

}  // namespace
}  // namespace liantu
