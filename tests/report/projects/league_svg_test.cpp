#include <gtest/gtest.h>

#include "liantu/report/projects/league_sheet.hpp"
#include "report/projects/ledger_reports.hpp"

namespace liantu {
namespace {

TEST(LeagueSvg, IsOnePageWithEveryTeam) {
  const LedgerBook book = small_book();
  const League league = reckon_league(book, {2025, 1}, default_rubric());
  const std::string text = league_svg(book, league, {{"made by hand", "手工数据"}}, Language::Zh);
  for (const char* words : {"viewBox=\"0 0 210 297\"", "示例区2025年第1季度招商引资赛马比拼",
                            ">26亿元<", "示例专班", "示例镇", "手工数据", "</svg>"}) {
    EXPECT_NE(text.find(words), std::string::npos) << words;
  }
}

TEST(LeagueSvg, HoldsManyTeamsAndOddNames) {
  LedgerBook book = small_book();
  for (int i = 0; i < 60; ++i) {
    Subject team = book.subjects[3];
    team.key = team.name = "示例<镇>&\"" + std::to_string(i);
    book.subjects.push_back(team);
  }
  const League league = reckon_league(book, {2025, 1}, default_rubric());
  for (const Language language : {Language::En, Language::Zh}) {
    const std::string text = league_svg(book, league, {}, language);
    EXPECT_EQ(text.find("<镇>"), std::string::npos);
    EXPECT_NE(text.find("22"), std::string::npos);
  }
  const std::string empty =
      league_svg({}, reckon_league({}, {2025, 1}, default_rubric()), {}, Language::En);
  EXPECT_NE(empty.find("no team took part"), std::string::npos);
}

}  // namespace
}  // namespace liantu
