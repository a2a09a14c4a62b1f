#pragma once

#include <string>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/files/sheet.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/land/plan/land_plan.hpp"
#include "liantu/land/plan/plan_problem.hpp"
#include "liantu/report/words/run_info.hpp"

namespace LIANTU_API liantu {

/// Who stands where: a row a placement, in the order of the plan. The notes say what the plan is
/// worth, the bound, the gap and the method, and what was assumed or left out.
[[nodiscard]] Sheet plan_sheet(const PlanSetUp& set_up, const LandPlan& plan, Language language);

/// What each plot has given away and what is left, a row a plot.
[[nodiscard]] Sheet plan_sites_sheet(const PlanProblem& problem, const LandPlan& plan,
                                     Language language);

/// What the plan reaches of each goal, a row a goal and one for clusters.
[[nodiscard]] Sheet plan_goals_sheet(const PlanProblem& problem, const LandPlan& plan,
                                     Language language);

/// Projects that are not placed, and why: limits that keep them off every plot, else that others are
/// worth more.
[[nodiscard]] Sheet plan_left_sheet(const EnterpriseGraph& graph, const PlanSetUp& set_up,
                                    const LandPlan& plan, Language language);

/// Limits that cannot hold together.
[[nodiscard]] Sheet conflict_sheet(const PlanProblem& problem, const PlanConflict& conflict,
                                   Language language);

/// All of it as JSON, schema `liantu.plan/1`, see docs/json.md.
[[nodiscard]] std::string plan_json(const EnterpriseGraph& graph, const PlanSetUp& set_up,
                                    const LandPlan& plan, const RunInfo& run);

/// Plots as bars to scale: who stands where, what is left.
[[nodiscard]] std::string site_board_svg(const PlanProblem& problem, const LandPlan& plan,
                                         const RunInfo& run, Language language);

/// Points of a trade-off, a row a point.
[[nodiscard]] Sheet trade_off_sheet(const PlanProblem& problem, PlanGoal first, PlanGoal second,
                                    const std::vector<TradeOffPoint>& points, Language language);

/// The same as JSON, schema `liantu.plan_trade_off/1`.
[[nodiscard]] std::string trade_off_json(const PlanProblem& problem, PlanGoal first,
                                         PlanGoal second, const std::vector<TradeOffPoint>& points,
                                         const RunInfo& run);

}  // namespace liantu
