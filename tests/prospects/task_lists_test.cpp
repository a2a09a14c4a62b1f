#include "liantu/prospects/task_lists.hpp"

#include <cmath>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "liantu/prospects/introduction_plan.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::sketch;
using Words = std::vector<std::string>;

GapOptions in_dadukou() {
  GapOptions options;
  options.district.region = RegionCode{500104};
  return options;
}

TaskLists shared_out(const EnterpriseGraph& graph, const TaskListOptions& by,
                     const ProspectOptions& options = {}) {
  const auto introduce_all = [&](ProspectList& list) {
    introduce(list, IntroductionFinder(graph, {RegionCode{500104}, {}, {}}));
  };
  return rank_task_lists(graph, find_gaps(graph, in_dadukou()), options, by, introduce_all);
}

// `能源 2/0: 戊 己`: name, how many belong to it, how many of them stand better elsewhere, who is listed.
Words told(const EnterpriseGraph& graph, const TaskLists& lists) {
  Words all;
  for (const TaskList& one : lists.lists) {
    std::string words =
        one.name.zh + ' ' + std::to_string(one.all) + '/' + std::to_string(one.elsewhere) + ':';
    for (const FirmId firm : one.firms) {
      words += ' ' + std::string(graph.name(graph.entity(firm)));
    }
    all.push_back(words);
  }
  return all;
}

// 戊 makes both and stands first; by its output it would fill the gap 电池 above all. 辛 makes what
// belongs to no chain.
const std::string kTwoChains =
    "甲{region=500104,anchor} -makes{output=1e9}-> 整车 -requires{coef=0.4}-> 电池; "
    "整车 -requires{coef=0.1}-> 玻璃; 整车 -requires{coef=0.01}-> 轮毂; "
    "电池 -part_of-> 能源; 玻璃 -part_of-> 材料; "
    "戊{region=440305,revenue=1e10} -makes{output=2e8}-> 电池; 戊 -makes{output=1e7}-> 玻璃; "
    "己{region=440305,revenue=1e9} -makes{output=1e8}-> 电池; "
    "庚{region=110105,revenue=1e9} -makes{output=1e8}-> 玻璃; "
    "辛{region=110105,revenue=1e8} -makes{output=1e6}-> 轮毂; ";

TEST(TaskLists, TheChainWhereAFirmStandsBestTakesIt) {
  const EnterpriseGraph graph = sketch(kTwoChains);
  const TaskLists lists = shared_out(graph, {ListsBy::Chain, OnSeveral::No});
  EXPECT_EQ(told(graph, lists), (Words{"能源 2/0: 戊 己", "材料 2/1: 庚", "未归入产业链 1/0: 辛"}));
  EXPECT_EQ(lists.lists[0].keeper, graph.entity(test::segment(graph, "能源")));
  EXPECT_EQ(lists.lists[2].keeper, std::nullopt);
  // 戊 brings home 2.1e8, of 电池 4e8 are bought outside: 己 adds 1e8; of 玻璃 1e8, 9e7 are left.
  ASSERT_TRUE(lists.list.total);
  EXPECT_EQ(lists.lists[0].total, (Figure{3.1e8, Basis::Stated}));
  EXPECT_EQ(lists.lists[1].total, (Figure{9e7, Basis::Stated}));
  EXPECT_EQ(lists.lists[2].total, (Figure{1e6, Basis::Stated}));
  EXPECT_EQ(lists.list.total, (Figure{4.01e8, Basis::Stated}));
}

TEST(TaskLists, AFirmStandsOnSeveralOnlyWhereAskedAndCountsOnce) {
  const EnterpriseGraph graph = sketch(kTwoChains);
  const TaskLists lists = shared_out(graph, {ListsBy::Chain, OnSeveral::Yes});
  EXPECT_EQ(told(graph, lists),
            (Words{"能源 2/0: 戊 己", "材料 2/1: 戊 庚", "未归入产业链 1/0: 辛"}));
  EXPECT_EQ(lists.lists[0].total, (Figure{3.1e8, Basis::Stated}));
  EXPECT_EQ(lists.lists[1].total, (Figure{9e7, Basis::Stated}));
}

TEST(TaskLists, TopIsOfEachList) {
  const EnterpriseGraph graph = sketch(kTwoChains);
  ProspectOptions options;
  options.top = 1;
  const TaskLists lists = shared_out(graph, {ListsBy::Chain, OnSeveral::No}, options);
  EXPECT_EQ(told(graph, lists), (Words{"能源 2/0: 戊", "材料 2/1: 庚", "未归入产业链 1/0: 辛"}));
  EXPECT_EQ(lists.list.prospects.size(), 3U);
  EXPECT_EQ(lists.list.prospect_count, 4U);
  // Who is not listed takes nothing of the total: 2.1e8 + 9e7 + 1e6.
  EXPECT_EQ(lists.list.total, (Figure{3.01e8, Basis::Stated}));
}

// Both offices cover 戊 and 己, who stand alike on either list: the first by name takes them.
TEST(TaskLists, OfficesTakeTheRegionsThatTheyCover) {
  const EnterpriseGraph graph = sketch(kTwoChains +
                                       "org:驻粤办{type=驻点办} -covers-> 440000; "
                                       "org:驻深办{type=驻点办} -covers-> 440300; "
                                       "org:商会{type=商会} -covers-> 110000");
  EXPECT_EQ(told(graph, shared_out(graph, {ListsBy::Office, OnSeveral::No})),
            (Words{"驻深办 2/0: 戊 己", "无驻点办负责的地区 2/0: 庚 辛"}));
}

TEST(TaskLists, ChannelsAreThoseOfTheIntroductions) {
  const EnterpriseGraph graph = sketch(kTwoChains +
                                       "甲 -cooperates-> 己; org:驻京办{type=驻点办} -covers-> "
                                       "110000; 庚 -member_of-> org:专班{type=专班}");
  const TaskLists lists = shared_out(graph, {ListsBy::Channel, OnSeveral::No});
  EXPECT_EQ(told(graph, lists),
            (Words{"落地企业 1/0: 己", "专班 1/0: 庚", "驻点办 1/0: 辛", "暂无引荐渠道 1/0: 戊"}));
  for (const Prospect& row : lists.list.prospects) {
    EXPECT_EQ(row.introduction.has_value(), graph.name(graph.entity(row.firm)) != "戊");
  }
}

TEST(TaskLists, NobodyToRankMakesNoList) {
  const EnterpriseGraph graph = sketch("甲{region=500104,anchor} -makes{output=1e9}-> 整车");
  const TaskLists lists = shared_out(graph, {ListsBy::Chain, OnSeveral::No});
  EXPECT_TRUE(lists.lists.empty());
  EXPECT_TRUE(lists.list.prospects.empty());
}

TEST(TaskLists, WhatTheRankingRefusesIsRefused) {
  const EnterpriseGraph graph = sketch(kTwoChains);
  ProspectOptions options;
  options.evidence = 0;
  EXPECT_THROW((void)shared_out(graph, {ListsBy::Chain, OnSeveral::No}, options), Error);
}

// No firm on two lists, none lost, each list in the order of the ranks, totals that add up.
TEST(TaskLists, ListsPartTheWholeList) {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    const EnterpriseGraph graph = test::random_graph(seed, {.firms = 60, .segments = 14});
    const GapReport report = find_gaps(graph, in_dadukou());
    const ProspectList whole = rank_prospects(graph, report);
    for (const ListsBy by : {ListsBy::Chain, ListsBy::Office, ListsBy::Channel}) {
      const TaskLists lists = shared_out(graph, {by, OnSeveral::No});
      std::set<FirmId> seen;
      double total = 0;
      for (const TaskList& one : lists.lists) {
        EXPECT_FALSE(one.firms.empty());
        EXPECT_EQ(one.all, one.firms.size() + one.elsewhere);
        for (const FirmId firm : one.firms) EXPECT_TRUE(seen.insert(firm).second);
        total += one.total.value_or(Figure{}).value;
      }
      ASSERT_EQ(lists.list.prospects.size(), whole.prospects.size());
      for (std::size_t i = 0; i < whole.prospects.size(); ++i) {
        EXPECT_EQ(lists.list.prospects[i].firm, whole.prospects[i].firm);
        EXPECT_EQ(lists.list.prospects[i].rank, whole.prospects[i].rank);
        EXPECT_TRUE(seen.contains(whole.prospects[i].firm));
      }
      EXPECT_EQ(seen.size(), whole.prospects.size());
      EXPECT_EQ(lists.list.total.has_value(), whole.total.has_value());
      const double all = whole.total.value_or(Figure{}).value;
      EXPECT_NEAR(total, all, 1e-9 * std::max(1.0, all));
    }
  }
}

}  // namespace
}  // namespace liantu
