#include "links/paths/entity_order.hpp"

#include <string>

#include <gtest/gtest.h>

#include "liantu/graph/builder.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

TEST(EntityOrder, HubsStandAtTheEndAndEqualsByTheirIds) {
  const EnterpriseGraph graph =
      test::sketch("甲 -supplies-> 乙; 甲 -owns-> 丙; 甲 -cooperates-> 丁; 丙 -supplies-> 丁");
  const EntityOrder order(graph);
  // Relations: 甲 3, 乙 1, 丙 2, 丁 2.
  ASSERT_EQ(order.size(), 4U);
  EXPECT_EQ(order.entity(0), EntityId{1});
  EXPECT_EQ(order.entity(1), EntityId{2});
  EXPECT_EQ(order.entity(2), EntityId{3});
  EXPECT_EQ(order.entity(3), EntityId{0});
  for (std::uint32_t place = 0; place < 4; ++place) {
    EXPECT_EQ(order.place(order.entity(place)), place);
  }
}

TEST(EntityOrder, VeryLargeHubsAreInOrderToo) {
  GraphBuilder builder;
  constexpr std::uint32_t kFirms = 9000;
  for (std::uint32_t i = 0; i < kFirms; ++i) {
    builder.add(EntityKind::Firm, "厂" + std::to_string(i));
  }
  for (std::uint32_t i = 3; i < kFirms; ++i) {
    builder.relate(RelationKind::Supplies, FirmId{0}, FirmId{i});
    if (i % 2 == 0) builder.relate(RelationKind::Supplies, FirmId{1}, FirmId{i});
    if (i != 3) builder.relate(RelationKind::Supplies, FirmId{2}, FirmId{i});
  }
  const EntityOrder order(builder.build());
  EXPECT_EQ(order.entity(kFirms - 1), EntityId{0});
  EXPECT_EQ(order.entity(kFirms - 2), EntityId{2});
  EXPECT_EQ(order.entity(kFirms - 3), EntityId{1});
}

TEST(EntityOrder, AGraphWithoutEntitiesHasNone) {
  EXPECT_EQ(EntityOrder(EnterpriseGraph()).size(), 0U);
}

}  // namespace
}  // namespace liantu
