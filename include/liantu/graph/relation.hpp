#pragma once

#include <cstdint>
#include <optional>
#include <ranges>
#include <span>
#include <string_view>

#include "liantu/base/core/export.hpp"
#include "liantu/base/core/ids.hpp"
#include "liantu/graph/kinds.hpp"
#include "liantu/graph/provenance.hpp"

namespace LIANTU_API liantu {

/// Consecutive relation instances.
struct EdgeRange {
  std::uint64_t first = 0;
  std::uint64_t last = 0;  ///< one past the end

  [[nodiscard]] std::uint64_t size() const noexcept { return last - first; }
  [[nodiscard]] bool empty() const noexcept { return first == last; }
};

namespace detail {
struct Storage;
struct RelationStorage;

/// Rows of one direction of a relation.
struct Adjacency {
  const std::uint64_t* offsets = nullptr;  ///< one more than there are rows
  std::uint32_t first = 0;                 ///< entity of row 0
  std::uint32_t count = 0;

  [[nodiscard]] EdgeRange of(EntityId entity) const noexcept {
    // An entity before the first row wraps around to a number beyond the last one.
    const std::uint32_t row = raw(entity) - first;
    if (row >= count) return {};
    return {offsets[row], offsets[row + 1]};
  }
};
}  // namespace detail

/// All instances of one relation: compressed sparse rows in both directions that share one edge
/// index. A light view that is valid as long as its graph; copying it copies no data.
///
/// Instances are numbered by (from, to, segment, year), so that out-edges of an entity are
/// consecutive and sorted by target; sources of an entity are sorted likewise. Unless said
/// otherwise a call takes O(1).
class Relation {
 public:
  [[nodiscard]] RelationKind kind() const noexcept { return kind_; }
  /// Number of instances.
  [[nodiscard]] std::uint64_t size() const noexcept { return size_; }

  /// Out-edges of an entity; empty for an entity of a kind that never has any.
  [[nodiscard]] EdgeRange out_edges(EntityId from) const noexcept { return out_.of(from); }
  /// Where the out-edges lead, ascending, parallel to out_edges(). An entity stands twice when
  /// years or segments differ.
  [[nodiscard]] std::span<const EntityId> targets(EntityId from) const noexcept {
    const EdgeRange range = out_.of(from);
    return {targets_ + range.first, range.size()};
  }
  /// Where the in-edges come from, ascending.
  [[nodiscard]] std::span<const EntityId> sources(EntityId to) const noexcept {
    const EdgeRange range = in_.of(to);
    return {sources_ + range.first, range.size()};
  }
  /// The in-edges themselves, parallel to sources().
  [[nodiscard]] std::span<const std::uint32_t> in_edges(EntityId to) const noexcept {
    const EdgeRange range = in_.of(to);
    return {in_edges_ + range.first, range.size()};
  }
  /// Number of in-edges.
  [[nodiscard]] std::uint64_t in_degree(EntityId to) const noexcept { return in_.of(to).size(); }

  /// Whether at least one instance leads from one entity to the other. O(log degree).
  [[nodiscard]] bool connects(EntityId from, EntityId to) const noexcept;

  [[nodiscard]] EntityId target(EdgeId edge) const noexcept { return targets_[raw(edge)]; }
  /// O(log entities).
  [[nodiscard]] EntityId source(EdgeId edge) const noexcept;
  /// Segment concerned (supplies only).
  [[nodiscard]] std::optional<SegmentId> segment(EdgeId edge) const noexcept;
  [[nodiscard]] std::optional<double> number(EdgeId edge, EdgeNumber which) const noexcept;
  /// Words that go with it: role of `serves`, kind of `cooperates`, scope words or industry of
  /// inferred `makes` and `trades`, kImportsProportional of `requires`.
  [[nodiscard]] std::string_view detail(EdgeId edge) const noexcept;
  [[nodiscard]] Provenance provenance(EdgeId edge) const noexcept;

 private:
  friend class EnterpriseGraph;
  Relation(const detail::Storage* storage, RelationKind kind);

  const detail::Storage* storage_;
  const detail::RelationStorage* relation_;
  // What walks need, at hand.
  detail::Adjacency out_;
  detail::Adjacency in_;
  const EntityId* targets_;
  const EntityId* sources_;
  const std::uint32_t* in_edges_;
  std::uint64_t size_;
  RelationKind kind_;
};

}  // namespace liantu
