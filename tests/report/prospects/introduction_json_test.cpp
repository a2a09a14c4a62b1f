#include "liantu/report/prospects/introduction_json.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "report/golden.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

const RunInfo kRun{"0", {{"a.liantu", "00"}}, {}, "2024"};

EnterpriseGraph case_of_introductions() {
  return test::sketch(
      "甲{region=500104}; 戊{region=440300,code=91440300MA5DA0000X}; 己{region=110000}; "
      "@张 -serves{role=董事长,source=任职.csv,row=2}-> 甲; "
      "@张 -serves{role=董事,since=2020-07-01,source=任职.csv,row=3}-> 戊; "
      "org:驻粤办{type=驻点办} -covers-> 440000");
}

TEST(IntroductionJson, HoldsEveryStepWithItsSource) {
  const EnterpriseGraph graph = case_of_introductions();
  const IntroductionFinder finder(graph, {RegionCode{500104}, {}, {}});
  const FirmId firm = test::firm(graph, "戊");
  test::expect_golden("introductions.json",
                      introductions_json(graph, firm, finder.ways(firm, 5), kRun));
}

TEST(IntroductionJson, HoldsWhoCallsWhomAndWhyNobody) {
  const EnterpriseGraph graph = case_of_introductions();
  const IntroductionFinder finder(graph, {RegionCode{500104}, {}, {}});
  const std::vector<FirmId> firms = {test::firm(graph, "戊"), test::firm(graph, "己")};
  test::expect_golden("introduction_plan.json",
                      introduction_plan_json(graph, plan_introductions(finder, firms), kRun));
}

}  // namespace
}  // namespace liantu
