#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"

namespace LIANTU_API liantu {

/// What per-mu rules count of a firm in a year.
enum class Quantity : std::uint8_t {
  Tax,          ///< CNY
  Revenue,      ///< CNY
  ValueAdded,   ///< CNY
  Output,       ///< CNY: sum of what the firm is stated to make
  Research,     ///< CNY of R&D spending
  Capital,      ///< CNY of registered capital
  Staff,        ///< heads
  Land,         ///< mu in use, see land_use()
  Energy,       ///< tonnes of coal equivalent
  Emission,     ///< tonnes
  Electricity,  ///< kWh
  FloorSpace,   ///< m²
};
inline constexpr std::size_t kQuantityCount = 12;
inline constexpr std::array kQuantities = {
    Quantity::Tax,      Quantity::Revenue,  Quantity::ValueAdded,  Quantity::Output,
    Quantity::Research, Quantity::Capital,  Quantity::Staff,       Quantity::Land,
    Quantity::Energy,   Quantity::Emission, Quantity::Electricity, Quantity::FloorSpace};

/// `tax`, `value_added`, `land`, …: the word of schemes and policies.
[[nodiscard]] std::string_view quantity_word(Quantity quantity);
/// Its name for people: value added 增加值.
[[nodiscard]] Text quantity_text(Quantity quantity);
/// The quantity that a word names, or nothing.
[[nodiscard]] std::optional<Quantity> parse_quantity(std::string_view word);
/// Whether it is an amount of money.
[[nodiscard]] bool is_money(Quantity quantity);

/// What a ratio counted in CNY, mu, heads and so on is divided by to stand in a unit: 10,000 for
/// `万元/亩` of tax per land, 1 for an empty unit, 0.01 for `%`.
///
/// @return  Nothing when the unit does not measure this ratio.
[[nodiscard]] std::optional<double> ratio_unit(Quantity numerator, Quantity denominator,
                                               std::string_view unit);

}  // namespace liantu
