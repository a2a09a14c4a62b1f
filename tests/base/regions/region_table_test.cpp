#include "base/regions/region_table.hpp"

#include <algorithm>
#include <tuple>

#include <gtest/gtest.h>

namespace liantu {
namespace {

TEST(RegionTable, PeriodsOfACodeFollowOneAnother) {
  const std::span<const DivisionPeriod> all = division_periods();
  for (std::size_t i = 1; i < all.size(); ++i) {
    const DivisionPeriod& before = all[i - 1];
    EXPECT_LT(std::tuple(before.code, before.since), std::tuple(all[i].code, all[i].since));
    EXPECT_TRUE(before.code != all[i].code || before.until <= all[i].since) << before.code;
  }
}

TEST(RegionTable, EachLineIsRead) {
  for (const DivisionPeriod& period : division_periods()) {
    EXPECT_NE(period.region().level(), RegionLevel::Unknown) << period.code;
    EXPECT_FALSE(period.name.empty()) << period.code;
    EXPECT_EQ(period.name.size() % 3, 0U) << period.code;
    EXPECT_TRUE(period.since == 0 || (period.since >= 1981 && period.since < period.until))
        << period.code;
    EXPECT_FALSE(period.heirs.empty()) << period.code;
  }
}

TEST(RegionTable, FindsWhatIsInForceOnly) {
  ASSERT_NE(find_division(RegionCode(500104)), nullptr);
  EXPECT_EQ(find_division(RegionCode(500104))->name, "大渡口区");
  EXPECT_EQ(find_division(RegionCode(500222)), nullptr);
  EXPECT_EQ(find_division(RegionCode{}), nullptr);
}

TEST(RegionTable, ListsTownsOfAName) {
  const std::span<const Town> one = towns_named("新山村街道");
  ASSERT_EQ(one.size(), 1U);
  EXPECT_EQ(one.front().county, RegionCode(500104));
  EXPECT_GT(towns_named("城关镇").size(), 50U);
  EXPECT_TRUE(towns_named("").empty());
  EXPECT_TRUE(towns_named("无此街道").empty());
}

}  // namespace
}  // namespace liantu
