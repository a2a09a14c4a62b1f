#include "liantu/chain/economy/goods_kinds.hpp"

#include <algorithm>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "liantu/base/values/industry.hpp"
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

TEST(GoodsKinds, EachHasNamesWordsAndCodesThatExist) {
  std::set<std::string> names;
  const auto exists = [](std::string_view code) {
    return std::ranges::any_of(industries(),
                               [&](const Industry& one) { return one.code.starts_with(code); });
  };
  for (const GoodsKind& one : goods_kinds()) {
    EXPECT_TRUE(names.insert(one.name.zh).second) << one.name.zh;
    EXPECT_FALSE(one.name.en.empty() || one.words.empty() || one.made_in.empty()) << one.name.zh;
    for (const std::string_view code : one.made_in)
      EXPECT_TRUE(exists(code)) << one.name.zh << code;
    for (const std::string_view code : one.used_in)
      EXPECT_TRUE(exists(code)) << one.name.zh << code;
  }
}

TEST(GoodsKinds, TyresGoIntoMotorcyclesAndNotIntoShoes) {
  const GoodsKind& tyres = kind("轮胎");
  EXPECT_TRUE(works_up("C375", tyres));
  EXPECT_TRUE(works_up("C3610", tyres)) << "what lies below a code";
  EXPECT_TRUE(works_up("C36", tyres)) << "as far as a short code says";
  EXPECT_FALSE(works_up("C195", tyres));
  EXPECT_FALSE(works_up("C3752", tyres)) << "parts of motorcycles";
  EXPECT_FALSE(works_up("", tyres));
  EXPECT_FALSE(works_up("C375", kind("液态奶"))) << "households buy it";
}

TEST(GoodsKinds, ASectorMakesThoseOfItsIndustriesAndAProductNone) {
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

TEST(GoodsKinds, TheLongestWordOfAProductSaysWhatItIs) {
  GraphBuilder builder;
  const SegmentId plastics = sector(builder, "合成材料", "C265");
  const EnterpriseGraph graph = builder.build();
  const auto among = kinds_made_in(graph, plastics);
  EXPECT_EQ(kind_of_product("离子交换吸附树脂", among), &kind("离子交换、吸附树脂"));
  EXPECT_EQ(kind_of_product("户外型聚酯树脂", among), &kind("粉末涂料树脂"));
  EXPECT_EQ(kind_of_product("铸造树脂", among), &kind("铸造树脂"));
  EXPECT_EQ(kind_of_product("树脂", among), &kind("通用树脂"));
  EXPECT_EQ(kind_of_product("销售费用", among), nullptr);
  EXPECT_EQ(kind_of_product("铸造树脂", {}), nullptr);
}

TEST(GoodsKinds, WhatAFirmWasPutIntoASectorByIsReadFromTheRelation) {
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

TEST(GoodsKinds, WhoMakesPartsIsOfTheClassOfParts) {
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
  EXPECT_EQ(found, (std::vector<std::string_view>{"C3752", "C375", "C375"}));
}

}  // namespace
}  // namespace liantu
