#include "liantu/chain/gaps/gap_selection.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::firm;
using test::sketch;

using Told = std::vector<std::string>;

GapReport report_of(const EnterpriseGraph& graph, int rounds = 2) {
  GapOptions options;
  options.district.region = RegionCode{500104};
  options.rounds = rounds;
  return find_gaps(graph, options);
}

Told names(const EnterpriseGraph& graph, const GapReport& report, const GapSelection& selection) {
  Told result;
  for (const std::size_t place : selection.places) {
    result.emplace_back(graph.name(graph.entity(report.gaps[place].segment)));
  }
  return result;
}

// 甲, the anchor, needs 胎 (50), 灯 (10) and 漆 (counted); 乙 needs 胎 (40) and 窗 (80). Filling 胎
// raises 胶, filling 窗 raises 砂, filling 胶 in the third round 油. 车 goes into 赛车, 船 into 港.
constexpr std::string_view kTwo = R"(
  甲{region=500104,anchor} -makes{output=100}-> 车 -requires{coef=0.5}-> 胎
  车 -requires{coef=0.1}-> 灯; 车 -requires-> 漆; 赛车 -requires-> 车
  乙{region=500104} -makes{output=100}-> 船 -requires{coef=0.4}-> 胎
  船 -requires{coef=0.8}-> 窗; 港 -requires-> 船
  胎 -requires{coef=0.5}-> 胶; 窗 -requires{coef=0.5}-> 砂; 胶 -requires{coef=0.5}-> 油
)";

TEST(SelectGaps, NoQueryKeepsTheReportAsItIs) {
  const EnterpriseGraph graph = sketch(kTwo);
  const GapReport report = report_of(graph, 3);
  EXPECT_EQ(names(graph, report, select_gaps(report, {})),
            (Told{"胎", "窗", "灯", "漆", "胶", "砂", "油", "港", "赛车"}));
}

TEST(SelectGaps, AroundAnchorsStandsWhatTheyNeedWhatThatRaisesAndWhatTheyCouldSupply) {
  const EnterpriseGraph graph = sketch(kTwo);
  const GapReport report = report_of(graph, 3);
  const GapSelection selection = select_gaps(report, {.around_anchors = AroundAnchors::Yes});
  EXPECT_EQ(names(graph, report, selection), (Told{"胎", "灯", "漆", "胶", "油", "赛车"}));
}

TEST(SelectGaps, TheAnchorsOwnDemandOrders) {
  // In all 灯 is needed for 210 and 胎 for 90; by 甲 灯 for 10 and 胎 for 90.
  const EnterpriseGraph graph = sketch(R"(
    甲{region=500104,anchor} -makes{output=100}-> 车 -requires{coef=0.9}-> 胎
    车 -requires{coef=0.1}-> 灯; 乙{region=500104} -makes{output=100}-> 楼 -requires{coef=2}-> 灯
  )");
  const GapReport report = report_of(graph);
  EXPECT_EQ(names(graph, report, select_gaps(report, {})), (Told{"灯", "胎"}));
  EXPECT_EQ(names(graph, report, select_gaps(report, {.around_anchors = AroundAnchors::Yes})),
            (Told{"胎", "灯"}));
}

// Nothing is known of amounts. In all 灯 is needed most, by 乙; by 甲 胎 (0.5), then 灯 (0.1), and
// nobody knows how much 漆.
TEST(SelectGaps, WhereNoAmountIsKnownTheAnchorsOwnCoefficientsOrder) {
  const EnterpriseGraph graph = sketch(R"(
    甲{region=500104,anchor} -makes-> 车 -requires{coef=0.1}-> 灯; 车 -requires{coef=0.5}-> 胎
    乙{region=500104} -makes-> 船 -requires{coef=0.9}-> 灯; 车 -requires-> 漆
  )");
  const GapReport report = report_of(graph);
  EXPECT_EQ(names(graph, report, select_gaps(report, {}))[0], "灯");
  EXPECT_EQ(names(graph, report, select_gaps(report, {.around_anchors = AroundAnchors::Yes})),
            (Told{"胎", "灯", "漆"}));
}

// 电 is needed alike by all four products; around the anchor it stays behind the others.
TEST(SelectGaps, WhatStandsApartStaysApartAroundAnchors) {
  const EnterpriseGraph graph = sketch(R"(
    甲{region=500104,anchor} -makes{output=100}-> 车 -requires{coef=0.5}-> 电
    车 -requires{coef=0.1}-> 胎; 船 -requires{coef=0.5}-> 电; 书 -requires{coef=0.5}-> 电
  )");
  GapOptions options;
  options.district.region = RegionCode{500104};
  options.everywhere = Everywhere::Apart;
  const GapReport report = find_gaps(graph, options);
  const GapSelection selection = select_gaps(report, {.around_anchors = AroundAnchors::Yes});
  EXPECT_EQ(names(graph, report, selection), (Told{"胎", "电"}));
  EXPECT_EQ(selection.apart, 1U);
}

TEST(SelectGaps, AnyKindThatFiresCounts) {
  // 胎 is missing, and 车 could be made of 灯, which 乙 makes.
  const EnterpriseGraph graph = sketch(R"(
    甲{region=500104} -makes-> 车 -requires-> 胎 -requires-> 灯; 乙{region=500104} -makes-> 灯
  )");
  const GapReport report = report_of(graph);
  ASSERT_EQ(report.gaps.size(), 1U);
  ASSERT_EQ(report.gaps[0].kinds, (std::vector{GapKind::Missing, GapKind::Extension}));
  EXPECT_EQ(select_gaps(report, {.kinds = {GapKind::Extension}}).places.size(), 1U);
  EXPECT_EQ(select_gaps(report, {.kinds = {GapKind::Weak, GapKind::Missing}}).places.size(), 1U);
  EXPECT_EQ(select_gaps(report, {.kinds = {GapKind::Hidden}}).places.size(), 0U);
}

TEST(SelectGaps, WhatIsPartOfASegmentOrAChainIsChosenWithIt) {
  const EnterpriseGraph graph = sketch(R"(
    甲{region=500104} -makes-> 车 -requires-> 胎; 车 -requires-> 灯; 车 -requires-> 漆
    胎 -part_of-> 橡胶件; seg:配件{type=chain}; 橡胶件 -part_of-> 配件; 灯 -part_of-> 配件
  )");
  const GapReport report = report_of(graph);
  const auto chosen = [&](const std::string& name) {
    GapQuery query;
    query.asked = {test::segment(graph, name)};
    query.within = segments_within(graph, query.asked);
    return select_gaps(report, query);
  };
  EXPECT_EQ(names(graph, report, chosen("橡胶件")), Told{"胎"});
  EXPECT_EQ(names(graph, report, chosen("车")), Told{});
  const GapSelection chain = chosen("配件");
  EXPECT_EQ(names(graph, report, chain), (Told{"灯", "胎"}));
  const GapReport kept = keep_chosen(report, chain);
  ASSERT_EQ(kept.gaps.size(), 2U);
  EXPECT_EQ(kept.gaps[0].segment, test::segment(graph, "灯"));
  EXPECT_EQ(kept.gaps[0].needers, report.gaps[chain.places[0]].needers);
}

TEST(SelectGaps, CountedGapsThatALeakageLeavesOutAreCounted) {
  const EnterpriseGraph graph = sketch(kTwo);
  const GapReport report = report_of(graph);
  const GapSelection some = select_gaps(report, {.min_leakage = 40});
  EXPECT_EQ(names(graph, report, some), (Told{"胎", "窗", "胶", "砂"}));
  EXPECT_EQ(some.counted, 3U);  // 漆, 赛车, 港
  EXPECT_EQ(select_gaps(report, {.kinds = {GapKind::Missing}, .min_leakage = 40}).counted, 1U);
  const GapSelection none = select_gaps(report, {.min_leakage = 1e9});
  EXPECT_TRUE(none.places.empty());
}

TEST(SelectGaps, WhatMostProductsNeedStandsApartByCriticality) {
  // Of the three products all need 电; losing 胎 stops all of 甲, losing 灯 half of it. 乙, no
  // anchor, needs 纸.
  const EnterpriseGraph graph = sketch(R"(
    甲{region=500104,anchor} -makes{output=100}-> 车 -requires{coef=0.1,sub=0.5}-> 灯
    车 -requires{coef=0.1,sub=0}-> 胎; 车 -requires{coef=0.9,sub=0}-> 电
    乙{region=500104} -makes{output=900}-> 书 -requires{coef=0.9}-> 纸; 书 -requires{coef=0.1}-> 电
    楼 -requires-> 电
  )");
  const GapReport report = report_of(graph);
  const Criticality criticality = find_criticality(graph, report.anchors.firms);
  const GapSelection selection = select_gaps(report, {.order = GapOrder::Criticality}, criticality);
  EXPECT_EQ(names(graph, report, selection), (Told{"胎", "灯", "纸", "电"}));
  EXPECT_EQ(selection.ubiquitous, 1U);
}

TEST(SelectGaps, NothingIsChosenOutOfNothing) {
  const GapSelection none =
      select_gaps({}, {{GapKind::Weak}, 5, AroundAnchors::Yes, GapOrder::Criticality});
  EXPECT_TRUE(none.places.empty());
  EXPECT_EQ(none.counted + none.ubiquitous, 0U);
}

TEST(SelectGaps, EveryChoiceMeetsItsDefinition) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    GapReport report;
    for (std::uint32_t s = 0; s < random() % 12; ++s) {
      Gap gap;
      gap.segment = SegmentId{s};
      gap.kind = static_cast<GapKind>(random() % 4);
      gap.kinds = {gap.kind};
      if (random() % 2 == 0) gap.leakage_max = static_cast<double>(random() % 10);
      if (random() % 2 == 0) gap.anchors = {FirmId{0}};
      if (random() % 2 == 0) gap.anchor_demand = Figure{static_cast<double>(random() % 3)};
      report.gaps.push_back(gap);
    }
    GapQuery query;
    query.min_leakage = static_cast<double>(random() % 6);
    if (random() % 2 == 0) query.kinds = {static_cast<GapKind>(random() % 4)};
    if (random() % 2 == 0) query.around_anchors = AroundAnchors::Yes;
    const GapSelection selection = select_gaps(report, query);
    std::vector<std::size_t> expected;
    for (std::size_t g = 0; g < report.gaps.size(); ++g) {
      const Gap& gap = report.gaps[g];
      const bool kind = query.kinds.empty() || gap.kind == query.kinds[0];
      const bool near = query.around_anchors == AroundAnchors::No || !gap.anchors.empty();
      const auto amount = leakage_of(gap);
      const bool large = query.min_leakage == 0 || (amount && amount->max >= query.min_leakage);
      if (kind && near && large) expected.push_back(g);
    }
    std::vector<std::size_t> found = selection.places;
    if (query.around_anchors == AroundAnchors::Yes) {
      for (std::size_t i = 1; i < found.size(); ++i) {
        const Gap& one = report.gaps[found[i - 1]];
        const Gap& next = report.gaps[found[i]];
        const auto late = [](const Gap& gap) {
          return gap.kind == GapKind::Extension ? 2 : gap.kind == GapKind::Hidden ? 1 : 0;
        };
        EXPECT_LE(late(one), late(next));
        if (late(one) != late(next) || !next.anchor_demand) continue;
        ASSERT_TRUE(one.anchor_demand);
        EXPECT_GE(one.anchor_demand->value, next.anchor_demand->value);
      }
      std::ranges::sort(found);
    }
    EXPECT_EQ(found, expected);
  }
}

TEST(KeepSelected, KeepsChangesOfGapsChosenInEitherReport) {
  GapDiff diff;
  const auto change = [](std::string name, std::optional<std::size_t> before,
                         std::optional<std::size_t> after) {
    GapChange one;
    one.segment = std::move(name);
    one.before = before;
    one.after = after;
    return one;
  };
  diff.changes = {change("both", 0, 0), change("opened", {}, 1), change("closed", 1, {}),
                  change("other", 2, 2)};
  diff.persistent = 2;
  GapSelection before;
  before.places = {1};
  GapSelection after;
  after.places = {0, 1};
  keep_selected(diff, before, after);
  Told kept;
  for (const GapChange& one : diff.changes) kept.push_back(one.segment);
  EXPECT_EQ(kept, (Told{"both", "opened", "closed"}));
  EXPECT_EQ(diff.persistent, 2U);
}

}  // namespace
}  // namespace liantu
