#include "liantu/report/projects/ledger_sheet.hpp"

#include <gtest/gtest.h>

#include "liantu/report/formats/csv_text.hpp"
#include "liantu/report/formats/table_text.hpp"
#include "report/golden.hpp"
#include "report/projects/ledger_reports.hpp"

namespace liantu {
namespace {

SheetOptions zh() {
  SheetOptions options;
  options.language = Language::Zh;
  return options;
}

TEST(LedgerSheet, ShowsTheBoardAndWhatIsDue) {
  const LedgerBook book = small_book();
  std::string text = render_table(stage_board_sheet(book, zh()), {Language::Zh});
  text +=
      "\n" + render_table(due_sheet(book, due_items(book, book.as_of), 7, zh()), {Language::Zh});
  text += "\n" + render_table(finding_sheet(book, check_ledger(book, {book.as_of, {}}), zh()),
                              {Language::Zh});
  test::expect_golden("ledger_zh.txt", text);
  text = render_table(stage_board_sheet(book, {}));
  text += "\n" + render_table(due_sheet(book, due_items(book, book.as_of), 7, {}));
  text += "\n" + render_table(finding_sheet(book, check_ledger(book, {book.as_of, {}}), {}));
  test::expect_golden("ledger_en.txt", text);
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
