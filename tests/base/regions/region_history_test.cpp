#include "liantu/base/regions/region_history.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace liantu {
namespace {

RegionCode at(std::uint32_t code) { return RegionCode(code); }

using Codes = std::vector<std::uint32_t>;

Codes heirs(std::uint32_t code, int year = 0) {
  Codes list;
  for (const RegionCode heir : region_heirs(at(code), year)) list.push_back(heir.value());
  return list;
}

TEST(RegionNow, CodeInForceIsItself) {
  for (const std::uint32_t code : {500000U, 500104U, 440300U, 429004U, 441900U, 130171U}) {
    EXPECT_EQ(region_now(at(code)), at(code)) << code;
  }
}

TEST(RegionNow, FormerCodeLeadsToWhatItBecame) {
  EXPECT_EQ(region_now(at(310230)), at(310151)) << "崇明县 became 崇明区";
  EXPECT_EQ(region_now(at(500222)), at(500110)) << "綦江县 and 万盛区 became 綦江区";
  EXPECT_EQ(region_now(at(510203)), at(500104)) << "大渡口区 when Chongqing lay in Sichuan";
  EXPECT_EQ(region_now(at(512424)), at(510185)) << "简阳县 of 内江地区, three codes later";
  EXPECT_EQ(region_now(at(341422)), at(340281)) << "无为县 became 无为市";
  EXPECT_EQ(region_now(at(469004)), at(460107)) << "琼山市";
}

TEST(RegionNow, OfSeveralHeirsTheOneThatGoesOnUnderTheName) {
  EXPECT_EQ(heirs(341424), (Codes{340207, 340523}));
  EXPECT_EQ(region_now(at(341424)), at(340523)) << "和县, of which a town went to 鸠江区";
  EXPECT_EQ(heirs(379004), (Codes{370116, 370117}));
  EXPECT_EQ(region_now(at(379004)), at(370116)) << "莱芜市 of a county's rank: 莱芜区";
}

TEST(RegionNow, ElseTheDivisionThatHoldsAllHeirs) {
  EXPECT_EQ(heirs(320586), (Codes{320506, 320507}));
  EXPECT_EQ(region_now(at(320586)), at(320500)) << "吴县市 was divided in Suzhou";
  EXPECT_EQ(heirs(341400), (Codes{340100, 340200, 340500}));
  EXPECT_EQ(region_now(at(341400)), at(340000)) << "the prefecture 巢湖市 went to three";
  EXPECT_EQ(region_now(at(371200)), at(370100)) << "the prefecture 莱芜市 went to Jinan";
  EXPECT_EQ(region_now(at(510200)), at(500000));
}

TEST(RegionNow, YearTellsApartWhoHadACode) {
  // 132201 was 邢台市 until 1983 and 南宫市 from 1986 to 1993.
  EXPECT_EQ(region_now(at(132201)), at(130581));
  EXPECT_EQ(region_now(at(132201), 1990), at(130581));
  EXPECT_EQ(region_now(at(132201), 1982), at(130500));
  EXPECT_EQ(region_now(at(132201), 1975), at(130500)) << "1981 stands for all before";
  EXPECT_EQ(region_now(at(132201), 1984), at(130500)) << "a year without holder: the one before";
  EXPECT_EQ(region_now(at(132201), 2020), at(130581));
  EXPECT_EQ(region_now(at(310230), 2024), at(310151)) << "an old code used for too long";
}

TEST(RegionNow, NothingForACodeThatNoDivisionEverHad) {
  for (const std::uint32_t code : {0U, 1U, 510299U, 990000U, 999999U, 4000000000U}) {
    EXPECT_EQ(region_now(at(code)), RegionCode{}) << code;
    EXPECT_TRUE(region_heirs(at(code)).empty()) << code;
    EXPECT_TRUE(region_periods(at(code)).empty()) << code;
  }
}

TEST(RegionPeriods, NameOfACodeChangesWithTheYears) {
  EXPECT_EQ(region_periods(at(320800)),
            (std::vector<RegionPeriod>{{at(320800), "淮阴市", 1983, 2000},
                                       {at(320800), "淮安市", 2000, 0}}));
  EXPECT_EQ(region_periods(at(320826)),
            (std::vector<RegionPeriod>{{at(320826), "涟水县", 1983, 0}}))
      << "its superior's new name is no change of its own";
}

TEST(RegionThen, NamesWhatADivisionWas) {
  EXPECT_EQ(region_then(at(340124), 2005),
            (std::vector<RegionPeriod>{{at(341421), "庐江县", 1999, 2011}}));
  EXPECT_EQ(region_then(at(500110), 2005),
            (std::vector<RegionPeriod>{{at(500110), "万盛区", 1997, 2011},
                                       {at(500222), "綦江县", 1997, 2011}}));
  EXPECT_EQ(region_then(at(500104), 2020), region_periods(at(500104)));
  EXPECT_TRUE(region_then(RegionCode{}, 2005).empty());
}

TEST(RegionLayIn, KnowsFormerSuperiors) {
  EXPECT_TRUE(region_lay_in(at(500104), at(500000)));
  EXPECT_TRUE(region_lay_in(at(500104), at(510000)));
  EXPECT_TRUE(region_lay_in(at(340124), at(341400)));
  EXPECT_FALSE(region_lay_in(at(500104), at(520000)));
}

TEST(RegionFullName, NamesTheSuperiorsOfTheYear) {
  EXPECT_EQ(region_full_name(at(341421), 2005), "安徽省巢湖市庐江县");
  EXPECT_EQ(region_full_name(at(341421), 0), "安徽省巢湖市庐江县") << "its last year";
  EXPECT_EQ(region_full_name(at(320826), 1990), "江苏省淮阴市涟水县");
  EXPECT_EQ(region_full_name(at(320826), 0), "江苏省淮安市涟水县");
  EXPECT_EQ(region_full_name(at(510203), 1990), "四川省重庆市大渡口区");
  EXPECT_EQ(region_full_name(at(500104), 2020), "重庆市大渡口区");
  EXPECT_EQ(region_full_name(at(341421), 2015), "");
  EXPECT_EQ(region_full_name(RegionCode{}, 2015), "");
}

// Whatever held in a year is something today, and what holds its heirs holds each.
TEST(RegionNow, HoldsEveryHeirOrIsOne) {
  std::size_t periods = 0;
  for (std::uint32_t code = 110000; code < 830000; ++code) {
    for (const RegionPeriod& period : region_periods(at(code))) {
      ++periods;
      const int year = period.since == 0 ? 0 : period.since;
      const RegionCode now = region_now(period.code, year);
      EXPECT_TRUE(region_exists(now)) << code << " " << period.name;
      const std::vector<RegionCode> all = region_heirs(period.code, year);
      EXPECT_FALSE(all.empty()) << code;
      EXPECT_TRUE(std::ranges::is_sorted(all)) << code;
      const bool one = std::ranges::find(all, now) != all.end();
      EXPECT_TRUE(one || std::ranges::all_of(all, [now](RegionCode h) { return now.contains(h); }))
          << code << " " << period.name;
      for (const RegionCode heir : all) EXPECT_TRUE(region_exists(heir)) << code;
      EXPECT_TRUE(period.until != 0 || now == period.code) << code;
    }
  }
  EXPECT_GT(periods, 6800U);
}

}  // namespace
}  // namespace liantu
