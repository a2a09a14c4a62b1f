#include "liantu/base/values/industry.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace liantu {
namespace {

TEST(Industry, TheTableHasEveryEntryOnceInOrder) {
  const auto all = industries();
  EXPECT_EQ(all.size(), 1971U);
  EXPECT_TRUE(std::ranges::is_sorted(all, {}, &Industry::code));
  std::map<IndustryLevel, int> counts;
  for (const Industry& one : all) {
    ++counts[one.level()];
    EXPECT_EQ(find_industry(one.code), &one) << one.code;
    if (one.level() != IndustryLevel::Section) {
      EXPECT_EQ(find_industry(one.code.substr(1)), &one) << one.code;
      const auto up =
          one.code.size() == 3 ? one.code.substr(0, 1) : one.code.substr(0, one.code.size() - 1);
      EXPECT_NE(find_industry(up), nullptr) << one.code;
    }
  }
  EXPECT_EQ(counts, (std::map<IndustryLevel, int>{{IndustryLevel::Section, 20},
                                                  {IndustryLevel::Division, 97},
                                                  {IndustryLevel::Group, 473},
                                                  {IndustryLevel::Class, 1381}}));
}

TEST(Industry, CodesAreReadWithAndWithoutTheirSection) {
  for (const char* code : {"C3670", "c3670", "3670", " 3670 "}) {
    ASSERT_NE(find_industry(code), nullptr) << code;
    EXPECT_EQ(find_industry(code)->name, "汽车零部件及配件制造");
  }
  EXPECT_EQ(find_industry("C")->name, "制造业");
  EXPECT_EQ(find_industry("3491")->name, "工业机器人制造");  // of the amendment of 2019
  for (const char* code : {"", "3", "9999", "B3670", "36700", "C36x", "6.5", "制造"}) {
    EXPECT_EQ(find_industry(code), nullptr) << code;
  }
}

TEST(Industry, WordsAreACodeANameOrBoth) {
  for (const char* words : {"3670", "C3670", "3670 汽车零部件及配件制造", "Ｃ３６７０",
                            "C3670-汽配", "汽车零部件及配件制造", " 汽车零部件及配件制造 "}) {
    ASSERT_NE(read_industry(words), nullptr) << words;
    EXPECT_EQ(read_industry(words)->code, "C3670") << words;
  }
  EXPECT_EQ(read_industry("制造业")->code, "C");
  EXPECT_EQ(read_industry("汽配"), nullptr);
  EXPECT_EQ(read_industry(""), nullptr);
}

TEST(Industry, NamesAreThoseThatTheStandardPrintsAndOtherWordingsAreRead) {
  struct Case {
    const char* code;
    const char* printed;
    const char* other;
  };
  for (const auto& [code, printed, other] :
       {Case{"C15", "酒、饮料和精制茶制造业", "酒、饮料及精制茶制造业"},
        {"C203", "木质制品制造", "木制品制造"},
        {"C204", "竹、藤、棕、草等制品制造", "竹、藤、棕、草制品制造"},
        {"C339", "铸造及其他金属制品制造", "其他金属制品制造"},
        {"C349", "其他通用设备制造业", "其他通用设备制造"},
        {"C395", "非专业视听设备制造", "视听设备制造"},
        {"M746", "环境与生态监测检测服务", "环境与生态监测"},
        {"M75", "科技推广和应用服务业", "科技推广和应用服务"},
        {"R87", "广播、电视、电影和录音制作业", "广播、电视、电影和影视录音制作业"},
        {"R905", "文化体育娱乐活动与经纪代理服务", "文化娱乐体育活动和经纪代理服务"}}) {
    EXPECT_EQ(find_industry(code)->name, printed);
    for (const char* words : {printed, other}) {
      ASSERT_NE(read_industry(words), nullptr) << words;
      EXPECT_EQ(read_industry(words)->code, code) << words;
    }
  }
}

TEST(Industry, CodeAndNameAreReadInEitherOrder) {
  for (const char* words :
       {"3670 汽车零部件及配件制造", "C3670汽车零部件及配件制造", "汽车零部件及配件制造(C3670)",
        "[C3670]汽车零部件及配件制造", "汽车零部件及配件制造 3670", "C 3670 汽车零部件及配件制造",
        "C-3670", "３６７０　汽车零部件及配件制造",
        "制造业/汽车制造业/汽车零部件及配件制造（3670）", "C36 > 3670：汽车零部件及配件制造业",
        "制造业-汽车制造业-汽车零部件及配件制造", "汽车零部件及配件制造业"}) {
    const IndustryReading reading = read_industry_words(words);
    ASSERT_NE(reading.industry, nullptr) << words;
    EXPECT_TRUE(reading.industry->code == "C3670" || reading.industry->code == "C36") << words;
    EXPECT_FALSE(reading.contradicts()) << words;
  }
  EXPECT_EQ(read_industry_words("3670").named, nullptr);
  EXPECT_EQ(read_industry_words("汽车制造业").coded, nullptr);
  EXPECT_EQ(read_industry_words("随便").industry, nullptr);
  EXPECT_EQ(read_industry_words("").industry, nullptr);
}

TEST(Industry, CodeAndNameAreHeldAgainstEachOther) {
  const IndustryReading other = read_industry_words("3670 谷物种植");
  EXPECT_TRUE(other.contradicts());
  EXPECT_EQ(other.industry->code, "C3670") << "the code counts";
  EXPECT_EQ(other.named->code, "A011");
  EXPECT_FALSE(read_industry_words("3670 制造业").contradicts()) << "a class above is no other";
  EXPECT_FALSE(read_industry_words("C36 汽车零部件及配件制造").contradicts());
  EXPECT_FALSE(read_industry_words("3670 自有说明").contradicts());
}

TEST(Industry, ALostNoughtIsFoundByTheName) {
  EXPECT_EQ(read_industry_words("111 稻谷种植").industry->code, "A0111");
  EXPECT_FALSE(read_industry_words("111 稻谷种植").contradicts());
}

TEST(ReadIndustry, NamesOfTheStockMarketAreReadToo) {
  const auto code = [](std::string_view words) {
    const Industry* found = read_industry(words);
    return found == nullptr ? std::string_view() : found->code;
  };
  EXPECT_EQ(code("氯碱"), "C261");
  EXPECT_EQ(code("焦炭Ⅲ"), "C252");
  EXPECT_EQ(code("底盘与发动机系统"), "C367");
  EXPECT_EQ(code("水泥制造"), "C3011") << "a name of the standard itself comes first";
  EXPECT_EQ(code("综合"), "") << "says nothing";
}

TEST(ReadIndustry, AGroupOfTheStockMarketMayHoldSeveralIndustries) {
  const auto codes = [](std::string_view name) {
    std::vector<std::string_view> found;
    for (const Industry* one : market_industries(name)) found.push_back(one->code);
    return found;
  };
  EXPECT_EQ(codes("铜"), (std::vector<std::string_view>{"C321", "C325"}))
      << "smelters, makers of tubes";
  EXPECT_EQ(codes("铜Ⅲ"), codes("铜"));
  EXPECT_EQ(codes("乳品"), (std::vector<std::string_view>{"C144"}));
  EXPECT_TRUE(codes("水泥制造").empty()) << "of the standard";
}

}  // namespace
}  // namespace liantu
