#include "liantu/land/plan/land_plan.hpp"

#include <algorithm>
#include <chrono>
#include <functional>
#include <random>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "land/plan/plan_case.hpp"
#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

struct Best {
  bool any = false;
  double value = 0;
};

Best best_of(const PlanProblem& problem) {
  Best best;
  test::every_plan(problem, [&](const std::vector<Placement>& placements) {
    if (!check_plan(problem, placements).empty()) return;
    const double value = plan_value(problem, placements).total;
    if (!best.any || value > best.value) best = {true, value};
  });
  return best;
}

// One plot of 10 mu; 甲 needs 6 and 乙 4, together all of it; 丙 needs 5, is worth more than either
// and less than both.
PlanProblem knapsack() {
  PlanProblem problem;
  problem.policy.weights = {0, 100, 0, 0};
  problem.policy.tax_per_mu = 1e5;
  problem.sites = {{.name = "一", .mu = 10}};
  const auto add = [&](std::string name, double mu, double tax) {
    PlanProject project;
    project.name = std::move(name);
    project.mu = mu;
    project.tax = tax;
    problem.projects.push_back(std::move(project));
  };
  add("甲", 6, 6e5);
  add("乙", 4, 3e5);
  add("丙", 5, 7e5);
  return problem;
}

TEST(LandPlan, TwoThatFillThePlotBeatTheBestOne) {
  const LandPlan plan = solve_plan(knapsack());
  EXPECT_EQ(plan.placements, (std::vector<Placement>{{1, 0}, {2, 0}}));  // 乙 and 丙: 1e6 of 1e6
  EXPECT_NEAR(plan.value.total, 100, 1e-9);
  EXPECT_NEAR(plan.gap(), 0, 1e-6);
}

TEST(LandPlan, EqualsBruteForceOnSmallProblems) {
  std::mt19937 random(2025);
  int without = 0;
  for (int round = 0; round < 250; ++round) {
    SCOPED_TRACE(round);
    const PlanProblem problem = test::random_plan_problem(random);
    const Best best = best_of(problem);
    PlanOptions options;
    options.solver = round % 5 != 0;
    const LandPlan plan = solve_plan(problem, options);
    EXPECT_EQ(plan.conflict.empty(), best.any);
    if (!best.any) {
      ++without;
      continue;
    }
    EXPECT_TRUE(check_plan(problem, plan.placements).empty());
    EXPECT_EQ(plan.value, plan_value(problem, plan.placements));
    EXPECT_GE(plan.bound, best.value - 1e-5);
    if (options.solver && has_plan_solver()) {
      EXPECT_EQ(plan.method, PlanMethod::Exact);
      EXPECT_NEAR(plan.value.total, best.value, 1e-5);
      EXPECT_LE(plan.gap(), 1e-4);
    } else {
      EXPECT_EQ(plan.method, PlanMethod::Greedy);
      EXPECT_LE(plan.value.total, best.value + 1e-6);
      EXPECT_GE(plan.value.total, 0.6 * best.value - 1e-6);
    }
  }
  EXPECT_GT(without, 10);
  EXPECT_LT(without, 150);
}

// The problem with these limits alone.
PlanProblem only_with(const PlanProblem& problem, const std::vector<PlanLimit>& limits) {
  const auto kept = [&](LimitKind kind, std::size_t index) {
    return std::ranges::find(limits, PlanLimit{kind, index}) != limits.end();
  };
  PlanProblem bare = problem;
  bare.policy.budget.clear();
  bare.policy.unknown = UnknownFigure::Allow;
  for (PlanProject& project : bare.projects) project.mu = project.mu.value_or(1e-3);
  for (std::size_t s = 0; s < bare.sites.size(); ++s) {
    if (!kept(LimitKind::Area, s)) bare.sites[s].mu = 1e9;
    if (!kept(LimitKind::Use, s)) bare.sites[s].use.clear();
    if (!kept(LimitKind::SiteEnergy, s)) bare.sites[s].energy_tce.reset();
    if (!kept(LimitKind::SiteEmission, s)) bare.sites[s].emission_t.reset();
  }
  if (!kept(LimitKind::Energy, 0)) bare.policy.energy_tce.reset();
  if (!kept(LimitKind::Emission, 0)) bare.policy.emission_t.reset();
  if (!kept(LimitKind::Floor, 0)) bare.policy.floors.clear();
  if (!kept(LimitKind::Apart, 0)) bare.policy.apart.clear();
  const auto keep = [&](auto& list, const auto& all, LimitKind kind) {
    list.clear();
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (kept(kind, i)) list.push_back(all[i]);
    }
  };
  keep(bare.forbids, problem.forbids, LimitKind::Forbid);
  keep(bare.locks, problem.locks, LimitKind::Lock);
  keep(bare.must_fill, problem.must_fill, LimitKind::MustFill);
  return bare;
}

// No conflict has one limit less, of the kinds that only_with() tells apart.
void expect_none_of_fewer(const PlanProblem& problem, std::size_t size) {
  using enum LimitKind;
  std::vector<PlanLimit> all = {{Energy, 0}, {Emission, 0}, {Floor, 0}, {Apart, 0}};
  for (std::size_t s = 0; s < problem.sites.size(); ++s) {
    for (const LimitKind kind : {Area, Use, SiteEnergy, SiteEmission}) all.push_back({kind, s});
  }
  const auto each = [&](LimitKind kind, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) all.push_back({kind, i});
  };
  each(Forbid, problem.forbids.size());
  each(Lock, problem.locks.size());
  each(MustFill, problem.must_fill.size());
  std::vector<bool> taken(all.size());
  std::fill_n(taken.begin(), size - 1, true);
  do {
    std::vector<PlanLimit> some;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (taken[i]) some.push_back(all[i]);
    }
    EXPECT_TRUE(find_conflict(only_with(problem, some)).empty());
  } while (std::prev_permutation(taken.begin(), taken.end()));
}

TEST(LandPlan, ConflictsNeedEveryLimitTheyName) {
  std::mt19937 random(77);
  int seen = 0;
  for (int round = 0; round < 2000 && seen < 60; ++round) {
    PlanProblem problem = test::random_plan_problem(random);
    problem.locks.push_back({random() % 5, 0});
    problem.locks.push_back({random() % 5, 0});
    problem.must_fill = {0, 1};
    const PlanConflict found = find_conflict(problem);
    const std::vector<PlanLimit>& conflict = found.limits;
    EXPECT_TRUE(found.smallest);
    if (round < 60) {
      EXPECT_EQ(conflict.empty(), best_of(problem).any);
    }
    const bool plain = std::ranges::none_of(conflict, [](const PlanLimit& limit) {
      using enum LimitKind;
      return limit.kind == Budget || limit.kind == Phase || limit.kind == NeedUnknown ||
             limit.kind == Twice;
    });
    if (conflict.empty() || !plain) continue;
    ++seen;
    EXPECT_FALSE(find_conflict(only_with(problem, conflict)).empty());
    for (const PlanLimit& limit : conflict) {
      std::vector<PlanLimit> others = conflict;
      std::erase(others, limit);
      EXPECT_TRUE(find_conflict(only_with(problem, others)).empty())
          << limit_text(problem, limit).en;
    }
    if (seen <= 20) expect_none_of_fewer(problem, conflict.size());
  }
  EXPECT_EQ(seen, 60);
}

// Two ways to conflict: 甲 and 丙 need 11 of 10 mu, which takes three limits; 乙 is locked and forbidden,
// which takes two.
TEST(LandPlan, OfSeveralConflictsTheSmallestIsNamed) {
  PlanProblem problem = knapsack();
  problem.locks = {{0, 0}, {2, 0}, {1, 0}};
  problem.forbids = {{1, std::nullopt}};
  EXPECT_EQ(find_conflict(problem),
            (PlanConflict{{{LimitKind::Forbid, 0}, {LimitKind::Lock, 2}}, true}));
}

// 甲 and 丙 need 11 of 10 mu.
TEST(LandPlan, ConflictNamesTheSmallestSetOfLimits) {
  PlanProblem problem = knapsack();
  problem.policy.energy_tce = 1e9;
  problem.locks = {{0, 0}, {2, 0}};
  EXPECT_EQ(
      find_conflict(problem).limits,
      (std::vector<PlanLimit>{{LimitKind::Area, 0}, {LimitKind::Lock, 0}, {LimitKind::Lock, 1}}));
  const LandPlan plan = solve_plan(problem);
  EXPECT_TRUE(plan.placements.empty());
  EXPECT_EQ(plan.conflict.limits.size(), 3U);
}

TEST(LandPlan, NobodyFillsWhatMustBeFilled) {
  PlanProblem problem = knapsack();
  problem.gaps = {{"隔膜", 1e8}};
  problem.must_fill = {0};
  EXPECT_EQ(find_conflict(problem).limits, (std::vector<PlanLimit>{{LimitKind::MustFill, 0}}));
}

TEST(LandPlan, LocksAndMustFillsAreKept) {
  PlanProblem problem = knapsack();
  problem.gaps = {{"隔膜", 1e8}};
  problem.projects[1].fills = {{0, 0}};
  problem.locks = {{0, 0}};
  problem.must_fill = {0};
  for (const bool solver : {true, false}) {
    PlanOptions options;
    options.solver = solver;
    EXPECT_EQ(solve_plan(problem, options).placements, (std::vector<Placement>{{0, 0}, {1, 0}}));
  }
}

TEST(LandPlan, TradeOffIsTheFrontOfAllPlans) {
  std::mt19937 random(5);
  int fronts = 0;
  for (int round = 0; round < 25; ++round) {
    PlanProblem problem = test::random_plan_problem(random);
    problem.locks.clear();
    problem.must_fill.clear();
    const auto points = trade_off(problem, PlanGoal::Tax, PlanGoal::Leakage, 6);
    ASSERT_FALSE(points.empty());
    double most_tax = 0;
    double most_leakage = 0;
    test::every_plan(problem, [&](const std::vector<Placement>& placements) {
      if (!check_plan(problem, placements).empty()) return;
      const PlanValue value = plan_value(problem, placements);
      most_tax = std::max(most_tax, value.reached[1]);
      most_leakage = std::max(most_leakage, value.reached[0]);
      if (!has_plan_solver()) return;
      for (const TradeOffPoint& point : points) {
        const bool better = value.reached[1] > point.value.reached[1] * (1 + 1e-4) + 1 &&
                            value.reached[0] > point.value.reached[0] * (1 + 1e-4) + 1;
        EXPECT_FALSE(better);
      }
    });
    for (std::size_t i = 1; i < points.size(); ++i) {
      EXPECT_LT(points[i].value.reached[1], points[i - 1].value.reached[1]);
      EXPECT_GT(points[i].value.reached[0], points[i - 1].value.reached[0]);
    }
    if (has_plan_solver()) {
      EXPECT_NEAR(points.front().value.reached[1], most_tax, 1e-3 * most_tax + 1);
      EXPECT_NEAR(points.back().value.reached[0], most_leakage, 1e-3 * most_leakage + 1);
    }
    fronts += points.size() > 1;
  }
  EXPECT_GT(fronts, 3);
}

void refuse(const std::function<void()>& call, ErrorCode code) {
  try {
    call();
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code);
    EXPECT_NE(error.message().en, error.message().zh);
  }
}

TEST(LandPlan, FiguresOutsideTheirRangeAreRefused) {
  const auto solve_changed = [](const std::function<void(PlanProblem&)>& change) {
    PlanProblem problem = knapsack();
    change(problem);
    refuse([&] { (void)solve_plan(problem); }, ErrorCode::InvalidArgument);
  };
  solve_changed([](PlanProblem& problem) { problem.sites[0].mu = 0; });
  solve_changed([](PlanProblem& problem) { problem.projects[0].energy_tce = -1; });
  solve_changed([](PlanProblem& problem) { problem.projects[0].probability = 1.5; });
  solve_changed([](PlanProblem& problem) { problem.projects[0].phase = 0; });
  const auto with = [](double seconds, double gap) {
    PlanOptions options;
    options.seconds = seconds;
    options.gap = gap;
    refuse([&] { (void)solve_plan(knapsack(), options); }, ErrorCode::InvalidArgument);
  };
  with(0, 0);
  with(1, -0.1);
  refuse([] { (void)trade_off(knapsack(), PlanGoal::Tax, PlanGoal::Tax, 5); },
         ErrorCode::InvalidArgument);
  refuse([] { (void)trade_off(knapsack(), PlanGoal::Tax, PlanGoal::Jobs, 1); },
         ErrorCode::InvalidArgument);
}

TEST(LandPlan, StopsWhenAsked) {
  std::stop_source stop;
  stop.request_stop();
  PlanOptions options;
  options.stop = stop.get_token();
  refuse([&] { (void)solve_plan(knapsack(), options); }, ErrorCode::Cancelled);
}

// 120 projects on 30 plots take minutes to solve to the end.
TEST(LandPlan, ReturnsTheBestPlanWhenInterrupted) {
  std::mt19937 random(3);
  const auto part = [&](double from, double to) {
    return std::uniform_real_distribution<double>(from, to)(random);
  };
  PlanProblem problem = knapsack();
  problem.sites.clear();
  problem.projects.clear();
  for (int s = 0; s < 30; ++s) problem.sites.push_back({.name = "地", .mu = part(20, 90)});
  for (int p = 0; p < 120; ++p) {
    PlanProject project{.name = "企", .mu = part(5, 80)};
    project.tax = *project.mu * part(2e4, 2e5);
    problem.projects.push_back(project);
  }
  for (const bool solver : {false, true}) {
    std::stop_source stop;
    PlanOptions options;
    options.stop = stop.get_token();
    options.solver = solver;
    std::jthread later([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(solver ? 1500 : 100));
      stop.request_stop();
    });
    const LandPlan plan = solve_plan(problem, options);
    later.join();
    if (solver && has_plan_solver()) {
      EXPECT_TRUE(plan.interrupted);
      EXPECT_EQ(plan.method, PlanMethod::Limited);
      EXPECT_LE(plan.gap(), 0.1);
    }
    EXPECT_FALSE(plan.placements.empty());
    EXPECT_TRUE(check_plan(problem, plan.placements).empty());
    EXPECT_GE(plan.bound, plan.value.total);
  }
}

TEST(LandPlan, NothingToPlaceIsAnEmptyPlan) {
  PlanProblem problem = knapsack();
  problem.projects.clear();
  const LandPlan plan = solve_plan(problem);
  EXPECT_TRUE(plan.placements.empty());
  EXPECT_EQ(plan.gap(), 0);
}

}  // namespace
}  // namespace liantu
