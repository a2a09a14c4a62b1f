#include "report/gaps/gap_words.hpp"

#include <gtest/gtest.h>

namespace liantu {
namespace {

Gap weak_gap() {
  Gap gap;
  gap.kind = GapKind::Weak;
  gap.kinds = {GapKind::Weak};
  gap.makers.resize(2);
  return gap;
}

TEST(GapWords, AReasonNamesItsNumber) {
  Gap gap = weak_gap();
  gap.coverage = 0.184;
  gap.makers_at_risk = 2;
  EXPECT_EQ(weak_reason_text(gap, WeakReason::LowCoverage, Brief::No),
            (Text{"low coverage: 18%", "配套率低（18%）"}));
  EXPECT_EQ(weak_reason_text(gap, WeakReason::LowCoverage, Brief::Yes),
            (Text{"covers 18%", "配套 18%"}));
  EXPECT_EQ(weak_reason_text(gap, WeakReason::MakersAtRisk, Brief::No),
            (Text{"makers at risk: 2 of 2", "生产企业有风险（2/2 家）"}));
  EXPECT_EQ(weak_reason_text(gap, WeakReason::SingleMaker, Brief::Yes),
            (Text{"one maker", "仅一家"}));
  EXPECT_EQ(weak_reason_text(gap, WeakReason::SingleMaker, Brief::No),
            (Text{"single maker", "仅一家生产"}));
}

TEST(GapWords, OneThatCarriesItIsNamedWithItsShare) {
  Gap gap = weak_gap();
  const Text plain = weak_reason_text(gap, WeakReason::OneCarries, Brief::No);
  EXPECT_EQ(weak_reason_text(gap, WeakReason::OneCarries, Brief::Yes), plain);
  gap.makers[0].output = 90;
  gap.makers[1].output = 30;
  EXPECT_EQ(weak_reason_text(gap, WeakReason::OneCarries, Brief::Yes),
            (Text{"one carries 75%", "一家占 75%"}));
  EXPECT_EQ(weak_reason_text(gap, WeakReason::OneCarries, Brief::No).en,
            "one maker carries it: 75%");
}

TEST(GapWords, CoverageStandsWithAWeakGapReasonOrNot) {
  Gap gap = weak_gap();
  gap.weak = {WeakReason::SingleMaker};
  EXPECT_EQ(kind_and_why(gap, Language::En), "weak: one maker");
  gap.coverage = 1;
  EXPECT_EQ(kind_and_why(gap, Language::En), "weak: one maker, covers 100%");
  EXPECT_EQ(kind_and_why(gap, Language::Zh), "弱链：仅一家、配套 100%");
  // 15 of at least 60.
  gap.coverage = 0.25;
  gap.needs_unknown = 1;
  EXPECT_EQ(kind_and_why(gap, Language::En), "weak: one maker, covers ≤ 25%");
  gap.kinds = {GapKind::Missing, GapKind::Extension};
  gap.weak.clear();
  EXPECT_EQ(kind_and_why(gap, Language::En), "missing, extension");
}

TEST(GapWords, LaterDemandNamesItsRound) {
  Gap gap;
  EXPECT_EQ(later_text(gap, Language::En), "");
  EXPECT_EQ(later_unmet_text(gap, Language::En), "");
  RoundDemand round;
  round.round = 3;
  round.demand = Figure{1.2e7};
  gap.later = {round};
  EXPECT_EQ(later_text(gap, Language::En), "3: 12 m");
  EXPECT_EQ(later_text(gap, Language::Zh), "3轮：1,200万");
  EXPECT_EQ(later_unmet_text(gap, Language::En), "≤ 12 m");
  EXPECT_EQ(rounds_text(gap, Language::Zh), "第 3 轮：需求 1,200万，本地可供 未知，缺口 未知");
  gap.later[0].leakage = 7e6;
  EXPECT_EQ(later_unmet_text(gap, Language::En), "7 m");
}

TEST(GapWords, WhoIsNamedNeedsItOrWouldSupplyIt) {
  Gap gap;
  for (const GapKind kind : {GapKind::Missing, GapKind::Weak}) {
    gap.kinds = {kind, GapKind::Extension};
    EXPECT_FALSE(named_are_suppliers(gap));
  }
  gap.kinds = {GapKind::Extension};
  EXPECT_TRUE(named_are_suppliers(gap));
  gap.kinds = {GapKind::Hidden, GapKind::Extension};
  EXPECT_TRUE(named_are_suppliers(gap));
}

TEST(GapWords, AQueryReadsAsItIsGiven) {
  EXPECT_FALSE(narrows({}));
  EXPECT_FALSE(narrows({.order = GapOrder::Criticality}));
  const GapQuery query{.kinds = {GapKind::Weak, GapKind::Hidden}, .min_leakage = 5e7};
  EXPECT_TRUE(narrows(query));
  EXPECT_EQ(query_text(EnterpriseGraph(), GapReport(), query),
            (Text{"--kind weak --kind hidden --min-leakage 50 m",
                  "--kind 弱链 --kind 隐性缺口 --min-leakage 5,000万"}));
}

}  // namespace
}  // namespace liantu
