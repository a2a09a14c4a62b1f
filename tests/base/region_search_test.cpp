#include <string>

#include <gtest/gtest.h>

#include "base/region_names.hpp"
#include "liantu/base/region.hpp"

namespace liantu {
namespace {

std::uint32_t find(std::string_view text, std::uint32_t within = 0) {
  return find_region(text, RegionCode(within)).value();
}

TEST(FindRegion, ReadsAddressesLevelByLevel) {
  EXPECT_EQ(find("重庆市大渡口区新山村824号"), 500104U);
  EXPECT_EQ(find("广东省深圳市南山区科技园"), 440305U);
  EXPECT_EQ(find("深圳南山"), 440305U);
  EXPECT_EQ(find("重庆北碚蔡家"), 500109U);
  EXPECT_EQ(find("湖南省长沙市长沙县"), 430121U);
  EXPECT_EQ(find("广东省东莞市长安镇"), 441900U);
  EXPECT_EQ(find("广东省-深圳市-南山区"), 440305U);
  EXPECT_EQ(find("　重庆市 / 大渡口区"), 500104U);
  EXPECT_EQ(find("湖北荆州沙市区"), 421002U);
}

TEST(FindRegion, SkipsLevelsThatPeopleLeaveOut) {
  EXPECT_EQ(find("广东省南山区科技园"), 440305U);
  EXPECT_EQ(find("江苏省昆山市"), 320583U);
  EXPECT_EQ(find("湖北省仙桃市"), 429004U);
  EXPECT_EQ(find("新疆石河子市"), 659001U);
}

TEST(FindRegion, SkipsNamesOfGroupsAndRepetitions) {
  EXPECT_EQ(find("北京市市辖区朝阳区"), 110105U);
  EXPECT_EQ(find("重庆市县云阳县"), 500235U);
  EXPECT_EQ(find("湖北省省直辖县级行政区划仙桃市"), 429004U);
  EXPECT_EQ(find("重庆市重庆市大渡口区"), 500104U);
  EXPECT_EQ(find("重庆重庆"), 500000U);
  EXPECT_EQ(find("市辖区"), 0U);
}

TEST(FindRegion, ShortNameOfADistrictIsEnoughWhereItIsTheOnlyOne) {
  EXPECT_EQ(find("大渡口"), 500104U);
  EXPECT_EQ(find("酉阳"), 500242U);
  EXPECT_EQ(find("石柱"), 500240U);
  EXPECT_EQ(find("秀山"), 500241U);
  EXPECT_EQ(find("彭水县汉葭镇"), 500243U);
  EXPECT_EQ(find("浦东"), 310115U);
}

TEST(FindRegion, OneCharacterIsNoShortName) {
  EXPECT_EQ(find("忠"), 0U);
  EXPECT_EQ(find("忠县"), 500233U);
  EXPECT_EQ(find("重庆忠诚物业"), 500000U);
}

TEST(FindRegion, NameThatFitsSeveralIsUnknown) {
  for (const char* text : {"朝阳", "朝阳区", "南山", "鼓楼区", "城关区", "东乡", "城区"}) {
    EXPECT_EQ(find(text), 0U) << text;
  }
  EXPECT_EQ(find("朝阳市"), 211300U);
}

TEST(FindRegion, WidestOfNamesakesInsideEachOther) {
  EXPECT_EQ(find("吉林"), 220000U);
  EXPECT_EQ(find("吉林市"), 220200U);
  EXPECT_EQ(find("吉林省吉林市"), 220200U);
  EXPECT_EQ(find("吉林省吉林市船营区"), 220204U);
  EXPECT_EQ(find("长沙"), 430100U);
  EXPECT_EQ(find("长沙县"), 430121U);
  EXPECT_EQ(find("恩施"), 422800U);
  EXPECT_EQ(find("大理州"), 532900U);
}

TEST(FindRegion, HigherLevelIsMeantByANameWithoutRank) {
  EXPECT_EQ(find("海南"), 460000U);
  EXPECT_EQ(find("海南州"), 632500U);
  EXPECT_EQ(find("海南区"), 150303U);
  EXPECT_EQ(find("西安"), 610100U);
  EXPECT_EQ(find("大同"), 140200U);
  EXPECT_EQ(find("河南"), 410000U);
}

TEST(FindRegion, ReadsFirmsByTheirBeginning) {
  EXPECT_EQ(find("重庆大渡口运输公司"), 500104U);
  EXPECT_EQ(find("北京同益中新材料科技股份有限公司"), 110000U);
  EXPECT_EQ(find("湖南华联瓷业股份有限公司"), 430000U);
  EXPECT_EQ(find("上海华新合金有限公司"), 310000U);
  EXPECT_EQ(find("重庆江北机场"), 500105U);
  EXPECT_EQ(find("重庆市北部新区"), 500000U);
  EXPECT_EQ(find("中国石油天然气股份有限公司"), 0U);
  EXPECT_EQ(find("新宝山钢铁有限公司"), 0U) << "a district amid a name is chance";
}

TEST(FindRegion, WordsThatFirmsNameThemselvesByAreNoDistricts) {
  EXPECT_EQ(find("平安银行股份有限公司"), 0U);
  EXPECT_EQ(find("兴业证券股份有限公司"), 0U);
  EXPECT_EQ(find("平安区"), 630203U);
  EXPECT_EQ(find("东区软件园"), 0U);
  EXPECT_EQ(find("攀枝花东区"), 510402U);
  EXPECT_EQ(find("东方市场管理公司"), 0U);
}

TEST(FindRegion, AmidOtherWordsOnlyProvincesAndCitiesWithRankOrInBrackets) {
  EXPECT_EQ(find("华为技术（重庆）有限公司"), 500000U);
  EXPECT_EQ(find("中国(上海)自由贸易试验区"), 310000U);
  EXPECT_EQ(find("国网重庆市电力公司"), 500000U);
  EXPECT_EQ(find("中国邮政集团公司重庆市铜梁区分公司"), 500151U);
  EXPECT_EQ(find("国网重庆电力公司"), 0U);
  EXPECT_EQ(find("住所（大渡口区）"), 0U);
}

TEST(FindRegion, StreetsAreNamedForCitiesAndAreNotThem) {
  EXPECT_EQ(find("长春东路12号"), 0U);
  EXPECT_EQ(find("南京西路1266号"), 0U);
  EXPECT_EQ(find("上海市南京西路1266号"), 310000U);
  EXPECT_EQ(find("北京大道3号"), 0U);
  EXPECT_EQ(find("河北唐山路北区"), 130203U) << "路北区 is a district";
}

TEST(FindRegion, SharedCharacterBelongsToTheDistrict) {
  EXPECT_EQ(find("乐山市中区"), 511102U);
  EXPECT_EQ(find("乐山市市中区"), 511102U);
  EXPECT_EQ(find("青岛市北区"), 370203U);
  EXPECT_EQ(find("青岛市南京路"), 370200U);
}

TEST(FindRegion, ZonesRepeatTheNameOfTheirCity) {
  EXPECT_EQ(find("石家庄高新技术产业开发区"), 130171U);
  EXPECT_EQ(find("苏州工业园区星湖街"), 320576U);
}

TEST(FindRegion, NamesThatPeopleUse) {
  EXPECT_EQ(find("内蒙呼和浩特"), 150100U);
  EXPECT_EQ(find("广西自治区南宁市"), 450100U);
  EXPECT_EQ(find("恩施州"), 422800U);
  EXPECT_EQ(find("中国香港"), 810000U);
  EXPECT_EQ(find("台湾"), 710000U);
}

TEST(FindRegion, LooksWithinADivision) {
  EXPECT_EQ(find("朝阳区", 110000), 110105U);
  EXPECT_EQ(find("朝阳", 110000), 110105U);
  EXPECT_EQ(find("南山", 440300), 440305U);
  EXPECT_EQ(find("重庆市大渡口区", 500000), 500104U);
  EXPECT_EQ(find("重庆市大渡口区", 500104), 500104U);
  EXPECT_EQ(find("重庆市渝中区", 500104), 0U);
  EXPECT_EQ(find("重庆市", 500104), 0U) << "the whole is not within its part";
  EXPECT_EQ(find("大渡口", 440000), 0U);
  EXPECT_EQ(find("矿区", 140300), 140303U);
}

TEST(FindRegion, NothingInNothing) {
  for (const char* text :
       {"", " ", "重", "-", "()", "N/A", "ASCII only text", "\xFF\xFE\x80\x80\xE9\x87"}) {
    EXPECT_EQ(find(text), 0U) << text;
  }
}

// Every division is found by its full name, also with a street behind it.
TEST(FindRegion, FindsEveryDivisionByItsFullName) {
  for (const RegionLevel level :
       {RegionLevel::Province, RegionLevel::City, RegionLevel::District}) {
    for (const RegionCode region : regions(level)) {
      const std::string name = region_full_name(region);
      EXPECT_EQ(find_region(name), region) << name << " " << region.to_string();
      EXPECT_EQ(find_region(name + "某某路1号", region.province()), region) << name;
    }
  }
}

TEST(RegionStem, DropsRankAndPeoples) {
  EXPECT_EQ(region_stem("大渡口区"), "大渡口");
  EXPECT_EQ(region_stem("酉阳土家族苗族自治县"), "酉阳");
  EXPECT_EQ(region_stem("双江拉祜族佤族布朗族傣族自治县"), "双江");
  EXPECT_EQ(region_stem("东乡族自治县"), "东乡");
  EXPECT_EQ(region_stem("鄂温克族自治旗"), "鄂温克");
  EXPECT_EQ(region_stem("内蒙古自治区"), "内蒙古");
  EXPECT_EQ(region_stem("广西壮族自治区"), "广西");
  EXPECT_EQ(region_stem("新疆维吾尔自治区"), "新疆");
  EXPECT_EQ(region_stem("香港特别行政区"), "香港");
  EXPECT_EQ(region_stem("克孜勒苏柯尔克孜自治州"), "克孜勒苏");
  EXPECT_EQ(region_stem("大兴安岭地区"), "大兴安岭");
  EXPECT_EQ(region_stem("神农架林区"), "神农架");
  EXPECT_EQ(region_stem("津市市"), "津市");
  EXPECT_EQ(region_stem("忠县"), "");
  EXPECT_EQ(region_stem("西沙群岛"), "");
}

TEST(RegionsNamed, ListsAllThatShareAName) {
  const auto codes = [](std::string_view name) {
    std::vector<std::uint32_t> list;
    for (const RegionCode region : regions_named(name)) list.push_back(region.value());
    return list;
  };
  using Codes = std::vector<std::uint32_t>;
  EXPECT_EQ(codes(" 朝阳区 "), (Codes{110105, 220104}));
  EXPECT_EQ(codes("朝阳"), (Codes{110105, 211300, 211321, 220104}));
  EXPECT_EQ(codes("大渡口区"), Codes{500104});
  EXPECT_EQ(codes("重庆市大渡口区"), Codes{}) << "the name alone";
  EXPECT_EQ(codes("区"), Codes{});
  EXPECT_EQ(codes(""), Codes{});
}

}  // namespace
}  // namespace liantu
