#include "base/regions/region_gazetteer.hpp"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

namespace liantu {
namespace {

std::vector<std::string> texts_at(std::string_view text) {
  std::vector<std::string> texts;
  for (const RegionName& name : gazetteer().names_at(text)) {
    if (texts.empty() || texts.back() != name.text) texts.emplace_back(name.text);
  }
  return texts;
}

TEST(Gazetteer, LongestNamesComeFirst) {
  EXPECT_EQ(texts_at("莱芜"), (std::vector<std::string>{"莱芜区", "莱芜县", "莱芜市", "莱芜"}));
}

TEST(Gazetteer, DivisionsInForceComeBeforeFormerOnes) {
  const std::span<const RegionName> names = gazetteer().names_at("巢湖");
  const auto first = std::ranges::find(names, "巢湖市", &RegionName::text);
  ASSERT_NE(first, names.end());
  EXPECT_EQ(first->division->code, 340181U);
  EXPECT_EQ(std::ranges::count(names, "巢湖市", &RegionName::text), 3);
}

TEST(Gazetteer, NothingAtTextsTooShortOrStrange) {
  for (const char* text : {"", "重", "ab", "abcdefgh", "\xFF\xFF\xFF\xFF\xFF\xFF"}) {
    EXPECT_TRUE(gazetteer().names_at(text).empty()) << text;
  }
}

}  // namespace
}  // namespace liantu
