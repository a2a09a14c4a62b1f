#include "report/formats/dot_text.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace liantu {
namespace {

TEST(DotText, QuotesBackslashesAndEntitiesStayText) {
  EXPECT_EQ(dot_escaped("a\"b\\N&lt;\n<c>"), "a\\\"b\\\\N&amp;lt; <c>");
}

TEST(DotText, WhatCannotBeWrittenStandsAsAMark) {
  EXPECT_EQ(dot_escaped("a\x1b\u202E\xEF\xBF\xBE\xEF\xBF\xBF\xFF"
                        "b\tc"),
            "a\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDb c");
}

TEST(DotText, WhatNobodyWouldReadIsCut) {
  const std::string cut = dot_escaped(std::string(500, 'x'));
  EXPECT_EQ(cut, std::string(399, 'x') + "…");
}

TEST(DotText, LinesAreOfAboutEqualWidthAndThreeAtMost) {
  EXPECT_EQ(dot_lines("短"), std::vector<std::string>{"短"});
  EXPECT_EQ(dot_lines("一二三四五六七八九十甲乙"),
            (std::vector<std::string>{"一二三四五六", "七八九十甲乙"}));
  const std::vector<std::string> lines = dot_lines(std::string(100, 'x'));
  EXPECT_EQ(lines.size(), 3U);
  EXPECT_TRUE(lines.back().ends_with("…"));
}

TEST(DotText, LabelsJoinEscapedLines) {
  EXPECT_EQ(dot_label({"甲", "\"乙\""}), "甲\\n\\\"乙\\\"");
  EXPECT_EQ(dot_label({}), "");
}

}  // namespace
}  // namespace liantu
