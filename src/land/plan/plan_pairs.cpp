#include "land/plan/plan_pairs.hpp"

#include <algorithm>
#include <numeric>

namespace liantu {

PlanPairs::PlanPairs(const PlanProblem& problem)
    : sites_(problem.sites.size()), mu_(problem.projects.size() * problem.sites.size(), -1) {
  // Limits of single pairs, whatever else is asked for.
  PlanProblem alone = problem;
  alone.locks.clear();
  alone.must_fill.clear();
  std::vector<Placement> one(1);
  for (std::size_t p = 0; p < problem.projects.size(); ++p) {
    for (std::size_t s = 0; s < sites_; ++s) {
      one.front() = {p, s};
      if (check_plan(alone, one).empty()) {
        mu_[p * sites_ + s] = land_taken(problem.projects[p], problem.sites[s]).value_or(0);
      }
    }
  }
}

std::optional<double> PlanPairs::least_mu(std::size_t project) const {
  std::optional<double> least;
  for (std::size_t s = 0; s < sites_; ++s) {
    if (allowed(project, s)) least = std::min(least.value_or(mu(project, s)), mu(project, s));
  }
  return least;
}

PlanRates PlanRates::of(const PlanProblem& problem) {
  PlanRates rates;
  const auto full = goal_references(problem);
  for (std::size_t i = 0; i < kGoalCount; ++i) {
    if (full[i] > 0) rates.points[i] = problem.policy.weights[i] / full[i];
  }
  return rates;
}

PlanRates PlanRates::of_goal(const PlanProblem& problem, PlanGoal goal) {
  // Among plans that are alike in the goal the better one by the policy.
  constexpr double kHardly = 1e-5;
  PlanRates rates = of(problem);
  for (double& points : rates.points) points *= kHardly;
  rates.clusters = kHardly;
  // Rates that no reference tells still need a scale: the most that could be reached.
  const auto at = static_cast<std::size_t>(goal);
  double full = goal_references(problem)[at];
  if (!(full > 0)) {
    for (const PlanProject& one : problem.projects) {
      full += goal == PlanGoal::Tax ? one.tax.value_or(0) : one.jobs.value_or(0);
    }
  }
  rates.points[at] += full > 0 ? 100 / full : 0;
  return rates;
}

double PlanRates::total(const PlanValue& value) const {
  double total = clusters * value.clusters;
  for (std::size_t i = 0; i < kGoalCount; ++i) total += points[i] * value.reached[i];
  return total;
}

double land_bound(const PlanProblem& problem, const PlanPairs& pairs, const PlanRates& rates) {
  struct Item {
    double points;
    double mu;
  };
  std::vector<Item> items;
  for (std::size_t p = 0; p < problem.projects.size(); ++p) {
    const auto mu = pairs.least_mu(p);
    if (!mu) continue;
    items.push_back({rates.total(plan_value(problem, {{p, 0}})), *mu});
  }
  std::ranges::sort(items,
                    [](const Item& a, const Item& b) { return a.points * b.mu > b.points * a.mu; });
  double left = std::accumulate(problem.sites.begin(), problem.sites.end(), 0.0,
                                [](double sum, const PlanSite& site) { return sum + site.mu; });
  double bound = 0;
  for (const Item& item : items) {
    const double part = item.mu <= left ? 1 : left / item.mu;
    bound += part * item.points;
    left -= part * item.mu;
    if (left <= 0) break;
  }
  for (const ClusterRule& rule : problem.policy.clusters) {
    bound += rates.clusters * rule.points * static_cast<double>(problem.sites.size());
  }
  return bound;
}

}  // namespace liantu
