#include "prospects/weight_draws.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <random>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

#include "base/run/parallel.hpp"

namespace liantu {
namespace {

Policy weighing(std::vector<double> weights, double concentration = 100) {
  Policy policy = default_policy();
  weights.resize(kPartCount);
  policy.weights = std::move(weights);
  policy.draw_concentration = concentration;
  return policy;
}

std::vector<WeightDraws> drawn(const Policy& policy, const DrawQuestion& asked,
                               const std::vector<PartCents>& parts,
                               const std::vector<std::uint32_t>& wanted) {
  return draw_weights(policy, asked, parts, wanted, [] {});
}

TEST(WeightDraws, WeightsOfADrawSumToAHundredAboutThoseOfThePolicy) {
  const Policy policy = weighing({20, 0, 50, 25, 5});
  constexpr std::size_t kDraws = 20000;
  std::array<double, kPartCount> mean{};
  std::array<double, kPartCount> square{};
  for (std::size_t draw = 0; draw < kDraws; ++draw) {
    const DrawnFactors factors = drawn_factors(policy, 3, draw);
    double sum = 0;
    for (std::size_t i = 0; i < kPartCount; ++i) {
      const double weight = factors[i] * policy.weights[i];
      EXPECT_GE(weight, 0);
      sum += weight;
      mean[i] += weight / kDraws;
      square[i] += weight * weight / kDraws;
    }
    EXPECT_NEAR(sum, 100, 1e-9);
    EXPECT_EQ(factors[1], 0);  // without weight: never drawn
  }
  for (std::size_t i = 0; i < kPartCount; ++i) {
    // Of a Dirichlet distribution with parameters that sum to 100: p (1 - p) / 101.
    const double p = policy.weights[i] / 100;
    EXPECT_NEAR(mean[i], policy.weights[i], 0.15);
    EXPECT_NEAR(square[i] - mean[i] * mean[i], p * (1 - p) / 101 * 1e4, 0.8);
  }
}

TEST(WeightDraws, ParametersBelowOneAreDrawnToo) {
  const Policy policy =
      weighing({50, 50}, 0.2);  // parameters of 0.1: most draws are nearly 0 or 100
  constexpr int kDraws = 20000;
  int extreme = 0;
  double mean = 0;
  for (int draw = 0; draw < kDraws; ++draw) {
    const double weight = drawn_factors(policy, 1, static_cast<std::size_t>(draw))[0] * 50;
    mean += weight / kDraws;
    if (weight < 1 || weight > 99) ++extreme;
  }
  EXPECT_NEAR(mean, 50, 1);
  EXPECT_GT(extreme, kDraws / 2);
}

// One part has all the weight, so that no draw changes anything: 90, 70.49 and 70.50 points.
TEST(WeightDraws, OneWeightAloneMovesNobody) {
  const std::vector<PartCents> parts = {{7049}, {9000}, {7050}, {7000}};
  const auto found = drawn(weighing({100}), {50, 1, 2}, parts, {0, 1, 2, 3});
  const std::vector<WeightDraws> expected = {{3, 3, 0}, {1, 1, 1}, {2, 2, 1}, {3, 3, 0}};
  EXPECT_EQ(found, expected);
}

// Two weights of 50, one firm has all of the first, the other of the second: in a draw that gives the
// first part w points they have w and 100 - w. A third has half of each: 50 in every draw, so that it
// stands second wherever the others part, and first beside both where they do not.
TEST(WeightDraws, WhoRestsOnOnePartMovesAndWhoRestsOnAllStays) {
  const std::vector<PartCents> parts = {{5000, 0}, {0, 5000}, {2500, 2500}};
  constexpr std::size_t kDraws = 4001;
  const Policy policy = weighing({50, 50});
  const auto found = drawn(policy, {kDraws, 9, 1}, parts, {0, 1, 2});
  std::size_t first = 0;
  std::size_t same = 0;
  for (std::size_t draw = 0; draw < kDraws; ++draw) {
    const double w = drawn_factors(policy, 9, draw)[0] * 50;
    const double whole = std::floor(w + 0.5);
    const double other = std::floor(100 - w + 0.5);
    first += whole >= other ? 1 : 0;
    same += whole == 50 && other == 50 ? 1 : 0;
  }
  EXPECT_EQ(found[0].rank_low, 1);
  EXPECT_EQ(found[0].rank_high, 3);
  EXPECT_EQ(found[0].top_share, static_cast<double>(first) / kDraws);
  EXPECT_EQ(found[2].rank_low, same * 20 >= kDraws ? 1 : 2);
  EXPECT_EQ(found[2].rank_high, 2);
  EXPECT_EQ(found[2].top_share, static_cast<double>(same) / kDraws);
}

TEST(WeightDraws, RanksAreThoseOfEveryoneAgainstEveryoneInEachDraw) {
  std::mt19937_64 engine(5);
  for (const std::size_t size : {1U, 2U, 37U, 150U}) {
    const Policy policy = weighing({20, 0, 30, 10, 40}, 1.0 + static_cast<double>(engine() % 60));
    std::vector<PartCents> parts(size);
    for (PartCents& firm : parts) {
      for (std::size_t i = 0; i < kPartCount; ++i) {
        const auto most = static_cast<std::uint64_t>(policy.weights[i] * 100);
        firm[i] = static_cast<std::uint16_t>(engine() % (most + 1));
      }
    }
    std::vector<std::uint32_t> wanted;
    for (std::uint32_t i = 0; i < size; i += 3) wanted.push_back(i);
    constexpr std::size_t kDraws = 61;
    constexpr std::size_t kTop = 10;
    const auto found = drawn(policy, {kDraws, 4, kTop}, parts, wanted);
    for (std::size_t k = 0; k < wanted.size(); ++k) {
      std::vector<std::uint32_t> ranks;
      for (std::size_t draw = 0; draw < kDraws; ++draw) {
        const DrawnFactors factors = drawn_factors(policy, 4, draw);
        const std::uint32_t own = drawn_points(parts[wanted[k]], factors);
        ranks.push_back(1 + static_cast<std::uint32_t>(
                                std::ranges::count_if(parts, [&](const PartCents& other) {
                                  return drawn_points(other, factors) > own;
                                })));
      }
      std::ranges::sort(ranks);
      const auto top = std::ranges::count_if(ranks, [](std::uint32_t r) { return r <= kTop; });
      EXPECT_EQ(found[k].rank_low, ranks[3]);    // the 4th of 61: 3.05 rounded up
      EXPECT_EQ(found[k].rank_high, ranks[57]);  // the 58th: 57.95 rounded up
      EXPECT_EQ(found[k].top_share, static_cast<double>(top) / kDraws);
    }
  }
}

TEST(WeightDraws, NothingAskedIsNothingDrawn) {
  const std::vector<PartCents> parts = {{5000}};
  EXPECT_TRUE(drawn(weighing({100}), {10, 1, 1}, parts, {}).empty());
  EXPECT_EQ(drawn(weighing({100}), {0, 1, 1}, parts, {0}), std::vector<WeightDraws>{WeightDraws()});
}

TEST(WeightDraws, HowFarTheyAreIsTold) {
  const std::vector<PartCents> parts(100, {5000});
  std::vector<std::uint32_t> wanted(100);
  std::size_t last = 0;
  (void)draw_weights(
      weighing({100}), {150, 1, 1}, parts, wanted, [] {},
      [&](std::size_t done, std::size_t all) {
        EXPECT_GT(done, last);
        EXPECT_EQ(all, 250U);
        last = done;
      });
  EXPECT_EQ(last, 250U);
}

TEST(WeightDraws, WhatALookThrowsEndsThem) {
  std::atomic<int> looks = 0;
  const std::vector<PartCents> parts = {{5000}};
  const std::vector<std::uint32_t> wanted = {0};
  EXPECT_THROW((void)draw_weights(weighing({100}), {1000, 1, 1}, parts, wanted,
                                  [&] {
                                    if (++looks > 3) throw std::runtime_error("enough");
                                  }),
               std::runtime_error);
}

}  // namespace
}  // namespace liantu
