#include "liantu/base/files/fill_in.hpp"

#include <set>
#include <string>

#include <gtest/gtest.h>

namespace liantu {
namespace {

TEST(FillIn, EveryColumnHasAKeyAndTwoHeadingsOfItsOwn) {
  std::set<std::string> seen;
  for (const FillIn& one : fill_in_columns()) {
    for (const std::string& word : {std::string(one.key) + "#", one.heading.en, one.heading.zh}) {
      EXPECT_TRUE(seen.insert(word).second) << word;
    }
    for (const Text& choice : one.choices) EXPECT_FALSE(choice.en.empty() || choice.zh.empty());
  }
  EXPECT_EQ(fill_in_columns().size(), 6U);
}

}  // namespace
}  // namespace liantu
