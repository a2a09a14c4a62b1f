#include "ingest/scope/scope_words.hpp"

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/utf8.hpp"

namespace liantu {
namespace {

void expect_clean(std::span<const std::string_view> words) {
  std::set<std::string_view> seen;
  EXPECT_FALSE(words.empty());
  for (const std::string_view word : words) {
    EXPECT_FALSE(word.empty());
    EXPECT_TRUE(seen.insert(word).second) << word << " stands twice";
    EXPECT_EQ(normalize_width(word), word) << word << " would never match normalised text";
  }
}

TEST(ScopeWords, ListsHaveNoDuplicates) {
  expect_clean(exclusion_words());
  expect_clean(boilerplate_words());
  expect_clean(leading_fillers());
  expect_clean(trailing_fillers());
  expect_clean(general_words());
  std::vector<std::string_view> activities;
  for (const ActivityWord& word : activity_words()) activities.push_back(word.word);
  expect_clean(activities);
}

TEST(ScopeWords, GeneralWordsAreRefusedByTheTagger) {
  for (const std::string_view word : general_words()) {
    EXPECT_TRUE(ScopeTagger::too_general(word)) << word;
    ScopeTagger tagger({word});
    EXPECT_TRUE(tagger.tag("生产" + std::string(word)).empty()) << word;
    EXPECT_TRUE(tagger.tag(std::string(word) + "制造").empty()) << word;
  }
  EXPECT_FALSE(ScopeTagger::too_general("橡胶密封件"));
}

}  // namespace
}  // namespace liantu
