#pragma once

#include <optional>
#include <string_view>

#include "liantu/base/core/export.hpp"

namespace LIANTU_API liantu {

/// Reads a decimal number: `1,234.5`, `12%` (0.12), `1e6`, full-width digits; independent of the
/// locale.
///
/// @param text  The cell, surrounding blanks allowed.
/// @return      The finite number, or nothing when anything else stands in the text.
/// @complexity  Linear in the text.
[[nodiscard]] std::optional<double> parse_number(std::string_view text);

}  // namespace liantu
