#include "liantu/chain/gaps/gap_diff.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::sketch;

using Told = std::vector<std::string>;

GapReport report_of(const EnterpriseGraph& graph) {
  GapOptions options;
  options.district.region = RegionCode{500104};
  return find_gaps(graph, options);
}

std::string told(const std::optional<double>& value) {
  return value ? std::to_string(static_cast<long>(*value)) : "?";
}

/// `closed 胎: 100 → 0, moved -100`.
Told told(const GapDiff& diff) {
  Told result;
  for (const GapChange& change : diff.changes) {
    result.push_back(std::string(fate_word(change.fate)) + " " + change.segment + ": " +
                     told(change.amount_before) + " → " + told(change.amount_after) + ", moved " +
                     told(change.moved));
  }
  return result;
}

GapDiff diff_of(std::string_view before, std::string_view after) {
  const EnterpriseGraph a = sketch(before);
  const EnterpriseGraph b = sketch(after);
  return compare_gaps(a, report_of(a), b, report_of(b));
}

TEST(GapDiff, SaysWhatBecameOfEachGap) {
  const std::string rules =
      "车 -requires{coef=0.5}-> 胎; 车 -requires{coef=0.2}-> 灯; 车 -requires{coef=0.1}-> 窗; "
      "车 -requires-> 漆; 船 -requires{coef=1}-> 帆; 书 -requires{coef=0.3}-> 纸; ";
  // Before: 胎 50, 灯 20, 窗 10, 漆 counted, 帆 7. After 甲 makes 120: 灯 24 (grown), 窗 is made by
  // two who make enough for its 12, though nobody says that 甲 buys of them; 胎 60 less 45: shrunk;
  // nobody makes 船; 乙 makes 书 of 30: 纸 9.
  const GapDiff diff = diff_of(
      rules + "甲{region=500104} -makes{output=100}-> 车; 丁{region=500104} -makes{output=7}-> 船",
      rules +
          "甲{region=500104} -makes{output=120}-> 车; 乙{region=500104} -makes{output=30}-> 书; "
          "a{region=500104} -makes{output=45}-> 胎; b{region=500104} -makes{output=9}-> 窗; "
          "c{region=500104} -makes{output=9}-> 窗; a -supplies{segment=胎,amount=45}-> 甲");
  EXPECT_EQ(told(diff), (Told{"opened 纸: 0 → 9, moved 9", "closed 窗: 10 → 12, moved 2",
                              "gone 帆: 7 → 0, moved -7", "grown 灯: 20 → 24, moved 4",
                              "shrunk 胎: 50 → 15, moved -35", "same 漆: ? → ?, moved ?"}));
  EXPECT_EQ(diff.opened, 1U);
  EXPECT_EQ(diff.healed, 1U);
  EXPECT_EQ(diff.gone, 1U);
  EXPECT_EQ(diff.persistent, 3U);
  EXPECT_DOUBLE_EQ(diff.bought_outside_before, 87);
  EXPECT_DOUBLE_EQ(diff.bought_outside_after, 48);
}

TEST(GapDiff, TheFloorMovesWhereTheUpperEndStays) {
  // 50 of 胎 are needed and nobody says who buys here: at most 50 is bought outside, at least 45,
  // then 40.
  const std::string rules =
      "车 -requires{coef=0.5}-> 胎; 甲{region=500104} -makes{output=100}-> 车; ";
  const GapDiff diff = diff_of(rules + "乙{region=500104} -makes{output=5}-> 胎",
                               rules + "乙{region=500104} -makes{output=10}-> 胎");
  EXPECT_EQ(told(diff), Told{"shrunk 胎: 50 → 50, moved 0"});
  EXPECT_EQ(diff.changes[0].least_before, 45);
  EXPECT_EQ(diff.changes[0].least_after, 40);
  EXPECT_EQ(diff.changes[0].least_moved, -5);
  EXPECT_EQ(diff.shrunk, 1U);
  EXPECT_EQ(diff.grown, 0U);
  EXPECT_EQ(diff.least_outside_before, 45);
  EXPECT_EQ(diff.least_outside_after, 40);
}

TEST(GapDiff, WhatClosesMayStillBeBoughtOutsideInPart) {
  // Two makers cover 60 %, which is not a gap; 20 must come from outside. Nobody needs 帆 any more.
  const std::string rules =
      "车 -requires{coef=0.5}-> 胎; 船 -requires{coef=1}-> 帆; "
      "甲{region=500104} -makes{output=100}-> 车; ";
  const GapDiff diff = diff_of(
      rules + "乙{region=500104} -makes{output=15}-> 胎; 戊{region=500104} -makes{output=3}-> 船",
      rules +
          "乙{region=500104} -makes{output=15}-> 胎; 丙{region=500104} -makes{output=15}-> 胎; "
          "戊{region=500107} -makes{output=3}-> 船");
  EXPECT_EQ(told(diff), (Told{"closed 胎: 50 → 50, moved 0", "gone 帆: 3 → 0, moved -3"}));
  EXPECT_EQ(diff.changes[0].met_after, 0U);
  EXPECT_EQ(diff.changes[0].least_after, 20);
  EXPECT_EQ(diff.changes[1].met_after, std::nullopt);
  EXPECT_EQ(diff.changes[1].least_before, 3);
  EXPECT_EQ(diff.changes[1].least_after, 0);
  EXPECT_EQ(diff.least_outside_before, 38);
  EXPECT_EQ(diff.least_outside_after, 20);
  EXPECT_EQ(diff.most_outside_before, 53);
  EXPECT_EQ(diff.most_outside_after, 50);
}

TEST(GapDiff, AHiddenGapIsClosedWhileWhatRaisesItIsOne) {
  const std::string rules =
      "甲{region=500104} -makes{output=100}-> 车; 车 -requires{coef=0.5}-> 胎; "
      "胎 -requires{coef=0.2}-> 胶; ";
  EXPECT_EQ(told(diff_of(rules, rules + "乙{region=500104} -makes{output=90}-> 胶")),
            (Told{"closed 胶: 10 → 0, moved -10", "same 胎: 50 → 50, moved 0"}));
  EXPECT_EQ(told(diff_of(rules, "甲{region=500104} -makes{output=100}-> 车; 胎; 胶")),
            (Told{"gone 胎: 50 → 0, moved -50", "gone 胶: 10 → 0, moved -10"}));
}

// 甲 leaves: 乙 and 丙 make enough 胎 for what 丁 needs, and 胶 for the 胎 that are still missing.
TEST(GapDiff, WhatIsNeededLessIsNotFilled) {
  const std::string rules =
      "丁{region=500104} -makes{output=100}-> 车; 车 -requires{coef=0.5}-> 胎; "
      "乙{region=500104} -makes{output=30}-> 胎; 丙{region=500104} -makes{output=30}-> 胎; ";
  EXPECT_EQ(told(diff_of(rules + "甲{region=500104} -makes{output=200}-> 车", rules)),
            Told{"eased 胎: 150 → 50, moved -100"});
  const std::string deeper =
      "丁{region=500104} -makes{output=100}-> 车; 车 -requires{coef=0.5}-> 胎; "
      "胎 -requires{coef=0.2}-> 胶; 乙{region=500104} -makes{output=15}-> 胶; ";
  const GapDiff diff = diff_of(deeper + "甲{region=500104} -makes{output=200}-> 车", deeper);
  EXPECT_EQ(told(diff), (Told{"eased 胶: 15 → 0, moved -15", "shrunk 胎: 150 → 50, moved -100"}));
  EXPECT_EQ(diff.eased, 1U);
  EXPECT_EQ(diff.healed, 0U);
}

TEST(GapDiff, AKindMoreSevereIsGrown) {
  const std::string rules = "车 -requires-> 胎; 胎 -requires-> 胶; ";
  EXPECT_EQ(told(diff_of(rules + "甲{region=500104} -makes-> 车; 乙{region=500104} -makes-> 胎",
                         rules + "甲{region=500104} -makes-> 车")),
            (Told{"gone 胶: ? → 0, moved ?", "grown 胎: ? → ?, moved ?"}));
}

TEST(GapDiff, SegmentsAreFoundByCodeElseByName) {
  const std::string firm = "甲{region=500104} -makes{output=10}-> 车; ";
  EXPECT_EQ(told(diff_of(firm + "车 -requires{coef=1}-> 胎{code=C29}",
                         "水; " + firm + "车 -requires{coef=1}-> 轮胎{code=C29}")),
            Told{"same 胎: 10 → 10, moved 0"});
  EXPECT_EQ(told(diff_of(firm + "车 -requires{coef=1}-> 胎{code=C29}",
                         firm + "车 -requires{coef=1}-> 胎")),
            Told{"same 胎: 10 → 10, moved 0"});
  EXPECT_EQ(told(diff_of(firm + "车 -requires{coef=1}-> 胎{code=C29}",
                         firm + "车 -requires{coef=1}-> 胎{code=C30}")),
            (Told{"opened 胎: 0 → 10, moved 10", "gone 胎: 10 → 0, moved -10"}));
}

TEST(GapDiff, NothingHasChangedBetweenEquals) {
  EXPECT_TRUE(compare_gaps(EnterpriseGraph(), {}, EnterpriseGraph(), {}).changes.empty());
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const EnterpriseGraph graph = test::random_graph(seed, {.firms = 30, .segments = 12});
    const GapReport report = report_of(graph);
    const GapDiff diff = compare_gaps(graph, report, graph, report);
    EXPECT_EQ(diff.persistent, report.gaps.size());
    EXPECT_EQ(diff.changes.size(), report.gaps.size());
    for (const GapChange& change : diff.changes) {
      EXPECT_EQ(change.fate, GapFate::Same);
      EXPECT_EQ(change.before, change.after);
    }
  }
}

TEST(GapDiff, AccountsForEveryGapOfBoth) {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    const EnterpriseGraph a = test::random_graph(seed, {.firms = 30, .segments = 12});
    const EnterpriseGraph b = test::random_graph(seed + 1000, {.firms = 30, .segments = 12});
    const GapReport before = report_of(a);
    const GapReport after = report_of(b);
    const GapDiff diff = compare_gaps(a, before, b, after);
    EXPECT_EQ(diff.healed + diff.eased + diff.gone + diff.persistent, before.gaps.size());
    EXPECT_EQ(diff.opened + diff.persistent, after.gaps.size());
    for (const GapChange& change : diff.changes) {
      if (!change.moved) continue;
      EXPECT_NEAR(*change.amount_before + *change.moved, *change.amount_after, 1e-6);
    }
  }
}

TEST(GapDiff, FatesHaveWords) {
  const std::vector<GapFate> fates = {GapFate::Opened, GapFate::Closed, GapFate::Eased,
                                      GapFate::Gone,   GapFate::Grown,  GapFate::Shrunk,
                                      GapFate::Same};
  const Told en = {"opened", "closed", "eased", "gone", "grown", "shrunk", "same"};
  const Told zh = {"新增", "补上", "需求减少", "不再需要", "扩大", "缩小", "不变"};
  for (std::size_t i = 0; i < fates.size(); ++i) {
    EXPECT_EQ(fate_word(fates[i]), en[i]);
    EXPECT_EQ(fate_text(fates[i]), (Text{en[i], zh[i]}));
  }
}

}  // namespace
}  // namespace liantu
