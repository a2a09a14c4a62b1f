#include "liantu/base/values/date.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace liantu {
namespace {

constexpr Date kDay{2006, 5, 17};

TEST(Date, ReadsEveryStatedForm) {
  EXPECT_EQ(parse_date("2006"), (Date{2006, 0, 0}));
  EXPECT_EQ(parse_date("2006-05"), (Date{2006, 5, 0}));
  EXPECT_EQ(parse_date("2006年"), (Date{2006, 0, 0}));
  EXPECT_EQ(parse_date("2006年5月"), (Date{2006, 5, 0}));
  for (const char* text : {"2006-05-17", "2006-5-17", "2006/05/17", "2006.5.17", "20060517",
                           "2006年5月17日", "2006年05月17", " ２００６－０５－１７　"}) {
    EXPECT_EQ(parse_date(text), kDay) << text;
  }
}

TEST(Date, DropsTheTimeAfterTheDay) {
  for (const char* text : {"2006-05-17 08:30", "2006-05-17T08:30:00.5+08:00", "2006/5/17 0:00",
                           "20060517 10:00", "2006-05-17T00:00:00Z", "2006年5月17日 8时30分",
                           "2006年5月17日10:30", "2006/5/17 8:30 PM", "2006-05-17 上午8:30"}) {
    EXPECT_EQ(parse_date(text), kDay) << text;
  }
}

TEST(Date, RefusesDaysThatAreNone) {
  for (const char* text :
       {"2006-13", "2006-00", "2006-02-30", "2006-04-31", "20060230", "20061301", "20060500",
        "0000", "0000-01-01", "4096", "9999-01-01", "2005-02-29", "2006-5-0"}) {
    EXPECT_EQ(parse_date(text), std::nullopt) << text;
  }
  EXPECT_EQ(parse_date("2004-02-29"), (Date{2004, 2, 29}));
  EXPECT_EQ(parse_date("4095-12-31"), (Date{4095, 12, 31}));
  EXPECT_EQ(parse_date("0001"), (Date{1, 0, 0}));
}

TEST(Date, RefusesOtherText) {
  for (const char* text :
       {"", "-", "N/A", "长期", "06-05-17", "2006-05/17", "2006-", "2006-05-", "200613", "990605",
        "2006-05-17 late", "2006-05-171", "2006-05-178:30", "20060517x", "2006 05 17", "-2006",
        "2006年5", "2006-05-17 12", "2006年13月"}) {
    EXPECT_EQ(parse_date(text), std::nullopt) << text;
  }
}

TEST(Date, WritesAsMuchAsIsKnown) {
  EXPECT_EQ(Date{}.to_string(), "");
  EXPECT_FALSE(Date{}.known());
  EXPECT_EQ((Date{2006, 0, 0}).to_string(), "2006");
  EXPECT_EQ((Date{2006, 5, 0}).to_string(), "2006-05");
  EXPECT_EQ(kDay.to_string(), "2006-05-17");
  EXPECT_EQ((Date{7, 0, 0}).to_string(), "0007");
}

TEST(Date, WhatWasWrittenReadsBack) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  for (const int year : {1, 1900, 1999, 2000, 2024, 4095}) {
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    for (int month = 1; month <= 12; ++month) {
      const int last = kDays[month - 1] + (month == 2 && leap ? 1 : 0);
      for (int day = 1; day <= 31; ++day) {
        const std::string text = fmt::format("{:04}-{:02}-{:02}", year, month, day);
        const std::optional<Date> date = parse_date(text);
        ASSERT_EQ(date.has_value(), day <= last) << text;
        if (date) {
          EXPECT_EQ(date->to_string(), text);
        }
      }
    }
  }
}

TEST(Date, YearAndMonthMayBeSixDigits) { EXPECT_EQ(parse_date("200605"), (Date{2006, 5, 0})); }

TEST(Date, LongTextsEndSoon) {
  for (const std::string& part : {std::string("–"), std::string("1"), std::string(" "),
                                  std::string("一"), std::string("x")}) {
    std::string text;
    while (text.size() < 1'000'000) text += part;
    EXPECT_EQ(parse_date(text + "x"), std::nullopt) << part;
  }
}

}  // namespace
}  // namespace liantu
