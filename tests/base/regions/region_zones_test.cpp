#include "base/regions/region_zones.hpp"

#include <gtest/gtest.h>

#include "base/regions/region_names.hpp"
#include "liantu/base/regions/region.hpp"
#include "liantu/base/regions/region_reading.hpp"

namespace liantu {
namespace {

TEST(RegionZones, EachLiesInACountyInForceAndIsFoundBehindItsCity) {
  EXPECT_FALSE(zones().empty());
  for (const Zone& zone : zones()) {
    const RegionCode county(zone.county);
    EXPECT_TRUE(region_exists(county)) << zone.name;
    EXPECT_EQ(county.level(), RegionLevel::District) << zone.name;
    const std::string city = region_full_name(county.city());
    EXPECT_EQ(find_region(city + std::string(zone.name) + "1号"), county) << city << zone.name;
  }
}

TEST(RegionZones, LeadToTheirCounty) {
  EXPECT_EQ(find_region("上海市外高桥保税区富特北路"), RegionCode(310115));
  EXPECT_EQ(find_region("外高桥保税区"), RegionCode(310115));
  EXPECT_EQ(find_region("天津经济技术开发区第四大街"), RegionCode(120116));
  EXPECT_EQ(find_region("重庆市茶园新区"), RegionCode(500108));
  EXPECT_EQ(find_region("深圳市光明新区"), RegionCode(440311)) << "named for its county";
  EXPECT_EQ(find_region("南京市江宁经济技术开发区"), RegionCode(320115));
  EXPECT_EQ(find_region("深圳市福田保税区"), RegionCode(440304));
}

TEST(RegionZones, ThatSeveralCountiesShareLeadToTheCity) {
  EXPECT_EQ(find_region("重庆市两江新区"), RegionCode(500000));
  EXPECT_EQ(find_region("河北省雄安新区"), RegionCode(130000));
}

TEST(RegionZones, OfEveryCityIsNoneWithoutItsCity) {
  EXPECT_EQ(find_region("经济技术开发区"), RegionCode{});
  EXPECT_EQ(find_region("高新区科技路"), RegionCode{});
  EXPECT_EQ(find_region("高新区", RegionCode(430100)), RegionCode(430104));
}

}  // namespace
}  // namespace liantu
