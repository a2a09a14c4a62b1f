#include "liantu/report/projects/ledger_sheet.hpp"

#include <gtest/gtest.h>

#include "liantu/report/formats/csv_text.hpp"
#include "liantu/report/formats/table_text.hpp"
#include "report/projects/ledger_reports.hpp"

namespace liantu {
namespace {

SheetOptions zh() {
  SheetOptions options;
  options.language = Language::Zh;
  return options;
}

using Cells = std::vector<SheetCell>;

TEST(LedgerSheet, CountsContactsAndProjectsByStage) {
  const Sheet board = stage_board_sheet(small_book(), zh());
  ASSERT_EQ(board.rows.size(), 3U);
  EXPECT_EQ(board.rows[0], (Cells{"联系对象", "洽谈中", 1.0, {}, "示例丙厂"}));
  EXPECT_EQ(board.rows[1], (Cells{"项目", "签约", 1.0, 2.5e9, "示例甲项目"}));
  EXPECT_EQ(board.rows[2], (Cells{"项目", "开工", 1.0, 1e8, "示例乙项目"}));
  EXPECT_EQ(board.summary.front().zh, "联系对象 1 家，项目 2 个，总投资 26亿元");
  EXPECT_EQ(board.notes.back().en, "as of 2025-04-03");
}

TEST(LedgerSheet, ListsWhatIsOverdueAndDueWithinAWeek) {
  const LedgerBook book = small_book();
  const auto items = due_items(book, book.as_of);
  const Sheet due = due_sheet(book, items, 7, zh());
  ASSERT_EQ(due.rows.size(), 2U);
  EXPECT_EQ(due.rows[0],
            (Cells{"2025-03-31", -3.0, "P1", "示例甲项目", "开工", "签约", "示例专班", {}, 13.0}));
  EXPECT_EQ(due.rows[1],
            (Cells{"2025-04-08", 5.0, {}, "示例丙厂", "商定协议", "洽谈中", "示例镇", {}, 4.0}));
  EXPECT_EQ(due.summary.front().en, "1 overdue, 1 due");
  EXPECT_EQ(due_sheet(book, items, 4, zh()).rows.size(), 1U);
}

TEST(LedgerSheet, NamesWhatToLookAtWithItsRow) {
  const LedgerBook book = small_book();
  const Sheet found = finding_sheet(book, check_ledger(book, {book.as_of, {}}), zh());
  ASSERT_FALSE(found.rows.empty());
  EXPECT_EQ(found.rows[0][1], SheetCell("overdue"));
  EXPECT_EQ(found.rows[0][2], SheetCell("P1"));
  EXPECT_EQ(found.rows[0][4], SheetCell(13.0));
  EXPECT_EQ(found.rows[0][5], SheetCell("开工应于 2025-03-31 完成，已逾期 3 天"));
}

TEST(LedgerSheet, KeepsPeopleAtFirmsBack) {
  const LedgerBook book = small_book();
  for (const WithContacts contacts : {WithContacts::No, WithContacts::Yes}) {
    std::string all;
    for (const Sheet& sheet : ledger_workbook(book, contacts, zh()))
      all += render_csv(sheet, Language::Zh);
    EXPECT_EQ(all.find("000-1") != std::string::npos, contacts == WithContacts::Yes);
  }
  EXPECT_NE(fact_history_sheet(book, {}, WithContacts::No, zh()).notes.back().zh.find("1 行"),
            std::string::npos);
}

TEST(LedgerSheet, HistoriesStandInTheOrderOfRowsAndOfOneSubjectWhenAsked) {
  const Sheet all = stage_history_sheet(small_book(), {}, zh());
  ASSERT_EQ(all.rows.size(), 4U);
  double last = 0;
  for (const auto& row : all.rows) {
    EXPECT_GT(std::get<double>(row[0]), last);
    last = std::get<double>(row[0]);
  }
  EXPECT_EQ(stage_history_sheet(small_book(), "P2", zh()).rows.size(), 2U);
  EXPECT_EQ(stage_history_sheet(small_book(), "示例甲项目", zh()).rows.size(), 1U);
}

TEST(LedgerSheet, AnEmptyLedgerSaysWhatToDo) {
  LedgerBook book;
  book.district = "示例区";
  EXPECT_NE(render_table(stage_board_sheet(book, {})).find("liantu ledger add"), std::string::npos);
  EXPECT_NE(render_table(finding_sheet(book, {}, {})).find("nothing found"), std::string::npos);
}

}  // namespace
}  // namespace liantu
