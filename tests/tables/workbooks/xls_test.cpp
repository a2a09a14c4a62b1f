#include "liantu/tables/workbooks/xls.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/old_workbook.hpp"
#include "tables/table_text.hpp"

namespace liantu {
namespace {

using test::at_cell;
using test::compound;
using test::label;
using test::little;
using test::OldSheet;
using test::real;
using test::record;

std::string book(const std::vector<OldSheet>& sheets, const std::string& globals = {}) {
  return compound({{"Workbook", test::old_stream(sheets, globals)}});
}

std::string book(const std::string& records, const std::string& globals = {}) {
  return book({{u"表", records}}, globals);
}

std::string failure_of_bytes(const std::string& bytes, const TableOptions& options = {}) {
  return failure_of([&] { (void)parse_xls(bytes, "f.xls", options); });
}

const std::string kHeadings = label(0, 0, u"a") + label(0, 1, u"b");

// Formats 0: General, 1: percent, 2: a date of its own, 3: a built-in date.
const std::string kFormats =
    record(0x41E, little(164, 2) + test::wide_string(u"yyyy\"年\"m\"月\"d\"日\"", 2)) +
    record(0xE0, little(0, 2) + little(0, 2)) + record(0xE0, little(0, 2) + little(9, 2)) +
    record(0xE0, little(0, 2) + little(164, 2)) + record(0xE0, little(0, 2) + little(14, 2));

TEST(Xls, CellsOfEveryType) {
  const std::string text_formula =
      record(0x06, at_cell(5, 0) + little(0, 1) + std::string(5, '\0') + little(0xFFFF, 2)) +
      record(0x207, test::wide_string(u"公式", 2));
  const std::string number_formula =
      record(0x06, at_cell(5, 1) + little(std::bit_cast<std::uint64_t>(1.5), 8));
  const auto tables = parse_xls(
      book(kHeadings + real(1, 0, 0.1 + 0.2) + label(1, 1, u"甲\xD83D\xDE00") +
               real(2, 0, 0.35, 1) + real(2, 1, 44260, 2) + real(3, 0, 44260, 3) +
               record(0x27E, at_cell(3, 1) + little(12345U << 2U | 3U, 4)) +
               record(0x205, at_cell(4, 0) + little(1, 1) + little(0, 1)) +
               record(0x205, at_cell(4, 1) + little(0x2A, 1) + little(1, 1)) + text_formula +
               number_formula +
               record(0xBD, little(6, 2) + little(0, 2) + little(0, 2) + little(7U << 2U | 2U, 4) +
                                little(0, 2) + little(8U << 2U | 2U, 4) + little(1, 2)),
           kFormats),
      "f.xls");
  ASSERT_EQ(tables.size(), 1U);
  EXPECT_EQ(cells_of(tables[0]), (Rows{{"0.3", "甲😀"},
                                       {"35%", "2021-03-05"},
                                       {"2021-03-05", "123.45"},
                                       {"TRUE", ""},
                                       {"公式", "1.5"},
                                       {"7", "8"}}));
  ASSERT_FALSE(tables[0].problems().empty());
  EXPECT_EQ(tables[0].problems().front().place.to_string(), "f.xls#表!B5");
  EXPECT_EQ(tables[0].problems().front().value, "#N/A");
  EXPECT_EQ(tables[0].place(1, 1).to_string(), "f.xls#表!B3");
}

TEST(Xls, SharedStringsGoOnInRecordsBehindTheirs) {
  // The second string is cut in its characters, and goes on in narrow ones; the third has runs of
  // fonts and a phonetic guide behind it.
  std::string strings = little(3, 4) + little(3, 4) + test::wide_string(u"一", 2) + little(4, 2) +
                        '\1' + little(u'二', 2) + little(u'三', 2);
  const std::string rest = std::string(1, '\0') + "xy" + little(1, 2) + '\x0D' + little(1, 2) +
                           little(4, 4) + little(u'四', 2) + "runs" + "guid";
  const std::string globals = record(0xFC, strings) + record(0x3C, rest);
  const auto shared = [](std::uint32_t row, std::uint32_t column, std::uint32_t index) {
    return record(0xFD, at_cell(row, column) + little(index, 4));
  };
  const auto tables = parse_xls(
      book(kHeadings + shared(1, 0, 0) + shared(1, 1, 1) + shared(2, 0, 2), globals), "f.xls");
  EXPECT_EQ(cells_of(tables[0]), (Rows{{"一", "二三xy"}, {"四", ""}}));
  EXPECT_NE(failure_of_bytes(book(shared(0, 0, 3), globals)).find("is cut off or broken"),
            std::string::npos);
}

TEST(Xls, MergedCellsJoinHeadings) {
  const std::string merges =
      record(0xE5, little(2, 2) + little(0, 2) + little(1, 2) + little(0, 2) + little(0, 2) +
                       little(0, 2) + little(0, 2) + little(1, 2) + little(2, 2));
  const auto tables = parse_xls(
      book(label(0, 0, u"名称") + label(0, 1, u"2024年") + label(1, 1, u"产值") +
           label(1, 2, u"人数") + label(2, 0, u"甲") + real(2, 1, 1) + real(2, 2, 2) + merges),
      "f.xls");
  EXPECT_EQ(tables[0].columns(), (std::vector<std::string>{"名称", "2024年/产值", "2024年/人数"}));
}

TEST(Xls, HiddenSheetsAndRowsArePassedOver) {
  const std::string hidden_row =
      record(0x208, little(1, 2) + std::string(10, '\0') + little(0x20, 4));
  const std::string bytes =
      book({{u"表", hidden_row + kHeadings + label(1, 0, u"1") + label(2, 0, u"3")},
            {u"藏", label(0, 0, u"c") + label(0, 1, u"d"), true}});
  const auto tables = parse_xls(bytes, "f.xls");
  ASSERT_EQ(tables.size(), 1U);
  EXPECT_EQ(cells_of(tables[0]), (Rows{{"3", ""}}));
  TableOptions all;
  all.hidden = Hidden::Read;
  EXPECT_EQ(parse_xls(bytes, "f.xls", all).size(), 2U);
  TableOptions one;
  one.sheet = "藏";
  EXPECT_EQ(parse_xls(bytes, "f.xls", one).front().columns(), (std::vector<std::string>{"c", "d"}));
  one.sheet = "无";
  EXPECT_NE(failure_of_bytes(bytes, one).find("has no sheet \"无\""), std::string::npos);
}

TEST(Xls, RowsOutOfOrderAreSortedAndTheLaterWordCounts) {
  const auto tables = parse_xls(book(label(2, 1, u"4") + label(2, 0, u"3") + kHeadings +
                                     label(1, 0, u"x") + label(1, 1, u"2") + label(1, 0, u"1")),
                                "f.xls");
  EXPECT_EQ(cells_of(tables[0]), (Rows{{"1", "2"}, {"3", "4"}}));
}

TEST(Xls, DatesFrom1904) {
  const auto tables = parse_xls(
      book(kHeadings + real(1, 0, 42798, 3), kFormats + record(0x22, little(1, 2))), "f.xls");
  EXPECT_EQ(cells_of(tables[0]), (Rows{{"2021-03-05", ""}}));
}

TEST(Xls, WhatIsNoneIsCalledWhatItIs) {
  const auto says = [](const std::string& bytes, std::string_view words) {
    const std::string failure = failure_of_bytes(bytes);
    EXPECT_NE(failure.find(words), std::string::npos) << failure;
    EXPECT_TRUE(failure.starts_with("InvalidData: f.xls: ")) << failure;
  };
  says("", "this is text");
  says("<html><table></table></html>", "a web page (HTML)");
  says("<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>",
       "an XML spreadsheet of Excel 2003");
  says("PK\x03\x04 xl/workbook.bin", "a binary Excel workbook (.xlsb)");
  says("PK\x03\x04 xl/workbook.xml", "an Excel workbook (.xlsx)");
  says("\xD0\xCF\x11\xE0", "is cut off or broken");
  says(compound({{"EncryptedPackage", "x"}}), "is protected by a password");
  says(compound({{"Book", "x"}}), "Excel 95 or older");
  says(compound({{"WordDocument", "x"}}), "an old Office file but not a workbook");
  says(book("", record(0x2F, "x")), "is protected by a password");
  says(book(""), "no sheet holds anything");
  says(compound({{"Workbook", record(0x809, little(0x500, 2) + little(5, 2))}}),
       "Excel 95 or older");
}

TEST(Xls, LimitsAndStopAreKept) {
  const std::string bytes = book(kHeadings + label(1, 0, u"甲乙丙") + real(2, 0, 1));
  TableOptions options;
  options.limits.cells = 3;
  EXPECT_NE(failure_of_bytes(bytes, options).find("--limit cells=VALUE"), std::string::npos);
  options = {};
  options.limits.sheet_rows = 2;
  EXPECT_NE(failure_of_bytes(bytes, options).find("--limit sheet_rows=VALUE"), std::string::npos);
  options = {};
  options.limits.field_bytes = 8;
  EXPECT_NE(failure_of_bytes(bytes, options).find("--limit field_bytes=VALUE"), std::string::npos);
  std::stop_source stop;
  stop.request_stop();
  options = {};
  options.stop = stop.get_token();
  EXPECT_TRUE(failure_of_bytes(bytes, options).starts_with("Cancelled: "));
}

TEST(Xls, EveryShorterOrSpoiltFileIsReadOrRefused) {
  const std::string whole = book(kHeadings + label(1, 0, u"甲") + real(1, 1, 1), kFormats);
  for (std::size_t length = 0; length < whole.size(); length += 3) {
    const std::string failure = failure_of_bytes(whole.substr(0, length));
    EXPECT_TRUE(failure.starts_with("InvalidData: f.xls: ") || failure == "no error") << failure;
  }
  for (std::size_t at = 0; at < whole.size(); at += 2) {
    std::string spoilt = whole;
    spoilt[at] = static_cast<char>(0xFF ^ spoilt[at]);
    const std::string failure = failure_of_bytes(spoilt);
    EXPECT_TRUE(failure == "no error" || failure.find("f.xls") != std::string::npos) << failure;
  }
}

}  // namespace
}  // namespace liantu
