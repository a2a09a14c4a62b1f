#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "chain/economy/economy.hpp"
#include "chain/gaps/search/firm_filter.hpp"

namespace liantu {

/// How many firms of each place make each segment or anything below it.
class PlaceMakers {
 public:
  struct Count {
    SegmentId segment{0};
    std::uint32_t firms = 0;
  };

  /// Looks at all firms, on all cores.
  PlaceMakers(const Economy& economy, const GapOptions& options);

  /// @param place  Position in Economy::places().
  [[nodiscard]] std::span<const Count> of(std::size_t place) const { return counts_[place]; }

 private:
  std::vector<std::vector<Count>> counts_;  // by place
};

}  // namespace liantu
