#include "liantu/chain/economy/demand.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <stop_token>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/values/confidence.hpp"
#include "chain/segments/input_rules.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/graph/builder.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::segment;
using test::sketch;

using Told = std::vector<std::string>;

std::string number(double value) {
  std::string text = std::to_string(value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

/// `2: 25 stated, of 10 lacks 15, by 电池 25`.
std::string told(const EnterpriseGraph& graph, const RoundDemand& round) {
  std::string text = std::to_string(round.round) + ": " + number(round.demand.value) + " " +
                     std::string(basis_word(round.demand.basis)) + ", of " +
                     (round.available ? number(*round.available) : "?") + " lacks " +
                     (round.leakage ? number(*round.leakage) : "?") + ", by";
  for (const DemandCause& cause : round.causes) {
    text += " " + std::string(graph.name(graph.entity(cause.product))) + " " + number(cause.amount);
  }
  return text;
}

/// Kind, segment and rounds of every gap.
Told rounds_of(std::string_view text, int rounds = 2) {
  const EnterpriseGraph graph = sketch(text);
  GapOptions options;
  options.district.region = RegionCode{500104};
  options.rounds = rounds;
  Told result;
  for (const Gap& gap : find_gaps(graph, options).gaps) {
    std::string line =
        std::string(gap_word(gap.kind)) + " " + std::string(graph.name(graph.entity(gap.segment)));
    for (const RoundDemand& round : gap.later) line += "; " + told(graph, round);
    result.push_back(line);
  }
  return result;
}

TEST(Rounds, WhatIsMadeLocallyBuysItsInputsOnce) {
  // 整机 100 buys 50 of 部件, all made here, whose maker buys 25 of 材料. The first round has both;
  // nothing of 部件 is lacking, so that the second round is empty: (A² x would count 材料 again.)
  EXPECT_EQ(rounds_of(R"(
    甲{region=500104} -makes{output=100}-> 整机 -requires{coef=0.5}-> 部件
    乙{region=500104} -makes{output=25}-> 部件; 丙{region=500104} -makes{output=25}-> 部件
    部件 -requires{coef=0.5}-> 材料
  )"),
            Told{"missing 材料"});
}

TEST(Rounds, FillingAGapRaisesTheNextDemand) {
  // 整机 100 → 部件 50, of which 20 are made here: 30 lacking, needing 材料 15 and 胶 3. 材料: the
  // makers of 部件 buy 10 of the 12 made here, 2 are left: 13 lacking. Round 3: 13 × 0.1 of 矿.
  EXPECT_EQ(rounds_of(R"(
    甲{region=500104} -makes{output=100}-> 整机 -requires{coef=0.5}-> 部件
    乙{region=500104} -makes{output=20}-> 部件 -requires{coef=0.5}-> 材料
    丙{region=500104} -makes{output=12}-> 材料; 部件 -requires{coef=0.1,basis=estimated}-> 胶
    材料 -requires{coef=0.1}-> 矿
    丁{region=500104} -makes{output=100}-> 矿
  )",
                      3),
            (Told{"weak 部件", "weak 材料; 2: 15 stated, of 2 lacks 13, by 部件 15",
                  "missing 胶; 2: 3 estimated, of 0 lacks 3, by 部件 3",
                  "weak 矿; 3: 1.3 stated, of 98.8 lacks 0, by 材料 1.3"}));
}

TEST(Rounds, SeveralCausesAreSurerThanTheSurestOfThem) {
  // Each of 车 and 船 raises 电池 with a confidence of 102 and 153 of 255: 1 − 0.6 × 0.4.
  const EnterpriseGraph graph =
      sketch("车 -requires{coef=0.4,conf=0.4}-> 电池; 船 -requires{coef=0.5,conf=0.6}-> 电池");
  const std::vector<FirstRound> first = {{segment(graph, "车"), {100, {}}, Figure{0, {}}, 1},
                                         {segment(graph, "船"), {100, {}}, Figure{0, {}}, 1}};
  const auto none = [](SegmentId) { return std::optional(Figure{}); };
  const std::vector<LaterRounds> later = later_rounds(graph, first, none, {.rounds = 2});
  ASSERT_EQ(later.size(), 1U);
  EXPECT_NEAR(later[0].rounds.at(0).confidence, 1 - 0.6 * 0.4, 1e-6);
}

TEST(Rounds, ASegmentNeededOnlyLaterIsHidden) {
  const std::string cars =
      "甲{region=500104} -makes{output=100}-> 车 -requires{coef=0.4}-> 电池 -requires{coef=0.5}-> "
      "隔膜 -requires{coef=0.1}-> 粒子; ";
  EXPECT_EQ(rounds_of(cars, 1), Told{"missing 电池"});
  EXPECT_EQ(rounds_of(cars, 2),
            (Told{"missing 电池", "hidden 隔膜; 2: 20 stated, of 0 lacks 20, by 电池 20"}));
  EXPECT_EQ(rounds_of(cars, 8),
            (Told{"missing 电池", "hidden 隔膜; 2: 20 stated, of 0 lacks 20, by 电池 20",
                  "hidden 粒子; 3: 2 stated, of 0 lacks 2, by 隔膜 2"}));
  // What local makers could meet is not a gap: 乙 and 丙 make 20 and buy 2 of 粒子. Where their output
  // is not known, nobody can say that it meets the demand.
  const std::string makers =
      "; 乙{region=500104} -makes{output=10}-> 隔膜; 丙{region=500104} -makes{output=10}-> 隔膜";
  EXPECT_EQ(rounds_of(cars + makers, 8), (Told{"missing 电池", "missing 粒子"}));
  EXPECT_EQ(rounds_of(cars + "丁{region=500104} -makes-> 隔膜", 8),
            (Told{"missing 电池", "missing 粒子",
                  "hidden 隔膜; 2: 20 stated, of ? lacks ?, by 电池 20"}));
}

TEST(Rounds, AHiddenGapMayBeAnExtensionToo) {
  const EnterpriseGraph graph = sketch(
      "甲{region=500104} -makes{output=100}-> 车 -requires{coef=0.4}-> 电池 -requires{coef=0.5}-> "
      "隔膜 -requires-> 粒子; 乙{region=500104} -makes-> 粒子");
  GapOptions options;
  options.district.region = RegionCode{500104};
  const GapReport report = find_gaps(graph, options);
  ASSERT_EQ(report.gaps.size(), 2U);
  EXPECT_EQ(report.gaps[1].segment, segment(graph, "隔膜"));
  EXPECT_EQ(report.gaps[1].kinds, (std::vector{GapKind::Hidden, GapKind::Extension}));
  EXPECT_EQ(report.gaps[1].demand, std::nullopt);
  EXPECT_EQ(severity_amount(report.gaps[1]), 20);
}

TEST(Rounds, CountsHaveNoLaterRounds) {
  EXPECT_EQ(rounds_of("甲{region=500104} -makes-> 车 -requires{coef=0.4}-> 电池 "
                      "-requires{coef=0.5}-> 隔膜"),
            Told{"missing 电池"});
  EXPECT_EQ(rounds_of("甲{region=500104} -makes{output=9}-> 车 -requires{coef=0.4}-> 电池; "
                      "电池 -requires-> 隔膜"),
            Told{"missing 电池"});
}

TEST(Rounds, ACycleOfNeedsRunsOnlyAsOftenAsAsked) {
  // 电 lacks 10: 煤 5; 煤 lacks 5: 电 1 …
  const EnterpriseGraph graph = sketch("电 -requires{coef=0.5}-> 煤 -requires{coef=0.2}-> 电");
  const std::vector<FirstRound> first = {
      {segment(graph, "电"), {10, Basis::Stated}, Figure{0, Basis::Stated}, 1}};
  const auto none = [](SegmentId) { return std::optional(Figure{0, Basis::Stated}); };
  Told all;
  for (const LaterRounds& later : later_rounds(graph, first, none, {.rounds = 4})) {
    for (const RoundDemand& round : later.rounds) all.push_back(told(graph, round));
  }
  EXPECT_EQ(all, (Told{"3: 1 stated, of 0 lacks 1, by 煤 1", "2: 5 stated, of 0 lacks 5, by 电 5",
                       "4: 0.5 stated, of 0 lacks 0.5, by 电 0.5"}));
  EXPECT_TRUE(later_rounds(graph, {}, none, {.rounds = 4}).empty());
  EXPECT_TRUE(later_rounds(EnterpriseGraph(), {}, none).empty());
  EXPECT_TRUE(later_rounds(graph, first, none, {.rounds = 1}).empty());
}

TEST(Rounds, OwnUseIsDemandLikeAnyOther) {
  // 钢 40 needs 10 of itself and 车 100 needs 60: 70, of which 40 are made here. The 30 that lack
  // need 7.5 of 钢, those 1.875.
  const std::string text =
      "甲{region=500104} -makes{output=100}-> 车 -requires{coef=0.6}-> 钢 -requires{coef=0.25}-> 钢"
      "; 乙{region=500104} -makes{output=20}-> 钢; 丙{region=500104} -makes{output=20}-> 钢";
  EXPECT_EQ(rounds_of(text, 1), Told{});  // covers 40 / 70
  const EnterpriseGraph graph = sketch(text);
  GapOptions options;
  options.district.region = RegionCode{500104};
  options.weak_coverage = 0.6;
  options.rounds = 3;
  const GapReport report = find_gaps(graph, options);
  ASSERT_EQ(report.gaps.size(), 1U);
  const Gap& gap = report.gaps[0];
  EXPECT_EQ(gap.demand, (Figure{70, Basis::Stated}));
  EXPECT_EQ(gap.leakage_min, 30);
  ASSERT_EQ(gap.later.size(), 2U);
  EXPECT_EQ(told(graph, gap.later[0]), "2: 7.5 stated, of 0 lacks 7.5, by 钢 7.5");
  EXPECT_EQ(told(graph, gap.later[1]), "3: 1.875 stated, of 0 lacks 1.875, by 钢 1.875");
}

TEST(Rounds, WhatOnlyItsOwnMakersNeedIsMet) {
  // Own use is less than what is made, however often it is asked.
  EXPECT_EQ(rounds_of("甲{region=500104} -makes{output=40}-> 钢 -requires{coef=0.25}-> 钢; "
                      "乙{region=500104} -makes{output=10}-> 钢",
                      8),
            Told{});
}

TEST(Rounds, AnUnknownSupplyEndsThem) {
  const EnterpriseGraph graph = sketch("电 -requires{coef=0.5}-> 煤 -requires{coef=0.2}-> 铁");
  const std::vector<FirstRound> first = {
      {segment(graph, "电"), {10, Basis::Stated}, Figure{4, Basis::Estimated}, 0.5}};
  const auto unknown = [](SegmentId) { return std::optional<Figure>(); };
  const auto later = later_rounds(graph, first, unknown, {.rounds = 8});
  ASSERT_EQ(later.size(), 1U);
  EXPECT_EQ(told(graph, later[0].rounds.at(0)), "2: 3 estimated, of ? lacks ?, by 电 3");
  EXPECT_EQ(later[0].rounds.size(), 1U);
  EXPECT_NEAR(later[0].rounds[0].confidence, 0.5, 1e-9);
  EXPECT_TRUE(later_rounds(graph, first, unknown, {.rounds = 8, .min_confidence = 0.6}).empty());
}

TEST(Rounds, OfManyCausesTheLargestAreNamed) {
  // Products 1 to 25 lack 1 to 25 and need 铁 one to one: 325, of which 25 to 6 are named.
  std::string text;
  for (int i = 1; i <= 25; ++i) text += "品" + std::to_string(i) + " -requires{coef=1}-> 铁; ";
  const EnterpriseGraph graph = sketch(text);
  std::vector<FirstRound> first;
  for (int i = 1; i <= 25; ++i) {
    first.push_back({segment(graph, "品" + std::to_string(i)), {1.0 * i, {}}, Figure{0, {}}, 1});
  }
  const auto none = [](SegmentId) { return std::optional(Figure{}); };
  const std::vector<LaterRounds> later = later_rounds(graph, first, none, {.rounds = 2});
  ASSERT_EQ(later.size(), 1U);
  const RoundDemand& round = later[0].rounds.at(0);
  EXPECT_EQ(round.demand.value, 325);
  EXPECT_EQ(round.cause_count, 25U);
  ASSERT_EQ(round.causes.size(), kCauses);
  for (std::size_t i = 0; i < kCauses; ++i) {
    EXPECT_EQ(round.causes[i].amount, 25.0 - static_cast<double>(i));
    EXPECT_EQ(round.causes[i].product, segment(graph, "品" + std::to_string(25 - i)));
  }
}

TEST(Rounds, WhatIsPartOfASegmentRaisesWhatThatNeeds) {
  // 大车 and 小车 need what 车 needs: each lacks 10 and 30, sure to 1/2 and 1, and needs 0.5 of 胎.
  const EnterpriseGraph graph =
      sketch("大车 -part_of-> 车; 小车 -part_of-> 车 -requires{coef=0.5}-> 胎");
  const std::vector<FirstRound> first = {
      {segment(graph, "大车"), {10, {}}, Figure{0, {}}, 0.5},
      {segment(graph, "小车"), {30, Basis::Estimated}, Figure{0, {}}, 1}};
  const auto none = [](SegmentId) { return std::optional(Figure{}); };
  const auto both = later_rounds(graph, first, none, {.rounds = 2});
  ASSERT_EQ(both.size(), 1U);
  EXPECT_EQ(told(graph, both[0].rounds.at(0)), "2: 20 estimated, of 0 lacks 20, by 小车 15 大车 5");
  EXPECT_EQ(both[0].rounds[0].confidence, 1);
  EXPECT_EQ(both[0].rounds[0].cause_count, 2U);
  const auto sure = later_rounds(graph, first, none, {.rounds = 2, .min_confidence = 0.6});
  EXPECT_EQ(told(graph, sure.at(0).rounds.at(0)), "2: 15 estimated, of 0 lacks 15, by 小车 15");
  EXPECT_EQ(sure[0].rounds[0].cause_count, 1U);
}

TEST(Rounds, ALineOfSegmentsThatItsTopRequiresIsNamedInPart) {
  // 3,000 segments, each part of the one before: each lacks 1 and needs all that the first needs,
  // nine million causes of which twenty a segment are named.
  constexpr std::uint32_t kLine = 3000;
  GraphBuilder builder;
  for (std::uint32_t i = 0; i < kLine; ++i) {
    builder.add(EntityKind::Segment, "s" + std::to_string(i), {});
  }
  for (std::uint32_t i = 1; i < kLine; ++i) {
    builder.relate(RelationKind::PartOf, SegmentId{i}, SegmentId{i - 1}, {}, {});
    EdgeAttributes attributes;
    attributes.coefficient = 0.5;
    builder.relate(RelationKind::Requires, SegmentId{0}, SegmentId{i}, attributes, {});
  }
  const EnterpriseGraph graph = builder.build();
  std::vector<FirstRound> first;
  for (std::uint32_t i = 1; i < kLine; ++i) {
    first.push_back({SegmentId{i}, {1, {}}, Figure{0, {}}, 1});
  }
  const auto none = [](SegmentId) { return std::optional(Figure{}); };
  const auto later = later_rounds(graph, first, none, {.rounds = 2});
  ASSERT_EQ(later.size(), kLine - 1);
  for (const LaterRounds& one : later) {
    const RoundDemand& round = one.rounds.at(0);
    EXPECT_EQ(round.demand.value, 0.5 * (kLine - 1));
    EXPECT_EQ(round.cause_count, kLine - 1);
    ASSERT_EQ(round.causes.size(), kCauses);
    EXPECT_EQ(round.causes.front().product, SegmentId{1});
    EXPECT_EQ(round.causes.back().product, SegmentId{20});
  }
  std::stop_source stopped;
  stopped.request_stop();
  try {
    (void)later_rounds(graph, first, none, {.rounds = 8, .stop = stopped.get_token()});
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::Cancelled);
  }
}

TEST(Rounds, OptionsOutsideTheirRangeAreRefused) {
  const auto none = [](SegmentId) { return std::optional<Figure>(); };
  for (const RoundOptions& wrong :
       {RoundOptions{0, 0}, RoundOptions{9, 0}, RoundOptions{2, -0.1}, RoundOptions{2, 1.1}}) {
    try {
      (void)later_rounds(EnterpriseGraph(), {}, none, wrong);
      ADD_FAILURE() << "nothing was thrown";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::InvalidArgument);
      EXPECT_NE(error.message().zh, error.message().en);
    }
  }
}

// ---- definitions

/// dᵏ⁺¹ = A max(0, dᵏ − sᵏ), sᵏ⁺¹ = max(0, sᵏ − dᵏ), written down with whole vectors.
TEST(Rounds, EqualTheRecursionOnRandomGraphs) {
  int later_seen = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const EnterpriseGraph graph = test::random_graph(seed, {.firms = 4, .segments = 12});
    const Relation rules = graph.relation(RelationKind::Requires);
    const Taxonomy taxonomy(graph);
    const std::uint32_t n = graph.size(EntityKind::Segment);
    std::vector<FirstRound> first;
    std::vector<double> demand(n);
    std::vector<double> supply(n);
    for (std::uint32_t s = 0; s < n; ++s) {
      demand[s] = static_cast<double>((seed * 31 + s * 17) % 7) * 10;
      supply[s] = static_cast<double>((seed * 13 + s * 29) % 5) * 10;
      if (s % 3 == 0) demand[s] = 0;
      if (s % 3 != 0) first.push_back({SegmentId{s}, {demand[s], {}}, Figure{supply[s], {}}, 1});
    }
    const auto left_out = [&](SegmentId s) { return std::optional(Figure{supply[raw(s)], {}}); };
    std::map<std::pair<int, std::uint32_t>, double> expected;
    std::vector<double> left = supply;
    for (int round = 2; round <= 5; ++round) {
      std::vector<double> next(n);
      for (std::uint32_t s = 0; s < n; ++s) {
        const double leak = std::max(0.0, demand[s] - left[s]);
        left[s] = std::max(0.0, left[s] - demand[s]);
        for (const EdgeId edge : input_rules(graph, taxonomy, SegmentId{s})) {
          const double coefficient = rules.number(edge, EdgeNumber::Coefficient).value_or(0);
          next[graph.local(rules.target(edge))] += coefficient * leak;
        }
      }
      demand = next;
      for (std::uint32_t s = 0; s < n; ++s) {
        if (demand[s] > 0) expected[{round, s}] = demand[s];
      }
    }
    std::map<std::pair<int, std::uint32_t>, double> actual;
    for (const LaterRounds& later : later_rounds(graph, first, left_out, {.rounds = 5})) {
      for (const RoundDemand& round : later.rounds) {
        actual[{round.round, raw(later.segment)}] = round.demand.value;
        double causes = 0;
        for (const DemandCause& cause : round.causes) causes += cause.amount;
        EXPECT_NEAR(causes, round.demand.value, 1e-9 * causes);
        EXPECT_EQ(round.leakage, std::max(0.0, round.demand.value - *round.available));
        ++later_seen;
      }
    }
    ASSERT_EQ(actual.size(), expected.size()) << "seed " << seed;
    for (const auto& [key, value] : expected) {
      EXPECT_NEAR(actual.at(key), value, 1e-9 * value) << "seed " << seed;
    }
  }
  EXPECT_GT(later_seen, 100);
}

/// Amount, doubt and causes of the second round, pair by pair.
TEST(Rounds, EqualTheSumOverPairsOnRandomGraphs) {
  std::size_t shared = 0;  // causes whose relation stands at a segment above
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const EnterpriseGraph graph =
        test::random_graph(seed, {.firms = 2, .segments = 30, .density = 1.5});
    const Relation rules = graph.relation(RelationKind::Requires);
    const Taxonomy taxonomy(graph);
    std::vector<FirstRound> first;
    for (std::uint32_t s = 0; s < graph.size(EntityKind::Segment); ++s) {
      const double amount = static_cast<double>((seed * 31 + s * 17) % 9);
      if (amount > 0) first.push_back({SegmentId{s}, {amount, {}}, Figure{0, {}}, (s % 8) / 8.0});
    }
    std::map<std::uint32_t, RoundDemand> expected;
    for (const FirstRound& one : first) {
      for (const EdgeId edge : input_rules(graph, taxonomy, one.segment)) {
        const double coefficient = rules.number(edge, EdgeNumber::Coefficient).value_or(0);
        const double sure = one.confidence * static_cast<double>(rules.provenance(edge).confidence);
        if (coefficient <= 0 || !reaches(sure, 0.3)) continue;
        RoundDemand& demand = expected[graph.local(rules.target(edge))];
        demand.demand.value += coefficient * one.demand.value;
        demand.confidence *= 1 - sure;
        ++demand.cause_count;
        demand.causes.push_back({one.segment, edge, coefficient * one.demand.value});
        if (rules.source(edge) != graph.entity(one.segment)) ++shared;
      }
    }
    const auto none = [](SegmentId) { return std::optional(Figure{}); };
    const auto later = later_rounds(graph, first, none, {.rounds = 2, .min_confidence = 0.3});
    ASSERT_EQ(later.size(), expected.size()) << "seed " << seed;
    for (const LaterRounds& one : later) {
      RoundDemand& wanted = expected.at(raw(one.segment));
      const RoundDemand& found = one.rounds.at(0);
      EXPECT_NEAR(found.demand.value, wanted.demand.value, 1e-9 * wanted.demand.value);
      EXPECT_NEAR(found.confidence, 1 - wanted.confidence, 1e-9);
      EXPECT_EQ(found.cause_count, wanted.cause_count);
      std::ranges::sort(wanted.causes, {}, [](const DemandCause& cause) {
        return std::tuple(-cause.amount, cause.product, cause.requires_edge);
      });
      wanted.causes.resize(std::min(wanted.causes.size(), kCauses));
      EXPECT_EQ(found.causes, wanted.causes);
    }
  }
  EXPECT_GT(shared, 50U);
}

TEST(Rounds, AccountsAddUpOnRandomGraphs) {
  int seen = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const EnterpriseGraph graph =
        test::random_graph(seed, {.firms = 30, .segments = 12, .density = 1.5});
    GapOptions options;
    options.district.region = RegionCode{500104};
    options.rounds = 4;
    for (const Gap& gap : find_gaps(graph, options).gaps) {
      for (const RoundDemand& round : gap.later) {
        EXPECT_GT(round.demand.value, 0);
        EXPECT_GE(round.round, 2);
      }
      if (gap.concentration) {
        EXPECT_LE(*gap.concentration, 1 + 1e-12);
        EXPECT_GE(*gap.concentration, 1 / static_cast<double>(gap.makers.size()) - 1e-12);
      }
      const bool hidden = std::ranges::find(gap.kinds, GapKind::Hidden) != gap.kinds.end();
      EXPECT_TRUE(!hidden || (!gap.demand && severity_amount(gap).value_or(0) > 0));
      if (!gap.demand) continue;
      ++seen;
      const double demand = gap.demand->value;
      double needs = 0;
      for (const Need& need : gap.needers) needs += need.amount.value_or(0);
      EXPECT_NEAR(needs, demand, 1e-9 * demand);
      EXPECT_LE(*gap.demand_stated, demand * (1 + 1e-12));
      EXPECT_EQ(gap.demand->basis == Basis::Stated, *gap.demand_stated >= demand * (1 - 1e-12));
      EXPECT_LE(gap.anchor_demand.value_or(Figure{}).value, demand * (1 + 1e-12));
      EXPECT_LE(gap.leakage_min.value_or(0), *gap.leakage_max);
      // What is stated to be bought leaks, or does not, whatever is made here.
      if (gap.bought_outside || gap.purchases) continue;
      if (gap.leakage_min) {
        // Supplied locally and leaked make the demand.
        const double free = gap.supply->value - gap.supply_used.value_or(0);
        EXPECT_NEAR(std::min(demand, free) + *gap.leakage_min, demand, 1e-9 * demand);
        EXPECT_LE(*gap.leakage_min, *gap.leakage_max);
      }
      if (gap.coverage && gap.leakage_min) {
        EXPECT_NEAR(*gap.coverage * demand + *gap.leakage_min, demand, 1e-9 * demand);
      }
    }
  }
  EXPECT_GT(seen, 100);
}

}  // namespace
}  // namespace liantu
