#include "liantu/report/drawings/chain_sheet.hpp"

#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::segment;
using test::sketch;

constexpr std::string_view kChain = R"(
  seg:电池链{type=chain}; 材料 -part_of-> 电池链; 隔膜 -part_of-> 材料; 正极 -part_of-> 材料
  电池 -part_of-> 电池链; 整车 -part_of-> 电池链; 回收 -part_of-> 电池链
  整车 -requires{coef=0.4}-> 电池 -requires{coef=0.1}-> 隔膜; 电池 -requires-> 正极
  甲{region=500104} -makes{output=1000}-> 整车; 乙有限公司{region=500104} -makes{output=100}-> 电池
  丙{region=500104} -makes-> 正极; 丁{region=500104} -makes-> 正极
)";

GapReport report_of(const EnterpriseGraph& graph) {
  GapOptions options;
  options.district.region = RegionCode{500104};
  return find_gaps(graph, options);
}

TEST(ChainSheet, HasARowASegment) {
  const EnterpriseGraph graph = sketch(kChain);
  const ChainTree tree = chain_tree(graph, report_of(graph), segment(graph, "电池链"));
  const Sheet sheet = chain_sheet(graph, tree, Language::En);
  ASSERT_EQ(sheet.rows.size(), 5U);
  EXPECT_EQ(sheet.rows[0],
            (std::vector<SheetCell>{
                "upstream", "隔膜", "材料", "○", "missing", "missing", 0.0, 0.0, {}, 0.0, {}, {}}));
  EXPECT_EQ(sheet.rows[2], (std::vector<SheetCell>{"midstream",
                                                   "电池",
                                                   {},
                                                   "◐",
                                                   "weak",
                                                   "weak, low coverage, single maker, coverage 25%",
                                                   0.25,
                                                   1.0,
                                                   "乙有限公司",
                                                   0.0,
                                                   {},
                                                   {}}));
  for (const auto& row : sheet.rows) EXPECT_EQ(row.size(), sheet.columns.size());
}

TEST(ChainSheet, PossibleMakersAreNamed) {
  const EnterpriseGraph graph = sketch(R"(
    料 -part_of-> 链{type=chain}; 车 -part_of-> 链; 车 -requires{coef=0.1}-> 料
    甲{region=500104} -makes{output=100}-> 车; 乙有限公司{region=500104} -makes{conf=0.1}-> 料
  )");
  const ChainTree tree = chain_tree(graph, report_of(graph), segment(graph, "链"));
  const Sheet sheet = chain_sheet(graph, tree, Language::Zh);
  EXPECT_EQ(sheet.rows[0][9], SheetCell(1.0));
  EXPECT_EQ(sheet.rows[0][10], SheetCell("乙有限公司"));
}

TEST(ChainListSheet, HasARowAChainAndSaysHowToMarkOne) {
  const EnterpriseGraph graph = sketch(kChain);
  const Sheet sheet = chain_list_sheet(graph, report_of(graph));
  ASSERT_EQ(sheet.rows.size(), 1U);
  EXPECT_EQ(sheet.rows[0], (std::vector<SheetCell>{"电池链", 5.0, 2.0, 1.0, 2.0}));
  EXPECT_TRUE(sheet.notes.empty());
  const EnterpriseGraph none = sketch("甲{region=500104} -makes-> 车");
  EXPECT_EQ(chain_list_sheet(none, report_of(none)).notes.size(), 1U);
}

}  // namespace
}  // namespace liantu
