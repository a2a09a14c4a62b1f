#include "liantu/chain/economy/sector_kinds.hpp"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "liantu/graph/builder.hpp"

namespace liantu {
namespace {

SegmentId sector(GraphBuilder& builder, const char* name, const char* industries) {
  const SegmentId one{builder.add(EntityKind::Segment, name).local};
  builder.set(one, EntityNumber::OutputShare, {0.1, Basis::Stated});
  builder.set(one, EntityText::Industry, industries);
  return one;
}

const GoodsKind& kind(std::string_view name) {
  return *std::ranges::find_if(goods_kinds(),
                               [&](const GoodsKind& one) { return one.name.zh == name; });
}

TEST(SectorKinds, ASectorMakesThoseOfItsIndustriesAndAProductNone) {
  GraphBuilder builder;
  const SegmentId rubber = sector(builder, "橡胶制品", "C291");
  const SegmentId section = sector(builder, "制造", "C");
  const SegmentId product{builder.add(EntityKind::Segment, "轮胎").local};
  builder.set(product, EntityText::Industry, "C2911");
  const EnterpriseGraph graph = builder.build();
  const auto made = kinds_made_in(graph, rubber);
  EXPECT_NE(std::ranges::find(made, &kind("轮胎")), made.end());
  EXPECT_EQ(std::ranges::find(made, &kind("面料")), made.end());
  EXPECT_TRUE(kinds_made_in(graph, section).empty());
  EXPECT_TRUE(kinds_made_in(graph, product).empty());
}

TEST(SectorKinds, WhatAFirmWasPutIntoASectorByIsReadFromTheRelation) {
  GraphBuilder builder;
  const SegmentId shoes = sector(builder, "鞋", "C195");
  const FirmId firm{builder.add(EntityKind::Firm, "示例鞋厂").local};
  const FirmId other{builder.add(EntityKind::Firm, "另一示例鞋厂").local};
  EdgeAttributes detail;
  detail.detail = "C195 制鞋业: 皮鞋";
  builder.relate(RelationKind::Makes, firm, shoes, detail, {});
  detail.detail = "皮鞋";
  builder.relate(RelationKind::Makes, other, shoes, detail, {});
  const EnterpriseGraph graph = builder.build();
  const Relation makes = graph.relation(RelationKind::Makes);
  for (std::uint64_t e = 0; e < makes.size(); ++e) {
    const bool first = graph.name(makes.source(EdgeId{e})) == "示例鞋厂";
    EXPECT_EQ(industry_of(graph, EdgeId{e}), first ? "C195" : "");
  }
}

TEST(SectorKinds, WhoMakesPartsIsOfTheClassOfParts) {
  GraphBuilder builder;
  const SegmentId cycles = sector(builder, "其他交通运输设备", "C375");
  const auto industry = [&](const char* name, const char* detail) {
    const FirmId firm{builder.add(EntityKind::Firm, name).local};
    EdgeAttributes attributes;
    attributes.detail = detail;
    builder.relate(RelationKind::Makes, firm, cycles, attributes, {});
  };
  industry("示例甲厂", "C375 摩托车制造: 摩托车配件");
  industry("示例乙厂", "C375 摩托车制造: 摩托车");
  industry("示例丙厂", "C375 摩托车制造");
  const EnterpriseGraph graph = builder.build();
  std::vector<std::string_view> found;
  for (std::uint64_t e = 0; e < 3; ++e) found.push_back(industry_of(graph, EdgeId{e}));
  EXPECT_EQ(found, (std::vector<std::string_view>{"C3752", "C3751", "C375"}));
}

TEST(SectorKinds, WordsOfAFirmTellTheClass) {
  GraphBuilder builder;
  const SegmentId glass = sector(builder, "玻璃和玻璃制品", "C304;C305;C306");
  const auto industry = [&](const char* name, const char* detail) {
    const FirmId firm{builder.add(EntityKind::Firm, name).local};
    EdgeAttributes attributes;
    attributes.detail = detail;
    builder.relate(RelationKind::Makes, firm, glass, attributes, {});
  };
  industry("示例甲厂", "C306 玻璃纤维和玻璃纤维增强塑料制品制造: 玻璃钢");
  industry("示例乙厂", "C306 玻璃纤维和玻璃纤维增强塑料制品制造: 玻纤");
  industry("示例丙厂", "C304 玻璃制造: 玻璃钢");
  const EnterpriseGraph graph = builder.build();
  std::vector<std::string_view> found;
  for (std::uint64_t e = 0; e < 3; ++e) found.push_back(industry_of(graph, EdgeId{e}));
  EXPECT_EQ(found, (std::vector<std::string_view>{"C3062", "C3061", "C304"}))
      << "a word of another industry tells nothing";
  EXPECT_TRUE(takes(graph, EdgeId{0}, kind("玻璃纤维")));
  EXPECT_FALSE(takes(graph, EdgeId{1}, kind("玻璃纤维"))) << "makes it";
  EXPECT_TRUE(names(graph, EdgeId{1}, kind("玻璃纤维")));
  EXPECT_FALSE(names(graph, EdgeId{0}, kind("玻璃纤维")));
}

TEST(SectorKinds, TheProductSaidMostSurelyIsToldOfASector) {
  GraphBuilder builder;
  const SegmentId cables = sector(builder, "电线电缆", "C383");
  const FirmId firm{builder.add(EntityKind::Firm, "示例线缆厂").local};
  const auto product = [&](const char* name, const char* industry, float sure) {
    const SegmentId made{builder.add(EntityKind::Segment, name).local};
    builder.set(made, EntityText::Industry, industry);
    Provenance from;
    from.confidence = sure;
    builder.relate(RelationKind::Makes, firm, made, {}, from);
    return made;
  };
  product("光缆", "C383", 0.5F);
  const SegmentId wire = product("电线", "C3831", 0.8F);
  product("钢材", "C313", 0.9F);
  const EnterpriseGraph graph = builder.build();
  EXPECT_EQ(product_made(graph, firm, cables), wire);
  EXPECT_EQ(product_made(graph, firm, wire), std::nullopt);
}

}  // namespace
}  // namespace liantu
