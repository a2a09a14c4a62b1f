#include "liantu/land/per_mu/quantity.hpp"

#include <gtest/gtest.h>

namespace liantu {
namespace {

TEST(Quantity, EveryWordReadsBack) {
  for (const Quantity one : kQuantities) EXPECT_EQ(parse_quantity(quantity_word(one)), one);
  EXPECT_EQ(parse_quantity("taxes"), std::nullopt);
  EXPECT_EQ(quantity_text(Quantity::ValueAdded), (Text{"value added", "增加值"}));
}

TEST(Quantity, UnitsMeasureTheirRatioOnly) {
  using enum Quantity;
  EXPECT_EQ(ratio_unit(Tax, Land, "万元/亩"), 1e4);
  EXPECT_EQ(ratio_unit(Tax, Land, "元/公顷"), 1.0 / 15);
  EXPECT_EQ(ratio_unit(Tax, Electricity, "元/千瓦时"), 1.0);
  EXPECT_EQ(ratio_unit(Tax, Electricity, "万元/万千瓦时"), 1.0);
  EXPECT_EQ(ratio_unit(ValueAdded, Energy, "万元/吨标准煤"), 1e4);
  EXPECT_EQ(ratio_unit(Research, Revenue, ""), 1.0);
  EXPECT_EQ(ratio_unit(Research, Revenue, "%"), 0.01);
  EXPECT_EQ(ratio_unit(Tax, Land, ""), std::nullopt);
  EXPECT_EQ(ratio_unit(Tax, Land, "%"), std::nullopt);
  EXPECT_EQ(ratio_unit(Tax, Land, "万元/人"), std::nullopt);
  EXPECT_EQ(ratio_unit(Staff, Land, "万元/亩"), std::nullopt);
  EXPECT_EQ(ratio_unit(Staff, Land, "人/亩"), 1.0);
}

}  // namespace
}  // namespace liantu
