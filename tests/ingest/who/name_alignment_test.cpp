#include "ingest/who/name_alignment.hpp"

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/utf8.hpp"

namespace liantu {
namespace {

const std::vector<float> kOnes(0x10000, 1.0F);  // every character weighs alike

struct Both {
  NameAlignment found;
  double most;
  double whole;
};

Both aligned(std::string_view query, std::string_view known) {
  const QueryName from(prepare_name(normalize_firm_name(query)), kOnes);
  const PreparedName to = prepare_name(normalize_firm_name(known));
  const KnownName kept = known_name(to, 0);
  return {align_names(from, kept, to.characters.data(), kOnes),
          most_found(from, kept, to.characters.data()), from.whole};
}

// 虚构 is brand (weight 1 each), 电子 trade (0.6 each); all stand side by side in both.
TEST(NameAlignment, WhatStandsSideBySideCountsInFull) {
  const Both one = aligned("虚构电子", "重庆虚构电子股份有限公司");
  EXPECT_NEAR(one.whole, 3.2, 1e-6);
  EXPECT_NEAR(one.found.found, 3.2, 1e-6);
  EXPECT_NEAR(one.most, 3.2, 1e-6);
  EXPECT_EQ(one.found.known_brand_left, 0);
  EXPECT_TRUE(one.found.brand_begins);
  EXPECT_TRUE(one.found.query_ends);
}

// 虚 and 电子 are found, 构 is not; what stands apart counts 0.85 of its weight.
TEST(NameAlignment, WhatIsLeftOutOnEitherSideIsCounted) {
  const Both one = aligned("虚构电子", "重庆虚拟电子股份有限公司");
  EXPECT_EQ(one.found.query_brand_left, 1);
  EXPECT_EQ(one.found.known_brand_left, 1);
  EXPECT_NEAR(one.found.found, 1 + 0.85 * 0.6 + 0.6, 1e-6);
  EXPECT_NEAR(one.most, 2.2, 1e-6);
}

// 渝 is what Chongqing is called in one character.
TEST(NameAlignment, AShortWordForThePlaceIsFoundInIt) {
  const Both one = aligned("渝虚构", "重庆虚构电子股份有限公司");
  EXPECT_NEAR(one.found.found, 2.85, 1e-6);
  EXPECT_NEAR(one.most, 3, 1e-6);
  EXPECT_NEAR(aligned("渝虚构", "宁波虚构电子股份有限公司").found.found, 2, 1e-6);
}

TEST(NameAlignment, NothingIsFoundInNothing) {
  EXPECT_EQ(aligned("", "重庆虚构电子股份有限公司").found.found, 0);
  EXPECT_EQ(aligned("虚构", "").found.found, 0);
  EXPECT_EQ(aligned("虚构", "甲乙").most, 0);
}

TEST(NameAlignment, NeverMoreIsFoundThanMostFoundAllows) {
  std::mt19937_64 random(20243);
  const std::u32string characters = U"重庆宁波渝川示例虚构甲乙机械电子科技有限公司厂股份()a1";
  const auto name = [&] {
    std::u32string text;
    const std::size_t size = random() % 20;
    for (std::size_t i = 0; i < size; ++i) text += characters[random() % characters.size()];
    return to_utf8(text);
  };
  for (int turn = 0; turn < 5000; ++turn) {
    const std::string query = name();
    const std::string known = name();
    const Both one = aligned(query, known);
    ASSERT_LE(one.found.found, one.most + 1e-5) << query << " " << known;
    ASSERT_LE(one.most, one.whole + 1e-5) << query << " " << known;
  }
}

}  // namespace
}  // namespace liantu
