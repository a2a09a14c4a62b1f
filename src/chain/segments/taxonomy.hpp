#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/core/hash_map.hpp"
#include "base/run/stopping.hpp"
#include "liantu/graph/graph.hpp"

namespace liantu {

/// A segment above another one and how many levels up.
struct Ancestor {
  SegmentId segment{0};
  std::uint32_t level = 0;
};

/// The `part_of` relation seen as a taxonomy. Chains group segments and are no segments themselves:
/// nobody makes a chain, so they are left out.
///
/// Segments have positions, numbered so that what lies below a segment stands right behind it, as
/// far as each segment is part of one other. Segments that are part of several stand below one of
/// them, and the other ways down are kept beside. So all that lies below a segment is one range of
/// positions, or a few, however deep the taxonomy is; memory is linear in the relation.
class Taxonomy {
 public:
  /// Positions first … last − 1.
  struct Range {
    std::uint32_t first = 0;
    std::uint32_t last = 0;

    friend bool operator==(const Range&, const Range&) = default;
  };

  /// @throws Error{Cancelled}.
  explicit Taxonomy(const EnterpriseGraph& graph, const Stopping& stopping = {});

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(chain_.size()); }
  /// Whether the segment is a chain.
  [[nodiscard]] bool chain(SegmentId segment) const { return chain_[raw(segment)]; }
  /// The segments that it is part of, ascending; each once.
  [[nodiscard]] std::span<const SegmentId> parents(SegmentId segment) const {
    const std::size_t first = parent_offsets_[raw(segment)];
    return std::span(parents_).subspan(first, parent_offsets_[raw(segment) + 1] - first);
  }

  /// Calls `visit` with the segment itself at level 0, then with all above it, nearest level first,
  /// each once, as long as it returns true.
  template <typename Visit>
  void walk_up(SegmentId segment, const Visit& visit) const {
    Ancestor at{segment, 0};
    // A graph that was read unchecked may go in a circle.
    for (; at.level <= size(); ++at.level) {
      if (!visit(static_cast<const Ancestor&>(at))) return;
      const std::span<const SegmentId> above = parents(at.segment);
      if (above.empty()) return;
      if (above.size() > 1) {
        walk_up_from_fork(at, visit);
        return;
      }
      at.segment = above.front();
    }
  }
  /// The segment and all below it, the segment first, then level by level; each once.
  [[nodiscard]] std::vector<SegmentId> below(SegmentId segment) const;
  /// All above a segment, nearest level first, without the segment; each once.
  [[nodiscard]] std::vector<SegmentId> above(SegmentId segment) const;
  /// Whether it and all above it are each part of one other segment at most.
  [[nodiscard]] bool one_way_up(SegmentId segment) const { return one_way_up_[raw(segment)]; }
  /// How many lie above a segment. O(1) where each of them is part of one other at most.
  [[nodiscard]] std::size_t count_above(SegmentId segment) const;
  /// Whether a segment is the other one or lies below it; no chains. O(log S), but for a walk up
  /// where what lies below the other one is part of several.
  [[nodiscard]] bool at_or_below(SegmentId segment, SegmentId other) const;
  /// How many levels a segment lies below another one that it is or lies below.
  [[nodiscard]] std::uint32_t levels_below(SegmentId segment, SegmentId other) const;
  /// The `requires` of a segment: its own, else those of the nearest segments above it that have
  /// some.
  [[nodiscard]] std::vector<EdgeId> inputs(SegmentId segment) const;

  [[nodiscard]] std::uint32_t position(SegmentId segment) const { return positions_[raw(segment)]; }
  [[nodiscard]] SegmentId at(std::uint32_t position) const { return order_[position]; }
  /// How many levels it lies below the top, by the way down that the positions follow.
  [[nodiscard]] std::uint32_t depth(SegmentId segment) const { return depths_[raw(segment)]; }
  /// Adds where a segment and all below it stand, ascending; ranges do not overlap.
  void append_ranges_below(SegmentId segment, std::vector<Range>& ranges) const;

 private:
  // A way down that the positions do not follow.
  struct Shortcut {
    std::uint32_t from = 0;  // position
    std::uint32_t to = 0;    // position

    friend auto operator<=>(const Shortcut&, const Shortcut&) = default;
  };

  void gather_parents(const Stopping& stopping);
  void number(const Stopping& stopping);
  void place_all_below(SegmentId top, const Relation& part_of, const Stopping& stopping);
  void gather_shortcuts();

  [[nodiscard]] Range own_range(SegmentId segment) const {
    return {position(segment), ends_[raw(segment)]};
  }
  [[nodiscard]] std::span<const Shortcut> shortcuts_from(Range range) const;

  template <typename Visit>
  void walk_up_from_fork(Ancestor fork, const Visit& visit) const {
    std::vector<Ancestor> open = {fork};
    HashSet<std::uint32_t> seen = {raw(fork.segment)};
    for (std::size_t next = 0; next < open.size(); ++next) {
      const Ancestor one = open[next];
      if (next > 0 && !visit(one)) return;
      for (const SegmentId parent : parents(one.segment)) {
        if (seen.insert(raw(parent)).second) open.push_back({parent, one.level + 1});
      }
    }
  }

  EnterpriseGraph graph_;
  std::vector<bool> chain_;
  std::vector<std::uint32_t> parent_offsets_;  // by segment
  std::vector<SegmentId> parents_;
  std::vector<std::uint32_t> positions_;  // by segment
  std::vector<std::uint32_t> ends_;       // by segment: behind the last position below it
  std::vector<std::uint32_t> depths_;     // by segment
  std::vector<bool> one_way_up_;          // by segment
  std::vector<SegmentId> order_;          // by position
  std::vector<Shortcut> shortcuts_;       // ascending
};

}  // namespace liantu
