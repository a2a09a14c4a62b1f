#include "liantu/prospects/introductions.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <gtest/gtest.h>

#include "chain/firms/status.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/chain/firms/data_date.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

constexpr RegionCode kDadukou{500104};

std::vector<Introduction> ways_in(const EnterpriseGraph& graph, std::string_view firm,
                                  std::size_t most = 10, const IntroductionRules& rules = {}) {
  const IntroductionFinder finder(graph, {kDadukou, {}, {}}, {.rules = rules});
  return finder.ways(test::firm(graph, firm), most);
}

// `甲 人 戊`: who stands on a way.
std::string told(const EnterpriseGraph& graph, const Introduction& way) {
  std::string words(graph.name(way.steps.front().from));
  for (const IntroductionStep& step : way.steps) {
    words += ' ';
    words += graph.name(step.to);
  }
  return words;
}

std::vector<std::string> told(const EnterpriseGraph& graph, const std::vector<Introduction>& ways) {
  std::vector<std::string> words;
  for (const Introduction& way : ways) words.push_back(told(graph, way));
  return words;
}

TEST(Introductions, SharedExecutiveThenOwnerThenEquitySupplyCooperationChamberAlumniOffice) {
  const EnterpriseGraph graph = test::sketch(
      "甲1{region=500104}; 甲2{region=500104}; 甲3{region=500104}; 甲4{region=500104}; "
      "甲5{region=500104}; 甲6{region=500104}; 甲7{region=500104}; 戊{region=440300}; "
      "@张 -serves-> 甲1; @张 -serves-> 戊; @李 -owns{share=1}-> 甲2; @李 -owns{share=1}-> 戊; "
      "甲3 -owns{share=0.6}-> 戊; 戊 -supplies{share=0.3}-> 甲4; 甲5 -cooperates-> 戊; "
      "甲6 -member_of-> org:商会{type=商会}; 戊 -member_of-> org:商会; "
      "@王 -serves-> 甲7; @王 -member_of-> org:校友会{type=校友会}; @赵 -member_of-> org:校友会; "
      "@赵 -serves-> 戊; org:驻粤办{type=驻点办} -covers-> 440000");
  const auto ways = ways_in(graph, "戊");
  EXPECT_EQ(told(graph, ways),
            (std::vector<std::string>{"甲1 张 戊", "甲2 李 戊", "甲3 戊", "甲4 戊", "甲5 戊",
                                      "甲6 商会 戊", "甲7 王 校友会 赵 戊", "驻粤办 戊"}));
  std::vector<IntroductionChannel> channels;
  std::vector<double> costs;
  std::vector<std::string> asked;
  for (const Introduction& way : ways) {
    channels.push_back(way.channel);
    costs.push_back(way.cost);
    asked.emplace_back(graph.name(way.introducer));
  }
  using enum IntroductionChannel;
  EXPECT_EQ(channels, (std::vector{LandedFirm, LandedFirm, LandedFirm, LandedFirm, LandedFirm,
                                   Chamber, Alumni, Office}));
  EXPECT_EQ(costs, (std::vector{0.5, 0.6, 0.7, 1.5, 2.0, 2.5, 3.3, 4.0}));
  EXPECT_EQ(asked, (std::vector<std::string>{"甲1", "甲2", "甲3", "甲4", "甲5", "商会", "校友会",
                                             "驻粤办"}));
}

// The leader 李 knows 戊 (1), and 张, who serves 己 (1 + 0.25); 甲 is the leader's contact as well, which
// makes no longer way. Another district's leader, a leading group and a region that a leader answers
// for introduce nobody.
TEST(Introductions, LeadersIntroduceWhomTheyKnow) {
  const EntityKind organization = EntityKind::Organization;
  const EnterpriseGraph graph = test::sketch(
      "甲{region=500104}; 戊{region=440300}; 己{region=440300}; 庚{region=440300}; "
      "戊 -member_of-> org:李{type=区领导,region=500104}; @张 -member_of-> org:李; @张 -serves-> "
      "己; "
      "甲 -member_of-> org:李; org:李 -covers-> 440000; "
      "庚 -member_of-> org:王{type=区领导,region=500106}; 庚 -member_of-> org:组{type=区领导小组}");
  const auto direct = ways_in(graph, "戊");
  ASSERT_EQ(told(graph, direct), (std::vector<std::string>{"李 戊"}));
  EXPECT_EQ(direct[0].channel, IntroductionChannel::Leader);
  EXPECT_EQ(direct[0].introducer, graph.find(organization, "李").front());
  EXPECT_EQ(direct[0].cost, 1);
  const auto through = ways_in(graph, "己");
  ASSERT_EQ(told(graph, through), (std::vector<std::string>{"李 张 己"}));
  EXPECT_EQ(through[0].channel, IntroductionChannel::Leader);
  EXPECT_EQ(through[0].cost, 1.25);
  EXPECT_TRUE(ways_in(graph, "庚").empty());
}

// A task force and a department know their members as a leader does, and a little less well; whose
// organization is a park's knows nobody.
TEST(Introductions, TaskForcesAndDepartmentsIntroduceWhomTheyKnow) {
  const EnterpriseGraph graph = test::sketch(
      "甲{region=500104}; 戊{region=440300}; 己{region=440300}; "
      "戊 -member_of-> org:医疗专班{type=产业专班}; 戊 -member_of-> org:经信委{type=区级部门}; "
      "戊 -member_of-> org:跳磴镇{type=镇街}; 戊 -member_of-> org:李{type=区领导}; "
      "己 -member_of-> org:园区{type=园区}; 己 -member_of-> org:外专班{type=专班,region=500106}");
  const auto ways = ways_in(graph, "戊");
  EXPECT_EQ(told(graph, ways),
            (std::vector<std::string>{"李 戊", "医疗专班 戊", "经信委 戊", "跳磴镇 戊"}));
  using enum IntroductionChannel;
  const IntroductionChannel channels[] = {Leader, TaskForce, Department, Department};
  const double costs[] = {1, 1.1, 1.2, 1.2};
  ASSERT_EQ(ways.size(), 4U);
  for (std::size_t i = 0; i < ways.size(); ++i) {
    EXPECT_EQ(ways[i].channel, channels[i]);
    EXPECT_EQ(ways[i].cost, costs[i]);
    EXPECT_TRUE(knows_members(ways[i].channel));
  }
  EXPECT_TRUE(ways_in(graph, "己").empty());
}

TEST(Introductions, ALeaderComesBehindEquityAndBeforeSupply) {
  const EnterpriseGraph graph = test::sketch(
      "甲{region=500104}; 乙{region=500104}; 戊{region=440300}; 甲 -owns{share=0.6}-> 戊; "
      "戊 -member_of-> org:李{type=区领导}; 戊 -supplies{share=0.3}-> 乙");
  EXPECT_EQ(told(graph, ways_in(graph, "戊")),
            (std::vector<std::string>{"甲 戊", "李 戊", "乙 戊"}));
}

TEST(Introductions, EveryChannelHasItsOwnWordAndName) {
  std::map<std::string_view, std::string> words;
  for (const IntroductionChannel channel : introduction_channels()) {
    EXPECT_TRUE(words.emplace(channel_word(channel), channel_text(channel).zh).second);
  }
  EXPECT_EQ(words.size(), IntroductionRules().calls.size());
  EXPECT_EQ(words.at("leader"), "区领导");
}

// 0.7 × (1 + 0.5 × (1 − 0.1/0.5)) × (1 + 1 × (1 − 0.8)) × (1 + 0.05 × 4) = 1.4112; confidence is
// kept in steps of 1/255, of which 204 are 0.8.
TEST(Introductions, WeakDoubtedAndOldStepsCostMore) {
  const EnterpriseGraph graph = test::sketch(
      "甲{region=500104}; 戊{region=440300}; 甲 -owns{share=0.1,conf=0.8,as_of=2020}-> 戊; "
      "己{region=440300} -supplies{as_of=2024}-> 庚{region=440300}");
  const auto ways = ways_in(graph, "戊");
  ASSERT_EQ(ways.size(), 1U);
  EXPECT_NEAR(ways[0].cost, 1.4112, 1e-6);
  EXPECT_NEAR(ways[0].steps[0].cost, 1.4112, 1e-6);
}

TEST(Introductions, OfUnknownStrengthStandsBetweenStrongAndWeak) {
  const EnterpriseGraph graph = test::sketch(
      "甲{region=500104}; 乙{region=500104}; 丙{region=500104}; 戊{region=440300}; "
      "甲 -owns-> 戊; 乙 -owns{share=0.6}-> 戊; 丙 -owns{share=0.01}-> 戊");
  EXPECT_EQ(told(graph, ways_in(graph, "戊")),
            (std::vector<std::string>{"乙 戊", "甲 戊", "丙 戊"}));
}

TEST(Introductions, WhatEndedAndWhoIsStruckOffCarryNobody) {
  const EnterpriseGraph graph = test::sketch(
      "甲{region=500104}; 乙{region=500104,status=注销}; 戊{region=440300}; "
      "己{region=440300,status=注销}; 甲 -cooperates{until=2019}-> 戊; 乙 -owns-> 戊; "
      "甲 -owns-> 己; 己 -owns-> 戊; 庚{region=440300} -supplies{as_of=2024}-> 辛{region=440300}");
  EXPECT_TRUE(ways_in(graph, "戊").empty());
}

TEST(Introductions, FirmsOfTheDistrictNeedNoneAndStrangersHaveNone) {
  const EnterpriseGraph graph =
      test::sketch("甲{region=500104}; 乙{region=500104}; 甲 -owns-> 乙; 戊{region=440300}");
  EXPECT_TRUE(ways_in(graph, "乙").empty());
  EXPECT_TRUE(ways_in(graph, "戊").empty());
}

TEST(Introductions, ASecondFirmOfTheDistrictIsAskedItself) {
  const EnterpriseGraph graph = test::sketch(
      "甲{region=500104}; 乙{region=500104}; 戊{region=440300}; 甲 -owns-> 乙; 乙 -owns-> 戊");
  EXPECT_EQ(told(graph, ways_in(graph, "戊")), (std::vector<std::string>{"乙 戊"}));
}

// Three ends; ln(3/2) above the step's own cost.
TEST(Introductions, HubsCostMoreAndAreNamed) {
  IntroductionRules rules;
  rules.hub_ends = 2;
  const EnterpriseGraph graph = test::sketch(
      "甲{region=500104}; 乙{region=500104}; 戊{region=440300}; 甲 -member_of-> "
      "org:商会{type=商会}; "
      "乙 -member_of-> org:商会; 戊 -member_of-> org:商会");
  const auto ways = ways_in(graph, "戊", 1, rules);
  ASSERT_EQ(ways.size(), 1U);
  EXPECT_NEAR(ways[0].cost, 2.5 + std::log(1.5), 1e-6);
  EXPECT_EQ(ways[0].hubs, std::vector{graph.entity(test::organization(graph, "商会"))});
}

TEST(Introductions, DearerThanTheDearestAreNone) {
  IntroductionRules rules;
  rules.dearest = 1.4;
  const EnterpriseGraph graph = test::sketch(
      "甲{region=500104}; 戊{region=440300}; 己{region=440300}; 甲 -owns{share=1}-> 戊; "
      "戊 -owns{share=1}-> 己; 己 -owns{share=1}-> 庚{region=440300}");
  EXPECT_EQ(ways_in(graph, "己", 5, rules).size(), 1U);
  EXPECT_TRUE(ways_in(graph, "庚", 5, rules).empty());
}

TEST(Introductions, ParksAndTaskForcesAreNoOffices) {
  const EnterpriseGraph graph = test::sketch(
      "甲{region=500104}; 戊{region=440300}; org:园区{type=园区} -covers-> 440300; "
      "org:专班{type=产业专班} -covers-> 440300");
  EXPECT_TRUE(ways_in(graph, "戊").empty());
}

TEST(Introductions, NothingLeadsThroughAnEmptyGraph) {
  const EnterpriseGraph graph = test::sketch("戊{region=440300}");
  EXPECT_TRUE(ways_in(graph, "戊").empty());
}

// ---- by definition ----

// Cost of the cheapest relation between two entities, by the rules as they are written.
class Definition {
 public:
  Definition(const EnterpriseGraph& graph, const IntroductionRules& rules)
      : graph_(graph), rules_(rules), date_(data_date(graph)) {
    for (const RelationKind kind :
         {RelationKind::Serves, RelationKind::Owns, RelationKind::Supplies,
          RelationKind::Cooperates, RelationKind::MemberOf}) {
      const Relation relation = graph.relation(kind);
      for (std::uint64_t edge = 0; edge < relation.size(); ++edge) {
        const EntityId from = relation.source(EdgeId{edge});
        const EntityId to = relation.target(EdgeId{edge});
        ++ends_[from];
        ++ends_[to];
        if (from == to || !holds(graph, relation, EdgeId{edge}, from, to, date_)) continue;
        const double cost = price(relation, EdgeId{edge}, from, to);
        for (const auto& pair : {std::pair(from, to), std::pair(to, from)}) {
          const auto [entry, fresh] = steps_.try_emplace(pair, cost);
          if (!fresh) entry->second = std::min(entry->second, cost);
        }
      }
    }
  }

  [[nodiscard]] const std::map<std::pair<EntityId, EntityId>, double>& steps() const {
    return steps_;
  }
  [[nodiscard]] double hub(EntityId entity) const {
    const double degree = ends_.contains(entity) ? ends_.at(entity) : 0;
    return degree > rules_.hub_ends ? rules_.hub * std::log(degree / rules_.hub_ends) : 0;
  }
  [[nodiscard]] bool landed(EntityId entity) const {
    if (graph_.kind(entity) != EntityKind::Firm) return false;
    const FirmId firm{graph_.local(entity)};
    return standing(graph_, firm, complete_district({kDadukou, {}, {}})) == Standing::Inside &&
           !gone(graph_, firm);
  }

  // Costs of all ways without a circle, ascending.
  [[nodiscard]] std::vector<double> all_ways(EntityId firm) const {
    std::vector<double> found;
    std::vector<EntityId> stops{firm};
    const std::function<void(double)> walk = [&](double cost) {
      for (const auto& [pair, step] : steps_) {
        if (pair.first != stops.back()) continue;
        const EntityId to = pair.second;
        if (std::ranges::find(stops, to) != stops.end()) continue;
        if (cost + step > rules_.dearest) continue;
        if (landed(to)) {
          found.push_back(cost + step);
          continue;
        }
        stops.push_back(to);
        walk(cost + step + hub(to));
        stops.pop_back();
      }
    };
    walk(0);
    std::ranges::sort(found);
    return found;
  }

 private:
  [[nodiscard]] double price(const Relation& relation, EdgeId edge, EntityId from,
                             EntityId to) const {
    double base = 0;
    double strength = 1;
    switch (relation.kind()) {
      case RelationKind::Serves:
        base = rules_.serves;
        break;
      case RelationKind::Owns:
        base = graph_.kind(from) == EntityKind::Person ? rules_.person_owns : rules_.firm_owns;
        strength = relation.number(edge, EdgeNumber::Share).value_or(rules_.strong_equity / 2) /
                   rules_.strong_equity;
        break;
      case RelationKind::Supplies:
        base = rules_.supplies;
        strength = relation.number(edge, EdgeNumber::Share).value_or(rules_.strong_supply / 2) /
                   rules_.strong_supply;
        break;
      case RelationKind::Cooperates:
        base = rules_.cooperates;
        break;
      default:
        base = graph_.text(to, EntityText::Type) == "校友会" ? rules_.alumni : rules_.chamber;
    }
    const Provenance fact = relation.provenance(edge);
    const int age = fact.as_of.known() && date_.known() ? date_.year - fact.as_of.year : 0;
    return base * (1 + rules_.weak * (1 - std::min(1.0, strength))) *
           (1 + rules_.doubt * (1 - static_cast<double>(fact.confidence))) *
           (1 + rules_.year * std::min(age, rules_.years));
  }

  const EnterpriseGraph& graph_;
  IntroductionRules rules_;
  Date date_;
  std::map<std::pair<EntityId, EntityId>, double> steps_;
  std::map<EntityId, double> ends_;
};

TEST(Introductions, TheCheapestWaysOfAllWithoutACircle) {
  std::size_t compared = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const EnterpriseGraph graph =
        test::random_graph(seed, {.firms = 9, .persons = 4, .organizations = 2, .density = 1});
    IntroductionRules rules;
    rules.hub_ends = 4;
    rules.dearest = 6;
    const Definition definition(graph, rules);
    const IntroductionFinder finder(graph, {kDadukou, {}, {}}, {.rules = rules});
    for (std::uint32_t i = 0; i < graph.size(EntityKind::Firm); ++i) {
      const EntityId entity = graph.entity(FirmId{i});
      if (definition.landed(entity)) continue;
      std::vector<double> expected = definition.all_ways(entity);
      std::vector<double> found;
      std::vector<std::vector<EntityId>> stops;
      for (const Introduction& way : finder.ways(FirmId{i}, 1000)) {
        if (!way.steps.front().relation) continue;  // an office
        found.push_back(way.cost);
        std::vector<EntityId> on{way.steps.front().from};
        double sum = 0;
        for (const IntroductionStep& step : way.steps) {
          EXPECT_EQ(step.from, on.back());
          on.push_back(step.to);
          sum += step.cost;
          if (&step != &way.steps.back()) sum += definition.hub(step.to);
        }
        EXPECT_NEAR(sum, way.cost, 1e-5);
        EXPECT_TRUE(definition.landed(on.front()));
        EXPECT_EQ(on.back(), entity);
        stops.push_back(on);
      }
      if (expected.size() > found.size() && found.size() >= 990) expected.resize(found.size());
      ASSERT_EQ(found.size(), expected.size()) << "seed " << seed << ", firm " << i;
      for (std::size_t k = 0; k < found.size(); ++k) {
        EXPECT_NEAR(found[k], expected[k], 2e-5) << "seed " << seed << ", firm " << i;
      }
      std::ranges::sort(stops);
      EXPECT_EQ(std::ranges::adjacent_find(stops), stops.end());
      compared += found.size();
    }
  }
  EXPECT_GT(compared, 500U);
}

TEST(Introductions, ForFewFirmsTheWaysAreThoseForMany) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const EnterpriseGraph graph = test::random_graph(seed, {.firms = 30, .persons = 15});
    const IntroductionFinder many(graph, {kDadukou, {}, {}});
    const IntroductionFinder few(graph, {kDadukou, {}, {}}, {.firms = FirmsAsked::Few});
    for (std::uint32_t i = 0; i < graph.size(EntityKind::Firm); ++i) {
      const auto expected = many.ways(FirmId{i}, 5);
      const auto found = few.ways(FirmId{i}, 5);
      ASSERT_EQ(found.size(), expected.size());
      for (std::size_t k = 0; k < found.size(); ++k) EXPECT_EQ(found[k].steps, expected[k].steps);
    }
  }
}

TEST(Introductions, ASearchGivesUpAfterSoManyLooks) {
  const EnterpriseGraph graph = test::sketch(
      "甲{region=500104}; 乙{region=440300}; 丙{region=440300}; 丁{region=440300}; "
      "戊{region=440300}; 甲 -owns-> 乙; 乙 -owns-> 丙; 丙 -owns-> 丁; 丁 -owns-> 戊");
  const auto found = [&](std::uint64_t looks) {
    const IntroductionFinder finder(graph, {kDadukou, {}, {}},
                                    {.firms = FirmsAsked::Few, .looks = looks});
    return finder.ways(test::firm(graph, "戊"), 1).size();
  };
  EXPECT_EQ(found(3), 0U);
  EXPECT_EQ(found(100), 1U);
}

TEST(Introductions, TheFirstCostsWhatDijkstraOfBoostFinds) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const EnterpriseGraph graph = test::random_graph(seed, {.firms = 60, .persons = 30});
    IntroductionRules rules;
    rules.hub = 0;
    rules.dearest = 1000;
    const Definition definition(graph, rules);
    using Graph =
        boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property,
                              boost::property<boost::edge_weight_t, double>>;
    Graph network(graph.size() + 1);
    const std::size_t source = graph.size();
    for (const auto& [pair, cost] : definition.steps()) {
      boost::add_edge(raw(pair.first), raw(pair.second), cost, network);
    }
    for (std::uint32_t i = 0; i < graph.size(); ++i) {
      if (definition.landed(EntityId{i})) boost::add_edge(source, i, 0.0, network);
    }
    std::vector<double> distance(graph.size() + 1);
    boost::dijkstra_shortest_paths(network, source,
                                   boost::distance_map(boost::make_iterator_property_map(
                                       distance.begin(), get(boost::vertex_index, network))));
    const IntroductionFinder finder(graph, {kDadukou, {}, {}}, {.rules = rules});
    for (std::uint32_t i = 0; i < graph.size(EntityKind::Firm); ++i) {
      const EntityId entity = graph.entity(FirmId{i});
      if (definition.landed(entity)) continue;
      const auto ways = finder.ways(FirmId{i}, 5);
      const auto walked = std::ranges::find_if(
          ways, [](const Introduction& way) { return way.steps.front().relation.has_value(); });
      const bool reached = distance[raw(entity)] < 1e6;
      ASSERT_EQ(walked != ways.end(), reached) << "seed " << seed << ", firm " << i;
      if (!reached) continue;
      EXPECT_NEAR(walked->cost, distance[raw(entity)], 1e-5);
    }
  }
}

TEST(Introductions, RulesAreChecked) {
  const auto refused = [](auto change) {
    IntroductionRules rules;
    change(rules);
    try {
      check_introduction_rules(rules);
    } catch (const Error& error) {
      return error.code() == ErrorCode::InvalidArgument ? error.message().en : "another error";
    }
    return std::string("nothing");
  };
  EXPECT_EQ(refused([](IntroductionRules&) {}), "nothing");
  EXPECT_EQ(refused([](IntroductionRules& r) { r.supplies = -1; }),
            "introductions, supplies: write 0 to 1000");
  EXPECT_EQ(refused([](IntroductionRules& r) { r.hub = std::numeric_limits<double>::quiet_NaN(); }),
            "introductions, hub: write 0 to 1000");
  EXPECT_EQ(refused([](IntroductionRules& r) { r.strong_equity = 0; }),
            "introductions, strong_equity: write a share above 0, at most 1");
  EXPECT_EQ(refused([](IntroductionRules& r) { r.years = 101; }),
            "introductions, years: write 0 to 100");
  EXPECT_EQ(refused([](IntroductionRules& r) { r.hub_ends = 0; }),
            "introductions, hub_ends: write 1 or more");
  EXPECT_EQ(refused([](IntroductionRules& r) { r.dearest = 0; }),
            "introductions, dearest: write more than 0, at most 1000");
}

TEST(Introductions, AskForAtLeastOneWayAndNameADistrict) {
  const EnterpriseGraph graph = test::sketch("甲{region=500104}; 戊{region=440300}");
  EXPECT_THROW((void)ways_in(graph, "戊", 0), Error);
  EXPECT_THROW((void)ways_in(graph, "戊", 1001), Error);
  EXPECT_THROW(IntroductionFinder(graph, {{}, {}, {}}), Error);
  EXPECT_THROW(IntroductionFinder(graph, {RegionCode{990000}, {}, {}}), Error);
}

TEST(Introductions, AskedToStopTheyStop) {
  const EnterpriseGraph graph = test::sketch("甲{region=500104}; 戊{region=440300}");
  std::stop_source stop;
  stop.request_stop();
  try {
    const IntroductionFinder finder(graph, {kDadukou, {}, {}}, {.stop = stop.get_token()});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::Cancelled);
    EXPECT_EQ(error.message().en, "the search for introductions was interrupted");
  }
}

}  // namespace
}  // namespace liantu
