#include "links/paths/target_ways.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

bool by_id(EntityId a, EntityId b) { return a < b; }

/// Entities that a step reaches, with the weight of each.
std::map<EntityId, double> reached(const EnterpriseGraph& graph, const PathStep& step,
                                   EntityId from) {
  std::map<EntityId, double> found;
  StepView(graph, step).for_each(from, [&](EntityId to, double weight) { found[to] = weight; });
  return found;
}

/// Every way of the path from a source to one of the targets, written out.
void all_ways(const EnterpriseGraph& graph, const RelationPath& path,
              const std::set<EntityId>& targets, std::vector<EntityId>& way,
              std::vector<std::vector<EntityId>>& found) {
  const std::size_t done = way.size() - 1;
  if (done == path.steps.size()) {
    if (targets.contains(way.back())) found.push_back(way);
    return;
  }
  for (const auto& [to, weight] : reached(graph, path.steps[done], way.back())) {
    way.push_back(to);
    all_ways(graph, path, targets, way, found);
    way.pop_back();
  }
}

struct Told {
  std::map<EntityId, double> scores;                                       // by target
  std::map<EntityId, std::pair<double, std::vector<EntityId>>> strongest;  // by target
};

/// Scores by their definition: the sum of all ways, a degree being the neighbours through which no
/// way goes and that are no pair with it of a group of the source, plus two.
Told by_definition(const EnterpriseGraph& graph, const RelationPath& path,
                   const std::set<EntityId>& targets, EntityId source,
                   const Uncounted& uncounted = {}, const std::set<std::uint32_t>& groups = {}) {
  std::vector<std::vector<EntityId>> ways;
  std::vector<EntityId> way = {source};
  all_ways(graph, path, targets, way, ways);
  std::map<std::pair<std::size_t, EntityId>, std::set<EntityId>> on_ways;  // neighbours
  for (const auto& one : ways) {
    for (std::size_t k = 1; k < path.steps.size(); ++k) {
      on_ways[{k, one[k]}].insert({one[k - 1], one[k + 1]});
      if (path.steps[k].relation != uncounted.relation) continue;
      const auto neighbours = reached(graph, path.steps[k], one[k]);
      for (const UncountedPair& pair : uncounted.pairs) {
        if (!groups.contains(pair.group) || (pair.one != one[k] && pair.other != one[k])) continue;
        const EntityId neighbour = pair.one == one[k] ? pair.other : pair.one;
        if (neighbours.contains(neighbour)) on_ways[{k, one[k]}].insert(neighbour);
      }
    }
  }
  Told told;
  for (const auto& one : ways) {
    double weight = 1;
    for (std::size_t k = 0; k < path.steps.size(); ++k) {
      const auto neighbours = reached(graph, path.steps[k], one[k]);
      weight *= neighbours.at(one[k + 1]);
      if (path.steps[k].normalizer == Normalizer::None) continue;
      const std::size_t degree = neighbours.size() - on_ways[{k, one[k]}].size() + 2;
      weight /= divisor(path.steps[k].normalizer, degree).value();
    }
    told.scores[one.back()] += weight;
    auto& best = told.strongest[one.back()];
    if (weight > best.first * (1 + 1e-12)) best = {weight, one};
  }
  return told;
}

TEST(TargetWays, HoldTheirDefinitionOnRandomGraphs) {
  std::size_t several = 0;
  std::size_t raised = 0;  // sources for which a pair does not count
  for (std::uint64_t seed = 1; seed <= 25; ++seed) {
    const EnterpriseGraph graph =
        test::random_graph(seed, {.firms = 14, .segments = 6, .density = 1.5});
    std::vector<EntityId> targets;
    for (std::uint32_t i = 0; i < 3; ++i) targets.push_back(graph.entity(FirmId{(i * 5) % 14}));
    const std::set<EntityId> target_set(targets.begin(), targets.end());
    std::mt19937_64 random(seed);
    Uncounted uncounted{RelationKind::Supplies, {}};
    for (int i = 0; i < 30; ++i) {
      const auto any = [&] {
        return graph.entity(FirmId{static_cast<std::uint32_t>(random() % 14)});
      };
      uncounted.pairs.push_back({any(), any(), static_cast<std::uint32_t>(random() % 4)});
    }
    for (const char* text :
         {"directed_l3", "supplies", "supplies.~supplies/sqrt", "-supplies.-supplies/log",
          "-supplies.-supplies/sqrt.-supplies/deg", "makes.~makes/deg", "~owns.owns/sqrt",
          "supplies[weight=amount].~supplies[weight=amount]/sqrt", "makes.~requires.~makes",
          "cooperates.~cooperates/sqrt.cooperates/sqrt.~cooperates/sqrt"}) {
      SCOPED_TRACE(std::to_string(seed) + " " + text);
      const RelationPath path = parse_path(text);
      ASSERT_TRUE(reversed(path));
      const TargetWays ways(graph, path, targets, {}, uncounted);
      TargetWays::Scratch scratch;
      for (std::uint32_t i = 0; i < 2 * 14; ++i) {
        const EntityId source = graph.entity(FirmId{i % 14});
        const std::vector<std::uint32_t> groups =
            i < 14 ? std::vector<std::uint32_t>{} : std::vector<std::uint32_t>{1, 3};
        const Told told = by_definition(graph, path, target_set, source, uncounted,
                                        {groups.begin(), groups.end()});
        if (i >= 14 && told.scores != by_definition(graph, path, target_set, source).scores) {
          ++raised;
        }
        const auto scores = ways.scores(source, scratch, groups);
        ASSERT_EQ(scores.size(), told.scores.size());
        const std::vector<TargetScore> kept(scores.begin(), scores.end());
        for (const TargetScore& one : kept) {
          const EntityId target = ways.targets()[one.target];
          const double score = told.scores.at(target);
          EXPECT_NEAR(one.score, score, 1e-12 * score);
          const PathInstance best = ways.strongest(source, target, scratch, by_id, groups);
          EXPECT_NEAR(best.weight, told.strongest.at(target).first, 1e-12 * best.weight);
          EXPECT_NEAR(best.share, best.weight / score, 1e-12);
          EXPECT_EQ(best.entities, told.strongest.at(target).second);
          ASSERT_EQ(best.edges.size(), path.steps.size());
          if (best.share < 0.9) ++several;
        }
      }
    }
  }
  EXPECT_GT(several, 500U);
  EXPECT_GT(raised, 300U);
}

TEST(TargetWays, OneWayScoresAsThePathDoes) {
  const EnterpriseGraph graph = test::sketch(
      "戊 -supplies-> 客; 供 -supplies-> 客; 己 -supplies-> 客; 供 -supplies-> 甲; 供 -supplies-> "
      "庚");
  const EntityId source = graph.entity(test::firm(graph, "戊"));
  const EntityId target = graph.entity(test::firm(graph, "甲"));
  const RelationPath path = parse_path("directed_l3");
  const TargetWays ways(graph, path, std::vector{target});
  TargetWays::Scratch scratch;
  ASSERT_EQ(ways.scores(source, scratch).size(), 1U);
  const double score = ways.scores(source, scratch)[0].score;
  EXPECT_DOUBLE_EQ(score, 1.0 / 3);  // 1 / √3 · 1 / √3
  EXPECT_DOUBLE_EQ(score, path_evidence(graph, path, source, target, 1).at(0).weight);
  EXPECT_EQ(ways.strongest(source, target, scratch, by_id).edges,
            path_evidence(graph, path, source, target, 1).at(0).edges);
}

TEST(TargetWays, ASupplierThatSpeaksForThePairDoesNotCountAgainstIt) {
  // Both 供 and 应 supply 甲: 客 has 戊, 供 and 应, all on ways, so that it divides by √2 still.
  const EnterpriseGraph graph = test::sketch(
      "戊 -supplies-> 客; 供 -supplies-> 客; 应 -supplies-> 客; 供 -supplies-> 甲; 应 -supplies-> "
      "甲");
  const TargetWays ways(graph, parse_path("directed_l3"),
                        std::vector{graph.entity(test::firm(graph, "甲"))});
  TargetWays::Scratch scratch;
  const auto scores = ways.scores(graph.entity(test::firm(graph, "戊")), scratch);
  ASSERT_EQ(scores.size(), 1U);
  EXPECT_DOUBLE_EQ(scores[0].score, 1);  // 2 × 1 / √2 · 1 / √2
}

TEST(TargetWays, OfEqualWaysTheFirstInTheGivenOrderIsTold) {
  const EnterpriseGraph graph = test::sketch(
      "戊 -supplies-> 丙; 戊 -supplies-> 丁; 供 -supplies-> 丙; 供 -supplies-> 丁; 供 -supplies-> "
      "甲");
  const EntityId source = graph.entity(test::firm(graph, "戊"));
  const EntityId target = graph.entity(test::firm(graph, "甲"));
  const TargetWays ways(graph, parse_path("directed_l3"), std::vector{target});
  TargetWays::Scratch scratch;
  const auto over = [&](const TargetWays::Before& before) {
    return graph.name(ways.strongest(source, target, scratch, before).entities.at(1));
  };
  EXPECT_EQ(over(by_id), "丙");
  EXPECT_EQ(over([](EntityId a, EntityId b) { return a > b; }), "丁");
}

TEST(TargetWays, WhoReachesNoTargetHasNoScores) {
  const EnterpriseGraph graph = test::sketch("甲 -supplies-> 乙; 丙; 丁 -supplies-> 丁二");
  const EntityId target = graph.entity(test::firm(graph, "乙"));
  const RelationPath path = parse_path("supplies");
  TargetWays::Scratch scratch;
  const TargetWays ways(graph, path, std::vector{target, target});
  EXPECT_EQ(ways.targets().size(), 1U);
  EXPECT_TRUE(ways.scores(graph.entity(test::firm(graph, "丙")), scratch).empty());
  EXPECT_TRUE(ways.scores(graph.entity(test::firm(graph, "丁")), scratch).empty());
  EXPECT_EQ(ways.scores(graph.entity(test::firm(graph, "甲")), scratch).size(), 1U);
  EXPECT_TRUE(ways.strongest(graph.entity(test::firm(graph, "丙")), target, scratch, by_id)
                  .entities.empty());
  TargetWays::Scratch other;
  const TargetWays none(graph, path, {});
  EXPECT_TRUE(none.scores(graph.entity(test::firm(graph, "甲")), other).empty());
}

TEST(TargetWays, APathWithoutStepsIsRefusedAndALongWalkEndsWhenAskedTo) {
  const EnterpriseGraph graph = test::sketch("甲 -supplies-> 乙 -supplies-> 丙");
  const std::vector<EntityId> targets = {EntityId{2}};
  const auto code = [&](const RelationPath& path, const std::stop_token& stop) {
    try {
      const TargetWays ways(graph, path, targets, stop);
    } catch (const Error& error) {
      return error.code();
    }
    return ErrorCode::Io;
  };
  EXPECT_EQ(code({}, {}), ErrorCode::InvalidArgument);
  std::stop_source source;
  source.request_stop();
  EXPECT_EQ(code(parse_path("directed_l3"), source.get_token()), ErrorCode::Cancelled);
}

TEST(RankedSet, CountsTheMembersBeforeOne) {
  const std::vector<std::uint32_t> members = {200, 0, 63, 64, 200, 127};
  const RankedSet set(201, members);
  EXPECT_EQ(set.size(), 5U);
  EXPECT_EQ(set.members(), (std::vector<std::uint32_t>{0, 63, 64, 127, 200}));
  for (std::uint32_t i = 0; i < 5; ++i) EXPECT_EQ(set.rank(set.members()[i]), i);
  EXPECT_TRUE(set.contains(127));
  EXPECT_FALSE(set.contains(128));
  EXPECT_EQ(RankedSet(0, {}).size(), 0U);
}

}  // namespace
}  // namespace liantu
