#pragma once

#include <bit>
#include <cstdint>

namespace liantu {

/// A score without the digits that only the order of its addends decides: 30 bits are kept, so that
/// scores which are equal on paper tie.
[[nodiscard]] inline double settled(double score) {
  constexpr std::uint64_t kDropped = 23;  // of the 53 that a double has
  const auto bits = std::bit_cast<std::uint64_t>(score) + (std::uint64_t{1} << (kDropped - 1));
  return std::bit_cast<double>(bits >> kDropped << kDropped);
}

}  // namespace liantu
