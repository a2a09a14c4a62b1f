#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace liantu {

/// An area that is no county (新区, 开发区, 高新区, 保税区) and lies in one.
struct Zone {
  std::string_view name;  ///< as it stands in addresses, with or without the city before it
  std::uint32_t county;   ///< county in force in which the whole of it, or its seat, lies
};

/// Zones known to lie in one county. Zones that several counties share (两江新区, 雄安新区) are not
/// among them: they lead no deeper than their city or province.
[[nodiscard]] std::span<const Zone> zones();

}  // namespace liantu
