#pragma once

#include <cstdint>
#include <string>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"

namespace LIANTU_API liantu {

/// Where in a user's input something stands. Lines, columns and rows count from 1; 0 means "not
/// known".
struct InputPlace {
  std::string file;          ///< file name as the user gave it
  std::string sheet;         ///< sheet of a workbook, empty elsewhere
  std::uint32_t row = 0;     ///< row as a spreadsheet numbers it, the header being row 1
  std::uint32_t line = 0;    ///< line of the text file
  std::uint32_t column = 0;  ///< character of that line; of a sheet, its column (A is 1)

  /// `file:line:column`, `file#sheet!C17`, or as much of it as is known.
  [[nodiscard]] std::string to_string() const;

  friend bool operator==(const InputPlace&, const InputPlace&) = default;
};

/// How much a problem costs.
enum class Severity : std::uint8_t {
  Note,     ///< the row is used in full; somebody should know
  Warning,  ///< a value is not used, or used and cannot be right
  Error,    ///< the row is left out
};

/// Something wrong in input: where, what, and what to do about it. Problems never stop good rows.
struct Problem {
  Severity severity = Severity::Error;
  InputPlace place;
  std::string kind;   ///< stable lower-case word for filters, e.g. "credit-code", "unknown-firm"
  std::string field;  ///< column concerned, as the input calls it; empty when the row as a whole
  std::string value;  ///< offending value as read
  Text what;          ///< what is wrong
  Text remedy;        ///< what to do

  /// `firms.csv:17:4: share 1.2 is outside [0, 1]; write 1.2 % as 0.012` in the language asked for.
  [[nodiscard]] std::string to_string(Language language) const;

  friend bool operator==(const Problem&, const Problem&) = default;
};

}  // namespace liantu
