#include "liantu/report/prospects/prospect_sheet.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <sstream>
#include <string>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/display_width.hpp"
#include "liantu/report/formats/table_text.hpp"
#include "liantu/report/gaps/gap_sheet.hpp"
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

TEST(ProspectSheet, BriefFitsATerminalInBothLanguages) {
  const DistrictCase c = car_case();
  expect_golden("prospects_brief_zh.txt",
                render_table(prospect_sheet(c.graph, c.report, c.list, {Language::Zh, 0, true}),
                             {.language = Language::Zh, .width = 160}));
  expect_golden("prospects_brief_en.txt",
                render_table(prospect_sheet(c.graph, c.report, c.list, {Language::En, 0, true}),
                             {.language = Language::En, .width = 180}));
}

TEST(BriefSheets, FitEveryTerminalWithNamesAndFiguresWhole) {
  const DistrictCase c = car_case();
  for (const Language language : {Language::Zh, Language::En}) {
    for (const std::size_t width : {40U, 80U, 120U, 200U}) {
      const TableStyle style{.language = language, .width = width};
      const std::string gaps =
          render_table(gap_sheet(c.graph, c.report, {language, 0, true}), style);
      const std::string list =
          render_table(prospect_sheet(c.graph, c.report, c.list, {language, 0, true}), style);
      for (const std::string& text : {gaps, list}) {
        EXPECT_EQ(text.find("…"), std::string::npos) << text;
        std::istringstream lines(text);
        for (std::string line; std::getline(lines, line);) {
          EXPECT_LE(display_width(line), width) << line;
        }
      }
      EXPECT_NE(list.find("深圳隔膜科技股份有限公司"), std::string::npos) << list;
      EXPECT_NE(gaps.find(language == Language::Zh ? "4亿–7亿" : "400 m–700 m"), std::string::npos)
          << gaps;
    }
  }
}

TEST(ProspectSheet, FullRowIsCompleteInBothLanguages) {
  const DistrictCase c = car_case();
  const Sheet zh = prospect_sheet(c.graph, c.report, c.list, {.language = Language::Zh});
  ASSERT_EQ(zh.rows.size(), 5u);
  const std::vector<SheetCell> expected = {
      1.0, 1.0, 2.0, kNothing, "招商对象", "深圳隔膜科技股份有限公司", "91440300MA5U000003",
      "440305", "广东省深圳市南山区", "明示", "A", 66.02,
      // the parts
      25.0, 11.07, 0.0, 4.4, 6.03, 10.0, 9.52, 0.0, 0.0, 71.02, "隔膜（缺链）", "新能源汽车",
      "隔膜", 3e7, "明示",
      // counted, share of the gap, elsewhere, km, near, anchors
      kNothing, 1.0, kNothing, kNothing, kNothing, kNothing,
      "生产隔膜，本地无企业生产；距龙头企业两步",
      "主营: 深圳隔膜科技股份有限公司 → 隔膜 [明示] 企业 \"名录\".csv!12；"
      "需要: 动力电池 → 隔膜 [明示] 投入产出.csv!8",
      "被列入经营异常名录", "资质荣誉", kNothing};
  EXPECT_EQ(zh.rows[0], expected);

  const Sheet en = prospect_sheet(c.graph, c.report, c.list);
  EXPECT_EQ(en.rows[3][column(en, "status")], SheetCell("expansion"));
  EXPECT_EQ(en.rows[3][column(en, "present")], SheetCell("渝电电池股份有限公司"));
  EXPECT_EQ(en.rows[2][column(en, "status")], SheetCell("to be located"));
  EXPECT_EQ(en.rows[2][column(en, "region")], SheetCell(kNothing));
  EXPECT_EQ(en.rows[1][column(en, "unknown")], SheetCell("capacity, credit code, reputation"));
  EXPECT_EQ(en.rows[1][column(en, "purchases")], SheetCell(kNothing));
  for (std::size_t i = 0; i + 1 < kPartCount; ++i) {  // no arrivals are given
    const Text name = part_text(ScorePartKind{static_cast<std::uint8_t>(i)});
    const SheetColumn& here = en.columns[column(en, "points_gap_severity") + i];
    EXPECT_EQ(here.heading, (Text{name.en + ", points", name.zh + "（分）"}));
  }
}

TEST(ProspectSheet, WhatAModelSaysStandsBehindAllElse) {
  DistrictCase c = test::learned_case();
  const Sheet plain = prospect_sheet(car_case().graph, c.report, car_case().list);
  const Sheet en = prospect_sheet(c.graph, c.report, c.list);
  ASSERT_EQ(en.columns.size(), plain.columns.size() + 4);
  const std::vector<SheetCell> said(en.rows[0].end() - 4, en.rows[0].end());
  EXPECT_EQ(said, (std::vector<SheetCell>{
                      0.125, "长江整车制造有限公司", 1.25,
                      "l3 +2.0000; directed_l3 -1.0000; pagerank +0.5000; embedding +0.2500; "
                      "like_peers +0.2500; 2 others +0.2500; bias -1.0000"}));
  for (const auto& row : en.rows) EXPECT_EQ(row.size(), en.columns.size());
  EXPECT_EQ(en.rows[1].back(), SheetCell(kNothing));
  EXPECT_EQ(en.notes.back(), c.list.learned->remark);
  const Sheet brief = prospect_sheet(c.graph, c.report, c.list, {.brief = true});
  EXPECT_EQ(brief.rows[0].back(), SheetCell("12.50% 长江整车制造有限公司"));
  c.list.learned->used = false;
  const Sheet unused = prospect_sheet(c.graph, c.report, c.list);
  EXPECT_EQ(unused.columns.size(), plain.columns.size());
  EXPECT_EQ(unused.notes.back(), c.list.learned->remark);
}

TEST(ProspectSheet, ProspectsUnlocatedExpansionsAndScreenedUpToMostEach) {
  const DistrictCase c = car_case();
  const Sheet sheet = prospect_sheet(c.graph, c.report, c.list, {.most = 1});
  std::vector<SheetCell> names;
  for (const auto& row : sheet.rows) names.push_back(row[column(sheet, "name")]);
  EXPECT_EQ(names, (std::vector<SheetCell>{"深圳隔膜科技股份有限公司", "无名薄膜厂",
                                           "渝电隔膜有限公司", "绿源回收有限公司"}));
  EXPECT_EQ(sheet.rows[3][column(sheet, "rank")], SheetCell(kNothing));
  EXPECT_EQ(sheet.rows[3][column(sheet, "reasons")], SheetCell("dishonest debtor"));
  EXPECT_EQ(sheet.notes,
            (std::vector<Text>{
                {"prospects: 1 of 2; firms to be located first: 1; already present (expansion): 1; "
                 "screened out: 1",
                 "招商对象 2 家，列出 1 家；注册地待核 1 家；已在本地（增资扩产） 1 家；"
                 "按政策筛除 1 家"}}));
}

TEST(ProspectSheet, PrintedPartsAddUpToThePrintedScore) {
  DistrictCase c = car_case();
  std::mt19937 random(3);
  for (int round = 0; round < 200; ++round) {
    Prospect& prospect = c.list.prospects[0];
    prospect.score = 0;
    std::int64_t hundredths = 0;
    for (ScorePart& part : prospect.parts) {
      const auto value = static_cast<std::int64_t>(random() % 1250);
      hundredths += value;
      part = {static_cast<double>(value) * 0.01, static_cast<double>(value) * 0.01, true};
      prospect.score += part.points;
    }
    c.list.arrivals = true;
    const Sheet sheet = prospect_sheet(c.graph, c.report, c.list, {.most = 1});
    const double score = std::get<double>(sheet.rows[0][column(sheet, "score")]);
    EXPECT_EQ(std::llround(score * 100), hundredths);
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < kPartCount; ++i) {
      const std::size_t at = column(sheet, "points_gap_severity") + i;
      sum += std::llround(std::get<double>(sheet.rows[0][at]) * 100);
    }
    EXPECT_EQ(sum, hundredths);
  }
}

TEST(ProspectSheet, PurchasesAreThoseOfTheProspectWithTheirBasis) {
  DistrictCase c = car_case();
  Prospect& prospect = c.list.prospects[0];
  prospect.gaps.push_back(prospect.gaps[0]);  // one more gap, no more yuan
  prospect.purchases = Figure{5e7, Basis::Estimated};
  const Sheet full = prospect_sheet(c.graph, c.report, c.list, {.most = 1});
  EXPECT_EQ(full.rows[0][column(full, "purchases")], SheetCell(5e7));
  EXPECT_EQ(full.rows[0][column(full, "purchases_basis")], SheetCell("estimated"));
  const Sheet brief = prospect_sheet(c.graph, c.report, c.list, {Language::Zh, 1, true});
  EXPECT_EQ(brief.rows[0][column(brief, "purchases")], SheetCell("5,000万（估算）"));
}

TEST(ProspectSheet, EmptyListIsASheetWithoutRows) {
  EXPECT_TRUE(prospect_sheet(EnterpriseGraph(), GapReport(), ProspectList()).rows.empty());
}

}  // namespace
}  // namespace liantu
