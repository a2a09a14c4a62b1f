#include "liantu/ingest/kept_list.hpp"

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

class Kept : public testing::Test {
 protected:
  KeptList read(const std::string& text) {
    const std::filesystem::path path =
        std::filesystem::temp_directory_path() /
        (std::string("liantu_kept_") +
         testing::UnitTest::GetInstance()->current_test_info()->name() + ".csv");
    std::ofstream(path, std::ios::binary) << text;
    const KeptList list = read_kept_list(path);
    std::filesystem::remove(path);
    return list;
  }
};

TEST_F(Kept, WhatPeopleWroteStandsBesideItsFirm) {
  const KeptList list = read(
      "名次,企业,统一社会信用代码,得分,责任单位,跟进阶段,备注\n"
      "1,示例甲,Y14413020LT000472G,70,招商局,已拜访,老板是重庆人\n"
      "2,示例乙,,60,,,\n");
  ASSERT_EQ(list.rows.size(), 2U);
  EXPECT_EQ(list.rows[0].name, "示例甲");
  EXPECT_EQ(list.rows[0].code, "Y14413020LT000472G");
  EXPECT_EQ(list.rows[0].rank, "1");
  EXPECT_EQ(list.rows[0].written,
            (std::map<std::string, std::string>{
                {"department", "招商局"}, {"stage", "已拜访"}, {"remark", "老板是重庆人"}}));
  EXPECT_EQ(list.rows[0].place.row, 2U);
  EXPECT_TRUE(list.rows[1].written.empty());
  EXPECT_FALSE(list.digest.empty());
}

TEST_F(Kept, ColumnsMayStandAnywhereAndBeHeadedInEnglish) {
  const KeptList list = read("remark,stage,firm\ncall again,contacted,示例甲\n");
  ASSERT_EQ(list.rows.size(), 1U);
  EXPECT_EQ(list.rows[0].name, "示例甲");
  EXPECT_EQ(list.rows[0].written.at("stage"), "contacted");
}

TEST_F(Kept, ColumnsThatPeopleAddedAreKeptAndOfTwoHeadedAlikeBoth) {
  const KeptList list = read(
      "企业,联系电话,备注,remark\n"
      "示例甲,023-1234,先看厂房,再谈\n"
      "示例乙,,再谈,再谈\n");
  ASSERT_EQ(list.rows.size(), 2U);
  EXPECT_EQ(list.rows[0].others,
            (std::vector<std::pair<std::string, std::string>>{{"联系电话", "023-1234"}}));
  EXPECT_EQ(list.rows[0].written.at("remark"), "先看厂房；再谈");
  EXPECT_EQ(list.rows[1].written.at("remark"), "再谈");
  EXPECT_TRUE(list.rows[1].others.empty());
}

TEST_F(Kept, ARowBesideNoFirmIsKeptWhenSomethingIsWrittenInIt) {
  const KeptList list = read("企业,备注\n示例甲,\n,记得回电\n,\n");
  ASSERT_EQ(list.rows.size(), 2U);
  EXPECT_EQ(list.rows[1].name, "");
  EXPECT_EQ(list.rows[1].written.at("remark"), "记得回电");
}

TEST_F(Kept, ATableWithoutFirmsOrWithoutAnythingToFillInIsRefused) {
  for (const char* text : {"企业,得分\n示例甲,3\n", "备注,得分\nx,3\n"}) {
    try {
      (void)read(text);
      FAIL() << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::InvalidData);
      EXPECT_NE(error.message().zh.find("责任单位"), std::string::npos);
    }
  }
}

TEST_F(Kept, AFileThatIsNotThereIsRefused) {
  EXPECT_THROW((void)read_kept_list("/nonexistent/list.xlsx"), Error);
}

}  // namespace
}  // namespace liantu
