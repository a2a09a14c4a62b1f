#include "chain/status.hpp"

#include <string>

#include <gtest/gtest.h>

namespace liantu {
namespace {

TEST(Status, EachWordMakesAFirmInactive) {
  for (const std::string_view word : inactive_words()) {
    EXPECT_TRUE(inactive("已" + std::string(word) + "（2024）"));
  }
  for (const std::string_view status : {"", "存续", "在业", "开业", "迁入"}) {
    EXPECT_FALSE(inactive(status)) << status;
  }
}

}  // namespace
}  // namespace liantu
