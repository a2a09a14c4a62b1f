#include "support/sketch.hpp"

#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

namespace liantu {
namespace {

using test::firm;
using test::segment;
using test::sketch;

TEST(Sketch, KindsFollowFromTheRelation) {
  const EnterpriseGraph graph = sketch(
      "甲 -supplies-> 乙; 甲 -makes-> 电池; 乙 -trades-> 电池; 电池 -requires-> 隔膜;"
      "隔膜 -part_of-> 材料; @张三 -owns-> 甲; 乙 -owns-> 甲; @张三 -serves-> 乙;"
      "甲 -member_of-> 商会; @张三 -member_of-> 商会; 甲 -cooperates-> 乙; 甲 -stands_on-> 地块");
  EXPECT_EQ(graph.size(EntityKind::Firm), 2U);
  EXPECT_EQ(graph.size(EntityKind::Segment), 3U);
  EXPECT_EQ(graph.size(EntityKind::Person), 1U);
  EXPECT_EQ(graph.size(EntityKind::Organization), 1U);
  EXPECT_EQ(graph.size(EntityKind::Site), 1U);
  std::vector<std::uint64_t> sizes;
  for (const RelationKind kind : kRelationKinds) sizes.push_back(graph.relation(kind).size());
  EXPECT_EQ(sizes, (std::vector<std::uint64_t>{1, 1, 1, 1, 1, 2, 1, 2, 1, 1}));
}

TEST(Sketch, AttributesOfAnyMentionAddUp) {
  const EnterpriseGraph graph = sketch(
      "甲{region=500104} -makes{output=100,share=0.5,conf=0.8,basis=inferred,year=2020}-> 电池;\n"
      "甲{anchor}; 电池{code=3841}; A-1 -supplies{segment=电池,amount=5}-> 甲");
  EXPECT_EQ(graph.region(graph.entity(firm(graph, "甲"))).code, RegionCode{500104});
  EXPECT_TRUE(graph.anchor(firm(graph, "甲")));
  EXPECT_EQ(graph.text(graph.entity(segment(graph, "电池")), EntityText::Code), "3841");
  const Relation makes = graph.relation(RelationKind::Makes);
  EXPECT_EQ(makes.number(EdgeId{0}, EdgeNumber::Amount), 100.0);
  EXPECT_EQ(makes.number(EdgeId{0}, EdgeNumber::Share), 0.5);
  Provenance provenance;
  provenance.confidence = 0.8F;
  provenance.basis = Basis::Inferred;
  provenance.as_of.year = 2020;
  EXPECT_EQ(makes.provenance(EdgeId{0}), provenance);
  const Relation supplies = graph.relation(RelationKind::Supplies);
  EXPECT_EQ(supplies.source(EdgeId{0}), graph.entity(firm(graph, "A-1")));
  EXPECT_EQ(supplies.segment(EdgeId{0}), segment(graph, "电池"));
}

TEST(Sketch, ArrowsChain) {
  const EnterpriseGraph graph =
      sketch("甲 -makes-> 电池 -requires-> 隔膜; org:办 -covers-> 500104");
  EXPECT_EQ(graph.relation(RelationKind::Requires).size(), 1U);
  EXPECT_EQ(graph.covered_regions(OrganizationId{0}).size(), 1U);
}

TEST(Sketch, RefusesWhatItDoesNotKnow) {
  for (const char* text :
       {"甲 -sells-> 乙", "甲 -makes{colour=red}-> 电池", "甲{size=1}", "甲 -makes-> ",
        "甲{region=x}", "甲{anchor", "seg:电池 -makes-> 隔膜", "甲 乙 -> 丙 -makes-> 电池{anchor}",
        "甲{conf=a}", "甲 -makes{basis=guess}-> 电池", "甲{x=1} 乙"}) {
    EXPECT_THROW(static_cast<void>(sketch(text)), std::invalid_argument) << text;
  }
}

TEST(Sketch, HelpersFindTheOnlyEntityOfAName) {
  const EnterpriseGraph graph = sketch("甲 -makes-> 电池; 乙");
  EXPECT_EQ(firm(graph, "乙"), FirmId{1});
  EXPECT_EQ(segment(graph, "电池"), SegmentId{0});
  EXPECT_THROW(static_cast<void>(firm(graph, "电池")), std::invalid_argument);
}

TEST(Sketch, RandomGraphsHaveEveryRelation) {
  std::vector<std::uint64_t> sizes(kRelationKinds.size());
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const EnterpriseGraph graph = test::random_graph(seed);
    for (std::size_t r = 0; r < sizes.size(); ++r) {
      sizes[r] += graph.relation(kRelationKinds[r]).size();
    }
  }
  for (const std::uint64_t size : sizes) EXPECT_GT(size, 0U);
}

}  // namespace
}  // namespace liantu
