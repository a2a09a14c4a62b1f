#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "liantu/base/regions/region.hpp"

namespace liantu {

/// A division while its code and its name stayed the same.
struct DivisionPeriod {
  static constexpr std::uint16_t kStill = 9999;  ///< until, of a division in force

  std::uint32_t code = 0;
  std::uint16_t since = 0;       ///< first year; 1981 stands for 1981 and before, 0 for not stated
  std::uint16_t until = kStill;  ///< first year in which it was no more
  std::string_view name;
  std::span<const std::uint32_t> heirs;  ///< codes in force on which its area went over, ascending;
                                         ///< itself while in force
  RegionCode now;    ///< the one division in force that it became, else what holds all its heirs
  bool same = true;  ///< `now` is its only heir or goes on under its name

  [[nodiscard]] RegionCode region() const { return RegionCode(code); }
  [[nodiscard]] bool in_force() const { return until == kStill; }
  [[nodiscard]] bool holds_in(int year) const {
    return (since <= 1981 || since <= year) && year < until;
  }
};

/// The whole table, ascending by code and year.
[[nodiscard]] std::span<const DivisionPeriod> division_periods();

/// The periods of one code, ascending by year; none when no division ever had it.
[[nodiscard]] std::span<const DivisionPeriod> division_periods(RegionCode code);

/// The division in force that has a code, or null.
[[nodiscard]] const DivisionPeriod* find_division(RegionCode code);

/// Streets and towns of a county, as `region_towns.inc` has them.
struct Town {
  std::string_view name;  ///< 新山村街道
  RegionCode county;
};

/// All streets and towns that go by this full name, ascending by county.
[[nodiscard]] std::span<const Town> towns_named(std::string_view name);

/// Beijing, Tianjin, Shanghai, Chongqing: cities with the rank of a province.
[[nodiscard]] constexpr bool is_municipality(std::uint32_t code) {
  const std::uint32_t province = code / 10000;
  return province == 11 || province == 12 || province == 31 || province == 50;
}

/// Counties that stand right under their province share a grouping code (4290xx) and no city.
[[nodiscard]] constexpr bool has_no_city(std::uint32_t code) { return code / 100 % 100 == 90; }

/// `500100` or `429000`: a code that groups divisions and is none itself.
[[nodiscard]] constexpr bool is_group(std::uint32_t code) {
  return code % 100 == 0 && code % 10000 != 0 && (is_municipality(code) || has_no_city(code));
}

}  // namespace liantu
