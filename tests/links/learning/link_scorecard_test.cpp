#include "liantu/links/learning/link_scorecard.hpp"

#include <limits>
#include <numeric>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "liantu/links/learning/pair_features.hpp"

namespace liantu {
namespace {

TEST(LinkScorecard, AddsPointsTimesValueAndNothingForWhatIsMissing) {
  std::vector<float> values(pair_features().size(), std::numeric_limits<float>::quiet_NaN());
  values[pair_feature("l3_share").value()] = 0.5F;
  const LinkScorecard card{{{"l3_share", 40}, {"group_rate", 60}}};
  EXPECT_EQ(link_points(card, values), (std::vector<double>{20, 0}));
}

TEST(LinkScorecard, TheDefaultIsWellFormedAndSumsToAHundred) {
  const LinkScorecard card = default_link_scorecard();
  EXPECT_NO_THROW(check_link_scorecard(card));
  double sum = 0;
  for (const LinkPoints& line : card.points) sum += line.points;
  EXPECT_EQ(sum, 100);
}

TEST(LinkScorecard, RefusesUnknownRepeatedOrWorthlessFeatures) {
  EXPECT_THROW(check_link_scorecard({{{"charm", 1}}}), Error);
  EXPECT_THROW(check_link_scorecard({{{"candidate_links", 1}}}), Error);
  EXPECT_THROW(check_link_scorecard({{{"l3_share", 1}, {"l3_share", 2}}}), Error);
  EXPECT_THROW(check_link_scorecard({{{"l3_share", 0}}}), Error);
  EXPECT_THROW(check_link_scorecard({{{"l3_share", std::numeric_limits<double>::infinity()}}}),
               Error);
}

}  // namespace
}  // namespace liantu
