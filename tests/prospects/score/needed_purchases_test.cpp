#include "prospects/score/needed_purchases.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "support/sketch.hpp"

namespace liantu {
namespace {

/// Supplier, buyer and gap, as words, in the order of the alphabet.
std::vector<std::string> told(std::string_view text) {
  const EnterpriseGraph graph = test::sketch(text);
  GapOptions options;
  options.district.region = RegionCode{500104};
  const GapReport report = find_gaps(graph, options);
  const ProspectGround ground(graph);
  const ScoredGaps gaps(ground, report);
  const Uncounted found = needed_purchases(ground, report, gaps);
  EXPECT_EQ(found.relation, RelationKind::Supplies);
  std::vector<std::string> words;
  for (const UncountedPair& pair : found.pairs) {
    const EntityId segment = graph.entity(report.gaps.at(pair.group).segment);
    words.push_back(std::string(graph.name(pair.one)) + " " + std::string(graph.name(pair.other)) +
                    " " + std::string(graph.name(segment)));
  }
  std::ranges::sort(words);
  return words;
}

using Words = std::vector<std::string>;

constexpr std::string_view kFirms =
    "甲{region=500104}; 乙{region=500104}; 丙{region=440305}; 丁{region=440305}; ";

TEST(NeededPurchases, OfABuyerHereAllPurchasesOfTheGapAreFound) {
  EXPECT_EQ(
      told(
          std::string(kFirms) +
          "丙 -supplies{segment=电池,amount=2e6}-> 甲; 丁 -supplies{segment=电池,amount=1e6}-> 甲; "
          "丙 -supplies{segment=隔膜,amount=1e6}-> 乙; 丁 -supplies{segment=隔膜}-> 乙"),
      (Words{"丁 甲 电池", "丙 乙 隔膜", "丙 甲 电池"}));
}

TEST(NeededPurchases, ARowWithoutASegmentMayBeOfWhateverItsSupplierDealsIn) {
  EXPECT_EQ(
      told(std::string(kFirms) + "丙 -makes-> 电池; 丁 -makes-> 隔膜; 丁 -trades-> 电池;"
                                 "丙 -supplies{amount=2e6}-> 甲; 丁 -supplies{amount=1e6}-> 甲"),
      (Words{"丁 甲 电池", "丁 甲 隔膜", "丙 甲 电池"}));
}

TEST(NeededPurchases, WhatIsSoldToFirmsElsewhereOrShowsNoNeedIsLeftOut) {
  EXPECT_EQ(told(std::string(kFirms) + "丙 -supplies{segment=电池,amount=2e6}-> 丁"), Words{});
  EXPECT_EQ(told(std::string(kFirms) + "甲 -makes-> 整车 -requires-> 电池; 丙 -supplies-> 甲"),
            Words{});
  EXPECT_EQ(told(kFirms), Words{});
}

}  // namespace
}  // namespace liantu
