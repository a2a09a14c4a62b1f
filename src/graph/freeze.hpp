#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "graph/build_watch.hpp"
#include "graph/growing_column.hpp"
#include "graph/storage.hpp"
#include "liantu/base/core/big_vector.hpp"
#include "liantu/graph/builder.hpp"

namespace liantu::detail {

/// Instances of one relation in the order in which they were added.
struct PendingEdges {
  std::vector<BigVector<LocalEnds>> plain;          ///< those that say nothing but their ends
  std::vector<std::uint32_t> from;                  ///< local ids
  std::vector<std::uint32_t> to;                    ///< local ids
  GrowingColumn<std::uint8_t> from_second_kind{0};  ///< 1: `from` is of RelationEnds::also_from
  GrowingColumn<PackedProvenance> provenance{kUnsaidProvenance};
  GrowingColumn<std::uint32_t> segment{kNoSegment};
  GrowingColumns<double, kEdgeNumberCount> numbers{kNoNumber};
  GrowingColumn<std::uint32_t> detail{0};

  [[nodiscard]] std::uint64_t size() const;
  /// Whether no instance says more than its ends, which are of the first kinds.
  [[nodiscard]] bool all_plain() const;
};

/// The columns of a RelationStorage, still as vectors; one that says nothing is empty.
struct FrozenEdges {
  BigVector<std::uint64_t> out_offsets;
  BigVector<EntityId> targets;
  BigVector<std::uint64_t> in_offsets;
  BigVector<EntityId> sources;
  BigVector<std::uint32_t> in_edges;
  std::vector<std::uint32_t> segment;
  std::array<std::vector<double>, kEdgeNumberCount> numbers;
  std::vector<std::uint32_t> detail;
  std::vector<PackedProvenance> provenance;
};

/// Sorts, merges and freezes the instances of one relation by the rule of GraphBuilder::build().
/// Runs on all threads; the result does not depend on their number.
///
/// @param storage    Tells how many entities of each kind there are.
/// @param source_order  Place of each source in the order of their texts, which decides between
///                   equally trusted ones, so that the order in which they were registered does
///                   not.
/// @param edges      Emptied as it is used, so that both forms are not in memory at once.
/// @param conflicts  Statements that lost are added in the order of (edge, source, row).
/// @param watch      Told after each of its steps.
/// @throws Error{Cancelled} if the watch says so.
/// @complexity  Time O((V + E) log d), d the largest degree; memory beyond the result 4 bytes an
///              instance and 8 an entity.
[[nodiscard]] FrozenEdges freeze(const Storage& storage, RelationKind kind,
                                 std::span<const std::uint32_t> source_order, PendingEdges edges,
                                 std::vector<PackedConflict>& conflicts, BuildWatch& watch);

/// freeze() of instances that say nothing but their ends: equal ones are one, and there is nothing
/// to merge and no column to write.
///
/// @param from    Rows of the out-adjacency.
/// @param to      Rows of the in-adjacency.
/// @param plain   Ends within these rows; emptied as they are used.
/// @param watch   Told after each of its steps.
/// @throws Error{Cancelled} if the watch says so.
/// @complexity    Linear; memory beyond the result 16 bytes an instance. Every step works on blocks
///                that fit the cache of a core.
[[nodiscard]] FrozenEdges freeze_plain(Rows from, Rows to, std::vector<BigVector<LocalEnds>> plain,
                                       BuildWatch& watch);

}  // namespace liantu::detail
