#include "chain/segments/taxonomy.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::segment;
using test::sketch;

using Names = std::vector<std::string>;

Names names(const EnterpriseGraph& graph, const std::vector<SegmentId>& segments) {
  Names result;
  for (const SegmentId one : segments) result.emplace_back(graph.name(graph.entity(one)));
  return result;
}

/// `电池→隔膜` for every relation.
Names inputs(const EnterpriseGraph& graph, std::string_view product) {
  const Relation relation = graph.relation(RelationKind::Requires);
  Names result;
  for (const EdgeId edge : Taxonomy(graph).inputs(segment(graph, product))) {
    result.push_back(std::string(graph.name(relation.source(edge))) + "→" +
                     std::string(graph.name(relation.target(edge))));
  }
  return result;
}

TEST(Taxonomy, WalksDownLevelByLevelEachSegmentOnce) {
  // 干法 lies below 隔膜 and below 材料 itself.
  const EnterpriseGraph graph = sketch(
      "干法 -part_of-> 隔膜 -part_of-> 材料; 干法 -part_of-> 材料; 正极 -part_of-> 材料; "
      "三元 -part_of-> 正极; seg:车");
  const Taxonomy taxonomy(graph);
  EXPECT_EQ(names(graph, taxonomy.below(segment(graph, "材料"))),
            (Names{"材料", "干法", "隔膜", "正极", "三元"}));
  EXPECT_EQ(names(graph, taxonomy.below(segment(graph, "隔膜"))), (Names{"隔膜", "干法"}));
  EXPECT_EQ(names(graph, taxonomy.below(segment(graph, "车"))), Names{"车"});
}

TEST(Taxonomy, WalksUpNearestLevelFirstWithoutTheSegment) {
  const EnterpriseGraph graph = sketch(
      "干法 -part_of-> 隔膜 -part_of-> 材料 -part_of-> 工业品; 干法 -part_of-> 膜 -part_of-> 材料");
  const Taxonomy taxonomy(graph);
  EXPECT_EQ(names(graph, taxonomy.above(segment(graph, "干法"))),
            (Names{"隔膜", "膜", "材料", "工业品"}));
  EXPECT_EQ(names(graph, taxonomy.above(segment(graph, "工业品"))), Names{});
}

TEST(Taxonomy, ChainsAreNoSegments) {
  const EnterpriseGraph graph = sketch(
      "电池 -part_of-> 汽车链{type=chain}; 隔膜 -part_of-> 电池; 车身 -part_of-> 汽车链; "
      "汽车链 -requires-> 电力");
  const Taxonomy taxonomy(graph);
  EXPECT_TRUE(taxonomy.chain(segment(graph, "汽车链")));
  EXPECT_FALSE(taxonomy.chain(segment(graph, "电池")));
  EXPECT_EQ(names(graph, taxonomy.above(segment(graph, "隔膜"))), Names{"电池"});
  EXPECT_EQ(inputs(graph, "隔膜"), Names{});
}

TEST(Taxonomy, InputsAreItsOwnElseThoseOfTheNearestAbove) {
  const EnterpriseGraph graph = sketch(R"(
    软包 -part_of-> 动力电池 -part_of-> 电池; 储能电池 -part_of-> 电池
    电池 -requires-> 隔膜; 电池 -requires-> 电解液; 动力电池 -requires-> 铝壳
  )");
  EXPECT_EQ(inputs(graph, "电池"), (Names{"电池→隔膜", "电池→电解液"}));
  EXPECT_EQ(inputs(graph, "动力电池"), Names{"动力电池→铝壳"});
  EXPECT_EQ(inputs(graph, "软包"), Names{"动力电池→铝壳"});
  EXPECT_EQ(inputs(graph, "储能电池"), (Names{"电池→隔膜", "电池→电解液"}));
  EXPECT_EQ(inputs(graph, "隔膜"), Names{});
}

TEST(Taxonomy, ParentsOfOneLevelAreHeardTogether) {
  const EnterpriseGraph graph = sketch(R"(
    软包 -part_of-> 电池; 软包 -part_of-> 电子件; 电池 -part_of-> 能源品; 能源品 -requires-> 煤
    电池 -requires-> 隔膜; 电子件 -requires-> 铜箔
  )");
  EXPECT_EQ(inputs(graph, "软包"), (Names{"电池→隔膜", "电子件→铜箔"}));
}

TEST(Taxonomy, EqualsReachabilityOnRandomGraphs) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const EnterpriseGraph graph = test::random_graph(seed, {.firms = 1, .segments = 14});
    const Relation part_of = graph.relation(RelationKind::PartOf);
    const std::uint32_t count = graph.size(EntityKind::Segment);
    const Taxonomy taxonomy(graph);
    // Distance upwards by relaxation.
    std::vector<std::vector<std::uint32_t>> up(count, std::vector<std::uint32_t>(count, count));
    for (std::uint32_t i = 0; i < count; ++i) up[i][i] = 0;
    for (std::uint32_t round = 0; round < count; ++round) {
      for (std::uint64_t e = 0; e < part_of.size(); ++e) {
        const std::uint32_t child = graph.local(part_of.source(EdgeId{e}));
        const std::uint32_t parent = graph.local(part_of.target(EdgeId{e}));
        for (std::uint32_t i = 0; i < count; ++i) {
          up[i][parent] = std::min(up[i][parent], up[i][child] + 1);
        }
      }
    }
    const Relation rules = graph.relation(RelationKind::Requires);
    for (std::uint32_t i = 0; i < count; ++i) {
      std::set<SegmentId> below;
      std::set<SegmentId> above;
      std::map<std::uint32_t, std::set<EdgeId>> rules_at;  // by distance
      for (std::uint32_t j = 0; j < count; ++j) {
        if (up[j][i] < count) below.insert(SegmentId{j});
        if (up[i][j] < count && i != j) above.insert(SegmentId{j});
      }
      for (std::uint64_t e = 0; e < rules.size(); ++e) {
        const std::uint32_t distance = up[i][graph.local(rules.source(EdgeId{e}))];
        if (distance < count) rules_at[distance].insert(EdgeId{e});
      }
      const auto found_below = taxonomy.below(SegmentId{i});
      const auto found_above = taxonomy.above(SegmentId{i});
      const auto found_inputs = taxonomy.inputs(SegmentId{i});
      EXPECT_EQ(found_below.size(), below.size());
      EXPECT_EQ(std::set(found_below.begin(), found_below.end()), below);
      EXPECT_EQ(found_above.size(), above.size());
      EXPECT_EQ(std::set(found_above.begin(), found_above.end()), above);
      EXPECT_TRUE(
          std::ranges::is_sorted(found_above, {}, [&](SegmentId one) { return up[i][raw(one)]; }));
      EXPECT_EQ(std::set(found_inputs.begin(), found_inputs.end()),
                rules_at.empty() ? std::set<EdgeId>{} : rules_at.begin()->second)
          << "seed " << seed << ", segment " << i;
    }
  }
}

}  // namespace
}  // namespace liantu
