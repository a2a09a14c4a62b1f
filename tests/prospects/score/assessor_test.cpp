#include "prospects/score/assessor.hpp"

#include <vector>

#include <gtest/gtest.h>

#include "support/sketch.hpp"

namespace liantu {
namespace {

TEST(Assessor, AFirmThatFillsNothingIsNotAssessed) {
  const EnterpriseGraph graph = test::sketch(
      "甲{region=500104,anchor} -makes-> 整车 -requires-> 电池; 戊{region=440305} -makes-> 电池; "
      "己{region=440305} -makes{conf=0.1}-> 电池; 庚{region=440305} -makes-> 整车; "
      "辛{region=500112} -makes-> 电池");
  GapOptions gaps;
  gaps.district.region = RegionCode{500104};
  const GapReport report = find_gaps(graph, gaps);
  const ProspectGround ground(graph);
  const Policy policy = default_policy();
  const Assessor assessor(ground, report, policy, nullptr, {});
  const FirmId able = test::firm(graph, "戊");
  const FirmId doubtful = test::firm(graph, "己");
  EXPECT_EQ(assessor.stages().fillings.candidates(), (std::vector{able, doubtful}));
  Assessor::Scratch scratch;
  EXPECT_NE(assessor.assess(able, scratch), nullptr);
  EXPECT_EQ(assessor.assess(doubtful, scratch), nullptr);
  EXPECT_EQ(assessor.assess(test::firm(graph, "庚"), scratch), nullptr);
}

}  // namespace
}  // namespace liantu
