#include <gtest/gtest.h>

#include "liantu/land/plan/land_plan.hpp"

namespace liantu {
namespace {

PlanProblem two_in_one_gap() {
  PlanProblem problem;
  problem.policy.weights = {50, 20, 10, 20};
  problem.policy.tax_per_mu = 1e5;
  problem.policy.jobs_per_mu = 2;
  problem.policy.clusters = {{"电子", 3}};
  problem.sites = {{.name = "一", .mu = 20}, {.name = "二", .mu = 30}};
  problem.gaps = {{"隔膜", 1e8}, {"电机", 5e7}};
  for (int i = 0; i < 3; ++i) {
    PlanProject project;
    project.mu = 5;
    project.kind = "电子";
    problem.projects.push_back(project);
  }
  problem.projects[0].fills = {{0, 4e7}};
  problem.projects[1].fills = {{0, 6e7}, {1, 1e7}};
  problem.projects[1].probability = 0.5;
  problem.projects[1].tax = 2e6;
  problem.projects[2].jobs = 30;
  return problem;
}

// Gap 隔膜: 4e7 of 甲 comes first, then half of 0.5 × 6e7: 4e7 + 1.5e7 = 5.5e7; 电机 0.5e7; in all 6e7 of
// 1.5e8: 20 points. Tax 1e6 of 5e6: 4. Jobs 30 of 100: 3. Closure 1 + 0.5 of 2: 15. One cluster: 3.
TEST(PlanValue, PartsAreReckonedByHand) {
  const PlanValue value = plan_value(two_in_one_gap(), {{0, 0}, {1, 0}, {2, 1}});
  EXPECT_NEAR(value.reached[0], 6e7, 1e-3);
  EXPECT_NEAR(value.points[0], 20, 1e-9);
  EXPECT_NEAR(value.points[1], 4, 1e-9);
  EXPECT_NEAR(value.points[2], 3, 1e-9);
  EXPECT_NEAR(value.points[3], 15, 1e-9);
  EXPECT_EQ(value.clusters, 3);
  EXPECT_NEAR(value.total, 45, 1e-9);
}

TEST(PlanValue, NeverAboveTheLeakage) {
  PlanProblem problem = two_in_one_gap();
  problem.projects[0].fills = {{0, 9e8}};
  EXPECT_EQ(plan_value(problem, {{0, 0}}).reached[0], 1e8);
  EXPECT_EQ(plan_value(problem, {}).total, 0);
}

// A fifth firm in one gap brings nothing more.
TEST(PlanValue, FifthFirmInAGapAddsNothing) {
  PlanProblem problem = two_in_one_gap();
  problem.projects.assign(6, problem.projects[0]);
  std::vector<Placement> placements;
  double before = 0;
  std::vector<double> added;
  problem.gaps[0].leakage = 1e12;
  for (std::size_t p = 0; p < 6; ++p) {
    placements.push_back({p, p});
    problem.sites.resize(6, problem.sites[0]);
    const double now = plan_value(problem, placements).reached[0];
    added.push_back(now - before);
    before = now;
  }
  EXPECT_EQ(added, (std::vector<double>{4e7, 2e7, 1e7, 5e6, 0, 0}));
}

// 20,000 m² at a plot ratio of 1.5 take 20 mu; 8,000 m² of ground at 0.4 take 30 mu.
TEST(PlanValue, LandFollowsPlotRatioAndBuildingShare) {
  PlanProject project;
  PlanSite site{.name = "一", .mu = 50};
  EXPECT_EQ(land_taken(project, site), std::nullopt);
  project.floor_m2 = 20000;
  EXPECT_EQ(land_taken(project, site), std::nullopt);
  site.plot_ratio = 1.5;
  EXPECT_NEAR(*land_taken(project, site), 20, 1e-9);
  project.mu = 12;
  EXPECT_NEAR(*land_taken(project, site), 20, 1e-9);
  project.ground_m2 = 8000;
  site.building_share = 0.4;
  EXPECT_NEAR(*land_taken(project, site), 30, 1e-9);
  project.mu = 40;
  EXPECT_EQ(land_taken(project, site), 40.0);
}

TEST(PlanValue, EveryLimitHasWords) {
  PlanProblem problem = two_in_one_gap();
  problem.policy.apart = {{"a", "b", {"r", "理由"}}};
  problem.policy.floors = {{Quantity::Tax, Quantity::Land, "万元/亩", 15, {}}};
  problem.policy.budget = {1e6};
  problem.locks = {{0, 0}};
  problem.forbids = {{0, std::nullopt}};
  problem.must_fill = {0};
  for (int kind = 0; kind <= static_cast<int>(LimitKind::Twice); ++kind) {
    const Text words = limit_text(problem, {static_cast<LimitKind>(kind), 0});
    EXPECT_FALSE(words.en.empty()) << kind;
    EXPECT_NE(words.en, words.zh) << kind;
  }
  EXPECT_EQ(limit_text(problem, {LimitKind::Area, 0}).zh, "地块“一”面积 20 亩");
  EXPECT_EQ(method_word(PlanMethod::Limited), "limited");
}

}  // namespace
}  // namespace liantu
