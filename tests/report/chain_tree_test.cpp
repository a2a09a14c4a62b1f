#include "liantu/report/chain_tree.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/display_width.hpp"
#include "liantu/chain/gaps.hpp"
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

TEST(ChainTree, IsDrawnUpstreamMidstreamDownstream) {
  const EnterpriseGraph graph = sketch(kChain);
  const ChainTree tree = chain_tree(graph, report_of(graph), segment(graph, "电池链"));
  TableStyle style;
  style.language = Language::Zh;
  EXPECT_EQ(render_chain(graph, tree, style), R"(电池链

上游
└─ 材料
   ├─ ○ 隔膜  缺链  可配套率 0%
   └─ ● 正极  丙、丁

中游
└─ ◐ 电池  弱链  可配套率 25%  乙

下游
└─ ● 整车  甲

位置不明
└─ ○ 回收

● 本地可供 2；◐ 薄弱或可能有 1；○ 本地没有 2
)");
}

TEST(ChainTree, NeverCutsAndNeverExceedsANarrowTerminal) {
  const EnterpriseGraph graph = sketch(kChain);
  const ChainTree tree = chain_tree(graph, report_of(graph), segment(graph, "电池链"));
  TableStyle style;
  style.width = 30;
  const std::string text = render_chain(graph, tree, style);
  EXPECT_NE(text.find("coverage 25%\n"), std::string::npos) << text;
  EXPECT_NE(text.find("乙"), std::string::npos);
}

TEST(ChainTree, IsASheetToo) {
  const EnterpriseGraph graph = sketch(kChain);
  const ChainTree tree = chain_tree(graph, report_of(graph), segment(graph, "电池链"));
  const Sheet sheet = chain_sheet(graph, tree, Language::En);
  ASSERT_EQ(sheet.rows.size(), 5U);
  EXPECT_EQ(sheet.rows[0],
            (std::vector<SheetCell>{"upstream", "隔膜", "材料", "○", "missing", 0.0, 0.0, {}}));
  EXPECT_EQ(sheet.rows[2], (std::vector<SheetCell>{
                               "midstream", "电池", {}, "◐", "weak", 0.25, 1.0, "乙有限公司"}));
  for (const auto& row : sheet.rows) EXPECT_EQ(row.size(), sheet.columns.size());
}

TEST(ChainTree, ACircleIsMidstream) {
  const EnterpriseGraph graph = sketch(
      "铁 -part_of-> 链{type=chain}; 煤 -part_of-> 链; 铁 -requires-> 煤 -requires-> 铁; "
      "甲{region=500104} -makes-> 书");
  for (const ChainSegment& one :
       chain_tree(graph, report_of(graph), segment(graph, "链")).segments) {
    EXPECT_EQ(one.stage, Stage::Midstream);
    EXPECT_EQ(one.presence, Presence::None);
  }
}

TEST(ChainTree, ChainsAreListed) {
  const EnterpriseGraph graph = sketch(kChain);
  EXPECT_EQ(chains(graph), std::vector{segment(graph, "电池链")});
  EXPECT_TRUE(chains(EnterpriseGraph()).empty());
  // Any segment may be drawn.
  EXPECT_EQ(chain_tree(graph, report_of(graph), segment(graph, "回收")).segments.size(), 1U);
}

TEST(ChainTree, HasWords) {
  EXPECT_EQ(stage_word(Stage::Upstream), "upstream");
  EXPECT_EQ(stage_word(Stage::Midstream), "midstream");
  EXPECT_EQ(stage_word(Stage::Downstream), "downstream");
  EXPECT_EQ(stage_word(Stage::Apart), "apart");
  EXPECT_EQ(presence_word(Presence::Made), "made");
  EXPECT_EQ(presence_word(Presence::Partly), "partly");
  EXPECT_EQ(presence_word(Presence::None), "none");
}

}  // namespace
}  // namespace liantu
