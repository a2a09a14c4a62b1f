#include "land/per_mu/firm_rules.hpp"

#include <gtest/gtest.h>

#include "liantu/land/per_mu/per_mu.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

bool fits_first(std::string_view drawn, const FirmRule& rule, const LandUse& land = {},
                std::vector<Quantity>* lacking = nullptr) {
  const auto graph = test::sketch(drawn);
  return fits(graph, FirmId{0}, rule, land, Date{2024, 12, 31}, lacking);
}

TEST(FirmRules, AnyConditionIsEnough) {
  FirmRule rule;
  rule.tags = {"规上"};
  rule.industries = {"D"};
  rule.at_least = {{Quantity::Revenue, 2e7}};
  EXPECT_TRUE(fits_first("甲{tags=高企;规上}", rule));
  EXPECT_FALSE(fits_first("甲{tags=规上以下}", rule));
  EXPECT_TRUE(fits_first("甲{industry=D4511}", rule));
  EXPECT_TRUE(fits_first("甲{revenue=2e7}", rule));
  EXPECT_FALSE(fits_first("甲{revenue=19999999}", rule));
}

TEST(FirmRules, WhatCouldDecideAndIsNotKnownIsTold) {
  FirmRule rule;
  rule.at_least = {{Quantity::Revenue, 2e7}, {Quantity::Land, 5}};
  std::vector<Quantity> lacking;
  EXPECT_FALSE(fits_first("甲{revenue=1}", rule, {}, &lacking));
  EXPECT_EQ(lacking, std::vector<Quantity>{Quantity::Land});
  lacking.clear();
  LandUse land;
  land.mu = Figure{6};
  EXPECT_TRUE(fits_first("甲", rule, land, &lacking));
}

TEST(FirmRules, AgeCountsInMonthsAndDays) {
  FirmRule rule;
  rule.founded_within_years = 2;
  EXPECT_TRUE(fits_first("甲{founded=2023-01-01}", rule));
  EXPECT_FALSE(fits_first("甲{founded=2022-12-31}", rule));
  EXPECT_FALSE(fits_first("甲{founded=2025-06-01}", rule));
  EXPECT_FALSE(fits_first("甲", rule));
}

TEST(FirmRules, StatusesAndTypesAreFoundInTheirText) {
  FirmRule rule;
  rule.statuses = {"在建"};
  rule.types = {"公益"};
  EXPECT_TRUE(fits_first("甲{status=项目在建}", rule));
  EXPECT_TRUE(fits_first("甲{type=公益类}", rule));
  EXPECT_FALSE(fits_first("甲{status=存续}", rule));
}

// Of one product the latest year counts, products add up.
TEST(FirmRules, OutputIsTheSumOverProducts) {
  const auto graph = test::sketch(
      "甲 -makes{output=5,year=2022}-> 电池; 甲 -makes{output=7,year=2023}-> 电池; "
      "甲 -makes{output=4}-> 隔膜; 甲 -makes-> 电机; 乙 -makes-> 电机");
  EXPECT_EQ(quantity_of(graph, test::firm(graph, "甲"), Quantity::Output)->value, 11);
  EXPECT_EQ(quantity_of(graph, test::firm(graph, "乙"), Quantity::Output), std::nullopt);
}

}  // namespace
}  // namespace liantu
