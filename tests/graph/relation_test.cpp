#include "liantu/graph/relation.hpp"

#include <algorithm>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::random_graph;
using test::sketch;

template <typename T>
std::vector<T> list(std::span<const T> values) {
  return {values.begin(), values.end()};
}

TEST(Relation, OutAndInShareOneNumbering) {
  // Entities: 甲 0, 乙 1, 丙 2, 电池 3. By (from, to, segment, year), no segment last:
  // 0: 甲→乙 of 电池, 1: 甲→乙 in 2020, 2: 甲→丙, 3: 丙→乙.
  const EnterpriseGraph graph = sketch(
      "甲 -supplies-> 乙; 丙 -supplies{amount=3}-> 乙; 甲 -supplies{amount=2}-> 丙;"
      "甲 -supplies{segment=电池,share=0.5,detail=长单}-> 乙");
  const Relation supplies = graph.relation(RelationKind::Supplies);
  using Ids = std::vector<EntityId>;
  EXPECT_EQ(supplies.kind(), RelationKind::Supplies);
  ASSERT_EQ(supplies.size(), 4U);
  EXPECT_EQ(list(supplies.targets(EntityId{0})), (Ids{EntityId{1}, EntityId{1}, EntityId{2}}));
  EXPECT_EQ(list(supplies.targets(EntityId{1})), Ids{});
  EXPECT_EQ(list(supplies.targets(EntityId{2})), Ids{EntityId{1}});
  EXPECT_EQ(list(supplies.sources(EntityId{1})), (Ids{EntityId{0}, EntityId{0}, EntityId{2}}));
  EXPECT_EQ(list(supplies.in_edges(EntityId{1})), (std::vector<std::uint32_t>{0, 1, 3}));
  EXPECT_EQ(list(supplies.in_edges(EntityId{2})), (std::vector<std::uint32_t>{2}));
  EXPECT_EQ(supplies.out_edges(EntityId{2}).first, 3U);
  EXPECT_EQ(supplies.out_edges(EntityId{2}).size(), 1U);
  EXPECT_EQ(supplies.segment(EdgeId{0}), SegmentId{0});
  EXPECT_EQ(supplies.segment(EdgeId{1}), std::nullopt);
  EXPECT_EQ(supplies.number(EdgeId{0}, EdgeNumber::Share), 0.5);
  EXPECT_EQ(supplies.number(EdgeId{0}, EdgeNumber::Amount), std::nullopt);
  EXPECT_EQ(supplies.number(EdgeId{3}, EdgeNumber::Amount), 3.0);
  EXPECT_EQ(supplies.number(EdgeId{3}, EdgeNumber::Coefficient), std::nullopt);
  EXPECT_EQ(supplies.detail(EdgeId{0}), "长单");
  EXPECT_EQ(supplies.detail(EdgeId{1}), "");
  EXPECT_TRUE(supplies.connects(EntityId{0}, EntityId{2}));
  EXPECT_FALSE(supplies.connects(EntityId{2}, EntityId{0}));
}

TEST(Relation, EntitiesOfOtherKindsHaveNoEdges) {
  const EnterpriseGraph graph =
      sketch("甲 -makes-> 电池; @张三 -owns-> 甲; @张三 -serves-> 甲; org:商会; site:地块");
  for (const RelationKind kind : kRelationKinds) {
    const Relation relation = graph.relation(kind);
    for (std::uint32_t v = 0; v < graph.size(); ++v) {
      const EntityId id{v};
      bool starts = false;
      bool ends = false;
      for (const EntityKind other : kEntityKinds) {
        starts |= relation_allows(kind, graph.kind(id), other);
        ends |= relation_allows(kind, other, graph.kind(id));
      }
      EXPECT_TRUE(starts || (relation.out_edges(id).empty() && relation.targets(id).empty()));
      EXPECT_TRUE(ends || (relation.sources(id).empty() && relation.in_edges(id).empty()));
    }
  }
  // 甲 0, 电池 1, 张三 2: a firm and a person may own, the segment between them does not.
  const Relation owns = graph.relation(RelationKind::Owns);
  EXPECT_TRUE(owns.connects(EntityId{2}, EntityId{0}));
  EXPECT_EQ(owns.source(EdgeId{0}), EntityId{2});
}

TEST(Relation, WithoutInstancesAnswersEverywhere) {
  const EnterpriseGraph graph = sketch("甲; 乙");
  const Relation supplies = graph.relation(RelationKind::Supplies);
  EXPECT_EQ(supplies.size(), 0U);
  EXPECT_TRUE(supplies.out_edges(EntityId{1}).empty());
  EXPECT_TRUE(supplies.sources(EntityId{1}).empty());
  EXPECT_FALSE(supplies.connects(EntityId{0}, EntityId{1}));
}

TEST(Relation, BothDirectionsTellTheSameOnRandomGraphs) {
  using Instance = std::tuple<EntityId, EntityId, std::uint64_t>;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    const EnterpriseGraph graph = random_graph(seed);
    for (const RelationKind kind : kRelationKinds) {
      const Relation relation = graph.relation(kind);
      std::vector<Instance> out;
      std::vector<Instance> in;
      for (std::uint32_t v = 0; v < graph.size(); ++v) {
        const EntityId id{v};
        const EdgeRange range = relation.out_edges(id);
        const auto targets = relation.targets(id);
        EXPECT_TRUE(std::is_sorted(targets.begin(), targets.end()));
        for (std::uint64_t e = range.first; e < range.last; ++e) {
          EXPECT_EQ(relation.source(EdgeId{e}), id);
          EXPECT_EQ(relation.target(EdgeId{e}), targets[e - range.first]);
          out.emplace_back(id, targets[e - range.first], e);
        }
        const auto sources = relation.sources(id);
        EXPECT_TRUE(std::is_sorted(sources.begin(), sources.end()));
        for (std::size_t i = 0; i < sources.size(); ++i) {
          in.emplace_back(sources[i], id, relation.in_edges(id)[i]);
        }
        for (std::uint32_t w = 0; w < graph.size(); ++w) {
          EXPECT_EQ(relation.connects(id, EntityId{w}),
                    std::find(targets.begin(), targets.end(), EntityId{w}) != targets.end());
        }
      }
      EXPECT_EQ(out.size(), relation.size());
      EXPECT_TRUE(std::is_sorted(out.begin(), out.end()));
      std::sort(in.begin(), in.end());
      EXPECT_EQ(in, out);
    }
  }
}

}  // namespace
}  // namespace liantu
