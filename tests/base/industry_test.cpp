#include "liantu/base/industry.hpp"

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

}  // namespace
}  // namespace liantu
