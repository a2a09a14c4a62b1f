#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "graph/packing.hpp"
#include "liantu/graph/graph.hpp"

namespace liantu::detail {

/// "No segment" in a column of segments.
inline constexpr std::uint32_t kNoSegment = std::numeric_limits<std::uint32_t>::max();
/// "No number" in a column of numbers.
inline constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();

/// Kinds that a relation joins. A relation leads from one or two kinds to one.
struct RelationEnds {
  EntityKind from;
  EntityKind also_from;  ///< equal to `from` when there is only one
  EntityKind to;
};
[[nodiscard]] RelationEnds relation_ends(RelationKind kind) noexcept;
/// Whether an entity may be related to itself: a sector uses its own products (seed, electricity).
[[nodiscard]] constexpr bool may_join_itself(RelationKind kind) noexcept {
  return kind == RelationKind::Cooperates || kind == RelationKind::Requires;
}

/// A column; empty when no entity (or relation instance) has a value.
template <typename T>
using Column = std::span<const T>;

/// Deduplicated strings. String 0 is empty.
struct StringPool {
  Column<std::uint64_t> offsets;  ///< one more than there are strings
  Column<char> bytes;

  [[nodiscard]] std::string_view operator[](std::uint32_t id) const noexcept {
    if (id == 0) return {};
    return {bytes.data() + offsets[id], static_cast<std::size_t>(offsets[id + 1] - offsets[id])};
  }
};

/// Entities of one kind.
struct EntityStorage {
  Column<std::uint32_t> names;
  std::array<Column<std::uint32_t>, kEntityTextCount> texts;
  std::array<Column<double>, kEntityNumberCount> numbers;
  std::array<Column<std::uint8_t>, kEntityNumberCount> number_basis;
  std::array<Column<std::uint16_t>, kEntityNumberCount> number_years;  ///< 0: not known
  Column<std::uint32_t> region;
  Column<std::uint8_t> region_basis;
  Column<std::uint32_t> founded;  ///< packed dates
  Column<std::uint8_t> anchor;    ///< firms only
  Column<PackedProvenance> provenance;
};

/// One relation in both directions. All columns are empty when it has no instance.
struct RelationStorage {
  std::uint32_t first_from = 0;  ///< entity of the first row of the out-adjacency
  std::uint32_t first_to = 0;    ///< entity of the first row of the in-adjacency
  Column<std::uint64_t> out_offsets;
  Column<EntityId> targets;
  Column<std::uint64_t> in_offsets;
  Column<EntityId> sources;
  Column<std::uint32_t> in_edges;
  Column<std::uint32_t> segment;
  std::array<Column<double>, kEdgeNumberCount> numbers;
  Column<std::uint32_t> detail;
  Column<PackedProvenance> provenance;
};

/// The texts of a Source.
struct PackedSource {
  std::uint32_t file = 0;
  std::uint32_t sheet = 0;
  std::uint32_t citation = 0;
};

/// A conflict as the snapshot holds it.
struct PackedConflict {
  std::uint8_t relation = 0;
  std::uint8_t number = 0;
  std::uint16_t zero = 0;
  std::uint32_t edge = 0;
  double value = 0;
  PackedProvenance provenance;
};

/// Every array of a graph. The arrays are spans over bytes that `owner` keeps alive, whoever made
/// them: a builder's vectors, a file read into memory.
struct Storage {
  std::shared_ptr<const void> owner;
  std::string_view snapshot;  ///< the bytes that the arrays were read from; empty when built
  /// First EntityId of each kind, then the number of all entities.
  std::array<std::uint32_t, kEntityKinds.size() + 1> first{};
  StringPool strings;
  std::array<EntityStorage, kEntityKinds.size()> entities;
  std::array<RelationStorage, kRelationKinds.size()> relations;
  Column<std::uint64_t> covers_offsets;  ///< rows are organizations
  Column<RegionCode> covers;
  Column<PackedSource> source_texts;
  std::vector<Source> sources;  ///< `source_texts` written out
  Column<PackedConflict> conflicts;

  /// The latest day that a provenance names, packed; kNotLookedUp until it is first asked for, see
  /// data_date().
  static constexpr std::uint64_t kNotLookedUp = std::numeric_limits<std::uint64_t>::max();
  mutable std::atomic<std::uint64_t> latest_day{kNotLookedUp};

  /// `conflicts` as callers see them, made when first asked for.
  [[nodiscard]] const std::vector<Conflict>& unpacked_conflicts() const;

  [[nodiscard]] std::uint32_t size(EntityKind kind) const noexcept {
    const auto k = static_cast<std::size_t>(kind);
    return first[k + 1] - first[k];
  }

 private:
  mutable std::once_flag unpacked_;
  mutable std::vector<Conflict> unpacked_conflicts_;
};

/// Rows of an adjacency: a run of entities that contains every entity the relation may start from
/// (or lead to), and no kind beyond them.
struct Rows {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};
[[nodiscard]] Rows rows_from(const Storage& storage, RelationKind kind) noexcept;
[[nodiscard]] Rows rows_to(const Storage& storage, RelationKind kind) noexcept;

/// Segments on a cycle of `part_of`, each part of the next and the last of the first; empty when
/// there is none.
[[nodiscard]] std::vector<std::uint32_t> find_part_of_cycle(
    const Column<std::uint64_t>& out_offsets, const Column<EntityId>& targets,
    std::uint32_t first_segment);

/// The sources with their texts.
[[nodiscard]] std::vector<Source> write_out(const Column<PackedSource>& sources,
                                            const StringPool& strings);

/// Number `index` of a column, or what stands for nothing.
template <typename T>
[[nodiscard]] T value_or(const Column<T>& column, std::uint64_t index, T none) noexcept {
  return column.empty() ? none : column[index];
}

}  // namespace liantu::detail

namespace liantu {

/// The way from a graph to its arrays and back, for the files of this room.
struct GraphAccess {
  [[nodiscard]] static EnterpriseGraph make(std::shared_ptr<const detail::Storage> storage) {
    return EnterpriseGraph(std::move(storage));
  }
  [[nodiscard]] static const detail::Storage& storage(const EnterpriseGraph& graph) {
    return *graph.storage_;
  }
};

}  // namespace liantu
