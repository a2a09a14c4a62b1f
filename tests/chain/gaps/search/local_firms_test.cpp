#include "chain/gaps/search/local_firms.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "support/sketch.hpp"

namespace liantu {
namespace {

using Words = std::vector<std::string>;

/// The stage, asked for 500104.
struct Case {
  explicit Case(std::string_view text) : graph(test::sketch(text)), economy(graph), firms(economy) {
    options.district.region = RegionCode{500104};
  }

  void ask() {
    firms.start(options);
    firms.settle();
  }
  [[nodiscard]] Words names() const {
    Words words;
    for (const FirmId firm : firms.firms()) words.emplace_back(graph.name(graph.entity(firm)));
    return words;
  }

  EnterpriseGraph graph;
  GapOptions options;
  Economy economy;
  LocalFirms firms;
};

constexpr std::string_view kFirms =
    "甲{region=500104,anchor} -makes-> 车; 乙{region=500104,status=注销}; 丙{region=440305}; 丁; "
    "戊{region=500104} -makes{conf=0.2}-> 膜; 己{region=500104}";

TEST(LocalFirms, AreThoseOfTheDistrictThatStillAre) {
  Case one(kFirms);
  one.ask();
  EXPECT_EQ(one.names(), (Words{"甲", "戊", "己"}));
  EXPECT_EQ(one.firms.gone(), 1U);
  EXPECT_EQ(one.firms.unlocated(), 1U);
  const FirmId last = test::firm(one.graph, "己");
  EXPECT_EQ(one.firms[one.firms.place(last)], last);
  EXPECT_TRUE(one.firms.contains(last));
  EXPECT_FALSE(one.firms.contains(test::firm(one.graph, "丙")));
  EXPECT_EQ(one.firms.place(test::firm(one.graph, "丙")), one.firms.size());
}

TEST(LocalFirms, WhoIsAddedOrLeftOutIsSo) {
  Case one(kFirms);
  one.options.with = {test::firm(one.graph, "丙")};
  one.options.without = {test::firm(one.graph, "己")};
  one.ask();
  EXPECT_EQ(one.names(), (Words{"甲", "丙", "戊"}));
}

TEST(LocalFirms, AnchorsAreThoseThatTheTablesName) {
  Case one(kFirms);
  one.ask();
  EXPECT_TRUE(one.firms.anchor(0));
  EXPECT_FALSE(one.firms.anchor(1));
  EXPECT_EQ(one.firms.anchors().firms, (std::vector{test::firm(one.graph, "甲")}));
  EXPECT_FALSE(one.firms.anchors_given());
}

TEST(LocalFirms, TellTheirStatementsOneFirmAfterAnother) {
  Case one(kFirms);
  one.options.min_confidence = 0.1;
  one.ask();
  Words told;
  one.firms.read_statements([&](std::uint32_t firm, std::uint32_t first) {
    for (const Statement& statement : one.firms.statements().subspan(first)) {
      told.push_back(std::string(one.graph.name(one.graph.entity(one.firms[firm]))) + " " +
                     std::string(one.graph.name(one.graph.entity(statement.segment))));
    }
  });
  EXPECT_EQ(told, (Words{"甲 车", "戊 膜"}));
  EXPECT_EQ(one.firms.makers(), 2U);
  EXPECT_NEAR(one.firms.backing(1).confidence, 0.2, 0.01);
}

TEST(LocalFirms, ADistrictAfterAnotherForgetsTheFirst) {
  Case one(kFirms);
  one.ask();
  one.options.district.region = RegionCode{440305};
  one.ask();
  EXPECT_EQ(one.names(), (Words{"丙"}));
  EXPECT_EQ(one.firms.makers(), 0U);
}

}  // namespace
}  // namespace liantu
