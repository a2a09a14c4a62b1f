#include "liantu/report/drawings/relations.hpp"

#include <algorithm>
#include <cstdint>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/graph/builder.hpp"
#include "liantu/graph/views/ego.hpp"
#include "liantu/report/formats/svg.hpp"
#include "report/golden.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::expect_golden;

std::size_t count(const std::string& text, const std::string& words) {
  std::size_t result = 0;
  for (auto at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) ++result;
  return result;
}

// One gap, needed by nobody, made by the firms of the graph.
std::vector<EntityId> entities_of(const EgoNetwork& network) {
  std::vector<EntityId> entities;
  for (const EgoMember& member : network.members) entities.push_back(member.entity);
  return entities;
}

TEST(RelationsDot, DrawsAnEgoNetworkAndCountsYears) {
  // 甲 0, 乙 1, 丙 2; 电池 3. 丙 is two steps away.
  const EnterpriseGraph graph = test::sketch(
      "甲 -supplies{year=2020}-> 乙; 甲 -supplies{year=2021}-> 乙; 乙 -supplies-> 丙;"
      "甲 -makes-> 电池; 甲 -cooperates-> 甲");
  EgoOptions one;
  one.depth = 1;
  const std::vector<EntityId> centres = {EntityId{0}};
  const EgoNetwork network = ego_network(graph, centres, one);
  RelationsDotOptions options;
  options.language = Language::Zh;
  options.marked = centres;
  expect_golden("relations_zh.dot",
                relations_dot(graph, entities_of(network), network.relations, options));
  const std::string plain = relations_dot(graph, entities_of(network), network.relations);
  EXPECT_EQ(count(plain, "penwidth"), 0U);
  EXPECT_EQ(count(plain, "label=\"supplies ×2\""), 1U);
}

TEST(RelationsDot, DrawsOnlyWhatTheFilterKeepsBetweenTheEntitiesGiven) {
  const EnterpriseGraph graph =
      test::sketch("甲 -supplies{conf=0.1}-> 乙; 甲 -supplies-> 丙; 甲 -supplies-> 丁");
  RelationFilter filter;
  filter.min_confidence = 0.5;
  const std::vector<FilteredRelation> views = {
      FilteredRelation(graph.relation(RelationKind::Supplies), filter)};
  const std::vector<EntityId> entities = {EntityId{0}, EntityId{1}, EntityId{2}};
  const std::string dot = relations_dot(graph, entities, views);
  EXPECT_EQ(count(dot, "->"), 1U);
  EXPECT_EQ(count(dot, "n0 -> n2"), 1U);
  EXPECT_EQ(count(relations_dot(graph, {}, views), "label"), 0U);
}

TEST(RelationsDot, GraphvizDrawsEveryKindAndAnyName) {
  GraphBuilder builder;
  const EntityRef firm = builder.add(EntityKind::Firm, R"(甲 "A" \N & <b>)");
  const EntityRef person = builder.add(EntityKind::Person, "张三");
  const EntityRef organization = builder.add(EntityKind::Organization, "商会");
  builder.relate(RelationKind::MemberOf, firm, organization);
  builder.relate(RelationKind::Serves, person, firm);
  builder.relate(RelationKind::Makes, firm, builder.add(EntityKind::Segment, "电池"));
  builder.relate(RelationKind::StandsOn, firm, builder.add(EntityKind::Site, "地块"));
  const EnterpriseGraph graph = builder.build();
  const std::vector<EntityId> centres = {EntityId{0}};
  const EgoNetwork network = ego_network(graph, centres);
  const std::string svg =
      draw_svg(relations_dot(graph, entities_of(network), network.relations, {}));
  for (const char* words : {"甲 &quot;A&quot; \\N &amp; &lt;b&gt;", "张三", "商会", "电池", "地块",
                            "member of", "serves", "makes", "stands on"}) {
    EXPECT_NE(svg.find(words), std::string::npos) << words;
  }
}

}  // namespace
}  // namespace liantu
