#include "liantu/report/gaps/gap_survey_sheet.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::sketch;

// 甲 needs 胎 and 窗, 乙 of the next district nothing.
const EnterpriseGraph& cars() {
  static const EnterpriseGraph graph = sketch(
      "甲{region=500104} -makes{output=1000}-> 车 -requires{coef=0.4}-> 胎; "
      "车 -requires{coef=0.1}-> 窗; 乙{region=500106}; 丙{region=500107} -makes-> 胎");
  return graph;
}

TEST(GapSurveySheet, HasARowForEveryGapAndOneForADistrictWithoutAny) {
  SheetOptions options;
  options.brief = true;
  const SheetCell none;
  const auto number = [](double value) { return SheetCell(value); };
  const Sheet sheet = gap_survey_sheet(cars(), survey_gaps(GapFinder(cars())), options);
  const std::vector<std::vector<SheetCell>> expected = {
      {"重庆市大渡口区", number(2), number(0), number(0), number(0), number(1), "胎", "missing",
       number(400), "400", number(1), number(0)},
      {"重庆市大渡口区", number(2), number(0), number(0), number(0), number(2), "窗", "missing",
       number(100), "100", number(1), number(0)},
      {"重庆市沙坪坝区", number(0), number(0), number(0), number(0), none, none, none, none, none,
       none, none},
      {"重庆市九龙坡区", number(0), number(0), number(0), number(1), number(1), "车", "extension",
       none, none, number(1), number(0)}};
  EXPECT_EQ(sheet.rows, expected);
}

TEST(GapSurveySheet, KeepsTheFirstGapsOfEachDistrict) {
  SheetOptions options;
  options.most = 1;
  const Sheet sheet = gap_survey_sheet(cars(), survey_gaps(GapFinder(cars())), options);
  EXPECT_EQ(sheet.rows.size(), 3U);
  for (const auto& row : sheet.rows) EXPECT_EQ(row.size(), sheet.columns.size());
  ASSERT_EQ(sheet.notes.size(), 2U);
  EXPECT_EQ(sheet.notes[0], (Text{"districts: 3", "地区 3 个"}));
  EXPECT_EQ(sheet.notes[1].en, "gaps: 2 of 3");
}

TEST(GapSurveySheet, NoDistrictsAreAnEmptySheet) {
  EXPECT_TRUE(gap_survey_sheet(cars(), {}).rows.empty());
}

}  // namespace
}  // namespace liantu
