#include "liantu/base/files/digest.hpp"

#include <set>
#include <string>

#include <gtest/gtest.h>

namespace liantu {
namespace {

// The reference value of XXH3-128 without a seed, from the specification of the hash.
TEST(Digest, OfNothingIsTheReferenceValue) {
  EXPECT_EQ(digest(""), "99aa06d3014798d86001c324468d497f");
}

TEST(Digest, IsAlways32HexadecimalDigits) {
  std::string bytes;
  for (int length = 0; length < 300; ++length) {
    const std::string text = digest(bytes);
    EXPECT_EQ(text.size(), 32U);
    EXPECT_EQ(text.find_first_not_of("0123456789abcdef"), std::string::npos);
    bytes += static_cast<char>(length);
  }
}

TEST(Digest, TellsEverySingleChangedBitApart) {
  const std::string bytes = "链图 liantu";
  std::set<std::string> seen = {digest(bytes)};
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    std::string changed = bytes;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_TRUE(seen.insert(digest(changed)).second);
  }
}

}  // namespace
}  // namespace liantu
