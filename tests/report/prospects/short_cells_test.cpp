#include "report/prospects/short_cells.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace liantu {
namespace {

// A width of 12 holds ten columns a line.
constexpr CellRoom kRoom{12, 2};

TEST(ShortCells, RoomIsWhatLinesHold) {
  EXPECT_TRUE(kRoom.holds("一二三四五六七八九十"));
  EXPECT_FALSE(kRoom.holds("一二三四五六七八九十一"));
  EXPECT_TRUE(kRoom.holds(""));
}

TEST(ShortCells, OfNamesAsManyStandAsFit) {
  const std::vector<std::string> names = {"甲甲甲", "乙乙乙", "丙丙丙", "丁丁丁"};
  EXPECT_EQ(few_names(names, Counter::Firms, Language::Zh, {60, 2}),
            "甲甲甲、乙乙乙、丙丙丙、丁丁丁");
  EXPECT_EQ(few_names(names, Counter::Firms, Language::Zh, kRoom), "甲甲甲、乙乙乙等4家");
  EXPECT_EQ(few_names({"一二三四五六七八九十一二三"}, Counter::Firms, Language::Zh, kRoom),
            "一二三四五六七八九…");
}

TEST(ShortCells, OfClausesAsManyStandAsFitWithoutAsides) {
  EXPECT_EQ(first_clauses("甲乙；丙丁", Language::Zh, kRoom), "甲乙；丙丁");
  EXPECT_EQ(first_clauses("甲乙（旁注）；丙丁（推断）；一二三四五六七八", Language::Zh, kRoom),
            "甲乙；丙丁（推断）…");
  EXPECT_EQ(first_clauses("一二三四五六七八九十一二三；甲", Language::Zh, kRoom),
            "一二三四五六七八九…");
  EXPECT_EQ(first_clauses("one (aside); two; three four five six", Language::En, kRoom),
            "one; two…");
  EXPECT_EQ(first_clauses("", Language::Zh, kRoom), "");
}

}  // namespace
}  // namespace liantu
