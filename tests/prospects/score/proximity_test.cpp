#include "prospects/score/proximity.hpp"

#include <optional>
#include <string_view>

#include <gtest/gtest.h>

#include "prospects/score/assessor.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

/// The stage among those of a score, for 500104.
struct Case {
  explicit Case(std::string_view text)
      : graph(test::sketch(text)),
        report(find_gaps(graph, asked())),
        ground(graph),
        stages{ground, report, policy, nullptr, {}} {}

  static GapOptions asked() {
    GapOptions options;
    options.district.region = RegionCode{500104};
    return options;
  }
  [[nodiscard]] std::optional<Assessment::Reach> reach(std::string_view firm) {
    return stages.proximity.reach(test::firm(graph, firm), {}, scratch);
  }

  EnterpriseGraph graph;
  GapReport report;
  ProspectGround ground;
  Policy policy = default_policy();
  ScoreStages stages;
  TargetWays::Scratch scratch;
};

TEST(Proximity, PathsAreWorthHalfTheMostAtAQuarter) {
  EXPECT_EQ(path_worth(0), 0);
  EXPECT_EQ(path_worth(0.25), kMostPathWorth / 2);
  EXPECT_LT(path_worth(1e9), kMostPathWorth);
  EXPECT_LT(path_worth(0.1), path_worth(0.2));
}

TEST(Proximity, WithoutRelationsNothingIsKnown) {
  Case one("甲{region=500104,anchor} -makes-> 车 -requires-> 膜; 戊{region=440305} -makes-> 膜");
  EXPECT_FALSE(one.stages.proximity.related());
  EXPECT_EQ(one.stages.proximity.ways(), nullptr);
  EXPECT_EQ(one.reach("戊"), std::nullopt);
}

// 戊 → 丙 ← 乙 → 甲: with one way each degree is 2, so that the way weighs 1 / √(2 · 2).
TEST(Proximity, AWayToAnAnchorIsReached) {
  Case one(
      "甲{region=500104,anchor}; 戊{region=440305}; 乙{region=440305}; 丙{region=440305}; "
      "戊 -supplies-> 丙; 乙 -supplies-> 丙; 乙 -supplies-> 甲");
  const auto found = one.reach("戊");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->anchor, test::firm(one.graph, "甲"));
  EXPECT_NEAR(found->score, 0.5, 1e-12);
  EXPECT_EQ(one.stages.proximity.apart_by_ties(test::firm(one.graph, "戊")), 1);
}

TEST(Proximity, WhoSuppliesTheAnchorHasNoWayToIt) {
  Case one(
      "甲{region=500104,anchor}; 戊{region=440305}; 乙{region=440305}; 丙{region=440305}; "
      "戊 -supplies-> 丙; 乙 -supplies-> 丙; 乙 -supplies-> 甲; 戊 -supplies-> 甲");
  EXPECT_EQ(one.reach("戊"), std::nullopt);
  EXPECT_LT(one.stages.proximity.apart_by_ties(test::firm(one.graph, "戊")), 1);
}

// Over 丙 two suppliers lead to 甲, one to 庚.
TEST(Proximity, OfSeveralAnchorsTheOneWhereWaysWeighMostCounts) {
  Case one(
      "甲{region=500104,anchor}; 庚{region=500104,anchor}; 戊{region=440305}; 乙{region=440305}; "
      "丁{region=440305}; 丙{region=440305}; 戊 -supplies-> 丙; 乙 -supplies-> 丙; 丁 -supplies-> "
      "丙; "
      "乙 -supplies-> 甲; 丁 -supplies-> 甲; 乙 -supplies-> 庚");
  const auto found = one.reach("戊");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->anchor, test::firm(one.graph, "甲"));
}

}  // namespace
}  // namespace liantu
