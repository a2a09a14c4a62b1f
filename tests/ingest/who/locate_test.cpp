#include "liantu/ingest/who/locate.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace liantu {
namespace {

// `500104 stated` and each conflict as `address 500104 / credit code 440305`.
std::vector<std::string> located(const LocationClues& clues) {
  const Location location = locate(clues);
  std::vector<std::string> lines = {location.region.code.to_string() + " " +
                                    std::string(basis_word(location.region.basis))};
  for (const LocationConflict& conflict : location.conflicts) {
    EXPECT_FALSE(conflict.kept.zh.empty());
    EXPECT_FALSE(conflict.other.zh.empty());
    lines.push_back(conflict.kept.en + " " + conflict.kept_region.to_string() + " / " +
                    conflict.other.en + " " + conflict.other_region.to_string());
  }
  return lines;
}

using Lines = std::vector<std::string>;

TEST(Locate, KnowsNothingWithoutClues) {
  EXPECT_EQ(located({}), (Lines{" stated"}));
  EXPECT_EQ(located({.region = "999999", .address = "示例路1号", .name = "示例甲厂"}),
            (Lines{" stated"}));
}

TEST(Locate, EachClueAloneTells) {
  EXPECT_EQ(located({.region = "500104"}), (Lines{"500104 stated"}));
  EXPECT_EQ(located({.region = "大渡口区"}), (Lines{"500104 stated"}));
  EXPECT_EQ(located({.address = "重庆市大渡口区示例路1号"}), (Lines{"500104 stated"}));
  EXPECT_EQ(located({.province = "重庆市", .district = "大渡口区"}), (Lines{"500104 stated"}));
  EXPECT_EQ(located({.province = "广东省", .city = "深圳市", .district = "南山区"}),
            (Lines{"440305 stated"}));
  EXPECT_EQ(located({.credit_code = "Y15001040LT000018J"}), (Lines{"500104 inferred"}));
  EXPECT_EQ(located({.name = "重庆示例甲有限公司"}), (Lines{"500000 inferred"}));
}

TEST(Locate, CityColumnMayHoldTheDistrict) {
  EXPECT_EQ(located({.province = "重庆市", .city = "大渡口区"}), (Lines{"500104 stated"}));
}

TEST(Locate, DistrictIsReadWithinItsProvince) {
  // There is a 鼓楼区 in Nanjing, Xuzhou, Fuzhou and Kaifeng; only one lies in Fujian.
  EXPECT_EQ(located({.province = "福建省", .district = "鼓楼区"}), (Lines{"350102 stated"}));
  EXPECT_EQ(located({.district = "鼓楼区"}), (Lines{" stated"}));
}

TEST(Locate, AddressThatLeavesTheProvinceOutIsReadWithinIt) {
  EXPECT_EQ(located({.address = "鼓楼区示例路1号", .province = "福建省"}),
            (Lines{"350102 stated"}));
}

TEST(Locate, LaterClueMakesAnEarlierOneFiner) {
  EXPECT_EQ(located({.region = "500000", .address = "重庆市大渡口区示例路1号"}),
            (Lines{"500104 stated"}));
  EXPECT_EQ(located({.address = "重庆市示例路1号", .credit_code = "Y15001040LT000018J"}),
            (Lines{"500104 inferred"}));
}

TEST(Locate, WiderClueChangesNothing) {
  EXPECT_EQ(located({.region = "500104", .province = "重庆市", .name = "重庆示例甲有限公司"}),
            (Lines{"500104 stated"}));
}

TEST(Locate, EarlierClueDecidesAConflict) {
  EXPECT_EQ(located({.region = "500104", .address = "广东省深圳市南山区示例路1号"}),
            (Lines{"500104 stated", "stated region 500104 / address 440305"}));
  EXPECT_EQ(located({.address = "重庆市大渡口区示例路1号",
                     .province = "贵州省",
                     .credit_code = "Y14403050LT00001"}),
            (Lines{"500104 stated", "address 500104 / stated province 520000",
                   "address 500104 / credit code 440305"}));
  // What was made finer is compared in its finer form.
  EXPECT_EQ(located({.region = "500000", .address = "大渡口区", .credit_code = "Y15001060LT00001"}),
            (Lines{"500104 stated", "address 500104 / credit code 500106"}));
}

TEST(Locate, CodeOfAnAbolishedDivisionTellsTheCityOrTheProvince) {
  // 440306 exists; 440399 does not, so Shenzhen. 5102 was Chongqing until 1997.
  EXPECT_EQ(located({.credit_code = "Y14403990LT00001"}), (Lines{"440300 inferred"}));
  EXPECT_EQ(located({.credit_code = "Y15102990LT00001"}), (Lines{"500000 inferred"}));
  EXPECT_EQ(located({.credit_code = "Y15002220LT00001"}), (Lines{"500110 inferred"}));
  EXPECT_EQ(located({.credit_code = "Y11000000LT00001"}), (Lines{" stated"}));
}

TEST(Locate, FormerCodeLeadsToWhatItIsNow) {
  EXPECT_EQ(located({.region = "310230"}), (Lines{"310151 stated"}));
  EXPECT_EQ(located({.region = "5102"}), (Lines{"500000 stated"}));
  EXPECT_EQ(located({.region = "132201", .year = 1982}), (Lines{"130500 stated"}));
  EXPECT_EQ(located({.region = "132201", .year = 1990}), (Lines{"130581 stated"}));
}

TEST(Locate, ColumnsAreReadTogether) {
  EXPECT_EQ(located({.region = "朝阳区", .province = "北京市"}), (Lines{"110105 stated"}));
  EXPECT_EQ(located({.region = "江北区", .province = "浙江省"}), (Lines{"330205 stated"}));
  EXPECT_EQ(located({.region = "鼓楼区", .city = "南京市"}), (Lines{"320106 stated"}));
  EXPECT_EQ(located({.region = "南京市", .district = "鼓楼区"}), (Lines{"320106 stated"}));
  EXPECT_EQ(located({.province = "安徽省", .city = "巢湖市", .district = "庐江县"}),
            (Lines{"340124 stated"}));
  EXPECT_EQ(located({.province = "四川省", .city = "重庆市", .district = "大渡口区"}),
            (Lines{"500104 stated"}));
  EXPECT_EQ(located({.province = "北京市", .city = "市辖区", .district = "朝阳区"}),
            (Lines{"110105 stated"}));
  EXPECT_EQ(located({.address = "西丽街道1号", .province = "广东省", .city = "深圳市"}),
            (Lines{"440305 stated"}));
}

TEST(Locate, ColumnsThatContradictAreTold) {
  EXPECT_EQ(located({.province = "广东省", .city = "南宁市"}),
            (Lines{"440000 stated", "stated province 440000 / stated city 450100"}));
  EXPECT_EQ(located({.region = "大渡口区", .province = "浙江省"}),
            (Lines{"330000 stated", "stated province 330000 / stated region 500104"}));
}

TEST(Locate, AddressThatContradictsItselfIsTold) {
  EXPECT_EQ(located({.address = "广东省南宁市青秀区1号"}),
            (Lines{"440000 stated", "address 440000 / address, further on, 450103"}));
}

TEST(Locate, TellsWhyARegionIsNoNarrower) {
  const Location divided = locate({.address = "江苏省吴县市1号"});
  EXPECT_EQ(divided.region.code, RegionCode(320500));
  ASSERT_TRUE(divided.divided.has_value());
  EXPECT_EQ(divided.divided->written.code, RegionCode(320586));
  EXPECT_EQ(divided.divided->heirs, (std::vector{RegionCode(320506), RegionCode(320507)}));
  EXPECT_FALSE(locate({.address = "安徽省巢湖市和县1号"}).divided.has_value());
}

TEST(Locate, BranchIsPlacedByItsOwnWords) {
  EXPECT_EQ(located({.name = "宁波示例钢业有限公司重庆大渡口分公司"}), (Lines{"500104 inferred"}));
  EXPECT_EQ(located({.name = "宁波示例钢业有限公司驻重庆市办事处"}), (Lines{"500000 inferred"}));
  EXPECT_EQ(located({.name = "宁波示例钢业有限公司第一分公司"}), (Lines{" stated"}));
  EXPECT_EQ(located({.name = "宁波示例钢业有限公司"}), (Lines{"330200 inferred"}));
}

TEST(Locate, NameOfAFirmMayCarryAnyPlace) {
  EXPECT_EQ(located({.region = "500104", .name = "深圳示例甲（重庆）有限公司"}),
            (Lines{"500104 stated"}));
}

}  // namespace
}  // namespace liantu
