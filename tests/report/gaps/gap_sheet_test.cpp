#include "liantu/report/gaps/gap_sheet.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <sstream>
#include <string>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include "chain/gaps/sectoral.hpp"
#include "liantu/base/text/display_width.hpp"
#include "liantu/report/formats/csv_text.hpp"
#include "liantu/report/formats/table_text.hpp"
#include "report/district_case.hpp"
#include "report/golden.hpp"

namespace liantu {
namespace {

using test::car_case;
using test::DistrictCase;
using test::expect_golden;

constexpr std::monostate kNothing;

using Words = std::vector<std::string>;

std::size_t column(const Sheet& sheet, std::string_view key) {
  for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
    if (sheet.columns[i].key == key) return i;
  }
  ADD_FAILURE() << "no column " << key;
  return 0;
}

TEST(GapSheet, BriefFitsATerminalInBothLanguages) {
  const DistrictCase c = car_case();
  expect_golden("gaps_brief_zh.txt",
                render_table(gap_sheet(c.graph, c.report, {Language::Zh, 0, true}),
                             {.language = Language::Zh, .width = 140}));
  expect_golden("gaps_brief_en.txt",
                render_table(gap_sheet(c.graph, c.report, {Language::En, 0, true}),
                             {.language = Language::En, .width = 160}));
}

TEST(GapSheet, FullSheetHasEveryColumn) {
  const DistrictCase c = car_case();
  expect_golden("gaps_zh.csv",
                render_csv(gap_sheet(c.graph, c.report, {.language = Language::Zh}), Language::Zh));
  expect_golden("gaps_en.csv", render_csv(gap_sheet(c.graph, c.report), Language::En));
}

TEST(GapSheet, ASectorIsToldKindByKindInItsOwnOrderAlone) {
  test::Rubber the;
  the.firm("丙橡胶厂", 1e6, the.rubber, 0.8F, "C291 橡胶制品业: 胶管");
  const EnterpriseGraph graph = the.builder.build();
  const GapReport report = find_gaps(graph, test::in_dadukou());
  const Sheet sheet = gap_sheet(graph, report, {.language = Language::Zh});
  ASSERT_EQ(sheet.rows.size(), 4U);
  EXPECT_EQ(sheet.rows[0][column(sheet, "segment")], SheetCell("橡胶制品：轮胎"));
  EXPECT_EQ(sheet.rows[0][column(sheet, "kinds")], SheetCell("缺链"));
  EXPECT_EQ(sheet.rows[0][column(sheet, "needers")], SheetCell("甲汽车厂"));
  EXPECT_EQ(sheet.rows[0][column(sheet, "beside")], SheetCell("本地同行业另 1 家未提及此品类"));
  EXPECT_EQ(sheet.rows[3][column(sheet, "segment")], SheetCell("橡胶制品：胶管、传动带"));
  EXPECT_EQ(sheet.rows[3][column(sheet, "kinds")], SheetCell("有本地企业，规模不明"));
  EXPECT_EQ(sheet.rows[3][column(sheet, "needers")], SheetCell("甲汽车厂、乙摩托车厂"));
  EXPECT_EQ(sheet.rows[3][column(sheet, "beside")], SheetCell(kNothing));
  const Sheet some_rows = gap_sheet(graph, report, {.language = Language::Zh, .most = 2});
  ASSERT_EQ(some_rows.rows.size(), 2U);
  EXPECT_EQ(some_rows.notes[0].zh, "缺口（行业按品类逐一列出） 4 个，列出 2 个");
  GapQuery query;
  query.kinds = {GapKind::Open};
  const GapSelection some = select_gaps(report, query);
  const Sheet whole = gap_sheet(graph, report, {.language = Language::Zh}, nullptr, &some);
  ASSERT_EQ(whole.rows.size(), 1U);
  EXPECT_EQ(whole.rows[0][column(whole, "segment")], SheetCell("橡胶制品"));
}

TEST(GapSheet, ChainIsTheTopmostAncestor) {
  const DistrictCase c = car_case();
  const Sheet sheet = gap_sheet(c.graph, c.report);
  const std::size_t chain = column(sheet, "chain");
  EXPECT_EQ(sheet.rows[0][chain], SheetCell("新能源汽车"));
  EXPECT_EQ(sheet.rows[1][chain], SheetCell("新能源汽车"));
  EXPECT_EQ(sheet.rows[2][chain], SheetCell(kNothing));
}

TEST(GapSheet, MostCutsRowsAndZeroKeepsAll) {
  const DistrictCase c = car_case();
  EXPECT_EQ(gap_sheet(c.graph, c.report, {.most = 2}).rows.size(), 2u);
  EXPECT_EQ(gap_sheet(c.graph, c.report, {.most = 9}).rows.size(), 3u);
  EXPECT_EQ(gap_sheet(c.graph, c.report, {.most = 0}).rows.size(), 3u);
}

TEST(GapSheet, NothingFoundIsASheetWithoutRows) {
  const Sheet sheet = gap_sheet(EnterpriseGraph(), GapReport());
  EXPECT_TRUE(sheet.rows.empty());
  EXPECT_EQ(sheet.columns.size(), 40u);
}

TEST(GapSheet, LongListsOfNamesAreCutAndCounted) {
  std::string text;
  for (int i = 0; i < 60; ++i) text += "f" + std::to_string(i) + " -makes-> 电池\n";
  DistrictCase c;
  c.graph = test::sketch(text);
  Gap gap;
  gap.segment = test::segment(c.graph, "电池");
  gap.kinds = {GapKind::Missing};
  for (std::uint32_t i = 0; i < 60; ++i) {
    gap.anchors.push_back(FirmId{i});
    Maker maker;
    maker.firm = FirmId{i};
    gap.makers.push_back(maker);
  }
  c.report.gaps = {gap};
  const Sheet brief = gap_sheet(c.graph, c.report, {Language::Zh, 0, true});
  EXPECT_EQ(brief.rows[0][column(brief, "anchors")], SheetCell("f0、f1、f2等60家"));
  EXPECT_EQ(brief.rows[0][column(brief, "makers")], SheetCell("f0、f1等60家"));
  const Sheet full = gap_sheet(c.graph, c.report, {.language = Language::En});
  const std::string all = std::get<std::string>(full.rows[0][column(full, "makers")]);
  EXPECT_TRUE(all.ends_with(", f48, f49 and 10 more")) << all;
}

TEST(GapSheet, WhatUnknownNeedsMayRaiseIsMarked) {
  DistrictCase c = car_case();
  c.report.gaps[0].needs_unknown = 1;
  const Sheet brief = gap_sheet(c.graph, c.report, {Language::Zh, 1, true});
  EXPECT_EQ(brief.rows[0][column(brief, "demand")], SheetCell("≥ 7亿"));
  EXPECT_EQ(brief.rows[0][column(brief, "leakage")], SheetCell("4亿–7亿以上"));
  const Sheet full = gap_sheet(c.graph, c.report, {.most = 1});
  EXPECT_EQ(full.rows[0][column(full, "demand")], SheetCell(7e8));
  EXPECT_EQ(full.rows[0][column(full, "needs_unknown")], SheetCell(1.0));
}

TEST(GapSheet, PossibleMakersThatAreNotNamedAreCounted) {
  DistrictCase c = car_case();
  c.report.gaps[1].possible_makers = c.report.gaps[0].makers;
  c.report.gaps[1].possible_maker_count = 4000;
  const Sheet full = gap_sheet(c.graph, c.report, {.language = Language::Zh});
  EXPECT_EQ(full.rows[1][column(full, "possible_makers")],
            SheetCell("渝电电池股份有限公司等4000家"));
}

Words notes(const Sheet& sheet, Language language = Language::En) {
  Words result;
  for (const Text& note : sheet.notes) result.push_back(note.in(language));
  return result;
}

bool says(const Sheet& sheet, const std::string& words) {
  const Words all = notes(sheet);
  return std::ranges::find(all, words) != all.end();
}

TEST(GapSheet, AFilterThatLeavesNothingDeniesNoGap) {
  const DistrictCase c = car_case();
  const GapQuery query{.min_leakage = 9.9e9};
  const GapSelection selection = select_gaps(c.report, query);
  const Sheet sheet = gap_sheet(c.graph, c.report, {.brief = true}, nullptr, &selection);
  EXPECT_TRUE(sheet.rows.empty());
  EXPECT_TRUE(says(sheet, "none of 3 gaps matches --min-leakage 9.9 bn")) << sheet.notes[0].en;
  EXPECT_EQ(sheet.notes[0].zh, "3 个缺口中没有符合 --min-leakage 99亿 的");
  EXPECT_TRUE(says(sheet, "left out because their amount is not, or not wholly, known: 1"));
}

TEST(GapSheet, AFilteredListSaysOfHowMany) {
  DistrictCase c = car_case();
  c.report.weighted = true;
  const GapSelection selection = select_gaps(c.report, {.min_leakage = 1});
  const SheetOptions one{.most = 1, .brief = true};
  EXPECT_TRUE(says(gap_sheet(c.graph, c.report, one, nullptr, &selection),
                   "gaps: 1 of the 2 that match --min-leakage 1, out of 3"));
  const Sheet sheet = gap_sheet(c.graph, c.report, {}, nullptr, &selection);
  EXPECT_TRUE(says(sheet, "gaps: 2 of 3 match --min-leakage 1"));
  // No gap without an amount is shown, so that nothing is said of their order.
  for (const std::string& note : notes(sheet)) EXPECT_EQ(note.find("coefficients"), note.npos);
  EXPECT_TRUE(says(sheet, "firms whose region is not known, counted neither here nor nearby: 1"));
}

TEST(GapSheet, AroundAnchorsTheirOwnDemandStandsBesideAndTheTitleSaysSo) {
  DistrictCase c = car_case();
  c.report.gaps[0].anchor_demand = Figure{6e8, Basis::Estimated};
  const GapSelection selection = select_gaps(c.report, {.around_anchors = AroundAnchors::Yes});
  const Sheet sheet = gap_sheet(c.graph, c.report, {Language::Zh, 0, true}, nullptr, &selection);
  ASSERT_EQ(sheet.rows.size(), 1U);
  EXPECT_EQ(sheet.rows[0][column(sheet, "anchor_demand")], SheetCell(6e8));
  EXPECT_TRUE(
      sheet.title.en.starts_with("1 of 3 gaps in the industry chains, those that "
                                 "长江整车制造 needs or could supply"))
      << sheet.title.en;
  EXPECT_TRUE(sheet.title.zh.starts_with("产业链缺口清单：3 个中的 1 个，为长江整车制造所需"))
      << sheet.title.zh;
  EXPECT_TRUE(says(sheet, "gaps: 1 of 3 match --anchor 长江整车制造"));
}

TEST(GapSheet, WhoCouldSupplyAnExtensionIsNoNeeder) {
  const DistrictCase c = car_case();
  const Sheet full = gap_sheet(c.graph, c.report);
  EXPECT_EQ(full.rows[2][column(full, "needers")], SheetCell(kNothing));
  EXPECT_EQ(full.rows[2][column(full, "needer_count")], SheetCell(kNothing));
  EXPECT_EQ(full.rows[2][column(full, "suppliers")], SheetCell("渝电电池股份有限公司"));
  EXPECT_EQ(full.rows[2][column(full, "supplier_count")], SheetCell(1.0));
  EXPECT_EQ(full.rows[0][column(full, "suppliers")], SheetCell(kNothing));
  EXPECT_EQ(full.rows[0][column(full, "needer_count")], SheetCell(1.0));
}

TEST(GapSheet, RealisedRateAndImportsStandWhereTheyAreKnown) {
  const DistrictCase c = car_case();
  const Sheet full = gap_sheet(c.graph, c.report);
  // Of 36 m of separators 6 m are bought here.
  EXPECT_NEAR(std::get<double>(full.rows[1][column(full, "local_rate")]), 1.0 / 6, 1e-12);
  EXPECT_EQ(full.rows[0][column(full, "local_rate")], SheetCell(kNothing));
  EXPECT_EQ(full.rows[0][column(full, "import_share")], SheetCell(kNothing));
  DistrictCase with;
  with.graph = test::sketch("甲 -makes-> 车 -requires{coef=0.5,imports=0.25}-> 胎");
  Gap gap;
  gap.segment = test::segment(with.graph, "胎");
  gap.kinds = {GapKind::Missing};
  gap.needers = {test::need(with.graph, "甲", "车", "胎")};
  with.report.gaps = {gap};
  const Sheet imports = gap_sheet(with.graph, with.report);
  EXPECT_EQ(imports.rows[0][column(imports, "import_share")], SheetCell(0.25));
  EXPECT_EQ(imports.rows[0][column(imports, "import_basis")], SheetCell("stated"));
}

TEST(GapSheet, AHiddenGapShowsWhatIsLeftOfLocalSupplyAndWhatThatCannotMeet) {
  DistrictCase c = car_case();
  Gap& gap = c.report.gaps[1];
  const Gap before = gap;
  gap = Gap();
  gap.segment = before.segment;
  gap.kind = GapKind::Hidden;
  gap.kinds = {GapKind::Hidden};
  gap.basis = Basis::Estimated;
  RoundDemand round;
  round.demand = Figure{2e7, Basis::Estimated};
  round.available = 5e6;
  round.leakage = 1.5e7;
  gap.later = {round};
  round.round = 3;
  round.demand.value = 1e6;
  round.available = 0;
  round.leakage = 1e6;
  gap.later.push_back(round);
  const Sheet brief = gap_sheet(c.graph, c.report, {.brief = true});
  EXPECT_EQ(brief.rows[1][column(brief, "supply")], SheetCell(5e6));
  EXPECT_EQ(brief.rows[1][column(brief, "leakage")], SheetCell("2: 15 m, 3: 1 m"));
  EXPECT_EQ(brief.rows[1][column(brief, "later")], SheetCell("2: 20 m, 3: 1 m"));
  const Sheet full = gap_sheet(c.graph, c.report);
  EXPECT_EQ(full.rows[1][column(full, "later")], SheetCell(2.1e7));
  EXPECT_EQ(full.rows[1][column(full, "later_unmet")], SheetCell(1.6e7));
  EXPECT_EQ(full.rows[1][column(full, "rounds")],
            SheetCell("round 2: demand 20 m, local supply left 5 m, unmet 15 m; "
                      "round 3: demand 1 m, local supply left 0, unmet 1 m"));
}

TEST(GapSheet, PossibleMakersAreMarkedBesideNone) {
  DistrictCase c = car_case();
  c.report.gaps[1].possible_maker_count = 2;
  const Sheet en = gap_sheet(c.graph, c.report, {.brief = true});
  EXPECT_EQ(en.rows[1][column(en, "makers")], SheetCell("none (2 possible)"));
  EXPECT_EQ(en.rows[2][column(en, "makers")], SheetCell("none"));
  const Sheet zh = gap_sheet(c.graph, c.report, {Language::Zh, 0, true});
  EXPECT_EQ(zh.rows[1][column(zh, "makers")], SheetCell("无（另可能有2家）"));
}

TEST(GapSheet, ByCriticalityWhatMostProductsNeedStandsApartWithItsDominators) {
  const DistrictCase c = car_case();
  SegmentCriticality cells;
  cells.segment = c.report.gaps[0].segment;
  cells.criticality = 1;
  SegmentCriticality separators;
  separators.segment = c.report.gaps[1].segment;
  separators.criticality = 0.5;
  separators.known = 0.25;
  separators.path = {cells.segment, separators.segment};
  separators.dominators = {cells.segment};
  Criticality criticality;
  criticality.basis = Basis::Stated;
  criticality.segments = {separators};
  criticality.ubiquitous = {cells};
  const GapSelection selection =
      select_gaps(c.report, {.order = GapOrder::Criticality}, criticality);
  const Sheet sheet = gap_sheet(c.graph, c.report, {}, &criticality, &selection);
  const std::size_t segment = column(sheet, "segment");
  const std::vector<SheetCell> order = {sheet.rows[0][segment], sheet.rows[1][segment],
                                        sheet.rows[2][segment]};
  EXPECT_EQ(order, (std::vector<SheetCell>{"隔膜", "电池回收", "动力电池"}));
  EXPECT_EQ(sheet.rows[0][column(sheet, "criticality")], SheetCell(0.5));
  EXPECT_EQ(sheet.rows[0][column(sheet, "criticality_known")], SheetCell(0.25));
  EXPECT_EQ(sheet.rows[0][column(sheet, "critical_path")], SheetCell("动力电池, 隔膜"));
  EXPECT_EQ(sheet.rows[0][column(sheet, "dominators")], SheetCell("动力电池"));
  EXPECT_EQ(sheet.rows[1][column(sheet, "criticality")], SheetCell(0.0));
  EXPECT_EQ(sheet.rows[2][column(sheet, "apart")],
            SheetCell("more than half of all products need it"));
  EXPECT_TRUE(
      says(sheet, "the last 1 stand apart: more than half of all products need them alike"));
  const Sheet brief = gap_sheet(c.graph, c.report, {.brief = true}, &criticality, &selection);
  EXPECT_EQ(brief.rows[0][column(brief, "dominators")], SheetCell("动力电池"));
  EXPECT_EQ(render_table(brief).find("critical_path"), std::string::npos);
}

TEST(GapSheet, AChanceThatIsNotCertaintyIsNotPrintedAsOne) {
  DistrictCase c = car_case();
  const auto printed = [&](double confidence) {
    c.report.gaps[0].confidence = confidence;
    const Sheet sheet = gap_sheet(c.graph, c.report);
    return std::get<double>(sheet.rows[0][column(sheet, "confidence")]);
  };
  EXPECT_EQ(printed(0.9996), 0.99);
  EXPECT_EQ(printed(1), 1);
  EXPECT_EQ(printed(191.0 / 255), 0.75);
}

}  // namespace
}  // namespace liantu
