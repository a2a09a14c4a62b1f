#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "graph/build_watch.hpp"
#include "graph/growing_column.hpp"
#include "graph/storage.hpp"

namespace liantu::detail {

/// Instances of one relation in the order in which they were added.
struct PendingEdges {
  std::vector<std::uint32_t> from;                  ///< local ids
  std::vector<std::uint32_t> to;                    ///< local ids
  GrowingColumn<std::uint8_t> from_second_kind{0};  ///< 1: `from` is of RelationEnds::also_from
  GrowingColumn<PackedProvenance> provenance{kUnsaidProvenance};
  GrowingColumn<std::uint32_t> segment{kNoSegment};
  GrowingColumns<double, kEdgeNumberCount> numbers{kNoNumber};
  GrowingColumn<std::uint32_t> detail{0};
};

/// The columns of a RelationStorage, still as vectors; one that says nothing is empty.
struct FrozenEdges {
  std::vector<std::uint64_t> out_offsets;
  std::vector<EntityId> targets;
  std::vector<std::uint64_t> in_offsets;
  std::vector<EntityId> sources;
  std::vector<std::uint32_t> in_edges;
  std::vector<std::uint32_t> segment;
  std::array<std::vector<double>, kEdgeNumberCount> numbers;
  std::vector<std::uint32_t> detail;
  std::vector<PackedProvenance> provenance;
};

/// Sorts, merges and freezes the instances of one relation by the rule of GraphBuilder::build().
/// Runs on all threads; the result does not depend on their number.
///
/// @param storage    Tells how many entities of each kind there are.
/// @param edges      Emptied as it is used, so that both forms are not in memory at once.
/// @param conflicts  Statements that lost are added in the order of (edge, source, row).
/// @param watch      Told after each of its steps.
/// @throws Error{Cancelled} if the watch says so.
/// @complexity  Time O((V + E) log d), d the largest degree; memory beyond the result 4 bytes an
///              instance and 8 an entity.
[[nodiscard]] FrozenEdges freeze(const Storage& storage, RelationKind kind, PendingEdges edges,
                                 std::vector<PackedConflict>& conflicts, BuildWatch& watch);

}  // namespace liantu::detail
