#include "liantu/report/gaps/direction_sheet.hpp"

#include <string>

#include <gtest/gtest.h>

#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::sketch;

// 甲 and 丙 make 车, 甲 and 乙 胎, 乙 and 丙 灯: of two makers of each one makes both.
const EnterpriseGraph& cars() {
  static const EnterpriseGraph graph = sketch(
      "甲{region=500104} -makes-> 车; 甲 -makes-> 胎; 乙{region=510107} -makes-> 胎; "
      "乙 -makes-> 灯; 丙{region=510107} -makes-> 灯; 丙 -makes-> 车; 灯 -requires-> 胎");
  return graph;
}

DirectionOptions few() {
  DirectionOptions options;
  options.region = RegionCode(500104);
  options.least_units = 3;
  options.least_makers = 2;
  return options;
}

TEST(DirectionSheet, SaysDensityIntervalAndOverWhatItWasCounted) {
  const Sheet sheet = direction_sheet(cars(), find_directions(cars(), few()));
  ASSERT_EQ(sheet.rows.size(), 1U);
  const auto& row = sheet.rows[0];
  EXPECT_EQ(row[0], SheetCell(1.0));
  EXPECT_EQ(row[1], SheetCell("灯"));
  // All of its relatedness lies in what is made here.
  EXPECT_EQ(row[2], SheetCell(1.0));
  EXPECT_LE(std::get<double>(row[3]), 1);
  EXPECT_EQ(row[5], SheetCell(2.0));
  EXPECT_EQ(row[8], SheetCell("胎"));
  ASSERT_EQ(sheet.notes.size(), 3U);
  EXPECT_EQ(sheet.notes[0].en, "directions: 1");
  EXPECT_NE(sheet.notes[1].en.find("over 3 firms and 3 segments"), std::string::npos);
  EXPECT_NE(sheet.notes[1].zh.find("3 家企业"), std::string::npos);
  EXPECT_NE(sheet.notes[2].en.find("lower end of the 95 % interval"), std::string::npos);
}

TEST(DirectionSheet, SaysHowManyTooFewMake) {
  DirectionOptions options = few();
  options.least_spread = 3;
  const Sheet sheet = direction_sheet(cars(), find_directions(cars(), options));
  EXPECT_TRUE(sheet.rows.empty());
  ASSERT_EQ(sheet.notes.size(), 4U);
  EXPECT_EQ(sheet.notes[3].en, "left out, as too few firms make them: 1");
  EXPECT_EQ(sheet.notes[3].zh, "另有 1 个环节生产企业过少，未列入");
}

TEST(DirectionSheet, ARefusalIsSaidWithItsReason) {
  DirectionOptions options = few();
  options.least_units = 30;
  const Sheet sheet = direction_sheet(cars(), find_directions(cars(), options));
  EXPECT_TRUE(sheet.rows.empty());
  ASSERT_EQ(sheet.notes.size(), 1U);
  EXPECT_NE(sheet.notes[0].en.find("at least 30 districts"), std::string::npos);
}

TEST(DirectionSheet, RowsMayBeLimited) {
  const Directions none;
  EXPECT_TRUE(direction_sheet(EnterpriseGraph(), none).rows.empty());
  Directions two;
  two.directions = {{SegmentId{0}}, {SegmentId{1}}};
  const Sheet sheet = direction_sheet(cars(), two, {.most = 1});
  EXPECT_EQ(sheet.rows.size(), 1U);
  EXPECT_EQ(sheet.notes[0].en, "directions: 1 of 2");
}

}  // namespace
}  // namespace liantu
