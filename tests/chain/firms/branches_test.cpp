#include "chain/firms/branches.hpp"

#include <numeric>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/chain/gaps/gaps.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::firm;
using test::sketch;

Branches branches_of(const EnterpriseGraph& graph) {
  std::vector<FirmId> firms;
  for (std::uint32_t i = 0; i < graph.size(EntityKind::Firm); ++i) firms.push_back(FirmId{i});
  return {graph, firms};
}

TEST(Branches, ABranchIsItsFirmsWhateverItIsCalled) {
  const EnterpriseGraph graph = sketch(
      "示例电池有限公司; 示例电池有限公司重庆分公司; 示例电池有限公司重庆分公司江北营业部; "
      "示例电池有限责任公司大渡口门市部; 虚构电池有限公司; 没有的有限公司分公司");
  const Branches branches = branches_of(graph);
  const auto head = [&](std::string_view name) -> std::string {
    const auto found = branches.head_of(firm(graph, name));
    return found ? std::string(graph.name(graph.entity(*found))) : "none";
  };
  EXPECT_EQ(head("示例电池有限公司重庆分公司"), "示例电池有限公司");
  EXPECT_EQ(head("示例电池有限公司重庆分公司江北营业部"), "示例电池有限公司重庆分公司");
  EXPECT_EQ(head("示例电池有限责任公司大渡口门市部"), "示例电池有限公司") << "one spelling";
  EXPECT_EQ(head("示例电池有限公司"), "none");
  EXPECT_EQ(head("虚构电池有限公司"), "none");
  EXPECT_EQ(head("没有的有限公司分公司"), "none");
}

TEST(Branches, HowNamesAreWrittenDecidesNothing) {
  const EnterpriseGraph graph = sketch(
      "示例電池有限公司; 示例电池有限公司分公司; 甲厂; 甲厂营业部; Example厂; Example厂门市部; "
      "虚构责任有限公司; 虚构责任有限公司分公司");
  const Branches branches = branches_of(graph);
  EXPECT_EQ(branches.head_of(firm(graph, "示例电池有限公司分公司")),
            firm(graph, "示例電池有限公司"));
  EXPECT_EQ(branches.head_of(firm(graph, "甲厂营业部")), firm(graph, "甲厂"));
  EXPECT_EQ(branches.head_of(firm(graph, "Example厂门市部")), firm(graph, "Example厂"));
  EXPECT_EQ(branches.head_of(firm(graph, "虚构责任有限公司分公司")),
            firm(graph, "虚构责任有限公司"));
}

// The firm makes 100 of 电池; its branch 40 of 电池, 7 of 电芯 below it and 5 of 隔膜.
TEST(Branches, WhatTheFirmStatesHoldsWhatItsBranchDoes) {
  const EnterpriseGraph graph = sketch(
      "示例电池有限公司 -makes{amount=100}-> 电池; 示例电池有限公司分公司 -makes{amount=40}-> "
      "电池; "
      "示例电池有限公司分公司 -makes{amount=7}-> 电芯; "
      "示例电池有限公司分公司 -makes{amount=5}-> 隔膜; 电芯 -part_of-> 电池");
  const Taxonomy taxonomy(graph);
  const Productions productions(graph, taxonomy, 0);
  std::vector<Statement> branch = productions.statements(firm(graph, "示例电池有限公司分公司"));
  ASSERT_EQ(branch.size(), 3U);
  leave_out_what_the_head_says(taxonomy, productions.statements(firm(graph, "示例电池有限公司")),
                               branch);
  ASSERT_EQ(branch.size(), 1U);
  EXPECT_EQ(graph.name(graph.entity(branch[0].segment)), "隔膜");
}

TEST(Branches, AnOutputThatOnlyTheBranchStatesStays) {
  const EnterpriseGraph graph = sketch(
      "示例电池有限公司 -makes-> 电池; 示例电池有限公司分公司 -makes{amount=40}-> 电池; "
      "示例电池有限公司乙分公司 -makes-> 电池");
  const Taxonomy taxonomy(graph);
  const Productions productions(graph, taxonomy, 0);
  const auto left = [&](std::string_view name) {
    std::vector<Statement> branch = productions.statements(firm(graph, name));
    leave_out_what_the_head_says(taxonomy, productions.statements(firm(graph, "示例电池有限公司")),
                                 branch);
    return branch.size();
  };
  EXPECT_EQ(left("示例电池有限公司分公司"), 1U);
  EXPECT_EQ(left("示例电池有限公司乙分公司"), 0U) << "one maker at law";
}

// Needed 甲's 200 × 0.5 = 100 of 隔膜; made here by a firm 30 and by its branch 20 of these 30.
TEST(Branches, GapsCountAFirmAndItsBranchOnce) {
  const auto supply = [](const std::string& branch_of) {
    const EnterpriseGraph graph = sketch(
        "甲{region=500104} -makes{amount=200}-> 电池; 电池 -requires{coef=0.5}-> 隔膜; "
        "示例膜有限公司{region=500104} -makes{amount=30}-> 隔膜; " +
        branch_of + "大渡口分公司{region=500104} -makes{amount=20}-> 隔膜");
    GapOptions options;
    options.district.region = RegionCode(500104);
    const GapReport report = find_gaps(graph, options);
    return report.gaps.size() == 1 && report.gaps[0].supply ? report.gaps[0].supply->value : -1;
  };
  EXPECT_EQ(supply("示例膜有限公司"), 30);
  EXPECT_EQ(supply("虚构膜有限公司"), 50) << "its firm is not here";
}

}  // namespace
}  // namespace liantu
