#include "liantu/links/backtest/bootstrap.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

namespace liantu {
namespace {

/// How often a group was drawn in a drawing.
std::size_t times(const Resamples& resamples, std::size_t group, std::size_t drawing) {
  return resamples.weights(drawing /
                           kDrawingsAtOnce)[group * kDrawingsAtOnce + drawing % kDrawingsAtOnce];
}

TEST(Bootstrap, EveryDrawingDrawsAsManyGroupsAsThereAre) {
  const Resamples resamples(7, 150, 3);
  for (std::size_t drawing = 0; drawing < 150; ++drawing) {
    std::size_t sum = 0;
    for (std::size_t group = 0; group < 7; ++group) sum += times(resamples, group, drawing);
    EXPECT_EQ(sum, 7U);
  }
}

TEST(Bootstrap, ASeedSaysWhatIsDrawn) {
  const Resamples one(50, 100, 3);
  const Resamples same(50, 100, 3);
  const Resamples other(50, 100, 4);
  ASSERT_EQ(one.blocks(), 7U);
  for (std::size_t block = 0; block < one.blocks(); ++block) {
    EXPECT_TRUE(std::ranges::equal(one.weights(block), same.weights(block)));
    EXPECT_FALSE(std::ranges::equal(one.weights(block), other.weights(block)));
  }
}

TEST(Bootstrap, SumsAreOverGroupsAsOftenAsDrawn) {
  constexpr std::size_t kDrawings = 37;
  const Resamples resamples(5, kDrawings, 1);
  const std::vector<std::uint32_t> groups = {0, 2, 4};
  const std::vector<std::vector<double>> columns = {{1, 1, 1}, {0.5, 0, -2}};
  const auto sums = resamples.sums(groups, columns);
  for (std::size_t drawing = 0; drawing < kDrawings; ++drawing) {
    const auto weight = [&](std::size_t group) {
      return static_cast<double>(times(resamples, group, drawing));
    };
    EXPECT_DOUBLE_EQ(sums[0][drawing], weight(0) + weight(2) + weight(4));
    EXPECT_DOUBLE_EQ(sums[1][drawing], 0.5 * weight(0) - 2 * weight(4));
  }
}

TEST(Bootstrap, NothingToDrawFromGivesNoSums) {
  const Resamples resamples(0, 100, 1);
  EXPECT_EQ(resamples.sums({}, std::vector<std::vector<double>>(1)),
            std::vector<std::vector<double>>(1, std::vector<double>(100, 0.0)));
}

TEST(Bootstrap, IntervalsAreWhatTheValuesLeaveInTheMiddle) {
  std::vector<double> values(101);
  std::iota(values.rbegin(), values.rend(), 0.0);
  EXPECT_NEAR(percentile_interval(values, 0.9).low, 5, 1e-9);
  EXPECT_NEAR(percentile_interval(values, 0.9).high, 95, 1e-9);
  EXPECT_EQ(percentile_interval({3}), (Interval{3, 3}));
  // A quarter of the way from 1 to 2, and from 2 to 1.
  EXPECT_EQ(percentile_interval({2, 1}, 0.5), (Interval{1.25, 1.75}));
}

TEST(Bootstrap, ThePOfADifferenceIsTwiceTheRarerSign) {
  std::vector<double> differences(99, 1.0);
  EXPECT_DOUBLE_EQ(two_sided_p(differences), 0.02);  // never 0
  for (std::size_t i = 0; i < 4; ++i) differences[i] = -1;
  EXPECT_DOUBLE_EQ(two_sided_p(differences), 0.1);
  EXPECT_DOUBLE_EQ(two_sided_p(std::vector<double>(99, 0.0)), 1);
}

TEST(Bootstrap, TheIntervalOfAMeanHasTheWidthTheoryGives) {
  // 400 values of variance 1/4: the mean's standard error is 0.025.
  constexpr std::size_t kGroups = 400;
  const Resamples resamples(kGroups, 2000, 5);
  std::vector<std::uint32_t> groups(kGroups);
  std::iota(groups.begin(), groups.end(), 0U);
  std::vector<double> values(kGroups);
  for (std::size_t i = 0; i < kGroups; ++i) values[i] = i % 2 == 0 ? 1 : 0;
  auto sums = resamples.sums(groups, std::vector<std::vector<double>>{values});
  for (double& sum : sums[0]) sum /= kGroups;
  const Interval interval = percentile_interval(sums[0]);
  EXPECT_NEAR(interval.low, 0.5 - 1.96 * 0.025, 0.006);
  EXPECT_NEAR(interval.high, 0.5 + 1.96 * 0.025, 0.006);
}

}  // namespace
}  // namespace liantu
