#include "liantu/graph/graph.hpp"

#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "liantu/graph/builder.hpp"
#include "support/sketch.hpp"
#include "support/walk.hpp"

namespace liantu {
namespace {

using test::sketch;
using test::walk;

TEST(EnterpriseGraph, WithoutEntitiesIsWhatAnIdleBuilderMakes) {
  const EnterpriseGraph graph;
  EXPECT_EQ(graph.size(), 0U);
  EXPECT_EQ(std::vector(graph.sources().begin(), graph.sources().end()), std::vector{Source{}});
  EXPECT_TRUE(graph.conflicts().empty());
  for (const RelationKind kind : kRelationKinds) EXPECT_EQ(graph.relation(kind).size(), 0U);
  for (const EntityKind kind : kEntityKinds) {
    EXPECT_EQ(graph.size(kind), 0U);
    EXPECT_TRUE(graph.find(kind, "甲").empty());
  }
  EXPECT_EQ(walk(graph), walk(GraphBuilder().build()));
}

TEST(EnterpriseGraph, EntitiesAreSortedByKindThenByOrderOfAddition) {
  const EnterpriseGraph graph = sketch("site:地块; @张三; 乙; seg:电池; org:商会; 甲; @李四");
  std::vector<std::string_view> names;
  for (std::uint32_t v = 0; v < graph.size(); ++v) {
    const EntityId id{v};
    names.push_back(graph.name(id));
    EXPECT_EQ(graph.entity(graph.kind(id), graph.local(id)), id);
  }
  EXPECT_EQ(names,
            (std::vector<std::string_view>{"乙", "甲", "电池", "张三", "李四", "商会", "地块"}));
  EXPECT_EQ(graph.entity(FirmId{1}), EntityId{1});
  EXPECT_EQ(graph.entity(SegmentId{0}), EntityId{2});
  EXPECT_EQ(graph.entity(PersonId{1}), EntityId{4});
  EXPECT_EQ(graph.entity(OrganizationId{0}), EntityId{5});
  EXPECT_EQ(graph.entity(SiteId{0}), EntityId{6});
  EXPECT_EQ(graph.kind(EntityId{4}), EntityKind::Person);
  EXPECT_EQ(graph.local(EntityId{4}), 1U);
  EXPECT_EQ(graph.size(EntityKind::Person), 2U);
}

TEST(EnterpriseGraph, KnowsTheYearOfAFigure) {
  GraphBuilder builder;
  const EntityRef firm = builder.add(EntityKind::Firm, "甲");
  const EntityRef other = builder.add(EntityKind::Firm, "乙");
  builder.set(firm, EntityNumber::Revenue, {5, {}}, 2024);
  builder.set(firm, EntityNumber::ValueAdded, {2, {}});
  builder.set(other, EntityNumber::Revenue, {6, {}});
  EXPECT_THROW(builder.set(firm, EntityNumber::Tax, {1, {}}, 4096), Error);
  EXPECT_THROW(builder.set(firm, EntityNumber::Tax, {1, {}}, -1), Error);
  const EnterpriseGraph graph = builder.build();
  EXPECT_EQ(graph.number_year(EntityId{0}, EntityNumber::Revenue), 2024);
  EXPECT_EQ(graph.number_year(EntityId{0}, EntityNumber::ValueAdded), 0);
  EXPECT_EQ(graph.number_year(EntityId{0}, EntityNumber::Tax), 0);
  EXPECT_EQ(graph.number_year(EntityId{1}, EntityNumber::Revenue), 0);
}

TEST(EnterpriseGraph, AnswersWhatWasSet) {
  const EnterpriseGraph graph = sketch(
      "甲{code=91,aliases=甲公司;;老甲,capital=1e7,revenue=5:estimated,region=500104:inferred,"
      "founded=2006-05,anchor,source=a.csv,row=7,conf=0.8,basis=inferred}; 乙");
  const EntityId a{0};
  const EntityId b{1};
  EXPECT_EQ(graph.text(a, EntityText::Code), "91");
  EXPECT_EQ(graph.text(a, EntityText::Scope), "");
  EXPECT_EQ(graph.list(a, EntityText::Aliases), (std::vector<std::string_view>{"甲公司", "老甲"}));
  EXPECT_EQ(graph.number(a, EntityNumber::RegisteredCapital), (Figure{1e7, Basis::Stated}));
  EXPECT_EQ(graph.number(a, EntityNumber::Revenue), (Figure{5, Basis::Estimated}));
  EXPECT_EQ(graph.number(a, EntityNumber::Tax), std::nullopt);
  EXPECT_EQ(graph.region(a), (RegionFigure{RegionCode{500104}, Basis::Inferred}));
  EXPECT_EQ(graph.founded(a), (Date{2006, 5, 0}));
  EXPECT_TRUE(graph.anchor(FirmId{0}));
  const Provenance provenance = graph.provenance(a);
  EXPECT_EQ(graph.source(provenance.source).file, "a.csv");
  EXPECT_EQ(provenance.row, 7U);
  EXPECT_EQ(provenance.basis, Basis::Inferred);
  EXPECT_EQ(provenance.confidence, 0.8F);

  EXPECT_EQ(graph.text(b, EntityText::Code), "");
  EXPECT_TRUE(graph.list(b, EntityText::Aliases).empty());
  EXPECT_EQ(graph.number(b, EntityNumber::RegisteredCapital), std::nullopt);
  EXPECT_FALSE(graph.region(b).code.known());
  EXPECT_FALSE(graph.founded(b).known());
  EXPECT_FALSE(graph.anchor(FirmId{1}));
  EXPECT_EQ(graph.provenance(b), Provenance{});
}

TEST(EnterpriseGraph, FindsByNameCodeKeyAndAlias) {
  const EnterpriseGraph graph = sketch(
      "甲{code=91,key=k1}; 乙{aliases=甲;乙公司}; 丙{aliases=甲乙}; 丁{key=91}; seg:甲; "
      "戊{aliases=甲}");
  using Ids = std::vector<EntityId>;
  EXPECT_EQ(graph.find(EntityKind::Firm, "甲"), (Ids{EntityId{0}, EntityId{1}, EntityId{4}}));
  EXPECT_EQ(graph.find(EntityKind::Firm, "91"), (Ids{EntityId{0}, EntityId{3}}));
  EXPECT_EQ(graph.find(EntityKind::Firm, "k1"), Ids{EntityId{0}});
  EXPECT_EQ(graph.find(EntityKind::Firm, "乙公司"), Ids{EntityId{1}});
  EXPECT_EQ(graph.find(EntityKind::Segment, "甲"), Ids{EntityId{5}});
  EXPECT_EQ(graph.find(EntityKind::Firm, "乙公"), Ids{});
  EXPECT_EQ(graph.find(EntityKind::Firm, ""), Ids{});
}

TEST(EnterpriseGraph, CopiesShareTheirDataAndOutliveTheOriginal) {
  EnterpriseGraph copy;
  {
    const EnterpriseGraph graph = sketch("甲 -makes-> 电池");
    copy = graph;
    EXPECT_EQ(copy.name(EntityId{0}).data(), graph.name(EntityId{0}).data());
  }
  EXPECT_EQ(copy.name(EntityId{1}), "电池");
  EXPECT_EQ(copy.relation(RelationKind::Makes).size(), 1U);
}

TEST(EnterpriseGraph, IsTheSameForTheSameCalls) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    EXPECT_EQ(walk(test::random_graph(seed)), walk(test::random_graph(seed)));
  }
  EXPECT_NE(walk(test::random_graph(1)), walk(test::random_graph(2)));
}

}  // namespace
}  // namespace liantu
