#include "liantu/report/land/plan_sheet.hpp"

#include <string>

#include <gtest/gtest.h>

#include "liantu/base/files/json.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

PlanSetUp set_up() {
  PlanSetUp set;
  PlanProblem& problem = set.problem;
  problem.policy.name = "p";
  problem.policy.weights = {50, 50, 0, 0};
  problem.policy.tax_per_mu = 1e5;
  problem.policy.energy_tce = 1e4;
  problem.sites = {{.name = "一", .mu = 30, .use = "一类"}, {.name = "二", .mu = 10}};
  problem.gaps = {{"隔膜", 1e8}};
  problem.projects.resize(3);
  problem.projects[0] = {.name = "甲", .firm = FirmId{0}, .mu = 20, .tax = 2e6};
  problem.projects[0].fills = {{0, 5e7}};
  problem.projects[0].assumed = true;
  problem.projects[1] = {.name = "乙", .firm = FirmId{1}, .mu = 60, .tax = 9e6};
  problem.projects[2] = {.name = "丙", .firm = FirmId{2}, .mu = 25, .tax = 1e5};
  problem.locks = {{0, 0}};
  set.unplaceable = {FirmId{3}};
  return set;
}

LandPlan plan_of(const PlanSetUp& set) {
  LandPlan plan;
  plan.placements = {{0, 0}};
  plan.value = plan_value(set.problem, plan.placements);
  plan.bound = plan.value.total * 1.01;
  plan.method = PlanMethod::Limited;
  return plan;
}

// 甲 on 20 of 30 mu: 5e7 of 1e8 are 25 points, 2e6 of 4e6 of tax as many.
TEST(PlanSheet, RowsSayWhoStandsWhereAndWhatIsLeft) {
  const PlanSetUp set = set_up();
  const LandPlan plan = plan_of(set);
  const Sheet sheet = plan_sheet(set, plan, Language::Zh);
  ASSERT_EQ(sheet.rows.size(), 1U);
  EXPECT_EQ(sheet.rows[0],
            (std::vector<SheetCell>{"一",
                                    "甲",
                                    20.0,
                                    5e7,
                                    2e6,
                                    1e5,
                                    {},
                                    1.0,
                                    "隔膜 5,000万元",
                                    {},
                                    {},
                                    "指定；需求按现址数据；未知、未计入限额：用地性质、能耗"}));
  EXPECT_EQ(
      sheet.notes[0].zh,
      "方案得分 50；任何方案不超过 50.5（间隙 1%）；混合整数规划，到时限为止；已逐项核对全部限制");
  const Sheet sites = plan_sites_sheet(set.problem, plan, Language::Zh);
  ASSERT_EQ(sites.rows.size(), 2U);
  EXPECT_EQ(sites.rows[0][2], SheetCell(20.0));
  EXPECT_EQ(sites.rows[0][3], SheetCell(10.0));
  EXPECT_EQ(sites.rows[1][3], SheetCell(10.0));
  const Sheet goals = plan_goals_sheet(set.problem, plan, Language::Zh);
  EXPECT_EQ(goals.rows.back().back(), SheetCell(50.0));
}

TEST(PlanSheet, WhoIsLeftOutIsToldWhy) {
  const EnterpriseGraph graph = test::sketch("甲; 乙; 丙; 丁");
  const PlanSetUp set = set_up();
  const Sheet left = plan_left_sheet(graph, set, plan_of(set), Language::Zh);
  ASSERT_EQ(left.rows.size(), 3U);
  EXPECT_EQ(left.rows[0][1], SheetCell("任何地块都不可行：地块“一”面积 30 亩、地块“二”面积 10 亩"));
  EXPECT_EQ(left.rows[1][1], SheetCell("可安排，但同样的土地和指标上其他企业得分更高"));
  EXPECT_EQ(left.rows[2], (std::vector<SheetCell>{"丁", "用地需求未知"}));
}

TEST(PlanSheet, JsonAndBoardHoldThePlan) {
  const EnterpriseGraph graph = test::sketch("甲; 乙; 丙; 丁");
  const PlanSetUp set = set_up();
  const LandPlan plan = plan_of(set);
  const JsonValue root = parse_json(plan_json(graph, set, plan, {}), "plan.json");
  EXPECT_EQ(*root.find("schema")->as_string(), "liantu.plan/1");
  EXPECT_EQ(*root.find("method")->as_string(), "limited");
  EXPECT_EQ(*root.find("placements")->as_array()->front().find("firm")->as_string(), "甲");
  EXPECT_EQ(*root.find("land_unknown")->as_array()->front().as_string(), "丁");
  const std::string board = site_board_svg(set.problem, plan, {}, Language::Zh);
  // 20 of 30 mu are two thirds of the largest plot's 1000 pixels.
  EXPECT_NE(board.find("width=\"666.7\""), std::string::npos);
  EXPECT_NE(board.find("一：30 亩，一类，剩余 10 亩"), std::string::npos);
}

TEST(PlanSheet, ConflictsAndTradeOffsAreListed) {
  const PlanSetUp set = set_up();
  const Sheet conflict =
      conflict_sheet(set.problem, {{{LimitKind::Area, 0}, {LimitKind::Lock, 0}}}, Language::En);
  EXPECT_EQ(conflict.rows[1], (std::vector<SheetCell>{"locked: 甲 on 一"}));
  TradeOffPoint point{{{0, 0}}, plan_value(set.problem, {{0, 0}}), true};
  const Sheet sheet =
      trade_off_sheet(set.problem, PlanGoal::Tax, PlanGoal::Leakage, {point}, Language::Zh);
  EXPECT_EQ(sheet.rows[0],
            (std::vector<SheetCell>{1.0, "200万元", "5,000万元", 50.0, 1.0, "是", "甲"}));
  const JsonValue root = parse_json(
      trade_off_json(set.problem, PlanGoal::Tax, PlanGoal::Leakage, {point}, {}), "front.json");
  EXPECT_EQ(*root.find("points")->as_array()->front().find("first")->as_number(), 2e6);
}

}  // namespace
}  // namespace liantu
