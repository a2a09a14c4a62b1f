#include <algorithm>

#include "liantu/report/land/plan_sheet.hpp"
#include "report/formats/json_output.hpp"
#include "report/land/plan_words.hpp"

namespace liantu {
namespace {

void write_goals(JsonOutput& out, const PlanProblem& problem, const PlanValue& value) {
  const auto full = goal_references(problem);
  out.key("goals");
  out.open_array();
  for (const PlanGoal goal : kGoals) {
    const auto at = static_cast<std::size_t>(goal);
    out.open_object();
    out.member("goal", goal_word(goal));
    out.member_amount("reached", value.reached[at]);
    out.member_amount("full", full[at] > 0 ? std::optional(full[at]) : std::nullopt);
    out.member_number("weight", problem.policy.weights[at]);
    out.member_number("points", value.points[at]);
    out.close_object();
  }
  out.close_array();
  out.member_number("cluster_points", value.clusters);
}

void write_placement(JsonOutput& out, const EnterpriseGraph& graph, const PlanProblem& problem,
                     const Placement& one) {
  const PlanProject& project = problem.projects[one.project];
  const PlanSite& site = problem.sites[one.site];
  out.open_object();
  out.member("site", site.name);
  out.member("firm", project.name);
  out.member_or_null("credit_code", graph.text(graph.entity(project.firm), EntityText::Code));
  out.member_number("land", land_taken(project, site));
  out.member_amount("tax", project.tax);
  out.member_number("jobs", project.jobs);
  out.member_number("energy", project.energy_tce);
  out.member_number("emission", project.emission_t);
  out.member_amount("investment", project.investment);
  out.member_amount("cost", project.cost);
  out.member_number("probability", project.probability);
  out.member_count("phase", static_cast<std::uint64_t>(std::max(project.phase, site.phase)));
  out.member_or_null("kind", project.kind);
  out.member_boolean("assumed", project.assumed);
  out.key("fills");
  out.open_array();
  for (const auto& [gap, amount] : project.fills) {
    out.open_object();
    out.member("segment", problem.gaps[gap].name);
    out.member_amount("brings_home", amount);
    out.close_object();
  }
  out.close_array();
  out.close_object();
}

}  // namespace

std::string plan_json(const EnterpriseGraph& graph, const PlanSetUp& set_up, const LandPlan& plan,
                      const RunInfo& run) {
  const PlanProblem& problem = set_up.problem;
  JsonOutput out;
  out.open_object();
  write_run(out, "liantu.plan/1", run);
  out.member("policy", problem.policy.name);
  out.member("method", method_word(plan.method));
  out.member_boolean("interrupted", plan.interrupted);
  out.member_number("value", plan.value.total);
  out.member_number("bound", plan.bound);
  out.member_number("gap", plan.gap());
  write_goals(out, problem, plan.value);
  out.key("placements");
  out.open_array();
  for (const Placement& one : plan.placements) write_placement(out, graph, problem, one);
  out.close_array();
  out.key("sites");
  out.open_array();
  for (const SiteUse& use : site_uses(problem, plan)) {
    out.open_object();
    out.member("site", use.site->name);
    out.member_number("land", use.site->mu);
    out.member_number("used", use.mu);
    out.member_number("energy_used", use.energy);
    out.member_number("energy_most", use.site->energy_tce);
    out.member_number("emission_used", use.emission);
    out.member_number("emission_most", use.site->emission_t);
    out.close_object();
  }
  out.close_array();
  out.member_count("candidates", problem.projects.size());
  out.member_list("land_unknown", set_up.unplaceable,
                  [&](FirmId firm) { return graph.name(graph.entity(firm)); });
  out.key("conflict");
  out.open_array();
  for (const PlanLimit& limit : plan.conflict.limits) out.said(limit_text(problem, limit));
  out.close_array();
  out.member_boolean("conflict_is_smallest", plan.conflict.smallest);
  out.close_object();
  return out.finish();
}

std::string trade_off_json(const PlanProblem& problem, PlanGoal first, PlanGoal second,
                           const std::vector<TradeOffPoint>& points, const RunInfo& run) {
  JsonOutput out;
  out.open_object();
  write_run(out, "liantu.plan_trade_off/1", run);
  out.member("first", goal_word(first));
  out.member("second", goal_word(second));
  out.key("points");
  out.open_array();
  for (const TradeOffPoint& one : points) {
    out.open_object();
    out.member_amount("first", one.value.reached[static_cast<std::size_t>(first)]);
    out.member_amount("second", one.value.reached[static_cast<std::size_t>(second)]);
    out.member_number("value", one.value.total);
    out.member_boolean("proven", one.proven);
    out.key("placements");
    out.open_array();
    for (const Placement& placed : one.placements) {
      out.open_object();
      out.member("site", problem.sites[placed.site].name);
      out.member("firm", problem.projects[placed.project].name);
      out.close_object();
    }
    out.close_array();
    out.close_object();
  }
  out.close_array();
  out.close_object();
  return out.finish();
}

}  // namespace liantu
