#include "liantu/tables/workbooks/ods.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/workbook_file.hpp"
#include "tables/table_text.hpp"

namespace liantu {
namespace {

std::string file_of(const std::string& tables, const std::string& styles = {}) {
  return test::archive(
      {{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
       {"content.xml",
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\" "
        "xmlns:style=\"s\" "
        "xmlns:calcext=\"c\" xmlns:draw=\"d\"><office:automatic-styles>" +
            styles + "</office:automatic-styles><office:body><office:spreadsheet>" + tables +
            "</office:spreadsheet></office:body></office:document-content>"}});
}

std::string words(const std::string& text) {
  return "<table:table-cell office:value-type=\"string\"><text:p>" + text +
         "</text:p></table:table-cell>";
}

std::string row(const std::string& cells, const std::string& attributes = {}) {
  return "<table:table-row " + attributes + ">" + cells + "</table:table-row>";
}

std::string sheet(const std::string& rows, const std::string& attributes = "table:name=\"表\"") {
  return "<table:table " + attributes + ">" + rows + "</table:table>";
}

std::string failure_of_bytes(const std::string& bytes, const TableOptions& options = {}) {
  return failure_of([&] { (void)parse_ods(bytes, "f.ods", options); });
}

TEST(Ods, CellsOfEveryType) {
  const auto tables = parse_ods(
      file_of(sheet(
          row(words("a") + words("b")) +
          row("<table:table-cell office:value-type=\"float\" "
              "office:value=\"0.30000000000000004\"/>" +
              words("甲<text:s text:c=\"2\"/>乙</text:p><text:p>丙")) +
          row("<table:table-cell office:value-type=\"percentage\" "
              "office:value=\"0.35\"><text:p>35.00%</text:p>"
              "</table:table-cell><table:table-cell office:value-type=\"date\" "
              "office:date-value=\"2021-03-05T00:00:00\"/>") +
          row("<table:table-cell office:value-type=\"boolean\" office:boolean-value=\"true\"/>"
              "<table:table-cell office:value-type=\"string\" "
              "calcext:value-type=\"error\"><text:p>#N/A</text:p>"
              "</table:table-cell>") +
          row("<table:table-cell "
              "office:value-type=\"string\"><office:annotation><text:p>批注</text:p>"
              "</office:annotation><text:p>丁</text:p></table:table-cell>"))),
      "f.ods");
  ASSERT_EQ(tables.size(), 1U);
  EXPECT_EQ(cells_of(tables[0]),
            (Rows{{"0.3", "甲  乙\n丙"}, {"35%", "2021-03-05"}, {"TRUE", ""}, {"丁", ""}}));
  EXPECT_EQ(tables[0].problems().front().place.to_string(), "f.ods#表!B4");
  EXPECT_EQ(tables[0].problems().front().kind, "error-cell");
}

TEST(Ods, CellsAndRowsThatRepeatStandInEachPlace) {
  const auto tables = parse_ods(
      file_of(sheet(
          row(words("a") + words("b") + words("c")) +
          row("<table:table-cell table:number-columns-repeated=\"2\" office:value-type=\"float\" "
              "office:value=\"1\"/>" +
                  words("x"),
              "table:number-rows-repeated=\"2\"") +
          row("<table:table-cell/>", "table:number-rows-repeated=\"3\"") +
          row("<table:table-cell table:number-columns-repeated=\"2\"/>" + words("y")) +
          row("<table:table-cell table:number-columns-repeated=\"16384\"/>",
              "table:number-rows-repeated=\"1048569\""))),
      "f.ods");
  EXPECT_EQ(cells_of(tables[0]), (Rows{{"1", "1", "x"}, {"1", "1", "x"}, {"", "", "y"}}));
  EXPECT_EQ(tables[0].place(2, 2).to_string(), "f.ods#表!C7");
}

TEST(Ods, MergedCellsJoinHeadings) {
  const auto tables = parse_ods(
      file_of(sheet(row("<table:table-cell table:number-rows-spanned=\"2\" "
                        "office:value-type=\"string\"><text:p>名称</text:p>"
                        "</table:table-cell><table:table-cell table:number-columns-spanned=\"2\" "
                        "office:value-type=\"string\"><text:p>2024年</text:p></"
                        "table:table-cell><table:covered-table-cell/>") +
                    row("<table:covered-table-cell/>" + words("产值") + words("人数")) +
                    row(words("甲") + words("1") + words("2")))),
      "f.ods");
  EXPECT_EQ(tables[0].columns(), (std::vector<std::string>{"名称", "2024年/产值", "2024年/人数"}));
}

TEST(Ods, HiddenSheetsAndRowsArePassedOver) {
  const std::string bytes = file_of(
      sheet(row(words("a") + words("b")) +
            row(words("1") + words("2"), "table:visibility=\"collapse\"") +
            row(words("3") + words("4"))) +
          sheet(row(words("c") + words("d")), "table:name=\"藏\" table:style-name=\"ta2\"") +
          sheet(row(words("e")), "table:name=\"'file:///elsewhere/x.ods'#$A\""),
      "<style:style style:name=\"ta2\"><style:table-properties "
      "table:display=\"false\"/></style:style>");
  const auto tables = parse_ods(bytes, "f.ods");
  ASSERT_EQ(tables.size(), 1U);
  EXPECT_EQ(cells_of(tables[0]), (Rows{{"3", "4"}}));
  TableOptions all;
  all.hidden = Hidden::Read;
  EXPECT_EQ(parse_ods(bytes, "f.ods", all).size(), 2U);
}

TEST(Ods, RepeatsAreBounded) {
  const std::string wide =
      "<table:table-cell table:number-columns-repeated=\"4294967295\" office:value-type=\"float\" "
      "office:value=\"1\"/>";
  EXPECT_NE(failure_of_bytes(file_of(sheet(row(wide)))).find("beyond the last column"),
            std::string::npos);
  const std::string full =
      "<table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"float\" "
      "office:value=\"1\"/>";
  EXPECT_NE(failure_of_bytes(file_of(sheet(row(full, "table:number-rows-repeated=\"1048576\""))))
                .find("--limit cells=VALUE"),
            std::string::npos);
}

TEST(Ods, WhatIsNoneIsRefused) {
  EXPECT_NE(failure_of_bytes("x").find("is not a workbook"), std::string::npos);
  EXPECT_NE(failure_of_bytes(test::archive({{"a", "b"}})).find("not an OpenDocument spreadsheet"),
            std::string::npos);
  EXPECT_NE(
      failure_of_bytes(test::archive({{"META-INF/manifest.xml", "<m><encryption-data/></m>"}}))
          .find("password"),
      std::string::npos);
  EXPECT_NE(failure_of_bytes(file_of("")).find("no sheet holds anything"), std::string::npos);
}

}  // namespace
}  // namespace liantu
