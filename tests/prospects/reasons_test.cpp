#include "prospects/reasons.hpp"

#include <gtest/gtest.h>

#include "prospects/score/assessor.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

TEST(Reasons, OfEqualWaysTheOneOverTheLesserCodeIsTold) {
  // Over 客, 户 or 主, which are joined alike; 户 has the least code.
  const EnterpriseGraph graph = test::sketch(
      "甲{region=500104,anchor} -makes-> 整车 -requires-> 电池; 戊{region=440305} -makes-> 电池; "
      "戊 -supplies-> 客{code=B}; 戊 -supplies-> 户{code=A}; 供 -supplies-> 客; 供 -supplies-> 户; "
      "戊 -supplies-> 主{code=C}; 供 -supplies-> 主; "
      "供 -supplies-> 甲");
  GapOptions gaps;
  gaps.district.region = RegionCode{500104};
  const GapReport report = find_gaps(graph, gaps);
  const ProspectGround ground(graph);
  const Policy policy = default_policy();
  const Assessor assessor(ground, report, policy, nullptr, {});
  Assessor::Scratch scratch;
  const FirmId firm = test::firm(graph, "戊");
  const Assessment* found = assessor.assess(firm, scratch);
  ASSERT_NE(found, nullptr);
  ASSERT_TRUE(found->reach);
  Prospect prospect;
  prospect.firm = firm;
  prospect.gaps = found->gaps;
  const auto reach = found->reach;
  Reasons(assessor.stages(), 12).tell(prospect, reach, scratch.ways);
  ASSERT_EQ(prospect.reasons.size(), 2U);
  EXPECT_EQ(prospect.reasons[1].zh, "其客户户同时向供采购，后者正是甲的供应商");
  EXPECT_EQ(prospect.evidence.size(), 6U);
  Prospect brief;
  brief.firm = firm;
  brief.gaps = prospect.gaps;
  Reasons(assessor.stages(), 2).tell(brief, reach, scratch.ways);
  EXPECT_EQ(brief.evidence, std::vector(prospect.evidence.begin(), prospect.evidence.begin() + 2));
}

}  // namespace
}  // namespace liantu
