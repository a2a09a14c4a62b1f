#include "ingest/scope/industry_words.hpp"

#include <set>
#include <string_view>

#include <gtest/gtest.h>

#include "liantu/base/values/industry.hpp"

namespace liantu {
namespace {

TEST(IndustryWords, EachStandsOnceAndNamesAnIndustry) {
  for (const auto& list : {product_words(), service_words(), trade_words(), name_words()}) {
    std::set<std::string_view> met;
    for (const auto& [word, code] : list) {
      EXPECT_TRUE(met.insert(word).second) << word;
      const Industry* found = find_industry(code);
      ASSERT_NE(found, nullptr) << word;
      EXPECT_EQ(found->code, code) << word;
    }
  }
}

}  // namespace
}  // namespace liantu
