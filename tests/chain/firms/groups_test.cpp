#include "chain/firms/groups.hpp"

#include <vector>

#include <gtest/gtest.h>

#include "liantu/graph/builder.hpp"

namespace liantu {
namespace {

TEST(Groups, WhoseNameTwoOthersCarryLeavesTheMakingToThem) {
  GraphBuilder builder;
  std::vector<FirmId> firms;
  for (const char* name :
       {"示例钢铁(集团)有限责任公司", "示例钢铁集团矿业有限公司", "示例钢铁集团建设工程有限公司",
        "乙机械集团有限公司", "乙机械集团齿轮有限公司", "丙布厂"}) {
    firms.push_back(FirmId{builder.add(EntityKind::Firm, name).local});
  }
  const EnterpriseGraph graph = builder.build();
  const Groups groups(graph, firms);
  EXPECT_TRUE(groups.leaves_making(firms[0]));
  EXPECT_FALSE(groups.leaves_making(firms[1])) << "a member says what it does";
  EXPECT_FALSE(groups.leaves_making(firms[3])) << "one member may be a workshop of it";
  EXPECT_FALSE(groups.leaves_making(firms[5]));
}

TEST(Groups, OfNoFirmsThereAreNone) {
  GraphBuilder builder;
  const FirmId firm{builder.add(EntityKind::Firm, "甲集团有限公司").local};
  const EnterpriseGraph graph = builder.build();
  EXPECT_FALSE(Groups(graph, {}).leaves_making(firm));
}

}  // namespace
}  // namespace liantu
