#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "chain/economy/economy.hpp"
#include "chain/firms/production.hpp"
#include "chain/gaps/search/firm_filter.hpp"
#include "chain/gaps/search/maker_table.hpp"
#include "chain/gaps/search/place_makers.hpp"

namespace liantu {

/// Who near a district makes what it needs, listed or only counted. Keeps its memory from one
/// district to the next.
class NearbyMakers {
 public:
  explicit NearbyMakers(const Economy& economy);

  void clear();
  /// Lists the makers of some segments. After clear(), in place of count().
  ///
  /// @param places    Positions in Economy::places().
  /// @param segments  Others are left out.
  void list(std::span<const std::size_t> places, std::span<const std::uint32_t> segments,
            const GapOptions& options);
  /// Counts the makers of all segments. After clear(), in place of list().
  void count(std::span<const std::size_t> places, const PlaceMakers& place_makers);

  /// Those listed; none where they are only counted.
  [[nodiscard]] std::span<const Maker> of(SegmentId segment) { return listed_.of(segment); }
  /// How many are counted; 0 where they are listed.
  [[nodiscard]] std::uint32_t counted(SegmentId segment) const { return counts_[raw(segment)]; }
  /// How many there are, listed or counted.
  [[nodiscard]] double how_many(SegmentId segment);

 private:
  const Economy& economy_;
  MakerTable listed_;
  std::vector<std::uint32_t> counts_;   // by segment
  std::vector<std::uint32_t> counted_;  // segments that have some
  std::vector<Statement> statements_;
};

}  // namespace liantu
