#include "report/land/plan_words.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "liantu/base/values/money.hpp"
#include "report/land/per_mu_words.hpp"
#include "report/words/words.hpp"

namespace liantu {

std::vector<SiteUse> site_uses(const PlanProblem& problem, const LandPlan& plan) {
  std::vector<SiteUse> uses(problem.sites.size());
  for (std::size_t s = 0; s < uses.size(); ++s) uses[s].site = &problem.sites[s];
  for (const Placement& one : plan.placements) {
    const PlanProject& project = problem.projects[one.project];
    SiteUse& use = uses[one.site];
    use.mu += land_taken(project, problem.sites[one.site]).value_or(0);
    use.energy += project.energy_tce.value_or(0);
    use.emission += project.emission_t.value_or(0);
    use.tax += project.tax.value_or(0);
    use.projects.push_back(one.project);
  }
  return uses;
}

Text worth_text(const LandPlan& plan) {
  const std::string value = short_number(plan.value.total, 2);
  const std::string bound = short_number(plan.bound, 2);
  const std::string gap = short_number(plan.gap() * 100, 2);
  const Text method = plan.interrupted ? Text{"interrupted, the best plan until then",
                                              "计算被中断，为此前最好的方案"}
                                       : method_text(plan.method);
  return {
      fmt::format("worth {} points; no plan is worth more than {} (gap {} %); {}; checked against "
                  "every limit",
                  value, bound, gap, method.en),
      fmt::format("方案得分 {}；任何方案不超过 {}（间隙 {}%）；{}；已逐项核对全部限制", value,
                  bound, gap, method.zh)};
}

std::string goal_amount(PlanGoal goal, double value, Language language) {
  const bool zh = language == Language::Zh;
  switch (goal) {
    case PlanGoal::Jobs:
      return short_number(value, 0) + (zh ? "人" : "");
    case PlanGoal::Closure:
      return short_number(value, 2) + (zh ? "个" : "");
    default:
      return format_money(Money{value}, language);
  }
}

std::string fills_text(const PlanProblem& problem, std::size_t project, Language language) {
  std::vector<std::string> parts;
  for (const auto& [gap, amount] : problem.projects[project].fills) {
    const std::string& name = problem.gaps[gap].name;
    parts.push_back(amount > 0 ? fmt::format("{} {}", name, format_money(Money{amount}, language))
                               : name);
  }
  return join_words(parts, language);
}

std::string placement_remark(const PlanProblem& problem, const Placement& placement,
                             Language language) {
  const bool zh = language == Language::Zh;
  const PlanProject& project = problem.projects[placement.project];
  const PlanSite& site = problem.sites[placement.site];
  std::vector<std::string> parts;
  if (std::ranges::find(problem.locks, placement) != problem.locks.end()) {
    parts.emplace_back(zh ? "指定" : "locked");
  }
  if (project.assumed) parts.emplace_back(zh ? "需求按现址数据" : "needs as where it stands now");
  std::vector<std::string> open;
  if (!site.use.empty() && project.use.empty()) open.emplace_back(zh ? "用地性质" : "class of use");
  const bool energy = site.energy_tce || problem.policy.energy_tce;
  const bool emission = site.emission_t || problem.policy.emission_t;
  if (energy && !project.energy_tce) open.emplace_back(zh ? "能耗" : "energy");
  if (emission && !project.emission_t) open.emplace_back(zh ? "排放" : "emissions");
  if (!problem.policy.budget.empty() && !project.cost) open.emplace_back(zh ? "财政投入" : "cost");
  if (!open.empty()) {
    parts.push_back((zh ? "未知、未计入限额：" : "not known and not counted: ") +
                    join_words(open, language));
  }
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : zh ? "；" : "; ") + part;
  return text;
}

std::string left_out_text(const PlanProblem& problem, std::size_t project, Language language) {
  const bool zh = language == Language::Zh;
  PlanProblem alone = problem;
  alone.locks.clear();
  alone.must_fill.clear();
  std::set<PlanLimit> kept_off;
  for (std::size_t s = 0; s < problem.sites.size(); ++s) {
    const std::vector<PlanLimit> limits = check_plan(alone, {{project, s}});
    if (limits.empty()) {
      return zh ? "可安排，但同样的土地和指标上其他企业得分更高"
                : "could be placed; others are worth more on the same land and quotas";
    }
    kept_off.insert(limits.begin(), limits.end());
  }
  constexpr std::size_t kNamed = 4;
  std::vector<std::string> names;
  for (const PlanLimit& limit : kept_off) {
    if (names.size() == kNamed) break;
    names.push_back(limit_text(problem, limit).in(language));
  }
  const std::string more = kept_off.size() > kNamed ? fmt::format("{}{}", zh ? "等 " : " and ",
                                                                  kept_off.size() - kNamed) +
                                                          (zh ? " 项" : " more")
                                                    : std::string();
  return (zh ? "任何地块都不可行：" : "fits no plot: ") + join_words(names, language) + more;
}

}  // namespace liantu
