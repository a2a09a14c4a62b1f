#include "liantu/links/backtest/calibration.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "links/paths/draw.hpp"

namespace liantu {
namespace {

// Labels 0 1 0 1 at margins 1 2 3 4: the middle two violate the order and pool to 1/2 at 2.5.
TEST(Calibration, PoolsAdjacentViolators) {
  const std::vector<double> margins = {4, 1, 3, 2};
  const std::vector<std::uint8_t> labels = {1, 0, 0, 1};
  EXPECT_EQ(calibrate(margins, labels), (Calibration{{1, 2.5, 4}, {0, 0.5, 1}}));
}

TEST(Calibration, IsALineThroughItsKnotsAndLevelOutside) {
  const Calibration line{{1, 3}, {0.2, 0.6}};
  EXPECT_DOUBLE_EQ(line.probability(0), 0.2);
  EXPECT_DOUBLE_EQ(line.probability(1), 0.2);
  EXPECT_DOUBLE_EQ(line.probability(2), 0.4);
  EXPECT_DOUBLE_EQ(line.probability(9), 0.6);
  EXPECT_EQ(Calibration{}.probability(1), 0);
}

TEST(Calibration, EqualMarginsAreOneKnot) {
  const std::vector<double> margins = {1, 1, 1, 1};
  const std::vector<std::uint8_t> labels = {1, 0, 0, 0};
  EXPECT_EQ(calibrate(margins, labels), (Calibration{{1}, {0.25}}));
  EXPECT_EQ(calibrate({}, {}), Calibration{});
}

// The isotonic fit at i is max over j <= i of min over k >= i of the mean label of j..k.
TEST(Calibration, EqualsTheMinMaxFormulaOnRandomLabels) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    std::vector<double> margins;
    std::vector<std::uint8_t> labels;
    for (std::uint64_t i = 0; i < 20; ++i) {
      margins.push_back(static_cast<double>(i));
      labels.push_back(static_cast<std::uint8_t>(drawn({seed, i}) >> 63));
    }
    const Calibration fit = calibrate(margins, labels);
    std::vector<double> expected;
    for (std::size_t i = 0; i < 20; ++i) {
      double largest = 0;
      for (std::size_t j = 0; j <= i; ++j) {
        double smallest = 1;
        for (std::size_t k = i; k < 20; ++k) {
          const auto ones = std::count(labels.begin() + static_cast<std::ptrdiff_t>(j),
                                       labels.begin() + static_cast<std::ptrdiff_t>(k) + 1, 1);
          smallest = std::min(smallest, static_cast<double>(ones) / static_cast<double>(k - j + 1));
        }
        largest = std::max(largest, smallest);
      }
      if (expected.empty() || largest > expected.back() + 1e-12) expected.push_back(largest);
    }
    ASSERT_EQ(fit.probabilities.size(), expected.size()) << seed;
    for (std::size_t i = 0; i < expected.size(); ++i) {
      EXPECT_NEAR(fit.probabilities[i], expected[i], 1e-12) << seed;
    }
  }
}

TEST(Calibration, RefusesColumnsThatDoNotFit) {
  const std::vector<double> margins = {1, std::nan("")};
  const std::vector<std::uint8_t> one = {1};
  const std::vector<std::uint8_t> two = {1, 0};
  EXPECT_THROW((void)calibrate(margins, one), Error);
  EXPECT_THROW((void)calibrate(margins, two), Error);
  EXPECT_THROW((void)reliability(margins, one), Error);
}

TEST(Reliability, ComparesWhatWasSaidWithWhatCameTrue) {
  const std::vector<double> said = {0.0, 0.3, 0.4, 1.0};
  const std::vector<std::uint8_t> labels = {0, 1, 0, 1};
  const std::vector<ReliabilityRow> rows = reliability(said, labels);
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0], (ReliabilityRow{0, 0, 1}));
  EXPECT_DOUBLE_EQ(rows[1].said, 0.35);
  EXPECT_DOUBLE_EQ(rows[1].came_true, 0.5);
  EXPECT_EQ(rows[2], (ReliabilityRow{1, 1, 1}));
  EXPECT_TRUE(reliability({}, {}).empty());
}

}  // namespace
}  // namespace liantu
