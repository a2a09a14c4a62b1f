#include "liantu/graph/thaw.hpp"

#include <cstdint>

#include <gtest/gtest.h>

#include "liantu/graph/snapshot.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::sketch;

TEST(Thaw, WhatIsFrozenAgainIsTheSameGraph) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    // Without the conflicts of the random graph.
    const EnterpriseGraph graph =
        thaw(test::random_graph(seed, {.firms = 50, .segments = 15})).build();
    EXPECT_EQ(snapshot_bytes(thaw(graph).build()), snapshot_bytes(graph));
  }
  EXPECT_EQ(snapshot_bytes(thaw(EnterpriseGraph()).build()), snapshot_bytes(EnterpriseGraph()));
}

// Conflicts are told by rows alone.
TEST(Thaw, EverythingButConflictsIsTakenOver) {
  const EnterpriseGraph graph = test::full_graph();
  const EnterpriseGraph again = thaw(graph).build();
  EXPECT_TRUE(again.conflicts().empty());
  EXPECT_EQ(snapshot_bytes(thaw(again).build()), snapshot_bytes(again));
  ASSERT_EQ(again.size(), graph.size());
  for (std::uint32_t i = 0; i < graph.size(); ++i) {
    const EntityId entity{i};
    EXPECT_EQ(again.name(entity), graph.name(entity));
    EXPECT_EQ(again.kind(entity), graph.kind(entity));
    for (std::size_t t = 0; t < kEntityTextCount; ++t) {
      EXPECT_EQ(again.text(entity, static_cast<EntityText>(t)),
                graph.text(entity, static_cast<EntityText>(t)));
    }
    for (std::size_t n = 0; n < kEntityNumberCount; ++n) {
      EXPECT_EQ(again.number(entity, static_cast<EntityNumber>(n)),
                graph.number(entity, static_cast<EntityNumber>(n)));
      EXPECT_EQ(again.number_year(entity, static_cast<EntityNumber>(n)),
                graph.number_year(entity, static_cast<EntityNumber>(n)));
    }
  }
  for (const RelationKind kind : kRelationKinds) {
    EXPECT_EQ(again.relation(kind).size(), graph.relation(kind).size());
  }
}

TEST(Thaw, WhatIsNotKeptIsLeftOut) {
  const EnterpriseGraph graph = sketch("甲 -makes-> 电池; 甲 -makes-> 隔膜; 甲 -supplies-> 乙");
  const Relation makes = graph.relation(RelationKind::Makes);
  const EnterpriseGraph less =
      thaw(graph, [&](RelationKind kind, EdgeId edge) {
        return kind != RelationKind::Makes || graph.name(makes.target(edge)) == "隔膜";
      }).build();
  EXPECT_EQ(less.relation(RelationKind::Makes).size(), 1U);
  EXPECT_EQ(less.relation(RelationKind::Supplies).size(), 1U);
  EXPECT_EQ(less.size(), graph.size());
}

}  // namespace
}  // namespace liantu
