#include "links/paths/step_layout.hpp"

#include <algorithm>
#include <set>
#include <vector>

#include <gtest/gtest.h>

#include "support/sketch.hpp"

namespace liantu {
namespace {

using enum StepDirection;

/// The entities that an entity reaches, ascending by id.
std::vector<EntityId> row(const StepLayout& layout, const EntityOrder& order, std::uint32_t from) {
  std::vector<EntityId> reached;
  for (const std::uint32_t place : layout.row(order.place(EntityId{from}))) {
    reached.push_back(order.entity(place));
  }
  std::sort(reached.begin(), reached.end());
  return reached;
}

TEST(StepLayout, AHiddenInstanceIsNotWalkedAndItsTwinIs) {
  // Instances by (from, to, year): 0 甲-乙 2021, 1 甲-乙 2022, 2 甲-丙, 3 丙-甲.
  const EnterpriseGraph graph = test::sketch(
      "甲 -supplies{year=2021}-> 乙; 甲 -supplies{year=2022}-> 乙; 甲 -supplies-> 丙; "
      "丙 -supplies-> 甲");
  const EntityOrder order(graph);
  const auto from_first = [&](StepDirection direction, const std::vector<EdgeId>& hidden) {
    return row(StepLayout(graph, order, {RelationKind::Supplies, direction}, hidden), order, 0);
  };
  const std::vector<EdgeId> one{EdgeId{0}, EdgeId{2}};
  EXPECT_EQ(from_first(Forward, one), std::vector{EntityId{1}});
  EXPECT_EQ(from_first(Either, one), (std::vector{EntityId{1}, EntityId{2}}));
  EXPECT_EQ(from_first(Forward, {EdgeId{0}, EdgeId{1}}), std::vector{EntityId{2}});
}

TEST(StepLayoutProperty, RowsAreTheDistinctEntitiesOfTheListOfInstances) {
  for (std::uint32_t seed = 1; seed <= 10; ++seed) {
    const EnterpriseGraph graph = test::random_graph(seed);
    const EntityOrder order(graph);
    for (const RelationKind kind : kRelationKinds) {
      const Relation relation = graph.relation(kind);
      std::vector<EdgeId> hidden;
      for (std::uint64_t e = 0; e < relation.size(); e += 3) hidden.push_back(EdgeId{e});
      for (const StepDirection direction : {Forward, Backward, Either}) {
        StepLayout layout(graph, order, {kind, direction}, hidden);
        std::vector<std::set<EntityId>> expected(graph.size());
        for (std::uint64_t e = 0; e < relation.size(); ++e) {
          if (e % 3 == 0) continue;
          const EntityId from = relation.source(EdgeId{e});
          const EntityId to = relation.target(EdgeId{e});
          if (direction != Backward) expected[raw(from)].insert(to);
          if (direction != Forward) expected[raw(to)].insert(from);
        }
        EXPECT_EQ(layout.factors(Normalizer::None), nullptr);
        for (std::uint32_t i = 0; i < graph.size(); ++i) {
          EXPECT_EQ(row(layout, order, i), std::vector(expected[i].begin(), expected[i].end()));
          const std::uint32_t place = order.place(EntityId{i});
          EXPECT_TRUE(std::ranges::is_sorted(layout.row(place)));
          const auto degree = static_cast<double>(expected[i].size());
          EXPECT_EQ(layout.degree(place), expected[i].size());
          EXPECT_EQ(layout.factors(Normalizer::Degree)[place], 1 / std::max(degree, 1.0));
          EXPECT_LE(layout.first_of_degree(degree), place);
        }
        EXPECT_EQ(layout.first_of_degree(0), 0U);
        EXPECT_EQ(layout.first_of_degree(1e9), graph.size());
      }
    }
  }
}

}  // namespace
}  // namespace liantu
