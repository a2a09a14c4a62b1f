#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <span>

#include "liantu/base/core/export.hpp"
#include "liantu/base/core/ids.hpp"
#include "liantu/base/values/date.hpp"
#include "liantu/graph/relation.hpp"
#include "liantu/graph/views/entity_set.hpp"

namespace LIANTU_API liantu {

/// What becomes of an instance that states no date where dates are asked for.
enum class Undated : std::uint8_t { LeaveOut, Keep };

/// Which instances of a relation are looked at. The default keeps all.
///
/// An instance is dated by what it states: it held from `since`, else `as_of`, else `until`, up to
/// `until`, else `as_of`; where it states `since` only, it holds to this day. A date known to the
/// year or the month stands for all its days.
struct RelationFilter {
  Date from;  ///< keeps what held on some day from here on; not known = no limit
  Date to;    ///< keeps what held on some day up to here; not known = no limit
  Undated undated = Undated::LeaveOut;  ///< matters only where `from` or `to` is known
  double min_confidence = 0;            ///< keeps what is trusted as much; [0, 1]
  std::optional<SegmentId> segment;  ///< keeps what concerns this segment itself; only `supplies`
                                     ///< says which, nothing of another relation passes
  std::optional<EntitySet> within;   ///< keeps what has both ends in the set
};

class FilteredRelation;

/// An instance seen from one of its ends.
struct FilteredEdge {
  EntityId entity{0};  ///< at the other end
  EdgeId edge{0};

  friend bool operator==(const FilteredEdge&, const FilteredEdge&) = default;
};

/// The instances of one entity and direction that a filter keeps: a forward range in the order of
/// the relation. Iterators are valid as long as the range and the FilteredRelation it comes from.
class FilteredRow {
 public:
  class Iterator {
   public:
    using value_type = FilteredEdge;
    using difference_type = std::ptrdiff_t;
    using iterator_concept = std::forward_iterator_tag;
    using iterator_category = std::input_iterator_tag;
    using pointer = void;
    using reference = FilteredEdge;

    Iterator() = default;

    FilteredEdge operator*() const noexcept { return row_->at(place_); }
    Iterator& operator++() noexcept {
      place_ = row_->from(place_ + 1);
      return *this;
    }
    Iterator operator++(int) noexcept {
      const Iterator before = *this;
      ++*this;
      return before;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) noexcept {
      return a.place_ == b.place_;
    }

   private:
    friend class FilteredRow;
    Iterator(const FilteredRow* row, std::size_t place) noexcept : row_(row), place_(place) {}

    const FilteredRow* row_ = nullptr;
    std::size_t place_ = 0;
  };

  [[nodiscard]] Iterator begin() const noexcept { return {this, from(0)}; }
  [[nodiscard]] Iterator end() const noexcept { return {this, others_.size()}; }

 private:
  friend class FilteredRelation;
  FilteredRow(const FilteredRelation& relation, EntityId entity, std::span<const EntityId> others,
              std::uint64_t first, const std::uint32_t* edges) noexcept
      : relation_(&relation), entity_(entity), others_(others), first_(first), edges_(edges) {}

  [[nodiscard]] FilteredEdge at(std::size_t place) const noexcept {
    return {others_[place], EdgeId{edges_ != nullptr ? edges_[place] : first_ + place}};
  }
  /// The first place that the filter keeps and that is not before `place`.
  [[nodiscard]] std::size_t from(std::size_t place) const noexcept;

  const FilteredRelation* relation_;
  EntityId entity_;
  std::span<const EntityId> others_;
  std::uint64_t first_;         ///< number of the first out-edge
  const std::uint32_t* edges_;  ///< the in-edges; null for out-edges
};

/// A relation as a filter leaves it. Nothing of the graph is copied: each instance is judged when
/// it is looked at, in O(1). Valid as long as the graph; copies share the filter.
/// `liantu/graph/views/boost_filter.hpp` shows it to Boost.Graph.
class FilteredRelation {
 public:
  /// @throws Error{InvalidArgument} if `min_confidence` lies outside [0, 1] or `from` is after
  /// `to`.
  FilteredRelation(const Relation& relation, RelationFilter filter);
  /// Shares a filter with other relations. @throws Error{InvalidArgument} likewise.
  FilteredRelation(const Relation& relation, std::shared_ptr<const RelationFilter> filter);

  [[nodiscard]] const Relation& relation() const noexcept { return relation_; }
  [[nodiscard]] const RelationFilter& filter() const noexcept { return *filter_; }

  /// Whether the filter keeps an instance, given with its two ends in either order.
  [[nodiscard]] bool keeps(EntityId one, EntityId other, EdgeId edge) const noexcept;

  /// Instances that lead from an entity, ascending by where they lead.
  [[nodiscard]] FilteredRow out_edges(EntityId from) const noexcept {
    return {*this, from, relation_.targets(from), relation_.out_edges(from).first, nullptr};
  }
  /// Instances that lead to an entity, ascending by where they come from.
  [[nodiscard]] FilteredRow in_edges(EntityId to) const noexcept {
    return {*this, to, relation_.sources(to), 0, relation_.in_edges(to).data()};
  }

 private:
  Relation relation_;
  std::shared_ptr<const RelationFilter> filter_;
  bool asks_dates_ = false;
};

inline std::size_t FilteredRow::from(std::size_t place) const noexcept {
  while (place < others_.size()) {
    const FilteredEdge edge = at(place);
    if (relation_->keeps(entity_, edge.entity, edge.edge)) break;
    ++place;
  }
  return place;
}

}  // namespace liantu
