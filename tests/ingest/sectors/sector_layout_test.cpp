#include "ingest/sectors/sector_layout.hpp"

#include <optional>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "liantu/tables/plain/csv.hpp"

namespace liantu {
namespace {

Table rows(std::string_view text) {
  TableOptions options;
  options.header = HeaderRow::None;
  return parse_csv(std::string(text), "t.csv", options);
}

TEST(SectorLayout, StandsBelowTitleUnitAndGroups) {
  const Table table = rows(
      "投入产出表\n"
      ",,,单位：万元\n"
      ",,中间使用,,,最终使用,,\n"
      ",,农业,工业,合计,出口,合计,总产出\n"
      ",,01,02,,,,\n"
      "中间投入,农业,1,2,3,4,4,7\n"
      ",工业,1,2,3,4,4,7\n"
      ",合计,2,4,6,,,\n"
      "增加值,劳动者报酬,5,3,8,,,\n"
      "总投入,,7,7,14,,,\n");
  const SectorSheet sheet(table);
  const auto layout = find_sector_layout(sheet);
  ASSERT_TRUE(layout);
  EXPECT_EQ(layout->heading, 3U);
  EXPECT_EQ(layout->body, 5U);
  EXPECT_EQ(layout->key, 1U);
  EXPECT_EQ(layout->first, 2U);
  EXPECT_EQ(layout->count, 2U);
  EXPECT_FALSE(layout->paired);
  EXPECT_EQ(layout->column(SectorTotal::IntermediateUse), 4U);
  EXPECT_EQ(layout->column(SectorTotal::Exports), 5U);
  EXPECT_EQ(layout->column(SectorTotal::FinalUse), 6U);
  EXPECT_EQ(layout->column(SectorTotal::GrossOutput), 7U);
  EXPECT_EQ(layout->row(SectorTotal::IntermediateInput), 7U);
  EXPECT_EQ(layout->row(SectorTotal::ValueAdded), std::nullopt);
  EXPECT_EQ(layout->row(SectorTotal::TotalInput), 9U);
  EXPECT_EQ(sheet.place(5, 1).to_string(), "t.csv:6:6");
  EXPECT_EQ(sheet.row_number(5), 6U);
}

// A group over columns that have codes only is not their sum.
TEST(SectorLayout, AGroupIsASumOnlyWhereNothingElseIs) {
  const Table table = rows(
      ",中间使用,,,最终使用,,\n"
      "代码,01,02,TIU,FU1,TFU,GO\n"
      "01,1,2,3,4,4,7\n"
      "02,1,2,3,4,4,7\n"
      "总投入,7,7,14,,,\n");
  const auto layout = find_sector_layout(SectorSheet(table));
  ASSERT_TRUE(layout);
  EXPECT_EQ(layout->column(SectorTotal::FinalUse), 5U);
}

// What a code says stands, whatever the name beside it.
TEST(SectorLayout, CodesOfSumsCountBesideAnyName) {
  const Table table = parse_csv(
      "代码,部门,01,02,总产出\n01,农,1,2,9\n02,工,1,2,9\nTII,合计,2,4,\nTVA,各项增加值,7,5,\n"
      "TI,投入总计,9,9,\n",
      "t.csv");
  const auto layout = find_sector_layout(SectorSheet(table));
  ASSERT_TRUE(layout);
  EXPECT_EQ(layout->row(SectorTotal::IntermediateInput), 3U);
  EXPECT_EQ(layout->row(SectorTotal::ValueAdded), 4U);
  EXPECT_EQ(layout->row(SectorTotal::TotalInput), 5U);
}

// 出口 stands over goods and services, neither of which is all exports.
TEST(SectorLayout, AGroupOfTwoColumnsIsNoneOfThem) {
  const Table table = rows(
      ",中间使用,,,出口,,总产出\n"
      "部门,农,工,合计,货物,服务,\n"
      "农,1,2,3,4,4,7\n"
      "工,1,2,3,4,4,7\n"
      "总投入,7,7,14,,,\n");
  const auto layout = find_sector_layout(SectorSheet(table));
  ASSERT_TRUE(layout);
  EXPECT_EQ(layout->column(SectorTotal::Exports), std::nullopt);
  EXPECT_EQ(layout->column(SectorTotal::GrossOutput), 6U);
}

TEST(SectorLayout, ASumIsThatOfTheNearestGroup) {
  const Table table = rows(
      ",中间使用,,,最终使用,,,,总产出\n"
      ",农,工,合计,最终消费支出,,,最终使用合计,\n"
      ",,,,居民,政府,合计,,\n"
      "农,1,2,3,1,1,2,4,7\n"
      "工,1,2,3,1,1,2,4,7\n"
      "总投入,7,7,14,,,,,\n");
  const auto layout = find_sector_layout(SectorSheet(table));
  ASSERT_TRUE(layout);
  EXPECT_EQ(layout->column(SectorTotal::IntermediateUse), 3U);
  EXPECT_EQ(layout->column(SectorTotal::FinalUse), 7U);
  EXPECT_EQ(layout->column(SectorTotal::GrossOutput), 8U);
}

// Here the codes stand above the names, and the sums have none.
TEST(SectorLayout, CodesAreNoGroups) {
  const Table table = rows(
      ",,中间使用,,,\n"
      ",代码,01,02,,\n"
      ",,农,工,合计,总产出\n"
      "中间投入,01,1,2,3,7\n"
      ",02,1,2,3,7\n"
      "总投入,,7,7,14,\n");
  const auto layout = find_sector_layout(SectorSheet(table));
  ASSERT_TRUE(layout);
  EXPECT_EQ(layout->column(SectorTotal::IntermediateUse), 4U);
}

TEST(SectorLayout, AFirstRowThatIsNamedOtherwiseIsPartOfIt) {
  const Table table =
      parse_csv("代码,01,02,03,总产出\n1x,1,2,3,9\n02,1,2,3,9\n03,1,2,3,9\nTI,9,9,9,\n", "t.csv");
  const auto layout = find_sector_layout(SectorSheet(table));
  ASSERT_TRUE(layout);
  EXPECT_EQ(layout->body, 1U);
  EXPECT_EQ(layout->first, 1U);
  EXPECT_EQ(layout->count, 3U);
}

TEST(SectorLayout, EmptyAndOtherTablesHaveNone) {
  for (const char* text :
       {"", "a\n", "标题\n甲,乙\n", "甲,乙\n乙,甲\n", "合计,合计\n合计,合计\n"}) {
    const Table table = rows(text);
    EXPECT_FALSE(find_sector_layout(SectorSheet(table))) << text;
  }
}

TEST(SectorLayout, LabelsAreComparedWithoutWidthBlanksUnitsAndLeadingZeros) {
  EXPECT_EQ(sector_label(" ００１ "), "1");
  EXPECT_EQ(sector_label("000"), "0");
  EXPECT_EQ(sector_label("农　业\n"), "农业");
  EXPECT_EQ(sector_label("总产出（万元）"), "总产出");
  EXPECT_EQ(sector_label("01A"), "01a");
  EXPECT_EQ(sector_label(""), "");
}

TEST(SectorLayout, UnitsOfMoneyAreKnown) {
  struct Case {
    const char* unit;
    std::optional<double> yuan;
    bool money;
  };
  for (const Case& one :
       {Case{"元", 1.0, true}, Case{"万元", 1e4, true}, Case{"百万元", 1e6, true},
        Case{"人民币亿元", 1e8, true}, Case{"10,000 CNY", 1e4, true},
        Case{"万美元", std::nullopt, true}, Case{"million US dollars", std::nullopt, true},
        Case{"万吨", std::nullopt, false}, Case{"", std::nullopt, false}}) {
    EXPECT_EQ(yuan_of(one.unit), one.yuan) << one.unit;
    EXPECT_EQ(is_money(one.unit), one.money) << one.unit;
  }
}

}  // namespace
}  // namespace liantu
