#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "liantu/base/core/export.hpp"

namespace LIANTU_API liantu {

/// Pairs to learn a ranking from, those of one source behind each other.
struct RankingSample {
  std::size_t features = 0;           ///< values a pair has
  std::vector<float> values;          ///< pair by pair; NaN = missing
  std::vector<std::uint8_t> labels;   ///< 1 = the pair is linked, 0 = not known to be
  std::vector<std::uint32_t> groups;  ///< number of pairs of each source, in order

  [[nodiscard]] std::size_t pairs() const noexcept { return labels.size(); }
};

}  // namespace liantu
