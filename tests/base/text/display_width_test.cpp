#include "liantu/base/text/display_width.hpp"

#include <random>

#include <gtest/gtest.h>

#include "liantu/base/text/utf8.hpp"

namespace liantu {
namespace {

TEST(DisplayWidth, WideCharactersTakeTwoColumns) {
  EXPECT_EQ(display_width(""), 0U);
  EXPECT_EQ(display_width("abc"), 3U);
  EXPECT_EQ(display_width("链图"), 4U);
  EXPECT_EQ(display_width("（Ａ）"), 6U);
  EXPECT_EQ(display_width("ｱ"), 1U) << "half-width katakana";
  EXPECT_EQ(display_width("𠮷"), 2U) << "beyond the basic plane";
  EXPECT_EQ(display_width("한"), 2U);
}

TEST(DisplayWidth, AmbiguousCharactersTakeOne) {
  EXPECT_EQ(display_width("…"), 1U);
  EXPECT_EQ(display_width("α"), 1U);
  EXPECT_EQ(display_width("“"), 1U);
}

TEST(DisplayWidth, MarksFormatsAndControlsTakeNone) {
  EXPECT_EQ(display_width("e\u0301"), 1U);
  EXPECT_EQ(display_width("a\u20DD"), 1U) << "enclosing circle";
  EXPECT_EQ(display_width("\u200B\uFEFF\u00AD"), 0U);
  EXPECT_EQ(display_width("\t\x7F\u0085"), 0U);
}

TEST(DisplayWidth, InvalidByteTakesOne) {
  EXPECT_EQ(display_width("\xE9\x93"), 2U);
  EXPECT_EQ(display_width("链\xFF"), 3U);
}

TEST(FitWidth, CutsAndMarksTheCut) {
  EXPECT_EQ(fit_width("链图科技", 8), "链图科技");
  EXPECT_EQ(fit_width("链图科技", 7), "链图科…");
  EXPECT_EQ(fit_width("链图科技", 6), "链图…");
  EXPECT_EQ(fit_width("链图", 1), "…");
  EXPECT_EQ(fit_width("链图", 0), "");
  EXPECT_EQ(fit_width("", 0), "");
  EXPECT_EQ(fit_width("e\u0301e\u0301e\u0301", 2), "e\u0301…");
}

TEST(PadWidth, PutsBlanksOnTheOtherSide) {
  EXPECT_EQ(pad_width("链", 4), "链  ");
  EXPECT_EQ(pad_width("链", 4, Align::Right), "  链");
  EXPECT_EQ(pad_width("链图", 3), "链图");
  EXPECT_EQ(pad_width("", 2), "  ");
}

// Whatever the text: the result fits, and one character more would not.
TEST(FitWidth, KeepsAsMuchAsFits) {
  std::mt19937 random(11);
  const std::u32string alphabet = U"a链\u0301ｱ（\u200B…";
  for (int round = 0; round < 1000; ++round) {
    std::u32string text(random() % 10, U' ');
    for (char32_t& c : text) c = alphabet[random() % alphabet.size()];
    const std::size_t width = random() % 12;
    const std::string bytes = to_utf8(text);
    std::string expected = bytes;
    for (std::size_t n = text.size() + 1; display_width(expected) > width && n-- > 0;) {
      expected = to_utf8(text.substr(0, n)) + "…";
    }
    if (width == 0 && display_width(bytes) > 0) expected.clear();
    EXPECT_EQ(fit_width(bytes, width), expected) << bytes << " in " << width;
  }
}

TEST(WrapWidth, BreaksAtBlanksAndBesideWideCharacters) {
  using Lines = std::vector<std::string>;
  EXPECT_EQ(wrap_width("", 10), Lines{""});
  EXPECT_EQ(wrap_width("one two three", 7), (Lines{"one two", "three"}));
  EXPECT_EQ(wrap_width("one  two", 4), (Lines{"one", "two"}));
  EXPECT_EQ(wrap_width("生产隔膜和电池", 6), (Lines{"生产隔", "膜和电", "池"}));
  EXPECT_EQ(wrap_width("生产隔膜，本地", 8), (Lines{"生产隔", "膜，本地"}))
      << "no comma at the start";
  EXPECT_EQ(wrap_width("生产（隔膜）", 6), (Lines{"生产", "（隔", "膜）"}))
      << "no bracket at the end";
  EXPECT_EQ(wrap_width("abcdefgh", 3), (Lines{"abc", "def", "gh"}));
  EXPECT_EQ(wrap_width("每年 2,050万元", 8), (Lines{"每年", "2,050万", "元"}));
  EXPECT_EQ(wrap_width("隔", 2), Lines{"隔"});
}

TEST(Printable, LeavesNothingThatMovesTheCursorOrTurnsTheText) {
  EXPECT_EQ(printable("a\x1b[31m\nb\x7F\u0085\u202Egpj\xFF 链"),
            "a\uFFFD[31m b\uFFFD\uFFFD\uFFFDgpj\uFFFD 链");
  EXPECT_EQ(printable("a\n\tb", "\n"), "a\n b");
}

}  // namespace
}  // namespace liantu
