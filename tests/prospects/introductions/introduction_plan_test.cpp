#include "liantu/prospects/introduction_plan.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

constexpr RegionCode kDadukou{500104};

std::vector<PlannedIntroduction> plan_of(const EnterpriseGraph& graph,
                                         const std::vector<FirmId>& firms,
                                         const IntroductionPlanOptions& options = {}) {
  return plan_introductions(IntroductionFinder(graph, {kDadukou, {}, {}}), firms, options);
}

// 甲 could call all three, but calls two at most; 乙 can call 己 only, which is dearer for 己 alone
// and cheaper in all.
TEST(IntroductionPlan, CallsAreSharedOutWithinEachOnesCapacity) {
  const EnterpriseGraph graph = test::sketch(
      "甲{region=500104}; 乙{region=500104}; 戊{region=440300}; 己{region=440300}; "
      "庚{region=440300}; 甲 -owns-> 戊; 甲 -owns-> 己; 甲 -owns-> 庚; 乙 -cooperates-> 己");
  IntroductionPlanOptions options;
  options.calls = {2, 0, 0, 0, 0};
  const std::vector<FirmId> firms = {test::firm(graph, "戊"), test::firm(graph, "己"),
                                     test::firm(graph, "庚")};
  const auto plan = plan_of(graph, firms, options);
  ASSERT_EQ(plan.size(), 3U);
  std::vector<std::string> callers;
  for (const PlannedIntroduction& one : plan) {
    callers.emplace_back(one.way ? graph.name(one.way->introducer) : "nobody");
  }
  EXPECT_EQ(callers, (std::vector<std::string>{"甲", "乙", "甲"}));
}

TEST(IntroductionPlan, WhoStandsLastGoesWithout) {
  const EnterpriseGraph graph = test::sketch(
      "甲{region=500104}; 戊{region=440300}; 己{region=440300}; 庚{region=440300}; "
      "甲 -cooperates-> 戊; 甲 -owns-> 己");
  IntroductionPlanOptions options;
  options.calls = {1, 0, 0, 0, 0};
  const std::vector<FirmId> firms = {test::firm(graph, "戊"), test::firm(graph, "己"),
                                     test::firm(graph, "庚")};
  const auto plan = plan_of(graph, firms, options);
  EXPECT_TRUE(plan[0].way);
  EXPECT_FALSE(plan[1].way);
  EXPECT_EQ(plan[1].why, Unintroduced::NoCapacity);
  EXPECT_EQ(plan[1].asked, std::vector{graph.entity(test::firm(graph, "甲"))});
  EXPECT_FALSE(plan[2].way);
  EXPECT_EQ(plan[2].why, Unintroduced::NoWay);
  EXPECT_TRUE(plan[2].asked.empty());
}

TEST(IntroductionPlan, OfNobodyIsEmpty) {
  EXPECT_TRUE(plan_of(test::sketch("甲{region=500104}"), {}).empty());
}

// By definition: of all ways to share out, those that call most; of these the one that leaves out
// who stands last; of these the cheapest.
TEST(IntroductionPlan, IsTheBestOfAllWaysToShareOut) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const EnterpriseGraph graph = test::random_graph(seed, {.firms = 14, .density = 1});
    const IntroductionFinder finder(graph, {kDadukou, {}, {}});
    std::vector<FirmId> firms;
    for (std::uint32_t i = 0; i < 14 && firms.size() < 6; ++i) {
      const RegionCode region = graph.region(graph.entity(FirmId{i})).code;
      if (!kDadukou.contains(region)) firms.push_back(FirmId{i});
    }
    IntroductionPlanOptions options;
    options.calls = {1, 1, 1, 1, 1};
    options.ways = 6;
    std::vector<std::map<EntityId, double>> callers(firms.size());
    for (std::size_t i = 0; i < firms.size(); ++i) {
      for (const Introduction& way : finder.ways(firms[i], options.ways)) {
        callers[i].try_emplace(way.introducer, way.cost);
      }
    }
    // Called or not as digits, the first firm's the highest: most first, then the largest.
    struct Best {
      std::size_t called = 0;
      std::vector<bool> who;
      double cost = 0;
    } best;
    best.who.assign(firms.size(), false);
    std::map<EntityId, int> busy;
    std::vector<bool> who(firms.size());
    const std::function<void(std::size_t, std::size_t, double)> walk =
        [&](std::size_t i, std::size_t called, double cost) {
          if (i == firms.size()) {
            const bool better = called != best.called ? called > best.called
                                : who != best.who     ? who > best.who
                                                      : cost < best.cost;
            if (better) best = {called, who, cost};
            return;
          }
          who[i] = false;
          walk(i + 1, called, cost);
          for (const auto& [caller, price] : callers[i]) {
            if (busy[caller] > 0) continue;
            busy[caller] = 1;
            who[i] = true;
            walk(i + 1, called + 1, cost + price);
            busy[caller] = 0;
          }
          who[i] = false;
        };
    walk(0, 0, 0);
    const auto plan = plan_introductions(finder, firms, options);
    std::vector<bool> planned;
    double cost = 0;
    std::map<EntityId, int> calls;
    for (const PlannedIntroduction& one : plan) {
      planned.push_back(one.way.has_value());
      if (!one.way) continue;
      cost += one.way->cost;
      EXPECT_LE(++calls[one.way->introducer], 1);
    }
    EXPECT_EQ(planned, best.who) << "seed " << seed;
    EXPECT_NEAR(cost, best.cost, 1e-6) << "seed " << seed;
  }
}

TEST(IntroductionPlan, OfAListFillsInItsRowsProspectsFirst) {
  const EnterpriseGraph graph =
      test::sketch("甲{region=500104}; 戊{region=440300}; 己; 甲 -cooperates-> 戊; 甲 -owns-> 己");
  ProspectList list;
  list.prospects.resize(1);
  list.prospects[0].firm = test::firm(graph, "戊");
  list.unlocated.resize(1);
  list.unlocated[0].firm = test::firm(graph, "己");
  IntroductionPlanOptions options;
  options.calls = {1, 0, 0, 0, 0};
  introduce(list, IntroductionFinder(graph, {kDadukou, {}, {}}), options);
  ASSERT_TRUE(list.prospects[0].introduction);
  EXPECT_EQ(graph.name(list.prospects[0].introduction->introducer), "甲");
  EXPECT_FALSE(list.unlocated[0].introduction);
}

TEST(IntroductionPlan, OfALongListTheFirstThousandRowsAreSharedOut) {
  const EnterpriseGraph graph = test::sketch("甲{region=500104}; 戊{region=440300}; 甲 -owns-> 戊");
  ProspectList list;
  list.prospects.resize(kMostIntroduced + 1);
  for (Prospect& one : list.prospects) one.firm = test::firm(graph, "戊");
  IntroductionPlanOptions options;
  options.calls = {2000, 0, 0, 0, 0};
  introduce(list, IntroductionFinder(graph, {kDadukou, {}, {}}), options);
  EXPECT_TRUE(list.prospects[kMostIntroduced - 1].introduction);
  EXPECT_FALSE(list.prospects[kMostIntroduced].introduction);
}

TEST(IntroductionPlan, AsksForOneToAHundredWays) {
  const EnterpriseGraph graph = test::sketch("甲{region=500104}");
  IntroductionPlanOptions options;
  options.ways = 0;
  EXPECT_THROW((void)plan_of(graph, {}, options), Error);
  options.ways = 101;
  EXPECT_THROW((void)plan_of(graph, {}, options), Error);
}

}  // namespace
}  // namespace liantu
