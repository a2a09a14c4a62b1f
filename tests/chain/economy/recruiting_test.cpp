#include "liantu/chain/economy/recruiting.hpp"

#include <algorithm>
#include <string_view>

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

TEST(Recruiting, WhatIsDugGrownBoundToItsMarketOrBarredIsNotRecruitedFor) {
  GraphBuilder builder;
  const SegmentId coal = sector(builder, "煤炭开采和洗选产品", "B06");
  const SegmentId cement = sector(builder, "水泥、石灰和石膏", "C301");
  const SegmentId tobacco = sector(builder, "烟草制品", "C16");
  const SegmentId coke = sector(builder, "煤炭加工品", "C252");
  const SegmentId other = sector(builder, "其他通用设备", "C349");
  const SegmentId battery = sector(builder, "电池", "C384");
  const EnterpriseGraph graph = builder.build();
  EXPECT_EQ(recruiting_bar(graph, coal)->reason.zh, "受资源产地限制，随矿产、水源、农产地布局");
  EXPECT_EQ(recruiting_bar(graph, cement)->reason.en,
            "sold, or collected, within a short radius: a plant stands at every market");
  EXPECT_EQ(recruiting_bar(graph, tobacco)->source.zh, "《中华人民共和国烟草专卖法》第三条");
  EXPECT_EQ(recruiting_bar(graph, coke)->source.zh, "生态环境部环环评〔2021〕45号");
  EXPECT_EQ(recruiting_bar(graph, other)->reason.zh, "类别过宽，看不出缺什么");
  EXPECT_EQ(recruiting_bar(graph, battery), nullptr);
}

TEST(Recruiting, ASectorWithOneFreeIndustryIsFreeAndAProductAlways) {
  GraphBuilder builder;
  const SegmentId both = sector(builder, "钢结构和钢", "C312;C331");
  const SegmentId unknown = sector(builder, "未分类", "");
  const SegmentId product{builder.add(EntityKind::Segment, "原煤").local};
  builder.set(product, EntityText::Industry, "B0610");
  const EnterpriseGraph graph = builder.build();
  EXPECT_EQ(recruiting_bar(graph, both), nullptr);
  EXPECT_EQ(recruiting_bar(graph, unknown), nullptr);
  EXPECT_EQ(recruiting_bar(graph, product), nullptr);
}

TEST(Recruiting, OfASectorThatIsFreeSomeKindsAreBarred) {
  const auto bar = [](std::string_view kind) {
    return recruiting_bar(*std::ranges::find(
        goods_kinds(), kind, [](const GoodsKind& one) { return std::string_view(one.name.zh); }));
  };
  EXPECT_EQ(bar("起动电池")->source.zh, "生态环境部环固体〔2022〕17号");
  EXPECT_EQ(bar("革、皮")->reason.zh, "属重点管控的涉重金属行业，须有排放总量来源");
  EXPECT_EQ(bar("特种纸")->reason.zh, "制浆造纸用水、排污量大，须进合规园区");
  EXPECT_EQ(bar("铝、铜、铅、锌锭")->source.zh, "生态环境部环环评〔2021〕45号");
  for (const std::string_view free : {"锂电池", "铜线杆", "硬质合金", "纸箱、纸盒", "箱包、皮具"}) {
    EXPECT_EQ(bar(free), nullptr) << free;
  }
}

}  // namespace
}  // namespace liantu
