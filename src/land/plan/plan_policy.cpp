#include "liantu/land/plan/plan_policy.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/text/excerpt.hpp"
#include "land/per_mu/rule_file.hpp"

namespace liantu {
namespace {

struct GoalWords {
  std::string_view word;
  std::string_view en;
  std::string_view zh;
};

constexpr std::array<GoalWords, kGoalCount> kWords = {
    {{"leakage", "purchases brought home", "回流采购额"},
     {"tax", "tax", "税收"},
     {"jobs", "jobs", "就业"},
     {"closure", "gaps closed", "补链环节"}}};

class PolicyReader : RuleFile {
 public:
  using RuleFile::RuleFile;

  PlanPolicy read(std::string_view words) const {
    const JsonValue root = parse_json(words, name());
    only(root, {"about", "name", "weights", "tax_per_mu", "jobs_per_mu", "later_firm", "uses",
                "apart", "clusters", "budget", "energy_tce", "emission_t", "floors", "unknown"});
    PlanPolicy policy;
    policy.name = string(member(root, "name"));
    if (const JsonValue* about = root.find("about")) policy.about = text(*about);
    read_weights(root, policy);
    if (const JsonValue* later = root.find("later_firm")) policy.later_firm = share(*later);
    if (const JsonValue* uses = root.find("uses")) read_uses(*uses, policy);
    if (const JsonValue* apart = root.find("apart")) read_apart(*apart, policy);
    if (const JsonValue* clusters = root.find("clusters")) read_clusters(*clusters, policy);
    if (const JsonValue* budget = root.find("budget")) {
      for (const JsonValue& phase : array(*budget)) policy.budget.push_back(zero_or_more(phase));
    }
    if (const JsonValue* most = root.find("energy_tce")) policy.energy_tce = zero_or_more(*most);
    if (const JsonValue* most = root.find("emission_t")) policy.emission_t = zero_or_more(*most);
    if (const JsonValue* least = root.find("floors")) read_floors(*least, policy);
    if (const JsonValue* unknown = root.find("unknown")) {
      const std::string& word = string(*unknown);
      if (word != "allow" && word != "refuse") {
        fail(*unknown, fmt::format("\"{}\" is not known here", excerpt(word)),
             fmt::format("“{}”不可用", excerpt(word)), "write \"allow\" or \"refuse\"",
             "请写 \"allow\" 或 \"refuse\"");
      }
      policy.unknown = word == "allow" ? UnknownFigure::Allow : UnknownFigure::Refuse;
    }
    return policy;
  }

 private:
  double zero_or_more(const JsonValue& value) const {
    const double found = number(value);
    if (found >= 0) return found;
    fail(value, fmt::format("{} is negative", found), fmt::format("{} 为负数", found),
         "write a number of 0 or more", "请写不小于 0 的数");
  }

  void read_weights(const JsonValue& root, PlanPolicy& policy) const {
    const JsonValue& weights = member(root, "weights");
    double sum = 0;
    for (const auto& [word, value] : object(weights)) {
      const auto goal = parse_goal(word);
      if (!goal) {
        fail(value, fmt::format("\"{}\" is not a goal of a plan", excerpt(word)),
             fmt::format("“{}”不是布局目标", excerpt(word)),
             "goals are leakage, tax, jobs and closure", "目标有 leakage、tax、jobs、closure");
      }
      policy.weights[static_cast<std::size_t>(*goal)] = zero_or_more(value);
      sum += *value.as_number();
    }
    if (std::abs(sum - 100) > 1e-9) {
      fail(weights, fmt::format("the weights sum to {} instead of 100", sum),
           fmt::format("权重之和为 {}，应为 100", sum), "mend the weights", "请更正权重");
    }
    const auto reference = [&](std::string_view key, PlanGoal goal) {
      const JsonValue* value = root.find(key);
      if (value != nullptr) return above_zero(*value);
      if (policy.weights[static_cast<std::size_t>(goal)] == 0) return 0.0;
      fail(weights,
           fmt::format("\"{}\" has a weight, but no \"{}\" states what earns all of its points",
                       goal_word(goal), key),
           fmt::format("“{}”有权重，但没有 \"{}\" 说明满分水平", goal_word(goal), key),
           fmt::format("write \"{}\", a year's figure for one mu", key),
           fmt::format("请写 \"{}\"，即每亩每年的水平", key));
    };
    policy.tax_per_mu = reference("tax_per_mu", PlanGoal::Tax);
    policy.jobs_per_mu = reference("jobs_per_mu", PlanGoal::Jobs);
  }

  void read_uses(const JsonValue& value, PlanPolicy& policy) const {
    for (const JsonValue& entry : array(value)) {
      only(entry, {"name", "takes"});
      LandClass one;
      one.name = string(member(entry, "name"));
      if (const JsonValue* takes = entry.find("takes")) one.takes = strings(*takes);
      if (std::ranges::find(policy.uses, one.name, &LandClass::name) != policy.uses.end()) {
        fail(entry, fmt::format("the class of use \"{}\" stands twice", excerpt(one.name)),
             fmt::format("用地类别“{}”重复", excerpt(one.name)), "keep one of them",
             "请只保留一项");
      }
      policy.uses.push_back(std::move(one));
    }
    for (std::size_t i = 0; i < policy.uses.size(); ++i) {
      for (const std::string& taken : policy.uses[i].takes) {
        if (std::ranges::find(policy.uses, taken, &LandClass::name) != policy.uses.end()) continue;
        fail(array(value)[i], fmt::format("no class of use is called \"{}\"", excerpt(taken)),
             fmt::format("没有名为“{}”的用地类别", excerpt(taken)), "list it in \"uses\"",
             "请在 \"uses\" 中列出");
      }
    }
  }

  void read_apart(const JsonValue& value, PlanPolicy& policy) const {
    for (const JsonValue& entry : array(value)) {
      only(entry, {"kinds", "reason"});
      const JsonValue& kinds = member(entry, "kinds");
      const std::vector<std::string> two = strings(kinds);
      if (two.size() != 2) {
        fail(kinds, "a rule keeps two kinds apart", "隔离规则涉及两类项目",
             "write two words: [\"食品\", \"化工\"]", "请写两个词，如 [\"食品\", \"化工\"]");
      }
      policy.apart.push_back({two[0], two[1], text(member(entry, "reason"))});
    }
  }

  void read_clusters(const JsonValue& value, PlanPolicy& policy) const {
    for (const JsonValue& entry : array(value)) {
      only(entry, {"kind", "points"});
      policy.clusters.push_back(
          {string(member(entry, "kind")), above_zero(member(entry, "points"))});
    }
  }

  void read_floors(const JsonValue& value, PlanPolicy& policy) const {
    policy.floors = floors(value);
    for (std::size_t i = 0; i < policy.floors.size(); ++i) {
      using enum Quantity;
      constexpr Quantity kKnown[] = {Tax, Output, Revenue, Staff, Capital, Energy, Emission};
      const PerMuFloor& floor = policy.floors[i];
      const bool known = std::ranges::find(kKnown, floor.numerator) != std::end(kKnown);
      if (floor.denominator == Land && known) continue;
      fail(array(value)[i], "a plan allows only floors by land", "布局只支持按用地计的门槛",
           "write tax, output, staff, registered_capital (for investment) by land",
           "请写 tax、output、staff、registered_capital（投资额）与 land 之比");
    }
  }
};

}  // namespace

std::string_view goal_word(PlanGoal goal) { return kWords[static_cast<std::size_t>(goal)].word; }

Text goal_text(PlanGoal goal) {
  const GoalWords& words = kWords[static_cast<std::size_t>(goal)];
  return {std::string(words.en), std::string(words.zh)};
}

std::optional<PlanGoal> parse_goal(std::string_view word) {
  for (const PlanGoal goal : kGoals) {
    if (goal_word(goal) == word) return goal;
  }
  return std::nullopt;
}

PlanPolicy parse_plan_policy(std::string_view text, const std::string& file) {
  return PolicyReader(file).read(text);
}

}  // namespace liantu
