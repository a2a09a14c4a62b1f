#include "base/run/parallel.hpp"

#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace liantu {
namespace {

TEST(Parallel, EveryIndexIsVisitedOnce) {
  for (const std::size_t count : {0U, 1U, 2U, 1000U, 100'000U}) {
    std::vector<int> visits(count);
    parallel_for(count, [&](std::size_t i) { ++visits[i]; });
    EXPECT_EQ(std::ranges::count(visits, 1), static_cast<std::ptrdiff_t>(count));
  }
}

TEST(Parallel, PartsCoverTheWhole) {
  for (const std::size_t count : {0U, 1U, 63U, 64U, 65U, 100'000U}) {
    std::vector<int> visits(count);
    parallel_for_parts(count, 64, [&](std::size_t first, std::size_t last) {
      EXPECT_LT(first, last);
      for (std::size_t i = first; i < last; ++i) ++visits[i];
    });
    EXPECT_EQ(std::ranges::count(visits, 1), static_cast<std::ptrdiff_t>(count));
  }
}

TEST(Parallel, PartsAreJoinedToTheWhole) {
  const auto sum = [](std::size_t count) {
    return parallel_reduce(
        count, 10, std::uint64_t{0},
        [](std::size_t first, std::size_t last, std::uint64_t so_far) {
          for (std::size_t i = first; i < last; ++i) so_far += i;
          return so_far;
        },
        [](std::uint64_t a, std::uint64_t b) { return a + b; });
  };
  EXPECT_EQ(sum(0), 0U);
  EXPECT_EQ(sum(1), 0U);
  EXPECT_EQ(sum(5), 10U);
  EXPECT_EQ(sum(100'000), 4'999'950'000U);
}

TEST(Parallel, WhatIsDoneInsideIsSeenAfterwards) {
  std::vector<std::string> words(3);
  parallel_invoke([&] { words[0] = "链"; }, [&] { words[1] = "图"; }, [&] { words[2] = "。"; });
  EXPECT_EQ(words, (std::vector<std::string>{"链", "图", "。"}));
}

TEST(Parallel, WhatABodyThrowsComesOut) {
  const auto fails_at = [](std::size_t bad) {
    return [bad](std::size_t i) {
      if (i == bad) throw std::runtime_error("seven");
    };
  };
  EXPECT_THROW(parallel_for(10, fails_at(7)), std::runtime_error);
  EXPECT_NO_THROW(parallel_for(10, fails_at(10)));
}

TEST(Parallel, LoopsMayStandInLoops) {
  std::vector<std::vector<int>> table(50, std::vector<int>(50));
  parallel_for(50, [&](std::size_t row) {
    parallel_for(50, [&](std::size_t column) { table[row][column] = 1; });
  });
  for (const std::vector<int>& row : table) EXPECT_EQ(row, std::vector<int>(50, 1));
}

}  // namespace
}  // namespace liantu
