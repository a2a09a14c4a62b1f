#include "liantu/report/projects/league_sheet.hpp"

#include <gtest/gtest.h>

#include "liantu/report/formats/table_text.hpp"
#include "report/golden.hpp"
#include "report/projects/ledger_reports.hpp"

namespace liantu {
namespace {

TEST(LeagueSheet, SaysTheQuarterInBothLanguages) {
  const LedgerBook book = small_book();
  const League league = reckon_league(book, {2025, 1}, default_rubric());
  for (const Language language : {Language::En, Language::Zh}) {
    SheetOptions options;
    options.language = language;
    std::string text;
    for (const Sheet& sheet : league_workbook(book, league, {}, options))
      text += render_table(sheet, {language}) + "\n";
    test::expect_golden(language == Language::En ? "league_en.txt" : "league_zh.txt", text);
  }
}

TEST(LeagueSheet, SaysWhatCountsForNobody) {
  LedgerBook book = small_book();
  std::erase_if(book.subjects[1].facts, [](const Fact& one) {
    return one.key == FactKey::Team || one.key == FactKey::Investment;
  });
  const League league = reckon_league(book, {2025, 1}, default_rubric());
  std::string all;
  for (const Text& one : league_sentences(book, league)) all += one.en + "\n";
  EXPECT_NE(all.find("1 projects name no team"), std::string::npos) << all;
  EXPECT_NE(all.find("1 projects state no investment"), std::string::npos) << all;
  EXPECT_NE(all.find("red board"), std::string::npos) << all;
}

}  // namespace
}  // namespace liantu
