#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "chain/segments/taxonomy.hpp"

namespace liantu {

/// Amounts at positions of a taxonomy, summed up over ranges. Sums add what stands in the range and
/// subtract nothing, so that they are exact where the amounts are whole, and 0 where all are. O(log
/// S) each.
class PositionSums {
 public:
  explicit PositionSums(std::uint32_t positions) : first_(positions), sums_(2 * first_) {}

  void clear() {
    for (const std::uint32_t position : touched_) {
      for (std::size_t at = first_ + position; at > 0; at /= 2) sums_[at] = 0;
    }
    touched_.clear();
  }
  /// @param position  To which nothing was set since clear().
  void set(std::uint32_t position, double amount) {
    if (amount == 0) return;
    touched_.push_back(position);
    std::size_t at = first_ + position;
    sums_[at] = amount;
    while (at > 1) {
      at /= 2;
      sums_[at] = sums_[2 * at] + sums_[2 * at + 1];
    }
  }
  [[nodiscard]] double sum(Taxonomy::Range range) const {
    double total = 0;
    std::size_t first = first_ + range.first;
    std::size_t last = first_ + range.last;
    for (; first < last; first /= 2, last /= 2) {
      if (first % 2 == 1) total += sums_[first++];
      if (last % 2 == 1) total += sums_[--last];
    }
    return total;
  }

 private:
  std::size_t first_;         // of the leaves; inner nodes add their two children up
  std::vector<double> sums_;  // by node
  std::vector<std::uint32_t> touched_;
};

}  // namespace liantu
