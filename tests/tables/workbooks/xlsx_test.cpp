#include "liantu/tables/workbooks/xlsx.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/workbook_file.hpp"
#include "tables/table_text.hpp"

namespace liantu {
namespace {

using test::book;
using test::book_entries;
using test::BookParts;
using test::Entry;
using test::text_row;

std::vector<std::string> kinds_of(const Table& table) {
  std::vector<std::string> kinds;
  for (const Problem& problem : table.problems()) {
    if (problem.kind != "table-found")
      kinds.push_back(problem.place.to_string() + " " + problem.kind);
  }
  return kinds;
}

/// The one table of a workbook whose rows below `a b` are these.
Table table_of(const std::string& rows, BookParts parts = {}) {
  parts.sheets = {{"表", "<sheetData>" + text_row(1, {"a", "b"}) + rows + "</sheetData>"}};
  auto tables = parse_xlsx(book(parts), "f.xlsx");
  EXPECT_EQ(tables.size(), 1U);
  return std::move(tables.front());
}

/// The cell A2 of a sheet, made of this element.
std::string cell_of(const std::string& cell, const BookParts& parts = {}) {
  const Table table = table_of("<row r=\"2\">" + cell + "<c r=\"B2\"><v>1</v></c></row>", parts);
  return table.size() == 1 ? std::string(table.cell(0, 0).text) : "no row";
}

std::string failure_of_book(const std::vector<Entry>& entries, const TableOptions& options = {}) {
  return failure_of([&] { (void)parse_xlsx(test::archive(entries), "f.xlsx", options); });
}

std::string failure_of_bytes(const std::string& bytes, const TableOptions& options = {}) {
  return failure_of([&] { (void)parse_xlsx(bytes, "f.xlsx", options); });
}

BookParts plain() {
  BookParts parts;
  parts.sheets = {
      {"表", "<sheetData>" + text_row(1, {"a", "b"}) + text_row(2, {"x", "y"}) + "</sheetData>"}};
  return parts;
}

TEST(Xlsx, CellsKnowTheirPlaceInTheSheet) {
  const Table table = table_of("<row r=\"3\"><c r=\"B3\"><v>7</v></c></row>");
  EXPECT_EQ(table.sheet(), "表");
  EXPECT_EQ(table.name(), "f.xlsx#表");
  EXPECT_EQ(table.columns(), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(cells_of(table), (Rows{{"", "7"}}));
  EXPECT_EQ(table.row_number(0), 3U);
  EXPECT_EQ(table.place(0, 1).to_string(), "f.xlsx#表!B3");
  EXPECT_EQ(table.place(0, 0).to_string(), "f.xlsx#表!A3") << "a cell that is not there";
  EXPECT_EQ(table.heading(1).to_string(), "f.xlsx#表!B1");
}

TEST(Xlsx, StringsAreSharedInlineOrRichAndPhoneticGuidesAreLeftOut) {
  BookParts parts;
  parts.strings =
      "<si><t>甲 &amp; 乙</t></si>"
      "<si><r><t>重</t></r><r><rPr><b/></rPr><t>庆</t></r><rPh sb=\"0\" "
      "eb=\"1\"><t>ジュウ</t></rPh>"
      "</si><si/>";
  EXPECT_EQ(cell_of("<c r=\"A2\" t=\"s\"><v>0</v></c>", parts), "甲 & 乙");
  EXPECT_EQ(cell_of("<c r=\"A2\" t=\"s\"><v>1</v></c>", parts), "重庆");
  EXPECT_EQ(cell_of("<c r=\"A2\" t=\"s\"><v>2</v></c>", parts), "");
  EXPECT_EQ(cell_of("<c r=\"A2\" t=\"inlineStr\"><is><r><t>丙</t></r><r><t>丁</t></r></is></c>"),
            "丙丁");
  EXPECT_EQ(cell_of("<c r=\"A2\" t=\"str\"><f>A1</f><v>戊</v></c>"), "戊");
  EXPECT_EQ(cell_of("<c r=\"A2\" t=\"inlineStr\"><is><t>a_x000A_b_x005F_x000A_</t></is></c>"),
            "a\nb_x000A_");
}

TEST(Xlsx, NumbersAreAsTyped) {
  EXPECT_EQ(cell_of("<c r=\"A2\"><v>500104</v></c>"), "500104");
  EXPECT_EQ(cell_of("<c r=\"A2\"><v>0.30000000000000004</v></c>"), "0.3");
  EXPECT_EQ(cell_of("<c r=\"A2\"><v>4.4256E4</v></c>"), "44256");
  EXPECT_EQ(cell_of("<c r=\"A2\"><v>9.15001047626774E+17</v></c>"), "9.15001047626774E+17");
  EXPECT_EQ(cell_of("<c r=\"A2\" t=\"inlineStr\"><is><t>915001047626773880</t></is></c>"),
            "915001047626773880")
      << "a code that is text stays as it is";
  EXPECT_EQ(cell_of("<c r=\"A2\" t=\"b\"><v>1</v></c>"), "TRUE");
  EXPECT_EQ(cell_of("<c r=\"A2\" t=\"d\"><v>2021-03-05T00:00:00</v></c>"), "2021-03-05");
}

TEST(Xlsx, FormatsMakeDatesAndPercentages) {
  BookParts parts;
  parts.styles =
      "<numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/>"
      "<numFmt numFmtId=\"165\" formatCode=\"0000\"/></numFmts>"
      "<cellStyleXfs><xf numFmtId=\"9\"/></cellStyleXfs>"
      "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"10\"/><xf "
      "numFmtId=\"164\"/>"
      "<xf numFmtId=\"165\"/></cellXfs>";
  EXPECT_EQ(cell_of("<c r=\"A2\" s=\"1\"><v>44260</v></c>", parts), "2021-03-05");
  EXPECT_EQ(cell_of("<c r=\"A2\" s=\"2\"><v>0.35</v></c>", parts), "35%");
  EXPECT_EQ(cell_of("<c r=\"A2\" s=\"3\"><v>44260</v></c>", parts), "2021-03");
  EXPECT_EQ(cell_of("<c r=\"A2\" s=\"4\"><v>313</v></c>", parts), "0313");
  EXPECT_EQ(cell_of("<c r=\"A2\" s=\"0\"><v>44260</v></c>", parts), "44260");
  EXPECT_EQ(cell_of("<c r=\"A2\" s=\"99\"><v>44260</v></c>", parts), "44260");
  parts.properties = "date1904=\"1\"";
  EXPECT_EQ(cell_of("<c r=\"A2\" s=\"1\"><v>42798</v></c>", parts), "2021-03-05");
}

TEST(Xlsx, ErrorsAreEmptyWithAWarning) {
  const Table table = table_of(
      "<row r=\"2\"><c r=\"A2\" t=\"e\"><v>#N/A</v></c><c r=\"B2\"><v>1</v></c></row>"
      "<row r=\"3\"><c r=\"A3\"><f>1+1</f></c><c r=\"B3\"><v>2</v></c></row>"
      "<row r=\"4\"><c r=\"A4\" t=\"s\"><v>7</v></c><c r=\"B4\"><v>3</v></c></row>");
  EXPECT_EQ(cells_of(table), (Rows{{"", "1"}, {"", "2"}, {"", "3"}}));
  EXPECT_EQ(kinds_of(table),
            (std::vector<std::string>{"f.xlsx#表!A2 error-cell", "f.xlsx#表!A4 error-cell",
                                      "f.xlsx#表!A3 formula-without-value"}));
  EXPECT_EQ(table.problems().front().value, "#N/A");
}

TEST(Xlsx, HiddenRowsAndSheetsAreNamedAndPassedOver) {
  BookParts parts;
  parts.sheets = {
      {"甲", "<sheetData>" + text_row(1, {"a", "b"}) + text_row(2, {"x", "y"}) +
                 text_row(3, {"h", "h"}, "hidden=\"1\"") + text_row(4, {"", ""}, "hidden=\"1\"") +
                 text_row(5, {"z", "z"}) + "</sheetData>"},
      {"乙", "<sheetData>" + text_row(1, {"a", "b"}) + "</sheetData>"},
      {"丙", "<sheetData>" + text_row(1, {"c", "d"}) + "</sheetData>"}};
  parts.states = {"", "hidden", "veryHidden"};
  const auto tables = parse_xlsx(book(parts), "f.xlsx");
  ASSERT_EQ(tables.size(), 1U);
  EXPECT_EQ(cells_of(tables[0]), (Rows{{"x", "y"}, {"z", "z"}}));
  EXPECT_EQ(kinds_of(tables[0]),
            (std::vector<std::string>{"f.xlsx#甲!3 hidden-rows", "f.xlsx#乙 hidden-sheet",
                                      "f.xlsx#丙 hidden-sheet"}));
  TableOptions all;
  all.hidden = Hidden::Read;
  const auto read = parse_xlsx(book(parts), "f.xlsx", all);
  ASSERT_EQ(read.size(), 3U);
  EXPECT_EQ(read[0].size(), 3U);
  EXPECT_EQ(read[2].sheet(), "丙");
  TableOptions named;
  named.sheet = "乙";
  EXPECT_EQ(parse_xlsx(book(parts), "f.xlsx", named).front().sheet(), "乙")
      << "who names it wants it";
  named.sheet = "丁";
  EXPECT_EQ(failure_of_bytes(book(parts), named),
            "InvalidData: f.xlsx: has no sheet \"丁\"; its sheets are: 甲, 乙, 丙");
}

TEST(Xlsx, StrictAndPrefixedNamespacesAreRead) {
  BookParts strict = plain();
  strict.space = "http://purl.oclc.org/ooxml/spreadsheetml/main";
  strict.relations = "http://purl.oclc.org/ooxml/officeDocument/relationships";
  EXPECT_EQ(cells_of(parse_xlsx(book(strict), "f.xlsx").front()), (Rows{{"x", "y"}}));
  auto entries = book_entries(plain());
  entries[0].bytes =
      "<x:worksheet xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
      "<x:sheetData><x:row r=\"1\"><x:c t=\"str\"><x:v>a</x:v></x:c><x:c "
      "t=\"str\"><x:v>b</x:v></x:c>"
      "</x:row><x:row><x:c><x:v>1</x:v></x:c><x:c><x:v>2</x:v></x:c></x:row></x:sheetData>"
      "</x:worksheet>";
  EXPECT_EQ(cells_of(parse_xlsx(test::archive(entries), "f.xlsx").front()), (Rows{{"1", "2"}}))
      << "cells and rows without a reference follow the one before";
}

TEST(Xlsx, NothingOutsideTheFileIsFollowed) {
  auto entries = book_entries(plain());
  for (Entry& entry : entries) {
    if (entry.name != "xl/_rels/workbook.xml.rels") continue;
    entry.bytes.insert(entry.bytes.find(" Target="), " TargetMode=\"External\"");
  }
  EXPECT_EQ(failure_of_book(entries),
            "InvalidData: f.xlsx: no sheet holds anything; check that it is the right file");
}

TEST(Xlsx, WhatIsNoWorkbookIsNamedWithWhatToDo) {
  EXPECT_NE(failure_of_bytes("").find("is empty"), std::string::npos);
  EXPECT_NE(failure_of_bytes("<html><table>").find("web page or XML"), std::string::npos);
  EXPECT_NE(failure_of_bytes("\xEF\xBB\xBF\n<?xml version=\"1.0\"?>").find("web page or XML"),
            std::string::npos);
  EXPECT_NE(failure_of_bytes("企业名称,地区").find("is not a workbook"), std::string::npos);
  std::string ole = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
  EXPECT_NE(failure_of_bytes(ole).find("old format (.xls)"), std::string::npos);
  for (const char c : std::string("EncryptedPackage")) ole.append({c, '\0'});
  EXPECT_NE(failure_of_bytes(ole).find("password"), std::string::npos);
  EXPECT_NE(failure_of_book({{"a.txt", "x"}}).find("an archive but not a workbook"),
            std::string::npos);
  auto binary = book_entries(plain());
  for (Entry& entry : binary) {
    if (const auto at = entry.bytes.find("xl/workbook.xml"); at != std::string::npos) {
      entry.bytes.replace(at, 15, "xl/workbook.bin");
    }
  }
  EXPECT_NE(failure_of_book(binary).find(".xlsb"), std::string::npos);
}

TEST(Xlsx, EveryCutIsRefused) {
  const std::string whole = book(plain());
  for (std::size_t size = 1; size < whole.size(); size += 7) {
    const std::string failure = failure_of_bytes(whole.substr(0, size));
    EXPECT_TRUE(failure.starts_with("InvalidData: f.xlsx: ")) << size << " " << failure;
  }
}

TEST(Xlsx, AWrongChecksumIsRefused) {
  std::string bytes = book(plain());
  bytes[bytes.find("<t>x</t>") + 3] = 'q';
  EXPECT_EQ(failure_of_bytes(bytes),
            "InvalidData: f.xlsx: the workbook is cut off or damaged; copy or download it again");
}

TEST(Xlsx, EntriesThatShareBytesAreRefused) {
  std::string bytes = book(plain());
  // The second entry of the directory points to where the first lies.
  const std::size_t first = bytes.find("PK\1\2");
  const std::size_t second = bytes.find("PK\1\2", first + 4);
  for (std::size_t i = 42; i < 46; ++i) bytes[second + i] = bytes[first + i];
  EXPECT_NE(failure_of_bytes(bytes).find("overlap"), std::string::npos) << failure_of_bytes(bytes);
}

TEST(Xlsx, DocumentTypesAndBrokenXmlAreRefused) {
  auto entries = book_entries(plain());
  const std::string sheet = entries[0].bytes;
  entries[0].bytes = "<!DOCTYPE a [<!ENTITY b \"c\">]>" + sheet;
  EXPECT_NE(failure_of_book(entries).find("document type"), std::string::npos);
  entries[0].bytes = sheet.substr(0, sheet.size() / 2);
  EXPECT_NE(failure_of_book(entries).find("xl/worksheets/sheet1.xml line 1 is broken"),
            std::string::npos)
      << failure_of_book(entries);
  entries[0].bytes = sheet;
  entries[0].bytes[sheet.find("<t>x") + 3] = '\xFF';
  EXPECT_NE(failure_of_book(entries).find("is broken"), std::string::npos) << "invalid UTF-8";
  entries.erase(entries.begin());
  EXPECT_NE(failure_of_book(entries).find("lacks its part xl/worksheets/sheet1.xml"),
            std::string::npos);
}

TEST(Xlsx, RowsThatDoNotAscendAreRefused) {
  EXPECT_NE(failure_of([] {
              (void)table_of(text_row(3, {"x"}) + text_row(2, {"y"}));
            }).find("f.xlsx#表!2: the rows of the sheet do not ascend"),
            std::string::npos);
}

TEST(Xlsx, CellsOfARowMayStandInAnyOrder) {
  EXPECT_EQ(
      cells_of(table_of("<row r=\"2\"><c r=\"B2\"><v>2</v></c><c r=\"A2\"><v>1</v></c></row>")),
      (Rows{{"1", "2"}}));
}

TEST(Xlsx, LimitsAreNamed) {
  const std::string bytes = book(plain());
  const auto limited = [&](auto TableLimits::*limit, auto value) {
    TableOptions options;
    options.limits.*limit = value;
    return failure_of_bytes(bytes, options);
  };
  EXPECT_NE(limited(&TableLimits::entries, 2U).find("--limit entries=VALUE"), std::string::npos);
  EXPECT_NE(limited(&TableLimits::sheet_rows, 1U).find("--limit sheet_rows=VALUE"),
            std::string::npos);
  EXPECT_NE(limited(&TableLimits::columns, 1U).find("--limit columns=VALUE"), std::string::npos);
  EXPECT_NE(limited(&TableLimits::cells, 3U).find("--limit cells=VALUE"), std::string::npos);
  EXPECT_NE(limited(&TableLimits::inflated_bytes, std::uint64_t{200})
                .find("--limit inflated_bytes=VALUE"),
            std::string::npos);
  EXPECT_NE(limited(&TableLimits::file_bytes, std::uint64_t{20}).find("--limit file_bytes=VALUE"),
            std::string::npos);
  EXPECT_NE(limited(&TableLimits::entries, 0U).find("InvalidArgument"), std::string::npos);
  TableOptions options;
  options.limits.field_bytes = 3;
  EXPECT_NE(failure_of([&] {
              (void)parse_xlsx(test::book_of({{"a", "b"}, {"long text", "y"}}), "f.xlsx", options);
            }).find("f.xlsx#表!2: a cell is longer than 3 bytes"),
            std::string::npos);
}

TEST(Xlsx, TheLastCellOfASheetAloneIsNoLargeTable) {
  BookParts parts;
  parts.sheets = {{"表",
                   "<dimension ref=\"A1:XFD1048576\"/><sheetData><row r=\"1048576\">"
                   "<c r=\"XFD1048576\" t=\"str\"><v>x</v></c></row></sheetData>"}};
  const auto tables = parse_xlsx(book(parts), "f.xlsx");
  ASSERT_EQ(tables.size(), 1U);
  EXPECT_EQ(tables[0].columns(), (std::vector<std::string>{"x"}));
  EXPECT_EQ(tables[0].heading(0).to_string(), "f.xlsx#表!XFD1048576");
  parts.sheets[0].second =
      "<sheetData><row r=\"1\"><c r=\"XFE1\" t=\"str\"><v>x</v></c></row></sheetData>";
  EXPECT_NE(failure_of_bytes(book(parts)).find("beyond the last column"), std::string::npos);
}

TEST(Xlsx, CancelledWhileReading) {
  std::stop_source source;
  source.request_stop();
  TableOptions options;
  options.stop = source.get_token();
  EXPECT_EQ(failure_of_bytes(book(plain()), options), "Cancelled: f.xlsx: reading was cancelled");
}

}  // namespace
}  // namespace liantu
