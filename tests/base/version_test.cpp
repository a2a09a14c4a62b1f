#include "liantu/version.hpp"

#include <string>

#include <gtest/gtest.h>

namespace liantu {
namespace {

TEST(Version, TextAndNumbersAgree) {
  EXPECT_EQ(LIANTU_VERSION, std::to_string(LIANTU_VERSION_MAJOR) + "." +
                                std::to_string(LIANTU_VERSION_MINOR) + "." +
                                std::to_string(LIANTU_VERSION_PATCH));
  EXPECT_EQ(LIANTU_VERSION_NUMBER,
            LIANTU_VERSION_MAJOR * 10000 + LIANTU_VERSION_MINOR * 100 + LIANTU_VERSION_PATCH);
}

}  // namespace
}  // namespace liantu
