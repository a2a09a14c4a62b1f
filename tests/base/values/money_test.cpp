#include "liantu/base/values/money.hpp"

#include <cmath>
#include <limits>
#include <random>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace liantu {
namespace {

/// `amount currency unit` of a reading, `-` when there is none.
std::string read(std::string_view text, double multiplier = 1) {
  const std::optional<MoneyReading> reading = parse_money(text, multiplier);
  if (!reading) return "-";
  return fmt::format("{:.17g} {}{}", reading->amount, reading->currency,
                     reading->unit_stated ? " unit" : "");
}

TEST(ParseMoney, ReadsTheFormsOfRegisters) {
  EXPECT_EQ(read("73.7500(万人民币元)"), "737500 CNY unit");
  EXPECT_EQ(read("3万元人民币"), "30000 CNY unit");
  EXPECT_EQ(read("163(万)"), "1630000 CNY unit");
  EXPECT_EQ(read("1,098(万)"), "10980000 CNY unit");
  EXPECT_EQ(read("33,218.0200(万人民币元)"), "332180200 CNY unit");
  EXPECT_EQ(read("395万人民币"), "3950000 CNY unit");
  EXPECT_EQ(read("2.5亿元"), "250000000 CNY unit");
  EXPECT_EQ(read("￥3,000"), "3000 CNY");
  EXPECT_EQ(read("¥-3,000"), "-3000 CNY");
  EXPECT_EQ(read("-￥3,000"), "-3000 CNY");
  EXPECT_EQ(read("5000"), "5000 CNY");
  EXPECT_EQ(read("5000元整"), "5000 CNY unit");
  EXPECT_EQ(read("１，０９８（万元）"), "10980000 CNY unit");
  EXPECT_EQ(read("1.2E+07"), "12000000 CNY");
  EXPECT_EQ(read("3 万元"), "30000 CNY unit");
  EXPECT_EQ(read("1亿2000万元"), "120000000 CNY unit");
  EXPECT_EQ(read("2千万元"), "20000000 CNY unit");
  EXPECT_EQ(read("1.5万亿元"), "1500000000000 CNY unit");
  EXPECT_EQ(read("人民币5000万元"), "50000000 CNY unit");
}

TEST(ParseMoney, EveryMultiplierIsWorthWhatItSays) {
  EXPECT_EQ(read("3千元"), "3000 CNY unit");
  EXPECT_EQ(read("3万元"), "30000 CNY unit");
  EXPECT_EQ(read("3十万元"), "300000 CNY unit");
  EXPECT_EQ(read("3百万元"), "3000000 CNY unit");
  EXPECT_EQ(read("3千万元"), "30000000 CNY unit");
  EXPECT_EQ(read("3亿元"), "300000000 CNY unit");
  EXPECT_EQ(read("3百亿元"), "30000000000 CNY unit");
  EXPECT_EQ(read("3千亿元"), "300000000000 CNY unit");
  EXPECT_EQ(read("3万亿元"), "3000000000000 CNY unit");
}

TEST(ParseMoney, ANumberInBracketsIsNegative) {
  EXPECT_EQ(read("(500)"), "-500 CNY");
  EXPECT_EQ(read("（36.5）"), "-36.5 CNY");
  EXPECT_EQ(read("(1,098)"), "-1098 CNY");
  EXPECT_EQ(read("（１，０９８）"), "-1098 CNY");
  EXPECT_EQ(read("[500]"), "-500 CNY");
  EXPECT_EQ(read(" ( 500 ) "), "-500 CNY");
  EXPECT_EQ(read("(500万元)"), "-5000000 CNY unit");
  EXPECT_EQ(read("(500)万元"), "-5000000 CNY unit");
  EXPECT_EQ(read("¥(500)"), "-500 CNY");
  EXPECT_EQ(read("(¥500)"), "-500 CNY");
  EXPECT_EQ(read("(-500)"), "-500 CNY");
  EXPECT_EQ(read("((500))"), "-500 CNY");
  // Around words brackets only group.
  EXPECT_EQ(read("163(万)"), "1630000 CNY unit");
  EXPECT_EQ(read("(人民币)163"), "163 CNY");
  EXPECT_EQ(read("163(万"), "1630000 CNY unit");
  // Neither one number nor its minus sign.
  for (const char* text :
       {"500(2023)", "(2023)500", "1亿(2000万)", "(500", "500)", "()", "5(00)"}) {
    EXPECT_EQ(read(text), "-") << text;
  }
}

TEST(ParseMoney, ReadsTheEnglishFormsThatAreWritten) {
  EXPECT_EQ(read("20m"), "20000000 CNY unit");
  EXPECT_EQ(read("20 m"), "20000000 CNY unit");
  EXPECT_EQ(read("CNY 1.2 bn"), "1200000000 CNY unit");
  EXPECT_EQ(read("3 tn"), "3000000000000 CNY unit");
  EXPECT_EQ(read("500K"), "500000 CNY unit");
  EXPECT_EQ(read("20 MOP"), "20 MOP");  // a currency, no million
  EXPECT_EQ(read("1 KRW"), "1 KRW");
  EXPECT_EQ(read("500 m2"), "-");
  EXPECT_EQ(read("5 mb"), "-");
  EXPECT_EQ(read("m"), "-");
}

TEST(ParseMoney, NamesTheCurrencyAndConvertsNone) {
  EXPECT_EQ(read("100(万美元)"), "1000000 USD unit");
  EXPECT_EQ(read("100(万香港元)"), "1000000 HKD unit");
  EXPECT_EQ(read("20万德国马克"), "200000 DEM unit");
  EXPECT_EQ(read("5000万日元"), "50000000 JPY unit");
  EXPECT_EQ(read("1万欧元"), "10000 EUR unit");
  EXPECT_EQ(read("1万英镑"), "10000 GBP unit");
  EXPECT_EQ(read("1万瑞士法郎"), "10000 CHF unit");
  EXPECT_EQ(read("1万加元"), "10000 CAD unit");
  EXPECT_EQ(read("1(万加拿大元)"), "10000 CAD unit");
  EXPECT_EQ(read("1万新加坡元"), "10000 SGD unit");
  EXPECT_EQ(read("US$ 12"), "12 USD");
  EXPECT_EQ(read("HK$12"), "12 HKD");
  EXPECT_EQ(read("usd 12"), "12 USD");
}

TEST(ParseMoney, HeadingCountsOnlyWhereTheTextNamesNoUnit) {
  EXPECT_EQ(read("5000", 1e4), "50000000 CNY");
  EXPECT_EQ(read("332.1802", 1e4), "3321802 CNY");
  EXPECT_EQ(read("￥3,000", 1e4), "30000000 CNY");
  EXPECT_EQ(read("5000元", 1e4), "5000 CNY unit");
  EXPECT_EQ(read("163(万)", 1e4), "1630000 CNY unit");
  EXPECT_EQ(read("100美元", 1e4), "100 USD unit");
  EXPECT_EQ(read("4", 2.5), "10 CNY");
}

TEST(ParseMoney, AnythingElseIsNoAmount) {
  for (const char* text :
       {"",           " ",        "-",      "N/A",    "王明双",          "万元",   "元",   "￥",
        "约5000万元", "5000万多", "12 34",  "5(3)万", "100万美元人民币", "1万2亿", "3万5", "5万万",
        "--5",        "100元50",  "5000吨", "1e400万"}) {
    EXPECT_EQ(parse_money(text), std::nullopt) << text;
  }
}

TEST(MoneyReading, CurrencyOutlivesTheText) {
  std::optional<MoneyReading> reading;
  {
    std::string text = "100(万美元)";
    reading = parse_money(text);
    text.assign(text.size(), 'x');
  }
  EXPECT_EQ(reading.value().currency, "USD");
}

TEST(FormatMoney, ThreeDigitsInTheUnitOfItsSize) {
  const auto zh = [](double cny) { return format_money({cny}, Language::Zh); };
  const auto en = [](double cny) { return format_money({cny}, Language::En); };
  EXPECT_EQ(zh(3.2e8), "3.2亿元");
  EXPECT_EQ(en(3.2e8), "CNY 320 m");
  EXPECT_EQ(zh(456000), "45.6万元");
  EXPECT_EQ(en(456000), "CNY 456,000");
  EXPECT_EQ(zh(123456789), "1.23亿元");
  EXPECT_EQ(en(123456789), "CNY 123 m");
  EXPECT_EQ(zh(789), "789元");
  EXPECT_EQ(en(789), "CNY 789");
  EXPECT_EQ(zh(-123456789), "-1.23亿元");
  EXPECT_EQ(en(-123456789), "CNY -123 m");
  EXPECT_EQ(en(2.5e9), "CNY 2.5 bn");
  EXPECT_EQ(zh(1.5e12), "1.5万亿元");
  EXPECT_EQ(en(1.5e12), "CNY 1.5 tn");
  EXPECT_EQ(zh(123.4e8), "123亿元");
  EXPECT_EQ(zh(1234e8), "1,230亿元");
  EXPECT_EQ(zh(0), "0元");
  EXPECT_EQ(zh(-0.0), "0元");
  EXPECT_EQ(en(0), "CNY 0");
  EXPECT_EQ(zh(0.5), "0.5元");
  EXPECT_EQ(zh(0.005), "0.005元");
  EXPECT_EQ(zh(12.34), "12.3元");
}

TEST(FormatMoney, RoundsBeforeItPicksTheUnit) {
  EXPECT_EQ(format_money({99999999}, Language::Zh), "1亿元");
  EXPECT_EQ(format_money({9999}, Language::Zh), "1万元");
  EXPECT_EQ(format_money({999999}, Language::En), "CNY 1 m");
  EXPECT_EQ(format_money({999.6}, Language::Zh), "1,000元");
}

TEST(FormatMoney, NoNumberIsADash) {
  EXPECT_EQ(format_money({std::numeric_limits<double>::infinity()}, Language::Zh), "-");
  EXPECT_EQ(format_money({std::nan("")}, Language::En), "-");
}

TEST(FormatMoney, ReadsBackWithinHalfOfTheThirdDigit) {
  std::mt19937_64 random(100);
  std::uniform_real_distribution<double> exponent(0, 14);
  for (int round = 0; round < 2000; ++round) {
    const double cny = std::pow(10.0, exponent(random));
    const std::string text = format_money({cny}, Language::Zh);
    const std::optional<MoneyReading> reading = parse_money(text);
    ASSERT_TRUE(reading.has_value()) << text;
    EXPECT_NEAR(reading->amount, cny, cny * 0.00501) << text;
  }
}

TEST(Money, ChineseNumeralsAreAmounts) {
  for (const auto& [text, amount] :
       std::vector<std::pair<const char*, double>>{{"壹仟贰佰万元整", 1.2e7},
                                                   {"人民币伍佰万元整", 5e6},
                                                   {"一百万元", 1e6},
                                                   {"两亿五千万元", 2.5e8},
                                                   {"三点五亿元", 3.5e8},
                                                   {"十万", 1e5},
                                                   {"二〇〇〇万元", 2e7},
                                                   {"3000萬元", 3e7},
                                                   {"參佰萬圓整", 3e6},
                                                   {"1 000 000", 1e6},
                                                   {"1'000", 1e3}}) {
    const auto reading = parse_money(text);
    ASSERT_TRUE(reading) << text;
    EXPECT_DOUBLE_EQ(reading->amount, amount) << text;
    EXPECT_EQ(reading->currency, "CNY");
  }
  EXPECT_EQ(parse_money("壹佰万美元")->currency, "USD");
  EXPECT_DOUBLE_EQ(parse_money("五百", 1e4)->amount, 5e6);
  for (const char* text : {"一百二", "万", "若干", "1 00", "12 34"})
    EXPECT_FALSE(parse_money(text)) << text;
}

TEST(Money, LongTextsEndSoon) {
  for (const std::string& part : {std::string("1"), std::string("一"), std::string("1 "),
                                  std::string("'"), std::string("十")}) {
    std::string text;
    while (text.size() < 1'000'000) text += part;
    EXPECT_FALSE(parse_money(text + "x")) << part;
  }
}

}  // namespace
}  // namespace liantu
