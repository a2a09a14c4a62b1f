#include "liantu/report/gaps/requirement_sheet.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::segment;
using test::sketch;

TEST(RequirementSheet, SaysTotalsMultiplierAndWarnings) {
  // 电 = 8 + 0.2 电 = 10; 煤 = 0.5 · 10; 矿 of unknown coefficient is left out. 煤 takes more than
  // it sells for.
  const EnterpriseGraph graph = sketch(
      "电 -requires{coef=0.2}-> 电 -requires{coef=0.5}-> 煤 -requires{coef=1.2}-> 土; 煤 "
      "-requires-> "
      "矿");
  const Sheet sheet = requirement_sheet(
      graph, total_requirement(
                 graph, std::vector<FinalSales>{{segment(graph, "电"), {8, Basis::Estimated}}}));
  ASSERT_EQ(sheet.rows.size(), 3U);
  EXPECT_EQ(sheet.rows[0], (std::vector<SheetCell>{1.0, "电", 10.0, 8.0, "estimated"}));
  EXPECT_EQ(sheet.rows[1], (std::vector<SheetCell>{2.0, "土", 6.0, {}, "estimated"}));
  EXPECT_EQ(sheet.rows[2], (std::vector<SheetCell>{3.0, "煤", 5.0, {}, "estimated"}));
  ASSERT_EQ(sheet.notes.size(), 4U);
  EXPECT_EQ(sheet.notes[0].en, "segments: 3");
  EXPECT_NE(sheet.notes[1].en.find("takes 2.625 yuan"), std::string::npos);
  EXPECT_NE(sheet.notes[2].en.find("煤"), std::string::npos);
}

TEST(RequirementSheet, NothingSoldHasNoRows) {
  const Sheet sheet = requirement_sheet(EnterpriseGraph(), TotalRequirement());
  EXPECT_TRUE(sheet.rows.empty());
  EXPECT_EQ(sheet.notes.size(), 2U);
}

}  // namespace
}  // namespace liantu
