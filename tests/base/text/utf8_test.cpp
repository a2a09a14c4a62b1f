#include "liantu/base/text/utf8.hpp"

#include <random>

#include <gtest/gtest.h>

namespace liantu {
namespace {

TEST(Utf8, AcceptsEveryLengthOfCharacter) {
  EXPECT_EQ(find_invalid_utf8(""), std::nullopt);
  EXPECT_EQ(find_invalid_utf8("ascii only, longer than eight bytes"), std::nullopt);
  EXPECT_EQ(find_invalid_utf8("é链😀\U0010FFFF"), std::nullopt);
  EXPECT_EQ(find_invalid_utf8(std::string_view("\0", 1)), std::nullopt);
}

TEST(Utf8, FindsTheFirstInvalidByte) {
  EXPECT_EQ(find_invalid_utf8("链\xFF图"), 3U);
  EXPECT_EQ(find_invalid_utf8("12345678\x80"), 8U) << "continuation without a start";
  EXPECT_EQ(find_invalid_utf8("ab\xE9\x93"), 2U) << "cut at the end";
  EXPECT_EQ(find_invalid_utf8("\xC0\xAF"), 0U) << "overlong";
  EXPECT_EQ(find_invalid_utf8("\xED\xA0\x80"), 0U) << "surrogate";
  EXPECT_EQ(find_invalid_utf8("\xF4\x90\x80\x80"), 0U) << "beyond the last code point";
}

TEST(Utf8, CountsCodePoints) {
  EXPECT_EQ(count_code_points(""), 0U);
  EXPECT_EQ(count_code_points("链图 A😀"), 5U);
}

TEST(Utf8, EachInvalidByteBecomesOneReplacement) {
  EXPECT_EQ(to_utf32("链\xE9\x93"
                     "a"),
            U"链\uFFFD\uFFFDa");
  EXPECT_EQ(to_utf32(""), U"");
}

TEST(Utf8, CodePointsThatAreNoneBecomeReplacements) {
  const std::u32string odd{0xD800, 0x110000, U'图'};
  EXPECT_EQ(to_utf8(odd), "\xEF\xBF\xBD\xEF\xBF\xBD图");
}

// Every code point but the surrogates goes there and back.
TEST(Utf8, RandomTextSurvivesBothConversions) {
  std::mt19937 random(20060517);
  std::uniform_int_distribution<std::uint32_t> code(0, 0x10FFFF);
  std::uniform_int_distribution<std::size_t> length(0, 40);
  for (int round = 0; round < 500; ++round) {
    std::u32string text(length(random), U' ');
    for (char32_t& c : text) {
      do c = code(random) >> (random() % 4 * 5);
      while (c >= 0xD800 && c <= 0xDFFF);
    }
    const std::string bytes = to_utf8(text);
    EXPECT_EQ(to_utf32(bytes), text);
    EXPECT_EQ(count_code_points(bytes), text.size());
    EXPECT_EQ(find_invalid_utf8(bytes), std::nullopt);
  }
}

// Valid exactly if reading replaces nothing, on random bytes of which many are no UTF-8.
TEST(Utf8, FindsInvalidBytesWhereReadingReplacesThem) {
  std::mt19937 random(7);
  const std::string alphabet = "a\x80\xBF\xC3\xE9\x93\xBE\xF0\x9F\xED\xA0";
  for (int round = 0; round < 5000; ++round) {
    std::string bytes(random() % 12, ' ');
    for (char& c : bytes) c = alphabet[random() % alphabet.size()];
    const std::optional<std::size_t> invalid = find_invalid_utf8(bytes);
    const std::u32string read = to_utf32(bytes);
    EXPECT_EQ(invalid.has_value(), read.find(U'\uFFFD') != std::u32string::npos);
    if (invalid) {
      EXPECT_EQ(to_utf8(to_utf32(bytes.substr(0, *invalid))), bytes.substr(0, *invalid));
    } else {
      EXPECT_EQ(to_utf8(read), bytes);
    }
  }
}

TEST(NormalizeWidth, FullWidthBecomesHalfWidth) {
  EXPECT_EQ(normalize_width("ＡＢＣ１２３（集团）％　．"), "ABC123(集团)% .");
  EXPECT_EQ(normalize_width("ｶﾞ"), "ガ");
  EXPECT_EQ(normalize_width("e\u0301"), "é");
  EXPECT_EQ(normalize_width("㎡"), "m2");
}

TEST(NormalizeWidth, LeavesNormalTextAsItIs) {
  EXPECT_EQ(normalize_width(""), "");
  EXPECT_EQ(normalize_width("plain ASCII (1)"), "plain ASCII (1)");
  EXPECT_EQ(normalize_width("重庆链图科技有限公司"), "重庆链图科技有限公司");
}

TEST(NormalizeWidth, DoingItTwiceChangesNothing) {
  for (const char* text : {"（Ａ）　ｶﾞ㈱", "①②", "ﬁ", "각"}) {
    const std::string once = normalize_width(text);
    EXPECT_EQ(normalize_width(once), once);
  }
}

TEST(Trim, TakesBlanksOfEveryKindOffBothEnds) {
  EXPECT_EQ(trim(" \t\r\n\u3000\u00A0链 图\u3000 \uFEFF\u200B"), "链 图");
  EXPECT_EQ(trim("a"), "a");
  EXPECT_EQ(trim(""), "");
  EXPECT_EQ(trim(" \u3000 "), "");
}

TEST(Trim, KeepsInvalidBytes) {
  EXPECT_EQ(trim(" \x80\x80 "), "\x80\x80");
  EXPECT_EQ(trim(" a\xE3\x80 "), "a\xE3\x80");
}

}  // namespace
}  // namespace liantu
