#include "base/text/excerpt.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace liantu {
namespace {

TEST(Excerpt, ShortTextStaysAsItIs) {
  EXPECT_EQ(excerpt(""), "");
  EXPECT_EQ(excerpt(std::string(120, 'x')), std::string(120, 'x'));
}

TEST(Excerpt, LongTextIsCutBetweenCharacters) {
  EXPECT_EQ(excerpt(std::string(121, 'x')), std::string(120, 'x') + "…");
  EXPECT_EQ(excerpt("链链链", 4), "链…");
  EXPECT_EQ(excerpt("链链链", 2), "…");
}

TEST(Excerpt, AListShowsTwentyAndHowManyMore) {
  EXPECT_EQ(excerpts(std::vector<std::string>{}, ", "), "");
  EXPECT_EQ(excerpts(std::vector<std::string>{"甲", std::string(500, 'x')}, ", "),
            "甲, " + std::string(120, 'x') + "…");
  const std::string many = excerpts(std::vector<std::string>(4096, "a"), ", ");
  EXPECT_TRUE(many.ends_with("a, … (+4076)")) << many;
}

TEST(Excerpt, AMessageKeepsItsBeginningAndItsEnd) {
  EXPECT_EQ(shortened("a.csv:1:1: wrong; mend it"), "a.csv:1:1: wrong; mend it");
  const std::string cut = shortened("a.csv: " + std::string(1'000'000, 'x') + "; mend it");
  EXPECT_LE(cut.size(), 4000U);
  EXPECT_TRUE(cut.starts_with("a.csv: xx"));
  EXPECT_TRUE(cut.ends_with("xx; mend it"));
}

}  // namespace
}  // namespace liantu
