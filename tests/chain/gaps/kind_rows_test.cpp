#include "liantu/chain/gaps/kind_rows.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "chain/gaps/sectoral.hpp"
#include "liantu/base/values/goods_kinds.hpp"

namespace liantu {
namespace {

using test::in_dadukou;
using test::Rubber;

std::vector<std::string> told(const EnterpriseGraph& graph, const GapReport& report) {
  std::vector<std::string> rows;
  for (const KindRow& row : kind_rows(graph, report)) {
    const Gap& gap = report.gaps[row.gap];
    std::string name(graph.name(graph.entity(gap.segment)));
    if (row.kind) name += ": " + goods_kinds()[gap.kinds_needed[*row.kind].kind].name.en;
    rows.push_back(name);
  }
  return rows;
}

const Gap& gap_of(const GapReport& report, SegmentId segment) {
  return *std::ranges::find(report.gaps, segment, &Gap::segment);
}

// Shares of what the car maker's need weighs: hoses 1/3 + 0.4/2, three quarters of it as one maker is here,
// behind all that nobody makes; tyres and seals 1/3, tyres of cycles 0.4/2.
TEST(KindRows, StandByWhatEachKindIsWorthAndBehindWhatNobodyMakes) {
  Rubber the;
  the.firm("丙橡胶厂", 1e6, the.rubber, 0.8F, "C291 橡胶制品业: 胶管");
  const EnterpriseGraph graph = the.builder.build();
  const GapReport report = find_gaps(graph, in_dadukou());
  EXPECT_EQ(told(graph, report), (std::vector<std::string>{
                                     "橡胶制品: tyres", "橡胶制品: rubber seals and dampers",
                                     "橡胶制品: tyres of cycles", "橡胶制品: hoses, drive belts"}));
  const Gap& gap = gap_of(report, the.rubber);
  const double car = gap.kinds_needed[1].weight;
  EXPECT_NEAR(gap.kinds_needed[0].worth, (1.0 / 3 + 0.4 / 2) * 3 / 4 * car, 1e-6 * car);
  EXPECT_NEAR(gap.kinds_needed[1].worth, car / 3, 1e-6 * car);
  EXPECT_NEAR(gap.kinds_needed[3].worth, 0.4 / 2 * car, 1e-6 * car);
  EXPECT_EQ(gap.kinds_needed[0].capital, 4.2e8);
}

TEST(KindRows, AreAllKindsOfAllGapsEachOnce) {
  Rubber the;
  the.firm("丙布厂", 1e8, the.cloth);
  the.firm("丁钢厂", 1e7, the.steel);
  const EnterpriseGraph graph = the.builder.build();
  const GapReport report = find_gaps(graph, in_dadukou());
  std::set<std::pair<std::size_t, std::size_t>> seen;
  std::size_t expected = 0;
  for (const Gap& gap : report.gaps) expected += std::max<std::size_t>(1, gap.kinds_needed.size());
  for (const KindRow& row : kind_rows(graph, report)) {
    EXPECT_TRUE(seen.emplace(row.gap, row.kind.value_or(0)).second);
    EXPECT_EQ(row.kind.has_value(), !report.gaps[row.gap].kinds_needed.empty());
  }
  EXPECT_EQ(seen.size(), expected);
}

TEST(KindRows, OfFewSmallBuyersStandBehindUnlessAnAnchorIsAmongThem) {
  Rubber the(3e8, 9e7);
  const EnterpriseGraph graph = the.builder.build();
  GapOptions options = in_dadukou();
  const auto behind = [&] {
    std::vector<std::string> kinds;
    const GapReport report = find_gaps(graph, options);
    for (const KindNeed& one : gap_of(report, the.rubber).kinds_needed) {
      if (one.behind) kinds.push_back(goods_kinds()[one.kind].name.en);
    }
    return kinds;
  };
  EXPECT_TRUE(behind().empty()) << "both makers are anchors";
  options.anchors.largest = 1;
  EXPECT_EQ(behind(), std::vector<std::string>{"tyres of cycles"})
      << "one maker of 90 million draws no supplier";
}

TEST(KindRows, WhatIsStatedStandsBeforeKinds) {
  Rubber the;
  EdgeAttributes bought;
  bought.amount = 1e6;
  const FirmId outside{the.builder.add(EntityKind::Firm, "某供应商").local};
  the.builder.set_region(outside, {RegionCode{320500}, Basis::Stated});
  const SegmentId bearings{the.builder.add(EntityKind::Segment, "轴承").local};
  bought.segment = bearings;
  the.builder.relate(RelationKind::Supplies, outside, the.car_maker, bought, {});
  const EnterpriseGraph graph = the.builder.build();
  const GapReport report = find_gaps(graph, in_dadukou());
  EXPECT_EQ(told(graph, report).front(), "轴承");
}

TEST(KindRows, ARowOfAKindNamesTheFirmsOfThatKindAlone) {
  Rubber the;
  const FirmId hoses = the.firm("丙橡胶厂", 1e6, the.rubber, 0.8F, "C291 橡胶制品业: 胶管");
  const FirmId dealer = the.firm("丁橡胶厂", 1e6, the.rubber, 0.8F, "C291 橡胶制品业: 橡胶");
  the.builder.set(dealer, EntityText::Scope, "橡胶制品加工；销售轮胎");
  const EnterpriseGraph graph = the.builder.build();
  const GapReport report = find_gaps(graph, in_dadukou());
  const Gap& gap = gap_of(report, the.rubber);
  const auto row_of = [&](std::string_view kind) {
    for (std::size_t k = 0; k < gap.kinds_needed.size(); ++k) {
      if (goods_kinds()[gap.kinds_needed[k].kind].name.en == kind) {
        return gap_of_kind(graph, gap, k);
      }
    }
    return Gap{};
  };
  const auto firms = [](const auto& list) {
    std::vector<FirmId> found;
    for (const auto& one : list) found.push_back(one.firm);
    return found;
  };
  const Gap made = row_of("hoses, drive belts");
  EXPECT_EQ(made.kind, GapKind::Open);
  EXPECT_EQ(made.remedy, Remedy::Foster);
  EXPECT_EQ(firms(made.needers), (std::vector<FirmId>{the.car_maker, the.cycle_maker}));
  EXPECT_EQ(firms(made.makers), std::vector<FirmId>{hoses});
  EXPECT_TRUE(made.possible_makers.empty());
  EXPECT_EQ(others_of_sector(gap, made.kinds_needed[0]), 1U);
  const Gap sold = row_of("tyres");
  EXPECT_EQ(sold.kind, GapKind::Open);
  EXPECT_EQ(firms(sold.needers), std::vector<FirmId>{the.car_maker});
  EXPECT_TRUE(sold.makers.empty());
  EXPECT_EQ(firms(sold.possible_makers), std::vector<FirmId>{dealer});
  const Gap missing = row_of("tyres of cycles");
  EXPECT_EQ(missing.kind, GapKind::Missing);
  EXPECT_EQ(missing.kinds, std::vector<GapKind>{GapKind::Missing});
  EXPECT_EQ(missing.remedy, Remedy::BringIn);
  EXPECT_EQ(missing.needs_unknown, 1U);
  EXPECT_EQ(others_of_sector(gap, missing.kinds_needed[0]), 2U);
}

TEST(KindRows, WithoutSizesEachGapIsOneRowInItsOrder) {
  GraphBuilder plain;
  const SegmentId cell{plain.add(EntityKind::Segment, "电芯").local};
  const SegmentId pack{plain.add(EntityKind::Segment, "电池包").local};
  plain.relate(RelationKind::Requires, pack, cell, {}, {});
  const FirmId firm{plain.add(EntityKind::Firm, "甲").local};
  plain.set_region(firm, {test::kDadukou, Basis::Stated});
  plain.relate(RelationKind::Makes, firm, pack, {}, {});
  const EnterpriseGraph graph = plain.build();
  const GapReport report = find_gaps(graph, in_dadukou());
  EXPECT_EQ(kind_rows(graph, report), (std::vector<KindRow>{{0, {}}}));
  EXPECT_TRUE(kind_rows(graph, GapReport{}).empty());
}

}  // namespace
}  // namespace liantu
