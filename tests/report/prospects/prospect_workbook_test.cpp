#include "liantu/report/prospects/prospect_workbook.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/report/formats/workbook.hpp"
#include "report/district_case.hpp"
#include "report/prospects/short_cells.hpp"

namespace liantu {
namespace {

std::vector<Sheet> sheets_of(const test::DistrictCase& district,
                             const std::optional<KeptList>& kept = std::nullopt) {
  SheetOptions options;
  options.language = Language::Zh;
  ProspectList list = district.list;
  list.policy.weights = {25, 20, 10, 5, 15, 10, 10, 5, 0};
  return prospect_workbook(district.graph, district.report, list, {"0", {}, {}, "2024"}, kept,
                           options);
}

const Sheet& called(const std::vector<Sheet>& sheets, std::string_view title) {
  const auto found =
      std::ranges::find_if(sheets, [&](const Sheet& s) { return s.title.zh == title; });
  EXPECT_NE(found, sheets.end()) << title;
  return *found;
}

std::size_t column(const Sheet& sheet, std::string_view key) {
  const auto found = std::ranges::find(sheet.columns, key, &SheetColumn::key);
  EXPECT_NE(found, sheet.columns.end()) << key;
  return static_cast<std::size_t>(found - sheet.columns.begin());
}

std::string text(const SheetCell& cell) {
  const std::string* words = std::get_if<std::string>(&cell);
  return words == nullptr ? "" : *words;
}

TEST(ProspectWorkbook, HasItsSheetsInOrderAndEveryRowItsCells) {
  const test::DistrictCase district = test::car_case();
  const auto sheets = sheets_of(district);
  std::vector<std::string> titles;
  for (const Sheet& sheet : sheets) {
    titles.push_back(sheet.title.zh);
    for (const auto& row : sheet.rows) EXPECT_EQ(row.size(), sheet.columns.size()) << titles.back();
  }
  EXPECT_EQ(titles,
            (std::vector<std::string>{"潜在招商对象清单", "重点推荐", "产业链缺口", "引荐路径",
                                      "评分明细", "全部列", "数据来源与问题", "填表说明"}));
  EXPECT_EQ(write_workbook(sheets, Language::Zh),
            write_workbook(sheets_of(district), Language::Zh));
}

TEST(ProspectWorkbook, EachFirstRecommendationIsABlockHeadedByRankAndFirm) {
  const test::DistrictCase district = test::car_case();
  const auto sheets = sheets_of(district);
  const Sheet& cards = called(sheets, "重点推荐");
  ASSERT_EQ(cards.blocks.size(), 2U);
  EXPECT_EQ(cards.blocks[0], 0U);
  EXPECT_EQ(text(cards.rows[0][0]), "第 1 名");
  EXPECT_EQ(text(cards.rows[0][1]), "深圳隔膜科技股份有限公司");
  EXPECT_EQ(text(cards.rows[cards.blocks[1]][1]), "成都新材有限公司");
  const auto said = [&](std::string_view item) {
    for (const auto& row : cards.rows) {
      if (text(row[0]) == item) return text(row[1]);
    }
    return std::string();
  };
  EXPECT_EQ(said("得分（满分 100）"), "66.02，A 级");
  EXPECT_EQ(said("每年至多带回"), "3,000万（明示），元/年");
}

TEST(ProspectWorkbook, PartsAddUpToTheScore) {
  const auto sheets = sheets_of(test::car_case());
  const Sheet& parts = called(sheets, "评分明细");
  const std::size_t score = column(parts, "score");
  ASSERT_FALSE(parts.rows.empty());
  for (const auto& row : parts.rows) {
    double sum = 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (parts.columns[i].key.starts_with("points_")) sum += std::get<double>(row[i]);
    }
    EXPECT_NEAR(sum, std::get<double>(row[score]), 1e-9);
  }
}

TEST(ProspectWorkbook, AmountsOfTheListAreInTenThousandYuan) {
  const test::DistrictCase district = test::car_case();
  const auto sheets = sheets_of(district);
  const Sheet& list = called(sheets, "潜在招商对象清单");
  const Sheet& all = called(sheets, "全部列");
  const std::size_t here = column(list, "purchases");
  const std::size_t there = column(all, "purchases");
  std::size_t amounts = 0;
  for (std::size_t r = 0; r < list.rows.size(); ++r) {
    const double* yuan = std::get_if<double>(&all.rows[r][there]);
    if (yuan == nullptr) continue;
    ++amounts;
    EXPECT_NEAR(std::get<double>(list.rows[r][here]), *yuan / 1e4, 0.005);
  }
  EXPECT_GT(amounts, 0U);
  EXPECT_EQ(list.columns[here].heading.zh, "至多带回采购额（万元/年）");
}

// So that 25 rows stand on a page of A3; whole texts stand in the sheet of all columns.
TEST(ProspectWorkbook, RowsToBeSignedHaveThreeLinesAtMostAndNothingIsLost) {
  test::DistrictCase district = test::car_case();
  Prospect& row = district.list.prospects[0];
  row.reasons.clear();
  for (int i = 0; i < 30; ++i) {
    row.reasons.push_back({"a reason that takes some room", "一条要占不少地方的推荐理由（明示）"});
  }
  row.unknown = {"region", "capacity", "demand", "relations", "share", "revenue"};
  row.anchors.assign(6, test::firm(district.graph, "长江整车制造有限公司"));
  const auto sheets = sheets_of(district);
  const Sheet& list = called(sheets, "潜在招商对象清单");
  for (std::size_t i = 0; i < list.columns.size(); ++i) {
    const std::string cell = text(list.rows[0][i]);
    if (cell.empty()) continue;
    ASSERT_GT(list.columns[i].width, 0U) << list.columns[i].key;
    const CellRoom room{list.columns[i].width, 3};
    EXPECT_TRUE(room.holds(cell)) << list.columns[i].key << ": " << cell;
  }
  EXPECT_TRUE(text(list.rows[0][column(list, "reasons")]).ends_with("…"));
  EXPECT_NE(text(list.rows[0][column(list, "anchors")]).find("等6家"), std::string::npos);
  const Sheet& all = called(sheets, "全部列");
  const std::string whole = text(all.rows[0][column(all, "reasons")]);
  EXPECT_EQ(whole.find("…"), std::string::npos);
  EXPECT_GT(whole.size(), 30 * 30U);
}

TEST(ProspectWorkbook, WhatPeopleWroteStandsAgainBesideTheFirmAndNothingIsLost) {
  const test::DistrictCase district = test::car_case();
  const std::string first(
      district.graph.name(district.graph.entity(district.list.prospects[0].firm)));
  KeptList kept;
  kept.file = "上次.xlsx";
  kept.rows = {{first, "", "7", {{"department", "招商局"}, {"remark", "甲"}}, {}},
               {first, "", "", {{"remark", "乙"}}, {}},
               {"不在清单上的企业", "", "3", {{"stage", "已联系"}}, {}},
               {"", "", "", {{"remark", "记得回电"}}, {}}};
  const auto sheets = sheets_of(district, kept);
  const Sheet& list = called(sheets, "潜在招商对象清单");
  EXPECT_EQ(text(list.rows[0][column(list, "department")]), "招商局");
  EXPECT_EQ(text(list.rows[0][column(list, "remark")]), "甲；乙");
  EXPECT_EQ(text(list.rows[0][column(list, "last_rank")]), "7");
  EXPECT_TRUE(list.columns[column(list, "stage")].fill_in);
  EXPECT_EQ(list.columns[column(list, "stage")].choices.size(), 8U);
  const Sheet& gone = called(sheets, "已移出");
  ASSERT_EQ(gone.rows.size(), 2U);
  EXPECT_EQ(text(gone.rows[0][column(gone, "name")]), "不在清单上的企业");
  EXPECT_EQ(text(gone.rows[0][column(gone, "why")]), "本次的表中没有这家企业");
  EXPECT_EQ(text(gone.rows[0][column(gone, "stage")]), "已联系");
  EXPECT_EQ(text(gone.rows[1][column(gone, "remark")]), "记得回电");
}

TEST(ProspectWorkbook, ColumnsThatPeopleAddedStandBehindTheYellowOnesAndAreYellow) {
  const test::DistrictCase district = test::car_case();
  const std::string first(
      district.graph.name(district.graph.entity(district.list.prospects[0].firm)));
  KeptList kept;
  kept.file = "上次.xlsx";
  kept.rows = {{first, "", "1", {}, {}, {{"得分（0–100）", "60"}, {"联系 电话", "023-1234"}}},
               {first, "", "1", {}, {}, {{"联系电话", "023-5678"}}},
               {"不在清单上的企业", "", "3", {}, {}, {{"联系电话", "139"}, {"移出原因", "x"}}}};
  const auto sheets = sheets_of(district, kept);
  const Sheet& list = called(sheets, "潜在招商对象清单");
  ASSERT_EQ(list.columns.back().heading.zh, "联系 电话");
  EXPECT_TRUE(list.columns.back().fill_in);
  EXPECT_EQ(list.columns[list.columns.size() - 2].key, "remark");
  EXPECT_EQ(text(list.rows[0].back()), "023-1234；023-5678");
  const Sheet& gone = called(sheets, "已移出");
  ASSERT_EQ(gone.rows.size(), 1U);
  EXPECT_EQ(text(gone.rows[0].back()), "139");
  for (const Sheet& sheet : sheets) {
    for (const auto& row : sheet.rows) EXPECT_EQ(row.size(), sheet.columns.size());
  }
}

}  // namespace
}  // namespace liantu
