#include "liantu/land/plan/plan_policy.hpp"

#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "support/source_tree.hpp"

namespace liantu {
namespace {

void refuse(const std::string& text, std::string_view words) {
  SCOPED_TRACE(text);
  try {
    (void)parse_plan_policy(text, "布局.json");
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::InvalidData);
    EXPECT_TRUE(error.message().en.starts_with("布局.json:1:")) << error.message().en;
    EXPECT_NE(error.message().en.find(words), std::string::npos) << error.message().en;
    EXPECT_NE(error.message().en, error.message().zh);
  }
}

std::string with(std::string_view more) {
  return R"({"name": "p", "weights": {"leakage": 100})" + std::string(more) + "}";
}

TEST(PlanPolicy, WholePolicyIsRead) {
  const PlanPolicy policy = parse_plan_policy(
      R"({"name": "p", "about": "x", "weights": {"leakage": 40, "tax": 30, "jobs": 10, "closure": 20},
       "tax_per_mu": 300000, "jobs_per_mu": 6, "later_firm": 0.4,
       "uses": [{"name": "一类"}, {"name": "二类", "takes": ["一类"]}],
       "apart": [{"kinds": ["食品", "化工"], "reason": "味"}], "clusters": [{"kind": "医", "points": 2}],
       "budget": [5, 6], "energy_tce": 7, "emission_t": 8,
       "floors": [{"numerator": "tax", "unit": "万元/亩", "at_least": 10, "reason": "r"}],
       "unknown": "refuse"})",
      "布局.json");
  PlanPolicy expected;
  expected.name = "p";
  expected.about = {"x", "x"};
  expected.weights = {40, 30, 10, 20};
  expected.tax_per_mu = 300000;
  expected.jobs_per_mu = 6;
  expected.later_firm = 0.4;
  expected.uses = {{"一类", {}}, {"二类", {"一类"}}};
  expected.apart = {{"食品", "化工", {"味", "味"}}};
  expected.clusters = {{"医", 2}};
  expected.budget = {5, 6};
  expected.energy_tce = 7;
  expected.emission_t = 8;
  expected.floors = {{Quantity::Tax, Quantity::Land, "万元/亩", 10, {"r", "r"}}};
  expected.unknown = UnknownFigure::Refuse;
  EXPECT_EQ(policy, expected);
}

TEST(PlanPolicy, EveryFaultIsNamedWithItsPlace) {
  refuse("[]", "object");
  refuse(R"({"name": "p"})", "weights");
  refuse(R"({"name": "p", "weights": {"leakage": 99}})", "sum to 99");
  refuse(R"({"name": "p", "weights": {"luck": 100}})", "not a goal");
  refuse(R"({"name": "p", "weights": {"leakage": 110, "closure": -10}})", "negative");
  refuse(R"({"name": "p", "weights": {"tax": 100}})", "tax_per_mu");
  refuse(with(R"(, "colour": 1)"), "colour");
  refuse(with(R"(, "later_firm": 2)"), "outside");
  refuse(with(R"(, "uses": [{"name": "a"}, {"name": "a"}])"), "stands twice");
  refuse(with(R"(, "uses": [{"name": "a", "takes": ["b"]}])"), "no class of use");
  refuse(with(R"(, "apart": [{"kinds": ["a"], "reason": "r"}])"), "two kinds");
  refuse(with(R"(, "clusters": [{"kind": "a", "points": 0}])"), "above 0");
  refuse(with(R"(, "budget": [-1])"), "negative");
  refuse(with(R"(, "energy_tce": -1)"), "negative");
  refuse(with(R"(, "unknown": "maybe")"), "not known here");
  refuse(
      with(
          R"(, "floors": [{"numerator": "research", "unit": "万元/亩", "at_least": 1, "reason": "r"}])"),
      "only floors by land");
}

TEST(PlanPolicy, BundledPolicyIsWellFormed) {
  std::stringstream text;
  text << std::ifstream(test::source_tree() + "/examples/land/plan.json").rdbuf();
  EXPECT_EQ(parse_plan_policy(text.str(), "plan.json").weights[0], 40);
}

TEST(PlanPolicy, GoalsReadBack) {
  for (const PlanGoal goal : kGoals) EXPECT_EQ(parse_goal(goal_word(goal)), goal);
  EXPECT_EQ(parse_goal("luck"), std::nullopt);
  EXPECT_EQ(goal_text(PlanGoal::Tax).zh, "税收");
}

}  // namespace
}  // namespace liantu
