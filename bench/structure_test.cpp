#include "bench/structure.hpp"

#include <set>

#include <gtest/gtest.h>

#include "bench/generate.hpp"

namespace liantu::bench {
namespace {

TEST(Structure, OfASmallNetworkComputedByHand) {
  // 0 and 1 supply 2 and 3, 2 supplies 0 in return and 4; 5 has no link. Without direction: the
  // square 0-2-1-3, no triangle, 2-4 hanging on it. Paths of two links: one each at 0, 1 and 3, and
  // three at 2 (0-2-1, 0-2-4, 1-2-4). Of three: four on the square, 3-0-2-4 and 3-1-2-4.
  const Structure result = structure(6, {{0, 2}, {0, 3}, {1, 2}, {1, 3}, {2, 0}, {2, 4}});
  EXPECT_EQ(result.links, 6U);
  EXPECT_EQ(result.firms, 5U);
  EXPECT_EQ(result.customers.firms, 3U);
  EXPECT_EQ(result.customers.largest, 2U);
  EXPECT_EQ(result.suppliers.firms, 4U);
  EXPECT_EQ(result.suppliers.median, 1U);
  EXPECT_DOUBLE_EQ(result.reciprocity, 2.0 / 6);
  EXPECT_EQ(result.triangles, 0U);
  EXPECT_EQ(result.squares, 1U);
  EXPECT_DOUBLE_EQ(result.closed_two, 0);
  EXPECT_DOUBLE_EQ(result.closed_three, 4.0 / 6);
}

TEST(Structure, AgreesWithAllQuadruplesOfRandomNetworks) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    constexpr std::uint32_t kFirms = 12;
    Dice dice(seed);
    std::set<std::pair<std::uint32_t, std::uint32_t>> links;
    for (std::uint64_t k = 0; k < 3 * seed; ++k) {
      const std::uint32_t from = dice.below(kFirms);
      const std::uint32_t to = dice.below(kFirms);
      if (from != to) links.emplace(from, to);
    }
    const auto linked = [&](std::uint32_t a, std::uint32_t b) {
      return links.contains({a, b}) || links.contains({b, a});
    };
    // Every walk over different firms, in both senses and from every start.
    double twos = 0;
    double threes = 0;
    double triangles = 0;
    double squares = 0;
    for (std::uint32_t a = 0; a < kFirms; ++a) {
      for (std::uint32_t b = 0; b < kFirms; ++b) {
        for (std::uint32_t c = 0; c < kFirms; ++c) {
          if (a == c || !linked(a, b) || !linked(b, c)) continue;
          ++twos;
          if (linked(c, a)) ++triangles;
          for (std::uint32_t d = 0; d < kFirms; ++d) {
            if (d == a || d == b || !linked(c, d)) continue;
            ++threes;
            if (linked(d, a)) ++squares;
          }
        }
      }
    }
    const Structure result = structure(kFirms, {links.begin(), links.end()});
    EXPECT_EQ(static_cast<double>(result.triangles), triangles / 6);
    EXPECT_EQ(static_cast<double>(result.squares), squares / 8);
    EXPECT_DOUBLE_EQ(result.closed_two, twos == 0 ? 0 : triangles / twos);
    EXPECT_DOUBLE_EQ(result.closed_three, threes == 0 ? 0 : squares / threes);
  }
}

TEST(Structure, TheTailOfAPowerLawIsFound) {
  // 1 / u² over evenly spread u: P(degree > k) = k^(-1/2).
  std::vector<std::uint64_t> of;
  for (int i = 1; i <= 100'000; ++i) {
    of.push_back(static_cast<std::uint64_t>(std::pow(100'000.0 / i, 2)));
  }
  EXPECT_NEAR(degrees(of).tail, 0.5, 0.01);
}

}  // namespace
}  // namespace liantu::bench
