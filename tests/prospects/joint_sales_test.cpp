#include "prospects/joint_sales.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace liantu {
namespace {

using Gap = JointSales::Gap;
using Offer = JointSales::Offer;

TEST(JointSales, AGapIsFilledOnce) {
  const std::vector<Gap> gaps = {{100, std::nullopt}};
  JointSales sales(gaps);
  EXPECT_EQ(sales.add(std::vector<Offer>{{0, 80}}, 80), 80);
  EXPECT_EQ(sales.add(std::vector<Offer>{{0, 80}}, 80), 20);
  EXPECT_EQ(sales.add(std::vector<Offer>{{0, 80}}, 80), 0);
}

TEST(JointSales, AFirmMakesRoomForOneThatCanFillOnlyOneGap) {
  // The first fills either; the second only gap 0: together 200.
  const std::vector<Gap> gaps = {{100, std::nullopt}, {100, std::nullopt}};
  JointSales sales(gaps);
  EXPECT_EQ(sales.add(std::vector<Offer>{{0, 100}, {1, 100}}, 100), 100);
  EXPECT_EQ(sales.add(std::vector<Offer>{{0, 100}}, 100), 100);
}

TEST(JointSales, AGapWithinAGapHasNoMoreRoomThanTheOuterOne) {
  const std::vector<Gap> gaps = {{100, std::nullopt}, {60, 0}, {70, 0}};
  JointSales sales(gaps);
  EXPECT_EQ(sales.add(std::vector<Offer>{{1, 90}}, 90), 60);
  EXPECT_EQ(sales.add(std::vector<Offer>{{2, 90}}, 90), 40);
}

TEST(JointSales, NothingOfferedIsNothingSold) {
  JointSales sales({});
  EXPECT_EQ(sales.add({}, 50), 0);
}

TEST(JointSales, TheSumIsTheLargestThereIs) {
  // Against every set of gaps S, by the theorem of max-flow and min-cut: the sum is the least, over
  // S, of the room of S and what firms can sell outside it.
  std::mt19937_64 engine(11);
  for (int round = 0; round < 200; ++round) {
    constexpr std::size_t kGaps = 4;
    std::vector<Gap> gaps;
    for (std::size_t g = 0; g < kGaps; ++g) {
      gaps.push_back({static_cast<double>(engine() % 50), std::nullopt});
    }
    JointSales sales(gaps);
    double sum = 0;
    std::vector<std::array<double, kGaps>> offered;
    std::vector<double> most;
    for (int firm = 0; firm < 4; ++firm) {
      std::vector<Offer> offers;
      offered.push_back({});
      for (std::size_t g = 0; g < kGaps; ++g) {
        if (engine() % 2 == 0) continue;
        offers.push_back({g, static_cast<double>(engine() % 40)});
        offered.back()[g] = offers.back().most;
      }
      most.push_back(static_cast<double>(engine() % 60));
      sum += sales.add(offers, most.back());
    }
    double least = 1e9;
    for (std::uint32_t cut = 0; cut < (1U << kGaps); ++cut) {
      double value = 0;
      for (std::size_t g = 0; g < kGaps; ++g) value += (cut >> g & 1U) != 0 ? gaps[g].room : 0;
      for (std::size_t f = 0; f < most.size(); ++f) {
        double outside = 0;
        for (std::size_t g = 0; g < kGaps; ++g) {
          outside += (cut >> g & 1U) != 0 ? 0 : offered[f][g];
        }
        value += std::min(outside, most[f]);
      }
      least = std::min(least, value);
    }
    EXPECT_NEAR(sum, least, 1e-9);
  }
}

TEST(JointSales, BehindManyFirmsEachTakesWhatIsLeft) {
  const std::vector<Gap> gaps = {{5000, std::nullopt}};
  JointSales sales(gaps);
  double sum = 0;
  for (std::size_t i = 0; i < JointSales::kExact + 10; ++i) {
    sum += sales.add(std::vector<Offer>{{0, 4}}, 4);
  }
  EXPECT_EQ(sum, 4.0 * (JointSales::kExact + 10));
}

}  // namespace
}  // namespace liantu
