#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "liantu/base/regions/region.hpp"
#include "liantu/base/values/firm_name.hpp"

namespace liantu {

constexpr std::size_t kLongestCompared = 64;  // characters of a name that are compared

/// What a character of a name is part of, in the order in which the parts follow each other.
enum class NamePart : std::uint8_t { Place, Brand, Trade, Form };

/// A name ready to be compared. Characters outside the basic plane share codes of its private area.
struct PreparedName {
  std::array<char16_t, kLongestCompared> characters{};
  std::array<NamePart, kLongestCompared> parts{};
  std::size_t size = 0;
  std::uint64_t full = 0;  ///< hash of the normalised name
  std::uint64_t form = 0;  ///< … of its legal form
  RegionCode region;       ///< of the place
  bool has_form = false;
  bool says_shares = false;  ///< whether it ends in 股份
};

[[nodiscard]] PreparedName prepare_name(const FirmName& normal);

/// The name without what stock exchanges put around short names: *ST示例, 示例-W, 示例A.
[[nodiscard]] std::string_view without_market_marks(std::string_view full);

/// A known name, as many of them are kept: its characters stand in one array with all others'.
struct KnownName {
  std::uint64_t form = 0;
  std::uint32_t begin = 0;  ///< of its characters
  RegionCode region;
  std::uint8_t size = 0;
  std::uint8_t place_end = 0;
  std::uint8_t brand_end = 0;
  std::uint8_t trade_end = 0;
  bool has_form = false;

  [[nodiscard]] NamePart part(std::size_t at) const {
    if (at < place_end) return NamePart::Place;
    if (at < brand_end) return NamePart::Brand;
    return at < trade_end ? NamePart::Trade : NamePart::Form;
  }
};

/// @param begin  Where its characters begin.
[[nodiscard]] KnownName known_name(const PreparedName& name, std::size_t begin);

}  // namespace liantu
