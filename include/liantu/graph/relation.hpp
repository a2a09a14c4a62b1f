#pragma once

#include <cstdint>
#include <optional>
#include <ranges>
#include <span>
#include <string_view>

#include "liantu/base/ids.hpp"
#include "liantu/graph/kinds.hpp"
#include "liantu/graph/provenance.hpp"

namespace liantu {

namespace detail {
struct Storage;
struct RelationStorage;
}  // namespace detail

/// Consecutive relation instances.
struct EdgeRange {
  std::uint64_t first = 0;
  std::uint64_t last = 0;  ///< one past the end

  [[nodiscard]] std::uint64_t size() const noexcept { return last - first; }
  [[nodiscard]] bool empty() const noexcept { return first == last; }
};

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
  [[nodiscard]] std::uint64_t size() const noexcept;

  /// Out-edges of an entity; empty for an entity of a kind that never has any.
  [[nodiscard]] EdgeRange out_edges(EntityId from) const noexcept;
  /// Where the out-edges lead, ascending, parallel to out_edges(). An entity stands twice when
  /// years or segments differ.
  [[nodiscard]] std::span<const EntityId> targets(EntityId from) const noexcept;
  /// Where the in-edges come from, ascending.
  [[nodiscard]] std::span<const EntityId> sources(EntityId to) const noexcept;
  /// The in-edges themselves, parallel to sources().
  [[nodiscard]] std::span<const std::uint32_t> in_edges(EntityId to) const noexcept;

  /// Whether at least one instance leads from one entity to the other. O(log degree).
  [[nodiscard]] bool connects(EntityId from, EntityId to) const noexcept;

  [[nodiscard]] EntityId target(EdgeId edge) const noexcept;
  /// O(log entities).
  [[nodiscard]] EntityId source(EdgeId edge) const noexcept;
  /// Segment concerned (supplies only).
  [[nodiscard]] std::optional<SegmentId> segment(EdgeId edge) const noexcept;
  [[nodiscard]] std::optional<double> number(EdgeId edge, EdgeNumber which) const noexcept;
  /// Words that go with it: role of `serves`, kind of `cooperates`, scope words of inferred `makes`
  /// and `trades`.
  [[nodiscard]] std::string_view detail(EdgeId edge) const noexcept;
  [[nodiscard]] Provenance provenance(EdgeId edge) const noexcept;

 private:
  friend class EnterpriseGraph;
  Relation(const detail::Storage* storage, RelationKind kind);

  const detail::Storage* storage_;
  const detail::RelationStorage* relation_;
  RelationKind kind_;
};

}  // namespace liantu
