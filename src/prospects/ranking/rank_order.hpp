#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "base/core/hash_map.hpp"
#include "liantu/base/core/ids.hpp"

namespace liantu {

/// What a score in hundredths of a point rounds to.
[[nodiscard]] inline std::size_t whole_points(std::int32_t cents) {
  return static_cast<std::size_t>((std::max(cents, 0) + 50) / 100);
}

/// A firm and its score in hundredths of a point, as it is and if all unknowns turned out well.
struct ScoredFirm {
  FirmId firm{0};
  std::int32_t cents = 0;
  std::int32_t best = 0;  ///< at least `cents`
  std::uint32_t gap = 0;  ///< the one it would fill above all, index into GapReport::gaps
  std::uint32_t kind =
      0;  ///< of goods, by which it would: place in Gap::kinds_needed from 1; 0 = none
};

/// The whole points of the last of the first `most` rows where of each gap no more than the first
/// `each` are taken, 0 = any, and half as many (rounded up) of a kind of goods in it, which counts as a
/// gap of its own; 0 where there are fewer rows. Of lower scores it is no more.
[[nodiscard]] std::size_t points_of_last_row(std::span<const ScoredFirm> firms, std::size_t each,
                                             std::size_t most);

/// Whether one firm stands before another in a list: whole points first, then the gap, in it the kind of
/// goods, then the score, then an order of firms, which is strict and total.
[[nodiscard]] bool stands_before(const ScoredFirm& a, const ScoredFirm& b,
                                 const std::function<bool(FirmId, FirmId)>& before);

/// The ranks of scored firms. Firms whose scores round to the same whole point share a rank: a
/// scorecard tells no finer. Among them those that fill the same gap stand together, the first gap
/// first, in it those of one kind of goods, then by score, then in an order of firms.
class RankOrder {
 public:
  using Before = std::function<bool(FirmId, FirmId)>;

  /// @param firms   Ascending, scores from 0 on. Kept by reference.
  /// @param before  A strict total order.
  RankOrder(const std::vector<ScoredFirm>& firms, Before before);

  [[nodiscard]] std::size_t size() const noexcept { return firms_.size(); }
  /// Positions of the firms in the order of the list, no more than so many; 0 = all.
  [[nodiscard]] std::vector<std::uint32_t> first(std::size_t most);
  /// Positions of some firms, ascending, in the order of the list.
  [[nodiscard]] std::vector<std::uint32_t> in_order(std::span<const FirmId> firms) const;
  /// The same as first() of those that are left when of each gap all but the first `each` are passed over; a kind
  /// of goods in it counts as a gap of its own, with half as many (rounded up).
  [[nodiscard]] std::vector<std::uint32_t> first_of_each_gap(std::size_t each, std::size_t most);
  /// From 1; shared by those of the same whole point.
  [[nodiscard]] std::uint32_t rank(std::uint32_t position) const;
  /// The rank if all its unknowns turned out well and the others stayed.
  [[nodiscard]] std::uint32_t best_rank(std::uint32_t position) const;
  /// The rank if the others' unknowns all turned out well and its own did not.
  [[nodiscard]] std::uint32_t worst_rank(std::uint32_t position) const;
  /// The fewest hundredths of a point with which one more firm would have a rank, or a better one.
  [[nodiscard]] std::int32_t cents_for(std::uint32_t rank) const;
  /// How many share its rank and fill the same gap with the same kind, itself among them.
  [[nodiscard]] std::uint32_t alike(std::uint32_t position);
  /// Puts all firms in order at once, on all cores.
  /// @param look  Called between firms of one rank and another; what it throws ends the call.
  void settle_all(const std::function<void()>& look);

 private:
  /// How many firms have more than so many whole points by a score.
  struct Column {
    std::vector<std::uint32_t> above;  // by whole points
  };
  [[nodiscard]] Column lay_out(std::int32_t ScoredFirm::*score) const;
  // The positions with so many whole points.
  [[nodiscard]] std::span<std::uint32_t> equal(std::size_t points);
  [[nodiscard]] bool stands_before(std::uint32_t a, std::uint32_t b) const;

  const std::vector<ScoredFirm>& firms_;
  Before before_;
  std::size_t highest_ = 0;  // whole points
  Column by_score_;
  Column by_best_;
  std::vector<std::uint32_t> positions_;         // highest score first
  std::vector<std::size_t> sorted_;              // by whole points: how many of them are in order
  HashMap<std::uint64_t, std::uint32_t> alike_;  // by whole points, where counted, and gap
  std::vector<bool> counted_;                    // by whole points
};

}  // namespace liantu
