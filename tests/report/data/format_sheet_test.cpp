#include "liantu/report/data/format_sheet.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace liantu {
namespace {

using Cells = std::vector<SheetCell>;

TEST(FormatSheet, SaysWhetherAFormatIsReadOrWritten) {
  const Sheet sheet = format_sheet(
      {{"csv", false, ".csv .tsv", {"text", "文本"}}, {"svg", true, ".svg", {"drawing", "图"}}},
      Language::Zh);
  ASSERT_EQ(sheet.rows.size(), 2U);
  EXPECT_EQ(sheet.rows[0], (Cells{"csv", "读", ".csv .tsv", "文本"}));
  EXPECT_EQ(sheet.rows[1], (Cells{"svg", "写", ".svg", "图"}));
}

TEST(HeadingSheet, MarksRequiredColumnsOnly) {
  const Sheet sheet = heading_sheet({{"firm", "name", true, {"name", "名称"}, "企业 企业名称"},
                                     {"firm", "tax", false, {"tax", "纳税"}, "纳税额"}},
                                    Language::En);
  EXPECT_EQ(sheet.rows[0], (Cells{"firm", "name", "yes", "name", "企业 企业名称"}));
  EXPECT_EQ(sheet.rows[1], (Cells{"firm", "tax", "", "tax", "纳税额"}));
  EXPECT_FALSE(sheet.notes.empty());
}

TEST(LimitSheet, NamesDefaultAndEnds) {
  const Sheet sheet =
      limit_sheet({{"cells", 1000, 1, 2000, {"most cells", "单元格数"}}}, Language::Zh);
  EXPECT_EQ(sheet.rows.front(), (Cells{"cells", 1000.0, 1.0, 2000.0, "单元格数"}));
}

}  // namespace
}  // namespace liantu
