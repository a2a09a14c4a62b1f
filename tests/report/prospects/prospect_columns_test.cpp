#include "report/prospects/prospect_columns.hpp"

#include <gtest/gtest.h>

#include "report/column_checks.hpp"
#include "report/district_case.hpp"

namespace liantu {
namespace {

TEST(ProspectColumns, StandOnceInEachFormWithHeadingsInBothLanguages) {
  const test::DistrictCase c = test::car_case();
  for (const bool learned : {false, true}) {
    const SheetOptions options;
    const ProspectTable table{c.graph, c.report, options, learned};
    test::expect_sound(prospect_columns(table));
  }
}

TEST(ProspectColumns, DrawsStandBehindTheRank) {
  test::DistrictCase c = test::car_case();
  SheetOptions options;
  options.language = Language::Zh;
  ProspectTable table{c.graph, c.report, options};
  table.draws_top = 20;
  const auto columns = prospect_columns(table);
  test::expect_sound(columns);
  Prospect& row = c.list.prospects[0];
  const auto said = [&](const char* key, Shown form) {
    for (const auto& column : columns) {
      if (column.key == key && (column.shown & form) != 0) return column.cell(&row);
    }
    return SheetCell("no column");
  };
  EXPECT_EQ(said("draws", kBrief), SheetCell());
  row.draws = WeightDraws{2, 9, 0.75};
  EXPECT_EQ(said("draws", kBrief), SheetCell("2–9"));
  EXPECT_EQ(said("draws_rank_low", kFull), SheetCell(2.0));
  EXPECT_EQ(said("draws_rank_high", kFull), SheetCell(9.0));
  EXPECT_EQ(said("draws_top_share", kFull), SheetCell(0.75));
  row.draws = WeightDraws{3, 3, 1};
  EXPECT_EQ(said("draws", kBrief), SheetCell("3"));
}

TEST(ProspectColumns, EveryPartOfTheScoreHasItsPoints) {
  const test::DistrictCase c = test::car_case();
  const SheetOptions options;
  ProspectTable table{c.graph, c.report, options};
  table.arrivals = true;
  const auto keys = test::keys(prospect_columns(table), kFull);
  for (std::size_t i = 0; i < kPartCount; ++i) {
    EXPECT_TRUE(keys.contains("points_" +
                              std::string(part_word(ScorePartKind{static_cast<std::uint8_t>(i)}))));
  }
}

}  // namespace
}  // namespace liantu
