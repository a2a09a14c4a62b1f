#include "liantu/report/evaluation/gap_backtest_sheet.hpp"

#include <string>
#include <variant>
#include <vector>

#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include "report/golden.hpp"

namespace liantu {
namespace {

GapBacktest backtest(std::size_t districts) {
  GapBacktest found;
  found.before = {2006};
  found.top = 20;
  found.districts.resize(districts);
  for (std::size_t i = 0; i < districts; ++i) {
    found.districts[i].region = RegionCode{static_cast<std::uint32_t>(500101 + i)};
    found.districts[i].hits[static_cast<std::size_t>(GapRanking::Combined)] = 2;
  }
  found.scores = {{GapRanking::Gaps, 0.25, 0.1, 0.4, 0.2, 0.1, 0.3, 0.01, -0.1, 0.1, 0.5, 10}};
  return found;
}

TEST(GapBacktestSheet, OneDistrictHasNoIntervals) {
  const Sheet one = gap_backtest_sheet(backtest(1), Language::En);
  const Sheet two = gap_backtest_sheet(backtest(2), Language::En);
  EXPECT_EQ(one.rows[0], (std::vector<SheetCell>{"gaps", 10.0, 0.25, {}, {}, 0.2, {}, {}, 0.5}));
  EXPECT_EQ(two.rows[0],
            (std::vector<SheetCell>{"gaps", 10.0, 0.25, 0.1, 0.4, 0.2, 0.1, 0.3, 0.5}));
  EXPECT_GT(one.notes.size(), two.notes.size());
}

TEST(GapBacktestJson, IsTheSchemaToTheByte) {
  GapBacktest found = backtest(2);
  found.weights = GapWeights{{2001}, {2006}, 40, 0.5, 0.25, 0.125};
  found.gap_lift = 1.5;
  RunInfo run;
  run.version = "0.1.0";
  test::expect_golden("gap_backtest.json", gap_backtest_json(found, run));
}

TEST(GapBacktestJson, SaysOfEachDistrictAndNothingOfWeightsThatAreNotLearnt) {
  const std::string text = gap_backtest_json(backtest(2), {});
  rapidjson::Document document;
  ASSERT_FALSE(document.Parse(text.data(), text.size()).HasParseError());
  EXPECT_STREQ(document["schema"].GetString(), "liantu.gap_backtest/1");
  EXPECT_EQ(document["methods"][0]["over_frequency_low"].GetDouble(), -0.1);
  EXPECT_STREQ(document["districts"][1]["region"].GetString(), "500102");
  EXPECT_TRUE(document["districts"][0]["hits_combined"].IsNull());
  EXPECT_EQ(document["weights"].Size(), 0U);
  EXPECT_STREQ(document["totals"][0]["conclusive"].GetString(), "no");
}

}  // namespace
}  // namespace liantu
