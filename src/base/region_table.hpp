#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace liantu {

/// One line of the compiled-in table.
struct Division {
  std::uint32_t code;
  std::string_view name;
};

/// The whole table, ascending by code.
[[nodiscard]] std::span<const Division> divisions();

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
