#include "liantu/report/land/plan_sheet.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "report/formats/column.hpp"
#include "report/land/per_mu_words.hpp"
#include "report/land/plan_words.hpp"
#include "report/words/cells.hpp"
#include "report/words/words.hpp"

namespace liantu {
namespace {

std::vector<Text> plan_notes(const PlanSetUp& set_up, const LandPlan& plan) {
  const PlanProblem& problem = set_up.problem;
  std::vector<Text> notes = {worth_text(plan)};
  const auto assumed = std::ranges::count_if(
      plan.placements, [&](const Placement& one) { return problem.projects[one.project].assumed; });
  if (assumed > 0) {
    notes.push_back(
        {fmt::format("placed with needs taken from where the firm stands now: {} of {}; a table of "
                     "--needs states them",
                     assumed, plan.placements.size()),
         fmt::format("按企业现址数据估计需求的：{}/{} 家；可用 --needs 表填写实际需求", assumed,
                     plan.placements.size())});
  }
  if (!set_up.unplaceable.empty()) {
    notes.push_back(
        {fmt::format("prospects left out because nobody knows the land they need: {}",
                     set_up.unplaceable.size()),
         fmt::format("用地需求未知、未参与布局的招商对象：{} 家", set_up.unplaceable.size())});
  }
  if (!problem.policy.about.en.empty()) notes.push_back(problem.policy.about);
  return notes;
}

}  // namespace

Sheet plan_sheet(const PlanSetUp& set_up, const LandPlan& plan, Language language) {
  const PlanProblem& problem = set_up.problem;
  const auto project = [&](const Placement& one) -> const PlanProject& {
    return problem.projects[one.project];
  };
  const auto mu = [&](const Placement& one) {
    return land_taken(project(one), problem.sites[one.site]).value_or(0);
  };
  const auto money = [](const std::optional<double>& value) { return amount(value); };
  const std::vector<Column<Placement>> columns = {
      {"site",
       {"plot", "地块"},
       CellKind::Text,
       kSheets | kLead,
       [&](const Placement& one) { return words(problem.sites[one.site].name); }},
      {"firm",
       {"firm", "企业"},
       CellKind::Text,
       kSheets | kLead,
       [&](const Placement& one) { return words(project(one).name); }},
      {"land",
       {"land, mu", "用地（亩）"},
       CellKind::Number,
       kSheets,
       [&](const Placement& one) { return SheetCell(mu(one)); }},
      {"home",
       {"brings home, CNY/year", "可回流采购（元/年）"},
       CellKind::Money,
       kSheets,
       [&](const Placement& one) {
         double sum = 0;
         for (const auto& fill : project(one).fills) sum += fill.second;
         return SheetCell(sum);
       }},
      {"tax",
       {"tax, CNY/year", "税收（元/年）"},
       CellKind::Money,
       kSheets,
       [&](const Placement& one) { return money(project(one).tax); }},
      {"tax_per_mu",
       {"tax per mu, CNY", "亩均税收（元）"},
       CellKind::Money,
       kSheets,
       [&](const Placement& one) {
         const auto& tax = project(one).tax;
         return tax && mu(one) > 0 ? SheetCell(*tax / mu(one)) : SheetCell(std::monostate{});
       }},
      {"jobs",
       {"jobs", "就业"},
       CellKind::Number,
       kSheets,
       [&](const Placement& one) { return amount(project(one).jobs); }},
      {"phase",
       {"phase", "分期"},
       CellKind::Number,
       kSheets,
       [&](const Placement& one) {
         return count(
             static_cast<std::size_t>(std::max(project(one).phase, problem.sites[one.site].phase)));
       }},
      {"fills",
       {"fills", "补上的环节"},
       CellKind::Text,
       kSheets | kBelow,
       [&](const Placement& one) { return words(fills_text(problem, one.project, language)); }},
      {"energy",
       {"energy, tce", "能耗（吨标准煤）"},
       CellKind::Number,
       kSheets,
       [&](const Placement& one) { return amount(project(one).energy_tce); }},
      {"kind",
       {"kind", "类别"},
       CellKind::Text,
       kSheets,
       [&](const Placement& one) { return words(project(one).kind); }},
      {"remark", {"remark", "备注"}, CellKind::Text, kSheets | kBelow, [&](const Placement& one) {
         return words(placement_remark(problem, one, language));
       }}};
  Sheet sheet = sheet_of(columns, kBrief, plan.placements);
  sheet.title = {"Land plan", "招商用地布局方案"};
  sheet.notes = plan_notes(set_up, plan);
  return sheet;
}

Sheet plan_sites_sheet(const PlanProblem& problem, const LandPlan& plan, Language language) {
  const std::vector<SiteUse> uses = site_uses(problem, plan);
  const std::vector<Column<SiteUse>> columns = {
      {"site",
       {"plot", "地块"},
       CellKind::Text,
       kSheets | kLead,
       [](const SiteUse& one) { return words(one.site->name); }},
      {"land",
       {"land, mu", "面积（亩）"},
       CellKind::Number,
       kSheets,
       [](const SiteUse& one) { return SheetCell(one.site->mu); }},
      {"used",
       {"given away, mu", "已安排（亩）"},
       CellKind::Number,
       kSheets,
       [](const SiteUse& one) { return SheetCell(one.mu); }},
      {"left",
       {"left, mu", "剩余（亩）"},
       CellKind::Number,
       kSheets,
       [](const SiteUse& one) { return SheetCell(std::max(0.0, one.site->mu - one.mu)); }},
      {"firms",
       {"firms", "企业数"},
       CellKind::Number,
       kSheets,
       [](const SiteUse& one) { return count(one.projects.size()); }},
      {"use",
       {"class of use", "用地性质"},
       CellKind::Text,
       kSheets,
       [](const SiteUse& one) { return words(one.site->use); }},
      {"tax_per_mu",
       {"tax per mu given away, CNY", "已安排部分亩均税收（元）"},
       CellKind::Money,
       kSheets,
       [](const SiteUse& one) {
         return one.mu > 0 ? SheetCell(one.tax / one.mu) : SheetCell(std::monostate{});
       }},
      {"energy",
       {"energy, tce", "能耗（吨标准煤）"},
       CellKind::Number,
       kSheets,
       [](const SiteUse& one) { return SheetCell(one.energy); }},
      {"energy_most",
       {"energy quota, tce", "能耗指标（吨标准煤）"},
       CellKind::Number,
       kSheets,
       [](const SiteUse& one) { return amount(one.site->energy_tce); }},
      {"who", {"who", "企业"}, CellKind::Text, kSheets | kBelow, [&](const SiteUse& one) {
         std::vector<std::string> names;
         for (const std::size_t p : one.projects) names.push_back(problem.projects[p].name);
         return words(join_words(names, language));
       }}};
  Sheet sheet = sheet_of(columns, kBrief, uses);
  sheet.title = {"Plots", "地块使用情况"};
  return sheet;
}

Sheet plan_goals_sheet(const PlanProblem& problem, const LandPlan& plan, Language language) {
  const auto full = goal_references(problem);
  Sheet sheet;
  sheet.title = {"What the plan reaches", "方案达成情况"};
  sheet.columns = {{"goal", {"goal", "目标"}, CellKind::Text, true},
                   {"reached", {"reached", "达成"}, CellKind::Text},
                   {"full", {"all of it", "满分水平"}, CellKind::Text},
                   {"weight", {"weight", "权重"}, CellKind::Number},
                   {"points", {"points", "得分"}, CellKind::Number}};
  for (const PlanGoal goal : kGoals) {
    const auto at = static_cast<std::size_t>(goal);
    sheet.rows.push_back(
        {words(goal_text(goal).in(language)),
         words(goal_amount(goal, plan.value.reached[at], language)),
         full[at] > 0 ? words(goal_amount(goal, full[at], language)) : SheetCell(std::monostate{}),
         problem.policy.weights[at], plan.value.points[at]});
  }
  sheet.rows.push_back(
      {words(language == Language::Zh ? "集聚加分" : "clusters"), {}, {}, {}, plan.value.clusters});
  sheet.rows.push_back(
      {words(language == Language::Zh ? "合计" : "in all"), {}, {}, 100.0, plan.value.total});
  return sheet;
}

Sheet plan_left_sheet(const EnterpriseGraph& graph, const PlanSetUp& set_up, const LandPlan& plan,
                      Language language) {
  const PlanProblem& problem = set_up.problem;
  Sheet sheet;
  sheet.title = {"Not placed, and why", "未安排及原因"};
  sheet.columns = {{"firm", {"firm", "企业"}, CellKind::Text, true},
                   {"why", {"why", "原因"}, CellKind::Text}};
  std::set<std::size_t> placed;
  for (const Placement& one : plan.placements) placed.insert(one.project);
  for (std::size_t p = 0; p < problem.projects.size(); ++p) {
    if (placed.contains(p)) continue;
    sheet.rows.push_back(
        {words(problem.projects[p].name), words(left_out_text(problem, p, language))});
  }
  for (const FirmId firm : set_up.unplaceable) {
    sheet.rows.push_back(
        {words(std::string(graph.name(graph.entity(firm)))),
         words(language == Language::Zh ? "用地需求未知" : "the land it needs is not known")});
  }
  return sheet;
}

Sheet conflict_sheet(const PlanProblem& problem, const PlanConflict& conflict, Language language) {
  Sheet sheet;
  sheet.title = {"No plan exists: these limits cannot hold together",
                 "无可行方案：下列要求不能同时满足"};
  sheet.columns = {{"limit", {"limit", "要求"}, CellKind::Text, true}};
  for (const PlanLimit& limit : conflict.limits) {
    sheet.rows.push_back({words(limit_text(problem, limit).in(language))});
  }
  sheet.notes.push_back(
      conflict.smallest
          ? Text{"no conflict has fewer limits; giving up any one of them resolves it",
                 "没有项数更少的冲突；放宽其中任何一项即可消除此冲突"}
          : Text{"giving up any one of them resolves this conflict; whether another one has fewer "
                 "limits "
                 "was not settled in the time allowed",
                 "放宽其中任何一项即可消除此冲突；是否另有项数更少的冲突，限定步数内未能判定"});
  return sheet;
}

Sheet trade_off_sheet(const PlanProblem& problem, PlanGoal first, PlanGoal second,
                      const std::vector<TradeOffPoint>& points, Language language) {
  Sheet sheet;
  sheet.title = {fmt::format("Trade-off: {} against {}", goal_text(first).en, goal_text(second).en),
                 fmt::format("权衡：{}与{}", goal_text(first).zh, goal_text(second).zh)};
  sheet.columns = {{"point", {"point", "方案"}, CellKind::Number, true},
                   {"first", goal_text(first), CellKind::Text},
                   {"second", goal_text(second), CellKind::Text},
                   {"points", {"points by the policy", "按办法得分"}, CellKind::Number},
                   {"firms", {"firms", "企业数"}, CellKind::Number},
                   {"proven", {"proven best", "已证最优"}, CellKind::Text},
                   {"who", {"who", "企业"}, CellKind::Text, false, true}};
  const bool zh = language == Language::Zh;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const TradeOffPoint& one = points[i];
    std::vector<std::string> names;
    for (const Placement& placed : one.placements) {
      names.push_back(problem.projects[placed.project].name);
    }
    const auto reached = [&](PlanGoal goal) {
      return words(goal_amount(goal, one.value.reached[static_cast<std::size_t>(goal)], language));
    };
    sheet.rows.push_back({static_cast<double>(i + 1), reached(first), reached(second),
                          one.value.total, count(one.placements.size()),
                          words(one.proven ? (zh ? "是" : "yes") : (zh ? "否" : "no")),
                          words(join_words(names, language))});
  }
  return sheet;
}

}  // namespace liantu
