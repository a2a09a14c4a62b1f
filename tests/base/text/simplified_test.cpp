#include "base/text/simplified.hpp"

#include <gtest/gtest.h>

namespace liantu {
namespace {

TEST(Simplified, TraditionalCharactersHaveTheirSimplifiedForm) {
  EXPECT_EQ(simplified(U'慶'), U'庆');
  EXPECT_EQ(simplified(U'龍'), U'龙');
  EXPECT_EQ(simplified(U'廠'), U'厂');
}

TEST(Simplified, AllOthersAreThemselves) {
  for (const char32_t c : {U'庆', U'a', U'\0', U'乾', U'昇', U'㐀', U'\x9FFF', U'\x20000', U'é'}) {
    EXPECT_EQ(simplified(c), c);
  }
}

TEST(Simplified, ASecondTurnChangesNothing) {
  for (char32_t c = 0x3400; c <= 0x9FFF; ++c) EXPECT_EQ(simplified(simplified(c)), simplified(c));
}

}  // namespace
}  // namespace liantu
