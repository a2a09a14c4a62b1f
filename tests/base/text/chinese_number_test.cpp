#include "base/text/chinese_number.hpp"

#include <string>

#include <gtest/gtest.h>

namespace liantu {
namespace {

TEST(ChineseNumber, NumeralsOfAnyFormBecomeDigits) {
  EXPECT_EQ(with_arabic_digits("壹仟贰佰万元整"), "1200万元整");
  EXPECT_EQ(with_arabic_digits("两亿五千万元"), "2亿5000万元");
  EXPECT_EQ(with_arabic_digits("一亿零五百万"), "1亿500万");
  EXPECT_EQ(with_arabic_digits("參佰萬圓"), "300万圆");
  EXPECT_EQ(with_arabic_digits("三点五亿"), "3.5亿");
  EXPECT_EQ(with_arabic_digits("十点二五"), "10.25");
  EXPECT_EQ(with_arabic_digits("十"), "10");
  EXPECT_EQ(with_arabic_digits("三十五"), "35");
  EXPECT_EQ(with_arabic_digits("一千零五"), "1005");
  EXPECT_EQ(with_arabic_digits("一千零五十"), "1050");
  EXPECT_EQ(with_arabic_digits("二〇二一年三月五日"), "2021年3月5日");
  EXPECT_EQ(with_arabic_digits("二零零八"), "2008");
}

TEST(ChineseNumber, WhatIsNoNumberOrMayBeTwoStays) {
  EXPECT_EQ(with_arabic_digits(""), "");
  EXPECT_EQ(with_arabic_digits("3千万"), "3千万");
  EXPECT_EQ(with_arabic_digits("一百二"), "一百二");
  EXPECT_EQ(with_arabic_digits("三二十"), "三二十");
  EXPECT_EQ(with_arabic_digits("百"), "百");
  EXPECT_EQ(with_arabic_digits("十百"), "十百");
  EXPECT_EQ(with_arabic_digits("500万元"), "500万元");
}

TEST(ChineseNumber, EveryNumberBelowTenThousandIsReadBack) {
  constexpr const char* kDigits[] = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  for (int n = 1; n < 10'000; ++n) {
    std::string words;
    bool gap = false;
    constexpr struct {
      int ten;
      const char* word;
    } kTens[] = {{1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}};
    for (const auto& [ten, word] : kTens) {
      const int digit = n / ten % 10;
      if (digit == 0) {
        gap = !words.empty();
        continue;
      }
      if (gap) words += "零";
      gap = false;
      words += std::string(kDigits[digit]) + word;
    }
    ASSERT_EQ(with_arabic_digits(words), std::to_string(n)) << words;
  }
}

}  // namespace
}  // namespace liantu
