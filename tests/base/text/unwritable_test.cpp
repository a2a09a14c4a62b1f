#include "liantu/base/text/unwritable.hpp"

#include <gtest/gtest.h>

namespace liantu {
namespace {

TEST(Unwritable, ControlsTurnsOfDirectionAndNoncharactersAre) {
  for (const char32_t c :
       U"\u0001\u0008\u001B\u001F\u007F\u009F\u061C\u200E\u200F\u2028\u2029\u202A"
       U"\u202E\u2066\u2069\uFDD0\uFDEF\uFFFE\uFFFF\U0001FFFE\U0010FFFF") {
    EXPECT_TRUE(unwritable(c)) << static_cast<std::uint32_t>(c);
  }
}

TEST(Unwritable, LettersMarksAndWhatStandsForOthersAreNot) {
  for (const char32_t c : std::u32string_view(U" ~\u00A0链\u0301\u200B\u200D\uFDF0\uFEFF\uFFFD😀")) {
    EXPECT_FALSE(unwritable(c)) << static_cast<std::uint32_t>(c);
  }
}

TEST(Unwritable, WhatStandsForOthersIsCounted) {
  EXPECT_EQ(count_replaced(""), 0U);
  EXPECT_EQ(count_replaced("链\uFFFD条\uFFFD\uFFFD"), 3U);
  EXPECT_EQ(replaced_text(3).en,
            "characters that cannot be written, shown as \uFFFD: 3; mend the names in the tables "
            "they come from");
  EXPECT_EQ(replaced_text(3).zh, "无法写出的字符 3 个，以 \uFFFD 代替；请在原表中修正名称");
}

}  // namespace
}  // namespace liantu
