#include "prospects/arrivals/ranks.hpp"

#include <algorithm>
#include <numeric>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace liantu {
namespace {

using Ranks = std::vector<std::uint32_t>;

TEST(RanksOf, CountThoseAheadAndThemselves) {
  // In order 2 (9), 0 (5), 3 (5, later), 1 (1).
  const std::vector<double> scores = {5, 1, 9, 5};
  const std::vector<std::uint64_t> order = {1, 2, 3, 4};
  const std::vector<bool> all(4, true);
  EXPECT_EQ(ranks_of(scores, order, all, Ranks{2}), Ranks{1});
  EXPECT_EQ(ranks_of(scores, order, all, Ranks{0, 3}), (Ranks{2, 3}));
  EXPECT_EQ(ranks_of(scores, order, all, Ranks{1, 2}), (Ranks{1, 4}));
}

TEST(RanksOf, WhoDoesNotStandInTheRankingIsPassedOver) {
  EXPECT_EQ(ranks_of(std::vector<double>{5, 1, 9}, std::vector<std::uint64_t>{1, 2, 3},
                     {true, true, false}, Ranks{1}),
            Ranks{2});
}

TEST(RanksOf, AreThoseOfTheSortedList) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    const std::size_t count = 1 + random() % 60;
    std::vector<double> scores(count);
    std::vector<std::uint64_t> order(count);
    std::vector<bool> ranked(count);
    for (std::size_t i = 0; i < count; ++i) {
      scores[i] = static_cast<double>(random() % 8);
      order[i] = std::uint64_t{random()} << 8 | i;
      ranked[i] = random() % 4 != 0;
    }
    ranked[0] = true;
    Ranks sorted;
    for (std::uint32_t i = 0; i < count; ++i) {
      if (ranked[i]) sorted.push_back(i);
    }
    std::ranges::sort(sorted, [&](std::uint32_t a, std::uint32_t b) {
      return scores[a] != scores[b] ? scores[a] > scores[b] : order[a] < order[b];
    });
    Ranks wanted = {0};
    for (std::uint32_t i = 1; i < count; ++i) {
      if (ranked[i] && random() % 3 == 0) wanted.push_back(i);
    }
    Ranks expected;
    for (std::uint32_t at = 0; at < sorted.size(); ++at) {
      if (std::ranges::find(wanted, sorted[at]) != wanted.end()) expected.push_back(at + 1);
    }
    EXPECT_EQ(ranks_of(scores, order, ranked, wanted), expected);
  }
}

TEST(FiguresOf, AreThoseReckonedByHand) {
  // 1/1 and 2/4 of two that came first and fourth.
  const ListFigures two = figures_of(Ranks{1, 4});
  EXPECT_DOUBLE_EQ(two.average_precision, 0.75);
  EXPECT_DOUBLE_EQ(two.precision_20, 0.1);
  EXPECT_DOUBLE_EQ(two.recall_50, 1);
  EXPECT_DOUBLE_EQ(two.recall_200, 1);
  EXPECT_DOUBLE_EQ(two.among_50, 2);
}

TEST(FiguresOf, CutAtTheirDepths) {
  const ListFigures edges = figures_of(Ranks{20, 21, 50, 51, 200, 201});
  EXPECT_DOUBLE_EQ(edges.precision_20, 1.0 / 20);
  EXPECT_DOUBLE_EQ(edges.among_50, 3);
  EXPECT_DOUBLE_EQ(edges.recall_50, 0.5);
  EXPECT_DOUBLE_EQ(edges.recall_200, 5.0 / 6);
}

}  // namespace
}  // namespace liantu
