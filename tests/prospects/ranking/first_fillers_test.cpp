#include "prospects/ranking/first_fillers.hpp"

#include <algorithm>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "base/run/parallel.hpp"

namespace liantu {
namespace {

using Firms = std::vector<FirmId>;

// The greater id first.
const RankOrder::Before kGreaterFirst = [](FirmId a, FirmId b) { return a > b; };

TEST(FirstFillers, KeepsOfEachGapTheFirst) {
  FirstFillers first(3, 2, kGreaterFirst);
  // Firm, hundredths of a point, at best, main gap, kind.
  first.offer(0, {FirmId{1}, 8000, 8000, 0, 0});
  first.offer(0, {FirmId{2}, 7900, 9900, 0, 0});
  first.offer(0, {FirmId{3}, 8040, 8040, 0, 0});  // 80 whole points as firm 1, and more of them
  first.offer(2, {FirmId{2}, 7900, 9900, 0, 0});
  EXPECT_EQ(first.firms(), (Firms{FirmId{1}, FirmId{2}, FirmId{3}}));
  first.offer(2, {FirmId{4}, 7960, 7960, 2, 0});
  first.offer(2, {FirmId{5}, 7960, 7960, 1, 0});  // its main gap comes first
  first.offer(2, {FirmId{6}, 7960, 7960, 1, 0});  // and its name
  EXPECT_EQ(first.firms(), (Firms{FirmId{1}, FirmId{3}, FirmId{5}, FirmId{6}}));
}

TEST(FirstFillers, NobodyOfferedIsNobodyKept) {
  EXPECT_TRUE(FirstFillers(4, 1, kGreaterFirst).firms().empty());
  EXPECT_TRUE(FirstFillers(0, 1, kGreaterFirst).firms().empty());
}

// As everybody sorted and cut, with many ties, on several threads.
TEST(FirstFillers, EqualsSortingEverybody) {
  constexpr std::size_t kGaps = 20;
  std::mt19937 dice(7);
  for (const std::size_t most : {1U, 3U, 50U}) {
    std::vector<ScoredFirm> firms;
    std::vector<std::vector<std::size_t>> fills(2000);
    for (std::uint32_t i = 0; i < fills.size(); ++i) {
      const auto cents = static_cast<std::int32_t>(dice() % 400 * 25);
      firms.push_back({FirmId{i}, cents, cents, static_cast<std::uint32_t>(dice() % 3),
                       static_cast<std::uint32_t>(dice() % 2)});
      for (std::size_t gap = dice() % 5; gap < kGaps; gap += 1 + dice() % 9) {
        fills[i].push_back(gap);
      }
    }
    FirstFillers first(kGaps, most, kGreaterFirst);
    parallel_for(firms.size(), [&](std::size_t i) {
      for (const std::size_t gap : fills[i]) first.offer(gap, firms[i]);
    });
    std::vector<ScoredFirm> sorted = firms;
    std::ranges::sort(sorted, [](const ScoredFirm& a, const ScoredFirm& b) {
      return stands_before(a, b, kGreaterFirst);
    });
    std::vector<std::size_t> taken(kGaps);
    Firms expected;
    for (const ScoredFirm& one : sorted) {
      bool kept = false;
      for (const std::size_t gap : fills[raw(one.firm)]) kept |= taken[gap]++ < most;
      if (kept) expected.push_back(one.firm);
    }
    std::ranges::sort(expected);
    EXPECT_EQ(first.firms(), expected) << most;
  }
}

}  // namespace
}  // namespace liantu
