#include "tables/cells/number_format.hpp"

#include <string>

#include <gtest/gtest.h>

namespace liantu {
namespace {

using Kind = NumberFormat::Kind;

std::string written(std::string_view stored, NumberFormat format = {},
                    DateSystem system = DateSystem::From1900) {
  std::string out = ">";
  append_number(out, stored, format, system);
  return out.substr(1);
}

TEST(NumberFormat, FirstSectionDecides) {
  EXPECT_EQ(read_number_format("General").kind, Kind::Number);
  EXPECT_EQ(read_number_format("0.00").kind, Kind::Number);
  EXPECT_EQ(read_number_format("#,##0;[Red]-#,##0").kind, Kind::Number);
  EXPECT_EQ(read_number_format("0.00E+00").kind, Kind::Number);
  EXPECT_EQ(read_number_format("0.0%").kind, Kind::Percent);
  EXPECT_EQ(read_number_format("0\"%\"").kind, Kind::Number) << "the sign is only shown";
  EXPECT_EQ(read_number_format("yyyy/m/d;@").kind, Kind::Date);
  EXPECT_EQ(read_number_format("[$-804]yyyy\"年\"m\"月\"d\"日\"").kind, Kind::Date);
  EXPECT_EQ(read_number_format("yyyy\"年\"m\"月\"").kind, Kind::Month);
  EXPECT_EQ(read_number_format("yyyy").kind, Kind::Year);
  EXPECT_EQ(read_number_format("m\"月\"d\"日\"").kind, Kind::Date);
  EXPECT_EQ(read_number_format("yyyy-mm-dd hh:mm").kind, Kind::DateTime);
  EXPECT_EQ(read_number_format("mm:ss").kind, Kind::Time);
  EXPECT_EQ(read_number_format("[h]:mm").kind, Kind::Time);
  EXPECT_EQ(read_number_format("[Red]0").kind, Kind::Number);
  EXPECT_EQ(read_number_format("\\d0").kind, Kind::Number) << "an escaped letter is only shown";
  EXPECT_EQ(read_number_format("0\"万元\"").kind, Kind::Number);
  EXPECT_EQ(read_number_format("\"unclosed").kind, Kind::Number);
  EXPECT_EQ(read_number_format("[unclosed").kind, Kind::Number);
  EXPECT_EQ(read_number_format("0000").digits, 4);
  EXPECT_EQ(read_number_format("0").digits, 0);
}

TEST(NumberFormat, BuiltInOnesAreKnown) {
  EXPECT_EQ(built_in_number_format(0).kind, Kind::Number);
  EXPECT_EQ(built_in_number_format(9).kind, Kind::Percent);
  EXPECT_EQ(built_in_number_format(14).kind, Kind::Date);
  EXPECT_EQ(built_in_number_format(22).kind, Kind::DateTime);
  EXPECT_EQ(built_in_number_format(31).kind, Kind::Date);
  EXPECT_EQ(built_in_number_format(57).kind, Kind::Month);
  EXPECT_EQ(built_in_number_format(46).kind, Kind::Time);
  EXPECT_EQ(built_in_number_format(49).kind, Kind::Number) << "text";
}

TEST(NumberFormat, FifteenDigitsAreKept) {
  EXPECT_EQ(written("0"), "0");
  EXPECT_EQ(written("-12.5"), "-12.5");
  EXPECT_EQ(written("0.1"), "0.1");
  EXPECT_EQ(written("0.30000000000000004"), "0.3");
  EXPECT_EQ(written("1.0000000000000001E-2"), "0.01");
  EXPECT_EQ(written("123456789012345"), "123456789012345");
  EXPECT_EQ(written("1234567890123456"), "1.23456789012346E+15");
  EXPECT_EQ(written("1E+17"), "1E+17");
  EXPECT_EQ(written("4.4256E4"), "44256");
  EXPECT_EQ(written("1e-12"), "1E-12");
  EXPECT_EQ(written("12.50"), "12.50") << "as it is stored";
  EXPECT_EQ(written("-0.0000123"), "-0.0000123");
  EXPECT_EQ(written("nonsense"), "nonsense");
  EXPECT_EQ(written("1e999"), "1e999");
  EXPECT_EQ(written("0.35", {Kind::Percent}), "35%");
  EXPECT_EQ(written("0.07", {Kind::Percent}), "7%");
  EXPECT_EQ(written("1", {Kind::Percent}), "100%");
  EXPECT_EQ(written("313", {Kind::Number, 4}), "0313");
  EXPECT_EQ(written("12345", {Kind::Number, 4}), "12345");
  EXPECT_EQ(written("-5", {Kind::Number, 4}), "-5");
}

TEST(NumberFormat, DatesOfBothSystems) {
  EXPECT_EQ(written("1", {Kind::Date}), "1900-01-01");
  EXPECT_EQ(written("59", {Kind::Date}), "1900-02-28");
  EXPECT_EQ(written("60", {Kind::Date}), "60") << "29 February 1900 never was";
  EXPECT_EQ(written("61", {Kind::Date}), "1900-03-01");
  EXPECT_EQ(written("44260", {Kind::Date}), "2021-03-05");
  EXPECT_EQ(written("42798", {Kind::Date}, DateSystem::From1904), "2021-03-05");
  EXPECT_EQ(written("0", {Kind::Date}, DateSystem::From1904), "1904-01-01");
  EXPECT_EQ(written("2958465", {Kind::Date}), "9999-12-31");
  EXPECT_EQ(written("2958466", {Kind::Date}), "2958466");
  EXPECT_EQ(written("-1", {Kind::Date}), "-1");
  EXPECT_EQ(written("44260", {Kind::Month}), "2021-03");
  EXPECT_EQ(written("44260", {Kind::Year}), "2021");
  EXPECT_EQ(written("44260.75", {Kind::DateTime}), "2021-03-05 18:00:00");
  EXPECT_EQ(written("44260", {Kind::DateTime}), "2021-03-05");
  EXPECT_EQ(written("44260.9999999999", {Kind::DateTime}), "2021-03-06") << "rounded to a second";
  EXPECT_EQ(written("0.5", {Kind::Time}), "12:00:00");
}

}  // namespace
}  // namespace liantu
