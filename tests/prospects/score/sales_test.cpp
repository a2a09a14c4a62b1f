#include "prospects/score/sales.hpp"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "prospects/score/assessor.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

/// The stage among those of a score, for 500104: 甲 lacks 膜 for 1e8 and 液 for 2e7.
struct Case {
  explicit Case(std::string_view firms)
      : graph(test::sketch("甲{region=500104,anchor} -makes{output=1e9}-> 车; "
                           "车 -requires{coef=0.1}-> 膜; 车 -requires{coef=0.02}-> 液; " +
                           std::string(firms))),
        report(find_gaps(graph, asked())),
        ground(graph),
        stages{ground, report, policy, nullptr, {}} {}

  static GapOptions asked() {
    GapOptions options;
    options.district.region = RegionCode{500104};
    return options;
  }
  [[nodiscard]] SalesTogether together(std::string_view firm) {
    stages.fillings.find(test::firm(graph, firm), filled);
    return stages.sales.together(test::firm(graph, firm), filled, scratch);
  }

  EnterpriseGraph graph;
  GapReport report;
  ProspectGround ground;
  Policy policy = default_policy();
  ScoreStages stages;
  Fillings::Scratch filled;
  Sales::Scratch scratch;
};

TEST(Sales, AreWorthALogarithmOfTheLargestLeakage) {
  const Case one("戊{region=440305} -makes-> 膜");
  EXPECT_TRUE(one.stages.sales.any_leakage());
  EXPECT_EQ(one.stages.sales.value(0), 0);
  EXPECT_EQ(one.stages.sales.value(1e8), 1);
  EXPECT_NEAR(one.stages.sales.value(1e7), 0.519574, 1e-6);  // ln(11) / ln(101)
  EXPECT_NEAR(one.stages.sales.cny(one.stages.sales.value(3e7)), 3e7, 1);
}

TEST(Sales, AreNoMoreThanItMakesNorThanIsLacking) {
  Case one("戊{region=440305} -makes{output=3e7}-> 膜; 己{region=440305} -makes{output=5e9}-> 膜");
  EXPECT_EQ(one.together("戊").known->value, 3e7);
  EXPECT_TRUE(one.together("戊").certain);
  EXPECT_EQ(one.together("己").known->value, 1e8);
}

TEST(Sales, OfAnUnknownOutputAreBoundedByTheLeakage) {
  Case one("戊{region=440305} -makes-> 膜");
  const SalesTogether found = one.together("戊");
  EXPECT_FALSE(found.known);
  EXPECT_FALSE(found.certain);
  EXPECT_FALSE(found.capacity_known);
  EXPECT_TRUE(found.demand_known);
  EXPECT_TRUE(found.bounded);
  EXPECT_EQ(found.possible, 1e8);
}

TEST(Sales, OfSeparateMarketsAdd) {
  Case one("戊{region=440305} -makes{output=3e7}-> 膜; 戊 -makes{output=5e7}-> 液");
  EXPECT_EQ(one.together("戊").known->value, 3e7 + 2e7);
}

TEST(Sales, OfNestedMarketsCountTheLargerOnce) {
  Case one(
      "膜 -part_of-> 料; 车 -requires{coef=0.05}-> 料; 戊{region=440305} -makes{output=8e7}-> 膜");
  EXPECT_EQ(one.together("戊").known->value, 8e7);
}

TEST(Sales, WithoutLeakageAreWorthNothing) {
  const EnterpriseGraph graph = test::sketch(
      "甲{region=500104} -makes-> 车 -requires-> 膜; 戊{region=440305} -makes{output=3e7}-> 膜");
  const GapReport report = find_gaps(graph, Case::asked());
  const ProspectGround ground(graph);
  const Policy policy = default_policy();
  const ScoreStages stages{ground, report, policy, nullptr, {}};
  EXPECT_FALSE(stages.sales.any_leakage());
  EXPECT_EQ(stages.sales.value(3e7), 0);
}

}  // namespace
}  // namespace liantu
