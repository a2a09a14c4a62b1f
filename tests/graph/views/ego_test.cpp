#include "liantu/graph/views/ego.hpp"

#include <algorithm>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::random_graph;
using test::sketch;

using Members = std::vector<EgoMember>;

EgoNetwork around(const EnterpriseGraph& graph, std::vector<EntityId> centres,
                  const EgoOptions& options = {}) {
  return ego_network(graph, centres, options);
}

Members members(std::initializer_list<std::pair<std::uint32_t, std::uint32_t>> all) {
  Members result;
  for (const auto& [entity, distance] : all) result.push_back({EntityId{entity}, distance});
  return result;
}

/// Instances between the members, of each relation.
std::vector<std::uint64_t> counts(const EgoNetwork& network) {
  std::vector<std::uint64_t> result;
  for (const FilteredRelation& relation : network.relations) {
    std::uint64_t count = 0;
    for (const EgoMember& member : network.members) {
      for ([[maybe_unused]] const FilteredEdge edge : relation.out_edges(member.entity)) ++count;
    }
    result.push_back(count);
  }
  return result;
}

// Entities: firms 甲 0, 乙 1, 丙 2, 丁 3, 戊 4; 电池 5.
EnterpriseGraph chain() {
  return sketch(
      "甲 -supplies-> 乙; 丙 -supplies-> 乙; 丙 -supplies-> 丁; 丁 -supplies-> 戊;"
      "乙 -supplies-> 甲; 甲 -makes-> 电池; 戊 -makes-> 电池");
}

TEST(EgoNetwork, FollowsBothDirectionsStepByStep) {
  const EnterpriseGraph graph = chain();
  EgoOptions options;
  options.depth = 0;
  EXPECT_EQ(around(graph, {EntityId{0}}, options).members, members({{0, 0}}));
  options.depth = 1;
  EXPECT_EQ(around(graph, {EntityId{0}}, options).members, members({{0, 0}, {1, 1}, {5, 1}}));
  options.depth = 2;
  const EgoNetwork two = around(graph, {EntityId{0}}, options);
  EXPECT_EQ(two.members, members({{0, 0}, {1, 1}, {5, 1}, {2, 2}, {4, 2}}));
  EXPECT_FALSE(two.cut);
  // 甲 → 乙, 丙 → 乙, 乙 → 甲; both ends of the two `makes` are in; 丁 is not.
  EXPECT_EQ(counts(two), (std::vector<std::uint64_t>{3, 2, 0, 0, 0, 0, 0, 0, 0, 0}));
}

TEST(EgoNetwork, FollowsOnlyTheRelationsAskedFor) {
  EgoOptions options;
  options.relations = {RelationKind::Makes};
  options.depth = 9;
  const EgoNetwork makers = around(chain(), {EntityId{0}}, options);
  EXPECT_EQ(makers.members, members({{0, 0}, {5, 1}, {4, 2}}));
  EXPECT_EQ(makers.relations.size(), 1U);
  options.relations = {};
  EXPECT_EQ(around(chain(), {EntityId{0}}, options).members, members({{0, 0}}));
}

TEST(EgoNetwork, SeveralCentresAreAllAtDistanceZero) {
  EgoOptions options;
  options.depth = 1;
  options.relations = {RelationKind::Supplies};
  EXPECT_EQ(around(chain(), {EntityId{4}, EntityId{0}, EntityId{4}}, options).members,
            members({{0, 0}, {4, 0}, {1, 1}, {3, 1}}));
}

TEST(EgoNetwork, TheCapKeepsTheNearestAndTheSmallestIdsAndSaysThatItCut) {
  const EnterpriseGraph graph = chain();
  EgoOptions options;
  options.most = 4;
  const EgoNetwork four = around(graph, {EntityId{0}}, options);
  EXPECT_EQ(four.members, members({{0, 0}, {1, 1}, {5, 1}, {2, 2}}));
  EXPECT_TRUE(four.cut);
  options.most = 1;
  const EgoNetwork one = around(graph, {EntityId{3}, EntityId{2}}, options);
  EXPECT_EQ(one.members, members({{2, 0}}));
  EXPECT_TRUE(one.cut);
  // Full, yet nothing near enough is left out.
  options.most = 3;
  options.depth = 1;
  EXPECT_FALSE(around(graph, {EntityId{0}}, options).cut);
  options.most = 5;
  options.depth = 2;
  EXPECT_FALSE(around(graph, {EntityId{0}}, options).cut);
  options.depth = 3;
  EXPECT_TRUE(around(graph, {EntityId{0}}, options).cut);
}

TEST(EgoNetwork, StandsAloneWithoutRelationsAndMeetsItselfOnce) {
  EXPECT_EQ(around(sketch("甲; 乙"), {EntityId{1}}).members, members({{1, 0}}));
  const EnterpriseGraph graph = sketch("甲 -cooperates-> 甲");
  const EgoNetwork self = around(graph, {EntityId{0}});
  EXPECT_EQ(self.members, members({{0, 0}}));
  EXPECT_EQ(counts(self)[static_cast<std::size_t>(RelationKind::Cooperates)], 1U);
}

TEST(EgoNetwork, FollowsOnlyWhatTheFilterKeeps) {
  const EnterpriseGraph graph =
      sketch("甲 -supplies{conf=0.2}-> 乙; 甲 -supplies-> 丙; 丙 -supplies-> 乙; 甲 -owns-> 丁");
  EgoOptions options;
  options.filter.min_confidence = 0.5;
  const EgoNetwork trusted = around(graph, {EntityId{0}}, options);
  EXPECT_EQ(trusted.members, members({{0, 0}, {2, 1}, {3, 1}, {1, 2}}));
  EXPECT_EQ(counts(trusted), (std::vector<std::uint64_t>{2, 0, 0, 0, 0, 1, 0, 0, 0, 0}));
  // Two centres outside the set are not joined by what lies between them.
  options.filter = {};
  options.filter.within.emplace();
  options.filter.within->insert(EntityId{3});
  const EgoNetwork outside = around(graph, {EntityId{0}, EntityId{2}}, options);
  EXPECT_EQ(outside.members, members({{0, 0}, {2, 0}}));
  EXPECT_EQ(counts(outside), std::vector<std::uint64_t>(10, 0));
}

TEST(EgoNetwork, RefusesNoCentreAndNoRoom) {
  const EnterpriseGraph graph = chain();
  const auto code = [&](std::vector<EntityId> centres, const EgoOptions& options) {
    try {
      static_cast<void>(around(graph, std::move(centres), options));
    } catch (const Error& error) {
      return error.code();
    }
    return ErrorCode::Cancelled;
  };
  EgoOptions options;
  EXPECT_EQ(code({}, options), ErrorCode::InvalidArgument);
  options.most = 0;
  EXPECT_EQ(code({EntityId{0}}, options), ErrorCode::InvalidArgument);
  options.most = 1;
  options.filter.min_confidence = 2;
  EXPECT_EQ(code({EntityId{0}}, options), ErrorCode::InvalidArgument);
}

/// Distances by relaxing every instance until nothing changes.
std::vector<std::uint32_t> distances(const EnterpriseGraph& graph,
                                     const std::vector<EntityId>& centres,
                                     const std::vector<RelationKind>& kinds) {
  constexpr std::uint32_t kFar = std::numeric_limits<std::uint32_t>::max() - 1;
  std::vector<std::uint32_t> distance(graph.size(), kFar);
  for (const EntityId centre : centres) distance[raw(centre)] = 0;
  for (bool changed = true; changed;) {
    changed = false;
    for (const RelationKind kind : kinds) {
      const Relation relation = graph.relation(kind);
      for (std::uint64_t e = 0; e < relation.size(); ++e) {
        std::uint32_t& a = distance[raw(relation.source(EdgeId{e}))];
        std::uint32_t& b = distance[raw(relation.target(EdgeId{e}))];
        const std::uint32_t near = std::min(a, b) + 1;
        changed = changed || a > near || b > near;
        a = std::min(a, near);
        b = std::min(b, near);
      }
    }
  }
  return distance;
}

TEST(EgoNetwork, IsThePrefixOfAllEntitiesSortedByDistanceAndId) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    test::RandomGraphOptions sparse;
    sparse.density = 0.3;
    const EnterpriseGraph graph = random_graph(seed, sparse);
    const std::vector<EntityId> centres = {EntityId{static_cast<std::uint32_t>(seed % 12)},
                                           EntityId{static_cast<std::uint32_t>(seed % 5)}};
    EgoOptions options;
    if (seed % 3 == 0) options.relations = {RelationKind::Supplies, RelationKind::Owns};
    options.depth = static_cast<std::uint32_t>(seed % 4);
    options.most = static_cast<std::uint32_t>(1 + seed % 17);
    const auto distance = distances(graph, centres, options.relations);
    Members near;
    for (std::uint32_t v = 0; v < graph.size(); ++v) {
      if (distance[v] <= options.depth) near.push_back({EntityId{v}, distance[v]});
    }
    std::ranges::stable_sort(near, {}, &EgoMember::distance);
    const EgoNetwork network = around(graph, centres, options);
    EXPECT_EQ(network.cut, near.size() > options.most) << seed;
    if (network.cut) near.resize(options.most);
    EXPECT_EQ(network.members, near) << seed;
  }
}

}  // namespace
}  // namespace liantu
