#include "liantu/graph/views/relation_filter.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::random_graph;
using test::segment;
using test::sketch;

static_assert(std::forward_iterator<FilteredRow::Iterator>);

/// Numbers of the instances that are kept, as the out-edges show them.
std::vector<std::uint64_t> kept(const EnterpriseGraph& graph, RelationKind kind,
                                const RelationFilter& filter) {
  const FilteredRelation view(graph.relation(kind), filter);
  std::vector<std::uint64_t> edges;
  for (std::uint32_t v = 0; v < graph.size(); ++v) {
    for (const FilteredEdge edge : view.out_edges(EntityId{v})) edges.push_back(raw(edge.edge));
  }
  return edges;
}

std::vector<std::uint64_t> kept_between(const EnterpriseGraph& graph, const Date& from,
                                        const Date& to, Undated undated = Undated::LeaveOut) {
  RelationFilter filter;
  filter.from = from;
  filter.to = to;
  filter.undated = undated;
  return kept(graph, RelationKind::Supplies, filter);
}

using Edges = std::vector<std::uint64_t>;

TEST(FilteredRelation, KeepsEverythingUnlessAsked) {
  const EnterpriseGraph graph = sketch("甲 -supplies-> 乙 -supplies-> 丙; 甲 -supplies-> 丙");
  EXPECT_EQ(kept(graph, RelationKind::Supplies, {}), (Edges{0, 1, 2}));
  EXPECT_EQ(kept(graph, RelationKind::Owns, {}), Edges{});
  EXPECT_EQ(kept(EnterpriseGraph(), RelationKind::Supplies, {}), Edges{});
}

TEST(FilteredRelation, DatesAreThoseBetweenWhichAnInstanceIsKnownToHaveHeld) {
  const EnterpriseGraph graph = sketch(
      "甲 -supplies{since=2015,until=2018-06}-> 乙;"  // 0
      "甲 -supplies{as_of=2020}-> 丙;"                // 1
      "甲 -supplies{since=2019-03-15}-> 丁;"          // 2: to this day
      "甲 -supplies{until=2016}-> 戊;"                // 3: nothing tells since when
      "甲 -supplies{since=2010,as_of=2012}-> 己;"     // 4: last seen in 2012
      "甲 -supplies-> 庚");                           // 5
  EXPECT_EQ(kept_between(graph, {}, {}), (Edges{0, 1, 2, 3, 4, 5}));
  EXPECT_EQ(kept_between(graph, {2020, 0, 0}, {2020, 0, 0}), (Edges{1, 2}));
  EXPECT_EQ(kept_between(graph, {2020, 12, 31}, {}), (Edges{1, 2}));
  EXPECT_EQ(kept_between(graph, {2021, 0, 0}, {}), Edges{2});
  EXPECT_EQ(kept_between(graph, {}, {2014, 0, 0}), Edges{4});
  EXPECT_EQ(kept_between(graph, {}, {2015, 0, 0}), (Edges{0, 4}));
  EXPECT_EQ(kept_between(graph, {2016, 0, 0}, {2017, 0, 0}), (Edges{0, 3}));
  EXPECT_EQ(kept_between(graph, {2018, 6, 30}, {2018, 7, 0}), Edges{0});
  EXPECT_EQ(kept_between(graph, {2018, 7, 0}, {2018, 7, 0}), Edges{});
  EXPECT_EQ(kept_between(graph, {2019, 3, 14}, {2019, 3, 14}), Edges{});
  EXPECT_EQ(kept_between(graph, {2019, 3, 0}, {2019, 3, 0}), Edges{2});
  EXPECT_EQ(kept_between(graph, {2021, 0, 0}, {}, Undated::Keep), (Edges{2, 5}));
}

TEST(FilteredRelation, WhatIsStatedAtTheThresholdReachesIt) {
  const EnterpriseGraph graph =
      sketch("甲 -owns{conf=0.35}-> 乙; 甲 -owns{conf=0.34}-> 丙; 甲 -owns-> 丁");
  RelationFilter filter;
  filter.min_confidence = 0.35;
  EXPECT_EQ(kept(graph, RelationKind::Owns, filter), (Edges{0, 2}));
  filter.min_confidence = 1;
  EXPECT_EQ(kept(graph, RelationKind::Owns, filter), Edges{2});
}

TEST(FilteredRelation, ASegmentIsThatOfTheSupplyAlone) {
  const EnterpriseGraph graph = sketch(
      "甲 -supplies{segment=电池}-> 乙; 甲 -supplies{segment=隔膜}-> 乙; 甲 -supplies-> 丙;"
      "隔膜 -part_of-> 电池; 甲 -makes-> 电池");
  RelationFilter filter;
  filter.segment = segment(graph, "电池");
  EXPECT_EQ(kept(graph, RelationKind::Supplies, filter), Edges{0});
  EXPECT_EQ(kept(graph, RelationKind::Makes, filter), Edges{});
}

TEST(FilteredRelation, ASetKeepsWhatHasBothEndsInIt) {
  const EnterpriseGraph graph =
      sketch("甲 -supplies-> 乙 -supplies-> 丙 -supplies-> 甲; 甲 -cooperates-> 甲");
  RelationFilter filter;
  filter.within.emplace();
  EXPECT_EQ(kept(graph, RelationKind::Supplies, filter), Edges{});
  filter.within->insert(EntityId{0});
  EXPECT_EQ(kept(graph, RelationKind::Supplies, filter), Edges{});
  EXPECT_EQ(kept(graph, RelationKind::Cooperates, filter), Edges{0});
  filter.within->insert(EntityId{1});
  EXPECT_EQ(kept(graph, RelationKind::Supplies, filter), Edges{0});
}

TEST(FilteredRelation, InEdgesAreTheOutEdgesFromTheOtherEnd) {
  const EnterpriseGraph graph =
      sketch("甲 -supplies{conf=0.2}-> 丙; 乙 -supplies-> 丙; 甲 -supplies{year=2020}-> 丙");
  RelationFilter filter;
  filter.min_confidence = 0.5;
  const FilteredRelation view(graph.relation(RelationKind::Supplies), filter);
  // Firms in the order of their mention: 甲 0, 丙 1, 乙 2.
  const FilteredRow row = view.in_edges(EntityId{1});
  EXPECT_EQ(std::vector<FilteredEdge>(row.begin(), row.end()),
            (std::vector<FilteredEdge>{{EntityId{0}, EdgeId{1}}, {EntityId{2}, EdgeId{2}}}));
}

TEST(FilteredRelation, RefusesWhatCannotBeMeant) {
  const EnterpriseGraph graph = sketch("甲 -supplies-> 乙");
  const auto refusal = [&](const RelationFilter& filter) -> std::string {
    try {
      const FilteredRelation view(graph.relation(RelationKind::Supplies), filter);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::InvalidArgument);
      return error.message().en + '|' + error.message().zh;
    }
    return {};
  };
  RelationFilter filter;
  for (const double wrong : {-0.1, 1.5, std::numeric_limits<double>::quiet_NaN()}) {
    filter.min_confidence = wrong;
    EXPECT_NE(refusal(filter), "");
  }
  filter.min_confidence = 1.5;
  EXPECT_EQ(refusal(filter),
            "the least confidence 1.5 is outside [0, 1]|最低置信度 1.5 不在 0 到 1 之间");
  filter = {};
  filter.from = {2021, 0, 0};
  filter.to = {2020, 5, 0};
  EXPECT_EQ(
      refusal(filter),
      "the first day 2021 is after the last day 2020-05; swap them|起始日期 2021 晚于截止日期 "
      "2020-05；请对调");
  filter.to = {2021, 0, 0};
  EXPECT_EQ(refusal(filter), "");
}

// What the filter says, asked of every instance by itself.
bool meant(const Relation& relation, EdgeId edge, const RelationFilter& filter) {
  const Provenance p = relation.provenance(edge);
  // Random graphs state nothing but the year of `as_of`.
  const int year = p.as_of.year;
  const bool dated = year != 0 && (!filter.from.known() || year >= filter.from.year) &&
                     (!filter.to.known() || year <= filter.to.year);
  const bool any_date = !filter.from.known() && !filter.to.known();
  const bool undated = year == 0 && filter.undated == Undated::Keep;
  const bool trusted = p.confidence + 1e-6 >= filter.min_confidence;
  const bool about = !filter.segment || relation.segment(edge) == filter.segment;
  const bool inside = !filter.within || (filter.within->contains(relation.source(edge)) &&
                                         filter.within->contains(relation.target(edge)));
  return (any_date || dated || undated) && trusted && about && inside;
}

TEST(FilteredRelation, KeepsInBothDirectionsWhatItsFilterMeans) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    const EnterpriseGraph graph = random_graph(seed);
    RelationFilter filter;
    if (seed % 2 != 0) filter.from.year = 2019;
    if (seed % 3 != 0) filter.to.year = 2020;
    filter.undated = seed % 5 == 0 ? Undated::Keep : Undated::LeaveOut;
    filter.min_confidence = static_cast<double>(seed % 4 * 51) / 255;
    if (seed % 7 == 0) filter.segment = SegmentId{static_cast<std::uint32_t>(seed % 8)};
    if (seed % 4 == 1) {
      filter.within.emplace();
      for (std::uint32_t v = 0; v < graph.size(); ++v) {
        if ((v * 7 + seed) % 3 != 0) filter.within->insert(EntityId{v});
      }
    }
    for (const RelationKind kind : kRelationKinds) {
      const Relation relation = graph.relation(kind);
      const FilteredRelation view(relation, filter);
      Edges expected;
      for (std::uint64_t e = 0; e < relation.size(); ++e) {
        if (meant(relation, EdgeId{e}, filter)) expected.push_back(e);
      }
      EXPECT_EQ(kept(graph, kind, filter), expected) << seed << ' ' << relation_word(kind);
      Edges backwards;
      for (std::uint32_t v = 0; v < graph.size(); ++v) {
        for (const FilteredEdge edge : view.in_edges(EntityId{v})) {
          EXPECT_EQ(edge.entity, relation.source(edge.edge));
          backwards.push_back(raw(edge.edge));
        }
      }
      std::ranges::sort(backwards);
      EXPECT_EQ(backwards, expected) << seed << ' ' << relation_word(kind);
    }
  }
}

}  // namespace
}  // namespace liantu
