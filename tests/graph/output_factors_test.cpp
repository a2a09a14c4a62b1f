#include "liantu/graph/output_factors.hpp"

#include <optional>
#include <set>
#include <string>

#include <gtest/gtest.h>

namespace liantu {
namespace {

TEST(OutputFactors, WhatTheyCountHasAWordAndAName) {
  EXPECT_EQ(factor_basis_word(std::nullopt), "firm");
  EXPECT_EQ(factor_basis_text(std::nullopt).zh, "家企业");
  EXPECT_EQ(factor_basis_word(EntityNumber::RegisteredCapital), "capital");
  EXPECT_EQ(factor_basis_text(EntityNumber::RegisteredCapital).en, "CNY of registered capital");
  EXPECT_EQ(factor_basis_word(EntityNumber::Staff), "staff");
  std::set<std::string> words = {"firm"};
  std::set<std::string> names = {factor_basis_text(std::nullopt).en};
  for (std::size_t i = 0; i < kEntityNumberCount; ++i) {
    const EntityNumber number{static_cast<std::uint8_t>(i)};
    EXPECT_TRUE(words.insert(std::string(factor_basis_word(number))).second) << i;
    EXPECT_TRUE(names.insert(factor_basis_text(number).en).second) << i;
    EXPECT_FALSE(factor_basis_text(number).zh.empty());
  }
}

}  // namespace
}  // namespace liantu
