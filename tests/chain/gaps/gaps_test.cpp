#include "liantu/chain/gaps/gaps.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <locale>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "chain/gaps/sectoral.hpp"
#include "graph/views/told_order.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/values/goods_kinds.hpp"
#include "liantu/graph/builder.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::in_dadukou;
using test::kDadukou;
using test::Sectoral;
using test::sketch;

// ---- gaps as words

std::string told(double value) {
  std::ostringstream out;
  out.imbue(std::locale::classic());
  out << value;
  return out.str();
}

std::string told(const std::optional<double>& value) { return value ? told(*value) : "?"; }

std::string told(const std::optional<Figure>& figure) {
  if (!figure) return "?";
  return told(figure->value) + " " + std::string(basis_word(figure->basis));
}

template <typename List, typename Say>
std::string joined(const List& list, const Say& say) {
  std::string result;
  for (const auto& one : list) {
    result += result.empty() ? "" : " ";
    result += say(one);
  }
  return result.empty() ? "-" : result;
}

/// Everything a gap says but confidences, which are rounded when stored:
/// `missing 隔膜: demand …, supply …, coverage …, local …, leakage …, by 甲(电池 5), makers …`
std::string told(const EnterpriseGraph& graph, const Gap& gap) {
  const auto name = [&](auto id) { return std::string(graph.name(graph.entity(id))); };
  const auto maker = [&](const Maker& one) {
    return name(one.firm) + "(" + name(one.segment) + " " + told(one.output) +
           (one.at_risk ? " at risk)" : ")");
  };
  constexpr const char* kWeak[] = {"low_coverage", "single_maker", "one_carries", "makers_at_risk"};
  std::string result =
      joined(gap.kinds, [](GapKind kind) { return std::string(gap_word(kind)); }) + " " +
      name(gap.segment) + ": demand " + told(gap.demand) + ", supply " + told(gap.supply) +
      ", coverage " + told(gap.coverage) + ", local " + told(gap.purchases) + ", leakage " +
      told(gap.leakage_min) + ".." + told(gap.leakage_max) + ", " +
      std::string(basis_word(gap.basis)) + ", by " + joined(gap.needers, [&](const Need& need) {
        return name(need.firm) + "(" + name(need.product) + " " + told(need.amount) + ")";
      });
  result += ", makers " + joined(gap.makers, maker);
  if (!gap.weak.empty()) {
    result += ", weak by " + joined(gap.weak, [&](WeakReason reason) {
                return std::string(kWeak[static_cast<int>(reason)]);
              });
  }
  EXPECT_GE(gap.possible_maker_count, gap.possible_makers.size());
  if (!gap.possible_makers.empty()) result += ", possible " + joined(gap.possible_makers, maker);
  if (!gap.nearby_makers.empty()) result += ", nearby " + joined(gap.nearby_makers, maker);
  if (!gap.anchors.empty()) result += ", anchors " + joined(gap.anchors, name);
  EXPECT_EQ(gap.kind, gap.kinds.front());
  return result;
}

using Told = std::vector<std::string>;

Told told(const EnterpriseGraph& graph, const GapReport& report) {
  Told result;
  for (const Gap& gap : report.gaps) result.push_back(told(graph, gap));
  return result;
}

Told gaps_of(std::string_view text, const GapOptions& options = in_dadukou()) {
  const EnterpriseGraph graph = sketch(text);
  return told(graph, find_gaps(graph, options));
}

/// Without anchors, whose choice by size is tested elsewhere.
Told plain_gaps_of(const std::string& text) {
  return gaps_of(text + "; 无关企业{region=500104,anchor}");
}

/// The one gap of a text.
Gap gap_of(std::string_view text, const GapOptions& options = in_dadukou()) {
  const GapReport report = find_gaps(sketch(text), options);
  EXPECT_EQ(report.gaps.size(), 1U);
  return report.gaps.empty() ? Gap{} : report.gaps.front();
}

/// A carmaker, two makers of cells that feed it, separators from elsewhere, tyres nobody counts.
constexpr std::string_view kCars = R"(
  甲{region=500104,anchor} -makes{output=1000}-> 整车
  乙{region=500104} -makes{output=100}-> 电池
  丙{region=500104} -makes{output=60,basis=estimated}-> 电池
  丁{region=500107} -makes{output=300}-> 电池
  戊{region=440305} -makes{output=900}-> 隔膜
  己 -makes{output=800}-> 隔膜
  整车 -requires{coef=0.4,basis=estimated}-> 电池
  整车 -requires-> 轮胎
  电池 -requires{coef=0.1}-> 隔膜
  储能柜 -requires-> 电池
  乙 -supplies{segment=电池,amount=150}-> 甲
)";

TEST(Gaps, AreComputedAsByHand) {
  // 电池: demand 1000 × 0.4 = 400; supply 100 + 60 = 160; coverage 0.4 < 0.5; 150 bought locally:
  // leakage 400 − 160 = 240 to 400 − 150 = 250.
  // 隔膜: demand 100 × 0.1 + 60 × 0.1 = 16, none made here: leakage 16. 戊 stands outside, 己
  // nowhere known.
  // 轮胎: how much is not known; counted. 储能柜: 电池 goes into it, nobody makes it; the maker of
  // cells with the most confident statement comes first, ties by firm.
  EXPECT_EQ(gaps_of(kCars),
            (Told{"weak 电池: demand 400 estimated, supply 160 estimated, coverage 0.4, local 150, "
                  "leakage 240..250, estimated, by 甲(整车 400), makers 乙(电池 100) 丙(电池 60), "
                  "weak by low_coverage, nearby 丁(电池 300), anchors 甲",
                  "missing 隔膜: demand 16 estimated, supply 0 stated, coverage 0, local ?, "
                  "leakage 16..16, estimated, by 乙(电池 10) 丙(电池 6), makers -",
                  "missing 轮胎: demand ?, supply ?, coverage ?, local ?, leakage ?..?, counted, "
                  "by 甲(整车 ?), makers -, anchors 甲",
                  "extension 储能柜: demand ?, supply ?, coverage ?, local ?, leakage ?..?, "
                  "counted, by 丙(电池 ?) 乙(电池 ?), makers -"}));
}

TEST(Gaps, TheReportSaysHowItLooked) {
  const EnterpriseGraph graph = sketch(std::string(kCars) + "; 庚{region=500104}");
  const GapReport report = find_gaps(graph, in_dadukou());
  EXPECT_EQ(report.district.region, kDadukou);
  EXPECT_EQ(report.district.near, RegionCode{500000});
  EXPECT_EQ(report.district.source_outside, RegionCode{500000});
  EXPECT_EQ(report.local_firms, 4U);
  EXPECT_EQ(report.local_makers, 3U);
  EXPECT_EQ(report.unlocated_firms, 1U);
  EXPECT_EQ(report.anchors.firms, std::vector{test::firm(graph, "甲")});
  EXPECT_EQ(report.anchors.basis, AnchorBasis::Column);
}

TEST(Gaps, NeedsNameTheRelationsTheyRestOn) {
  const EnterpriseGraph graph = sketch(kCars);
  const GapReport report = find_gaps(graph, in_dadukou());
  const Relation makes = graph.relation(RelationKind::Makes);
  const Relation rules = graph.relation(RelationKind::Requires);
  for (const Gap& gap : report.gaps) {
    for (const Need& need : gap.needers) {
      EXPECT_EQ(makes.source(need.makes), graph.entity(need.firm));
      EXPECT_EQ(makes.target(need.makes), graph.entity(need.product));
      const bool extension = gap.kind == GapKind::Extension;
      EXPECT_EQ(rules.source(need.requires_edge),
                graph.entity(extension ? gap.segment : need.product));
      EXPECT_EQ(rules.target(need.requires_edge),
                graph.entity(extension ? need.product : gap.segment));
    }
    for (const Maker& maker : gap.makers) {
      EXPECT_EQ(makes.source(maker.makes), graph.entity(maker.firm));
      EXPECT_EQ(makes.target(maker.makes), graph.entity(maker.segment));
    }
  }
}

// ---- kinds

TEST(Gaps, EnoughMakersAreNoGap) {
  // Demand 40, supply 50 + 50: covered by two makers.
  EXPECT_EQ(plain_gaps_of("甲{region=500104} -makes{output=100}-> 车 -requires{coef=0.4}-> 胎; "
                          "乙{region=500104} -makes{output=50}-> 胎; "
                          "丙{region=500104} -makes{output=50}-> 胎"),
            Told{});
}

TEST(Gaps, SingleMakerIsWeakNotMissing) {
  // Supply 100 covers the demand of 40 wholly.
  EXPECT_EQ(plain_gaps_of("甲{region=500104} -makes{output=100}-> 车 -requires{coef=0.4}-> 胎; "
                          "乙{region=500104} -makes{output=100}-> 胎"),
            Told{"weak 胎: demand 40 stated, supply 100 stated, coverage 1, local ?, leakage "
                 "0..40, stated, by 甲(车 40), makers 乙(胎 100), weak by single_maker"});
}

TEST(Gaps, MakersAtRiskAreWeak) {
  const std::string car = "甲{region=500104} -makes-> 车 -requires-> 胎; ";
  EXPECT_EQ(plain_gaps_of(car + "乙{region=500104,risks=失信} -makes-> 胎; "
                                "丙{region=500104,status=已吊销} -makes-> 胎"),
            Told{"weak 胎: demand ?, supply ?, coverage ?, local ?, leakage ?..?, counted, by "
                 "甲(车 ?), makers 乙(胎 ? at risk) 丙(胎 ? at risk), weak by makers_at_risk"});
  EXPECT_EQ(plain_gaps_of(car + "乙{region=500104,risks=失信} -makes-> 胎; "
                                "丙{region=500104,status=存续} -makes-> 胎"),
            Told{});
}

TEST(Gaps, CoverageAtTheThresholdIsNotLow) {
  // Demand 100, supply 25 + 25: coverage 0.5.
  const std::string_view text =
      "甲{region=500104,anchor} -makes{output=100}-> 车 -requires{coef=1}-> 胎; "
      "乙{region=500104} -makes{output=25}-> 胎; 丙{region=500104} -makes{output=25}-> 胎";
  GapOptions options = in_dadukou();
  EXPECT_EQ(gaps_of(text, options), Told{});
  options.weak_coverage = 0.51;
  EXPECT_EQ(gap_of(text, options).weak, std::vector{WeakReason::LowCoverage});
  options.weak_coverage = 0;
  EXPECT_EQ(gaps_of(text, options), Told{});
}

TEST(Gaps, AllKindsThatFireAreListedInTheirOrder) {
  // 甲 needs 隔膜, which nobody makes, and 基膜, made by 乙, goes into it.
  const Gap gap = gap_of(
      "甲{region=500104} -makes-> 电池 -requires-> 隔膜 -requires-> 基膜; "
      "乙{region=500104} -makes-> 基膜");
  EXPECT_EQ(gap.kind, GapKind::Missing);
  EXPECT_EQ(gap.kinds, (std::vector{GapKind::Missing, GapKind::Extension}));
  ASSERT_EQ(gap.needers.size(), 1U);
  EXPECT_EQ(gap.needers[0].firm, FirmId{0});
}

TEST(Gaps, WhatIsMadeNearbyIsMissingHereAndShown) {
  EXPECT_EQ(plain_gaps_of("甲{region=500104} -makes-> 车 -requires-> 胎; "
                          "乙{region=500112} -makes{output=7}-> 胎; 丙{region=510104} -makes-> 胎"),
            Told{"missing 胎: demand ?, supply ?, coverage ?, local ?, leakage ?..?, counted, by "
                 "甲(车 ?), makers -, nearby 乙(胎 7)"});
}

TEST(Gaps, MakersNearbyAreNamedOfHiddenGapsToo) {
  // 隔膜 is needed only once 电池 is made here; 乙 of the same city makes it.
  const EnterpriseGraph graph = sketch(
      "甲{region=500104,anchor} -makes{output=100}-> 车 -requires{coef=0.5}-> 电池; "
      "电池 -requires{coef=0.5}-> 隔膜; 乙{region=500112} -makes-> 隔膜");
  const GapReport report = find_gaps(graph, in_dadukou());
  ASSERT_EQ(report.gaps.size(), 2U);
  EXPECT_EQ(report.gaps[1].kind, GapKind::Hidden);
  ASSERT_EQ(report.gaps[1].nearby_makers.size(), 1U);
  EXPECT_EQ(report.gaps[1].nearby_makers[0].firm, test::firm(graph, "乙"));
}

TEST(Gaps, AMakerMayBeNearbyAndOutside) {
  // 乙 stands in the same city, but outside the district that prospects are to come from outside
  // of.
  GapOptions options = in_dadukou();
  options.district.source_outside = kDadukou;
  const EnterpriseGraph graph =
      sketch("甲{region=500104} -makes-> 车 -requires-> 胎; 乙{region=500112} -makes-> 胎");
  const GapReport report = find_gaps(graph, options);
  ASSERT_EQ(report.gaps.size(), 1U);
  EXPECT_EQ(report.gaps[0].nearby_makers.size(), 1U);
  EXPECT_EQ(standing(graph, test::firm(graph, "乙"), report.district), Standing::Outside);
}

TEST(Gaps, AnExtensionReachesThroughWhatTheProductIsPartOf) {
  // 储能柜 requires 电池, of which 软包 is a kind.
  EXPECT_EQ(
      plain_gaps_of("甲{region=500104} -makes-> 软包 -part_of-> 电池; 储能柜 -requires-> 电池"),
      Told{"extension 储能柜: demand ?, supply ?, coverage ?, local ?, leakage ?..?, "
           "counted, by 甲(软包 ?), makers -"});
  // Someone here makes a kind of it: no extension, but a need.
  EXPECT_EQ(
      plain_gaps_of("甲{region=500104} -makes-> 软包 -part_of-> 电池; 储能柜 -requires-> 电池; "
                    "乙{region=500104} -makes-> 家用柜 -part_of-> 储能柜"),
      Told{"weak 电池: demand ?, supply ?, coverage ?, local ?, leakage ?..?, counted, by "
           "乙(家用柜 ?), makers 甲(软包 ?), weak by single_maker"});
}

// ---- demand

TEST(Gaps, TradersNeedNothingAndSupplyNothing) {
  EXPECT_EQ(plain_gaps_of("甲{region=500104} -makes{output=10}-> 车 -requires{coef=0.5}-> 胎; "
                          "乙{region=500104} -trades-> 车; 丙{region=500104} -trades-> 胎"),
            Told{"missing 胎: demand 5 stated, supply 0 stated, coverage 0, local ?, leakage 5..5, "
                 "stated, by 甲(车 5), makers -"});
  EXPECT_EQ(plain_gaps_of("乙{region=500104} -trades-> 车 -requires-> 胎"), Told{});
}

TEST(Gaps, AFirmIsANeederOnceItsProductsAdded) {
  // 10 × 0.5 + 40 × 0.25 + an unknown part: 15 known; 卡车 takes the larger part.
  const Told gaps = plain_gaps_of(R"(
    甲{region=500104} -makes{output=10}-> 轿车 -requires{coef=0.5}-> 胎
    甲 -makes{output=40}-> 卡车 -requires{coef=0.25}-> 胎
    甲 -makes-> 客车 -requires{coef=0.25}-> 胎
  )");
  EXPECT_EQ(gaps,
            Told{"missing 胎: demand 15 stated, supply 0 stated, coverage 0, local ?, leakage "
                 "15..15, stated, by 甲(卡车 15), makers -"});
}

TEST(Gaps, NeedersStandInTheOrderOfAmountThenConfidenceThenName) {
  EXPECT_EQ(plain_gaps_of(R"(
    甲{region=500104} -makes{conf=0.8}-> 车 -requires{coef=0.5}-> 胎; 乙{region=500104} -makes-> 车
    丙{region=500104} -makes-> 车; 丁{region=500104} -makes{output=2}-> 车
    戊{region=500104} -makes{output=8}-> 车
  )"),
            Told{"missing 胎: demand 5 stated, supply 0 stated, coverage 0, local ?, leakage 5..5, "
                 "stated, by 戊(车 4) 丁(车 1) 丙(车 ?) 乙(车 ?) 甲(车 ?), makers -"});
}

TEST(Gaps, APartOfAProductNeedsNothingBesideTheProduct) {
  // 60 of the 100 of 电池 are 锂电池, which inherits its inputs: 100 × 0.3, not 160 × 0.3.
  const std::string batteries =
      "甲{region=500104} -makes{output=100}-> 电池 -requires{coef=0.3}-> 隔膜; "
      "锂电池 -part_of-> 电池; 甲 -makes{output=60}-> 锂电池";
  EXPECT_EQ(plain_gaps_of(batteries),
            Told{"missing 隔膜: demand 30 stated, supply 0 stated, coverage 0, local ?, leakage "
                 "30..30, stated, by 甲(电池 30), makers -"});
  // How much 电池 in all is not known: at least that of 锂电池.
  const Gap gap = gap_of(
      "甲{region=500104} -makes-> 电池 -requires{coef=0.3}-> 隔膜; "
      "锂电池 -part_of-> 电池; 甲 -makes{output=60}-> 锂电池");
  EXPECT_EQ(gap.demand, (Figure{18, Basis::Stated}));
  EXPECT_EQ(gap.needs_unknown, 1U);
  EXPECT_EQ(gap.coverage, 0);
}

TEST(Gaps, NeedersOfUnknownAmountAreCounted) {
  const Gap gap = gap_of(R"(
    甲{region=500104} -makes{output=10}-> 轿车 -requires{coef=0.5}-> 胎
    甲 -makes-> 客车 -requires{coef=0.25}-> 胎; 乙{region=500104} -makes-> 轿车
    丙{region=500104} -makes{output=30}-> 轿车
  )");
  EXPECT_EQ(gap.demand, (Figure{20, Basis::Stated}));
  EXPECT_EQ(gap.needs_unknown, 2U);
}

TEST(Gaps, ANeedStatedAtTheThresholdCounts) {
  for (int hundredths = 0; hundredths <= 100; ++hundredths) {
    GapOptions options = in_dadukou();
    options.min_confidence = hundredths / 100.0;
    const std::string conf = "{conf=" + told(options.min_confidence) + "}";
    const EnterpriseGraph graph =
        sketch("甲{region=500104} -makes-> 车 -requires" + conf + "-> 胎; 柜 -requires" + conf +
               "-> 车; 乙{region=500104} -makes" + conf + "-> 胎");
    const GapReport report = find_gaps(graph, options);
    ASSERT_EQ(report.gaps.size(), 2U) << hundredths;
    EXPECT_EQ(report.gaps[0].makers.size(), 1U) << hundredths;
  }
}

TEST(Gaps, OutputIsElseTheShareOfRevenue) {
  // 1000 × 0.5 × 0.1 = 50; the softest basis is that of the revenue.
  EXPECT_EQ(plain_gaps_of("甲{region=500104,revenue=1000:inferred} -makes{share=0.5}-> 车; "
                          "车 -requires{coef=0.1,basis=estimated}-> 胎"),
            Told{"missing 胎: demand 50 inferred, supply 0 stated, coverage 0, local ?, leakage "
                 "50..50, inferred, by 甲(车 50), makers -"});
}

TEST(Gaps, NothingBoughtIsNoNeed) {
  EXPECT_EQ(plain_gaps_of("甲{region=500104} -makes{output=0}-> 车 -requires{coef=0.5}-> 胎"),
            Told{});
  EXPECT_EQ(plain_gaps_of("甲{region=500104} -makes{output=5}-> 车 -requires{coef=0}-> 胎"),
            Told{});
}

TEST(Gaps, YearsOfOutputAndOfCoefficientsAreNotAddedUp) {
  // The latest of each: 120 × 0.25 = 30, although 2020 was larger and 2022 states nothing. 胎: 20.
  EXPECT_EQ(plain_gaps_of(R"(
    甲{region=500104} -makes{output=200,year=2020}-> 车; 甲 -makes{output=120,year=2021}-> 车
    甲 -makes{year=2022}-> 车; 车 -requires{coef=0.5,year=2018}-> 胎
    车 -requires{coef=0.25,year=2020}-> 胎
    乙{region=500104} -makes{output=90,year=2019}-> 胎; 乙 -makes{output=20,year=2021}-> 胎
  )"),
            Told{"weak 胎: demand 30 stated, supply 20 stated, coverage 0.666667, local ?, leakage "
                 "10..30, stated, by 甲(车 30), makers 乙(胎 20), weak by single_maker"});
  // It no longer makes any.
  EXPECT_EQ(plain_gaps_of("甲{region=500104} -makes{output=200,year=2020}-> 车; "
                          "甲 -makes{output=0,year=2021}-> 车; 车 -requires{coef=0.5}-> 胎"),
            Told{});
}

TEST(Gaps, InputsAreThoseOfTheNearestSegmentAboveThatHasSome) {
  // 储能电池 inherits 隔膜 from 电池: 50 × 0.2; 动力电池 has inputs of its own and inherits none.
  EXPECT_EQ(plain_gaps_of(R"(
    甲{region=500104} -makes{output=50}-> 储能电池 -part_of-> 电池 -requires{coef=0.2}-> 隔膜
    乙{region=500104} -makes{output=70}-> 动力电池 -part_of-> 电池
    动力电池 -requires{coef=0.1}-> 铝壳
  )"),
            (Told{"missing 隔膜: demand 10 stated, supply 0 stated, coverage 0, local ?, leakage "
                  "10..10, stated, by 甲(储能电池 10), makers -",
                  "missing 铝壳: demand 7 stated, supply 0 stated, coverage 0, local ?, leakage "
                  "7..7, stated, by 乙(动力电池 7), makers -"}));
}

// ---- nested demands

// 甲 buys 50 of 电池 of any kind, 乙 30 of 动力电池, of which 丙 makes 40: 乙 gets 30, 甲 the 10
// left.
TEST(Gaps, AYuanMeetsTheDemandForTheMostSpecificSegmentFirst) {
  const EnterpriseGraph graph = sketch(R"(
    动力电池 -part_of-> 电池
    甲{region=500104} -makes{output=100}-> 车 -requires{coef=0.5}-> 电池
    乙{region=500104} -makes{output=40}-> 船 -requires{coef=0.75}-> 动力电池
    丙{region=500104} -makes{output=40}-> 动力电池
  )");
  const GapReport report = find_gaps(graph, in_dadukou());
  ASSERT_EQ(report.gaps.size(), 2U);
  const Gap& all = report.gaps[0];
  EXPECT_EQ(graph.name(graph.entity(all.segment)), "电池");
  EXPECT_EQ(all.supply, (Figure{40, Basis::Stated}));
  EXPECT_EQ(all.supply_used, 30);
  EXPECT_EQ(all.coverage, 0.2);
  EXPECT_EQ(all.leakage_min, 40);
  EXPECT_EQ(all.leakage_max, 50);
  EXPECT_FALSE(all.coverage_at_most());
  const Gap& one = report.gaps[1];
  EXPECT_EQ(one.supply_used, 0);
  EXPECT_EQ(one.coverage, 1);
  EXPECT_EQ(one.weak, std::vector{WeakReason::SingleMaker});
}

TEST(Gaps, ANestedDemandOfUnknownAmountMayUseMore) {
  const EnterpriseGraph graph = sketch(R"(
    动力电池 -part_of-> 电池
    甲{region=500104} -makes{output=100}-> 车 -requires{coef=0.5}-> 电池
    乙{region=500104} -makes{output=40}-> 船 -requires-> 动力电池
    丙{region=500104} -makes{output=40}-> 动力电池
  )");
  const Gap all = find_gaps(graph, in_dadukou()).gaps[0];
  EXPECT_EQ(all.coverage, 0.8);
  EXPECT_EQ(all.nested_unknown, 1U);
  EXPECT_TRUE(all.coverage_at_most());
}

// 动力电池 is needed in the second round only, for 40 × 0.5: the 40 that are made of it went to 甲.
TEST(Gaps, ALaterRoundFindsWhatDemandsAboveAndBelowItLeft) {
  const auto left_for = [](std::string_view output) {
    const EnterpriseGraph graph = sketch(R"(
      动力电池 -part_of-> 电池; 甲{region=500104} -makes{output=100}-> 车 -requires{coef=0.5}-> 电池
      车 -requires{coef=0.4}-> 叉车 -requires{coef=0.5}-> 动力电池
      丙{region=500104} -makes{output=)" +
                                         std::string(output) + R"(}-> 动力电池
    )");
    for (const Gap& gap : find_gaps(graph, in_dadukou()).gaps) {
      if (graph.name(graph.entity(gap.segment)) == "动力电池") return gap.later.at(0).available;
    }
    return std::optional<double>();
  };
  EXPECT_EQ(left_for("40"), 0);
  EXPECT_EQ(left_for("55"), 5);
}

/// What of each demand, in the order given, the supplies can meet when none before it may get less:
/// a flow that grows by a unit as long as one finds its way.
std::vector<int> met_in_turn(std::vector<int> supplies, const std::vector<int>& demands,
                             const std::vector<std::vector<bool>>& serves) {
  std::vector<std::vector<int>> flow(supplies.size(), std::vector<int>(demands.size(), 0));
  std::vector<int> met(demands.size(), 0);
  std::vector<bool> seen;
  const std::function<bool(std::size_t)> fetch = [&](std::size_t demand) {
    for (std::size_t s = 0; s < supplies.size(); ++s) {
      if (!serves[s][demand] || seen[s]) continue;
      seen[s] = true;
      bool free = supplies[s] > 0;
      if (free) --supplies[s];
      for (std::size_t other = 0; !free && other < demands.size(); ++other) {
        if (flow[s][other] == 0 || !fetch(other)) continue;
        --flow[s][other];
        free = true;
      }
      if (!free) continue;
      ++flow[s][demand];
      return true;
    }
    return false;
  };
  for (std::size_t d = 0; d < demands.size(); ++d) {
    while (met[d] < demands[d]) {
      seen.assign(supplies.size(), false);
      if (!fetch(d)) break;
      ++met[d];
    }
  }
  return met;
}

TEST(Gaps, NestedDemandsAreMetAsByAFlowMostSpecificFirst) {
  for (std::uint32_t seed = 1; seed <= 200; ++seed) {
    std::mt19937 random(seed);
    constexpr std::size_t kSegments = 7;
    std::vector<std::size_t> parent(kSegments, kSegments);
    std::vector<std::size_t> depth(kSegments, 0);
    std::string text;
    const auto name = [](std::size_t s) { return "s" + std::to_string(s); };
    for (std::size_t s = 1; s < kSegments; ++s) {
      if (random() % 5 == 0) continue;
      parent[s] = random() % s;
      depth[s] = depth[parent[s]] + 1;
      text += name(s) + " -part_of-> " + name(parent[s]) + "; ";
    }
    std::vector<int> outputs;
    std::vector<std::size_t> made;
    std::vector<std::size_t> needed;
    std::vector<int> demands;
    for (std::size_t s = 0; s < kSegments; ++s) {
      for (auto k = random() % 3; k > 0; --k) {
        outputs.push_back(static_cast<int>(1 + random() % 9));
        made.push_back(s);
        text += "m" + std::to_string(made.size()) +
                "{region=500104} -makes{output=" + std::to_string(outputs.back()) +
                "}-> seg:" + name(s) + "; ";
      }
      if (random() % 2 == 0) needed.push_back(s);
    }
    std::ranges::stable_sort(needed, {},
                             [&](std::size_t s) { return -static_cast<int>(depth[s]); });
    for (const std::size_t s : needed) {
      demands.push_back(static_cast<int>(1 + random() % 9));
      text += "n" + name(s) + "{region=500104} -makes{output=" + std::to_string(demands.back()) +
              "}-> p" + name(s) + " -requires{coef=1}-> " + name(s) + "; ";
    }
    if (needed.empty()) continue;
    std::vector<std::vector<bool>> serves(made.size(), std::vector<bool>(needed.size()));
    for (std::size_t m = 0; m < made.size(); ++m) {
      for (std::size_t d = 0; d < needed.size(); ++d) {
        for (std::size_t s = made[m]; s < kSegments && !serves[m][d]; s = parent[s]) {
          serves[m][d] = s == needed[d];
        }
      }
    }
    const std::vector<int> met = met_in_turn(outputs, demands, serves);
    const EnterpriseGraph graph = sketch(text);
    GapOptions options = in_dadukou();
    options.rounds = 1;
    const GapReport report = find_gaps(graph, options);
    std::map<std::string, Gap> found;
    for (const auto* part : {&report.gaps, &report.met}) {
      for (const Gap& gap : *part) found[std::string(graph.name(graph.entity(gap.segment)))] = gap;
    }
    for (std::size_t d = 0; d < needed.size(); ++d) {
      const Gap& gap = found.at(name(needed[d]));
      EXPECT_EQ(gap.demand->value - *gap.leakage_min, met[d]) << "seed " << seed << ": " << text;
      EXPECT_DOUBLE_EQ(*gap.coverage, static_cast<double>(met[d]) / demands[d]) << text;
    }
  }
}

// ---- deep taxonomies

// A firm makes the sixth of very many segments, each part of the one before; the last is needed.
TEST(Gaps, ATaxonomyMayBeAsDeepAsItIsLarge) {
  GraphBuilder builder;
  constexpr std::uint32_t kDeep = 100000;
  std::vector<EntityRef> line;
  for (std::uint32_t i = 0; i < kDeep; ++i) {
    line.push_back(builder.add(EntityKind::Segment, "s" + std::to_string(i)));
    if (i > 0) builder.relate(RelationKind::PartOf, line[i], line[i - 1]);
  }
  const EntityRef firm = builder.add(EntityKind::Firm, "甲");
  builder.set_region(firm, {kDadukou, Basis::Stated});
  EdgeAttributes made;
  made.amount = 100;
  builder.relate(RelationKind::Makes, firm, line[5], made);
  EdgeAttributes half;
  half.coefficient = 0.5;
  for (const std::uint32_t needed : {2U, kDeep - 1}) {
    builder.relate(RelationKind::Requires, line[0], line[needed], half);
  }
  const EnterpriseGraph graph = std::move(builder).build();
  const GapReport report = find_gaps(graph, in_dadukou());
  ASSERT_GE(report.gaps.size(), 1U);
  const Gap& last = report.gaps.front();
  EXPECT_EQ(raw(last.segment), kDeep - 1);
  EXPECT_EQ(last.kind, GapKind::Missing);
  EXPECT_EQ(last.demand, (Figure{50, Basis::Stated}));
  EXPECT_EQ(last.possible_maker_count, 1U);
}

// ---- supply

TEST(Gaps, AMakerOfADescendantSuppliesTheSegmentEachYuanOnce) {
  // 乙 makes 30 隔膜, 12 of them 干法; 丙 makes 20 干法 and 15 湿法: 30 + 35 of 160.
  EXPECT_EQ(
      plain_gaps_of(R"(
    甲{region=500104} -makes{output=160}-> 电池 -requires{coef=1}-> 隔膜
    干法 -part_of-> 隔膜; 湿法 -part_of-> 隔膜
    乙{region=500104} -makes{output=30}-> 隔膜; 乙 -makes{output=12}-> 干法
    丙{region=500104} -makes{output=20}-> 干法; 丙 -makes{output=15}-> 湿法
  )"),
      Told{"weak 隔膜: demand 160 stated, supply 65 stated, coverage 0.40625, local ?, "
           "leakage 95..160, stated, by 甲(电池 160), makers 丙(干法 35) 乙(隔膜 30), weak by "
           "low_coverage"});
}

TEST(Gaps, YuanCountOnceWhereASegmentHasTwoWaysUp) {
  // 乙's 12 of 干法 are part of its 30 of 膜, though 干法 also lies right under 隔膜.
  const Gap gap = gap_of(R"(
    干法 -part_of-> 隔膜; 膜 -part_of-> 隔膜; 干法 -part_of-> 膜
    甲{region=500104} -makes{output=100}-> 电池 -requires{coef=1}-> 隔膜
    乙{region=500104} -makes{output=30}-> 膜; 乙 -makes{output=12}-> 干法
  )");
  EXPECT_EQ(gap.supply, (Figure{30, Basis::Stated}));
}

TEST(Gaps, AMakerKnownOnlyAtAnAncestorIsPossibleAndClosesNoGap) {
  // 丙 makes 隔膜 itself elsewhere in the city: nearby, not possible. 丁 is possible once.
  EXPECT_EQ(
      plain_gaps_of(R"(
    甲{region=500104} -makes{output=100}-> 电池 -requires{coef=1}-> 隔膜 -part_of-> 膜 -part_of-> 材料
    乙{region=500104} -makes{output=500}-> 材料; 丙{region=500107} -makes-> 隔膜
    丁{region=500104} -makes-> 材料; 丁 -makes-> 膜; 戊{region=500107} -makes-> 材料
  )"),
      Told{"missing 隔膜: demand 100 stated, supply 0 stated, coverage 0, local ?, leakage "
           "100..100, stated, by 甲(电池 100), makers -, possible 丁(膜 ?) 乙(材料 ?), nearby "
           "丙(隔膜 ?)"});
}

TEST(Gaps, PossibleMakersAreCountedAndTheFirstNamed) {
  std::string text =
      "甲{region=500104} -makes-> 电池 -requires-> 隔膜 -part_of-> 膜 -part_of-> 材料; "
      "末{region=500104} -makes-> 膜; 疑{region=500104} -makes{conf=0.1}-> 隔膜";
  std::vector<std::uint32_t> expected = {2, 1};
  for (std::uint32_t i = 0; i < 30; ++i) {
    text += "; f" + std::to_string(i) + "{region=500104} -makes-> 材料";
    if (expected.size() < kPossibleMakers) expected.push_back(i + 3);
  }
  const Gap gap = gap_of(text);
  std::vector<std::uint32_t> firms;
  for (const Maker& maker : gap.possible_makers) firms.push_back(raw(maker.firm));
  EXPECT_EQ(firms, expected);
  EXPECT_EQ(gap.possible_maker_count, 32U);
}

TEST(Gaps, ASureMakerIsNoPossibleOne) {
  const Gap gap = gap_of(
      "甲{region=500104} -makes-> 电池 -requires-> 隔膜 -part_of-> 膜; 乙{region=500104} -makes-> "
      "膜; "
      "乙 -makes-> 隔膜");
  EXPECT_EQ(gap.makers.size(), 1U);
  EXPECT_EQ(gap.possible_makers, std::vector<Maker>{});
}

TEST(Gaps, AnUnknownOutputLeavesSupplyOpen) {
  const std::string demand = "甲{region=500104} -makes{output=100}-> 车 -requires{coef=1}-> 胎; ";
  // One of two is known: a sum of what is known, no floor, no coverage.
  EXPECT_EQ(
      plain_gaps_of(demand + "乙{region=500104,risks=a} -makes{output=10}-> 胎; "
                             "丙{region=500104,risks=a} -makes-> 胎"),
      Told{"weak 胎: demand 100 stated, supply 10 stated, coverage ?, local ?, leakage "
           "?..100, stated, by 甲(车 100), makers 乙(胎 10 at risk) 丙(胎 ? at risk), weak by "
           "makers_at_risk"});
  EXPECT_EQ(gap_of(demand + "乙{region=500104} -makes-> 胎").supply, std::nullopt);
  // Known to be nothing is known.
  EXPECT_EQ(gap_of(demand + "乙{region=500104,risks=a} -makes{output=0}-> 胎; "
                            "丙{region=500104,risks=a} -makes-> 胎")
                .supply,
            (Figure{0, Basis::Stated}));
}

TEST(Gaps, MakersStandInTheOrderOfOutputThenFirm) {
  const Gap gap = gap_of(R"(
    甲{region=500104} -makes{output=100}-> 车 -requires{coef=1}-> 胎
    a{region=500104,risks=x} -makes-> 胎; b{region=500104,risks=x} -makes{output=0}-> 胎
    c{region=500104,risks=x} -makes{output=7}-> 胎; d{region=500104,risks=x} -makes{output=7}-> 胎
    e{region=500104,risks=x} -makes-> 胎
  )");
  std::vector<std::uint32_t> firms;
  for (const Maker& maker : gap.makers) firms.push_back(raw(maker.firm));
  EXPECT_EQ(firms, (std::vector<std::uint32_t>{3, 4, 2, 1, 5}));
}

// ---- purchases

/// The gap of a segment.
Gap gap_in(const EnterpriseGraph& graph, std::string_view segment) {
  for (const Gap& gap : find_gaps(graph, in_dadukou()).gaps) {
    if (gap.segment == test::segment(graph, segment)) return gap;
  }
  ADD_FAILURE() << "no gap of " << segment;
  return {};
}

TEST(Gaps, PurchasesInsideAreThoseOfTheLatestYear) {
  // 乙 → 甲: 30 in 2020, 25 in 2021, never 55; 丙 → 甲 of 斜交胎, a kind of 胎: 5. What goes outside or names no amount does not count, and of what comes from
  // outside 胎 of 900 is needed; 丙 makes nothing, so what it sells without a name is nothing known.
  const EnterpriseGraph graph = sketch(R"(
    甲{region=500104} -makes{output=100}-> 车 -requires{coef=1}-> 胎; 斜交胎 -part_of-> 胎 -part_of-> 件
    乙{region=500104} -makes{output=20}-> 胎; 丙{region=500104,risks=x}; 丁{region=440305}
    乙 -supplies{segment=胎,amount=30,year=2020}-> 甲; 乙 -supplies{segment=胎,amount=25,year=2021}-> 甲
    乙 -supplies{segment=胎,year=2022}-> 甲
    丙 -supplies{segment=斜交胎,amount=5}-> 甲; 丙 -supplies{segment=件,amount=900}-> 甲
    丁 -supplies{segment=胎,amount=900}-> 甲; 乙 -supplies{segment=胎,amount=900}-> 丁
    丙 -supplies{amount=900}-> 乙; 丙 -supplies{segment=胎}-> 乙
  )");
  const Gap gap = gap_in(graph, "胎");
  EXPECT_EQ(gap.demand->value, 925);
  EXPECT_EQ(gap.bought_outside, 900);
  EXPECT_EQ(gap.purchases, 30);
  EXPECT_EQ(gap.leakage_min, 905);  // 925 − 20
  EXPECT_EQ(gap.leakage_max, 905);  // 925 − 30 would lie below what the makers cannot carry
}

TEST(Gaps, APurchaseOfAPartIsCountedWithThatOfTheWhole) {
  const Gap gap = gap_of(R"(
    甲{region=500104} -makes{output=100}-> 车 -requires{coef=1}-> 胎; 斜交胎 -part_of-> 胎
    乙{region=500104} -makes{output=50}-> 胎; 丙{region=500104}
    乙 -supplies{segment=胎,amount=30}-> 甲; 乙 -supplies{segment=斜交胎,amount=20}-> 甲
    丙 -supplies{segment=斜交胎,amount=5}-> 甲
  )");
  EXPECT_EQ(gap.purchases, 35);
}

TEST(Gaps, APurchaseFromOutsideIsANeedWithoutAnyCoefficient) {
  // 69 m and 28.6 m of cells, told by the buyer; nobody says what it makes.
  const EnterpriseGraph graph = sketch(R"(
    甲{region=500104}; 乙{region=440305} -supplies{segment=电池,amount=69}-> 甲
    丙{region=330100} -supplies{segment=电池,amount=28.6}-> 甲
  )");
  const Gap gap = gap_in(graph, "电池");
  EXPECT_EQ(gap.kind, GapKind::Missing);
  EXPECT_EQ(gap.demand, (Figure{97.6, Basis::Stated}));
  EXPECT_EQ(gap.demand_stated, 97.6);
  EXPECT_EQ(gap.bought_outside, 97.6);
  EXPECT_EQ(gap.leakage_min, 97.6);
  EXPECT_EQ(gap.leakage_max, 97.6);
  EXPECT_EQ(gap.basis, Basis::Stated);
  ASSERT_EQ(gap.needers.size(), 1U);
  EXPECT_FALSE(gap.needers[0].reckoned);
  EXPECT_EQ(gap.needers[0].stated, 97.6);
  const Relation supplies = graph.relation(RelationKind::Supplies);
  EXPECT_EQ(supplies.number(gap.needers[0].purchase.value(), EdgeNumber::Amount), 69);
}

TEST(Gaps, AStatedPurchaseAndAnEstimateAreOneNeed) {
  // Reckoned 40 of 100; stated 30: the need stays 40, of which 30 is stated. Stated 50: the need is 50.
  const auto text = [](int amount) {
    return "甲{region=500104} -makes{output=100}-> 车 -requires{coef=0.4,basis=estimated}-> 胎; "
           "乙{region=440305} -supplies{segment=胎,amount=" +
           std::to_string(amount) + "}-> 甲";
  };
  Gap gap = gap_of(text(30));
  EXPECT_EQ(gap.demand, (Figure{40, Basis::Estimated}));
  EXPECT_EQ(gap.demand_stated, 30);
  EXPECT_EQ(gap.bought_outside, 30);
  gap = gap_of(text(50));
  EXPECT_EQ(gap.demand, (Figure{50, Basis::Stated}));
  EXPECT_EQ(gap.demand_stated, 50);
}

TEST(Gaps, WhatATraderBuysToSellOnIsNoNeed) {
  const EnterpriseGraph graph = sketch(R"(
    商{region=500104} -trades-> 胎; 乙{region=440305} -supplies{segment=胎,amount=30}-> 商
  )");
  EXPECT_TRUE(find_gaps(graph, in_dadukou()).gaps.empty());
}

TEST(Gaps, APurchaseFromInsideIsCoverage) {
  const EnterpriseGraph graph = sketch(R"(
    甲{region=500104}; 乙{region=500104} -supplies{segment=胎,amount=30}-> 甲
  )");
  const GapReport report = find_gaps(graph, in_dadukou());
  EXPECT_TRUE(report.gaps.empty());
  ASSERT_EQ(report.met.size(), 1U);
  EXPECT_EQ(report.met[0].purchases, 30);
  EXPECT_EQ(report.met[0].leakage_max, 0);
}

TEST(Gaps, APurchaseOfNoNamedProductIsOfWhatTheSupplierMakes) {
  const EnterpriseGraph graph = sketch(R"(
    甲{region=500104}; 乙{region=440305} -makes{share=0.2}-> 盐; 乙 -makes{share=0.7}-> 碱
    乙 -supplies{amount=30}-> 甲; 丙{region=440305} -supplies{amount=9}-> 甲
  )");
  const Gap gap = gap_in(graph, "碱");
  EXPECT_EQ(gap.demand, (Figure{30, Basis::Inferred})) << "nobody stated that it is soda";
  EXPECT_EQ(gap.demand_stated, 0);
  EXPECT_EQ(find_gaps(graph, in_dadukou()).gaps.size(), 1U);
}

TEST(Gaps, PurchasesFromWhereverNobodyKnowsAreANeedAndNotCertainlyLeakage) {
  const EnterpriseGraph graph =
      sketch("甲{region=500104}; 乙 -supplies{segment=胎,amount=30}-> 甲");
  const Gap gap = gap_in(graph, "胎");
  EXPECT_EQ(gap.demand->value, 30);
  EXPECT_EQ(gap.bought_outside, std::nullopt);
}

TEST(Gaps, OfPurchasesOfSeveralYearsTheLatestCounts) {
  const EnterpriseGraph graph = sketch(R"(
    甲{region=500104}; 乙{region=440305} -supplies{segment=胎,amount=30,year=2022}-> 甲
    乙 -supplies{segment=胎,amount=20,year=2023}-> 甲
  )");
  EXPECT_EQ(gap_in(graph, "胎").demand->value, 20);
}

TEST(Gaps, MakersOfUnknownSizeLeaveAPurchaseOpen) {
  const EnterpriseGraph graph = sketch(R"(
    甲{region=500104}; 乙{region=440305} -supplies{segment=胎,amount=30}-> 甲
    丙{region=500104} -makes-> 胎; 丁{region=500104} -makes-> 胎
  )");
  const Gap gap = gap_in(graph, "胎");
  EXPECT_EQ(gap.kind, GapKind::Open);
  EXPECT_EQ(gap.leakage_min, 30);
}

TEST(Gaps, LeakageIsNeverNegative) {
  const Gap gap = gap_of(R"(
    甲{region=500104} -makes{output=100}-> 车 -requires{coef=0.1}-> 胎
    乙{region=500104} -makes{output=50}-> 胎; 乙 -supplies{segment=胎,amount=40}-> 甲
  )");
  EXPECT_EQ(gap.demand->value, 40);  // it buys more than was reckoned
  EXPECT_EQ(gap.purchases, 40);
  EXPECT_EQ(gap.leakage_min, 0);
  EXPECT_EQ(gap.leakage_max, 0);
}

TEST(Gaps, WhatATraderResellsWasNotMadeHere) {
  // 商 sells 35 that it buys elsewhere; 乙, which makes and trades 胎, sells 10 of its own.
  const Gap gap = gap_of(R"(
    甲{region=500104} -makes{output=100}-> 车 -requires{coef=0.5}-> 胎
    乙{region=500104} -makes-> 胎; 乙 -trades-> 胎; 商{region=500104} -trades-> 胎
    商 -supplies{segment=胎,amount=35}-> 甲; 乙 -supplies{segment=胎,amount=10}-> 甲
  )");
  EXPECT_EQ(gap.purchases, 10);
  EXPECT_EQ(gap.leakage_max, 40);
}

TEST(Gaps, WhatOneBuysTooMuchMeetsNoNeedOfAnother) {
  // 甲 needs 50 and buys 2 here, 丁 was reckoned to need 20 and buys 90, 丙 buys 48 and may need more:
  // 188 − 140.
  const Gap gap = gap_of(R"(
    甲{region=500104} -makes{output=100}-> 车 -requires{coef=0.5}-> 胎; 丁{region=500104} -makes{output=40}-> 车
    丙{region=500104} -makes-> 车; 乙{region=500104} -makes-> 胎
    乙 -supplies{segment=胎,amount=2}-> 甲; 乙 -supplies{segment=胎,amount=90}-> 丁
    乙 -supplies{segment=胎,amount=48}-> 丙
  )");
  EXPECT_EQ(gap.purchases, 140);
  EXPECT_EQ(gap.leakage_max, 48);
  EXPECT_EQ(gap.needs_unknown, 1U);
}

// ---- sectors of an input-output table

// The maker of tyres for motorcycles next door is a reason to recruit none.
TEST(GapsOfSectors, AKindThatALargeFirmHereMakesIsNotLacking) {
  const auto lacking = [](double capital, float confidence, const char* words) {
    Sectoral the;
    const SegmentId rubber = the.sector("橡胶制品", "C291");
    const SegmentId cycles = the.sector("其他交通运输设备", "C375");
    the.needs(cycles, rubber, 0.2);
    the.firm("乙摩托车厂", 20, cycles, 0.8F, "C375 摩托车制造: 摩托车");
    the.firm("甲轮胎厂", capital, rubber, confidence, words);
    const EnterpriseGraph graph = the.builder.build();
    const GapReport report = find_gaps(graph, in_dadukou());
    const auto gap = std::ranges::find(report.gaps, rubber, &Gap::segment);
    return gap != report.gaps.end() &&
           std::ranges::any_of(gap->kinds_needed, [](const KindNeed& one) {
             return goods_kinds()[one.kind].name.en == "tyres of cycles";
           });
  };
  EXPECT_FALSE(lacking(9e7, 0.8F, "C291 橡胶制品业: 摩托车胎"));
  EXPECT_TRUE(lacking(4e7, 0.8F, "C291 橡胶制品业: 摩托车胎")) << "small";
  EXPECT_TRUE(lacking(9e7, 0.5F, "C291 橡胶制品业: 摩托车胎")) << "perhaps of another industry";
  EXPECT_TRUE(lacking(9e7, 0.8F, "C291 橡胶制品业: 胶管")) << "makes another kind";
}

TEST(GapsOfSectors, WhoIsHardlyKnownToBeOfASectorBuysForItNothing) {
  Sectoral the;
  const SegmentId rubber = the.sector("橡胶制品", "C291");
  const SegmentId cycles = the.sector("其他交通运输设备", "C375");
  the.needs(cycles, rubber, 0.2);
  const FirmId sure = the.firm("乙摩托车厂", 20, cycles, 0.53F, "C375 摩托车制造: 摩托车");
  the.firm("丙摩托车厂", 20, cycles, 0.41F, "C375 摩托车制造: 摩托车");
  const EnterpriseGraph graph = the.builder.build();
  const GapReport report = find_gaps(graph, in_dadukou());
  const auto gap = std::ranges::find(report.gaps, rubber, &Gap::segment);
  ASSERT_NE(gap, report.gaps.end());
  ASSERT_EQ(gap->needers.size(), 1U);
  EXPECT_EQ(gap->needers[0].firm, sure);
}

// By the table cupboards and motorcycles take rubber goods alike; no kind of them is for cupboards.
TEST(GapsOfSectors, BuyersNeedOnlyWhatSomeKindOfTheSectorIsFor) {
  Sectoral the;
  const SegmentId rubber = the.sector("橡胶制品", "C291");
  const SegmentId cupboards = the.sector("家具", "C21");
  const SegmentId cycles = the.sector("其他交通运输设备", "C375");
  for (const SegmentId one : {cupboards, cycles}) the.needs(one, rubber, 0.2);
  const FirmId joiner = the.firm("甲家具厂", 10, cupboards, 0.8F, "C211 木质家具制造: 衣柜");
  const FirmId maker = the.firm("乙摩托车厂", 20, cycles, 0.8F, "C375 摩托车制造: 摩托车");
  const FirmId unknown = the.firm("丙家具厂", 5, cupboards);
  const EnterpriseGraph graph = the.builder.build();
  const GapReport report = find_gaps(graph, in_dadukou());
  const auto gap = std::ranges::find(report.gaps, rubber, &Gap::segment);
  ASSERT_NE(gap, report.gaps.end());
  std::vector<FirmId> needers;
  for (const Need& need : gap->needers) needers.push_back(need.firm);
  EXPECT_EQ(needers, (std::vector<FirmId>{maker, unknown}))
      << "of whom nobody knows what he makes may need it; " << raw(joiner) << " does not";
  ASSERT_FALSE(gap->kinds_needed.empty());
  for (const KindNeed& one : gap->kinds_needed) {
    EXPECT_TRUE(works_up("C375", goods_kinds()[one.kind]));
    EXPECT_EQ(one.buyers, 1U);
    EXPECT_EQ(one.weight, gap->needers[0].weight);
  }
}

TEST(GapsOfSectors, StandByCapitalAndNobodyWhoCarriesOrHoldsNeedsInputs) {
  Sectoral the;
  const FirmId small = the.firm("甲钢厂", 10, the.steel);
  const FirmId large = the.firm("乙布厂", 100, the.cloth);
  the.firm("丙运输有限公司", 1000, the.freight);
  the.firm("丁投资有限公司", 1000, the.steel);
  const EnterpriseGraph graph = the.builder.build();
  const GapReport report = find_gaps(graph, in_dadukou());
  EXPECT_TRUE(report.by_size);
  ASSERT_GE(report.gaps.size(), 3U);
  EXPECT_EQ(report.gaps[0].segment, the.cotton);
  EXPECT_EQ(report.gaps[0].needers[0].firm, large);
  EXPECT_EQ(report.gaps[1].segment, the.ore);
  ASSERT_EQ(report.gaps[1].needers.size(), 1U) << "a hundredth is no need, a haulier has none";
  EXPECT_EQ(report.gaps[1].needers[0].firm, small);
  EXPECT_EQ(report.gaps[0].demand, std::nullopt);
  // 100 × 0.8² × 0.4, times the quotient, which is more than 5.
  EXPECT_NEAR(*report.gaps[0].need_weight, 100 * 0.64 * 0.4 * 5, 1e-4);
  EXPECT_EQ(report.apart, 1U);
  EXPECT_EQ(report.gaps.back().segment, the.repair) << "services stand behind goods";
}

TEST(GapsOfSectors, WhatNobodyIsRecruitedForStandsLastAndAGroupBuysNothing) {
  Sectoral the;
  const SegmentId mined = the.sector("铁矿石", "B08");
  the.needs(the.steel, mined, 0.5);
  the.firm("甲布厂", 10, the.cloth);
  const FirmId works = the.firm("乙钢厂", 10, the.steel);
  the.firm("丙钢铁(集团)有限公司", 1000, the.steel);
  the.firm("丙钢铁集团运输有限公司", 1, the.freight);
  the.firm("丙钢铁集团货运有限公司", 1, the.freight);
  const EnterpriseGraph graph = the.builder.build();
  const GapReport report = find_gaps(graph, in_dadukou());
  const auto ore = std::ranges::find(report.gaps, mined, &Gap::segment);
  ASSERT_NE(ore, report.gaps.end());
  ASSERT_EQ(ore->needers.size(), 1U);
  EXPECT_EQ(ore->needers[0].firm, works);
  EXPECT_GE(ore - report.gaps.begin(),
            static_cast<std::ptrdiff_t>(report.gaps.size() - report.apart));
}

TEST(GapsOfSectors, MakersOfUnknownSizeAreAKindOfTheirOwn) {
  Sectoral the;
  the.firm("甲布厂", 100, the.cloth);
  the.firm("乙棉场", 1, the.cotton);
  the.firm("丙棉场", 3, the.cotton);
  const EnterpriseGraph graph = the.builder.build();
  const GapReport report = find_gaps(graph, in_dadukou());
  const auto cotton = std::ranges::find(report.gaps, the.cotton, &Gap::segment);
  ASSERT_NE(cotton, report.gaps.end());
  EXPECT_EQ(cotton->kind, GapKind::Open);
  EXPECT_EQ(cotton->makers[0].firm, test::firm(graph, "丙棉场")) << "the larger one first";
  EXPECT_NEAR(*cotton->size_coverage, 4 / (100 * 0.4), 1e-6);
}

TEST(GapsOfSectors, AStatedOutputIsReckonedInYuanAndAStatedMakerBuysWhateverItIs) {
  Sectoral the;
  const FirmId firm = the.firm("甲运输有限公司", 10, the.freight);
  EdgeAttributes output;
  output.amount = 500;
  the.builder.relate(RelationKind::Makes, firm, the.freight, output, {});
  const EnterpriseGraph graph = the.builder.build();
  const GapReport report = find_gaps(graph, in_dadukou());
  ASSERT_EQ(report.gaps.size(), 1U);
  EXPECT_EQ(report.gaps[0].segment, the.ore);
  EXPECT_EQ(report.gaps[0].demand->value, 150);
}

// ---- what a gap says beside its amounts

TEST(Gaps, OneMoreNeedOfUnknownSizeClosesNoGap) {
  // The makers cover at most 5 of 500: what 丁 needs besides can only make it less.
  const std::string known = R"(
    甲{region=500104} -makes{output=1000}-> 车 -requires{coef=0.5}-> 胎
    乙{region=500104} -makes{output=3}-> 胎; 丙{region=500104} -makes{output=2}-> 胎)";
  for (const std::string& more : {std::string(), std::string("\n丁{region=500104} -makes-> 车")}) {
    const Gap gap = gap_of(known + more);
    EXPECT_EQ(gap.weak, std::vector<WeakReason>{WeakReason::LowCoverage});
    EXPECT_EQ(gap.coverage, 0.01);
    EXPECT_EQ(gap.needs_unknown, more.empty() ? 0U : 1U);
  }
}

TEST(Gaps, AMakerWithoutWhomCoverageWouldBeLowCarriesTheSegment) {
  const auto weakness = [](const std::string& outputs) {
    return gap_of("甲{region=500104} -makes{output=100}-> 车 -requires{coef=1}-> 胎; " + outputs)
        .weak;
  };
  const std::string two =
      "乙{region=500104} -makes{output=80}-> 胎; 丙{region=500104} -makes{output=";
  EXPECT_EQ(weakness(two + "10}-> 胎"), std::vector<WeakReason>{WeakReason::OneCarries});
  EXPECT_EQ(
      weakness("乙{region=500104} -makes{output=40}-> 胎; 丙{region=500104} -makes{output=5}-> 胎"),
      std::vector<WeakReason>{WeakReason::LowCoverage});
}

TEST(Gaps, AFirmStruckOffTheRegisterNeitherMakesNorNeeds) {
  const std::string graph = R"(
    甲{region=500104} -makes{output=100}-> 车 -requires{coef=1}-> 胎
    乙{region=500104,status=注销} -makes{output=1000}-> 胎; 丙{region=500104,status=吊销，未注销} -makes{output=1}-> 胎
    丁{region=500104,status=已注销} -makes{output=1000}-> 船 -requires{coef=1}-> 帆)";
  const EnterpriseGraph drawn = sketch(graph);
  const GapReport report = find_gaps(drawn, in_dadukou());
  ASSERT_EQ(report.gaps.size(), 1U);
  EXPECT_EQ(report.gaps[0].supply, (Figure{1, Basis::Stated}));
  EXPECT_EQ(report.gaps[0].makers_at_risk, 1U);
  EXPECT_EQ(report.local_firms, 2U);
  EXPECT_EQ(report.gone_firms, 2U);
}

TEST(Gaps, WhatIsCertainlyBoughtOutsideStandsBeforeWhatPerhapsIs) {
  // 胎: 0 to 100, as its one maker could sell all of it elsewhere; 轮: 60 for sure.
  const EnterpriseGraph drawn = sketch(R"(
    甲{region=500104} -makes{output=100}-> 车 -requires{coef=1}-> 胎; 车 -requires{coef=0.6}-> 轮
    乙{region=500104} -makes{output=200}-> 胎)");
  const GapReport report = find_gaps(drawn, in_dadukou());
  ASSERT_EQ(report.gaps.size(), 2U);
  EXPECT_EQ(drawn.name(drawn.entity(report.gaps[0].segment)), "轮");
  EXPECT_EQ(leakage_of(report.gaps[1]), (Leakage{0, 100}));
  EXPECT_EQ(severity_amount(report.gaps[1]), 50);
}

TEST(Gaps, WhatIsStatedCountsBeforeWhatIsEstimatedLater) {
  const Gap gap = gap_of(R"(
    甲{region=500104} -makes{output=100}-> 车 -requires{coef=0.3}-> 胎
    甲 -makes{output=500,year=2020,basis=estimated}-> 车 -requires{coef=0.1,year=2020,basis=estimated}-> 胎)");
  EXPECT_EQ(gap.demand, (Figure{30, Basis::Stated}));
}

TEST(Gaps, ConcentrationIsTheHerfindahlIndexOfOutputs) {
  // Shares 0.75 and 0.25: 0.5625 + 0.0625 = 0.625.
  const std::string demand = "甲{region=500104} -makes{output=1000}-> 车 -requires{coef=1}-> 胎; ";
  EXPECT_EQ(gap_of(demand + "乙{region=500104} -makes{output=30}-> 胎; "
                            "丙{region=500104,risks=x} -makes{output=10}-> 胎")
                .concentration,
            0.625);
  EXPECT_EQ(gap_of(demand + "乙{region=500104} -makes{output=30}-> 胎").concentration, 1);
  EXPECT_EQ(gap_of(demand + "乙{region=500104,risks=x} -makes{output=30}-> 胎; "
                            "丙{region=500104,risks=x} -makes-> 胎")
                .concentration,
            std::nullopt);
  EXPECT_EQ(gap_of(demand + "乙{region=500104} -makes{output=0}-> 胎").concentration, std::nullopt);
  EXPECT_EQ(gap_of(demand).concentration, std::nullopt);
}

TEST(Gaps, MakersAtRiskAreCounted) {
  const Gap gap = gap_of(R"(
    甲{region=500104} -makes{output=1000}-> 车 -requires{coef=1}-> 胎
    乙{region=500104} -makes{output=30}-> 胎; 丙{region=500104,risks=x} -makes{output=10}-> 胎
  )");
  EXPECT_EQ(gap.makers_at_risk, 1U);
}

TEST(Gaps, DemandSaysHowMuchOfItIsStatedAndOfAnchors) {
  // 甲, an anchor, 100 × 0.5 stated; 乙 40 × 0.5 estimated; 丙 unknown.
  const Gap gap = gap_of(R"(
    甲{region=500104,anchor} -makes{output=100}-> 车 -requires{coef=0.5}-> 胎
    乙{region=500104} -makes{output=40,basis=estimated}-> 车; 丙{region=500104} -makes-> 车
  )");
  EXPECT_EQ(gap.demand, (Figure{70, Basis::Estimated}));
  EXPECT_EQ(gap.demand_stated, 50);
  EXPECT_EQ(gap.anchor_demand, (Figure{50, Basis::Stated}));
}

TEST(Gaps, ALocalMakerOfASiblingMayBeFostered) {
  // 湿法 and 干法 are kinds of 隔膜; what shares a chain only is no sibling.
  const EnterpriseGraph graph = sketch(R"(
    甲{region=500104} -makes-> 电池 -requires-> 湿法 -part_of-> 隔膜; 干法 -part_of-> 隔膜
    单拉 -part_of-> 干法; 乙{region=500104} -makes-> 单拉; 丙{region=500104} -makes{output=5}-> 干法
    丁{region=500107} -makes-> 干法; 电池 -requires-> 铝壳
    铝壳 -part_of-> 电池链{type=chain}; 碳粉 -part_of-> 电池链; 戊{region=500104} -makes-> 碳粉
  )");
  const GapReport report = find_gaps(graph, in_dadukou());
  ASSERT_EQ(report.gaps.size(), 2U);
  EXPECT_EQ(report.gaps[0].segment, test::segment(graph, "湿法"));
  Told siblings;
  for (const Maker& maker : report.gaps[0].siblings) {
    siblings.emplace_back(graph.name(graph.entity(maker.firm)));
  }
  EXPECT_EQ(siblings, (Told{"丙", "乙"}));
  EXPECT_EQ(report.gaps[0].sibling_count, 2U);
  EXPECT_EQ(report.gaps[0].remedy, Remedy::Foster);
  EXPECT_EQ(report.gaps[1].segment, test::segment(graph, "铝壳"));
  EXPECT_EQ(report.gaps[1].sibling_count, 0U);
  EXPECT_EQ(report.gaps[1].remedy, Remedy::BringIn);
}

TEST(Gaps, AWeakSegmentWithASoundMakerMayBeFostered) {
  const std::string car = "甲{region=500104} -makes-> 车 -requires-> 胎; ";
  EXPECT_EQ(gap_of(car + "乙{region=500104} -makes-> 胎").remedy, Remedy::Foster);
  EXPECT_EQ(gap_of(car + "乙{region=500104,risks=失信} -makes-> 胎").remedy, Remedy::BringIn);
}

// ---- estimates

TEST(Gaps, FactorsEstimateOutputsThatNobodyStates) {
  // 甲: 100 heads × 20 = 2000 of 车, a kind of 交通工具; 乙 states 500, its staff does not count;
  // 丙 has no staff; 丁 makes two things and states no share.
  const EnterpriseGraph graph = sketch(R"(
    甲{region=500104,staff=100} -makes-> 车 -requires{coef=0.1}-> 胎; 车 -part_of-> 交通工具
    乙{region=500104,staff=900} -makes{output=500}-> 车; 丙{region=500104} -makes-> 车
    丁{region=500104,staff=10} -makes-> 车; 丁 -makes-> 书
    戊{region=500104,staff=10} -makes{share=0.5}-> 车; 戊 -makes-> 书
  )");
  GapOptions options = in_dadukou();
  options.factors = {{std::nullopt, EntityNumber::Staff, 7, "统计年鉴"},
                     {test::segment(graph, "交通工具"), EntityNumber::Staff, 20, "统计年鉴"}};
  const GapReport report = find_gaps(graph, options);
  ASSERT_EQ(report.gaps.size(), 1U);
  const Gap& gap = report.gaps[0];
  // 200 + 50 + 10 × 20 × 0.5 × 0.1 = 10.
  EXPECT_EQ(gap.demand, (Figure{260, Basis::Estimated}));
  EXPECT_EQ(gap.demand_stated, 50);
  EXPECT_EQ(gap.needs_unknown, 2U);
}

// ---- with, without and founded before

TEST(Gaps, FirmsMayBeLookedAtAsIfTheyStoodHereOrDidNotExist) {
  const EnterpriseGraph graph = sketch(R"(
    甲{region=500104,anchor} -makes{output=100}-> 车 -requires{coef=1}-> 胎
    乙{region=500104} -makes{output=30}-> 胎; 丙{region=440305} -makes{output=60}-> 胎; 丁
    戊{region=500107} -makes{output=9}-> 胎
  )");
  GapOptions options = in_dadukou();
  options.with = {test::firm(graph, "丙"), test::firm(graph, "丁"), test::firm(graph, "戊")};
  options.without = {test::firm(graph, "乙")};
  const GapReport report = find_gaps(graph, options);
  EXPECT_EQ(report.local_firms, 4U);
  EXPECT_EQ(told(graph, report),
            Told{"weak 胎: demand 100 stated, supply 69 stated, coverage 0.69, local ?, leakage "
                 "31..100, stated, by 甲(车 100), makers 丙(胎 60) 戊(胎 9), weak by one_carries, "
                 "anchors 甲"});
  options.with = {};
  EXPECT_EQ(told(graph, find_gaps(graph, options)),
            Told{"missing 胎: demand 100 stated, supply 0 stated, coverage 0, local ?, leakage "
                 "100..100, stated, by 甲(车 100), makers -, nearby 戊(胎 9), anchors 甲"});
}

TEST(Gaps, OnlyFirmsFoundedBeforeADateCount) {
  const EnterpriseGraph graph = sketch(R"(
    甲{region=500104,founded=2001-05-01} -makes-> 车 -requires-> 胎
    乙{region=500104,founded=2006-01-01} -makes-> 胎; 丙{region=500104} -makes-> 胎
    丁{region=500107,founded=2005-12-31} -makes-> 胎
  )");
  GapOptions options = in_dadukou();
  options.founded_before = {2006, 0, 0};
  EXPECT_EQ(told(graph, find_gaps(graph, options)),
            Told{"missing 胎: demand ?, supply ?, coverage ?, local ?, leakage ?..?, counted, by "
                 "甲(车 ?), makers -, nearby 丁(胎 ?)"});
}

TEST(Gaps, AFinderAnswersForOneDistrictAfterAnother) {
  const EnterpriseGraph graph = test::random_graph(7, {.firms = 60, .segments = 15});
  const GapFinder finder(graph);
  std::set<std::uint32_t> standing;
  for (std::uint32_t i = 0; i < graph.size(EntityKind::Firm); ++i) {
    const RegionCode region = graph.region(graph.entity(FirmId{i})).code;
    if (region.level() == RegionLevel::District) standing.insert(region.value());
  }
  std::vector<std::uint32_t> districts;
  for (const RegionCode region : finder.districts()) {
    districts.push_back(region.value());
    GapOptions options;
    options.district.region = region;
    EXPECT_EQ(told(graph, finder.find(options)), told(graph, find_gaps(graph, options)));
  }
  EXPECT_EQ(districts, std::vector(standing.begin(), standing.end()));
}

// ---- confidence

TEST(Gaps, ConfidenceIsOverDistinctRelationsEachAtItsBest) {
  // 车 → 胎 at best 0.8 (乙 is less sure of what it makes), 船 → 胎 0.5 · 1:
  // 1 − (1 − 0.8) (1 − 0.502) = 0.900; 0.5 is kept as 128/255.
  const Gap gap = gap_of(R"(
    甲{region=500104} -makes-> 车 -requires{conf=0.8}-> 胎; 乙{region=500104} -makes{conf=0.6}-> 车
    丙{region=500104} -makes{conf=0.5}-> 船 -requires-> 胎
  )");
  EXPECT_NEAR(gap.confidence, 1 - 0.2 * (1 - 128 / 255.0), 1e-6);
  ASSERT_EQ(gap.needers.size(), 3U);
  EXPECT_NEAR(gap.needers[0].confidence, 0.8, 1e-6);
  EXPECT_NEAR(gap.needers[1].confidence, 128 / 255.0, 1e-6);
  EXPECT_NEAR(gap.needers[2].confidence, 0.48, 1e-6);
}

TEST(Gaps, NeedsTrustedTooLittleAreLeftOut) {
  const std::string_view text =
      "甲{region=500104} -makes{conf=0.6}-> 车 -requires{conf=0.4}-> 胎; 柜 -requires{conf=0.4}-> "
      "车";
  GapOptions options = in_dadukou();  // 0.6 × 0.4 = 0.24
  EXPECT_EQ(find_gaps(sketch(text), options).gaps.size(), 0U);
  options.min_confidence = 0.23;
  EXPECT_EQ(find_gaps(sketch(text), options).gaps.size(), 2U);
  // So is a maker: it is a possible one.
  options.min_confidence = 1;
  EXPECT_EQ(gaps_of("甲{region=500104,anchor} -makes-> 车 -requires-> 胎; "
                    "乙{region=500104} -makes{conf=0.2}-> 胎",
                    options),
            Told{"missing 胎: demand ?, supply ?, coverage ?, local ?, leakage ?..?, counted, by "
                 "甲(车 ?), makers -, possible 乙(胎 ?), anchors 甲"});
}

// ---- chains

TEST(Gaps, ChainsAreNoSegments) {
  // 车 requires a chain: no gap. Who is said to make a chain needs nothing by it and is no possible
  // maker of what belongs to it; what belongs to it inherits nothing.
  EXPECT_EQ(plain_gaps_of(R"(
    seg:汽车链{type=chain}; 车 -part_of-> 汽车链; 胎 -part_of-> 汽车链; 汽车链 -requires-> 电力
    甲{region=500104} -makes-> 车 -requires-> 汽车链; 车 -requires-> 胎
    乙{region=500104} -makes-> 汽车链; 丙{region=500104} -makes-> 轴 -part_of-> 汽车链
  )"),
            (Told{"missing 胎: demand ?, supply ?, coverage ?, local ?, leakage ?..?, counted, by "
                  "甲(车 ?), makers -"}));
}

// ---- the edge family

TEST(Gaps, OneFirmThatNeedsNothingHasNone) {
  EXPECT_EQ(plain_gaps_of("甲{region=500104} -makes{output=5}-> 车"), Told{});
  EXPECT_EQ(gaps_of("甲{region=500104}"), Told{});
}

TEST(Gaps, ACycleOfNeedsIsWalkedOnce) {
  // 铁 needs 0.5 煤; 煤 would need 铁: an extension too.
  EXPECT_EQ(plain_gaps_of("甲{region=500104} -makes{output=100}-> 铁 -requires{coef=0.5}-> 煤; "
                          "煤 -requires{coef=0.2}-> 铁"),
            Told{"missing extension 煤: demand 50 stated, supply 0 stated, coverage 0, local ?, "
                 "leakage 50..50, stated, by 甲(铁 50), makers -"});
  // Made by the same firm: it carries itself, alone.
  EXPECT_EQ(
      plain_gaps_of("甲{region=500104} -makes{output=100}-> 铁 -requires{coef=0.5}-> 煤; "
                    "甲 -makes{output=50}-> 煤 -requires{coef=0.2}-> 铁"),
      (Told{"weak 煤: demand 50 stated, supply 50 stated, coverage 1, local ?, leakage 0..50, "
            "stated, by 甲(铁 50), makers 甲(煤 50), weak by single_maker",
            "weak 铁: demand 10 stated, supply 100 stated, coverage 1, local ?, leakage "
            "0..10, stated, by 甲(煤 10), makers 甲(铁 100), weak by single_maker"}));
}

TEST(Gaps, DisconnectedChainsAreFoundApart) {
  EXPECT_EQ(plain_gaps_of("甲{region=500104} -makes-> 车 -requires-> 胎; "
                          "乙{region=500104} -makes-> 药 -requires-> 瓶; 书 -requires-> 纸"),
            (Told{"missing 瓶: demand ?, supply ?, coverage ?, local ?, leakage ?..?, counted, by "
                  "乙(药 ?), makers -",
                  "missing 胎: demand ?, supply ?, coverage ?, local ?, leakage ?..?, counted, by "
                  "甲(车 ?), makers -"}));
}

// ---- order

TEST(Gaps, AmountsComeBeforeCountsAndExtensionsLast) {
  const EnterpriseGraph graph = sketch(R"(
    柜 -requires-> 车
    甲{region=500104} -makes{output=100}-> 车; 乙{region=500104} -makes-> 车
    车 -requires-> 轴; 车 -requires{conf=0.6}-> 灯; 车 -requires-> 窗
    车 -requires{coef=0.1}-> 胎; 车 -requires{coef=0.3}-> 机
    丙{region=500104} -makes-> 船 -requires-> 窗; 船 -requires{conf=0.6}-> 帆
  )");
  Told order;
  for (const Gap& gap : find_gaps(graph, in_dadukou()).gaps) {
    order.emplace_back(graph.name(graph.entity(gap.segment)));
  }
  // 机 30, 胎 10; counted: 窗 3 firms, 轴 2, 灯 2 × 0.6, 帆 0.6; then the extension.
  EXPECT_EQ(order, (Told{"机", "胎", "窗", "轴", "灯", "帆", "柜"}));
}

TEST(Gaps, CountedGapsStandByCoefficientsWhereAllAreKnown) {
  // 轴 is needed by one firm, 0.3 of what it makes; 灯 by two, 0.1 × 0.5 and 0.02.
  const std::string text =
      "甲{region=500104} -makes-> 车 -requires{coef=0.3}-> 轴; "
      "车 -requires{coef=0.1,conf=0.502}-> 灯; "
      "乙{region=500104} -makes-> 船 -requires{coef=0.02}-> 灯; "
      "乙 -makes-> 筏 -requires{coef=0.01}-> 灯";
  const GapReport weighed = find_gaps(sketch(text), in_dadukou());
  ASSERT_EQ(weighed.gaps.size(), 2U);
  EXPECT_TRUE(weighed.weighted);
  EXPECT_DOUBLE_EQ(weighed.gaps[0].need_weight.value(), 0.3);
  EXPECT_NEAR(weighed.gaps[1].need_weight.value(), 0.05 + 0.02, 1e-3);
  EXPECT_EQ(weighed.gaps[1].needers.size(), 2U);
  EXPECT_EQ(weighed.gaps[0].basis, Basis::Counted);
  EXPECT_FALSE(weighed.gaps[0].demand);
  // One coefficient unknown: counted again, 灯 by 1.5 firms, 轴 by 1, 窗 by 1.
  const EnterpriseGraph more = sketch(text + "; 船 -requires-> 窗");
  const GapReport counted = find_gaps(more, in_dadukou());
  EXPECT_FALSE(counted.weighted);
  Told order;
  for (const Gap& gap : counted.gaps) order.emplace_back(more.name(more.entity(gap.segment)));
  EXPECT_EQ(order, (Told{"灯", "窗", "轴"}));
  EXPECT_FALSE(counted.gaps[1].need_weight);
}

TEST(Gaps, OwnUseIsDemandForTheSegmentItself) {
  // 0.25 × 40 of its own and 0.5 × 20 of 车's.
  EXPECT_EQ(plain_gaps_of("甲{region=500104} -makes{output=40}-> 钢 -requires{coef=0.25}-> 钢; "
                          "乙{region=500104} -makes{output=20}-> 车 -requires{coef=0.5}-> 钢"),
            Told{"weak 钢: demand 20 stated, supply 40 stated, coverage 1, local ?, leakage 0..20, "
                 "stated, by 乙(车 10) 甲(钢 10), makers 甲(钢 40), weak by single_maker"});
}

TEST(Gaps, FactorsPerFirmCountEachFirmOnceAndSayWhatTheyWereUsedFor) {
  const EnterpriseGraph graph = sketch(
      "甲{region=500104} -makes-> 车 -requires{coef=0.1}-> 胎; 乙{region=500104} -makes-> 车; "
      "丙{region=500104} -makes{output=500}-> 车; 丁{region=510107} -makes-> 车");
  GapOptions options = in_dadukou();
  options.factors = {{std::nullopt, EntityNumber::Staff, 7, "年鉴"},
                     {std::nullopt, std::nullopt, 1000, "假设"}};
  const GapReport report = find_gaps(graph, options);
  ASSERT_EQ(report.gaps.size(), 1U);
  EXPECT_EQ(report.gaps[0].demand, (Figure{250, Basis::Estimated}));
  EXPECT_EQ(report.factors,
            (std::vector<FactorUse>{{{std::nullopt, std::nullopt, 1000, "假设"}, 2}}));
}

TEST(Gaps, AFactorMayLeaveOutputsUnestimated) {
  const EnterpriseGraph graph = sketch(
      "甲{region=500104} -makes-> 车 -requires{coef=0.1}-> 胎; "
      "乙{region=500104} -makes-> 控股 -requires{coef=0.5}-> 胎; "
      "丙{region=500104} -makes{output=40}-> 控股");
  GapOptions options = in_dadukou();
  options.factors = {{std::nullopt, std::nullopt, 1000, "假设"}};
  const std::vector<EntityId> found = graph.find(EntityKind::Segment, "控股");
  ASSERT_EQ(found.size(), 1U);
  options.factors.push_back({SegmentId{graph.local(found.front())}, std::nullopt, 0, "资本"});
  const GapReport report = find_gaps(graph, options);
  ASSERT_EQ(report.gaps.size(), 1U);
  // 0.1 × 1000 of 甲 and 0.5 × 40 that 丙 states.
  EXPECT_EQ(report.gaps[0].demand, (Figure{120, Basis::Estimated}));
  EXPECT_EQ(report.gaps[0].needs_unknown, 1U);
  EXPECT_EQ(report.factors,
            (std::vector<FactorUse>{{options.factors[0], 1}, {options.factors[1], 1}}));
}

TEST(Gaps, WhatMostProductsNeedAlikeMayStandApart) {
  // 电: 1 of 3 coefficients alike for 车, 船, 书; 钢 mostly for 车.
  const EnterpriseGraph graph = sketch(
      "甲{region=500104} -makes{output=100}-> 车 -requires{coef=0.3}-> 电; "
      "车 -requires{coef=0.2}-> 钢; 船 -requires{coef=0.3}-> 电; 书 -requires{coef=0.3}-> 电; "
      "船 -requires{coef=0.01}-> 钢; 书 -requires{coef=0.01}-> 钢");
  const auto order = [&](const GapReport& report) {
    std::vector<std::string_view> names;
    for (const Gap& gap : report.gaps) names.push_back(graph.name(graph.entity(gap.segment)));
    return names;
  };
  GapOptions options = in_dadukou();
  GapReport report = find_gaps(graph, options);
  EXPECT_EQ(order(report), (std::vector<std::string_view>{"电", "钢"}));
  EXPECT_EQ(report.apart, 0U);
  options.everywhere = Everywhere::Apart;
  report = find_gaps(graph, options);
  EXPECT_EQ(order(report), (std::vector<std::string_view>{"钢", "电"}));
  EXPECT_EQ(report.apart, 1U);
}

TEST(Gaps, EqualGapsStandInTheOrderOfSegments) {
  const GapReport report = find_gaps(
      sketch(
          "seg:a; seg:b; seg:c; 甲{region=500104} -makes{output=10}-> 车 -requires{coef=0.5}-> c; "
          "车 -requires{coef=0.5}-> a; 车 -requires{coef=0.5}-> b"),
      in_dadukou());
  std::vector<SegmentId> order;
  for (const Gap& gap : report.gaps) order.push_back(gap.segment);
  EXPECT_EQ(order, (std::vector{SegmentId{0}, SegmentId{1}, SegmentId{2}}));
}

TEST(Gaps, UnrelatedFirmsChangeNothing) {
  const Told alone = gaps_of(kCars);
  EXPECT_EQ(gaps_of(R"(
    子{region=440305} -makes{output=1e9}-> 船; 丑{region=500104} -trades-> 整车; 寅 -makes-> 电池
    卯{region=500104} -makes{output=55}-> 面条; seg:碗; 辰{region=500104}; @张三 -owns-> 辰
    丑 -supplies{segment=电池,amount=77}-> 子; 午{region=510104} -makes-> 整车
  )" + std::string(kCars)),
            alone);
}

TEST(Gaps, TheSameInputGivesTheSameReport) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const EnterpriseGraph graph = test::random_graph(seed, {.firms = 40, .segments = 20});
    const Told first = told(graph, find_gaps(graph, in_dadukou()));
    EXPECT_FALSE(first.empty());
    EXPECT_EQ(told(graph, find_gaps(graph, in_dadukou())), first);
  }
}

// ---- words

TEST(Gaps, KindsHaveWords) {
  EXPECT_EQ(gap_word(GapKind::Missing), "missing");
  EXPECT_EQ(gap_word(GapKind::Weak), "weak");
  EXPECT_EQ(gap_word(GapKind::Hidden), "hidden");
  EXPECT_EQ(gap_word(GapKind::Extension), "extension");
  EXPECT_EQ(gap_text(GapKind::Missing), (Text{"missing", "缺链"}));
  EXPECT_EQ(gap_text(GapKind::Weak), (Text{"weak", "弱链"}));
  EXPECT_EQ(gap_text(GapKind::Hidden), (Text{"hidden", "隐性缺口"}));
  EXPECT_EQ(gap_text(GapKind::Extension), (Text{"extension", "延链"}));
  EXPECT_EQ(remedy_word(Remedy::Foster), "foster");
  EXPECT_EQ(remedy_word(Remedy::BringIn), "bring_in");
  EXPECT_EQ(remedy_text(Remedy::Foster), (Text{"local fostering", "本地培育"}));
  EXPECT_EQ(remedy_text(Remedy::BringIn), (Text{"bringing in", "外部引进"}));
}

// ---- errors

void refuse(ErrorCode code, const EnterpriseGraph& graph, const GapOptions& options) {
  try {
    (void)find_gaps(graph, options);
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code) << error.what();
    EXPECT_NE(error.message().en, "");
    EXPECT_NE(error.message().zh, "");
    EXPECT_NE(error.message().en, error.message().zh);
  }
}

TEST(Gaps, ThresholdsOutsideTheirRangeAreRefused) {
  const EnterpriseGraph graph = sketch(kCars);
  for (const double wrong : {-0.1, 1.1, std::numeric_limits<double>::quiet_NaN()}) {
    GapOptions options = in_dadukou();
    options.weak_coverage = wrong;
    refuse(ErrorCode::InvalidArgument, graph, options);
    options = in_dadukou();
    options.min_confidence = wrong;
    refuse(ErrorCode::InvalidArgument, graph, options);
  }
  GapOptions options = in_dadukou();
  options.weak_coverage = 1;
  options.min_confidence = 0;
  EXPECT_EQ(find_gaps(graph, options).gaps.size(), 4U);
}

TEST(Gaps, RoundsOutsideTheirRangeAreRefused) {
  for (const int wrong : {0, 9, -1}) {
    GapOptions options = in_dadukou();
    options.rounds = wrong;
    refuse(ErrorCode::InvalidArgument, sketch(kCars), options);
  }
}

TEST(Gaps, FactorsWithoutSourceOrBelow0AreRefused) {
  for (const OutputFactor& wrong :
       {OutputFactor{{}, EntityNumber::Staff, 5, ""},
        OutputFactor{{}, EntityNumber::Staff, -1, "x"},
        OutputFactor{{}, EntityNumber::Staff, std::numeric_limits<double>::infinity(), "x"}}) {
    GapOptions options = in_dadukou();
    options.factors = {wrong};
    refuse(ErrorCode::InvalidArgument, sketch(kCars), options);
  }
}

TEST(Gaps, ARegionThatIsNoneOrHasNoFirmIsRefused) {
  const EnterpriseGraph graph = sketch(kCars);
  refuse(ErrorCode::InvalidArgument, graph, {});
  GapOptions options;
  options.district.region = RegionCode{999999};
  refuse(ErrorCode::NotFound, graph, options);
  options.district.region = RegionCode{110105};
  refuse(ErrorCode::NotFound, graph, options);
  refuse(ErrorCode::NotFound, EnterpriseGraph(), in_dadukou());
}

TEST(Gaps, AnchorsThatDoNotExistAreRefused) {
  GapOptions options = in_dadukou();
  options.anchors.given = {"无此企业"};
  refuse(ErrorCode::NotFound, sketch(kCars), options);
  options.anchors = {};
  options.anchors.largest = 0;
  refuse(ErrorCode::InvalidArgument, sketch(kCars), options);
}

TEST(Gaps, ALongRunEndsWhenAskedTo) {
  std::stop_source source;
  GapOptions options = in_dadukou();
  options.stop = source.get_token();
  EXPECT_EQ(find_gaps(sketch(kCars), options).gaps.size(), 4U);
  source.request_stop();
  refuse(ErrorCode::Cancelled, sketch(kCars), options);
}

// ---- brute force

/// The definitions of design and header, written down without regard to cost.
class Definition {
 public:
  Definition(const EnterpriseGraph& graph, const GapOptions& options, const Anchors& anchors)
      : graph_(graph),
        options_(options),
        anchors_(anchors),
        makes_(graph.relation(RelationKind::Makes)),
        rules_(graph.relation(RelationKind::Requires)),
        district_(complete_district(options.district)) {
    const Relation part_of = graph.relation(RelationKind::PartOf);
    const std::uint32_t count = graph.size(EntityKind::Segment);
    up_.assign(count, std::vector<std::uint32_t>(count, kFar));
    for (std::uint32_t i = 0; i < count; ++i) up_[i][i] = 0;
    for (std::uint32_t round = 0; round < count; ++round) {
      for (std::uint64_t e = 0; e < part_of.size(); ++e) {
        const std::uint32_t child = graph.local(part_of.source(EdgeId{e}));
        const std::uint32_t parent = graph.local(part_of.target(EdgeId{e}));
        if (chain(parent) || chain(child)) continue;
        for (std::uint32_t i = 0; i < count; ++i) {
          up_[i][parent] = std::min(up_[i][parent], up_[i][child] + 1);
        }
      }
    }
  }

  void expect(const Gap& gap) const { compare(gap, *find(gap.segment)); }

  /// All gaps, by segment.
  [[nodiscard]] std::vector<Gap> all() const {
    std::vector<Gap> gaps;
    for (std::uint32_t s = 0; s < graph_.size(EntityKind::Segment); ++s) {
      if (const auto gap = find(SegmentId{s})) gaps.push_back(*gap);
    }
    return gaps;
  }

  [[nodiscard]] std::optional<Gap> find(SegmentId segment) const {
    if (chain(raw(segment))) return std::nullopt;
    Gap gap;
    gap.segment = segment;
    find_makers(gap);
    const std::vector<Need> real = needs(segment);
    const std::vector<Need> extension = extensions(segment);
    const bool needed = !real.empty() || !bought(raw(segment)).empty();
    by_firm(needed ? real : extension, gap, needed);
    if (needed) measure(gap);
    const bool all_here = gap.purchases && *gap.purchases >= gap.demand->value;
    const auto unknown = [](const Maker& maker) { return !maker.output; };
    const bool open = gap.bought_outside && std::ranges::any_of(gap.makers, unknown);
    if (needed && gap.makers.empty() && !all_here) gap.kinds.push_back(GapKind::Missing);
    if (needed && !gap.makers.empty()) gap.kinds.push_back(GapKind::Weak);
    if (!extension.empty() && gap.makers.empty()) gap.kinds.push_back(GapKind::Extension);
    if (open) gap.kinds.push_back(GapKind::Open);
    if (gap.kinds.empty()) return std::nullopt;
    gap.kind = gap.kinds.front();
    if (gap.kind == GapKind::Weak) {
      if (gap.coverage && *gap.coverage < options_.weak_coverage) {
        gap.weak.push_back(WeakReason::LowCoverage);
      }
      if (gap.makers.size() == 1) gap.weak.push_back(WeakReason::SingleMaker);
      if (carried(gap)) gap.weak.push_back(WeakReason::OneCarries);
      std::size_t at_risk = 0;
      for (const Maker& maker : gap.makers) at_risk += maker.at_risk ? 1 : 0;
      if (at_risk == gap.makers.size()) gap.weak.push_back(WeakReason::MakersAtRisk);
      if (gap.weak.empty()) gap.kinds.erase(gap.kinds.begin());
      if (gap.kinds.empty()) return std::nullopt;
      gap.kind = gap.kinds.front();
    }
    return gap;
  }

 private:
  /// What a supplier makes, else trades, most first.
  [[nodiscard]] std::optional<std::uint32_t> sold_by(EntityId supplier) const {
    for (const RelationKind kind : {RelationKind::Makes, RelationKind::Trades}) {
      const Relation relation = graph_.relation(kind);
      std::optional<std::uint64_t> best;
      const auto key = [&](std::uint64_t e) {
        return std::tuple(relation.number(EdgeId{e}, EdgeNumber::Amount).value_or(0),
                          relation.number(EdgeId{e}, EdgeNumber::Share).value_or(0),
                          relation.provenance(EdgeId{e}).confidence);
      };
      for (std::uint64_t e = 0; e < relation.size(); ++e) {
        if (relation.source(EdgeId{e}) != supplier) continue;
        if (chain(graph_.local(relation.target(EdgeId{e})))) continue;
        if (!best || key(e) > key(*best)) best = e;
      }
      if (best) return graph_.local(relation.target(EdgeId{*best}));
    }
    return std::nullopt;
  }

  /// A purchase of a local firm, of several years the latest.
  struct Bought {
    FirmId firm{0};
    std::uint32_t segment = 0;
    double amount = 0;
    bool outside = false;
  };
  [[nodiscard]] std::vector<Bought> all_bought() const {
    const Relation supplies = graph_.relation(RelationKind::Supplies);
    std::map<std::tuple<EntityId, EntityId, bool, std::uint32_t>, Bought> latest;
    for (std::uint64_t e = 0; e < supplies.size(); ++e) {
      const auto amount = supplies.number(EdgeId{e}, EdgeNumber::Amount);
      const EntityId from = supplies.source(EdgeId{e});
      const EntityId to = supplies.target(EdgeId{e});
      const auto stated = supplies.segment(EdgeId{e});
      const auto what = stated ? std::optional(raw(*stated)) : sold_by(from);
      if (!amount || !what || chain(*what) || where(to) != Standing::Inside) continue;
      if (deals_in(RelationKind::Trades, to, *what) && !deals_in(RelationKind::Makes, to, *what)) {
        continue;
      }
      const bool outside = where(from) == Standing::Outside || where(from) == Standing::Home;
      latest[{from, to, stated.has_value(), *what}] = {FirmId{graph_.local(to)}, *what, *amount,
                                                       outside};
    }
    std::vector<Bought> result;
    for (const auto& [key, one] : latest) {
      if (one.amount > 0) result.push_back(one);
    }
    return result;
  }
  /// Purchases of the segment itself.
  [[nodiscard]] std::vector<Bought> bought(std::uint32_t segment) const {
    std::vector<Bought> result = all_bought();
    std::erase_if(result, [&](const Bought& one) { return one.segment != segment; });
    return result;
  }
  void join_purchases(Gap& gap) const {
    std::map<FirmId, double> stated;
    for (const Bought& one : bought(raw(gap.segment))) {
      stated[one.firm] += one.amount;
      if (one.outside) gap.bought_outside = gap.bought_outside.value_or(0) + one.amount;
      gap.confidence = 1;
    }
    for (const auto& [firm, amount] : stated) {
      auto need = std::ranges::find(gap.needers, firm, &Need::firm);
      if (need == gap.needers.end()) {
        Need more;
        more.firm = firm;
        more.complete = true;
        gap.needers.push_back(more);
        need = std::prev(gap.needers.end());
        if (std::ranges::find(anchors_.firms, firm) != anchors_.firms.end()) {
          gap.anchors.push_back(firm);
        }
      }
      need->amount = std::max(need->amount.value_or(0), amount);
    }
    std::ranges::sort(gap.needers, {}, &Need::firm);
    std::ranges::sort(gap.anchors);
  }

  static constexpr std::uint32_t kFar = 1000;

  [[nodiscard]] bool chain(std::uint32_t segment) const {
    return graph_.text(graph_.entity(SegmentId{segment}), EntityText::Type) == "chain";
  }
  [[nodiscard]] Standing where(EntityId firm) const {
    return standing(graph_, FirmId{graph_.local(firm)}, district_);
  }
  [[nodiscard]] std::uint32_t made(std::uint64_t edge) const {
    return graph_.local(makes_.target(EdgeId{edge}));
  }

  [[nodiscard]] std::optional<Figure> output(std::uint64_t e) const {
    const EdgeId edge{e};
    const Basis basis = makes_.provenance(edge).basis;
    if (const auto amount = makes_.number(edge, EdgeNumber::Amount)) return Figure{*amount, basis};
    const auto share = makes_.number(edge, EdgeNumber::Share);
    const auto revenue = graph_.number(makes_.source(edge), EntityNumber::Revenue);
    if (!share || !revenue) return std::nullopt;
    return Figure{*share * revenue->value, std::max(basis, revenue->basis)};
  }

  /// In the steps in which confidences are kept.
  [[nodiscard]] bool trusts(double confidence) const {
    return std::lround(confidence * 255) >= std::lround(options_.min_confidence * 255);
  }

  /// Whether a segment lies below another one of some.
  template <typename Segments>
  [[nodiscard]] bool lies_below(std::uint32_t segment, const Segments& others) const {
    return std::ranges::any_of(others, [&](std::uint32_t other) {
      return other != segment && up_[segment][other] < kFar;
    });
  }

  /// Of all statements about a firm and a segment the one that counts.
  [[nodiscard]] std::optional<std::uint64_t> current(EntityId firm, std::uint32_t segment,
                                                     bool trusted = true) const {
    std::optional<std::uint64_t> best;
    const auto key = [&](std::uint64_t e) {
      const Provenance from = makes_.provenance(EdgeId{e});
      const bool known = output(e).has_value();
      const int firm_basis = known ? -static_cast<int>(output(e)->basis) : 0;
      return std::tuple(known, firm_basis, known ? 0.F : from.confidence, from.year());
    };
    for (std::uint64_t e = 0; e < makes_.size(); ++e) {
      if (makes_.source(EdgeId{e}) != firm || made(e) != segment) continue;
      if (trusted && !trusts(makes_.provenance(EdgeId{e}).confidence)) continue;
      if (!best || key(e) > key(*best)) best = e;
    }
    return best;
  }

  void find_makers(Gap& gap) const {
    const std::uint32_t segment = raw(gap.segment);
    for (std::uint32_t f = 0; f < graph_.size(EntityKind::Firm); ++f) {
      const EntityId firm = graph_.entity(FirmId{f});
      std::vector<std::uint32_t> below;
      std::vector<std::uint32_t> above;
      for (std::uint32_t s = 0; s < up_.size(); ++s) {
        if (chain(s) || !current(firm, s, false)) continue;
        const bool sure = current(firm, s).has_value();
        if (sure && up_[s][segment] < kFar) below.push_back(s);
        if (!sure && up_[s][segment] < kFar) above.push_back(s);
        if (s != segment && up_[segment][s] < kFar) above.push_back(s);
      }
      Maker maker;
      maker.firm = FirmId{f};
      maker.at_risk = !graph_.text(firm, EntityText::Risks).empty();
      double total = 0;
      bool known = true;
      for (const std::uint32_t s : below) {
        if (lies_below(s, below)) continue;
        const auto value = output(*current(firm, s));
        total += value ? value->value : 0;
        known = known && value;
        maker.basis = std::max(
            maker.basis, value ? value->basis : makes_.provenance(EdgeId{*current(firm, s)}).basis);
      }
      if (known) maker.output = total;
      if (!below.empty() && where(firm) == Standing::Inside) gap.makers.push_back(maker);
      if (!below.empty() && nearby(graph_, FirmId{f}, district_)) {
        gap.nearby_makers.push_back(maker);
      }
      if (below.empty() && !above.empty() && where(firm) == Standing::Inside) {
        gap.possible_makers.push_back(maker);
        ++gap.possible_maker_count;
      }
    }
  }

  /// The distance at which a product finds inputs.
  [[nodiscard]] std::uint32_t level(std::uint32_t product) const {
    std::uint32_t nearest = kFar;
    for (std::uint64_t e = 0; e < rules_.size(); ++e) {
      nearest = std::min(nearest, up_[product][graph_.local(rules_.source(EdgeId{e}))]);
    }
    return nearest;
  }

  using Key = std::tuple<std::uint32_t, std::uint32_t, EntityId, EntityId>;

  /// Keeps of needs that differ in years alone the one that counts.
  void keep(std::map<Key, Need>& kept, const Need& need) const {
    const Key key(raw(need.firm), raw(need.product), rules_.source(need.requires_edge),
                  rules_.target(need.requires_edge));
    const auto rank = [&](const Need& one) {
      const bool known = one.amount.has_value();
      const Provenance rule = rules_.provenance(one.requires_edge);
      return std::tuple(known, known ? -static_cast<int>(rule.basis) : 0, known ? rule.year() : 0,
                        one.confidence);
    };
    const auto [entry, fresh] = kept.try_emplace(key, need);
    if (!fresh && rank(need) > rank(entry->second)) entry->second = need;
  }

  [[nodiscard]] std::vector<Need> collect(SegmentId segment, bool real) const {
    std::map<Key, Need> kept;
    for (std::uint64_t m = 0; m < makes_.size(); ++m) {
      const EntityId firm = makes_.source(EdgeId{m});
      if (where(firm) != Standing::Inside) continue;
      const std::uint32_t product = made(m);
      if (chain(product) || current(firm, product) != m) continue;
      for (std::uint64_t r = 0; r < rules_.size(); ++r) {
        const std::uint32_t from = graph_.local(rules_.source(EdgeId{r}));
        const std::uint32_t to = graph_.local(rules_.target(EdgeId{r}));
        const bool holds = real ? to == raw(segment) && up_[product][from] < kFar &&
                                      up_[product][from] == level(product)
                                : from == raw(segment) && up_[product][to] < kFar;
        if (!holds) continue;
        Need need;
        need.firm = FirmId{graph_.local(firm)};
        need.product = SegmentId{product};
        need.makes = EdgeId{m};
        need.requires_edge = EdgeId{r};
        const Provenance a = makes_.provenance(EdgeId{m});
        const Provenance b = rules_.provenance(EdgeId{r});
        need.confidence = double{a.confidence} * double{b.confidence};
        if (!trusts(need.confidence)) continue;
        need.basis = std::max(a.basis, b.basis);
        const auto coefficient = rules_.number(EdgeId{r}, EdgeNumber::Coefficient);
        if (real && coefficient && output(m)) {
          need.amount = *coefficient * output(m)->value;
          need.basis = std::max(need.basis, output(m)->basis);
        }
        keep(kept, need);
      }
    }
    std::vector<Need> result;
    for (const auto& [key, need] : kept) {
      if (need.amount != 0.0) result.push_back(need);
    }
    return result;
  }

  [[nodiscard]] std::vector<Need> needs(SegmentId segment) const { return collect(segment, true); }
  [[nodiscard]] std::vector<Need> extensions(SegmentId segment) const {
    return collect(segment, false);
  }

  void by_firm(const std::vector<Need>& needs, Gap& gap, bool with_purchases) const {
    std::map<FirmId, Need> firms;
    std::map<FirmId, std::map<std::uint32_t, std::optional<double>>> amounts;  // by product
    std::map<EdgeId, double> relations;
    for (const Need& need : needs) {
      Need& firm = firms.try_emplace(need.firm, need).first->second;
      firm.confidence = std::max(firm.confidence, need.confidence);
      double& best = relations[need.requires_edge];
      best = std::max(best, need.confidence);
      auto& amount = amounts[need.firm][raw(need.product)];
      amount = std::max(amount, need.amount);  // nothing is less than any amount
    }
    double doubt = 1;
    for (const auto& [edge, best] : relations) doubt *= 1 - best;
    gap.confidence = 1 - doubt;
    for (auto& [firm, need] : firms) {
      std::set<std::uint32_t> all;
      std::set<std::uint32_t> known;
      for (const auto& [product, amount] : amounts[firm]) {
        all.insert(product);
        if (amount) known.insert(product);
      }
      need.amount.reset();
      need.complete = true;
      for (const auto& [product, amount] : amounts[firm]) {
        if (!amount && !lies_below(product, all)) need.complete = false;
        if (!amount || lies_below(product, known)) continue;
        need.amount = need.amount.value_or(0) + *amount;
      }
      gap.needers.push_back(need);
      if (std::ranges::find(anchors_.firms, firm) != anchors_.firms.end()) {
        gap.anchors.push_back(firm);
      }
    }
    if (with_purchases) join_purchases(gap);
  }

  void measure(Gap& gap) const {
    for (const Need& need : gap.needers) {
      if (!need.complete) ++gap.needs_unknown;
      if (need.amount) gap.demand = Figure{(gap.demand ? gap.demand->value : 0) + *need.amount, {}};
    }
    bool makers_known = true;
    for (const Maker& maker : gap.makers) {
      makers_known = makers_known && maker.output;
      if (maker.output)
        gap.supply = Figure{(gap.supply ? gap.supply->value : 0) + *maker.output, {}};
    }
    if (gap.makers.empty() && gap.demand) gap.supply = Figure{};
    if (!gap.demand) return;
    gap.purchases = purchases(gap);
    const double demand = gap.demand->value;
    const double free = makers_known ? gap.supply->value - used(gap) : 0;
    if (makers_known) gap.leakage_min = std::max(0.0, demand - free);
    if (gap.bought_outside) {
      gap.leakage_min = std::max(gap.leakage_min.value_or(0), *gap.bought_outside);
    }
    if (gap.makers.empty() && gap.purchases.value_or(-1) >= demand) gap.leakage_min = 0;
    gap.leakage_max = std::max(demand - gap.purchases.value_or(0), gap.leakage_min.value_or(0));
    gap.leakage_max = std::max(0.0, *gap.leakage_max);
    if (makers_known) gap.coverage = std::min(1.0, free / demand);
  }

  /// What the demands for all below a segment take of its supply.
  [[nodiscard]] double used(const Gap& gap) const {
    double total = 0;
    for (std::uint32_t s = 0; s < up_.size(); ++s) {
      if (SegmentId{s} != gap.segment && up_[s][raw(gap.segment)] < kFar) total += met(s);
    }
    return std::min(total, gap.supply->value);
  }

  /// What of the demand for a segment its supply meets, as far as both are known.
  [[nodiscard]] double met(std::uint32_t segment) const {
    if (chain(segment)) return 0;
    Gap gap;
    gap.segment = SegmentId{segment};
    find_makers(gap);
    by_firm(needs(gap.segment), gap, true);
    double demand = 0;
    for (const Need& need : gap.needers) demand += need.amount.value_or(0);
    gap.supply = Figure{};
    for (const Maker& maker : gap.makers) {
      if (!maker.output) return 0;
      gap.supply->value += *maker.output;
    }
    return demand > 0 ? std::min(demand, gap.supply->value - used(gap)) : 0;
  }

  /// One of several makers is more than half of the supply, and the others cover little.
  [[nodiscard]] bool carried(const Gap& gap) const {
    if (!gap.coverage || *gap.coverage < options_.weak_coverage) return false;
    return gap.makers.size() > 1 && std::ranges::any_of(gap.makers, [&](const Maker& maker) {
             const double others = gap.supply->value - *maker.output;
             return *maker.output > others && others / gap.demand->value < options_.weak_coverage;
           });
  }

  /// Whether a firm is in a relation with a segment, one above it or one below it.
  [[nodiscard]] bool deals_in(RelationKind kind, EntityId firm, std::uint32_t segment) const {
    return std::ranges::any_of(graph_.relation(kind).targets(firm), [&](EntityId target) {
      const std::uint32_t one = graph_.local(target);
      return !chain(one) && (up_[one][segment] < kFar || up_[segment][one] < kFar);
    });
  }

  [[nodiscard]] std::optional<double> purchases(const Gap& gap) const {
    const std::uint32_t segment = raw(gap.segment);
    const Relation supplies = graph_.relation(RelationKind::Supplies);
    std::map<std::tuple<EntityId, EntityId, SegmentId, bool>, std::pair<int, double>> latest;
    for (std::uint64_t e = 0; e < supplies.size(); ++e) {
      const EdgeId edge{e};
      const auto stated = supplies.segment(edge);
      const auto sold = stated ? std::nullopt : sold_by(supplies.source(edge));
      const auto what = sold ? std::optional(SegmentId{*sold}) : stated;
      const auto amount = supplies.number(edge, EdgeNumber::Amount);
      if (!what || !amount || chain(raw(*what)) || up_[raw(*what)][segment] >= kFar) continue;
      if (where(supplies.source(edge)) != Standing::Inside) continue;
      if (where(supplies.target(edge)) != Standing::Inside) continue;
      if (deals_in(RelationKind::Trades, supplies.source(edge), segment) &&
          !deals_in(RelationKind::Makes, supplies.source(edge), segment)) {
        continue;
      }
      auto& entry = latest
                        .try_emplace({supplies.source(edge), supplies.target(edge), *what,
                                      stated.has_value()},
                                     -1, 0.0)
                        .first->second;
      entry = std::max(entry, std::pair(supplies.provenance(edge).year(), *amount));
    }
    std::map<std::pair<EntityId, EntityId>, std::set<std::uint32_t>> bought;
    for (const auto& [key, entry] : latest) {
      bought[{std::get<0>(key), std::get<1>(key)}].insert(raw(std::get<2>(key)));
    }
    std::map<EntityId, double> by_customer;
    for (const auto& [key, entry] : latest) {
      const auto& [from, to, what, stated] = key;
      if (!lies_below(raw(what), bought[{from, to}])) by_customer[to] += entry.second;
    }
    std::optional<double> total;
    for (const Need& need : gap.needers) {
      const auto amount = by_customer.find(graph_.entity(need.firm));
      if (!need.amount || amount == by_customer.end()) continue;
      total = total.value_or(0) + std::min(amount->second, *need.amount);
    }
    return total;
  }

  static void near(const std::optional<double>& actual, const std::optional<double>& expected,
                   const char* what) {
    ASSERT_EQ(actual.has_value(), expected.has_value()) << what;
    if (actual) {
      EXPECT_NEAR(*actual, *expected, 1e-9 * (1 + std::abs(*expected))) << what;
    }
  }

  static std::optional<double> value(const std::optional<Figure>& figure) {
    return figure ? std::optional(figure->value) : std::nullopt;
  }

  static void same_makers(const std::vector<Maker>& actual, const std::vector<Maker>& expected,
                          bool with_output) {
    using Row = std::tuple<FirmId, std::optional<double>, Basis, bool>;
    const auto rows = [&](const std::vector<Maker>& makers) {
      std::set<Row> result;
      for (const Maker& maker : makers) {
        result.emplace(maker.firm, with_output ? maker.output : std::nullopt,
                       with_output ? maker.basis : Basis::Stated, maker.at_risk);
      }
      return result;
    };
    EXPECT_EQ(rows(actual), rows(expected));
    EXPECT_EQ(actual.size(), expected.size());
  }

  void compare(const Gap& actual, const Gap& expected) const {
    SCOPED_TRACE(graph_.name(graph_.entity(actual.segment)));
    EXPECT_EQ(actual.kinds, expected.kinds);
    EXPECT_EQ(actual.kind, expected.kind);
    EXPECT_EQ(actual.weak, expected.weak);
    near(value(actual.demand), value(expected.demand), "demand");
    near(value(actual.supply), value(expected.supply), "supply");
    near(actual.coverage, expected.coverage, "coverage");
    near(actual.purchases, expected.purchases, "purchases");
    near(actual.leakage_min, expected.leakage_min, "leakage_min");
    near(actual.leakage_max, expected.leakage_max, "leakage_max");
    near(actual.confidence, expected.confidence, "confidence");
    EXPECT_EQ(actual.needs_unknown, expected.needs_unknown);
    EXPECT_EQ(actual.possible_maker_count, expected.possible_maker_count);
    EXPECT_EQ(actual.basis, actual.demand ? actual.demand->basis : Basis::Counted);
    same_makers(actual.makers, expected.makers, true);
    same_makers(actual.nearby_makers, expected.nearby_makers, true);
    same_makers(actual.possible_makers, expected.possible_makers, false);
    EXPECT_EQ(actual.anchors, expected.anchors);
    ASSERT_EQ(actual.needers.size(), expected.needers.size());
    for (const Need& need : expected.needers) {
      const auto found = std::ranges::find(actual.needers, need.firm, &Need::firm);
      ASSERT_NE(found, actual.needers.end());
      near(found->amount, need.amount, "amount");
      EXPECT_EQ(found->complete, need.complete);
      near(found->confidence, need.confidence, "confidence of a need");
    }
    const auto before = [&](const Need& a, const Need& b) {
      const auto weighs = [](const Need& need) {
        return std::tuple(-need.amount.value_or(-1), -need.confidence);
      };
      if (weighs(a) != weighs(b)) return weighs(a) < weighs(b);
      return a.firm != b.firm && told_before(graph_, a.firm, b.firm);
    };
    EXPECT_TRUE(std::ranges::is_sorted(actual.needers, before));
    const auto largest = [](const Maker& maker) {
      return std::tuple(-maker.output.value_or(-1), maker.firm);
    };
    EXPECT_TRUE(std::ranges::is_sorted(actual.makers, {}, largest));
  }

  const EnterpriseGraph& graph_;
  const GapOptions& options_;
  const Anchors& anchors_;
  Relation makes_;
  Relation rules_;
  District district_;
  std::vector<std::vector<std::uint32_t>> up_;
};

/// Severity as the header words it: kind, amounts first, the middle of the leakage interval,
/// needers by confidence, name (of segments without codes).
auto severity(const EnterpriseGraph& graph, const Gap& gap, bool weighted) {
  const double twice = gap.leakage_min.value_or(0) + gap.leakage_max.value_or(0);
  double needers = 0;
  for (const Need& need : gap.needers) needers += need.confidence;
  if (weighted && gap.kind != GapKind::Extension && !gap.leakage_max) needers = *gap.need_weight;
  return std::tuple(gap.kind == GapKind::Extension, !gap.leakage_max, -twice, -needers,
                    graph.name(graph.entity(gap.segment)));
}

/// Returns the kinds found. Later rounds are defined beside demand.hpp.
std::multiset<GapKind> expect_definition(const EnterpriseGraph& graph, GapOptions options) {
  options.rounds = 1;
  const GapReport report = find_gaps(graph, options);
  const Definition definition(graph, options, report.anchors);
  std::set<SegmentId> expected;
  for (const Gap& gap : definition.all()) expected.insert(gap.segment);
  std::set<SegmentId> actual;
  for (const Gap& gap : report.gaps) actual.insert(gap.segment);
  EXPECT_EQ(actual.size(), report.gaps.size());
  EXPECT_EQ(actual, expected);
  if (actual != expected) return {};
  std::multiset<GapKind> kinds;
  for (const Gap& gap : report.gaps) {
    definition.expect(gap);
    kinds.insert(gap.kind);
  }
  EXPECT_TRUE(std::ranges::is_sorted(
      report.gaps, {}, [&](const Gap& gap) { return severity(graph, gap, report.weighted); }));
  return kinds;
}

TEST(Gaps, EqualTheDefinitionOnRandomGraphs) {
  std::multiset<GapKind> kinds;
  for (std::uint64_t seed = 1; seed <= 80; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const EnterpriseGraph graph =
        test::random_graph(seed, {.firms = 30, .segments = 12, .density = 1.5});
    GapOptions options = in_dadukou();
    options.min_confidence = 0.1 * static_cast<double>(seed % 5);
    options.weak_coverage = 0.25 * static_cast<double>(seed % 4);
    kinds.merge(expect_definition(graph, options));
  }
  for (const GapKind kind : {GapKind::Missing, GapKind::Weak, GapKind::Extension}) {
    EXPECT_GT(kinds.count(kind), 20U);
  }
}

/// Segments with several parents, chains among them, few firms, many years.
EnterpriseGraph tangled_graph(std::uint64_t seed) {
  std::mt19937_64 engine(seed);
  const auto below = [&](std::uint32_t bound) {
    return static_cast<std::uint32_t>(engine() % bound);
  };
  GraphBuilder builder;
  constexpr std::uint32_t kFirms = 6;
  constexpr std::uint32_t kSegments = 9;
  for (std::uint32_t i = 0; i < kFirms; ++i) {
    const EntityRef node = builder.add(EntityKind::Firm, "f" + std::to_string(i));
    builder.set_region(node, {RegionCode{i < 4 ? 500104U : 500107U}, {}});
    if (below(2) == 0) builder.set(node, EntityNumber::Revenue, {100.0 * below(9), {}});
  }
  for (std::uint32_t i = 0; i < kSegments; ++i) {
    const EntityRef node = builder.add(EntityKind::Segment, "s" + std::to_string(i));
    if (below(6) == 0) builder.set(node, EntityText::Type, "chain");
  }
  const auto some = [&](std::uint32_t one_in) {
    Provenance provenance;
    if (below(2) == 0) provenance.as_of.year = static_cast<std::int16_t>(2019 + below(3));
    if (below(one_in) == 0) provenance.confidence = 0.4F + 0.2F * static_cast<float>(below(3));
    provenance.basis = below(3) == 0 ? Basis::Estimated : Basis::Stated;
    return provenance;
  };
  for (int i = 0; i < 9; ++i) {  // parents have smaller numbers: no cycle
    const std::uint32_t child = 1 + below(kSegments - 1);
    builder.relate(RelationKind::PartOf, SegmentId{child}, SegmentId{below(child)});
  }
  for (int i = 0; i < 24; ++i) {
    EdgeAttributes attributes;
    if (below(4) != 0) attributes.amount = 10.0 * below(20);
    if (below(2) == 0) attributes.share = below(5) / 4.0;
    const SegmentId segment{below(kSegments)};
    const FirmId firm{below(kFirms)};
    builder.relate(RelationKind::Makes, firm, segment, attributes, some(3));
  }
  for (int i = 0; i < 12; ++i) {
    EdgeAttributes attributes;
    if (below(4) != 0) attributes.coefficient = below(9) / 8.0;
    const SegmentId from{below(kSegments)};
    const SegmentId to{below(kSegments)};
    const Provenance provenance = some(2);
    if (from != to) builder.relate(RelationKind::Requires, from, to, attributes, provenance);
  }
  for (int i = 0; i < 4; ++i) {
    builder.relate(RelationKind::Trades, FirmId{below(kFirms)}, SegmentId{below(kSegments)});
  }
  for (int i = 0; i < 12; ++i) {
    EdgeAttributes attributes;
    attributes.segment = SegmentId{below(kSegments)};
    attributes.amount = 10.0 * below(20);
    const FirmId from{below(kFirms)};
    const FirmId to{below(kFirms)};
    const Provenance provenance = some(2);
    if (from != to) builder.relate(RelationKind::Supplies, from, to, attributes, provenance);
  }
  return builder.build();
}

TEST(Gaps, OfProductsThatCountTheSameTheFirstByNameIsNamed) {
  // 丙品 stands before 乙品 by name, after it by row.
  const EnterpriseGraph graph = test::sketch(R"(
    甲{region=500104} -makes-> 乙品; 甲 -makes-> 丙品; 乙品 -requires-> 料; 丙品 -requires-> 料
    丁{region=500104} -makes-> 乙品; 丙{region=500104} -makes-> 乙品
  )");
  const Gap gap = find_gaps(graph, in_dadukou()).gaps.front();
  EXPECT_EQ(graph.name(graph.entity(gap.needers.back().product)), "丙品");
  std::string needers;
  for (const Need& need : gap.needers) needers += graph.name(graph.entity(need.firm));
  EXPECT_EQ(needers, "丁丙甲");
}

TEST(Gaps, EqualTheDefinitionWhereSegmentsHaveSeveralParentsAndYears) {
  std::multiset<GapKind> kinds;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    kinds.merge(expect_definition(tangled_graph(seed), in_dadukou()));
  }
  for (const GapKind kind : {GapKind::Missing, GapKind::Weak, GapKind::Extension}) {
    EXPECT_GT(kinds.count(kind), 20U);
  }
}

}  // namespace
}  // namespace liantu
