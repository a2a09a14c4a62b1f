#include "liantu/prospects/explanation/comparison.hpp"

#include <initializer_list>

#include <gtest/gtest.h>

namespace liantu {
namespace {

Prospect with_points(std::initializer_list<double> points) {
  Prospect row;
  std::size_t i = 0;
  for (const double one : points) {
    row.parts[i++] = {one, one, true};
    row.score += one;
  }
  return row;
}

// 20 + 10.01 + 3 against 12 + 15 + 3: ahead by 3.01, for all that the second has 4.99 more purchases.
TEST(Comparison, ThePartThatCountsMostForTheLeaderDecides) {
  const ProspectComparison found = compare(with_points({20, 10.01, 3}), with_points({12, 15, 3}));
  EXPECT_EQ(found.ahead, (std::array<double, kPartCount>{8, -4.99, 0}));
  EXPECT_EQ(found.score, 3.01);
  EXPECT_EQ(found.decides, ScorePartKind::GapSeverity);
  const ProspectComparison back = compare(with_points({12, 15, 3}), with_points({20, 10.01, 3}));
  EXPECT_EQ(back.score, -3.01);
  EXPECT_EQ(back.decides, ScorePartKind::GapSeverity);
}

TEST(Comparison, OfPartsThatCountTheSameTheFirstDecides) {
  EXPECT_EQ(compare(with_points({0, 2, 2}), with_points({1, 0, 0})).decides,
            ScorePartKind::Purchases);
}

TEST(Comparison, NothingDecidesBetweenEqualScores) {
  EXPECT_EQ(compare(with_points({5, 3}), with_points({3, 5})).decides, std::nullopt);
  EXPECT_EQ(compare(Prospect(), Prospect()), ProspectComparison());
}

}  // namespace
}  // namespace liantu
