// What docs/performance.md measures of per-mu ratings and land plans: times on invented figures.
//   liantu_land [SECONDS [SEED]]   most time for the plan (60), seed of its figures (2)

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <random>
#include <string>

#include <fmt/format.h>

#include "liantu/graph/builder.hpp"
#include "liantu/land/per_mu/per_mu.hpp"
#include "liantu/land/plan/land_plan.hpp"

namespace {

using namespace liantu;

double seconds_of(const auto& call) {
  const auto before = std::chrono::steady_clock::now();
  call();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - before).count();
}

void rate(std::uint32_t firms) {
  std::mt19937 random(1);
  std::uniform_real_distribution<double> part(0.2, 3);
  GraphBuilder builder;
  for (std::uint32_t i = 0; i < firms; ++i) {
    const EntityRef firm = builder.add(EntityKind::Firm, fmt::format("示例企业{}", i));
    const auto set = [&](EntityNumber number, double value) {
      builder.set(firm, number, {value, Basis::Stated});
    };
    set(EntityNumber::Land, 30 * part(random));
    set(EntityNumber::Tax, 1e6 * part(random));
    set(EntityNumber::Revenue, 5e7 * part(random));
    set(EntityNumber::ValueAdded, 1e7 * part(random));
    set(EntityNumber::Energy, 1e3 * part(random));
    set(EntityNumber::Staff, 200 * part(random));
    set(EntityNumber::Research, 1e6 * part(random));
  }
  const EnterpriseGraph graph = builder.build();
  const PerMuScheme scheme = parse_per_mu_scheme(
      R"({"name": "s", "classes": [{"name": "all", "items": [
        {"name": "tax", "numerator": "tax", "denominator": "land", "unit": "万元/亩", "base": 20, "points": 45, "cap": 60},
        {"name": "sales", "numerator": "revenue", "denominator": "land", "unit": "万元/亩", "base": 400, "points": 20},
        {"name": "energy", "numerator": "value_added", "denominator": "energy", "unit": "万元/吨标准煤", "base": 2, "points": 15},
        {"name": "research", "numerator": "research", "denominator": "revenue", "base": 0.03, "points": 15},
        {"name": "work", "numerator": "value_added", "denominator": "staff", "unit": "万元/人", "base": 20, "points": 5}],
        "grades": {"by": "rank", "A": 0.25, "B": 0.7, "C": 0.95}}]})",
      "s.json");
  PerMuReport report;
  const double seconds = seconds_of([&] { report = rate_per_mu(graph, scheme); });
  fmt::print("rate_per_mu: {} firms, {} ranked, {:.3f} s\n", firms, report.classes[0].ranked,
             seconds);
}

void plan(std::size_t projects, std::size_t sites, double seconds, unsigned seed) {
  std::mt19937 random(seed);
  const auto part = [&](double from, double to) {
    return std::uniform_real_distribution<double>(from, to)(random);
  };
  PlanProblem problem;
  problem.policy.weights = {40, 30, 10, 20};
  problem.policy.tax_per_mu = 3e5;
  problem.policy.jobs_per_mu = 6;
  problem.policy.uses = {{"一类", {}}, {"二类", {"一类"}}, {"三类", {"一类", "二类"}}};
  problem.policy.apart = {{"食品", "化工", {"r", "r"}}};
  problem.policy.clusters = {{"医疗", 0.5}};
  problem.policy.budget = {4e8, 4e8};
  problem.policy.energy_tce = 3e5;
  constexpr const char* kUses[] = {"一类", "二类", "三类"};
  constexpr const char* kKinds[] = {"食品", "化工", "医疗", "电子", "新材料"};
  for (std::size_t s = 0; s < sites; ++s) {
    PlanSite site{.name = fmt::format("地{}", s), .mu = part(20, 150)};
    site.plot_ratio = part(1, 2.5);
    site.use = kUses[random() % 3];
    if (s > 0) site.neighbours = {s - 1};
    site.energy_tce = part(2e3, 2e4);
    site.phase = random() % 4 == 0 ? 2 : 1;
    problem.sites.push_back(site);
  }
  for (int g = 0; g < 120; ++g) problem.gaps.push_back({fmt::format("缺{}", g), part(1e7, 8e8)});
  for (std::size_t p = 0; p < projects; ++p) {
    PlanProject project;
    project.name = fmt::format("企{}", p);
    project.mu = part(5, 80);
    project.floor_m2 = *project.mu * part(500, 1200);
    project.use = kUses[random() % 3];
    project.kind = kKinds[random() % 5];
    project.energy_tce = part(50, 3000);
    project.cost = *project.mu * part(5e4, 2e5);
    project.tax = *project.mu * part(5e4, 6e5);
    project.jobs = *project.mu * part(1, 12);
    project.probability = part(0.2, 1);
    for (int i = 0; i < 3; ++i) {
      const std::size_t gap = random() % problem.gaps.size();
      const bool there =
          std::ranges::any_of(project.fills, [&](const auto& one) { return one.first == gap; });
      if (!there) project.fills.emplace_back(gap, part(1e6, 3e8));
    }
    problem.projects.push_back(project);
  }
  for (const bool solver : {false, true}) {
    if (solver && !has_plan_solver()) continue;
    PlanOptions options;
    options.seconds = seconds;
    options.gap = 0.01;
    options.solver = solver;
    LandPlan found;
    const double took = seconds_of([&] { found = solve_plan(problem, options); });
    fmt::print(
        "solve_plan: {} projects, {} plots, {}: {} placed, value {:.3f}, bound {:.3f}, gap {:.2f} "
        "%, {:.1f} s{}\n",
        projects, sites, method_word(found.method), found.placements.size(), found.value.total,
        found.bound, found.gap() * 100, took,
        check_plan(problem, found.placements).empty() ? "" : ", NOT FEASIBLE");
  }
}

}  // namespace

int main(int argc, char** argv) {
  rate(5'000);
  rate(100'000);
  plan(500, 60, argc > 1 ? std::atof(argv[1]) : 60,
       argc > 2 ? static_cast<unsigned>(std::atoi(argv[2])) : 2);
}
