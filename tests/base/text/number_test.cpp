#include "liantu/base/text/number.hpp"

#include <cmath>
#include <random>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace liantu {
namespace {

TEST(Number, ReadsTheFormsOfCells) {
  EXPECT_EQ(parse_number("1,234.5"), 1234.5);
  EXPECT_EQ(parse_number("12%"), 0.12);
  EXPECT_EQ(parse_number("1e6"), 1e6);
  EXPECT_EQ(parse_number("1.2E+07"), 1.2e7);
  EXPECT_EQ(parse_number("　１，２３４．５　"), 1234.5);
  EXPECT_EQ(parse_number("１２％"), 0.12);
  EXPECT_EQ(parse_number("-7"), -7);
  EXPECT_EQ(parse_number("−7"), -7);
  EXPECT_EQ(parse_number("+7"), 7);
  EXPECT_EQ(parse_number(".5"), 0.5);
  EXPECT_EQ(parse_number("1,234,567"), 1234567);
  EXPECT_EQ(parse_number("0"), 0);
}

TEST(Number, PerCentRoundsOnce) {
  EXPECT_EQ(parse_number("1.2%"), 0.012);
  EXPECT_EQ(parse_number("33.3 %"), 0.333);
  EXPECT_EQ(parse_number("-5%"), -0.05);
  EXPECT_EQ(parse_number("1e1%"), 0.1);
}

TEST(Number, AnythingElseIsNoNumber) {
  for (const char* text :
       {"",        " ",    "-",        "+",     "%",       ".",    ",",        "N/A",
        "12 34",   "1,23", "1,23,456", "12,34", "1,2345",  ",123", "1234,567", "1,234,",
        "1.234,5", "0x10", "inf",      "nan",   "-inf",    "1e",   "1e400",    "--1",
        "+-1",     "12a",  "12%%",     "五",    "1e5,000", "1\xFF"}) {
    EXPECT_EQ(parse_number(text), std::nullopt) << text;
  }
}

TEST(Number, WhatWasPrintedReadsBackExactly) {
  std::mt19937_64 random(754);
  std::uniform_real_distribution<double> mantissa(-1, 1);
  for (int round = 0; round < 2000; ++round) {
    const double value = mantissa(random) * std::pow(10.0, static_cast<int>(random() % 40) - 20);
    EXPECT_EQ(parse_number(fmt::format("{}", value)), value);
  }
}

}  // namespace
}  // namespace liantu
