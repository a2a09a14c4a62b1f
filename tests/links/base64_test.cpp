#include "links/base64.hpp"

#include <utility>

#include <gtest/gtest.h>

namespace liantu {
namespace {

TEST(Base64, KnowsTheExamplesOfItsStandard) {
  for (const auto& [bytes, text] :
       {std::pair{"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}}) {
    EXPECT_EQ(to_base64(bytes), text);
    EXPECT_EQ(from_base64(text), bytes);
  }
  EXPECT_EQ(from_base64("Zg="), std::nullopt);
  EXPECT_EQ(from_base64("Z!=="), std::nullopt);
}

}  // namespace
}  // namespace liantu
