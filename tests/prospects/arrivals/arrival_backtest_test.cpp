#include "liantu/prospects/arrivals/arrival_backtest.hpp"

#include <algorithm>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "prospects/arrivals/arrival_case.hpp"

namespace liantu {
namespace {

constexpr std::uint32_t kPlaces[] = {440300, 440100, 430100, 360100, 310114, 500104};

const ArrivalViewScores& view(const ArrivalWindow& window, ArrivalView which) {
  return window.views[static_cast<std::size_t>(which)];
}

const ArrivalScore& score(const ArrivalViewScores& view, ArrivalRanking which) {
  const auto found = std::ranges::find(view.scores, which, &ArrivalScore::ranking);
  EXPECT_NE(found, view.scores.end());
  return *found;
}

ErrorCode refused(const ArrivalCase& made, const EnterpriseGraph& graph,
                  const ArrivalBacktestOptions& options) {
  try {
    (void)backtest_arrivals(graph, made.arrivals, options);
  } catch (const Error& error) {
    EXPECT_FALSE(error.message().zh.empty());
    return error.code();
  }
  ADD_FAILURE() << "nothing was thrown";
  return ErrorCode::Io;
}

// 甲 opened three branches, 乙 one, 丙 and 丁 none; 甲 and 丙 come to 长沙 from 2000 on.
class FourFirms : public testing::Test {
 protected:
  FourFirms() {
    a_ = case_.firm("甲", 440300, 1990);
    b_ = case_.firm("乙", 440100, 1990);
    c_ = case_.firm("丙", 440300, 1990);
    d_ = case_.firm("丁", 430100, 1990);
    for (const std::uint32_t place : {360100U, 310114U, 500104U}) {
      case_.came(a_, place, Date{1999, 5, 1});
    }
    case_.came(b_, 360100, Date{1999, 6, 1});
    case_.came(a_, 430100, Date{2000, 1, 1}, true);
    case_.came(c_, 430100, Date{2002, 12, 31});
    case_.came(b_, 430100, Date{2003, 1, 1});  // behind the window
    graph_ = case_.build();
    options_.from = {2000};
    options_.least = 1;
  }

  ArrivalCase case_;
  FirmId a_{0}, b_{0}, c_{0}, d_{0};
  EnterpriseGraph graph_;
  ArrivalBacktestOptions options_;
};

TEST_F(FourFirms, CountsWhoCameWithinTheWindow) {
  const ArrivalBacktest found = backtest_arrivals(graph_, case_.arrivals, options_);
  ASSERT_EQ(found.windows.size(), 1U);
  const ArrivalWindow& window = found.windows.front();
  EXPECT_EQ(window.candidates, 4U);
  EXPECT_EQ(window.earlier, 4U);
  EXPECT_EQ(window.arrivals, 2U);
  EXPECT_EQ(view(window, ArrivalView::All).places, 1U);
  EXPECT_EQ(view(window, ArrivalView::All).positives, 2U);
  EXPECT_EQ(view(window, ArrivalView::Works).positives, 1U);
  EXPECT_EQ(view(window, ArrivalView::Elsewhere).positives, 2U);
  EXPECT_EQ(view(window, ArrivalView::Newcomers).positives, 1U);
  EXPECT_EQ(view(window, ArrivalView::Local).places, 0U);
  EXPECT_FALSE(found.conclusive);
}

TEST_F(FourFirms, WhoIsAtHomeNeverStandsAmongCandidates) {
  // By branches 甲 is first, 乙 second, 丙 third of three; 丁 is at home: (1/1 + 2/3) / 2.
  const ArrivalBacktest found = backtest_arrivals(graph_, case_.arrivals, options_);
  const auto& all = view(found.windows.front(), ArrivalView::All);
  EXPECT_DOUBLE_EQ(score(all, ArrivalRanking::Branches).map, (1 + 2.0 / 3) / 2);
  EXPECT_DOUBLE_EQ(score(all, ArrivalRanking::Branches).precision_20, 0.1);
  EXPECT_DOUBLE_EQ(score(all, ArrivalRanking::Branches).recall_50, 1);
  EXPECT_DOUBLE_EQ(score(all, ArrivalRanking::Branches).among_50, 2);
  EXPECT_DOUBLE_EQ(score(all, ArrivalRanking::Branches).over_branches, 1);
  // Of newcomers only 丙 stands there.
  EXPECT_DOUBLE_EQ(
      score(view(found.windows.front(), ArrivalView::Newcomers), ArrivalRanking::Propensity).map,
      1);
}

TEST_F(FourFirms, ListsStandForEveryPlaceByRank) {
  options_.listed = 2;
  const ArrivalBacktest found = backtest_arrivals(graph_, case_.arrivals, options_);
  const auto& list = found.windows.front().list;
  ASSERT_EQ(list.size(), 8U);  // four places of the table
  EXPECT_TRUE(std::ranges::is_sorted(list, {}, &ArrivalListRow::place));
  EXPECT_EQ(list[0].place, RegionCode{310114});
  EXPECT_EQ(list[0].rank, 1U);
  EXPECT_EQ(list[1].rank, 2U);
  const std::string csv = arrival_lists_csv(
      graph_, found, std::vector<ArrivalPlace>{{RegionCode{310114}, "上海/嘉定"}});
  EXPECT_EQ(csv.substr(0, csv.find('\n')), "place,year,rank,uscc");
  EXPECT_NE(csv.find("\n上海/嘉定,2000,1,"), std::string::npos);
  EXPECT_NE(csv.find("\n430100,2000,1,甲\n"), std::string::npos);
}

TEST_F(FourFirms, OptionsOutsideTheirRangeAreRefused) {
  auto bad = options_;
  bad.from.clear();
  EXPECT_EQ(refused(case_, graph_, bad), ErrorCode::InvalidArgument);
  bad = options_;
  bad.years = 0;
  EXPECT_EQ(refused(case_, graph_, bad), ErrorCode::InvalidArgument);
  bad = options_;
  bad.least = 0;
  EXPECT_EQ(refused(case_, graph_, bad), ErrorCode::InvalidArgument);
  bad = options_;
  bad.from = {0};
  EXPECT_EQ(refused(case_, graph_, bad), ErrorCode::InvalidArgument);
  bad = options_;
  bad.model.exponents[0] = -1;
  EXPECT_EQ(refused(case_, graph_, bad), ErrorCode::InvalidArgument);
  std::swap(case_.arrivals.front(), case_.arrivals.back());
  EXPECT_EQ(refused(case_, graph_, options_), ErrorCode::InvalidArgument);
}

TEST_F(FourFirms, StopEndsTheBacktest) {
  std::stop_source stop;
  stop.request_stop();
  options_.stop = stop.get_token();
  EXPECT_EQ(refused(case_, graph_, options_), ErrorCode::Cancelled);
}

TEST(BacktestArrivals, TableOfThoseWhoCameOnlyHasNoCandidates) {
  ArrivalCase made;
  const FirmId one = made.firm("甲", 440300, 1990);
  made.came(one, 430100, Date{2000, 1, 1});
  const EnterpriseGraph graph = made.build();
  ArrivalBacktestOptions options;
  options.from = {2000};
  EXPECT_EQ(refused(made, graph, options), ErrorCode::InvalidData);
  EXPECT_EQ(refused(ArrivalCase{}, EnterpriseGraph{}, options), ErrorCode::InvalidData);
}

TEST(BacktestArrivals, WindowInWhichNobodyCameHasNoScores) {
  ArrivalCase made;
  const FirmId one = made.firm("甲", 440300, 1990);
  made.firm("乙", 440300, 1990);
  made.came(one, 430100, Date{2000, 1, 1});
  const EnterpriseGraph graph = made.build();
  ArrivalBacktestOptions options;
  options.from = {2005};
  options.least = 1;
  const ArrivalBacktest found = backtest_arrivals(graph, made.arrivals, options);
  EXPECT_EQ(found.windows.front().arrivals, 0U);
  EXPECT_TRUE(view(found.windows.front(), ArrivalView::All).scores.empty());
  EXPECT_FALSE(found.conclusive);
}

// What came after the window changes nothing of it.
TEST(BacktestArrivals, NothingLaterIsLookedAt) {
  std::mt19937 random(11);
  ArrivalCase made;
  for (int i = 0; i < 80; ++i) {
    made.firm("企" + std::to_string(i), kPlaces[random() % 6],
              1980 + static_cast<int>(random() % 20));
  }
  std::set<std::pair<std::uint32_t, std::uint32_t>> known;
  for (int i = 0; i < 300; ++i) {
    const FirmId firm{static_cast<std::uint32_t>(random() % 70)};
    const std::uint32_t place = kPlaces[random() % 6];
    if (made.homes[raw(firm)] == RegionCode{place} || !known.emplace(raw(firm), place).second) {
      continue;
    }
    made.came(firm, place,
              Date{static_cast<std::int16_t>(1995 + random() % 10),
                   static_cast<std::uint8_t>(1 + random() % 12), 1},
              random() % 2 == 0);
  }
  const EnterpriseGraph graph = made.build();
  ArrivalBacktestOptions options;
  options.from = {2000};
  options.years = 2;
  options.least = 1;
  const ArrivalBacktest whole = backtest_arrivals(graph, made.arrivals, options);
  std::erase_if(made.arrivals, [](const Arrival& one) { return one.date.year >= 2002; });
  const ArrivalBacktest cut = backtest_arrivals(graph, made.arrivals, options);
  const auto& one = view(whole.windows.front(), ArrivalView::All).scores;
  const auto& other = view(cut.windows.front(), ArrivalView::All).scores;
  ASSERT_EQ(one.size(), other.size());
  ASSERT_FALSE(one.empty());
  for (std::size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(one[i].map, other[i].map);
    EXPECT_EQ(one[i].recall_50, other[i].recall_50);
    EXPECT_LE(one[i].map_interval.low, one[i].map);
    EXPECT_GE(one[i].map_interval.high, one[i].map);
  }
}

TEST(ArrivalWords, AreDistinctAndInBothLanguages) {
  std::set<std::string_view> words;
  for (std::size_t i = 0; i < kArrivalRankingCount; ++i) {
    words.insert(ranking_word(static_cast<ArrivalRanking>(i)));
    EXPECT_FALSE(ranking_text(static_cast<ArrivalRanking>(i)).zh.empty());
  }
  EXPECT_EQ(words.size(), kArrivalRankingCount);
  words.clear();
  for (std::size_t i = 0; i < kArrivalViewCount; ++i) {
    words.insert(view_word(static_cast<ArrivalView>(i)));
    EXPECT_FALSE(view_text(static_cast<ArrivalView>(i)).zh.empty());
  }
  EXPECT_EQ(words.size(), kArrivalViewCount);
}

}  // namespace
}  // namespace liantu
