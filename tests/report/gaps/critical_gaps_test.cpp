#include "report/gaps/critical_gaps.hpp"

#include <gtest/gtest.h>

namespace liantu {
namespace {

TEST(CriticalGaps, LooksUpWhatIsCriticalAndWhatMostProductsNeed) {
  Criticality criticality;
  criticality.segments.push_back({});
  criticality.segments.back().segment = SegmentId{3};
  criticality.segments.back().criticality = 0.4;
  criticality.ubiquitous.push_back({});
  criticality.ubiquitous.back().segment = SegmentId{5};
  criticality.ubiquitous.back().criticality = 0.9;
  const CriticalGaps gaps(&criticality);
  ASSERT_NE(gaps.of(SegmentId{3}), nullptr);
  EXPECT_EQ(gaps.of(SegmentId{3})->criticality, 0.4);
  EXPECT_FALSE(gaps.ubiquitous(SegmentId{3}));
  ASSERT_NE(gaps.of(SegmentId{5}), nullptr);
  EXPECT_TRUE(gaps.ubiquitous(SegmentId{5}));
  EXPECT_EQ(gaps.of(SegmentId{4}), nullptr);
  EXPECT_FALSE(gaps.ubiquitous(SegmentId{4}));
}

TEST(CriticalGaps, OfNothingKnowsNothing) {
  const CriticalGaps gaps(nullptr);
  EXPECT_EQ(gaps.of(SegmentId{0}), nullptr);
  EXPECT_FALSE(gaps.ubiquitous(SegmentId{0}));
}

TEST(CriticalGaps, ANoteSaysHowManyRowsStandApart) {
  EXPECT_NE(apart_note(3).en.find("the last 3"), std::string::npos);
  EXPECT_NE(apart_note(3).zh.find("最后 3 个"), std::string::npos);
}

}  // namespace
}  // namespace liantu
