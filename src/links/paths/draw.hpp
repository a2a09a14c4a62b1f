#pragma once

#include <cstdint>
#include <initializer_list>

namespace liantu {

/// A number that only its key decides, so that what is drawn depends neither on order nor on
/// threads. Good in all 64 bits.
/// @source  Steele, Lea, Flood (2014), doi:10.1145/2660193.2660195, for the finalizer.
[[nodiscard]] inline std::uint64_t drawn(std::initializer_list<std::uint64_t> key) {
  std::uint64_t state = 0x9E37'79B9'7F4A'7C15;
  for (const std::uint64_t part : key) {
    state += part + 0x9E37'79B9'7F4A'7C15;
    state = (state ^ (state >> 30)) * 0xBF58'476D'1CE4'E5B9;
    state = (state ^ (state >> 27)) * 0x94D0'49BB'1331'11EB;
    state ^= state >> 31;
  }
  return state;
}

/// A number below `end` by the upper half of a drawn one; its bias is below end / 2^32.
[[nodiscard]] inline std::uint32_t below(std::uint64_t number, std::uint32_t end) {
  return static_cast<std::uint32_t>((number >> 32) * end >> 32);
}

/// A fraction in (0, 1).
[[nodiscard]] inline double fraction(std::uint64_t number) {
  return (static_cast<double>(number >> 11) + 0.5) * 0x1p-53;
}

}  // namespace liantu
