#include "chain/gaps/search/maker_table.hpp"

#include <cstdint>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::sketch;
using Told = std::vector<std::string>;

// 乙 makes 30 膜, 12 of them 干法; 丙 makes 20 干法 and 15 湿法; 丁, at risk, nobody knows how
// much.
EnterpriseGraph separators() {
  return sketch(R"(
    干法 -part_of-> 膜; 湿法 -part_of-> 膜
    乙{region=500104} -makes{output=30}-> 膜; 乙 -makes{output=12}-> 干法
    丙{region=500104} -makes{output=20}-> 干法; 丙 -makes{output=15}-> 湿法
    丁{region=500104,risks=失信} -makes-> 湿法; seg:车
  )");
}

void fill(const EnterpriseGraph& graph, const Economy& economy, MakerTable& table) {
  const Productions productions(graph, economy.taxonomy(), 0);
  for (std::uint32_t i = 0; i < graph.size(EntityKind::Firm); ++i) {
    table.add(FirmId{i}, productions.statements(FirmId{i}));
  }
  table.set_out();
}

Told makers(const EnterpriseGraph& graph, MakerTable& table, std::string_view segment) {
  Told result;
  for (const Maker& maker : table.of(test::segment(graph, segment))) {
    std::string words(graph.name(graph.entity(maker.firm)));
    words += " " + std::string(graph.name(graph.entity(maker.segment)));
    words += maker.output ? " " + std::to_string(static_cast<int>(*maker.output)) : " ?";
    result.push_back(words + (maker.at_risk ? " at risk" : ""));
  }
  return result;
}

TEST(MakerTable, CountsEachFirmOnceAndEachYuanOnce) {
  const EnterpriseGraph graph = separators();
  const Economy economy(graph);
  MakerTable table(economy);
  fill(graph, economy, table);
  EXPECT_EQ(makers(graph, table, "膜"), (Told{"丙 干法 35", "乙 膜 30", "丁 湿法 ? at risk"}));
  EXPECT_EQ(makers(graph, table, "干法"), (Told{"丙 干法 20", "乙 干法 12"}));
  EXPECT_EQ(makers(graph, table, "膜"), (Told{"丙 干法 35", "乙 膜 30", "丁 湿法 ? at risk"}));
  EXPECT_FALSE(table.contains(test::segment(graph, "车")));
  EXPECT_EQ(makers(graph, table, "车"), Told{});
}

TEST(MakerTable, ForgetsAllWhenCleared) {
  const EnterpriseGraph graph = separators();
  const Economy economy(graph);
  MakerTable table(economy);
  fill(graph, economy, table);
  EXPECT_EQ(makers(graph, table, "湿法"), (Told{"丙 湿法 15", "丁 湿法 ? at risk"}));
  table.clear();
  EXPECT_FALSE(table.contains(test::segment(graph, "膜")));
  EXPECT_EQ(makers(graph, table, "湿法"), Told{});
  fill(graph, economy, table);
  EXPECT_EQ(makers(graph, table, "湿法"), (Told{"丙 湿法 15", "丁 湿法 ? at risk"}));
}

}  // namespace
}  // namespace liantu
