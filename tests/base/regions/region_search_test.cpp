#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/regions/region_names.hpp"
#include "liantu/base/regions/region.hpp"
#include "liantu/base/regions/region_reading.hpp"

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
  EXPECT_EQ(find("重庆江北商场"), 500105U);
  EXPECT_EQ(find("重庆江北机场"), 500000U) << "an airport need not lie where its name does";
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
  EXPECT_EQ(find("仓库（大渡口区）"), 0U);
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

TEST(FindRegion, FormerDivisionsLeadToWhatTheyAreNow) {
  EXPECT_EQ(find("山东省莱芜市钢城区1号"), 370117U);
  EXPECT_EQ(find("安徽省巢湖市庐江县1号"), 340124U);
  EXPECT_EQ(find("江苏省淮阴市涟水县1号"), 320826U);
  EXPECT_EQ(find("四川省资阳市简阳市1号"), 510185U);
  EXPECT_EQ(find("安徽省巢湖市和县1号"), 340523U);
  EXPECT_EQ(find("安徽省巢湖市无为县1号"), 340281U);
  EXPECT_EQ(find("安徽巢湖庐江"), 340124U);
  EXPECT_EQ(find("四川省重庆市大渡口区"), 500104U);
  EXPECT_EQ(find("四川省万县市天城区"), 500101U);
  EXPECT_EQ(find("四川省涪陵地区丰都县"), 500230U);
  EXPECT_EQ(find("北京市崇文区"), 110101U);
  EXPECT_EQ(find("北京宣武"), 110102U);
  EXPECT_EQ(find("萧山市"), 330109U);
  EXPECT_EQ(find("湖南省大庸市"), 430800U);
  EXPECT_EQ(find("黑龙江省松花江地区五常县"), 230184U);
  EXPECT_EQ(find("陕西省西安市户县"), 610118U);
}

TEST(FindRegion, DivisionInForceComesBeforeAFormerOneOfItsName) {
  EXPECT_EQ(find("安徽省巢湖市健康路1号"), 340181U);
  EXPECT_EQ(find("巢湖市"), 340181U);
  EXPECT_EQ(read_region("巢湖市", {}, 2005).written.code, RegionCode(341400))
      << "unless the year says otherwise";
}

TEST(FindRegion, FormerDivisionThatWasDividedLeadsToWhatHoldsItsHeirs) {
  EXPECT_EQ(find("山东省莱芜市文化路1号"), 370100U);
  EXPECT_EQ(find("江苏省吴县市"), 320500U);
}

TEST(FindRegion, FormerNameWithoutRankCountsOnlyBehindItsSuperior) {
  EXPECT_EQ(find("天津塘沽"), 120116U);
  EXPECT_EQ(find("塘沽饭店"), 0U);
}

TEST(FindRegion, StemIsNotMatchedWhereAnotherRankFollows) {
  EXPECT_EQ(read_region("莱芜市").written.code, RegionCode(371200)) << "not 莱芜区";
  EXPECT_EQ(find("淮阴市"), 320800U) << "not 淮阴区";
  EXPECT_EQ(find("江苏省昆山区"), 320000U);
  EXPECT_EQ(find("西安区"), 0U);
  EXPECT_EQ(find("重庆大渡口市场"), 500104U) << "no rank";
}

TEST(FindRegion, WrongWordsBetweenLevelsAreSkipped) {
  EXPECT_EQ(find("广西省南宁市青秀区1号"), 450103U);
  EXPECT_EQ(find("内蒙古省呼和浩特市新城区"), 150102U);
  EXPECT_EQ(find("北京省北京市朝阳区"), 110105U);
  EXPECT_EQ(find("江苏市南京市玄武区"), 320102U);
  EXPECT_EQ(find("新疆维吾尔族自治区乌鲁木齐市天山区"), 650102U);
  EXPECT_EQ(find("恩施苗族土家族自治州利川市"), 422802U);
  EXPECT_EQ(find("湖南省湘西市吉首市"), 433101U);
  EXPECT_EQ(find("四川省阿坝市汶川县"), 513221U);
  EXPECT_EQ(find("海南省省直辖县级行政单位文昌市"), 469005U);
  EXPECT_EQ(find("新疆生产建设兵团石河子市"), 659001U);
  EXPECT_EQ(find("中国（陕西）自由贸易试验区西安市雁塔区"), 610113U);
}

TEST(FindRegion, SeatsNameStandsForItsPrefecture) {
  EXPECT_EQ(find("云南省大理市祥云县"), 532923U);
  EXPECT_EQ(find("新疆喀什市疏附县"), 653121U);
  EXPECT_EQ(find("云南省大理市下关镇"), 532901U);
}

TEST(FindRegion, LevelsSaidTwiceOrInAnotherOrder) {
  EXPECT_EQ(find("北京市北京市朝阳区1号"), 110105U);
  EXPECT_EQ(find("广东省深圳市广东省深圳市南山区"), 440305U);
  EXPECT_EQ(find("深圳市广东省南山区"), 440305U);
  EXPECT_EQ(find("朝阳区北京市"), 110105U);
  EXPECT_EQ(find("南山区深圳市广东省"), 440305U);
  EXPECT_EQ(find("朝阳区建国路88号（北京市）"), 110105U);
  EXPECT_EQ(find("重庆市（大渡口区）新山村"), 500104U);
  EXPECT_EQ(find("重庆市桃花源经济园区（酉阳县板溪镇）"), 500242U);
}

TEST(FindRegion, OtherFormsOfCharacters) {
  EXPECT_EQ(find("重慶市大渡口區新山村"), 500104U);
  EXPECT_EQ(find("\u2F24渡口区"), 500104U);
  EXPECT_EQ(find("重庆市\u200B大渡口区"), 500104U);
}

TEST(FindRegion, LabelsPostalCodesAndTheCountryAreSkipped) {
  EXPECT_EQ(find("住所：大渡口区新山村"), 500104U);
  EXPECT_EQ(find("400084大渡口区新山村"), 500104U);
  EXPECT_EQ(find("中国广东深圳"), 440300U);
  EXPECT_EQ(find("中国长安汽车集团"), 0U);
}

TEST(FindRegion, TownsLeadToTheirCountyWhereOnlyOneHasThem) {
  EXPECT_EQ(find("重庆市八桥镇桥梓塘七社"), 500104U);
  EXPECT_EQ(find("深圳市西丽街道"), 440305U);
  EXPECT_EQ(find("西丽街道", 440300), 440305U);
  EXPECT_EQ(find("西丽街道"), 0U) << "a town alone is not looked up in the whole country";
  EXPECT_EQ(find("陕西省城关镇"), 610000U) << "many have one";
}

TEST(ReadRegion, TellsTheDivisionAsTheTextHasIt) {
  const RegionReading reading = read_region("安徽省巢湖市庐江县1号");
  EXPECT_EQ(reading.region, RegionCode(340124));
  EXPECT_EQ(reading.written, (RegionPeriod{RegionCode(341421), "庐江县", 1999, 2011}));
  EXPECT_EQ(reading.against, RegionCode{});
}

TEST(ReadRegion, TellsWhatContradicts) {
  const auto against = [](std::string_view text) { return read_region(text).against.value(); };
  EXPECT_EQ(find("广东省南宁市青秀区"), 440000U) << "the first stays";
  EXPECT_EQ(against("广东省南宁市青秀区"), 450103U);
  EXPECT_EQ(against("浙江省大渡口区"), 500104U);
  EXPECT_EQ(against("重庆市渝中区广东省深圳市"), 440300U);
  EXPECT_EQ(against("广西省南宁市青秀区"), 0U);
  EXPECT_EQ(against("四川省重庆市大渡口区"), 0U) << "it lay there";
  EXPECT_EQ(against("上海市南京西路1266号"), 0U);
  EXPECT_EQ(against("重庆市大渡口区重庆市大渡口区"), 0U);
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

// Every division of any year is found by the name it had then, with its superiors of then, when the
// year is known: 泰州市 was a county of 扬州 before it was a prefecture.
TEST(FindRegion, FindsEveryFormerDivisionByItsFullName) {
  std::size_t former = 0;
  for (std::uint32_t code = 110000; code < 830000; ++code) {
    for (const RegionPeriod& period : region_periods(RegionCode(code))) {
      if (period.until == 0 || period.name.find("群岛") != std::string_view::npos) continue;
      ++former;
      const std::string name = region_full_name(period.code, period.until - 1);
      const RegionCode found = read_region(name + "1号", {}, period.until - 1).region;
      const std::vector<RegionCode> heirs = region_heirs(period.code, period.until - 1);
      EXPECT_TRUE(std::ranges::find(heirs, found) != heirs.end() ||
                  found == region_now(period.code, period.until - 1))
          << name << " " << found.to_string();
    }
  }
  EXPECT_GT(former, 3400U);
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
