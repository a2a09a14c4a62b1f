#include "liantu/report/formats/workbook.hpp"

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"

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

}  // namespace
}  // namespace liantu
