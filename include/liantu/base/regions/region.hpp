#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"

namespace LIANTU_API liantu {

/// Level of an administrative division.
enum class RegionLevel : std::uint8_t { Unknown, Province, City, District };

/// Administrative division code (GB/T 2260): six digits, `500000` a province, `500100` a city,
/// `500104` a district. A default RegionCode is *unknown*, which is a state of its own and never
/// means "elsewhere".
class RegionCode {
 public:
  constexpr RegionCode() = default;
  /// @param code  Six-digit number; 0 is unknown.
  constexpr explicit RegionCode(std::uint32_t code) : code_(code) {}

  [[nodiscard]] constexpr bool known() const noexcept { return code_ != 0; }
  [[nodiscard]] constexpr std::uint32_t value() const noexcept { return code_; }
  [[nodiscard]] RegionLevel level() const noexcept;

  /// Whether `other` is this division or lies in it. Nothing lies in the unknown region, and the
  /// unknown lies nowhere. The two prefixes of a municipality (5001 districts, 5002 counties) are
  /// one city. A wider division never lies in a narrower one.
  [[nodiscard]] bool contains(RegionCode other) const noexcept;
  /// The city it lies in (a municipality is its own city, and so is a county right under its
  /// province, 4290xx); itself for a province; unknown for unknown.
  [[nodiscard]] RegionCode city() const noexcept;
  /// The province it lies in; unknown for unknown.
  [[nodiscard]] RegionCode province() const noexcept;
  /// Six digits; empty when unknown.
  [[nodiscard]] std::string to_string() const;

  friend auto operator<=>(const RegionCode&, const RegionCode&) = default;

 private:
  std::uint32_t code_ = 0;
};

/// Reads `50`, `5001`, `500104` or a longer code that starts with a division (`500104001`).
/// @return  The code padded to six digits, or nothing when the text is not made of 2, 4, 6, 9 or 12
///          digits of which the first is not 0. Whether such a division exists is not asked.
[[nodiscard]] std::optional<RegionCode> parse_region_code(std::string_view text);

/// Name of a division as the table has it: `大渡口区`, `重庆市`; empty when the table does not know
/// the code.
[[nodiscard]] std::string_view region_name(RegionCode region);

/// Name with all levels above it: `重庆市大渡口区`, `广东省深圳市南山区`; empty when the table does
/// not know the code.
[[nodiscard]] std::string region_full_name(RegionCode region);

/// Whether the table of divisions has this code. Abolished divisions are not in it, though firms
/// keep codes issued there.
[[nodiscard]] bool region_exists(RegionCode region);

/// Finds the division that a text starts with or names, each level inside the one before it.
///
/// @param text    An address, a firm's name or a stated district: `重庆市大渡口区新山村824号`,
///                `大渡口`, `深圳南山`. A district is read at the start or behind the division it
///                lies in; amid other words only a province or city counts, with its rank (深圳市)
///                or in brackets.
/// @param within  Division in which to look; unknown for the whole country.
/// @return        The narrowest division the text names without ambiguity; unknown when it names
///                none, or when a bare district name (`城关区`, `朝阳`) fits several divisions and
///                nothing says which.
/// @complexity    Linear in the text.
/// @source        GB/T 2260.
[[nodiscard]] RegionCode find_region(std::string_view text, RegionCode within = {});

/// All divisions that go by exactly this name, in full or without its rank: those between which
/// find_region() cannot tell when it finds none. Ascending by code.
[[nodiscard]] std::vector<RegionCode> regions_named(std::string_view name);

/// All divisions of one level, ascending by code; none for RegionLevel::Unknown. Codes that only
/// group others (`500100` 市辖区) are left out.
[[nodiscard]] std::span<const RegionCode> regions(RegionLevel level);

}  // namespace liantu
