#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include <fmt/format.h>

#include "liantu/land/plan/land_plan.hpp"

namespace liantu {
namespace {

constexpr std::size_t kPlacesOfGap = 4;

// The amounts of a gap in falling order, each later one worth less, never above the leakage.
double brought_home(std::vector<double> amounts, double later_firm, double leakage) {
  std::ranges::sort(amounts, std::greater<>());
  double sum = 0;
  double weight = 1;
  for (std::size_t i = 0; i < std::min(amounts.size(), kPlacesOfGap); ++i) {
    sum += weight * amounts[i];
    weight *= later_firm;
  }
  return std::min(sum, leakage);
}

}  // namespace

std::optional<double> land_taken(const PlanProject& project, const PlanSite& site) {
  std::optional<double> mu = project.mu;
  const auto least = [&](double square_metres) {
    mu = std::max(mu.value_or(0), square_metres / kSquareMetresPerMu);
  };
  if (project.floor_m2 && site.plot_ratio) least(*project.floor_m2 / *site.plot_ratio);
  if (mu && project.ground_m2) least(*project.ground_m2 / site.building_share.value_or(1));
  return mu;
}

std::array<double, kGoalCount> goal_references(const PlanProblem& problem) {
  std::array<double, kGoalCount> full{};
  double mu = 0;
  for (const PlanSite& site : problem.sites) mu += site.mu;
  for (const PlanGap& gap : problem.gaps) full[0] += gap.leakage;
  full[1] = problem.policy.tax_per_mu * mu;
  full[2] = problem.policy.jobs_per_mu * mu;
  full[3] = static_cast<double>(problem.gaps.size());
  return full;
}

PlanValue plan_value(const PlanProblem& problem, const std::vector<Placement>& placements) {
  PlanValue value;
  std::vector<std::vector<double>> amounts(problem.gaps.size());
  std::vector<double> closed(problem.gaps.size());
  std::map<std::pair<std::string, std::size_t>, int> together;
  for (const auto& [at, site] : placements) {
    const PlanProject& project = problem.projects[at];
    value.reached[1] += project.probability * project.tax.value_or(0);
    value.reached[2] += project.probability * project.jobs.value_or(0);
    for (const auto& [gap, amount] : project.fills) {
      amounts[gap].push_back(project.probability * amount);
      closed[gap] = std::max(closed[gap], project.probability);
    }
    if (!project.kind.empty()) ++together[{project.kind, site}];
  }
  for (std::size_t g = 0; g < problem.gaps.size(); ++g) {
    value.reached[0] +=
        brought_home(std::move(amounts[g]), problem.policy.later_firm, problem.gaps[g].leakage);
    value.reached[3] += closed[g];
  }
  for (const ClusterRule& rule : problem.policy.clusters) {
    for (const auto& [where, count] : together) {
      if (where.first == rule.kind && count >= 2) value.clusters += rule.points;
    }
  }
  const auto full = goal_references(problem);
  value.total = value.clusters;
  for (std::size_t i = 0; i < kGoalCount; ++i) {
    if (full[i] > 0) value.points[i] = problem.policy.weights[i] * value.reached[i] / full[i];
    value.total += value.points[i];
  }
  return value;
}

double LandPlan::gap() const {
  if (bound <= value.total) return 0;
  return value.total > 0 ? (bound - value.total) / value.total : 1;
}

std::string_view method_word(PlanMethod method) {
  switch (method) {
    case PlanMethod::Exact:
      return "exact";
    case PlanMethod::Limited:
      return "limited";
    case PlanMethod::Greedy:
      break;
  }
  return "greedy";
}

Text method_text(PlanMethod method) {
  switch (method) {
    case PlanMethod::Exact:
      return {"mixed-integer model, solved", "混合整数规划，已求解"};
    case PlanMethod::Limited:
      return {"mixed-integer model, ended by the time limit", "混合整数规划，到时限为止"};
    case PlanMethod::Greedy:
      break;
  }
  return {"greedy with improvement", "贪心加改进"};
}

Text limit_text(const PlanProblem& problem, const PlanLimit& limit) {
  const auto number = [](double value) { return fmt::format("{:.6g}", value); };
  const auto site = [&] { return problem.sites[limit.index].name; };
  const auto project = [&](std::size_t at) { return problem.projects[at].name; };
  switch (limit.kind) {
    case LimitKind::Area: {
      const std::string mu = number(problem.sites[limit.index].mu);
      return {fmt::format("land of plot {}: {} mu", site(), mu),
              fmt::format("地块“{}”面积 {} 亩", site(), mu)};
    }
    case LimitKind::Use:
      return {fmt::format("class of use of plot {}: {}", site(), problem.sites[limit.index].use),
              fmt::format("地块“{}”用地性质 {}", site(), problem.sites[limit.index].use)};
    case LimitKind::Phase:
      return {fmt::format("plot {} is ready in phase {}, after the last of the budget", site(),
                          problem.sites[limit.index].phase),
              fmt::format("地块“{}”第 {} 期才可用，晚于预算各期", site(),
                          problem.sites[limit.index].phase)};
    case LimitKind::SiteEnergy: {
      const std::string most = number(problem.sites[limit.index].energy_tce.value_or(0));
      return {fmt::format("energy of plot {}: {} tce", site(), most),
              fmt::format("地块“{}”能耗指标 {} 吨标准煤", site(), most)};
    }
    case LimitKind::SiteEmission: {
      const std::string most = number(problem.sites[limit.index].emission_t.value_or(0));
      return {fmt::format("emissions of plot {}: {} t", site(), most),
              fmt::format("地块“{}”排放指标 {} 吨", site(), most)};
    }
    case LimitKind::Energy: {
      const std::string most = number(problem.policy.energy_tce.value_or(0));
      return {fmt::format("energy of the plan: {} tce", most),
              fmt::format("总能耗指标 {} 吨标准煤", most)};
    }
    case LimitKind::Emission: {
      const std::string most = number(problem.policy.emission_t.value_or(0));
      return {fmt::format("emissions of the plan: {} t", most),
              fmt::format("总排放指标 {} 吨", most)};
    }
    case LimitKind::Budget: {
      double sum = 0;
      for (std::size_t t = 0; t <= limit.index && t < problem.policy.budget.size(); ++t) {
        sum += problem.policy.budget[t];
      }
      return {fmt::format("budget up to phase {}: CNY {}", limit.index + 1, number(sum)),
              fmt::format("前 {} 期预算共 {} 元", limit.index + 1, number(sum))};
    }
    case LimitKind::Floor: {
      const PerMuFloor& floor = problem.policy.floors[limit.index];
      return {fmt::format("per-mu floor: {} ≥ {} {}", quantity_text(floor.numerator).en,
                          number(floor.at_least), floor.unit),
              fmt::format("亩均门槛：{} ≥ {}{}", quantity_text(floor.numerator).zh,
                          number(floor.at_least), floor.unit)};
    }
    case LimitKind::Apart: {
      const ApartRule& rule = problem.policy.apart[limit.index];
      return {
          fmt::format("{} and {} may not be neighbours: {}", rule.one, rule.other, rule.reason.en),
          fmt::format("“{}”与“{}”不得相邻：{}", rule.one, rule.other, rule.reason.zh)};
    }
    case LimitKind::NeedUnknown:
      return {fmt::format("what {} needs is not known", project(limit.index)),
              fmt::format("{} 的用地等需求未知", project(limit.index))};
    case LimitKind::Forbid: {
      const auto& [who, where] = problem.forbids[limit.index];
      const std::string at = where ? problem.sites[*where].name : "";
      return {where ? fmt::format("forbidden: {} on {}", project(who), at)
                    : fmt::format("forbidden: {}", project(who)),
              where ? fmt::format("禁止 {} 落在“{}”", project(who), at)
                    : fmt::format("禁止 {}", project(who))};
    }
    case LimitKind::Lock: {
      const Placement& lock = problem.locks[limit.index];
      return {
          fmt::format("locked: {} on {}", project(lock.project), problem.sites[lock.site].name),
          fmt::format("指定 {} 落在“{}”", project(lock.project), problem.sites[lock.site].name)};
    }
    case LimitKind::MustFill: {
      const std::string& gap = problem.gaps[problem.must_fill[limit.index]].name;
      return {fmt::format("must be filled: {}", gap), fmt::format("必须补上：{}", gap)};
    }
    case LimitKind::Twice:
      return {fmt::format("{} stands on one plot only", project(limit.index)),
              fmt::format("{} 只能落在一个地块", project(limit.index))};
  }
  return {};
}

}  // namespace liantu
