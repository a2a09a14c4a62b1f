#include "liantu/base/regions/region.hpp"

#include <algorithm>
#include <functional>
#include <random>

#include <gtest/gtest.h>

namespace liantu {
namespace {

RegionCode at(std::uint32_t code) { return RegionCode(code); }

TEST(RegionCode, LevelFollowsTheNoughtsAtTheEnd) {
  EXPECT_EQ(at(500000).level(), RegionLevel::Province);
  EXPECT_EQ(at(500100).level(), RegionLevel::City);
  EXPECT_EQ(at(500104).level(), RegionLevel::District);
  EXPECT_EQ(at(441900).level(), RegionLevel::City) << "a city without districts";
  EXPECT_EQ(RegionCode{}.level(), RegionLevel::Unknown);
  EXPECT_EQ(at(50).level(), RegionLevel::Unknown);
  EXPECT_EQ(at(5001041).level(), RegionLevel::Unknown);
}

TEST(RegionCode, ContainsItselfAndWhatLiesInIt) {
  EXPECT_TRUE(at(440000).contains(at(440305)));
  EXPECT_TRUE(at(440000).contains(at(440300)));
  EXPECT_TRUE(at(440000).contains(at(440000)));
  EXPECT_TRUE(at(440300).contains(at(440305)));
  EXPECT_TRUE(at(440305).contains(at(440305)));
  EXPECT_FALSE(at(440300).contains(at(440100)));
  EXPECT_FALSE(at(440300).contains(at(440000))) << "the wider lies not in the narrower";
  EXPECT_FALSE(at(440305).contains(at(440300)));
  EXPECT_FALSE(at(440000).contains(at(500104)));
}

TEST(RegionCode, BothPrefixesOfAMunicipalityAreOneCity) {
  EXPECT_TRUE(at(500000).contains(at(500242)));
  EXPECT_TRUE(at(500100).contains(at(500242)));
  EXPECT_TRUE(at(500200).contains(at(500104)));
  EXPECT_TRUE(at(500100).contains(at(500200)));
  EXPECT_FALSE(at(500100).contains(at(500000)));
  EXPECT_FALSE(at(500100).contains(at(510104)));
  EXPECT_EQ(at(500104).city(), at(500000));
  EXPECT_EQ(at(500242).city(), at(500000));
  EXPECT_EQ(at(310230).city(), at(310000));
}

TEST(RegionCode, UnknownLiesNowhereAndHoldsNothing) {
  EXPECT_FALSE(RegionCode{}.contains(RegionCode{}));
  EXPECT_FALSE(RegionCode{}.contains(at(500104)));
  EXPECT_FALSE(at(500000).contains(RegionCode{}));
  EXPECT_EQ(RegionCode{}.city(), RegionCode{});
  EXPECT_EQ(RegionCode{}.province(), RegionCode{});
  EXPECT_EQ(RegionCode{}.to_string(), "");
  EXPECT_FALSE(RegionCode{}.known());
}

TEST(RegionCode, CityAndProvinceAboveIt) {
  EXPECT_EQ(at(440305).city(), at(440300));
  EXPECT_EQ(at(440300).city(), at(440300));
  EXPECT_EQ(at(440000).city(), at(440000));
  EXPECT_EQ(at(440305).province(), at(440000));
  EXPECT_EQ(at(440000).province(), at(440000));
  EXPECT_EQ(at(429004).city(), at(429004)) << "a county right under its province";
}

TEST(RegionCode, WritesSixDigits) { EXPECT_EQ(at(500104).to_string(), "500104"); }

// contains() against its definition by digits, outside of municipalities.
TEST(RegionCode, ContainsByPrefixOfItsLevel) {
  std::mt19937 random(2260);
  const auto below = [&](unsigned bound) { return static_cast<std::uint32_t>(random() % bound); };
  const auto code = [&] { return 410000 + below(3) * 10000 + below(4) * 100 + below(4); };
  for (int round = 0; round < 5000; ++round) {
    const std::uint32_t a = code();
    const std::uint32_t b = code();
    const std::string wide = std::to_string(a);
    const std::size_t digits = wide.substr(2) == "0000" ? 2 : wide.substr(4) == "00" ? 4 : 6;
    const bool expected = std::to_string(b).substr(0, digits) == wide.substr(0, digits);
    EXPECT_EQ(at(a).contains(at(b)), expected) << a << " " << b;
  }
}

TEST(ParseRegionCode, PadsShortAndCutsLongCodes) {
  EXPECT_EQ(parse_region_code("50"), at(500000));
  EXPECT_EQ(parse_region_code("5001"), at(500100));
  EXPECT_EQ(parse_region_code("500104"), at(500104));
  EXPECT_EQ(parse_region_code("500104001"), at(500104));
  EXPECT_EQ(parse_region_code("500104001002"), at(500104));
}

TEST(ParseRegionCode, RefusesEverythingElse) {
  for (const char* text : {"", "5", "500", "50010", "5001040", "50010400", "50010400100201", "5a",
                           "重庆", "0", "00", "000000", "050000", " 50", "500104xyz", "-50001"}) {
    EXPECT_EQ(parse_region_code(text), std::nullopt) << text;
  }
}

TEST(Regions, NamesAreThoseOfTheTable) {
  EXPECT_EQ(region_name(at(500104)), "大渡口区");
  EXPECT_EQ(region_name(at(500000)), "重庆市");
  EXPECT_EQ(region_name(at(500100)), "市辖区");
  EXPECT_EQ(region_name(at(810000)), "香港特别行政区");
  EXPECT_EQ(region_name(at(500222)), "") << "abolished";
  EXPECT_EQ(region_name(RegionCode{}), "");
}

TEST(Regions, FullNameHasAllLevelsAbove) {
  EXPECT_EQ(region_full_name(at(500104)), "重庆市大渡口区");
  EXPECT_EQ(region_full_name(at(500242)), "重庆市酉阳土家族苗族自治县");
  EXPECT_EQ(region_full_name(at(440305)), "广东省深圳市南山区");
  EXPECT_EQ(region_full_name(at(440300)), "广东省深圳市");
  EXPECT_EQ(region_full_name(at(440000)), "广东省");
  EXPECT_EQ(region_full_name(at(429004)), "湖北省仙桃市");
  EXPECT_EQ(region_full_name(at(441900)), "广东省东莞市");
  EXPECT_EQ(region_full_name(at(500222)), "");
  EXPECT_EQ(region_full_name(RegionCode{}), "");
}

TEST(Regions, TableKnowsCodesInUseOnly) {
  for (const std::uint32_t code : {500000U, 500100U, 500200U, 500104U, 710000U, 810000U, 820000U}) {
    EXPECT_TRUE(region_exists(at(code))) << code;
  }
  for (const std::uint32_t code : {0U, 1U, 500222U, 500300U, 990000U, 999999U, 4000000000U}) {
    EXPECT_FALSE(region_exists(at(code))) << code;
  }
}

TEST(Regions, ListsHoldEachDivisionOnceInOrder) {
  const std::span<const RegionCode> provinces = regions(RegionLevel::Province);
  EXPECT_EQ(provinces.size(), 34U);
  EXPECT_EQ(provinces.front(), at(110000));
  EXPECT_EQ(provinces.back(), at(820000));
  EXPECT_TRUE(regions(RegionLevel::Unknown).empty());
  for (const RegionLevel level :
       {RegionLevel::Province, RegionLevel::City, RegionLevel::District}) {
    const std::span<const RegionCode> list = regions(level);
    EXPECT_EQ(std::adjacent_find(list.begin(), list.end(), std::greater_equal<>()), list.end());
    for (const RegionCode region : list) {
      EXPECT_EQ(region.level(), level);
      EXPECT_TRUE(region_exists(region));
      EXPECT_TRUE(region_exists(region.province())) << region.to_string();
      EXPECT_TRUE(region.city() == region || region_exists(region.city())) << region.to_string();
    }
  }
}

TEST(Regions, GroupingCodesAreNoCities) {
  const std::span<const RegionCode> cities = regions(RegionLevel::City);
  for (const std::uint32_t code : {500100U, 500200U, 429000U, 659000U}) {
    EXPECT_EQ(std::count(cities.begin(), cities.end(), at(code)), 0) << code;
  }
  EXPECT_EQ(std::count(cities.begin(), cities.end(), at(440300)), 1);
}

}  // namespace
}  // namespace liantu
