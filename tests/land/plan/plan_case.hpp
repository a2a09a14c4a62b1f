#pragma once

#include <random>
#include <string>
#include <vector>

#include "liantu/land/plan/land_plan.hpp"

namespace liantu::test {

/// A problem small enough to try every plan: 2 or 3 plots, 5 projects, 3 gaps, every kind of limit now
/// and then.
[[nodiscard]] inline PlanProblem random_plan_problem(std::mt19937& random) {
  const auto part = [&](double from, double to) {
    return std::uniform_real_distribution<double>(from, to)(random);
  };
  const auto chance = [&](double share) { return part(0, 1) < share; };
  PlanProblem problem;
  PlanPolicy& policy = problem.policy;
  policy.weights = {40, 30, 10, 20};
  policy.tax_per_mu = 3e5;
  policy.jobs_per_mu = 5;
  policy.later_firm = chance(0.2) ? 0 : chance(0.2) ? 1 : 0.5;
  policy.uses = {{"一类", {}}, {"二类", {"一类"}}};
  if (chance(0.3)) policy.apart = {{"甲", chance(0.3) ? "甲" : "乙", {"r", "r"}}};
  if (chance(0.4)) policy.clusters = {{"甲", part(0.5, 5)}};
  if (chance(0.4)) policy.budget = {part(1e6, 2e7), part(0, 2e7)};
  if (chance(0.3)) policy.energy_tce = part(500, 4000);
  if (chance(0.3)) policy.emission_t = part(1, 10);
  if (chance(0.3)) policy.floors = {{Quantity::Tax, Quantity::Land, "万元/亩", part(5, 25), {}}};
  if (chance(0.2)) policy.unknown = UnknownFigure::Refuse;
  const std::size_t sites = 2 + random() % 2;
  for (std::size_t s = 0; s < sites; ++s) {
    PlanSite site;
    site.name = "地" + std::to_string(s + 1);
    site.mu = part(15, 60);
    if (chance(0.5)) site.plot_ratio = part(0.8, 2.5);
    if (chance(0.3)) site.building_share = part(0.3, 0.8);
    if (chance(0.5)) site.use = chance(0.5) ? "一类" : "二类";
    if (s > 0 && chance(0.6)) site.neighbours = {s - 1};
    if (chance(0.3)) site.energy_tce = part(300, 3000);
    if (chance(0.3)) site.emission_t = part(1, 8);
    site.phase = chance(0.3) ? 2 : 1;
    problem.sites.push_back(std::move(site));
  }
  for (int g = 0; g < 3; ++g) {
    problem.gaps.push_back({"缺" + std::to_string(g + 1), chance(0.1) ? 0 : part(1e7, 3e8)});
  }
  for (int p = 0; p < 5; ++p) {
    PlanProject project;
    project.name = "企" + std::to_string(p + 1);
    if (!chance(0.1)) project.mu = part(5, 35);
    if (chance(0.5)) project.floor_m2 = part(3000, 40000);
    if (chance(0.3)) project.ground_m2 = part(2000, 15000);
    if (chance(0.7)) project.use = chance(0.5) ? "一类" : "二类";
    if (chance(0.7)) project.kind = chance(0.5) ? "甲" : "乙";
    if (chance(0.8)) project.energy_tce = part(50, 1500);
    if (chance(0.8)) project.emission_t = part(0.1, 4);
    if (chance(0.8)) project.cost = part(0, 1e7);
    if (chance(0.9)) project.tax = part(5e5, 1e7);
    if (chance(0.9)) project.jobs = std::floor(part(10, 300));
    if (chance(0.4)) project.probability = part(0.1, 1);
    project.phase = chance(0.2) ? 2 : 1;
    for (std::size_t g = 0; g < 3; ++g) {
      if (chance(0.5)) project.fills.emplace_back(g, chance(0.1) ? 0 : part(1e6, 2e8));
    }
    problem.projects.push_back(std::move(project));
  }
  if (chance(0.2)) problem.forbids = {{random() % 5, std::nullopt}};
  if (chance(0.2)) problem.forbids.emplace_back(random() % 5, random() % sites);
  if (chance(0.25)) problem.locks = {{random() % 5, random() % sites}};
  if (chance(0.25)) problem.must_fill = {random() % 3};
  return problem;
}

/// Calls `visit` with every way to place projects on plots or nowhere.
template <typename Visit>
void every_plan(const PlanProblem& problem, const Visit& visit) {
  std::vector<std::size_t> at(problem.projects.size());
  for (;;) {
    std::vector<Placement> placements;
    for (std::size_t p = 0; p < at.size(); ++p) {
      if (at[p] > 0) placements.push_back({p, at[p] - 1});
    }
    visit(placements);
    std::size_t next = 0;
    while (next < at.size() && at[next] == problem.sites.size()) at[next++] = 0;
    if (next == at.size()) return;
    ++at[next];
  }
}

}  // namespace liantu::test
