#pragma once

#include <string>
#include <vector>

#include "liantu/base/text/text.hpp"
#include "liantu/land/plan/land_plan.hpp"

namespace liantu {

/// What a site has given away.
struct SiteUse {
  const PlanSite* site = nullptr;
  double mu = 0;
  double energy = 0;
  double emission = 0;
  double tax = 0;
  std::vector<std::size_t> projects;
};

/// Of every site, in order.
[[nodiscard]] std::vector<SiteUse> site_uses(const PlanProblem& problem, const LandPlan& plan);

/// `worth 61.2 of 100 points; no plan is worth more than 61.5 (gap 0.5 %); …`.
[[nodiscard]] Text worth_text(const LandPlan& plan);
/// An amount of a goal: CNY, heads, gaps.
[[nodiscard]] std::string goal_amount(PlanGoal goal, double value, Language language);
/// Gaps that a project fills, with amounts.
[[nodiscard]] std::string fills_text(const PlanProblem& problem, std::size_t project,
                                     Language language);
/// What is locked, assumed or not known about a placement.
[[nodiscard]] std::string placement_remark(const PlanProblem& problem, const Placement& placement,
                                           Language language);
/// Why a project is not placed.
[[nodiscard]] std::string left_out_text(const PlanProblem& problem, std::size_t project,
                                        Language language);

}  // namespace liantu
