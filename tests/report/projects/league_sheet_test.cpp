#include "liantu/report/projects/league_sheet.hpp"

#include <gtest/gtest.h>

#include "liantu/report/formats/table_text.hpp"
#include "report/projects/ledger_reports.hpp"

namespace liantu {
namespace {

// 示例专班: one project on a chain 30, fit 20, rating 90 of 15 = 13.5, visits 2 × 0.5 = 1, 2.5 bn 4.
TEST(LeagueSheet, ShowsRanksAndTheArithmeticBehindThem) {
  const LedgerBook book = small_book();
  const League league = reckon_league(book, {2025, 1}, default_rubric());
  SheetOptions options;
  options.language = Language::Zh;
  const Sheet ranks = league_sheet(book, league, options);
  ASSERT_EQ(ranks.rows.size(), 2U);
  EXPECT_EQ(ranks.rows[0][1], SheetCell("示例专班"));
  EXPECT_EQ(ranks.rows[0][2], SheetCell(68.5));
  const Sheet points = league_point_sheet(book, league, options);
  std::string all;
  for (const auto& row : points.rows) {
    for (const std::size_t c : {1, 3, 4}) {
      if (const auto* words = std::get_if<std::string>(&row[c])) all += *words + "|";
    }
  }
  EXPECT_NE(all.find("专班评价|90 / 100 × 15 = 13.50|示例专班#18|"), std::string::npos) << all;
  EXPECT_NE(all.find("邀请领导外出招商|2 × 0.5 = 1.00|示例专班#19|"), std::string::npos) << all;
  EXPECT_NE(all.find("承载地评价|未评价|"), std::string::npos) << all;
}

TEST(LeagueSheet, TheCircularSaysTheQuarterInBothLanguages) {
  const LedgerBook book = small_book();
  const League league = reckon_league(book, {2025, 1}, default_rubric());
  const std::vector<Text> said = league_sentences(book, league);
  EXPECT_EQ(said.front().zh,
            "2025年第1季度签约项目 2 个，总投资 26亿元；达产后预计年产值 30亿元、年税收 1亿元");
  EXPECT_EQ(said.front().en,
            "first quarter of 2025: 2 projects signed, CNY 2.6 bn of investment; expected at full "
            "production a "
            "year: output CNY 3 bn, tax CNY 100 m");
  for (const Language language : {Language::En, Language::Zh}) {
    SheetOptions options;
    options.language = language;
    const std::vector<Sheet> sheets = league_workbook(book, league, {}, options);
    ASSERT_EQ(sheets.size(), 4U);
    EXPECT_EQ(sheets[0].title.zh, "通报");
    EXPECT_EQ(sheets[3].rows.size(), 2U);
    for (const Sheet& sheet : sheets) EXPECT_FALSE(render_table(sheet, {language}).empty());
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
