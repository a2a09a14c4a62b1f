#include "chain/gaps/search/local_purchases.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::sketch;
using Words = std::vector<std::string>;

/// The stage with what it asks of others.
struct Case {
  explicit Case(EnterpriseGraph of, std::vector<FirmId> without = {})
      : graph(std::move(of)), economy(graph), firms(economy), purchases(economy, firms) {
    options.district.region = RegionCode{500104};
    options.without = std::move(without);
    firms.start(options);
    firms.settle();
    purchases.read(options);
  }
  explicit Case(std::string_view text) : Case(sketch(text)) {}

  /// What is bought of a segment: customer, supplier, amount and what is known of it.
  [[nodiscard]] Words bought(std::string_view segment) const {
    const Relation supplies = graph.relation(RelationKind::Supplies);
    Words words;
    for (const auto& one : purchases.of(test::segment(graph, segment))) {
      std::string row(graph.name(graph.entity(firms[one.customer])));
      row += " of " + std::string(graph.name(supplies.source(one.edge)));
      row += " " + std::to_string(static_cast<int>(one.amount));
      if (one.outside) row += " outside";
      if (one.inferred) row += " inferred";
      words.push_back(row);
    }
    return words;
  }

  EnterpriseGraph graph;
  GapOptions options;
  Economy economy;
  LocalFirms firms;
  LocalPurchases purchases;
};

TEST(LocalPurchases, AreThoseOfFirmsHereWithTheirSuppliersPlace) {
  const Case one(
      "甲{region=500104}; 乙{region=500104}; 丙{region=440305}; 丁; 戊{region=440305}; "
      "丙 -supplies{segment=膜,amount=30}-> 甲; 丁 -supplies{segment=膜,amount=7}-> 甲; "
      "乙 -supplies{segment=膜,amount=5}-> 甲; 丙 -supplies{segment=膜,amount=90}-> 戊; "
      "丙 -supplies{segment=车}-> 甲");
  EXPECT_EQ(one.bought("膜"), (Words{"甲 of 乙 5", "甲 of 丙 30 outside", "甲 of 丁 7"}));
  EXPECT_EQ(one.bought("车"), Words{}) << "no amount";
  EXPECT_FALSE(one.purchases.empty());
}

TEST(LocalPurchases, OfSeveralYearsTheLatestCounts) {
  const Case one(
      "甲{region=500104}; 丙{region=440305}; 丙 -supplies{segment=膜,amount=30,year=2020}-> 甲; "
      "丙 -supplies{segment=膜,amount=40,year=2022}-> 甲; "
      "丙 -supplies{segment=膜,amount=35,year=2021}-> 甲");
  EXPECT_EQ(one.bought("膜"), (Words{"甲 of 丙 40 outside"}));
}

TEST(LocalPurchases, ARowWithoutASegmentIsOfWhatItsSupplierMakesMost) {
  const Case one(
      "甲{region=500104}; 丙{region=440305} -makes{output=10}-> 膜; 丙 -makes{output=20}-> 液; "
      "丙 -trades-> 车; 丙 -supplies{amount=3}-> 甲");
  EXPECT_EQ(one.bought("液"), (Words{"甲 of 丙 3 outside inferred"}));
  EXPECT_EQ(one.bought("膜"), Words{});
}

TEST(LocalPurchases, WhatIsBoughtToSellOnIsNoNeed) {
  const Case one(
      "甲{region=500104} -trades-> 膜; 乙{region=500104} -trades-> 膜; 乙 -makes-> 膜; "
      "丙{region=440305}; 丙 -supplies{segment=膜,amount=3}-> 甲; "
      "丙 -supplies{segment=膜,amount=4}-> 乙");
  EXPECT_EQ(one.bought("膜"), (Words{"乙 of 丙 4 outside"}));
}

TEST(LocalPurchases, WhomTheSearchLeavesOutSuppliesNothing) {
  EnterpriseGraph graph =
      sketch("甲{region=500104}; 丙{region=440305}; 丙 -supplies{segment=膜,amount=3}-> 甲");
  const FirmId supplier = test::firm(graph, "丙");
  const Case one(std::move(graph), {supplier});
  EXPECT_EQ(one.bought("膜"), Words{});
  EXPECT_TRUE(one.purchases.empty());
}

// 甲 needs 50 and buys 60 here: 50 of it counts. 丁 buys 8 here of what stands below, and its need of 20
// is known; that of 戊 is not.
TEST(LocalPurchases, FromHereMeetNoMoreThanTheNeedOfEach) {
  const Case one(
      "干膜 -part_of-> 膜; 甲{region=500104}; 乙{region=500104} -makes-> 膜; 丁{region=500104}; "
      "戊{region=500104}; 乙 -supplies{segment=膜,amount=60}-> 甲; "
      "乙 -supplies{segment=干膜,amount=8}-> 丁; 乙 -supplies{segment=膜,amount=5}-> 戊");
  const auto needs = [&] {
    return std::vector{std::pair(test::firm(one.graph, "甲"), 50.0),
                       std::pair(test::firm(one.graph, "丁"), 20.0)};
  };
  EXPECT_EQ(one.purchases.from_here(test::segment(one.graph, "膜"), needs), 58.0);
  EXPECT_EQ(one.purchases.from_here(test::segment(one.graph, "干膜"), needs), 8.0);
}

TEST(LocalPurchases, ADistrictAfterAnotherForgetsTheFirst) {
  Case one("甲{region=500104}; 丙{region=440305}; 丙 -supplies{segment=膜,amount=3}-> 甲");
  one.options.district.region = RegionCode{440305};
  one.firms.start(one.options);
  one.firms.settle();
  one.purchases.read(one.options);
  EXPECT_EQ(one.bought("膜"), Words{});
  EXPECT_TRUE(one.purchases.empty());
}

}  // namespace
}  // namespace liantu
