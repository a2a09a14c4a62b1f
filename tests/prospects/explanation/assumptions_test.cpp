#include "liantu/prospects/explanation/assumptions.hpp"

#include <limits>
#include <string>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/prospects/prospects.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::firm;
using test::segment;
using test::sketch;

const std::string kCase =
    "甲{region=500104,anchor} -makes{output=1e9}-> 整车 -requires{coef=0.4}-> 电池; "
    "戊{region=440305,revenue=1e9} -makes{output=1e8,share=0.5}-> 电池; 戊 -makes-> 玻璃; "
    "己{region=440305} -makes{output=1e8}-> 电池";

ProspectList ranked(const EnterpriseGraph& graph) {
  GapOptions options;
  options.district.region = RegionCode{500104};
  return rank_prospects(graph, find_gaps(graph, options));
}

TEST(Assumptions, WhatIsAssumedHoldsOfThatFirmAlone) {
  const EnterpriseGraph graph = sketch(kCase);
  Assumptions all;
  all.region = RegionCode{110105};
  all.capital = 2e7;
  all.revenue = 3e9;
  all.tags = "高企";
  all.risks = "失信";
  all.status = "存续";
  all.products = {{segment(graph, "电池"), 3e8, {}}, {segment(graph, "整车"), {}, 0.25}};
  const EnterpriseGraph changed = assume(graph, firm(graph, "戊"), all);
  const EntityId wu = changed.entity(firm(changed, "戊"));
  EXPECT_EQ(wu, graph.entity(firm(graph, "戊")));
  EXPECT_EQ(changed.region(wu).code, RegionCode{110105});
  EXPECT_EQ(changed.number(wu, EntityNumber::RegisteredCapital), (Figure{2e7, Basis::Stated}));
  EXPECT_EQ(changed.number(wu, EntityNumber::Revenue), (Figure{3e9, Basis::Stated}));
  EXPECT_EQ(changed.text(wu, EntityText::Tags), "高企");
  EXPECT_EQ(changed.text(wu, EntityText::Risks), "失信");
  EXPECT_EQ(changed.text(wu, EntityText::Status), "存续");
  const Relation makes = changed.relation(RelationKind::Makes);
  const EdgeRange own = makes.out_edges(wu);
  ASSERT_EQ(own.size(), 3U);
  for (std::uint64_t e = own.first; e < own.last; ++e) {
    const EdgeId edge{e};
    const std::string_view made = changed.name(makes.target(edge));
    const auto output = makes.number(edge, EdgeNumber::Amount);
    const auto share = makes.number(edge, EdgeNumber::Share);
    if (made == "电池") {
      EXPECT_EQ(output, 3e8);
      EXPECT_EQ(share, 0.5);  // as told before
    } else if (made == "整车") {
      EXPECT_EQ(output, std::nullopt);
      EXPECT_EQ(share, 0.25);
    } else {
      EXPECT_EQ(made, "玻璃");
    }
  }
  const EntityId ji = changed.entity(firm(changed, "己"));
  EXPECT_EQ(changed.region(ji).code, RegionCode{440305});
  EXPECT_EQ(makes.out_edges(ji).size(), 1U);
}

// Purchases: 1e8 of 4e8 earn 20 ln 101 / ln 401 = 15.40, 4e8 all 20. The rest of the score stays.
TEST(Assumptions, TheScoreIsThatOfTheChangedFirm) {
  const EnterpriseGraph graph = sketch(kCase);
  Assumptions more;
  more.products = {{segment(graph, "电池"), 4e8, {}}};
  const ProspectList now = ranked(graph);
  const ProspectList then = ranked(assume(graph, firm(graph, "戊"), more));
  ASSERT_EQ(then.prospects.at(0).firm, firm(graph, "戊"));
  EXPECT_EQ(then.prospects[0].parts[1].points, 20);
  EXPECT_EQ(now.prospects.at(0).parts[1].points, 15.4);
  EXPECT_NEAR(then.prospects[0].score - now.prospects[0].score, 4.6, 1e-9);
}

TEST(Assumptions, NothingAssumedChangesNothing) {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    const EnterpriseGraph graph = test::random_graph(seed, {.firms = 40, .segments = 12});
    const ProspectList now = ranked(graph);
    const ProspectList then = ranked(assume(graph, FirmId{0}, {}));
    ASSERT_EQ(now.prospects.size(), then.prospects.size());
    for (std::size_t i = 0; i < now.prospects.size(); ++i) {
      EXPECT_EQ(now.prospects[i].firm, then.prospects[i].firm);
      EXPECT_EQ(now.prospects[i].rank, then.prospects[i].rank);
      EXPECT_EQ(now.prospects[i].score, then.prospects[i].score);
      EXPECT_EQ(now.prospects[i].evidence, then.prospects[i].evidence);
    }
  }
}

TEST(Assumptions, WhatNoGraphHoldsIsRefused) {
  const EnterpriseGraph graph = sketch(kCase);
  const auto refuse = [&](const Assumptions& all) {
    EXPECT_THROW((void)assume(graph, firm(graph, "戊"), all), Error);
  };
  Assumptions one;
  one.capital = -1;
  refuse(one);
  one = {};
  one.revenue = std::numeric_limits<double>::infinity();
  refuse(one);
  one = {};
  one.tags = "\xFF";
  refuse(one);
  one = {};
  one.products = {{segment(graph, "电池"), {}, 1.5}};
  refuse(one);
}

}  // namespace
}  // namespace liantu
