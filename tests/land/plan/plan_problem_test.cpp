#include "liantu/land/plan/plan_problem.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

// 龙头 in the district makes 电池 for 1e8 and so needs 隔膜 for 3e7 and 铜箔 for 1e7.
EnterpriseGraph graph() {
  return test::sketch(
      "龙头{region=500104,anchor} -makes{output=1e8}-> 电池; 电池 -requires{coef=0.3}-> 隔膜; "
      "电池 -requires{coef=0.1}-> 铜箔; 隔膜 -part_of-> 新材料; "
      "甲{region=440300,land=12,tax=1e6,staff=50} -makes{output=2e7,share=1}-> 隔膜; "
      "乙{region=440300} -makes{output=9e7,share=0.5}-> 隔膜; 乙 -makes{output=9e6,share=0.5}-> "
      "铜箔; "
      "丙{region=440300} -makes{output=1e6,share=1}-> 铜箔");
}

PlanSetUp set_up(const EnterpriseGraph& graph, const PlanPolicy& policy,
                 const std::vector<SiteRow>& sites, const std::vector<ProjectRow>& projects) {
  GapOptions options;
  options.district.region = RegionCode{500104};
  const GapReport report = find_gaps(graph, options);
  return set_up_plan(graph, report, rank_prospects(graph, report), policy, sites, projects);
}

SiteRow site(std::string name, double mu) {
  SiteRow row;
  row.name = std::move(name);
  row.land_mu = mu;
  return row;
}

const PlanProject& project(const PlanSetUp& set, std::string_view name) {
  return *std::ranges::find(set.problem.projects, name, &PlanProject::name);
}

TEST(PlanProblem, RowsComeFirstAndTheRestIsAssumed) {
  const EnterpriseGraph made = graph();
  ProjectRow row;
  row.firm = "乙";
  row.land_mu = 20;
  row.use = "一类";
  row.tax_cny = 3e6;
  row.probability = 0.5;
  SiteRow second = site("二", 40);
  second.neighbours = {"一"};
  const PlanSetUp set = set_up(made, {}, {site("一", 30), second}, {row});
  ASSERT_EQ(set.problem.projects.size(), 2U);
  const PlanProject& stated = project(set, "乙");
  EXPECT_EQ(stated.mu, 20.0);
  EXPECT_EQ(stated.tax, 3e6);
  EXPECT_EQ(stated.probability, 0.5);
  EXPECT_FALSE(stated.assumed);
  const PlanProject& now = project(set, "甲");
  EXPECT_EQ(now.mu, 12.0);
  EXPECT_EQ(now.jobs, 50.0);
  EXPECT_TRUE(now.assumed);
  EXPECT_EQ(now.kind, "新材料");
  EXPECT_EQ(set.unplaceable, (std::vector<FirmId>{test::firm(made, "丙")}));
  EXPECT_EQ(set.problem.sites[1].neighbours, (std::vector<std::size_t>{0}));
  ASSERT_EQ(set.problem.gaps.size(), 2U);
  for (const PlanGap& gap : set.problem.gaps) {
    EXPECT_NEAR(gap.leakage, gap.name == "隔膜" ? 3e7 : 1e7, 1);
  }
  ASSERT_EQ(now.fills.size(), 1U);
  EXPECT_NEAR(now.fills[0].second, 2e7, 1);
}

void refuse(const PlanPolicy& policy, const std::vector<SiteRow>& sites,
            const std::vector<ProjectRow>& projects, ErrorCode code) {
  try {
    (void)set_up(graph(), policy, sites, projects);
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code);
    EXPECT_NE(error.message().en, error.message().zh);
  }
}

TEST(PlanProblem, WhatTheTablesGetWrongIsRefused) {
  PlanPolicy policy;
  policy.uses = {{"一类", {}}};
  SiteRow strange = site("一", 30);
  strange.use = "九类";
  refuse(policy, {strange}, {}, ErrorCode::InvalidData);
  SiteRow lonely = site("一", 30);
  lonely.neighbours = {"三"};
  refuse(policy, {lonely}, {}, ErrorCode::InvalidData);
  ProjectRow row;
  row.firm = "甲";
  row.use = "九类";
  refuse(policy, {site("一", 30)}, {row}, ErrorCode::InvalidData);
  refuse(policy, {}, {}, ErrorCode::InvalidArgument);
}

TEST(PlanProblem, RowsOfNoProspectAreTold) {
  ProjectRow unknown;
  unknown.firm = "无此企业";
  ProjectRow local;
  local.firm = "龙头";
  const PlanSetUp set = set_up(graph(), {}, {site("一", 30)}, {unknown, local});
  std::vector<std::string> kinds;
  for (const Problem& note : set.notes) kinds.push_back(note.kind);
  EXPECT_EQ(kinds, (std::vector<std::string>{"unknown-firm", "no-prospect"}));
}

}  // namespace
}  // namespace liantu
