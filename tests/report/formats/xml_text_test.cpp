#include "report/formats/xml_text.hpp"

#include <gtest/gtest.h>

namespace liantu {
namespace {

TEST(XmlText, MarkupIsEscaped) {
  EXPECT_EQ(xml_escaped("a<b & \"c\">'链'"), "a&lt;b &amp; &quot;c&quot;&gt;'链'");
  EXPECT_EQ(xml_escaped(""), "");
}

TEST(XmlText, CharactersThatNoDocumentMayHoldBecomeMarks) {
  EXPECT_EQ(xml_escaped("a\x01"
                        "b\x1b\xEF\xBF\xBE\xEF\xBF\xBF"),
            "a\uFFFDb\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(xml_escaped("a\n\tb"), "a\n\tb");
  EXPECT_EQ(xml_escaped("\xFF"), "\xEF\xBF\xBD");
}

}  // namespace
}  // namespace liantu
