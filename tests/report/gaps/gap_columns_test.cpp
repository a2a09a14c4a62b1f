#include "report/gaps/gap_columns.hpp"

#include <gtest/gtest.h>

#include "report/column_checks.hpp"
#include "report/district_case.hpp"

namespace liantu {
namespace {

TEST(GapColumns, StandOnceInEachFormWithHeadingsInBothLanguages) {
  const test::DistrictCase c = test::car_case();
  const Criticality criticality;
  for (const Criticality* one : {&criticality, static_cast<const Criticality*>(nullptr)}) {
    const SheetOptions options;
    const GapTable table{c.graph, c.report, options, one, {{}, 0, AroundAnchors::Yes}};
    test::expect_sound(gap_columns(table));
  }
}

TEST(GapColumns, OfCriticalityStandThereOnlyWhenItWasAskedFor) {
  const test::DistrictCase c = test::car_case();
  const Criticality criticality;
  const SheetOptions options;
  const GapTable without{c.graph, c.report, options};
  const GapTable with{c.graph, c.report, options, &criticality};
  EXPECT_FALSE(test::keys(gap_columns(without), kJson).contains("criticality"));
  EXPECT_TRUE(test::keys(gap_columns(with), kJson).contains("criticality"));
  EXPECT_FALSE(test::keys(gap_columns(without), kFull).contains("critical_path"));
  EXPECT_TRUE(test::keys(gap_columns(with), kFull).contains("critical_path"));
}

}  // namespace
}  // namespace liantu
