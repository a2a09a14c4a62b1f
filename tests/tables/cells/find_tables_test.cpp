#include "tables/cells/find_tables.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/tables/read_table.hpp"
#include "liantu/tables/workbooks/xlsx.hpp"
#include "support/workbook_file.hpp"
#include "tables/plain/csv.hpp"
#include "tables/table_text.hpp"

namespace liantu {
namespace {

using Names = std::vector<std::string>;

TableOptions knowing() {
  TableOptions options;
  options.is_heading = [](std::string_view text) {
    static const std::set<std::string_view> known = {"企业名称", "产值", "人数", "地区",
                                                     "供应商",   "客户", "序号"};
    return known.contains(text);
  };
  return options;
}

std::string merged(const std::vector<std::string>& ranges) {
  std::string out = "<mergeCells>";
  for (const std::string& range : ranges) out += "<mergeCell ref=\"" + range + "\"/>";
  return out + "</mergeCells>";
}

std::vector<Table> found(const Rows& rows, const std::vector<std::string>& merges = {},
                         const TableOptions& options = knowing()) {
  return parse_xlsx(test::book_of(rows, merges.empty() ? "" : merged(merges)), "f.xlsx", options);
}

std::vector<Table> found_in(const std::string& csv, const TableOptions& options = knowing()) {
  return read_separated(csv, "f.csv", options, Separator::MostUsed);
}

/// What the finder says of a table.
std::string said(const Table& table) {
  for (const Problem& problem : table.problems()) {
    if (problem.kind == "table-found") return problem.what.en;
  }
  return "nothing";
}

Names kinds_of(const Table& table) {
  Names kinds;
  for (const Problem& problem : table.problems()) {
    if (problem.kind != "table-found")
      kinds.push_back(problem.place.to_string() + " " + problem.kind);
  }
  return kinds;
}

TEST(FindTables, TitlesAndAUnitStandAboveTheHeadings) {
  const auto tables = found({{"大渡口区企业情况表"},
                             {"填报单位：区经信委", "", "单位：万元"},
                             {"企业名称", "产值", "人数"},
                             {"示例甲", "5", "6"}});
  ASSERT_EQ(tables.size(), 1U);
  EXPECT_EQ(tables[0].columns(), (Names{"企业名称", "产值", "人数"}));
  EXPECT_EQ(tables[0].unit(), "万元");
  EXPECT_EQ(cells_of(tables[0]), (Rows{{"示例甲", "5", "6"}}));
  EXPECT_EQ(said(tables[0]), "headings in row 3, data in row 4, amounts in 万元 (C2); titles: 1–2");
  EXPECT_EQ(tables[0].heading(1).to_string(), "f.xlsx#表!B3");
}

TEST(FindTables, UnitsComeInManyForms) {
  EXPECT_EQ(unit_in("单位：万元"), "万元");
  EXPECT_EQ(unit_in("金额单位:人民币万元"), "人民币万元");
  EXPECT_EQ(unit_in("某表（单位：亿元）"), "亿元");
  EXPECT_EQ(unit_in("计量单位：人、万元、%"), "万元");
  EXPECT_EQ(unit_in("（万元）"), "万元");
  EXPECT_EQ(unit_in("单位：千美元"), "千美元");
  EXPECT_EQ(unit_in("填报单位：大渡口区经信委"), "");
  EXPECT_EQ(unit_in("单位：吨"), "");
  EXPECT_EQ(unit_in("2024年产值5万元以上企业"), "");
  EXPECT_EQ(found({{"单位：", "千元"}, {"企业名称", "产值"}, {"甲", "1"}})[0].unit(), "千元");
}

TEST(FindTables, HeadingsOfTwoLinesAreJoined) {
  const auto tables = found({{"序号", "企业名称", "2024年", "", "地区"},
                             {"", "", "产值", "人数", ""},
                             {"1", "甲", "5", "6", "渝"}},
                            {"A1:A2", "B1:B2", "C1:D1", "E1:E2"});
  ASSERT_EQ(tables.size(), 1U);
  EXPECT_EQ(tables[0].columns(), (Names{"序号", "企业名称", "2024年/产值", "2024年/人数", "地区"}));
  EXPECT_EQ(cells_of(tables[0]), (Rows{{"1", "甲", "5", "6", "渝"}}));
  EXPECT_EQ(said(tables[0]), "headings in rows 1–2, data in row 3");
}

TEST(FindTables, OfTwoLinesTheUpperMayKnowLess) {
  const auto tables = found({{"表一"},
                             {"企业名称", "2024年", "", "2023年", ""},
                             {"", "产值", "人数", "产值", "人数"},
                             {"甲", "1", "2", "3", "4"}},
                            {"A1:E1", "A2:A3", "B2:C2", "D2:E2"});
  ASSERT_EQ(tables.size(), 1U);
  EXPECT_EQ(tables[0].columns(),
            (Names{"企业名称", "2024年/产值", "2024年/人数", "2023年/产值", "2023年/人数"}));
}

TEST(FindTables, ATitleMergedOverAllColumnsIsNoHeading) {
  const auto tables = found({{"企业情况"}, {"企业名称", "产值"}, {"甲", "1"}}, {"A1:B1"});
  EXPECT_EQ(tables[0].columns(), (Names{"企业名称", "产值"}));
}

TEST(FindTables, ALineOfUnitsBelowTheHeadingsBelongsToThem) {
  const auto tables = found({{"企业名称", "产值", "人数"}, {"—", "万元", "人"}, {"甲", "1", "2"}});
  EXPECT_EQ(tables[0].columns(), (Names{"企业名称", "产值(万元)", "人数(人)"}));
  EXPECT_EQ(tables[0].size(), 1U);
}

TEST(FindTables, RowsThatAreNoDataAreLeftOut) {
  const auto tables = found({{"企业名称", "产值"},
                             {"一、制造业"},
                             {"甲", "1"},
                             {"企业名称", "产值"},
                             {"乙", "2"},
                             {"（二）服务业"},
                             {"丙", "3"},
                             {"注：数据来自年报"},
                             {"填表人：张三", "联系电话：1"}});
  ASSERT_EQ(tables.size(), 1U);
  EXPECT_EQ(cells_of(tables[0]), (Rows{{"甲", "1"}, {"乙", "2"}, {"丙", "3"}}));
  EXPECT_EQ(said(tables[0]),
            "headings in row 1, data in rows 3–7; headings again: 4; captions of groups: 2, 6; "
            "footnotes: 8–9");
}

TEST(FindTables, AFirmWithNothingButANameIsData) {
  const auto tables = found({{"企业名称", "产值"}, {"甲", "1"}, {"一一科技有限公司"}, {"乙"}});
  EXPECT_EQ(tables[0].size(), 3U);
}

TEST(FindTables, TitlesAndHeadingsRepeatedOnEachPageAreLeftOut) {
  const auto tables = found({{"表一"},
                             {"企业名称", "产值"},
                             {"甲", "1"},
                             {"", ""},
                             {"表一（续）"},
                             {"企业名称", "产值"},
                             {"乙", "2"}});
  ASSERT_EQ(tables.size(), 1U);
  EXPECT_EQ(cells_of(tables[0]), (Rows{{"甲", "1"}, {"乙", "2"}}));
}

TEST(FindTables, OneBelowAnother) {
  const auto tables = found({{"表一"},
                             {"企业名称", "产值"},
                             {"甲", "1"},
                             {"", ""},
                             {"表二", "单位：亿元"},
                             {"供应商", "客户"},
                             {"甲", "乙"}});
  ASSERT_EQ(tables.size(), 2U);
  EXPECT_EQ(cells_of(tables[0]), (Rows{{"甲", "1"}}));
  EXPECT_EQ(tables[0].unit(), "");
  EXPECT_EQ(tables[1].columns(), (Names{"供应商", "客户"}));
  EXPECT_EQ(cells_of(tables[1]), (Rows{{"甲", "乙"}}));
  EXPECT_EQ(tables[1].unit(), "亿元");
  EXPECT_EQ(tables[1].row_number(0), 7U);
}

TEST(FindTables, TheSameHeadingsUnderAnotherUnitAreAnotherTable) {
  const auto tables = found({{"单位：万元"},
                             {"企业名称", "产值"},
                             {"甲", "1"},
                             {"", ""},
                             {"单位：亿元"},
                             {"企业名称", "产值"},
                             {"乙", "2"}});
  ASSERT_EQ(tables.size(), 2U);
  EXPECT_EQ(tables[0].unit(), "万元");
  EXPECT_EQ(tables[1].unit(), "亿元");
}

TEST(FindTables, SideBySide) {
  const auto tables = found({{"企业名称", "产值", "", "供应商", "客户"},
                             {"甲", "1", "", "甲", "乙"},
                             {"乙", "2", "", "", ""}});
  ASSERT_EQ(tables.size(), 2U);
  EXPECT_EQ(cells_of(tables[0]), (Rows{{"甲", "1"}, {"乙", "2"}}));
  EXPECT_EQ(cells_of(tables[1]), (Rows{{"甲", "乙"}}));
  EXPECT_EQ(tables[1].place(0, 1).to_string(), "f.xlsx#表!E2");
  const auto again = found({{"企业名称", "产值", "企业名称", "产值"}, {"甲", "1", "乙", "2"}});
  ASSERT_EQ(again.size(), 2U);
  EXPECT_EQ(cells_of(again[1]), (Rows{{"乙", "2"}}));
}

TEST(FindTables, ABlankColumnWithinATableIsNothing) {
  const auto tables =
      found({{"", "企业名称", "", "产值"}, {"", "甲", "", "1"}, {"", "乙", "", "2"}});
  ASSERT_EQ(tables.size(), 1U);
  EXPECT_EQ(tables[0].columns(), (Names{"企业名称", "产值"}));
  EXPECT_EQ(cells_of(tables[0]), (Rows{{"甲", "1"}, {"乙", "2"}}));
}

TEST(FindTables, TextMergedOverRowsBelongsToEachAndANumberToTheFirst) {
  const auto tables = found({{"供应商", "客户", "产值"},
                             {"甲", "乙", "9"},
                             {"", "丙", ""},
                             {"", "丁", ""},
                             {"戊", "己", "1"}},
                            {"A2:A4", "C2:C4"});
  EXPECT_EQ(cells_of(tables[0]),
            (Rows{{"甲", "乙", "9"}, {"甲", "丙", ""}, {"甲", "丁", ""}, {"戊", "己", "1"}}));
  EXPECT_EQ(tables[0].place(1, 0).to_string(), "f.xlsx#表!A3");
  EXPECT_EQ(kinds_of(tables[0]), (Names{"f.xlsx#表!C2 merged-number"}));
}

TEST(FindTables, HeadingsGivenTwiceAreToldApart) {
  const auto tables = found({{"企业名称", "产值", "产值"}, {"甲", "1", "2"}});
  EXPECT_EQ(tables[0].columns(), (Names{"企业名称", "产值", "产值#2"}));
  EXPECT_EQ(kinds_of(tables[0]), (Names{"f.xlsx#表!C1 double-heading"}));
}

TEST(FindTables, ShapeDecidesWhereNoHeadingIsKnown) {
  const auto tables = found({{"某表"}, {"栏一", "栏二", "栏三"}, {"甲", "1", "2"}}, {}, {});
  EXPECT_EQ(tables[0].columns(), (Names{"栏一", "栏二", "栏三"}));
}

TEST(FindTables, TheRowOfTheHeadingsCanBeSaid) {
  TableOptions options = knowing();
  options.header_row = 3;
  const auto tables =
      found({{"企业名称", "产值"}, {"x", "y"}, {"甲", "乙"}, {"1", "2"}}, {}, options);
  EXPECT_EQ(tables[0].columns(), (Names{"甲", "乙"}));
  options.header_row = 9;
  EXPECT_EQ(failure_of([&] {
              (void)found({{"企业名称", "产值"}}, {}, options);
            }),
            "InvalidData: f.xlsx#表: row 9, which should hold the headings, is blank or not there; "
            "name another row");
}

TEST(FindTables, TextFilesAreSearchedTheSameWay) {
  const auto tables =
      found_in("企业情况,,\n单位：万元,,\n企业名称,产值,人数\n甲,1,2\n,,\n注：无,,\n");
  ASSERT_EQ(tables.size(), 1U);
  EXPECT_EQ(tables[0].columns(), (Names{"企业名称", "产值", "人数"}));
  EXPECT_EQ(tables[0].unit(), "万元");
  EXPECT_EQ(cells_of(tables[0]), (Rows{{"甲", "1", "2"}}));
  EXPECT_EQ(tables[0].place(0, 1).to_string(), "f.csv:4:3");
  EXPECT_EQ(tables[0].heading(1), (InputPlace{"f.csv", "", 3, 3, 6}));
  const auto lines = found_in("企业名称,2024年,\n,产值,人数\n甲,1,2\n");
  EXPECT_EQ(lines[0].columns(), (Names{"企业名称", "2024年/产值", "2024年/人数"}));
}

TEST(FindTables, ATitleAndAUnitInOneLineOfTextAreNarrowerThanTheHeadings) {
  const auto tables = found_in("企业情况,单位：万元,\n企业名称,产值,人数\n甲,1,2\n");
  EXPECT_EQ(tables[0].columns(), (Names{"企业名称", "产值", "人数"}));
  EXPECT_EQ(tables[0].unit(), "万元");
}

TEST(FindTables, AnOrdinaryTextFileIsReadAsEver) {
  const auto tables = found_in("企业名称,产值\n甲,1\n乙,2,3\n");
  ASSERT_EQ(tables.size(), 1U);
  EXPECT_EQ(said(tables[0]), "nothing");
  EXPECT_EQ(tables[0].size(), 1U) << "a row with too many cells is left out";
  EXPECT_EQ(found_in("x,y\n1,2\n")[0].columns(), (Names{"x", "y"}));
  EXPECT_EQ(found_in("栏目,含义\n企业名称,产值\n人数,地区\n")[0].columns(), (Names{"栏目", "含义"}))
      << "a dictionary of headings";
  EXPECT_EQ(found_in("栏目,含义\n甲,产值\n")[0].columns(), (Names{"栏目", "含义"}));
}

TEST(FindTables, ALineThatNamesTheSeparatorIsNone) {
  const auto tables = found_in("sep=;\n企业名称;产值\n甲,乙;1\n");
  ASSERT_EQ(tables.size(), 1U);
  EXPECT_EQ(tables[0].columns(), (Names{"企业名称", "产值"}));
  EXPECT_EQ(cells_of(tables[0]), (Rows{{"甲,乙", "1"}}));
  EXPECT_EQ(tables[0].place(0).to_string(), "f.csv:3:1");
  EXPECT_EQ(cells_of(found_in("sep=|\na|b\n1|2\n")[0]), (Rows{{"1", "2"}}));
}

TEST(FindTables, AnEmptySheetHasNone) {
  EXPECT_EQ(failure_of([] { (void)found({}); }),
            "InvalidData: f.xlsx: no sheet holds anything; check that it is the right file");
}

}  // namespace
}  // namespace liantu
