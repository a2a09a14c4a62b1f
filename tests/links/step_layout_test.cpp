#include "links/step_layout.hpp"

#include <set>
#include <vector>

#include <gtest/gtest.h>

#include "support/sketch.hpp"

namespace liantu {
namespace {

using enum StepDirection;

std::vector<EntityId> row(const StepLayout& layout, std::uint32_t from) {
  const auto reached = layout.reached(EntityId{from});
  return {reached.begin(), reached.end()};
}

TEST(StepLayout, AHiddenInstanceIsNotWalkedAndItsTwinIs) {
  // Instances by (from, to, year): 0 甲-乙 2021, 1 甲-乙 2022, 2 甲-丙, 3 丙-甲.
  const EnterpriseGraph graph = test::sketch(
      "甲 -supplies{year=2021}-> 乙; 甲 -supplies{year=2022}-> 乙; 甲 -supplies-> 丙; "
      "丙 -supplies-> 甲");
  const std::vector<EdgeId> one{EdgeId{0}, EdgeId{2}};
  const PathStep forward{RelationKind::Supplies, Forward};
  const PathStep either{RelationKind::Supplies, Either};
  EXPECT_EQ(row(StepLayout(graph, forward, one), 0), std::vector{EntityId{1}});
  EXPECT_EQ(row(StepLayout(graph, either, one), 0), (std::vector{EntityId{1}, EntityId{2}}));
  const std::vector<EdgeId> both{EdgeId{0}, EdgeId{1}};
  EXPECT_EQ(row(StepLayout(graph, forward, both), 0), std::vector{EntityId{2}});
  EXPECT_EQ(StepLayout(graph, {RelationKind::Supplies, Backward}, both).degree(EntityId{1}), 0U);
}

TEST(StepLayoutProperty, RowsAreTheDistinctEntitiesOfTheListOfInstances) {
  for (std::uint32_t seed = 1; seed <= 10; ++seed) {
    const EnterpriseGraph graph = test::random_graph(seed);
    for (const RelationKind kind : kRelationKinds) {
      const Relation relation = graph.relation(kind);
      std::vector<EdgeId> hidden;
      for (std::uint64_t e = 0; e < relation.size(); e += 3) hidden.push_back(EdgeId{e});
      for (const StepDirection direction : {Forward, Backward, Either}) {
        const StepLayout layout(graph, {kind, direction}, hidden);
        std::vector<std::set<EntityId>> expected(graph.size());
        for (std::uint64_t e = 0; e < relation.size(); ++e) {
          if (e % 3 == 0) continue;
          const EntityId from = relation.source(EdgeId{e});
          const EntityId to = relation.target(EdgeId{e});
          if (direction != Backward) expected[raw(from)].insert(to);
          if (direction != Forward) expected[raw(to)].insert(from);
        }
        for (std::uint32_t i = 0; i < graph.size(); ++i) {
          EXPECT_EQ(row(layout, i), std::vector(expected[i].begin(), expected[i].end()));
          EXPECT_EQ(layout.degree(EntityId{i}), expected[i].size());
        }
      }
    }
  }
}

}  // namespace
}  // namespace liantu
