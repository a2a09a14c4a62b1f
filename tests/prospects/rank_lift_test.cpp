#include "liantu/prospects/rank_lift.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/graph/builder.hpp"
#include "liantu/graph/thaw.hpp"
#include "liantu/prospects/explanation/assumptions.hpp"
#include "liantu/prospects/prospects.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::firm;
using test::segment;
using test::sketch;

GapReport gaps_of(const EnterpriseGraph& graph) {
  GapOptions options;
  options.district.region = RegionCode{500104};
  return find_gaps(graph, options);
}

const Prospect* row_of(const ProspectList& list, FirmId firm) {
  for (const auto* rows : {&list.prospects, &list.unlocated, &list.expansions}) {
    const auto found = std::ranges::find(*rows, firm, &Prospect::firm);
    if (found != rows->end()) return &*found;
  }
  return nullptr;
}

const LiftingFact& fact_of(const Prospect& row, ScorePartKind part) {
  for (const LiftingPart& one : row.lift.value().parts) {
    if (one.part == part) return one.fact.value();
  }
  throw std::invalid_argument("no such part");
}

// A graph in which the fact is so; nothing where it is of a kind that is not tried here.
std::optional<EnterpriseGraph> with(const EnterpriseGraph& graph, const GapReport& report,
                                    FirmId firm, const LiftingFact& fact) {
  Assumptions all;
  switch (fact.field) {
    case LiftField::Revenue:
      all.revenue = fact.to;
      break;
    case LiftField::Tag:
      all.tags = fact.tag;
      break;
    case LiftField::Output:
      all.products = {{*fact.segment, fact.to, {}}};
      break;
    case LiftField::Share:
      all.products = {{*fact.segment, {}, fact.to}};
      break;
    case LiftField::Confidence:
    case LiftField::Product:
      all.products = {{*fact.segment, {}, {}}};
      break;
    case LiftField::Tie: {
      GraphBuilder builder = thaw(graph);
      std::optional<FirmId> local;
      for (std::uint32_t i = 0; i < graph.size(EntityKind::Firm) && !local; ++i) {
        const bool anchor = std::ranges::binary_search(report.anchors.firms, FirmId{i});
        const bool here = graph.region(graph.entity(FirmId{i})).code == RegionCode{500104};
        if (here && anchor == fact.anchor) local = FirmId{i};
      }
      if (!local) return std::nullopt;
      if (fact.relation == RelationKind::MemberOf) {
        builder.add(EntityKind::Organization, "new");
        const OrganizationId both{builder.size(EntityKind::Organization) - 1};
        builder.relate(RelationKind::MemberOf, firm, both);
        builder.relate(RelationKind::MemberOf, *local, both);
      } else {
        builder.relate(*fact.relation, firm, *local);
      }
      return builder.build();
    }
    default:
      return std::nullopt;
  }
  return assume(graph, firm, all);
}

TEST(RankLift, FieldsHaveWords) {
  std::set<std::string_view> words;
  for (int field = 0; field <= static_cast<int>(LiftField::Place); ++field) {
    words.insert(lift_field_word(static_cast<LiftField>(field)));
  }
  EXPECT_EQ(words.size(), 11U);
  EXPECT_EQ(lift_field_word(LiftField::Revenue), "revenue");
  EXPECT_EQ(lift_field_word(LiftField::Place), "place");
}

// What each fact says is enough for the part that it is told of, tried in the graph itself.
TEST(RankLift, WhatIsNamedIsEnough) {
  std::map<LiftField, std::size_t> tried;
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    const EnterpriseGraph graph = test::random_graph(seed, {.firms = 60, .segments = 10});
    const GapReport report = gaps_of(graph);
    ProspectOptions options;
    options.lift_into = 2;
    options.policy.main_share = 0;
    options.reasons = ReasonsOf::Nobody;
    const ProspectList list = rank_prospects(graph, report, options);
    for (const Prospect& row : list.prospects) {
      for (const LiftingPart& one : row.lift.value().parts) {
        if (!one.fact || tried[one.fact->field] > 25) continue;
        const auto changed = with(graph, report, row.firm, *one.fact);
        if (!changed) continue;
        const ProspectList after = rank_prospects(*changed, gaps_of(*changed), options);
        const Prospect* now = row_of(after, row.firm);
        ASSERT_NE(now, nullptr);
        const auto i = static_cast<std::size_t>(one.part);
        EXPECT_GE(now->parts[i].points + 0.005, row.parts[i].points + row.lift->missing)
            << "seed " << seed << ", firm " << raw(row.firm) << ", "
            << lift_field_word(one.fact->field) << " " << one.fact->to.value_or(-1) << ", "
            << part_word(one.part);
        ++tried[one.fact->field];
      }
    }
  }
  for (const LiftField field : {LiftField::Revenue, LiftField::Tag, LiftField::Output,
                                LiftField::Share, LiftField::Product}) {
    EXPECT_GT(tried[field], 5U) << lift_field_word(field);
  }
  EXPECT_GT(tried[LiftField::Tie], 0U);
}

// 甲 needs cells for 4e8 a year. 乙 makes them for 4e8; 丙 states nothing but that it makes them, and
// so lacks the points of purchases and scale.
TEST(RankLift, UnknownFiguresAreNamedWithTheLeastThatTheyWouldHaveToBe) {
  const EnterpriseGraph graph = sketch(
      "甲{region=500104,anchor} -makes{output=1e9}-> 整车 -requires{coef=0.4}-> 电池; "
      "乙{region=440305,revenue=1e10} -makes{output=4e8,share=1}-> 电池; "
      "丙{region=440305} -makes-> 电池");
  ProspectOptions options;
  options.lift_into = 1;
  const ProspectList list = rank_prospects(graph, gaps_of(graph), options);
  const Prospect& row = *row_of(list, firm(graph, "丙"));
  ASSERT_FALSE(row.lift->parts.empty() && row.lift->together.empty());
  // 20 of purchases, 10 of scale and 5 of fit are lacking: no part alone is enough.
  EXPECT_TRUE(row.lift->parts.empty());
  ASSERT_EQ(row.lift->together.size(), 2U);
  EXPECT_EQ(row.lift->together[0].part, ScorePartKind::Purchases);
  EXPECT_TRUE(row.lift->together[0].unknown);
  EXPECT_EQ(row.lift->together[0].fact, std::nullopt);
}

// 丁 has all but scale: revenue of 1e8 instead of 1e10 earns 1/3 of 10 points.
TEST(RankLift, ARevenueIsNamedInYuan) {
  const EnterpriseGraph graph = sketch(
      "甲{region=500104,anchor} -makes{output=1e9}-> 整车 -requires{coef=0.4}-> 电池; "
      "乙{region=440305,revenue=1e10} -makes{output=4e8,share=1}-> 电池; "
      "丁{region=440305,revenue=1e8} -makes{output=4e8,share=1}-> 电池");
  ProspectOptions options;
  options.lift_into = 1;
  const ProspectList list = rank_prospects(graph, gaps_of(graph), options);
  const Prospect& row = *row_of(list, firm(graph, "丁"));
  const LiftingFact& fact = fact_of(row, ScorePartKind::Scale);
  EXPECT_EQ(fact.field, LiftField::Revenue);
  EXPECT_EQ(fact.from, 1e8);
  EXPECT_GT(fact.to, 5e9);
  EXPECT_LE(fact.to, 1e10);
  const LiftingFact& tie = fact_of(row, ScorePartKind::Proximity);
  EXPECT_EQ(tie.field, LiftField::Tie);
}

}  // namespace
}  // namespace liantu
