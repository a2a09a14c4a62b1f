#include "report/words/words.hpp"

#include <cmath>
#include <cstdlib>
#include <limits>
#include <random>

#include <gtest/gtest.h>

#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::segment;
using test::sketch;

TEST(PlainNumber, NeverHasAnExponent) {
  EXPECT_EQ(plain_number(0), "0");
  EXPECT_EQ(plain_number(-0.0), "0");
  EXPECT_EQ(plain_number(1e21), "1000000000000000000000");
  EXPECT_EQ(plain_number(1.5e-7), "0.00000015");
  EXPECT_EQ(plain_number(-2.25), "-2.25");
  EXPECT_EQ(plain_number(0.1), "0.1");
}

TEST(PlainNumber, ReadsBackToTheSameValue) {
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> exponent(-300, 300);
  for (int i = 0; i < 2000; ++i) {
    const double value = std::pow(10, exponent(random)) * (i % 2 == 0 ? 1 : -1);
    const std::string text = plain_number(value);
    EXPECT_EQ(text.find_first_not_of("-.0123456789"), std::string::npos) << text;
    EXPECT_EQ(std::strtod(text.c_str(), nullptr), value) << text;
  }
  for (const double value :
       {std::numeric_limits<double>::max(), std::numeric_limits<double>::denorm_min()}) {
    EXPECT_EQ(std::strtod(plain_number(value).c_str(), nullptr), value);
  }
}

TEST(PlainNumber, IsEmptyForWhatIsNoNumber) {
  EXPECT_EQ(plain_number(std::numeric_limits<double>::infinity()), "");
  EXPECT_EQ(plain_number(std::numeric_limits<double>::quiet_NaN()), "");
}

TEST(InHundredths, NoiseGoesAndWhatHasNoHundredthsStays) {
  EXPECT_EQ(in_hundredths(26600000.000000004), 26600000);
  EXPECT_EQ(in_hundredths(-1.005), -1.0);  // which in binary lies nearer to nought than written
  EXPECT_EQ(in_hundredths(12.344999), 12.34);
  EXPECT_EQ(in_hundredths(2e13 + 0.125), 2e13 + 0.125);
  EXPECT_EQ(in_hundredths(std::numeric_limits<double>::infinity()),
            std::numeric_limits<double>::infinity());
}

TEST(JoinNames, CountsWhatItLeavesOut) {
  const std::vector<std::string> names = {"甲", "乙", "丙", "丁"};
  EXPECT_EQ(join_names(names, 3, Counter::Firms, Language::Zh), "甲、乙、丙等4家");
  EXPECT_EQ(join_names(names, 3, Counter::Firms, Language::En), "甲, 乙, 丙 and 1 more");
  EXPECT_EQ(join_names(names, 2, Counter::Segments, Language::Zh), "甲、乙等4个环节");
  EXPECT_EQ(join_names(names, 1, Counter::Things, Language::Zh), "甲等4项");
  EXPECT_EQ(join_names(names, 4, Counter::Firms, Language::Zh), "甲、乙、丙、丁");
  EXPECT_EQ(join_names({}, 3, Counter::Firms, Language::Zh), "");
}

TEST(UnknownText, FallsBackToTheWordItself) {
  EXPECT_EQ(unknown_text("registered_capital"), (Text{"registered capital", "注册资本"}));
  EXPECT_EQ(unknown_text("reputation"), (Text{"reputation", "reputation"}));
}

TEST(ValidUtf8, ReplacesOnlyWhatIsWrong) {
  EXPECT_EQ(valid_utf8("隔膜"), "隔膜");
  EXPECT_EQ(valid_utf8("a\xFFz"), "a\xEF\xBF\xBDz");
}

TEST(JoinNames, CountsMoreThanItIsGiven) {
  EXPECT_EQ(join_names({"甲", "乙"}, 50, Counter::Firms, Language::Zh, 70), "甲、乙等70家");
  EXPECT_EQ(join_names({"甲", "乙"}, 50, Counter::Firms, Language::En, 70), "甲, 乙 and 68 more");
  EXPECT_EQ(join_names({"甲", "乙"}, 50, Counter::Firms, Language::Zh, 20), "甲、乙等20家");
}

TEST(LeakageText, SaysWhatIsABoundAndWhatIsNone) {
  const auto text = [](std::optional<double> low, std::optional<double> high, std::size_t unknown,
                       Currency currency, Language language) {
    Gap gap;
    gap.leakage_min = low;
    gap.leakage_max = high;
    gap.needs_unknown = unknown;
    return leakage_text(gap, currency, language);
  };
  const auto zh = [&](std::optional<double> low, std::optional<double> high,
                      std::size_t unknown = 0) {
    return text(low, high, unknown, Currency::InHeading, Language::Zh);
  };
  EXPECT_EQ(zh(3e8, 4e8), "3亿–4亿");
  EXPECT_EQ(zh(4e8, 4e8), "4亿");
  EXPECT_EQ(zh({}, 4e8), "≤ 4亿");
  EXPECT_EQ(zh(3e8, {}), "≥ 3亿");
  EXPECT_EQ(zh({}, {}), "");
  EXPECT_EQ(zh(3e8, 4e8, 2), "3亿–4亿以上");
  EXPECT_EQ(zh(4e8, 4e8, 2), "≥ 4亿");
  EXPECT_EQ(zh({}, 4e8, 2), "0–4亿以上");
  EXPECT_EQ(zh(0, 0, 2), "");
  EXPECT_EQ(zh(0, 0), "0");
  EXPECT_EQ(text(0, 4e8, 0, Currency::Named, Language::Zh), "0–4亿元");
  EXPECT_EQ(text({}, 4e8, 0, Currency::Named, Language::Zh), "≤ 4亿元");
  EXPECT_EQ(text(0, 4e8, 1, Currency::Named, Language::En), "CNY 0–400 m or more");
  EXPECT_EQ(text({}, 4e8, 0, Currency::Named, Language::En), "≤ CNY 400 m");
}

TEST(MoneyWithBasis, SaysWhatTheAmountRestsOn) {
  EXPECT_EQ(money_with_basis({3.2e8, Basis::Estimated}, Language::Zh), "3.2亿（估算）");
  EXPECT_EQ(money_with_basis({3.2e8, Basis::Stated}, Language::En), "320 m (stated)");
}

TEST(ContributionsText, AddsUpWhatItDoesNotName) {
  LearnedLink link;
  link.bias = 0.5;
  EXPECT_EQ(contributions_text(link, Language::En), "bias +0.5000");
  link.contributions = {{"l3", 4}, {"a", -3}, {"b", 2}, {"c", 1}, {"d", 1}, {"e", 0.25}, {"f", -1}};
  EXPECT_EQ(contributions_text(link, Language::Zh),
            "l3 +4.0000；a -3.0000；b +2.0000；c +1.0000；d +1.0000；其余 2 项 -0.7500；常数项 "
            "+0.5000");
  EXPECT_EQ(probability_text(0.00123), "0.12%");
}

TEST(Words, AConfidenceHasTwoDigitsAndIsOneOnlyWhenItIs) {
  for (int hundredths = 0; hundredths < 100; ++hundredths) {
    const double kept = std::round(hundredths / 100.0 * 255) / 255;
    EXPECT_EQ(printed_confidence(kept), hundredths / 100.0);
  }
  EXPECT_EQ(printed_confidence(254.0 / 255), 0.99);
  EXPECT_EQ(printed_confidence(1), 1);
}

}  // namespace
}  // namespace liantu
