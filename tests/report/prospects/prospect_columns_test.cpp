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

TEST(ProspectColumns, EveryPartOfTheScoreHasItsPoints) {
  const test::DistrictCase c = test::car_case();
  const SheetOptions options;
  ProspectTable table{c.graph, c.report, options};
  table.arrivals = true;
  const auto keys = test::keys(prospect_columns(table), kFull);
  for (std::size_t i = 0; i < kPartCount; ++i) {
    EXPECT_TRUE(
        keys.contains("points_" + std::string(part_word(Part{static_cast<std::uint8_t>(i)}))));
  }
}

}  // namespace
}  // namespace liantu
