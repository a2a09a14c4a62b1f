#include "liantu/graph/builder.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <tbb/global_control.h>
#include <tuple>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "graph/builder_access.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/graph/snapshot.hpp"
#include "support/walk.hpp"

namespace liantu {
namespace {

using test::walk;

/// Code of the Error that a call throws; its message must stand in both languages.
template <typename Call>
std::optional<ErrorCode> code_of(const Call& call) {
  try {
    call();
  } catch (const Error& error) {
    EXPECT_FALSE(error.message().en.empty());
    EXPECT_FALSE(error.message().zh.empty());
    return error.code();
  }
  return std::nullopt;
}

template <typename Call>
Text message_of(const Call& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.message();
  }
  return {};
}

Provenance from_source(SourceId source, std::uint32_t row, float confidence = 1) {
  Provenance provenance;
  provenance.source = source;
  provenance.row = row;
  provenance.confidence = confidence;
  return provenance;
}

EdgeAttributes amount(double cny) {
  EdgeAttributes attributes;
  attributes.amount = cny;
  return attributes;
}

EdgeAttributes share(double value) {
  EdgeAttributes attributes;
  attributes.share = value;
  return attributes;
}

/// Two firms, two segments and two sources, for one `supplies` after another.
struct Trade {
  GraphBuilder builder;
  EntityRef a = builder.add(EntityKind::Firm, "甲");
  EntityRef b = builder.add(EntityKind::Firm, "乙");
  SegmentId battery{builder.add(EntityKind::Segment, "电池").local};
  SegmentId film{builder.add(EntityKind::Segment, "隔膜").local};
  SourceId first = builder.add_source({"a.csv", "", ""});
  SourceId second = builder.add_source({"b.csv", "", ""});

  void supplies(const EdgeAttributes& attributes, const Provenance& provenance) {
    builder.relate(RelationKind::Supplies, a, b, attributes, provenance);
  }
};

TEST(GraphBuilder, EqualSourcesGetTheSameId) {
  GraphBuilder builder;
  EXPECT_EQ(builder.add_source({}), SourceId{0});
  const SourceId first = builder.add_source({"a.xlsx", "一", ""});
  EXPECT_EQ(builder.add_source({"a.xlsx", "二", ""}), SourceId{2});
  EXPECT_EQ(builder.add_source({"a.xlsx", "一", ""}), first);
  const EnterpriseGraph graph = builder.build();
  EXPECT_EQ(std::vector(graph.sources().begin(), graph.sources().end()),
            (std::vector<Source>{{}, {"a.xlsx", "一", ""}, {"a.xlsx", "二", ""}}));
  EXPECT_EQ(graph.source(first).sheet, "一");
}

TEST(GraphBuilder, RefusesMoreThan65535Sources) {
  GraphBuilder builder;
  for (int i = 1; i <= 65535; ++i) {
    ASSERT_EQ(raw(builder.add_source({std::to_string(i), "", ""})), static_cast<unsigned>(i));
  }
  EXPECT_EQ(code_of([&] { builder.add_source({"one more", "", ""}); }), ErrorCode::LimitReached);
  EXPECT_EQ(raw(builder.add_source({"65535", "", ""})), 65535U);
}

TEST(GraphBuilder, RefusesSourcesThatAreNoUtf8) {
  GraphBuilder builder;
  EXPECT_EQ(code_of([&] { builder.add_source({"\xff", "", ""}); }), ErrorCode::InvalidArgument);
}

TEST(GraphBuilder, RefusesWhatIsNoEntity) {
  GraphBuilder builder;
  const auto add = [&](std::string_view name, const Provenance& provenance) {
    return code_of([&] { builder.add(EntityKind::Firm, name, provenance); });
  };
  EXPECT_EQ(add("", {}), ErrorCode::InvalidArgument);
  EXPECT_EQ(add("\xe7\x94", {}), ErrorCode::InvalidArgument);
  EXPECT_EQ(add("甲", from_source(SourceId{1}, 0)), ErrorCode::InvalidArgument);
  EXPECT_EQ(add("甲", from_source({}, 0, 1.01F)), ErrorCode::InvalidArgument);
  EXPECT_EQ(add("甲", from_source({}, 0, -0.01F)), ErrorCode::InvalidArgument);
  EXPECT_EQ(add("甲", from_source({}, 0, std::nanf(""))), ErrorCode::InvalidArgument);
  for (const Date& date : {Date{4096, 0, 0}, Date{-1, 0, 0}, Date{2020, 13, 1}, Date{2020, 1, 32},
                           Date{2020, 0, 1}, Date{0, 1, 0}}) {
    Provenance provenance;
    provenance.until = date;
    EXPECT_EQ(add("甲", provenance), ErrorCode::InvalidArgument) << date.year << date.month;
  }
  EXPECT_EQ(code_of([&] { builder.add(static_cast<EntityKind>(5), "甲"); }),
            ErrorCode::InvalidArgument);
  EXPECT_EQ(builder.size(EntityKind::Firm), 0U);
}

TEST(GraphBuilder, SettersRefuseNodesThatWereNeverAdded) {
  GraphBuilder builder;
  builder.add(EntityKind::Segment, "电池");
  const EntityRef missing(FirmId{0});
  EXPECT_EQ(code_of([&] { builder.set(missing, EntityText::Code, "1"); }),
            ErrorCode::InvalidArgument);
  EXPECT_EQ(code_of([&] {
              builder.set(missing, EntityNumber::Tax, Figure{1, {}});
            }),
            ErrorCode::InvalidArgument);
  EXPECT_EQ(code_of([&] { builder.set_region(missing, {}); }), ErrorCode::InvalidArgument);
  EXPECT_EQ(code_of([&] { builder.set_founded(missing, {}); }), ErrorCode::InvalidArgument);
  EXPECT_EQ(code_of([&] { builder.set_anchor(FirmId{0}); }), ErrorCode::InvalidArgument);
  EXPECT_EQ(code_of([&] { builder.cover(OrganizationId{0}, RegionCode{500104}); }),
            ErrorCode::InvalidArgument);
}

TEST(GraphBuilder, SettersRefuseValuesOutOfRange) {
  GraphBuilder builder;
  const EntityRef firm = builder.add(EntityKind::Firm, "甲");
  const EntityRef office = builder.add(EntityKind::Organization, "办");
  for (const double value : {-1.0, std::nan(""), std::numeric_limits<double>::infinity()}) {
    EXPECT_EQ(code_of([&] {
                builder.set(firm, EntityNumber::Tax, Figure{value, {}});
              }),
              ErrorCode::InvalidArgument);
  }
  EXPECT_EQ(code_of([&] { builder.set(firm, EntityText::Scope, "\x80"); }),
            ErrorCode::InvalidArgument);
  EXPECT_EQ(code_of([&] {
              builder.set_region(firm, {RegionCode{1000000}, {}});
            }),
            ErrorCode::InvalidArgument);
  EXPECT_EQ(code_of([&] { builder.set_founded(firm, {2020, 13, 0}); }), ErrorCode::InvalidArgument);
  for (const std::uint32_t code : {0U, 1000000U}) {
    EXPECT_EQ(code_of([&] { builder.cover(OrganizationId{office.local}, RegionCode{code}); }),
              ErrorCode::InvalidArgument);
  }
  EXPECT_EQ(message_of([&] {
              builder.set(firm, EntityNumber::Tax, Figure{-1, {}});
            }),
            (Text{"甲: number -1 is negative or not finite", "甲：数值 -1 为负数或不是有限的数"}));
}

TEST(GraphBuilder, TheLastValueSetStays) {
  GraphBuilder builder;
  const EntityRef firm = builder.add(EntityKind::Firm, "甲");
  builder.set(firm, EntityText::Scope, "生产电池");
  builder.set(firm, EntityText::Scope, "");
  builder.set(firm, EntityText::Status, "存续");
  builder.set(firm, EntityText::Status, "注销");
  builder.set(firm, EntityNumber::Tax, Figure{1, Basis::Stated});
  builder.set(firm, EntityNumber::Tax, Figure{2, Basis::Estimated});
  builder.set_region(firm, {RegionCode{500104}, Basis::Inferred});
  builder.set_region(firm, {});
  builder.set_anchor(FirmId{0});
  builder.set_anchor(FirmId{0}, false);
  const EnterpriseGraph graph = builder.build();
  const EntityId id = graph.entity(FirmId{0});
  EXPECT_EQ(graph.text(id, EntityText::Scope), "");
  EXPECT_EQ(graph.text(id, EntityText::Status), "注销");
  EXPECT_EQ(graph.number(id, EntityNumber::Tax), (Figure{2, Basis::Estimated}));
  EXPECT_EQ(graph.region(id), RegionFigure{});
  EXPECT_FALSE(graph.anchor(FirmId{0}));
}

TEST(GraphBuilder, RefusesWhatIsNoRelation) {
  Trade t;
  const EntityRef segment(t.battery);
  const auto relate = [&](RelationKind kind, EntityRef from, EntityRef to,
                          const EdgeAttributes& attributes, const Provenance& provenance) {
    return code_of([&] { t.builder.relate(kind, from, to, attributes, provenance); });
  };
  const auto refused = std::optional(ErrorCode::InvalidArgument);
  EXPECT_EQ(relate(RelationKind::Supplies, t.a, segment, {}, {}), refused);
  EXPECT_EQ(relate(RelationKind::Supplies, t.a, FirmId{2}, {}, {}), refused);
  EXPECT_EQ(relate(RelationKind::Supplies, FirmId{2}, t.a, {}, {}), refused);
  EXPECT_EQ(relate(RelationKind::Supplies, t.a, t.a, {}, {}), refused);
  EXPECT_EQ(relate(static_cast<RelationKind>(10), t.a, t.b, {}, {}), refused);
  EdgeAttributes attributes;
  attributes.segment = t.battery;
  EXPECT_EQ(relate(RelationKind::Owns, t.a, t.b, attributes, {}), refused);
  attributes.segment = SegmentId{2};
  EXPECT_EQ(relate(RelationKind::Supplies, t.a, t.b, attributes, {}), refused);
  for (const double value : {-0.1, std::nan(""), std::numeric_limits<double>::infinity()}) {
    EXPECT_EQ(relate(RelationKind::Supplies, t.a, t.b, amount(value), {}), refused);
    attributes = {};
    attributes.coefficient = value;
    EXPECT_EQ(relate(RelationKind::Supplies, t.a, t.b, attributes, {}), refused);
  }
  for (const double value : {-0.1, 1.1, std::nan("")}) {
    EXPECT_EQ(relate(RelationKind::Supplies, t.a, t.b, share(value), {}), refused);
    attributes = {};
    attributes.substitutability = value;
    EXPECT_EQ(relate(RelationKind::Supplies, t.a, t.b, attributes, {}), refused);
    attributes = {};
    attributes.import_share = value;
    EXPECT_EQ(relate(RelationKind::Supplies, t.a, t.b, attributes, {}), refused);
  }
  attributes = {};
  attributes.detail = "\xc3";
  EXPECT_EQ(relate(RelationKind::Supplies, t.a, t.b, attributes, {}), refused);
  EXPECT_EQ(relate(RelationKind::Supplies, t.a, t.b, {}, from_source(SourceId{3}, 1)), refused);
  EXPECT_EQ(message_of([&] { t.supplies(share(1.2), {}); }),
            (Text{"甲 supplies 乙: share 1.2 is outside [0, 1]",
                  "甲 供货 乙：占比 1.2 不在 0 到 1 之间"}));
  EXPECT_EQ(t.builder.build().relation(RelationKind::Supplies).size(), 0U);
}

TEST(GraphBuilder, RefusesMoreEntitiesThanIdsTellApart) {
  EXPECT_EQ(detail::GraphLimits{}.entities, 0xFFFF'FFFEU);  // 2^32 - 1 is "none"
  GraphBuilder builder;
  BuilderAccess::set_limits(builder, {3, 100});
  builder.add(EntityKind::Firm, "甲");
  builder.add(EntityKind::Segment, "电池");
  builder.add(EntityKind::Firm, "乙");
  for (const EntityKind kind : kEntityKinds) {
    EXPECT_EQ(code_of([&] { builder.add(kind, "丙"); }), ErrorCode::LimitReached);
  }
  EXPECT_EQ(message_of([&] { builder.add(EntityKind::Firm, "丙"); }),
            (Text{"丙: the graph holds more than 3 entities; build it in parts",
                  "丙：实体超过 3 个；请分批建图"}));
  // What it held it still holds.
  builder.relate(RelationKind::Supplies, FirmId{0}, FirmId{1});
  const EnterpriseGraph graph = builder.build();
  EXPECT_EQ(graph.size(), 3U);
  EXPECT_EQ(graph.relation(RelationKind::Supplies).size(), 1U);
}

TEST(GraphBuilder, RefusesMoreInstancesOfARelationThanIdsTellApart) {
  EXPECT_EQ(detail::GraphLimits{}.instances, 0xFFFF'FFFFU);
  GraphBuilder builder;
  BuilderAccess::set_limits(builder, {100, 3});
  for (const char* name : {"甲", "乙", "丙"}) builder.add(EntityKind::Firm, name);
  builder.relate_all(RelationKind::Supplies, {{0, 1}, {1, 2}});
  EXPECT_EQ(message_of([&] {
              builder.relate_all(RelationKind::Supplies, {{0, 2}, {2, 0}});
            }),
            (Text{"supplies: more than 3 instances of one relation; build the graph in parts",
                  "供货：同类关系超过 3 条；请分批建图"}));
  builder.relate(RelationKind::Supplies, FirmId{0}, FirmId{2});
  EXPECT_EQ(message_of([&] { builder.relate(RelationKind::Supplies, FirmId{2}, FirmId{0}); }),
            (Text{"丙 supplies 甲: more than 3 instances of one relation; build the graph in parts",
                  "丙 供货 甲：同类关系超过 3 条；请分批建图"}));
  EXPECT_EQ(code_of([&] {
              builder.relate_all(RelationKind::Supplies, {{2, 0}});
            }),
            ErrorCode::LimitReached);
  // Relations are counted apart, and nothing of what was refused is in the graph.
  builder.relate(RelationKind::Cooperates, FirmId{0}, FirmId{1});
  const EnterpriseGraph graph = builder.build();
  EXPECT_EQ(graph.relation(RelationKind::Supplies).size(), 3U);
  EXPECT_EQ(graph.relation(RelationKind::Cooperates).size(), 1U);
}

TEST(GraphBuilder, CooperationMayJoinAFirmWithItself) {
  Trade t;
  t.builder.relate(RelationKind::Cooperates, t.a, t.a);
  const EnterpriseGraph graph = t.builder.build();
  EXPECT_TRUE(graph.relation(RelationKind::Cooperates).connects(EntityId{0}, EntityId{0}));
}

TEST(GraphBuilder, ASegmentMayRequireItself) {
  Trade t;
  EdgeAttributes attributes;
  attributes.coefficient = 0.25;
  attributes.import_share = 0.5;
  t.builder.relate(RelationKind::Requires, t.film, t.film, attributes);
  const EnterpriseGraph graph = t.builder.build();
  const Relation needs = graph.relation(RelationKind::Requires);
  ASSERT_EQ(needs.size(), 1U);
  EXPECT_EQ(needs.source(EdgeId{0}), needs.target(EdgeId{0}));
  EXPECT_EQ(needs.number(EdgeId{0}, EdgeNumber::ImportShare), 0.5);
}

TEST(GraphBuilder, ExactDuplicatesOfOneSourceDropAndTheLowestRowStays) {
  Trade t;
  t.supplies(amount(5), from_source(t.first, 9));
  t.supplies(amount(5), from_source(t.first, 3));
  t.supplies(amount(5), from_source(t.first, 3));
  const EnterpriseGraph graph = t.builder.build();
  const Relation supplies = graph.relation(RelationKind::Supplies);
  ASSERT_EQ(supplies.size(), 1U);
  EXPECT_EQ(supplies.number(EdgeId{0}, EdgeNumber::Amount), 5.0);
  EXPECT_EQ(supplies.provenance(EdgeId{0}), from_source(t.first, 3));
  EXPECT_TRUE(graph.conflicts().empty());
}

TEST(GraphBuilder, AmountsOfDifferentRowsOfOneSourceAdd) {
  Trade t;
  t.supplies(amount(5), from_source(t.first, 3, 0.6F));
  t.supplies(amount(7), from_source(t.first, 4, 0.8F));
  t.supplies({}, from_source(t.first, 5, 0.2F));
  Provenance estimated = from_source(t.first, 6, 0.8F);
  estimated.basis = Basis::Estimated;
  t.supplies(amount(1), estimated);
  const EnterpriseGraph graph = t.builder.build();
  const Relation supplies = graph.relation(RelationKind::Supplies);
  ASSERT_EQ(supplies.size(), 1U);
  EXPECT_EQ(supplies.number(EdgeId{0}, EdgeNumber::Amount), 13.0);
  // Row 4 leads (0.8, stated); the weakest row with an amount has 0.6, the softest is estimated.
  Provenance expected = from_source(t.first, 4, 0.6F);
  expected.basis = Basis::Estimated;
  EXPECT_EQ(supplies.provenance(EdgeId{0}), expected);
  EXPECT_TRUE(graph.conflicts().empty());
}

TEST(GraphBuilder, ASumOfAmountsStaysFinite) {
  Trade t;
  t.supplies(amount(1.7e308), from_source(t.first, 3));
  t.supplies(amount(1.6e308), from_source(t.first, 4));
  EXPECT_EQ(
      t.builder.build().relation(RelationKind::Supplies).number(EdgeId{0}, EdgeNumber::Amount),
      std::numeric_limits<double>::max());
}

TEST(GraphBuilder, OnlyAmountsAdd) {
  Trade t;
  EdgeAttributes weak = share(0.2);
  weak.detail = "弱";
  weak.coefficient = 3;
  EdgeAttributes strong = share(0.5);
  strong.detail = "强";
  t.supplies(weak, from_source(t.first, 3, 0.2F));
  t.supplies(strong, from_source(t.first, 4, 0.8F));
  const EnterpriseGraph graph = t.builder.build();
  const Relation supplies = graph.relation(RelationKind::Supplies);
  ASSERT_EQ(supplies.size(), 1U);
  EXPECT_EQ(supplies.number(EdgeId{0}, EdgeNumber::Share), 0.5);
  EXPECT_EQ(supplies.number(EdgeId{0}, EdgeNumber::Coefficient), 3.0);
  EXPECT_EQ(supplies.number(EdgeId{0}, EdgeNumber::Amount), std::nullopt);
  EXPECT_EQ(supplies.detail(EdgeId{0}), "强");
  EXPECT_EQ(supplies.provenance(EdgeId{0}), from_source(t.first, 4, 0.8F));
}

TEST(GraphBuilder, OfEquallyConfidentRowsTheFirmerThenTheLowerLeads) {
  Trade t;
  Provenance inferred = from_source(t.first, 2, 0.8F);
  inferred.basis = Basis::Inferred;
  t.supplies(share(0.1), inferred);
  t.supplies(share(0.3), from_source(t.first, 8, 0.8F));
  t.supplies(share(0.2), from_source(t.first, 7, 0.8F));
  const EnterpriseGraph graph = t.builder.build();
  const Relation supplies = graph.relation(RelationKind::Supplies);
  EXPECT_EQ(supplies.number(EdgeId{0}, EdgeNumber::Share), 0.2);
  EXPECT_EQ(supplies.provenance(EdgeId{0}), from_source(t.first, 7, 0.8F));
  const std::vector<Conflict> expected = {
      {RelationKind::Supplies, EdgeId{0}, EdgeNumber::Share, 0.1, inferred},
      {RelationKind::Supplies, EdgeId{0}, EdgeNumber::Share, 0.3, from_source(t.first, 8, 0.8F)}};
  EXPECT_EQ(std::vector(graph.conflicts().begin(), graph.conflicts().end()), expected)
      << "rows of one source that contradict each other are kept as conflicts too";
}

TEST(GraphBuilder, OfEquallyConfidentSourcesTheFirmerIsKept) {
  Trade t;
  Provenance estimated = from_source(t.first, 2);
  estimated.basis = Basis::Estimated;
  t.supplies(amount(7), estimated);
  t.supplies(amount(5), from_source(t.second, 1));
  EXPECT_EQ(
      t.builder.build().relation(RelationKind::Supplies).number(EdgeId{0}, EdgeNumber::Amount),
      5.0);
}

TEST(GraphBuilder, TheMoreConfidentSourceIsKeptAndTheOthersBecomeConflicts) {
  Trade t;
  EdgeAttributes both = amount(5);
  both.share = 0.5;
  t.supplies(both, from_source(t.first, 2, 0.4F));
  t.supplies(amount(7), from_source(t.second, 3, 0.8F));
  t.supplies(amount(1), from_source(t.second, 4, 0.8F));
  t.supplies(amount(8), from_source({}, 0, 0.2F));
  const EnterpriseGraph graph = t.builder.build();
  const Relation supplies = graph.relation(RelationKind::Supplies);
  ASSERT_EQ(supplies.size(), 1U);
  // The second source says 7 + 1 = 8. Source 0 says 8 too: no conflict. The first says 5, and a
  // share that no other says.
  EXPECT_EQ(supplies.number(EdgeId{0}, EdgeNumber::Amount), 8.0);
  EXPECT_EQ(supplies.number(EdgeId{0}, EdgeNumber::Share), 0.5);
  EXPECT_EQ(supplies.provenance(EdgeId{0}), from_source(t.second, 3, 0.8F));
  const std::vector<Conflict> expected = {
      {RelationKind::Supplies, EdgeId{0}, EdgeNumber::Amount, 5, from_source(t.first, 2, 0.4F)}};
  EXPECT_EQ(std::vector(graph.conflicts().begin(), graph.conflicts().end()), expected);
}

TEST(GraphBuilder, OfEquallyConfidentSourcesTheEarlierIsKept) {
  Trade t;
  t.supplies(amount(7), from_source(t.second, 1));
  t.supplies(amount(5), from_source(t.first, 2));
  const EnterpriseGraph graph = t.builder.build();
  EXPECT_EQ(graph.relation(RelationKind::Supplies).number(EdgeId{0}, EdgeNumber::Amount), 5.0);
  ASSERT_EQ(graph.conflicts().size(), 1U);
  EXPECT_EQ(graph.conflicts()[0].value, 7.0);
}

TEST(GraphBuilder, ASourceThatSaysLessTakesNothingAway) {
  // One source names the relation alone, another its amount; whichever is registered first.
  for (const bool turned : {false, true}) {
    GraphBuilder builder;
    const EntityRef a = builder.add(EntityKind::Firm, "甲");
    const EntityRef b = builder.add(EntityKind::Firm, "乙");
    if (turned) builder.add_source({"b.csv", "", ""});
    const SourceId silent = builder.add_source({"a.csv", "", ""});
    const SourceId telling = builder.add_source({"b.csv", "", ""});
    builder.relate(RelationKind::Supplies, a, b, {}, from_source(silent, 2));
    builder.relate(RelationKind::Supplies, a, b, amount(5), from_source(telling, 7, 0.8F));
    const EnterpriseGraph graph = builder.build();
    const Relation supplies = graph.relation(RelationKind::Supplies);
    ASSERT_EQ(supplies.size(), 1U);
    EXPECT_EQ(supplies.number(EdgeId{0}, EdgeNumber::Amount), 5.0);
    // The row that has the amount is cited; that there is the relation is as sure as before.
    EXPECT_EQ(supplies.provenance(EdgeId{0}), from_source(telling, 7, 1));
    EXPECT_TRUE(graph.conflicts().empty());
  }
}

TEST(GraphBuilder, WhatIsInferredNeverReplacesWhatIsStatedHoweverSure) {
  Trade t;
  Provenance inferred = from_source(t.first, 2, 0.8F);
  inferred.basis = Basis::Inferred;
  t.supplies(amount(7), inferred);
  t.supplies(amount(5), from_source(t.second, 1, 0.4F));
  const EnterpriseGraph graph = t.builder.build();
  const Relation supplies = graph.relation(RelationKind::Supplies);
  EXPECT_EQ(supplies.number(EdgeId{0}, EdgeNumber::Amount), 5.0);
  EXPECT_EQ(supplies.provenance(EdgeId{0}), from_source(t.second, 1, 0.4F));
  const std::vector<Conflict> expected = {
      {RelationKind::Supplies, EdgeId{0}, EdgeNumber::Amount, 7, inferred}};
  EXPECT_EQ(std::vector(graph.conflicts().begin(), graph.conflicts().end()), expected);
}

TEST(GraphBuilder, AnInferredAmountOfAStatedRelationIsKeptAndCalledInferred) {
  Trade t;
  Provenance inferred = from_source(t.first, 2, 0.4F);
  inferred.basis = Basis::Inferred;
  t.supplies(amount(7), inferred);
  EdgeAttributes of_detail = share(0.25);
  of_detail.detail = "长期";
  t.supplies(of_detail, from_source(t.second, 1));
  const EnterpriseGraph graph = t.builder.build();
  const Relation supplies = graph.relation(RelationKind::Supplies);
  EXPECT_EQ(supplies.number(EdgeId{0}, EdgeNumber::Amount), 7.0);
  EXPECT_EQ(supplies.number(EdgeId{0}, EdgeNumber::Share), 0.25);
  EXPECT_EQ(supplies.detail(EdgeId{0}), "长期");
  Provenance expected = inferred;
  expected.confidence = 1;
  EXPECT_EQ(supplies.provenance(EdgeId{0}), expected);
}

TEST(GraphBuilder, OneRowWithAnAmountAmongRowsWithoutIsTheOneCited) {
  Trade t;
  t.supplies({}, from_source(t.first, 3));
  t.supplies(amount(5), from_source(t.first, 9, 0.6F));
  const EnterpriseGraph graph = t.builder.build();
  const Relation supplies = graph.relation(RelationKind::Supplies);
  EXPECT_EQ(supplies.number(EdgeId{0}, EdgeNumber::Amount), 5.0);
  EXPECT_EQ(supplies.provenance(EdgeId{0}), from_source(t.first, 9));
}

TEST(GraphBuilder, TheOrderInWhichSourcesAreRegisteredDecidesNothing) {
  const auto built = [](bool turned) {
    GraphBuilder builder;
    const EntityRef a = builder.add(EntityKind::Firm, "甲");
    const EntityRef b = builder.add(EntityKind::Firm, "乙");
    if (turned) builder.add_source({"b.csv", "", ""});
    const SourceId first = builder.add_source({"a.csv", "", ""});
    const SourceId second = builder.add_source({"b.csv", "", ""});
    builder.relate(RelationKind::Supplies, a, b, amount(7), from_source(second, 1));
    builder.relate(RelationKind::Supplies, a, b, amount(5), from_source(first, 2));
    return *builder.build().relation(RelationKind::Supplies).number(EdgeId{0}, EdgeNumber::Amount);
  };
  EXPECT_EQ(built(false), 5);
  EXPECT_EQ(built(true), 5);
}

TEST(GraphBuilder, YearsAndSegmentsAreNeverAddedUp) {
  Trade t;
  const auto in_year = [&](std::int16_t as_of, std::int16_t since) {
    Provenance provenance = from_source(t.first, 1);
    provenance.as_of.year = as_of;
    provenance.since.year = since;
    return provenance;
  };
  EdgeAttributes of_film = amount(4);
  of_film.segment = t.film;
  t.supplies(amount(1), in_year(2021, 2019));
  t.supplies(amount(2), in_year(0, 2020));
  t.supplies(amount(3), in_year(2020, 0));
  t.supplies(of_film, in_year(2020, 0));
  t.supplies(amount(5), in_year(0, 0));
  const EnterpriseGraph graph = t.builder.build();
  const Relation supplies = graph.relation(RelationKind::Supplies);
  std::vector<std::tuple<bool, int, double>> found;
  for (std::uint64_t e = 0; e < supplies.size(); ++e) {
    found.emplace_back(supplies.segment(EdgeId{e}).has_value(),
                       supplies.provenance(EdgeId{e}).year(),
                       *supplies.number(EdgeId{e}, EdgeNumber::Amount));
  }
  // No segment stands after all segments; 2 and 3 are of the year 2020.
  EXPECT_EQ(found, (std::vector<std::tuple<bool, int, double>>{
                       {true, 2020, 4}, {false, 0, 5}, {false, 2020, 5}, {false, 2021, 1}}));
}

TEST(GraphBuilder, CoveredRegionsAreSortedAndStandOnce) {
  GraphBuilder builder;
  const OrganizationId office{builder.add(EntityKind::Organization, "驻点办").local};
  const OrganizationId idle{builder.add(EntityKind::Organization, "商会").local};
  for (const std::uint32_t code : {500104U, 440305U, 500104U}) {
    builder.cover(office, RegionCode{code});
  }
  const EnterpriseGraph graph = builder.build();
  const auto regions = graph.covered_regions(office);
  EXPECT_EQ(std::vector(regions.begin(), regions.end()),
            (std::vector{RegionCode{440305}, RegionCode{500104}}));
  EXPECT_TRUE(graph.covered_regions(idle).empty());
}

TEST(GraphBuilder, ACycleOfPartOfIsNamedAndTheBuilderKeepsWhatItHad) {
  GraphBuilder builder;
  for (const char* name : {"x", "a", "b", "c"}) builder.add(EntityKind::Segment, name);
  const auto part_of = [&](std::uint32_t part, std::uint32_t whole) {
    builder.relate(RelationKind::PartOf, SegmentId{part}, SegmentId{whole});
  };
  part_of(0, 1);
  part_of(1, 2);
  part_of(2, 3);
  part_of(3, 1);
  const auto build = [&] { static_cast<void>(builder.build()); };
  EXPECT_EQ(code_of(build), ErrorCode::InvalidData);
  EXPECT_EQ(message_of(build),
            (Text{"part_of relations form a cycle: a → b → c → a; remove one of them",
                  "“属于”关系成环：a → b → c → a；请删去其中一条"}));
  EXPECT_EQ(builder.size(EntityKind::Segment), 4U);
}

TEST(GraphBuilder, ALongCycleIsNamedInPart) {
  GraphBuilder builder;
  for (std::uint32_t i = 0; i < 100; ++i) builder.add(EntityKind::Segment, std::to_string(i));
  for (std::uint32_t i = 0; i < 100; ++i) {
    builder.relate(RelationKind::PartOf, SegmentId{i}, SegmentId{(i + 1) % 100});
  }
  EXPECT_EQ(
      message_of([&] { static_cast<void>(builder.build()); }).en,
      "part_of relations form a cycle: 0 → 1 → 2 → 3 → 4 → 5 → 6 → 7 → 8 → 9 → 10 → 11 → … → 0; "
      "remove one of them");
}

TEST(GraphBuilder, ADeepTaxonomyAndADiamondAreNoCycle) {
  GraphBuilder builder;
  constexpr std::uint32_t kDepth = 200000;
  for (std::uint32_t i = 0; i < kDepth; ++i) builder.add(EntityKind::Segment, "s");
  for (std::uint32_t i = 0; i + 1 < kDepth; ++i) {
    builder.relate(RelationKind::PartOf, SegmentId{i}, SegmentId{i + 1});
  }
  builder.relate(RelationKind::PartOf, SegmentId{0}, SegmentId{kDepth - 1});
  EXPECT_EQ(builder.build().relation(RelationKind::PartOf).size(), kDepth);
}

TEST(GraphBuilder, BuildLeavesItEmpty) {
  Trade t;
  t.supplies({}, {});
  const EnterpriseGraph first = t.builder.build();
  EXPECT_EQ(first.size(), 4U);
  EXPECT_EQ(t.builder.size(EntityKind::Firm), 0U);
  EXPECT_EQ(walk(t.builder.build()), walk(EnterpriseGraph()));
  EXPECT_EQ(first.relation(RelationKind::Supplies).size(), 1U);
}

TEST(GraphBuilder, BuildingSaysHowFarItIsAndEndsWhenAsked) {
  const auto filled = [] {
    GraphBuilder builder;
    for (const char* name : {"甲", "乙", "丙"}) builder.add(EntityKind::Firm, name);
    builder.add(EntityKind::Segment, "电池");
    builder.relate_all(RelationKind::Supplies, {{0, 1}, {1, 2}});
    builder.relate(RelationKind::Makes, FirmId{0}, SegmentId{0});
    return builder;
  };
  using Steps = std::vector<std::pair<std::uint64_t, std::uint64_t>>;
  Steps steps;
  BuildOptions watched;
  watched.progress = [&](std::string_view stage, std::uint64_t done, std::uint64_t total) {
    EXPECT_EQ(stage, "freeze");
    steps.emplace_back(done, total);
  };
  GraphBuilder builder = filled();
  static_cast<void>(builder.build(watched));
  // Four steps with the two instances of `supplies`, four with the one of `makes`.
  EXPECT_EQ(steps,
            (Steps{{2, 12}, {4, 12}, {6, 12}, {8, 12}, {9, 12}, {10, 12}, {11, 12}, {12, 12}}));

  // Stopped before it starts, and after each step but the last.
  for (std::size_t most = 0; most < steps.size(); ++most) {
    std::stop_source stop;
    std::size_t told = 0;
    BuildOptions options;
    options.stop = stop.get_token();
    options.progress = [&](std::string_view, std::uint64_t, std::uint64_t) {
      if (++told == most) stop.request_stop();
    };
    if (most == 0) stop.request_stop();
    GraphBuilder stopped = filled();
    EXPECT_EQ(code_of([&] { static_cast<void>(stopped.build(options)); }), ErrorCode::Cancelled)
        << most;
    EXPECT_EQ(told, most);
    EXPECT_EQ(stopped.size(EntityKind::Firm), 0U);
    EXPECT_EQ(walk(stopped.build()), walk(EnterpriseGraph()));
  }
}

TEST(GraphBuilder, ConfidenceIsKeptInStepsOf255) {
  GraphBuilder builder;
  builder.add(EntityKind::Firm, "甲", from_source({}, 1, 0.5F));
  // 0.5 × 255 = 127.5, rounded to 128.
  EXPECT_EQ(builder.build().provenance(EntityId{0}).confidence, 128.0F / 255.0F);
}

TEST(GraphBuilder, ProvenanceIsKeptWhole) {
  GraphBuilder builder;
  SourceId last{};
  for (int i = 1; i <= 65535; ++i) last = builder.add_source({std::to_string(i), "", ""});
  Provenance extreme;
  extreme.source = last;
  extreme.row = 0xFFFF'FFFF;
  extreme.basis = Basis::Inferred;
  extreme.confidence = 0;
  extreme.since = {1, 1, 1};
  extreme.until = {4095, 12, 31};
  extreme.as_of = {2024, 2, 0};
  builder.add(EntityKind::Firm, "甲", extreme);
  EXPECT_EQ(builder.build().provenance(EntityId{0}), extreme);
}

// The merge rules once more, written down as they are told, over plain maps.
struct Said {
  double amount;  ///< -1: none
  double share;   ///< -1: none
  int confidence;
  std::uint32_t row;
  std::uint32_t source = 0;
};
using SameRelation = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, int>;

std::vector<Said> without_duplicates(const std::vector<Said>& all) {
  std::vector<Said> different;
  for (const Said& s : all) {
    bool known = false;
    for (Said& d : different) {
      if (d.amount != s.amount || d.share != s.share || d.confidence != s.confidence) continue;
      d.row = std::min(d.row, s.row);
      known = true;
    }
    if (!known) different.push_back(s);
  }
  return different;
}

// Value by value, what the first in this order says that says anything.
Said join(const std::vector<Said>& by_trust) {
  Said result{-1, -1, by_trust.front().confidence, by_trust.front().row, by_trust.front().source};
  const Said* amount = nullptr;
  const Said* share = nullptr;
  for (const Said& s : by_trust) {
    if (amount == nullptr && s.amount >= 0) amount = &s;
    if (share == nullptr && s.share >= 0) share = &s;
  }
  if (amount != nullptr) result.amount = amount->amount;
  if (share != nullptr) result.share = share->share;
  if (const Said* cited = amount != nullptr ? amount : share) {
    result.row = cited->row;
    result.source = cited->source;
  }
  return result;
}

Said fold(const std::vector<Said>& all) {
  std::vector<Said> different = without_duplicates(all);
  std::ranges::sort(different, {}, [](const Said& s) { return std::tuple(-s.confidence, s.row); });
  Said result = join(different);
  int amounts = 0;
  int weakest = 255;
  double sum = 0;
  for (const Said& s : different) {
    if (s.amount < 0) continue;
    sum += s.amount;
    weakest = std::min(weakest, s.confidence);
    ++amounts;
  }
  if (amounts > 1) {
    result.amount = sum;
    result.confidence = weakest;
  }
  return result;
}

TEST(GraphBuilder, MergesAsABruteForceReading) {
  std::mt19937 engine(20260728);
  const auto below = [&](std::uint32_t n) { return static_cast<std::uint32_t>(engine() % n); };
  for (int round = 0; round < 200; ++round) {
    GraphBuilder builder;
    for (int i = 0; i < 4; ++i) builder.add(EntityKind::Firm, std::to_string(i));
    for (int i = 0; i < 2; ++i) builder.add(EntityKind::Segment, std::to_string(i));
    const std::vector sources = {SourceId{0}, builder.add_source({"a", "", ""}),
                                 builder.add_source({"b", "", ""})};
    std::map<SameRelation, std::map<std::uint32_t, std::vector<Said>>> told;
    const std::uint32_t count = below(120);
    for (std::uint32_t i = 0; i < count; ++i) {
      const std::uint32_t from = below(4);
      const std::uint32_t to = below(4);
      if (from == to) continue;
      const std::uint32_t segment = below(3);
      const int year = static_cast<int>(below(2)) * 2020;
      const std::uint32_t source = below(3);
      // Rows differ unless the rest is equal, so that the lead is always one row.
      Said said{below(3) == 0 ? -1.0 : below(3), below(2) == 0 ? -1.0 : below(3) / 2.0,
                static_cast<int>(below(2) * 55 + 200), i + 1, source};
      EdgeAttributes attributes;
      if (segment < 2) attributes.segment = SegmentId{segment};
      if (said.amount >= 0) attributes.amount = said.amount;
      if (said.share >= 0) attributes.share = said.share;
      Provenance provenance =
          from_source(sources[source], said.row, static_cast<float>(said.confidence) / 255.0F);
      provenance.as_of.year = static_cast<std::int16_t>(year);
      builder.relate(RelationKind::Supplies, FirmId{from}, FirmId{to}, attributes, provenance);
      told[{from, to, segment, year}][source].push_back(said);
    }

    const EnterpriseGraph graph = builder.build();
    const Relation supplies = graph.relation(RelationKind::Supplies);
    ASSERT_EQ(supplies.size(), told.size());
    std::uint64_t edge = 0;
    std::vector<std::tuple<std::uint64_t, int, double, std::uint32_t>> conflicts;
    for (const auto& [relation, by_source] : told) {
      std::vector<Said> folded;
      for (const auto& [source, all] : by_source) folded.push_back(fold(all));
      std::ranges::stable_sort(folded, {}, [](const Said& said) { return -said.confidence; });
      const Said kept = join(folded);
      const auto& [from, to, segment, year] = relation;
      const EdgeId id{edge};
      EXPECT_EQ(raw(supplies.source(id)), from);
      EXPECT_EQ(raw(supplies.target(id)), to);
      EXPECT_EQ(supplies.segment(id),
                segment < 2 ? std::optional(SegmentId{segment}) : std::nullopt);
      const Provenance provenance = supplies.provenance(id);
      EXPECT_EQ(provenance.year(), year);
      EXPECT_EQ(raw(provenance.source), kept.source);
      EXPECT_EQ(provenance.row, kept.row);
      EXPECT_EQ(std::lround(provenance.confidence * 255), kept.confidence);
      EXPECT_EQ(supplies.number(id, EdgeNumber::Amount).value_or(-1), kept.amount);
      EXPECT_EQ(supplies.number(id, EdgeNumber::Share).value_or(-1), kept.share);
      for (const auto& [source, all] : by_source) {
        std::vector<std::tuple<std::uint32_t, int, double>> lost;  // row, number, value
        const Said said = fold(all);
        if (said.amount >= 0 && said.amount != kept.amount) {
          lost.emplace_back(said.row, 0, said.amount);
        }
        for (const Said& row : without_duplicates(all)) {
          if (row.share >= 0 && row.share != kept.share) lost.emplace_back(row.row, 1, row.share);
        }
        std::ranges::sort(lost);
        for (const auto& [row, number, value] : lost) {
          conflicts.emplace_back(edge, number, value, row);
        }
      }
      ++edge;
    }
    std::vector<std::tuple<std::uint64_t, int, double, std::uint32_t>> found;
    for (const Conflict& c : graph.conflicts()) {
      found.emplace_back(raw(c.edge), static_cast<int>(c.number), c.value, c.provenance.row);
    }
    EXPECT_EQ(found, conflicts);
  }
}

TEST(GraphBuilder, MakesTheSameGraphWithAnyNumberOfThreads) {
  const auto bytes = [](int threads) {
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
    GraphBuilder builder;
    std::mt19937 engine(7);
    const auto random = [&] { return static_cast<std::uint32_t>(engine()); };
    constexpr std::uint32_t kFirms = 5000;
    for (std::uint32_t i = 0; i < kFirms; ++i) {
      builder.add(EntityKind::Firm, "示例" + std::to_string(i));
    }
    const std::array sources = {builder.add_source({"a.csv", "", ""}),
                                builder.add_source({"b.csv", "", ""})};
    for (int i = 0; i < 60'000; ++i) {
      // A hub, so that rows differ in length, and pairs that are stated several times.
      const std::uint32_t from = i % 3 == 0 ? 17 : random() % kFirms;
      const std::uint32_t to = (from + 1 + random() % 800) % kFirms;
      EdgeAttributes attributes;
      if (random() % 2 == 0) attributes.amount = random() % 10;
      Provenance provenance;
      provenance.source = sources[random() % 2];
      provenance.row = random() % 1000;
      provenance.confidence = static_cast<float>(random() % 3) / 2;
      builder.relate(RelationKind::Supplies, FirmId{from}, FirmId{to}, attributes, provenance);
    }
    const EnterpriseGraph graph = builder.build();
    EXPECT_GT(graph.conflicts().size(), 0U);
    return snapshot_bytes(graph);
  };
  const std::string alone = bytes(1);
  EXPECT_EQ(bytes(2), alone);
  EXPECT_EQ(bytes(5), alone);
}

TEST(GraphBuilder, ManyAtOnceAreTheSameAsOneByOne) {
  GraphBuilder many;
  many.add_numbered(EntityKind::Firm, std::vector<std::uint32_t>{3, 10, 12});
  many.add(EntityKind::Firm, "10");
  many.add_numbered(EntityKind::Person, std::vector<std::uint32_t>{3, 4});
  many.relate_all(RelationKind::Supplies, {{2, 0}, {0, 1}, {2, 0}});
  many.relate(RelationKind::Supplies, FirmId{0}, FirmId{1});
  many.relate_all(RelationKind::Supplies, {{0, 3}});
  many.relate_all(RelationKind::Owns, {{1, 0}});
  many.relate(RelationKind::Owns, PersonId{1}, FirmId{0});
  many.relate_all(RelationKind::Cooperates, {{1, 1}});
  many.relate_all(RelationKind::Serves, {});
  GraphBuilder single;
  for (const char* name : {"3", "10", "12", "10"}) single.add(EntityKind::Firm, name);
  for (const char* name : {"3", "4"}) single.add(EntityKind::Person, name);
  single.relate(RelationKind::Supplies, FirmId{2}, FirmId{0});
  single.relate(RelationKind::Supplies, FirmId{0}, FirmId{1});
  single.relate(RelationKind::Supplies, FirmId{0}, FirmId{3});
  single.relate(RelationKind::Owns, PersonId{1}, FirmId{0});
  single.relate(RelationKind::Owns, FirmId{1}, FirmId{0});
  single.relate(RelationKind::Cooperates, FirmId{1}, FirmId{1});
  EXPECT_EQ(snapshot_bytes(many.build()), snapshot_bytes(single.build()));
}

TEST(GraphBuilder, RefusesManyAtOnceAsOneByOne) {
  GraphBuilder builder;
  const auto add = [&](EntityKind kind, std::vector<std::uint32_t> numbers) {
    return code_of([&] { builder.add_numbered(kind, numbers); });
  };
  EXPECT_EQ(add(EntityKind::Firm, {1, 2, 2}), ErrorCode::InvalidArgument);
  EXPECT_EQ(add(EntityKind::Firm, {2, 1}), ErrorCode::InvalidArgument);
  EXPECT_EQ(add(static_cast<EntityKind>(9), {1}), ErrorCode::InvalidArgument);
  EXPECT_EQ(builder.size(EntityKind::Firm), 0U);
  EXPECT_EQ(add(EntityKind::Firm, {1, 2}), std::nullopt);
  const auto relate = [&](RelationKind kind, BigVector<LocalEnds> ends) {
    return code_of([&] { builder.relate_all(kind, std::move(ends)); });
  };
  EXPECT_EQ(relate(static_cast<RelationKind>(99), {{0, 1}}), ErrorCode::InvalidArgument);
  EXPECT_EQ(relate(RelationKind::Supplies, {{0, 1}, {1, 2}}), ErrorCode::InvalidArgument);
  EXPECT_EQ(relate(RelationKind::Supplies, {{0, 1}, {2, 1}}), ErrorCode::InvalidArgument);
  EXPECT_EQ(relate(RelationKind::Supplies, {{0, 1}, {1, 1}}), ErrorCode::InvalidArgument);
  EXPECT_EQ(relate(RelationKind::Makes, {{0, 0}}), ErrorCode::InvalidArgument);
  EXPECT_EQ(builder.build().relation(RelationKind::Supplies).size(), 0U);
}

TEST(GraphBuilder, PlainRelationsAreSortedAndStandOnceWithAnyNumberOfThreads) {
  // Long rows and short ones, each pair up to a few times, in parts of several tasks.
  for (const auto& [firms, instances] :
       {std::pair(40'000U, 300'000), std::pair(300U, 200'000), std::pair(70'000U, 50)}) {
    std::mt19937 engine(11);
    const auto random = [&] { return static_cast<std::uint32_t>(engine()); };
    BigVector<LocalEnds> ends;
    for (int i = 0; i < instances; ++i) {
      const std::uint32_t from = i % 3 == 0 ? 17 : random() % firms;
      ends.push_back({from, (from + 1 + random() % (firms - 1)) % firms});
      if (i % 5 == 0) ends.push_back(ends[random() % ends.size()]);
    }
    std::set<std::pair<std::uint32_t, std::uint32_t>> expected;
    std::set<std::pair<std::uint32_t, std::uint32_t>> reversed;
    for (const auto& [from, to] : ends) {
      expected.emplace(from, to);
      reversed.emplace(to, from);
    }
    for (const int threads : {1, 2, 5}) {
      const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
      std::vector<std::uint32_t> numbers(firms);
      std::iota(numbers.begin(), numbers.end(), 0U);
      GraphBuilder builder;
      builder.add_numbered(EntityKind::Firm, numbers);
      builder.relate_all(RelationKind::Supplies, {ends.begin(), ends.begin() + 40});
      builder.relate_all(RelationKind::Supplies, {ends.begin() + 40, ends.end()});
      const EnterpriseGraph graph = builder.build();
      const Relation supplies = graph.relation(RelationKind::Supplies);
      ASSERT_EQ(supplies.size(), expected.size());
      auto out = expected.begin();
      auto in = reversed.begin();
      for (std::uint32_t firm = 0; firm < firms; ++firm) {
        for (const EntityId target : supplies.targets(EntityId{firm})) {
          ASSERT_EQ(std::pair(firm, raw(target)), *out++);
        }
        std::size_t place = 0;
        for (const EntityId source : supplies.sources(EntityId{firm})) {
          ASSERT_EQ(std::pair(firm, raw(source)), *in++);
          const EdgeId edge{supplies.in_edges(EntityId{firm})[place++]};
          ASSERT_EQ(supplies.source(edge), source);
          ASSERT_EQ(supplies.target(edge), EntityId{firm});
        }
      }
    }
  }
}

}  // namespace
}  // namespace liantu
