#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "liantu/base/region.hpp"

namespace liantu {

/// What a unified social credit code (统一社会信用代码) is worth.
enum class CreditCodeFault : std::uint8_t {
  None,        ///< well formed and its check digit fits
  Length,      ///< not 18 characters
  Character,   ///< a character outside the alphabet (I O S V Z never occur)
  CheckDigit,  ///< well formed, but the check digit does not fit: a typing error somewhere
};

/// Brings a code to its canonical form: full-width to half-width, lower to upper case, blanks and
/// hyphens removed.
[[nodiscard]] std::string normalize_credit_code(std::string_view text);

/// Checks a code in canonical form.
///
/// @param code  See normalize_credit_code().
/// @return      CreditCodeFault::None for a valid code, else the first fault found in the order of
///              the enumeration.
/// @complexity  O(1).
/// @source      GB 32100-2015: weights 3^i mod 31, check = (31 - sum mod 31) mod 31.
[[nodiscard]] CreditCodeFault check_credit_code(std::string_view code);

/// The check digit that 17 characters call for, or nothing when one lies outside the alphabet.
[[nodiscard]] std::optional<char> credit_code_check_digit(std::string_view first17);

/// Region where the code was issued (positions 3 to 8); unknown when they are no digits.
[[nodiscard]] RegionCode credit_code_region(std::string_view code);

}  // namespace liantu
