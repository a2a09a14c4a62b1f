#include "liantu/report/formats/workbook.hpp"

#include <cstdint>
#include <numeric>
#include <regex>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "liantu/tables/cells/table.hpp"
#include "tables/workbooks/zip_archive.hpp"

namespace liantu {
namespace {

Sheet small_sheet() {
  Sheet sheet;
  sheet.title = {"prospects", "清单"};
  sheet.columns = {{"name", {"name", "企业"}, CellKind::Text, true},
                   {"code", {"code", "代码"}, CellKind::Code},
                   {"amount", {"amount, CNY", "金额（元）"}, CellKind::Money},
                   {"share", {"share", "占比"}, CellKind::Share}};
  sheet.rows = {{std::string("示例甲"), std::string("091350100M000100Y43"), 1.5e8, 0.25},
                {std::string("=1+1"), {}, {}, {}}};
  sheet.notes = {{"a note", "说明"}};
  return sheet;
}

// The first sheet as the file holds it.
std::string xml_of(const Sheet& sheet) {
  const std::string bytes = write_workbook({sheet}, Language::En);
  const std::string name = "book.xlsx";
  const TableOptions options;
  ZipArchive archive(bytes, name, options);
  std::string xml;
  std::string block;
  archive.read(
      archive.find("xl/worksheets/sheet1.xml").value(),
      [&](std::size_t capacity) {
        block.resize(capacity);
        return block.data();
      },
      [&](std::size_t count, bool) {
        xml.append(block, 0, count);
        return true;
      });
  return xml;
}

// Widths of the columns that people see, as spreadsheets count them: with a margin of 5/7.
std::vector<double> widths_of(const std::string& xml) {
  std::vector<double> widths;
  const std::regex column("<col min=\"([0-9]+)\" max=\"([0-9]+)\" width=\"([0-9.]+)\"[^>]*>");
  for (std::sregex_iterator at(xml.begin(), xml.end(), column), end; at != end; ++at) {
    if ((*at)[0].str().find("hidden") != std::string::npos) continue;
    const int many = std::stoi((*at)[2]) - std::stoi((*at)[1]) + 1;
    widths.insert(widths.end(), static_cast<std::size_t>(many), std::stod((*at)[3]) - 5.0 / 7);
  }
  return widths;
}

// So many columns of text, each of one row.
Sheet wordy_sheet(std::size_t columns, std::size_t letters) {
  Sheet sheet;
  sheet.title = {"words", "文字"};
  sheet.rows.resize(1);
  for (std::size_t i = 0; i < columns; ++i) {
    sheet.columns.push_back({"c", {"c", "列"}, CellKind::Text});
    sheet.rows[0].emplace_back(std::string(letters, 'w'));
  }
  return sheet;
}

ErrorCode code_of(const std::vector<Sheet>& sheets) {
  try {
    (void)write_workbook(sheets, Language::En);
  } catch (const Error& error) {
    return error.code();
  }
  ADD_FAILURE() << "nothing was thrown";
  return ErrorCode::Cancelled;
}

TEST(Workbook, IsTheSameBytesForEqualInput) {
  const std::string once = write_workbook({small_sheet()}, Language::Zh);
  EXPECT_EQ(once.substr(0, 4), std::string("PK\x03\x04"));
  EXPECT_EQ(once, write_workbook({small_sheet()}, Language::Zh));
}

TEST(Workbook, HoldsAnEmptySheetAndSheetsOfOneTitle) {
  EXPECT_FALSE(write_workbook({Sheet()}, Language::En).empty());
  EXPECT_FALSE(write_workbook({small_sheet(), small_sheet(), small_sheet()}, Language::En).empty());
}

TEST(Workbook, NeedsASheet) { EXPECT_EQ(code_of({}), ErrorCode::InvalidArgument); }

TEST(Workbook, RefusesTextThatIsNotUtf8) {
  Sheet sheet = small_sheet();
  sheet.rows[1][0] = std::string("\xC4\xE3");
  EXPECT_EQ(code_of({sheet}), ErrorCode::InvalidData);
}

TEST(Workbook, RefusesMoreColumnsThanASheetCanHold) {
  Sheet sheet;
  sheet.columns.resize(16385);
  EXPECT_EQ(code_of({sheet}), ErrorCode::LimitReached);
}

TEST(Workbook, TakesTextsOfAnyLengthAndControlCharacters) {
  Sheet sheet = small_sheet();
  sheet.rows[0][0] = std::string(100000, 'x');
  sheet.rows[1][0] = std::string("a\x1b\xEF\xBF\xBF\x01z");
  EXPECT_FALSE(write_workbook({sheet}, Language::Zh).empty());
}

// A page holds (297 / 25.4 - 1.7) · 72 / 0.88 = 817 points, 54 lines of 15. Title, headings and a
// line to spare take 3, two blocks of 20 rows 40; the third begins the next page, below row 42.
TEST(Workbook, PagesEndBetweenBlocks) {
  Sheet sheet = wordy_sheet(2, 4);
  sheet.rows.assign(60, sheet.rows[0]);
  sheet.blocks = {0, 20, 40};
  const std::string xml = xml_of(sheet);
  EXPECT_NE(xml.find("<rowBreaks count=\"1\" manualBreakCount=\"1\"><brk id=\"42\""),
            std::string::npos)
      << xml.substr(xml.find("</sheetData>"));
  EXPECT_NE(xml.find("orientation=\"portrait\""), std::string::npos);
  EXPECT_EQ(xml.find("fitToPage"), std::string::npos);
  EXPECT_EQ(xml.find("<autoFilter"), std::string::npos);
}

TEST(Workbook, ABlockLongerThanAPageBeginsOneAndIsNotTheFirst) {
  Sheet sheet = wordy_sheet(2, 4);
  sheet.rows.assign(130, sheet.rows[0]);
  sheet.blocks = {0, 100};
  const std::string xml = xml_of(sheet);
  EXPECT_NE(xml.find("<rowBreaks count=\"1\" manualBreakCount=\"1\"><brk id=\"102\""),
            std::string::npos);
}

// 14 columns of 48 would be 672 wide, more than the 300 that A3 shows legibly.
TEST(Workbook, ABroadSheetIsWrappedUntilAPageShowsIt) {
  const std::string xml = xml_of(wordy_sheet(14, 200));
  const std::vector<double> widths = widths_of(xml);
  ASSERT_EQ(widths.size(), 14U);
  EXPECT_NEAR(std::accumulate(widths.begin(), widths.end(), 0.0), 300, 0.5);
  for (const double width : widths) EXPECT_GE(width, 16);
  EXPECT_NE(xml.find("fitToHeight=\"0\""), std::string::npos);
  EXPECT_EQ(xml.find("fitToWidth"), std::string::npos);  // 1 is the default
}

// 40 columns cannot be wrapped to 300: 40 · 48 = 1,920 are seven pages side by side.
TEST(Workbook, ASheetTooBroadForAPageTakesSeveral) {
  const std::string xml = xml_of(wordy_sheet(40, 200));
  for (const double width : widths_of(xml)) EXPECT_NEAR(width, 48, 0.01);
  EXPECT_NE(xml.find("fitToWidth=\"7\" fitToHeight=\"0\""), std::string::npos);
}

TEST(Workbook, AColumnThatWasCutGetsWhatThePageHasLeft) {
  const std::vector<double> widths = widths_of(xml_of(wordy_sheet(2, 60)));
  // 60 letters ask for 60 · 1.1 + 2 = 68; the first takes all, the second the rest of 125.
  ASSERT_EQ(widths.size(), 2U);
  EXPECT_NEAR(widths[0], 68, 0.01);
  EXPECT_NEAR(widths[1], 57, 0.01);
}

}  // namespace
}  // namespace liantu
