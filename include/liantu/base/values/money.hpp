#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"

namespace LIANTU_API liantu {

/// An amount of money in CNY (yuan), not in ten thousands.
struct Money {
  double cny = 0;

  friend auto operator<=>(const Money&, const Money&) = default;
};

/// What parse_money() found.
struct MoneyReading {
  double amount = 0;  ///< amount in the currency's own unit (yuan, dollars), multipliers applied
  std::string_view currency;  ///< ISO 4217 code: "CNY", "USD", …; CNY when the text names none
  bool unit_stated = false;   ///< whether the text itself named a unit: 元, 万, 亿, 美元
};

/// Reads an amount in the forms registers have: `73.7500(万人民币元)`, `3万元人民币`, `163(万)`,
/// `1,098(万)`, `2.5亿元`, `100(万美元)`, `￥3,000`, `5000`, and those of format_money(): `20 m`,
/// `1.2 bn`, `3 tn`, `500k`; and in Chinese numerals as articles of association have them: 壹仟万元整.
///
/// @param text             The cell. Full-width digits, brackets and thousands separators are
///                         understood. Brackets around the number are a minus sign, as bookkeepers
///                         write it: (500) is -500; around words alone they group: 163(万).
/// @param multiplier       What a number without a unit is multiplied by: 1 for yuan, 1e4 where the
///                         column's heading says 万元.
/// @return                 The reading, or nothing when the text is no amount. No currency is ever
///                         converted.
/// @complexity             Linear in the text.
[[nodiscard]] std::optional<MoneyReading> parse_money(std::string_view text, double multiplier = 1);

/// Writes an amount for people: `3.2亿元` and `CNY 320 m`, `45.6万元` and `CNY 456,000`; three
/// significant digits at most. From 10^9 on `bn`, from 10^12 on `万亿元` and `tn`; `-` when it is
/// not finite.
[[nodiscard]] std::string format_money(Money money, Language language);

}  // namespace liantu
