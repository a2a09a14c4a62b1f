#include "liantu/chain/gaps/what_if.hpp"

#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "liantu/graph/builder.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::firm;
using test::sketch;

using Told = std::vector<std::string>;

GapOptions in_dadukou() {
  GapOptions options;
  options.district.region = RegionCode{500104};
  return options;
}

constexpr std::string_view kCars = R"(
  甲{region=500104,anchor} -makes{output=100}-> 车 -requires{coef=0.5}-> 胎 -requires{coef=0.2}-> 胶
  乙{region=500104} -makes{output=20}-> 胎; 丙{region=440305} -makes{output=20}-> 胎
  丁{region=500104} -makes{output=10}-> 漆 -requires{coef=0.1}-> 水
)";

Told told(const GapDiff& diff) {
  Told result;
  for (const GapChange& change : diff.changes) {
    result.push_back(std::string(fate_word(change.fate)) + " " + change.segment + " " +
                     (change.moved ? std::to_string(static_cast<long>(*change.moved)) : "?"));
  }
  return result;
}

TEST(WhatIf, AFirmThatComesClosesAndOpensGaps) {
  // 胎: 50 needed, 20 + 20 made: closed. 丙 buys 4 of 胶 more: 4 → 8.
  const EnterpriseGraph graph = sketch(kCars);
  const WhatIf found = what_if(graph, GapFinder(graph), in_dadukou(), {{firm(graph, "丙")}, {}});
  EXPECT_EQ(told(found.diff), (Told{"closed 胎 0", "grown 胶 4", "same 水 0"}));
  EXPECT_EQ(found.before.local_firms, 3U);
  EXPECT_EQ(found.after.local_firms, 4U);
  EXPECT_DOUBLE_EQ(found.diff.bought_outside_before, 55);
  EXPECT_DOUBLE_EQ(found.diff.bought_outside_after, 9);
}

TEST(WhatIf, AFirmThatLeavesTakesItsNeedsAlong) {
  const EnterpriseGraph graph = sketch(kCars);
  const WhatIf found =
      what_if(graph, GapFinder(graph), in_dadukou(), {{}, {firm(graph, "乙"), firm(graph, "丁")}});
  // 胎 needs all 50 from outside as its upper end already said; 胶 would be needed by it only
  // later.
  EXPECT_EQ(told(found.diff), (Told{"gone 水 -1", "grown 胶 6", "grown 胎 0"}));
}

TEST(WhatIf, AnAnchorThatLeavesIsNoneAndTheOthersStay) {
  const EnterpriseGraph graph = sketch(kCars);
  const WhatIf found = what_if(graph, GapFinder(graph), in_dadukou(), {{}, {firm(graph, "甲")}});
  EXPECT_EQ(found.before.anchors.firms.size(), 1U);
  EXPECT_TRUE(found.after.anchors.firms.empty());
  EXPECT_EQ(found.after.anchors.basis, AnchorBasis::Column);
}

TEST(WhatIf, AFirmStruckOffTheRegisterNeitherComesNorLeaves) {
  const EnterpriseGraph graph = sketch(std::string(kCars) +
                                       "戊{region=440305,status=注销} -makes{output=9}-> 胎; "
                                       "己{region=500104,status=注销} -makes{output=9}-> 胎");
  const GapFinder finder(graph);
  EXPECT_THROW((void)what_if(graph, finder, in_dadukou(), {{firm(graph, "戊")}, {}}), Error);
  EXPECT_THROW((void)what_if(graph, finder, in_dadukou(), {{}, {firm(graph, "己")}}), Error);
}

TEST(WhatIf, NothingChangesNothing) {
  const EnterpriseGraph graph = sketch(kCars);
  const WhatIf found = what_if(graph, GapFinder(graph), in_dadukou(), {});
  EXPECT_EQ(told(found.diff), (Told{"same 胎 0", "same 胶 0", "same 水 0"}));
}

TEST(WhatIf, WhatCannotBeIsRefused) {
  const EnterpriseGraph graph = sketch(kCars);
  const GapFinder finder(graph);
  const FirmId here = firm(graph, "甲");
  const FirmId there = firm(graph, "丙");
  for (const DistrictChange& wrong :
       {DistrictChange{{here}, {}}, DistrictChange{{}, {there}}, DistrictChange{{there}, {there}},
        DistrictChange{{}, {FirmId{0}, FirmId{1}, FirmId{3}}}}) {
    try {
      (void)what_if(graph, finder, in_dadukou(), wrong);
      ADD_FAILURE() << "nothing was thrown";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::InvalidArgument) << error.what();
      EXPECT_NE(error.message().zh, error.message().en);
    }
  }
}

/// A change looked at is the same as a graph in which it has happened.
TEST(WhatIf, EqualsAGraphInWhichItHappened) {
  int seen = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const EnterpriseGraph graph = test::random_graph(seed, {.firms = 30, .segments = 12});
    const GapFinder finder(graph);
    std::vector<FirmId> inside;
    std::vector<FirmId> outside;
    const District district = complete_district(in_dadukou().district);
    for (std::uint32_t i = 0; i < graph.size(EntityKind::Firm); ++i) {
      const bool here = standing(graph, FirmId{i}, district) == Standing::Inside;
      (here ? inside : outside).push_back(FirmId{i});
    }
    if (inside.size() < 3) continue;
    ++seen;
    const FirmId comes = outside[seed % outside.size()];
    const FirmId leaves = inside[seed % inside.size()];
    GapOptions options = in_dadukou();
    options.rounds = 3;
    options.with = {comes};
    options.without = {leaves};
    const GapReport after = finder.find(options);
    const WhatIf found = what_if(graph, finder,
                                 [&] {
                                   GapOptions plain = in_dadukou();
                                   plain.rounds = 3;
                                   return plain;
                                 }(),
                                 {{comes}, {leaves}});
    ASSERT_EQ(found.after.gaps.size(), after.gaps.size());
    double outside_after = 0;
    for (std::size_t g = 0; g < after.gaps.size(); ++g) {
      EXPECT_EQ(found.after.gaps[g].segment, after.gaps[g].segment);
      EXPECT_EQ(found.after.gaps[g].kinds, after.gaps[g].kinds);
      EXPECT_EQ(found.after.gaps[g].leakage_max, after.gaps[g].leakage_max);
      for (const Need& need : after.gaps[g].needers) EXPECT_NE(need.firm, leaves);
      const bool bought = after.gaps[g].kind == GapKind::Missing ||
                          after.gaps[g].kind == GapKind::Weak ||
                          after.gaps[g].kind == GapKind::Open;
      if (bought) outside_after += after.gaps[g].leakage_max.value_or(0);
    }
    EXPECT_NEAR(found.diff.bought_outside_after, outside_after, 1e-6);
  }
  EXPECT_GT(seen, 10);
}

}  // namespace
}  // namespace liantu
