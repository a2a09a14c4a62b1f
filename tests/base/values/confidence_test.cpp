#include "base/values/confidence.hpp"

#include <gtest/gtest.h>

namespace liantu {
namespace {

TEST(Confidence, WhatIsStatedAtAThresholdReachesIt) {
  for (int hundredths = 0; hundredths <= 100; ++hundredths) {
    const double stated = hundredths / 100.0;
    const float kept = static_cast<float>(std::lround(stated * 255)) / 255.0F;
    EXPECT_TRUE(reaches(static_cast<double>(kept), stated)) << stated;
    if (hundredths == 100) continue;
    EXPECT_FALSE(reaches(static_cast<double>(kept), stated + 0.01)) << stated;
  }
}

}  // namespace
}  // namespace liantu
