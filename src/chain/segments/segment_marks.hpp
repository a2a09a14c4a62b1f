#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <queue>
#include <span>
#include <tuple>
#include <vector>

#include "base/core/hash_map.hpp"
#include "chain/segments/taxonomy.hpp"

namespace liantu {

/// Some segments of a taxonomy, found from above and from below them without a look at those that
/// stand between: however deep the taxonomy is, a question costs little more than its answer.
class SegmentMarks {
 public:
  /// From where marked segments are asked for.
  enum class Asked : std::uint8_t { FromAbove, FromBoth };

  /// @param taxonomy  Kept by reference.
  SegmentMarks(const Taxonomy& taxonomy, Asked asked);

  /// Marks these and no others.
  /// @param segments  Each once, in any order.
  /// @complexity      O(N log N), and O(S) where they are asked for from both sides.
  void mark(std::span<const std::uint32_t> segments);

  [[nodiscard]] bool contains(SegmentId segment) const { return marked_[raw(segment)]; }

  /// Calls `visit` with each marked segment that is the given one or lies below it, by position.
  template <typename Visit>
  void for_each_below(SegmentId segment, const Visit& visit) const {
    std::vector<Taxonomy::Range> ranges;
    taxonomy_.append_ranges_below(segment, ranges);
    for (const Taxonomy::Range& range : ranges) {
      auto at = std::ranges::lower_bound(positions_, range.first);
      for (; at != positions_.end() && *at < range.last; ++at) visit(taxonomy_.at(*at));
    }
  }

  /// Calls `visit` with each marked segment above the given one, nearest level first, then
  /// ascending, as long as it returns true. To be asked where marks are asked for from both sides.
  template <typename Visit>
  void for_each_above(SegmentId segment, const Visit& visit) const {
    Ancestor at{segment, 0};
    while (at.level <= taxonomy_.size()) {  // a graph that was read unchecked may go in a circle
      const std::span<const SegmentId> parents = taxonomy_.parents(at.segment);
      if (parents.size() > 1) {
        for_each_above_fork(at, visit);
        return;
      }
      if (parents.empty()) return;
      at = step(at, parents.front());
      if (at.segment == kNone) return;
      if (contains(at.segment) && !visit(static_cast<const Ancestor&>(at))) return;
    }
  }

  /// Whether it or a segment above it is marked.
  [[nodiscard]] bool any_at_or_above(SegmentId segment) const {
    bool any = contains(segment);
    if (!any) {
      for_each_above(segment, [&](const Ancestor&) {
        any = true;
        return false;
      });
    }
    return any;
  }

 private:
  static constexpr SegmentId kNone{std::numeric_limits<std::uint32_t>::max()};

  /// Whether a way up may not pass by: it is marked, ends there or forks.
  [[nodiscard]] bool stops(SegmentId segment) const {
    return contains(segment) || taxonomy_.parents(segment).size() != 1;
  }
  /// From a segment to its parent, and on to the first that stops.
  [[nodiscard]] Ancestor step(Ancestor from, SegmentId parent) const {
    if (stops(parent)) return {parent, from.level + 1};
    const SegmentId next = next_[raw(parent)];
    if (next == kNone) return {kNone, 0};
    return {next, from.level + 1 + taxonomy_.depth(parent) - taxonomy_.depth(next)};
  }

  template <typename Visit>
  void for_each_above_fork(Ancestor fork, const Visit& visit) const {
    const auto later = [](const Ancestor& a, const Ancestor& b) {
      return std::tuple(a.level, a.segment) > std::tuple(b.level, b.segment);
    };
    std::priority_queue<Ancestor, std::vector<Ancestor>, decltype(later)> open(later);
    HashSet<std::uint32_t> seen = {raw(fork.segment)};
    open.push(fork);
    while (!open.empty()) {
      const Ancestor at = open.top();
      open.pop();
      if (at.segment != fork.segment) {
        if (!seen.insert(raw(at.segment)).second) continue;
        if (contains(at.segment) && !visit(at)) return;
      }
      for (const SegmentId parent : taxonomy_.parents(at.segment)) {
        const Ancestor next = step(at, parent);
        if (next.segment != kNone && !seen.contains(raw(next.segment))) open.push(next);
      }
    }
  }

  const Taxonomy& taxonomy_;
  Asked asked_;
  std::vector<bool> marked_;              // by segment
  std::vector<std::uint32_t> positions_;  // of the marked ones, ascending
  std::vector<SegmentId> next_;  // by segment with one parent: the first above it that stops
};

}  // namespace liantu
