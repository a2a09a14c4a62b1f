#include "base/core/hash_map.hpp"

#include <cstdint>
#include <cstdlib>
#include <map>
#include <new>
#include <random>
#include <set>
#include <string>

#include <gtest/gtest.h>

namespace {

// Allocations that still succeed on this thread; negative = all do.
thread_local long allocations_left = -1;

}  // namespace

// Not inlined, or compilers take new and delete for a pair that does not match.
[[gnu::noinline]] void* operator new(std::size_t bytes) {
  if (allocations_left == 0) throw std::bad_alloc();
  if (allocations_left > 0) --allocations_left;
  if (void* const memory = std::malloc(bytes == 0 ? 1 : bytes)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void* operator new(std::size_t bytes, const std::nothrow_t& /*tag*/) noexcept {
  return std::malloc(bytes == 0 ? 1 : bytes);  // what libraries take so they give back below
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t /*bytes*/) noexcept {
  std::free(memory);
}

namespace liantu {
namespace {

// Longer than what a string holds without memory.
std::string long_word(std::uint32_t number) {
  return "a name that takes memory of its own: " + std::to_string(number);
}

using Words = std::map<std::string, std::string>;

template <typename Map>
Words content(const Map& map) {
  Words words;
  for (const auto& [key, value] : map) words.emplace(key, value);
  return words;
}

TEST(HashMap, HoldsWhatWasPutInLikeAMap) {
  HashMap<std::uint32_t, std::uint32_t> map;
  std::map<std::uint32_t, std::uint32_t> expected;
  std::mt19937 random(1);
  for (int i = 0; i < 20000; ++i) {
    const auto key = static_cast<std::uint32_t>(random() % 3000);
    switch (random() % 4) {
      case 0:
        EXPECT_EQ(map.erase(key), expected.erase(key));
        break;
      case 1:
        ++map[key];
        ++expected[key];
        break;
      default:
        EXPECT_EQ(map.try_emplace(key, i).second, expected.try_emplace(key, i).second);
    }
    if (i % 5000 == 4999) {
      map.clear();
      expected.clear();
    }
    ASSERT_EQ(map.size(), expected.size());
    ASSERT_EQ(map.contains(key), expected.contains(key));
  }
  const HashMap<std::uint32_t, std::uint32_t> copy = map;
  HashMap<std::uint32_t, std::uint32_t> moved = std::move(map);
  for (const auto& [key, value] : expected) {
    EXPECT_EQ(moved.at(key), value);
    EXPECT_EQ(copy.at(key), value);
  }
  EXPECT_EQ(copy.size(), expected.size());
  EXPECT_EQ(moved.size(), expected.size());
}

TEST(HashMap, StaysAsItWasWhenMemoryRunsOut) {
  // Every allocation of 300 insertions fails once, and the insertion is tried again.
  std::size_t failures = 0;
  HashMap<std::string, std::string> map;
  Words expected;
  for (std::uint32_t i = 0; i < 300; ++i) {
    const std::string key = long_word(i);
    for (long allowed = 0;; ++allowed) {
      allocations_left = allowed;
      bool done = true;
      try {
        map.try_emplace(key, key);
      } catch (const std::bad_alloc&) {
        done = false;
      }
      allocations_left = -1;
      if (done) break;
      ++failures;
      ASSERT_EQ(map.size(), expected.size());
      ASSERT_FALSE(map.contains(key));
    }
    expected.emplace(key, key);
    if (i % 50 == 0) {
      ASSERT_EQ(content(map), expected);
    }
  }
  EXPECT_EQ(content(map), expected);
  EXPECT_GE(failures, 600U);
}

TEST(HashMap, ACopyThatFailsLeavesNothingBehind) {
  HashMap<std::string, std::string> map;
  for (std::uint32_t i = 0; i < 20; ++i) map[long_word(i)] = long_word(i);
  const Words expected = content(map);
  std::size_t failures = 0;
  for (long allowed = 0;; ++allowed) {
    allocations_left = allowed;
    bool done = true;
    try {
      const HashMap<std::string, std::string> copy = map;
      allocations_left = -1;
      EXPECT_EQ(content(copy), expected);
    } catch (const std::bad_alloc&) {
      done = false;
    }
    allocations_left = -1;
    if (done) break;
    ++failures;
  }
  EXPECT_EQ(failures, 41U);  // the table, and two strings of each entry
  EXPECT_EQ(content(map), expected);
}

TEST(HashSet, StaysAsItWasWhenMemoryRunsOutThoughElementsWereErased) {
  HashSet<std::uint32_t> set;
  std::set<std::uint32_t> expected;
  std::mt19937 random(2);
  std::size_t failures = 0;
  for (int i = 0; i < 5000; ++i) {
    const auto key = static_cast<std::uint32_t>(random() % 700);
    if (random() % 3 == 0) {
      EXPECT_EQ(set.erase(key), expected.erase(key));
      continue;
    }
    allocations_left = 0;
    try {
      set.insert(key);
    } catch (const std::bad_alloc&) {
      ++failures;
      allocations_left = -1;
      ASSERT_EQ(set.size(), expected.size());
      set.insert(key);
    }
    allocations_left = -1;
    expected.insert(key);
    ASSERT_EQ(set.size(), expected.size());
  }
  EXPECT_EQ(std::set<std::uint32_t>(set.begin(), set.end()), expected);
  EXPECT_GE(failures, 8U);
}

}  // namespace
}  // namespace liantu
