#include "liantu/chain/structure/criticality.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "chain/firms/production.hpp"
#include "chain/segments/input_rules.hpp"
#include "liantu/base/text/error.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::firm;
using test::segment;
using test::sketch;

using Told = std::vector<std::string>;

std::string joined(const EnterpriseGraph& graph, const std::vector<SegmentId>& segments) {
  std::string text;
  for (const SegmentId one : segments) {
    text += (text.empty() ? "" : ">") + std::string(graph.name(graph.entity(one)));
  }
  return text.empty() ? "-" : text;
}

/// `电池 0.500 (known 0.200) by 2, 整车>电池, through 整车`.
Told told(const EnterpriseGraph& graph, const std::vector<SegmentCriticality>& list) {
  Told result;
  for (const SegmentCriticality& one : list) {
    const auto share = [](double value) { return std::to_string(value).substr(0, 5); };
    result.push_back(std::string(graph.name(graph.entity(one.segment))) + " " +
                     share(one.criticality) + " (known " + share(one.known) + ") by " +
                     std::to_string(one.needed_by) + ", " + joined(graph, one.path) + ", through " +
                     joined(graph, one.dominators));
  }
  return result;
}

std::vector<FirmId> all_firms(const EnterpriseGraph& graph) {
  std::vector<FirmId> firms;
  for (std::uint32_t i = 0; i < graph.size(EntityKind::Firm); ++i) firms.push_back(FirmId{i});
  return firms;
}

TEST(Criticality, FactorsEstimateOutputsThatNobodyStates) {
  // 甲 states 300; 乙, with 5 people at 20 each, makes 100 of 船: a quarter stops without 帆.
  // Without factors 乙 is left out.
  const EnterpriseGraph graph = sketch(R"(
    甲{staff=9} -makes{output=300}-> 车 -requires-> 胎; 乙{staff=5} -makes-> 船 -requires-> 帆
  )");
  const Criticality none = find_criticality(graph, all_firms(graph));
  EXPECT_EQ(none.basis, Basis::Stated);
  EXPECT_EQ(none.anchors_unknown, 1U);
  CriticalityOptions options;
  options.factors = {{std::nullopt, EntityNumber::Staff, 20, "示例年鉴"}};
  const Criticality found = find_criticality(graph, all_firms(graph), options);
  EXPECT_EQ(found.basis, Basis::Estimated);
  EXPECT_EQ(found.anchors_unknown, 0U);
  EXPECT_EQ(told(graph, found.segments), (Told{"车 0.750 (known 0.750) by 0, 车, through -",
                                               "胎 0.750 (known 0.000) by 1, 车>胎, through 车",
                                               "船 0.250 (known 0.250) by 0, 船, through -",
                                               "帆 0.250 (known 0.000) by 1, 船>帆, through 船"}));
  options.factors[0].source.clear();
  EXPECT_THROW((void)find_criticality(graph, all_firms(graph), options), Error);
}

TEST(Criticality, IsTheShareOfOutputThatStops) {
  // 甲 makes 300 of 整车, 乙 100 of 储能柜. 电池: 整车 loses 0.8, 储能柜 0.5: 0.75 · 0.8 + 0.25 ·
  // 0.5 = 0.725. 隔膜: each times 1. 芯片: 整车 0.9 of nothing known: 1 − unknown = 1. 0.75.
  const EnterpriseGraph graph = sketch(R"(
    甲 -makes{output=300}-> 整车; 乙 -makes{output=100,basis=estimated}-> 储能柜; 丙 -makes-> 储能柜
    整车 -requires{sub=0.2}-> 电池; 储能柜 -requires{sub=0.5}-> 电池; 电池 -requires{sub=0}-> 隔膜
    整车 -requires-> 芯片; 书 -requires-> 纸; 药 -requires-> 瓶; 酒 -requires-> 瓶
  )");
  const Criticality found = find_criticality(graph, all_firms(graph));
  EXPECT_EQ(told(graph, found.segments),
            (Told{"整车 0.750 (known 0.750) by 0, 整车, through -",
                  "芯片 0.750 (known 0.000) by 1, 整车>芯片, through 整车",
                  "电池 0.725 (known 0.725) by 2, 整车>电池, through -",
                  "隔膜 0.725 (known 0.725) by 1, 整车>电池>隔膜, through 电池",
                  "储能柜 0.250 (known 0.250) by 0, 储能柜, through -"}));
  EXPECT_TRUE(found.ubiquitous.empty());
  EXPECT_EQ(found.basis, Basis::Estimated);
  EXPECT_EQ(found.anchors_unknown, 1U);
  EXPECT_EQ(found.products, 6U);
}

TEST(Criticality, OfALongPathTheLastSegmentsAreNamed) {
  // 整 needs 1, which needs 2, up to 150: the path to 150 has 151 segments, of which 150 dominate it.
  std::string text = "甲 -makes-> 整 -requires-> 1";
  for (int i = 2; i <= 150; ++i) text += " -requires-> " + std::to_string(i);
  const EnterpriseGraph graph = sketch(text);
  const Criticality found = find_criticality(graph, all_firms(graph));
  ASSERT_EQ(found.segments.size(), 151U);
  for (const SegmentCriticality& one : found.segments) {
    const std::string name(graph.name(graph.entity(one.segment)));
    const std::size_t before = name == "整" ? 0 : std::stoul(name);
    EXPECT_EQ(one.path_length, before + 1);
    EXPECT_EQ(one.dominator_count, before);
    EXPECT_EQ(one.path.size(), std::min(before + 1, kLongestPath));
    EXPECT_EQ(one.dominators.size(), std::min(before, kLongestPath));
    EXPECT_EQ(one.path.back(), one.segment);
    if (before > 0) {
      EXPECT_EQ(one.dominators.back(), one.path[one.path.size() - 2]);
    }
    if (before == 150) {
      EXPECT_EQ(one.path.front(), segment(graph, "51"));
      EXPECT_EQ(one.dominators.front(), segment(graph, "50"));
    }
  }
}

TEST(Criticality, WhatMoreThanHalfOfAllProductsNeedStandsApart) {
  // 电 is needed by 3 of 5, 水 by exactly 2 of 4 would not be; here 2 of 5.
  const EnterpriseGraph graph = sketch(R"(
    甲 -makes-> 车; 车 -requires-> 电; 船 -requires-> 电; 药 -requires-> 电; 药 -requires-> 水
    车 -requires-> 水; 书 -requires-> 纸; 酒 -requires-> 瓶
  )");
  const Criticality found = find_criticality(graph, all_firms(graph));
  EXPECT_EQ(told(graph, found.ubiquitous), Told{"电 1.000 (known 0.000) by 3, 车>电, through 车"});
  EXPECT_EQ(told(graph, found.segments), (Told{"车 1.000 (known 1.000) by 0, 车, through -",
                                               "水 1.000 (known 0.000) by 2, 车>水, through 车"}));
  EXPECT_EQ(found.basis, Basis::Counted);
}

TEST(Criticality, HalfOfAllProductsIsNotMore) {
  const EnterpriseGraph graph = sketch("甲 -makes-> 车 -requires-> 电; 书 -requires-> 纸");
  EXPECT_TRUE(find_criticality(graph, all_firms(graph)).ubiquitous.empty());
}

TEST(Criticality, ACircleLosesNoMoreThanOnce) {
  const EnterpriseGraph graph = sketch(
      "甲 -makes{output=1}-> 铁 -requires{sub=0.5}-> 煤 -requires{sub=0}-> 铁; 书 -requires-> 纸; "
      "药 -requires-> 瓶");
  EXPECT_EQ(told(graph, find_criticality(graph, all_firms(graph)).segments),
            (Told{"铁 1.000 (known 1.000) by 1, 铁, through -",
                  "煤 0.500 (known 0.500) by 1, 铁>煤, through 铁"}));
}

TEST(Criticality, WhatASegmentNeedsOfItselfChangesNothing) {
  // Neither losses nor dominators, and own use makes nothing ubiquitous: 铁 would be needed by 2 of
  // the 3 that require something, 水, which requires nothing else, would be a fourth.
  const std::string others =
      "甲 -makes{output=1}-> 铁 -requires{sub=0.5}-> 煤 -requires-> 矿; "
      "书 -requires-> 铁";
  const EnterpriseGraph graph = sketch(others);
  const EnterpriseGraph own =
      sketch(others + "; 铁 -requires-> 铁; 煤 -requires{sub=0.9}-> 煤; 水 -requires-> 水");
  const Criticality plain = find_criticality(graph, all_firms(graph));
  const Criticality found = find_criticality(own, all_firms(own));
  EXPECT_EQ(told(own, found.segments), told(graph, plain.segments));
  EXPECT_EQ(told(own, found.segments),
            (Told{"铁 1.000 (known 1.000) by 1, 铁, through -",
                  "煤 0.500 (known 0.500) by 1, 铁>煤, through 铁",
                  "矿 0.500 (known 0.000) by 1, 铁>煤>矿, through 铁>煤"}));
  EXPECT_TRUE(found.ubiquitous.empty());
  EXPECT_EQ(found.products, 3U);
}

TEST(Criticality, WithoutOutputsEachAnchorCountsTheSame) {
  // 甲 makes two things, each half of it; a part of what it makes adds nothing.
  const EnterpriseGraph graph = sketch(
      "甲 -makes-> 车; 甲 -makes-> 船; 甲 -makes-> 轿车 -part_of-> 车; 乙 -makes-> 车; 丙; "
      "a -makes-> x -requires-> y; seg:z");
  const std::vector<FirmId> anchors = {firm(graph, "甲"), firm(graph, "乙"), firm(graph, "丙")};
  const Criticality found = find_criticality(graph, anchors);
  EXPECT_EQ(told(graph, found.segments), (Told{"车 0.750 (known 0.750) by 0, 车, through -",
                                               "船 0.250 (known 0.250) by 0, 船, through -"}));
  EXPECT_EQ(found.anchors_unknown, 3U);
}

TEST(Criticality, NobodyNeedsNothing) {
  EXPECT_TRUE(find_criticality(EnterpriseGraph(), {}).segments.empty());
  const EnterpriseGraph graph = sketch("甲; 车 -requires-> 胎");
  EXPECT_TRUE(find_criticality(graph, all_firms(graph)).segments.empty());
}

TEST(Criticality, RelationsTrustedTooLittleAreLeftOut) {
  const EnterpriseGraph graph = sketch("甲 -makes-> 车 -requires{conf=0.2}-> 胎; x -requires-> y");
  EXPECT_EQ(find_criticality(graph, all_firms(graph)).segments.size(), 1U);
  EXPECT_EQ(find_criticality(graph, all_firms(graph), {.min_confidence = 0.1}).segments.size(), 2U);
}

TEST(Criticality, BadOptionsAndAnEndAskedForAreErrors) {
  for (const double wrong : {-0.1, 1.1, std::nan("")}) {
    try {
      (void)find_criticality(EnterpriseGraph(), {}, {.min_confidence = wrong});
      ADD_FAILURE() << "nothing was thrown";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::InvalidArgument);
    }
  }
  std::stop_source source;
  source.request_stop();
  CriticalityOptions options;
  options.stop = source.get_token();
  const EnterpriseGraph graph = sketch("甲 -makes-> 车 -requires-> 胎");
  try {
    (void)find_criticality(graph, all_firms(graph), options);
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::Cancelled);
  }
}

/// The definition: for every t the least fixed point by iteration from 0, dominators by taking
/// segments away one by one.
TEST(Criticality, EqualsTheDefinitionOnRandomGraphs) {
  std::size_t seen = 0;
  std::size_t dominated = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const EnterpriseGraph graph =
        test::random_graph(seed, {.firms = 6, .segments = 14, .density = 1.2});
    const std::vector<FirmId> anchors = {FirmId{0}, FirmId{1}, FirmId{2}};
    const CriticalityOptions options{.min_confidence = 0};
    const Criticality found = find_criticality(graph, anchors, options);
    const Taxonomy taxonomy(graph);
    const Relation rules = graph.relation(RelationKind::Requires);
    const std::uint32_t n = graph.size(EntityKind::Segment);
    std::map<SegmentId, double> weight;
    double total = 0;
    for (const FirmId one : anchors) {
      const auto statements = Productions(graph, taxonomy, 0).statements(one);
      for (const Statement& made : statements) {
        const auto above = taxonomy.above(made.segment);
        const bool part = std::ranges::any_of(statements, [&](const Statement& other) {
          return std::ranges::find(above, other.segment) != above.end();
        });
        if (part || !made.output) continue;
        weight[made.segment] += made.output->value;
        total += made.output->value;
      }
    }
    if (total == 0) continue;
    std::erase_if(weight, [](const auto& entry) { return entry.second == 0; });
    const auto walk = [&](std::uint32_t without) {
      std::set<std::uint32_t> reached;
      std::vector<std::uint32_t> open;
      for (const auto& [s, w] : weight) {
        if (raw(s) != without && reached.insert(raw(s)).second) open.push_back(raw(s));
      }
      for (std::size_t i = 0; i < open.size(); ++i) {
        for (const EdgeId edge : input_rules(graph, taxonomy, SegmentId{open[i]})) {
          const std::uint32_t to = graph.local(rules.target(edge));
          if (taxonomy.chain(SegmentId{to}) || to == without) continue;
          if (reached.insert(to).second) open.push_back(to);
        }
      }
      return reached;
    };
    std::map<SegmentId, SegmentCriticality> by_segment;
    for (const auto& one : found.segments) by_segment[one.segment] = one;
    for (const auto& one : found.ubiquitous) by_segment[one.segment] = one;
    const auto everything = walk(n);
    for (std::uint32_t t = 0; t < n; ++t) {
      std::vector<double> loss(n, 0);
      for (std::uint32_t round = 0; round <= n; ++round) {
        for (std::uint32_t s = 0; s < n; ++s) {
          double most = s == t ? 1 : 0;
          for (const EdgeId edge : input_rules(graph, taxonomy, SegmentId{s})) {
            const std::uint32_t input = graph.local(rules.target(edge));
            if (taxonomy.chain(SegmentId{input})) continue;
            const double sub = rules.number(edge, EdgeNumber::Substitutability).value_or(0);
            most = std::max(most, (1 - sub) * loss[input]);
          }
          loss[s] = most;
        }
      }
      double expected = 0;
      for (const auto& [s, w] : weight) expected += w / total * loss[raw(s)];
      const auto actual = by_segment.find(SegmentId{t});
      ASSERT_EQ(actual != by_segment.end(), expected > 0) << t;
      if (expected == 0) continue;
      ++seen;
      EXPECT_NEAR(actual->second.criticality, expected, 1e-12);
      EXPECT_LE(actual->second.known, actual->second.criticality + 1e-12);
      std::set<SegmentId> through;
      for (std::uint32_t s = 0; s < n; ++s) {
        if (s != t && everything.contains(s) && !walk(s).contains(t)) through.insert(SegmentId{s});
      }
      const auto& dominators = actual->second.dominators;
      EXPECT_EQ(std::set(dominators.begin(), dominators.end()), through);
      dominated += through.size();
    }
    EXPECT_EQ(
        std::ranges::count_if(found.ubiquitous,
                              [&](const auto& one) { return 2 * one.needed_by <= found.products; }),
        0);
  }
  EXPECT_GT(seen, 200U);
  EXPECT_GT(dominated, 50U);
}

}  // namespace
}  // namespace liantu
