#include "liantu/report/evaluation/arrival_backtest_sheet.hpp"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "report/golden.hpp"

namespace liantu {
namespace {

ArrivalBacktest backtest() {
  ArrivalBacktest found;
  found.years = 3;
  found.conclusive = true;
  ArrivalWindow window;
  window.from = 2000;
  window.candidates = 100;
  window.earlier = 40;
  window.arrivals = 33;
  ArrivalViewScores all;
  all.places = 2;
  all.positives = 31;
  ArrivalScore random;
  random.among_50 = 0.01;
  ArrivalScore ours;
  ours.ranking = ArrivalRanking::Propensity;
  ours.map = 0.25;
  ours.map_interval = {0.125, 0.5};
  ours.among_50 = 2;
  ours.among_50_interval = {1.5, 2.5};
  ours.lists_hit = 0.8;
  all.scores = {random, ours};
  window.views = {all};
  found.windows = {window};
  return found;
}

TEST(ArrivalBacktestSheet, HasARowForEveryScore) {
  const Sheet sheet = arrival_backtest_sheet(backtest(), Language::En);
  ASSERT_EQ(sheet.rows.size(), 2U);
  EXPECT_EQ(sheet.rows[0].size(), sheet.columns.size());
  EXPECT_NE(std::ranges::find(sheet.rows[1], SheetCell(0.25)), sheet.rows[1].end());
  EXPECT_NE(std::ranges::find(sheet.rows[1], SheetCell(std::string("propensity to come"))),
            sheet.rows[1].end());
}

TEST(ArrivalBacktestSheet, SaysWhatAListIsWorthOnAverage) {
  const Sheet sheet = arrival_backtest_sheet(backtest(), Language::En);
  std::string notes;
  for (const Text& note : sheet.notes) notes += note.en + "\n";
  EXPECT_NE(notes.find("of the first 50 firms 2.0 (95 % 1.5 to 2.5) came within 3 years on average "
                       "over 2 places; 8 lists in 10 held at least one; chance gives 0.01"),
            std::string::npos)
      << notes;
  EXPECT_EQ(notes.find("no conclusion"), std::string::npos);
}

TEST(ArrivalBacktestSheet, SaysWhenNothingIsConcluded) {
  ArrivalBacktest found = backtest();
  found.conclusive = false;
  found.windows.front().views.front() = {};
  const Sheet sheet = arrival_backtest_sheet(found, Language::Zh);
  EXPECT_TRUE(sheet.rows.empty());
  EXPECT_EQ(sheet.notes.back().zh, "各窗口落户均少于 30 次：不作结论");
}

TEST(ArrivalBacktestSheet, JsonNamesRankingsByWord) {
  RunInfo run;
  run.version = "0.1.0";
  const std::string json = arrival_backtest_json(backtest(), run);
  test::expect_golden("arrival_backtest.json", json);
  EXPECT_NE(json.find("liantu.arrival_backtest/1"), std::string::npos);
  EXPECT_NE(json.find("\"propensity\""), std::string::npos);
  EXPECT_NE(json.find("\"candidates\""), std::string::npos);
}

}  // namespace
}  // namespace liantu
