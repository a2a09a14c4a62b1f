#include "graph/interner.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"

namespace liantu::detail {
namespace {

TEST(Interner, EqualStringsGetTheSameNumberInOrderOfFirstUse) {
  Interner strings;
  std::vector<std::uint32_t> ids;
  for (const char* text : {"乙", "", "甲", "乙", "甲公司", "甲"}) {
    ids.push_back(strings.intern(text));
  }
  EXPECT_EQ(ids, (std::vector<std::uint32_t>{1, 0, 2, 1, 3, 2}));
  EXPECT_EQ(strings.size(), 4U);
  EXPECT_EQ(strings[0], "");
  EXPECT_EQ(strings[2], "甲");
}

TEST(Interner, NumbersAreStringsLikeOthers) {
  const std::vector<std::uint32_t> numbers = {0, 7, 40, 4'294'967'295};
  std::vector<std::uint32_t> ids(numbers.size());
  Interner strings;
  strings.intern_numbers(numbers, ids);
  EXPECT_EQ(ids, (std::vector<std::uint32_t>{1, 2, 3, 4}));
  EXPECT_EQ(strings[4], "4294967295");
  EXPECT_EQ(strings.bytes(), 14U);
  EXPECT_EQ(strings.intern("40"), 3U);
  EXPECT_EQ(strings.intern("甲"), 5U);
  Interner others;
  others.intern("7");
  others.intern_numbers(numbers, ids);
  EXPECT_EQ(ids, (std::vector<std::uint32_t>{2, 1, 3, 4}));
}

TEST(Interner, StringsStayWhereTheyAreHoweverManyFollow) {
  Interner strings;
  std::vector<std::string> texts;
  // Some longer than a block of the store, and one with a zero byte.
  for (std::size_t i = 0; i < 3000; ++i) {
    texts.push_back(std::to_string(i) + std::string(i % 97 == 0 ? 70000 : i % 50, 'x'));
  }
  texts.push_back(std::string("a\0b", 3));
  const std::uint32_t first = strings.intern(texts[0]);
  const char* const place = strings[first].data();
  for (const std::string& text : texts) strings.intern(text);
  EXPECT_EQ(strings[first].data(), place);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    EXPECT_EQ(strings.intern(texts[i]), i + 1);
    EXPECT_EQ(strings[static_cast<std::uint32_t>(i + 1)], texts[i]);
  }
}

TEST(Interner, RefusesMoreStringsThanItMayHold) {
  Interner strings(3);  // the empty one and two more
  strings.intern("甲");
  strings.intern("乙");
  try {
    strings.intern("丙");
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::LimitReached);
    EXPECT_EQ(error.message(),
              (Text{"the graph holds more than 3 different texts; build it in parts",
                    "关联图中不同的文字超过 3 条；请分批建图"}));
  }
  EXPECT_EQ(strings.intern("乙"), 2U);
  EXPECT_EQ(strings.size(), 3U);
  EXPECT_EQ(strings.bytes(), std::string("甲乙").size());
}

}  // namespace
}  // namespace liantu::detail
