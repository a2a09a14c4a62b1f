#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "liantu/base/core/export.hpp"

namespace LIANTU_API liantu {

/// A calendar date that may be known to the year or the month only. A default Date is "not known".
struct Date {
  std::int16_t year = 0;   ///< 1..4095; 0 = not known
  std::uint8_t month = 0;  ///< 1..12; 0 = not known
  std::uint8_t day = 0;    ///< 1..31; 0 = not known

  [[nodiscard]] bool known() const noexcept { return year != 0; }
  /// `2006`, `2006-05` or `2006-05-17`; empty when not known.
  [[nodiscard]] std::string to_string() const;

  friend auto operator<=>(const Date&, const Date&) = default;
};

/// Reads a date as registers and spreadsheets write it; a time after the day is dropped.
///
/// @param text  `2006`, `2006-05`, `2006-5-17`, `2006/05/17`, `2006.5.17`, `20060517`, `200605`,
///              `2006年5月17日`, 二〇〇六年五月上旬, `17-May-2006`, blanks around the parts allowed.
/// @return      The date, or nothing when the text is none (13th month, 30 February) or may be two.
/// @complexity  Linear in the text.
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);

}  // namespace liantu
