#include "land/per_mu/grading.hpp"

#include <gtest/gtest.h>

namespace liantu {
namespace {

GradeRule by_rank() { return {GradeBy::Rank, {0.25, 0.70, 0.95}}; }

// Of 20 firms ranks 1 to 5 are A, to 14 B, to 19 C, the last D.
TEST(Grading, RanksAreGradedByShares) {
  std::vector<double> scores;
  for (int i = 20; i >= 1; --i) scores.push_back(i);
  const Grading grading(by_rank(), scores);
  std::string grades;
  for (const double score : grading.scores()) grades += *grading.grade(score);
  EXPECT_EQ(grades, "AAAAABBBBBBBBBCCCCCD");
}

// Ranks 1, 1, 3, 3: a quarter of 4 is one place, which both of the first share.
TEST(Grading, TiesShareTheBetterGrade) {
  const Grading grading(by_rank(), {90, 90, 80, 80});
  EXPECT_EQ(grading.rank(90), 1U);
  EXPECT_EQ(grading.rank(80), 3U);
  EXPECT_EQ(grading.grade(90), 'A');
  EXPECT_EQ(grading.grade(80), 'C');  // rank 3 of 4 is beyond 70 %
}

TEST(Grading, NeededScoreIsThatOfTheLastBetterPlace) {
  std::vector<double> scores;
  for (int i = 20; i >= 1; --i) scores.push_back(i);
  const Grading grading(by_rank(), scores);
  EXPECT_EQ(grading.needed('B'), 16.0);
  EXPECT_EQ(grading.needed('D'), 2.0);
  EXPECT_EQ(grading.needed('A'), std::nullopt);
  // Of three firms no quarter is a place.
  EXPECT_EQ(Grading(by_rank(), {3, 2, 1}).needed('B'), std::nullopt);
}

TEST(Grading, ScoresAreGradedByThresholds) {
  const Grading grading({GradeBy::Score, {100, 70, 40}}, {120, 100, 99.99, 40, 39.99});
  EXPECT_EQ(grading.grade(100), 'A');
  EXPECT_EQ(grading.grade(99.99), 'B');
  EXPECT_EQ(grading.grade(40), 'C');
  EXPECT_EQ(grading.grade(39.99), 'D');
  EXPECT_EQ(grading.needed('D'), 40.0);
  EXPECT_EQ(Grading({}, {1}).grade(1), std::nullopt);
}

TEST(Grading, HalvesGoAwayFromZero) {
  EXPECT_EQ(to_cents(2.675), 2.68);  // in binary 2.67499…
  EXPECT_EQ(to_cents(-2.675), -2.68);
  EXPECT_EQ(to_cents(1.0049), 1.0);
}

}  // namespace
}  // namespace liantu
