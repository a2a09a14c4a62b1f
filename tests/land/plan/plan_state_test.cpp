#include "land/plan/plan_state.hpp"

#include <random>

#include <gtest/gtest.h>

#include "land/plan/plan_case.hpp"

namespace liantu {
namespace {

TEST(PlanState, FollowsTheCheckerAndTheValueThroughRandomChanges) {
  std::mt19937 random(11);
  int fitted = 0;
  for (int round = 0; round < 200; ++round) {
    SCOPED_TRACE(round);
    PlanProblem problem = test::random_plan_problem(random);
    problem.locks.clear();
    problem.must_fill.clear();
    const PlanPairs pairs(problem);
    const PlanRates rates = PlanRates::of(problem);
    PlanState state(problem, pairs, rates);
    for (int step = 0; step < 60; ++step) {
      const std::size_t project = random() % problem.projects.size();
      if (state.placed(project)) {
        state.remove(project);
      } else {
        const std::size_t site = random() % problem.sites.size();
        std::vector<Placement> with = state.plan();
        with.push_back({project, site});
        const bool fits = state.fits(project, site);
        EXPECT_EQ(fits, check_plan(problem, with).empty());
        if (!fits) continue;
        ++fitted;
        const double more = state.gain(project) + state.cluster_gain(project, site);
        const double before = state.points();
        state.place(project, site);
        EXPECT_NEAR(state.points(), before + more, 1e-9);
      }
      EXPECT_NEAR(state.points(), rates.total(plan_value(problem, state.plan())), 1e-9);
    }
  }
  EXPECT_GT(fitted, 2000);
}

}  // namespace
}  // namespace liantu
