#include "base/regions/region_forms.hpp"

#include <gtest/gtest.h>

namespace liantu {
namespace {

std::string plain(std::string_view text) {
  std::string buffer = "left over";
  return std::string(plain_forms(text, buffer));
}

TEST(RegionForms, TraditionalCharactersBecomeSimplified) {
  EXPECT_EQ(plain("重慶市大渡口區"), "重庆市大渡口区");
  EXPECT_EQ(plain("廣東省東莞市長安鎮"), "广东省东莞市长安镇");
}

TEST(RegionForms, RadicalsAndCompatibilityIdeographsBecomePlain) {
  EXPECT_EQ(plain("\u2F24渡\u2F1D区"), "大渡口区");
  EXPECT_EQ(plain("河\uF963省"), "河北省");
}

TEST(RegionForms, CharactersWithoutWidthAreDropped) {
  EXPECT_EQ(plain("\uFEFF重\u200B庆\u2060市\u200E"), "重庆市");
}

TEST(RegionForms, PlainTextIsHandedBackAsItStands) {
  std::string buffer;
  const std::string_view text = "重庆市大渡口区a1 №\xFF\xE9\x87";
  const std::string_view result = plain_forms(text, buffer);
  EXPECT_EQ(result.data(), text.data());
  EXPECT_EQ(result.size(), text.size());
  EXPECT_EQ(plain("乾县"), "乾县") << "a character of names is not taken for another's form";
  EXPECT_EQ(plain("重\xE6\x85"), "重\xE6\x85");
  EXPECT_EQ(plain(""), "");
}

}  // namespace
}  // namespace liantu
