#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace liantu {

/// What a workbook's number format makes of a number, as far as it changes what the number means.
struct NumberFormat {
  enum class Kind : std::uint8_t {
    Number,
    Percent,
    Year,   ///< of a date only the year is shown
    Month,  ///< year and month
    Date,
    DateTime,
    Time,
  };

  Kind kind = Kind::Number;
  std::uint8_t digits = 0;  ///< `0000` shows so many, with noughts before the number

  friend bool operator==(const NumberFormat&, const NumberFormat&) = default;
};

/// Reads a number format such as `0.0%`, `yyyy"年"m"月"`, `[$-804]yyyy/m/d;@`; its first section
/// counts.
///
/// @complexity  Linear in the text.
/// @source      ECMA-376 part 1, 18.8.31.
[[nodiscard]] NumberFormat read_number_format(std::string_view code);

/// The format that a number below 164 stands for in every workbook, its Chinese ones included.
[[nodiscard]] NumberFormat built_in_number_format(std::uint32_t id);

/// Which day is day 1 of a workbook's dates.
enum class DateSystem : std::uint8_t {
  From1900,  ///< 1 January 1900; there is a 29 February 1900
  From1904,  ///< 2 January 1904
};

/// Appends a cell's number as a person reads it in the sheet, but with all its digits: 15 at most,
/// as spreadsheet programs keep them; `35%`, `2021-03-05`. A whole number of 16 digits or more is
/// written with an exponent, since its last digits are lost. What is no number or no date of the
/// calendar is appended as it stands.
///
/// @param stored  The number as the workbook stores it: `0.1`, `4.4256E4`.
/// @complexity    Linear in the text.
/// @source        ECMA-376 part 1, 18.17.4 (dates).
void append_number(std::string& out, std::string_view stored, NumberFormat format,
                   DateSystem system);

}  // namespace liantu
