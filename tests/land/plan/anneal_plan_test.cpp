#include "land/plan/anneal_plan.hpp"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "land/plan/plan_case.hpp"
#include "land/plan/plan_conflict.hpp"

namespace liantu {
namespace {

Annealing short_one() {
  return {.steps = 2000, .until = std::chrono::steady_clock::now() + std::chrono::hours(1)};
}

TEST(AnnealPlan, KeepsAllLimitsAndIsMostlyTheBestOfSmallProblems) {
  std::mt19937 random(23);
  int solved = 0;
  int best_found = 0;
  for (int round = 0; round < 150; ++round) {
    SCOPED_TRACE(round);
    const PlanProblem problem = test::random_plan_problem(random);
    const Required required = place_required(problem, {});
    if (!required.conflict.empty()) continue;
    ++solved;
    const PlanPairs pairs(problem);
    const PlanRates rates = PlanRates::of(problem);
    const auto plan = anneal_plan(problem, pairs, rates, required.placements, short_one());
    EXPECT_TRUE(check_plan(problem, plan).empty());
    double best = 0;
    test::every_plan(problem, [&](const std::vector<Placement>& placements) {
      if (!check_plan(problem, placements).empty()) return;
      best = std::max(best, rates.total(plan_value(problem, placements)));
    });
    const double value = rates.total(plan_value(problem, plan));
    EXPECT_LE(value, best + 1e-9);
    best_found += value > best - 1e-6;
  }
  EXPECT_GT(solved, 50);
  EXPECT_GT(best_found, solved * 9 / 10);
}

TEST(AnnealPlan, IsTheSameOnEveryRun) {
  std::mt19937 random(4);
  PlanProblem problem = test::random_plan_problem(random);
  problem.locks.clear();
  problem.must_fill.clear();
  const PlanPairs pairs(problem);
  const PlanRates rates = PlanRates::of(problem);
  EXPECT_EQ(anneal_plan(problem, pairs, rates, {}, short_one()),
            anneal_plan(problem, pairs, rates, {}, short_one()));
}

// One plot of 10 mu; the first project fills it and is worth half of what the other two are.
PlanProblem full_plot() {
  PlanProblem problem;
  problem.policy.weights = {0, 100, 0, 0};
  problem.policy.tax_per_mu = 1e5;
  problem.sites = {{.name = "一", .mu = 10}};
  problem.projects = {{.name = "甲", .mu = 10, .tax = 4e5},
                      {.name = "乙", .mu = 5, .tax = 4e5},
                      {.name = "丙", .mu = 5, .tax = 4e5}};
  return problem;
}

std::vector<Placement> anneal(const PlanProblem& problem, Annealing how) {
  const PlanPairs pairs(problem);
  const PlanRates rates = PlanRates::of(problem);
  auto plan = anneal_plan(problem, pairs, rates, {{0, 0}}, how);
  std::ranges::sort(plan);
  return plan;
}

TEST(AnnealPlan, ReplacesOneByTwoThatAreWorthMore) {
  EXPECT_EQ(anneal(full_plot(), short_one()), (std::vector<Placement>{{1, 0}, {2, 0}}));
}

TEST(AnnealPlan, WhoIsLockedStays) {
  PlanProblem problem = full_plot();
  problem.locks = {{0, 0}};
  EXPECT_EQ(anneal(problem, short_one()), (std::vector<Placement>{{0, 0}}));
}

TEST(AnnealPlan, WhatMustBeFilledStaysFilled) {
  PlanProblem problem = full_plot();
  problem.gaps = {{"隔膜", 1e8}};
  problem.projects[0].fills = {{0, 0}};
  problem.must_fill = {0};
  EXPECT_EQ(anneal(problem, short_one()), (std::vector<Placement>{{0, 0}}));
}

TEST(AnnealPlan, PairsThatLoseTooMuchAreNotTried) {
  Annealing how = short_one();
  how.losses = {0, 0, 2};
  how.most_lost = 1;
  EXPECT_EQ(anneal(full_plot(), how), (std::vector<Placement>{{0, 0}}));
}

TEST(AnnealPlan, EndsWhenItsTimeIsOverWhenAskedAndWhenThereIsEnough) {
  Annealing late = short_one();
  late.until = {};
  Annealing asked = short_one();
  std::stop_source stop;
  stop.request_stop();
  asked.stop = stop.get_token();
  Annealing enough = short_one();
  enough.enough = 40;
  for (const Annealing& how : {late, asked, enough}) {
    EXPECT_EQ(anneal(full_plot(), how), (std::vector<Placement>{{0, 0}}));
  }
}

}  // namespace
}  // namespace liantu
