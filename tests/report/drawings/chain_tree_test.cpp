#include "liantu/report/drawings/chain_tree.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/display_width.hpp"
#include "liantu/chain/gaps/gaps.hpp"
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
   ├─ ○ 隔膜  缺链
   └─ ● 正极  本地有产，是否够用不详  丙、丁

中游
└─ ◐ 电池  弱链，配套率低，仅一家生产，可配套率25%  乙

下游
└─ ● 整车  本地可供  甲

位置不明
└─ ○ 回收  未见本地需求

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

// Name and stage of each segment.
std::map<std::string, Stage> stages(const EnterpriseGraph& graph, std::string_view chain) {
  std::map<std::string, Stage> found;
  for (const ChainSegment& one :
       chain_tree(graph, report_of(graph), segment(graph, chain)).segments) {
    found.emplace(graph.name(graph.entity(one.segment)), one.stage);
  }
  return found;
}

using Stages = std::map<std::string, Stage>;

TEST(ChainTree, ACircleThatIsMostOfTheChainHasNoPosition) {
  const EnterpriseGraph graph = sketch(
      "铁 -part_of-> 链{type=chain}; 煤 -part_of-> 链; 车 -part_of-> 链; "
      "铁 -requires-> 煤 -requires-> 铁; 车 -requires-> 铁; 甲{region=500104} -makes-> 书");
  EXPECT_EQ(stages(graph, "链"),
            (Stages{{"铁", Stage::Apart}, {"煤", Stage::Apart}, {"车", Stage::Downstream}}));
  const ChainTree tree = chain_tree(graph, report_of(graph), segment(graph, "链"));
  ASSERT_EQ(tree.notes.size(), 1U);
  EXPECT_NE(tree.notes[0].zh.find("2 个环节与链上多数环节互为投入"), std::string::npos);
  EXPECT_NE(render_chain(graph, tree).find("their position is not known: 2"), std::string::npos);
}

TEST(ChainTree, ASmallCircleStandsByWhatLiesOutsideIt) {
  const EnterpriseGraph graph = sketch(
      "seg:链{type=chain}; 矿 -part_of-> 链; 铁 -part_of-> 链; 煤 -part_of-> 链; 车 -part_of-> 链; "
      "轮 -part_of-> 链\n"
      "车 -requires-> 轮 -requires-> 铁 -requires-> 煤 -requires-> 铁; 铁 -requires-> 矿; "
      "甲{region=500104} -makes-> 书");
  EXPECT_EQ(stages(graph, "链"), (Stages{{"矿", Stage::Upstream},
                                         {"铁", Stage::Midstream},
                                         {"煤", Stage::Midstream},
                                         {"轮", Stage::Midstream},
                                         {"车", Stage::Downstream}}));
  EXPECT_TRUE(chain_tree(graph, report_of(graph), segment(graph, "链")).notes.empty());
}

TEST(ChainTree, SectorsOfATableStandByTheStepsBeforeAndAfterThem) {
  // Each needs each a little. 矿 goes into 钢 and 钢 into 车, for the most part.
  const EnterpriseGraph graph = sketch(R"(
    seg:全链{type=chain}; 矿 -part_of-> 全链; 钢 -part_of-> 全链; 车 -part_of-> 全链
    seg:矿{output_share=0.2}; seg:钢{output_share=0.4}; seg:车{output_share=0.4}
    钢 -requires{coef=0.4}-> 矿; 钢 -requires{coef=0.01}-> 车
    车 -requires{coef=0.5}-> 钢; 车 -requires{coef=0.01}-> 矿
    矿 -requires{coef=0.01}-> 钢; 矿 -requires{coef=0.01}-> 车
    甲{region=500104} -makes-> 书
  )");
  EXPECT_EQ(stages(graph, "全链"),
            (Stages{{"矿", Stage::Upstream}, {"钢", Stage::Midstream}, {"车", Stage::Downstream}}));
  const ChainTree tree = chain_tree(graph, report_of(graph), segment(graph, "全链"));
  ASSERT_EQ(tree.notes.size(), 1U);
  EXPECT_NE(tree.notes[0].en.find("two thirds"), std::string::npos);
  for (const ChainSegment& one : tree.segments) EXPECT_TRUE(one.position);
}

TEST(ChainTree, ASegmentStandsBetweenWhatItNeedsAndWhatNeedsIt) {
  const EnterpriseGraph graph = sketch(kChain);
  EXPECT_EQ(stages(graph, "电池"), (Stages{{"隔膜", Stage::Upstream},
                                           {"正极", Stage::Upstream},
                                           {"电池", Stage::Midstream},
                                           {"整车", Stage::Downstream}}));
  // One step: what 整车 needs further up is not there.
  EXPECT_EQ(stages(graph, "整车"), (Stages{{"电池", Stage::Upstream}, {"整车", Stage::Midstream}}));
  EXPECT_EQ(stages(graph, "回收"), (Stages{{"回收", Stage::Midstream}}));
  const ChainTree tree = chain_tree(graph, report_of(graph), segment(graph, "电池"));
  EXPECT_EQ(tree.needs, (std::vector<ChainNeed>{{segment(graph, "电池"), segment(graph, "隔膜")},
                                                {segment(graph, "电池"), segment(graph, "正极")},
                                                {segment(graph, "整车"), segment(graph, "电池")}}));
  ASSERT_EQ(tree.notes.size(), 1U);
  EXPECT_NE(tree.notes[0].zh.find("上游为其直接投入"), std::string::npos);
}

// 甲 makes 电池 as such, and nothing is known to need it or to go into it.
TEST(ChainTree, TheSegmentAskedForIsOnItsBoard) {
  const EnterpriseGraph graph = sketch(R"(
    软包 -part_of-> 电池; 方壳 -part_of-> 电池; 软包 -requires-> 铝膜 -part_of-> 电池
    甲{region=500104} -makes-> 电池
  )");
  const ChainTree tree = chain_tree(graph, report_of(graph), segment(graph, "电池"));
  const auto found =
      std::ranges::find(tree.segments, segment(graph, "电池"), &ChainSegment::segment);
  ASSERT_NE(found, tree.segments.end());
  EXPECT_EQ(found->makers, std::vector{test::firm(graph, "甲")});
}

TEST(ChainTree, WhatAGroupNeedsAndIsNeededForHoldsOfItsKinds) {
  const EnterpriseGraph graph = sketch(R"(
    磷酸铁锂电池 -part_of-> 电池; 三元电池 -part_of-> 电池; 电池 -requires-> 隔膜
    整车 -requires-> 电池; 客车 -requires-> 三元电池; 甲{region=500104} -makes-> 书
  )");
  EXPECT_EQ(stages(graph, "三元电池"), (Stages{{"隔膜", Stage::Upstream},
                                               {"三元电池", Stage::Midstream},
                                               {"整车", Stage::Downstream},
                                               {"客车", Stage::Downstream}}));
  EXPECT_EQ(stages(graph, "电池"), (Stages{{"隔膜", Stage::Upstream},
                                           {"电池", Stage::Midstream},
                                           {"三元电池", Stage::Midstream},
                                           {"磷酸铁锂电池", Stage::Midstream},
                                           {"整车", Stage::Downstream},
                                           {"客车", Stage::Downstream}}));
}

TEST(ChainTree, WhatGoesIntoASegmentAndNeedsItHasNoSideUnlessATableTells) {
  const EnterpriseGraph plain =
      sketch("铁 -requires-> 煤 -requires-> 铁; 甲{region=500104} -makes-> 书");
  EXPECT_EQ(stages(plain, "煤"), (Stages{{"煤", Stage::Midstream}, {"铁", Stage::Apart}}));
  const EnterpriseGraph table = sketch(
      "铁{output_share=0.5} -requires{coef=0.4}-> 煤{output_share=0.5} -requires{coef=0.1}-> 铁; "
      "甲{region=500104} -makes-> 书");
  EXPECT_EQ(stages(table, "煤"), (Stages{{"煤", Stage::Midstream}, {"铁", Stage::Downstream}}));
  EXPECT_EQ(stages(table, "铁"), (Stages{{"铁", Stage::Midstream}, {"煤", Stage::Upstream}}));
}

TEST(ChainTree, PossibleMakersAreNamed) {
  const EnterpriseGraph graph = sketch(R"(
    料 -part_of-> 链{type=chain}; 车 -part_of-> 链; 车 -requires{coef=0.1}-> 料
    甲{region=500104} -makes{output=100}-> 车; 乙有限公司{region=500104} -makes{conf=0.1}-> 料
  )");
  const ChainTree tree = chain_tree(graph, report_of(graph), segment(graph, "链"));
  const std::string text = render_chain(graph, tree);
  EXPECT_NE(text.find("◐ 料  missing  possibly: 乙\n"), std::string::npos) << text;
}

TEST(ChainTree, StatusSaysHowFarANeedIsMet) {
  ChainSegment one;
  EXPECT_EQ(segment_status(one).zh, "未见本地需求");
  one.makers = {FirmId{0}};
  EXPECT_EQ(segment_status(one).zh, "本地可供");
  one.needed = true;
  EXPECT_EQ(segment_status(one).zh, "本地有产，是否够用不详");
  one.coverage = 1;
  EXPECT_EQ(segment_status(one).en, "met, coverage 100%");
  one.coverage = 0.6;
  EXPECT_EQ(segment_status(one).zh, "基本满足，可配套率60%");
  EXPECT_EQ(segment_status(one).en, "mostly met, coverage 60%");
  one.gap = GapKind::Weak;
  one.weak = {WeakReason::LowCoverage, WeakReason::MakersAtRisk};
  EXPECT_EQ(segment_status(one).zh, "弱链，配套率低，生产企业有风险，可配套率60%");
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
