#include "graph/storage.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace liantu::detail {
namespace {

using Segments = std::vector<std::uint32_t>;

/// Cycle of a relation among segments 10, 11, …, given as the rows of parents.
Segments cycle_of(const std::vector<std::vector<std::uint32_t>>& parents) {
  std::vector<std::uint64_t> offsets{0};
  std::vector<EntityId> targets;
  for (const auto& row : parents) {
    for (const std::uint32_t parent : row) targets.push_back(EntityId{10 + parent});
    offsets.push_back(targets.size());
  }
  return find_part_of_cycle(offsets, targets, 10);
}

TEST(Storage, RowsCoverTheKindsThatARelationJoins) {
  Storage storage;
  storage.first = {0, 3, 7, 9, 10, 12};
  const auto from = [&](RelationKind kind) { return rows_from(storage, kind); };
  const auto to = [&](RelationKind kind) { return rows_to(storage, kind); };
  EXPECT_EQ(from(RelationKind::Supplies).first, 0U);
  EXPECT_EQ(from(RelationKind::Supplies).count, 3U);
  // Firms, segments and persons: the run that holds both owners.
  EXPECT_EQ(from(RelationKind::Owns).first, 0U);
  EXPECT_EQ(from(RelationKind::Owns).count, 9U);
  EXPECT_EQ(to(RelationKind::Owns).count, 3U);
  EXPECT_EQ(from(RelationKind::Requires).first, 3U);
  EXPECT_EQ(from(RelationKind::Requires).count, 4U);
  EXPECT_EQ(from(RelationKind::Serves).first, 7U);
  EXPECT_EQ(to(RelationKind::MemberOf).first, 9U);
  EXPECT_EQ(to(RelationKind::StandsOn).first, 10U);
  EXPECT_EQ(to(RelationKind::StandsOn).count, 2U);
}

TEST(Storage, FindsTheCycleAndOnlyTheCycle) {
  EXPECT_EQ(find_part_of_cycle({}, {}, 0), Segments{});
  EXPECT_EQ(cycle_of({{1, 2}, {3}, {3}, {}}), Segments{});
  EXPECT_EQ(cycle_of({{1}, {2}, {3}, {1}}), (Segments{1, 2, 3}));
  EXPECT_EQ(cycle_of({{}, {0, 2}, {1}}), (Segments{1, 2}));
  EXPECT_EQ(cycle_of({{0}}), Segments{0});
}

TEST(Storage, WritesOutTheTextsOfSources) {
  const std::vector<std::uint64_t> offsets{0, 0, 5, 8};
  const std::vector<char> bytes{'a', '.', 'c', 's', 'v', 'o', 'n', 'e'};
  const std::vector<PackedSource> sources{{}, {1, 2, 0}};
  EXPECT_EQ(write_out(sources, {offsets, bytes}), (std::vector<Source>{{}, {"a.csv", "one", ""}}));
}

}  // namespace
}  // namespace liantu::detail
