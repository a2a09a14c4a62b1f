#include "report/formats/svg_words.hpp"

#include <set>
#include <string>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

TEST(SvgWords, TitleAndDescriptionAreThoseOfTheWholeDrawing) {
  const SvgWords words = svg_words(
      "<svg><title>甲 &amp; 乙</title><desc>how</desc><g><title>丙</title><desc>丁</desc></g>"
      "</svg>");
  EXPECT_EQ(words.title, "甲 & 乙");
  EXPECT_EQ(words.description, "how");
  EXPECT_TRUE(words.drawn.empty());
}

TEST(SvgWords, CharactersOfTextAreGatheredOnceWithoutBlanks) {
  const SvgWords words = svg_words(
      "<s:svg xmlns:s=\"http://www.w3.org/2000/svg\"><s:text>a "
      "甲\u3000<s:tspan>乙</s:tspan>&#x1F600;"
      "\u00a0甲</s:text>outside</s:svg>");
  EXPECT_EQ(words.drawn, (std::set<char32_t>{U'a', U'甲', U'乙', U'\U0001F600'}));
}

TEST(SvgWords, ACharacterAcrossTwoBlocksIsWhole) {
  // The reader is fed blocks of 1 MiB; the last byte of the first is the first of 甲.
  std::string svg = "<svg><text>";
  svg += std::string((std::size_t{1} << 20) - 1 - svg.size(), ' ') + "甲</text></svg>";
  EXPECT_EQ(svg_words(svg).drawn, (std::set<char32_t>{U'甲'}));
}

TEST(SvgWords, WhatIsNoSvgIsRefused) {
  for (const char* text : {"", "words", "<html/>", "<svg>", "<svg></text>", "<svg/><svg/>"}) {
    EXPECT_THROW(static_cast<void>(svg_words(text)), Error) << text;
  }
}

}  // namespace
}  // namespace liantu
