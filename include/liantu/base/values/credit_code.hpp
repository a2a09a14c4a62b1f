#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "liantu/base/core/export.hpp"
#include "liantu/base/regions/region.hpp"

namespace LIANTU_API liantu {

/// What a unified social credit code (统一社会信用代码) is worth.
enum class CreditCodeFault : std::uint8_t {
  None,        ///< well formed and its check digit fits
  Length,      ///< not 18 characters
  Character,   ///< a character outside the alphabet (I O S V Z never occur)
  CheckDigit,  ///< well formed, but the check digit does not fit: a typing error somewhere
};

/// What a code by which firms are known is.
enum class FirmCodeKind : std::uint8_t {
  None,                ///< no code of a firm
  CreditCode,          ///< unified social credit code, 18 characters (GB 32100-2015)
  RegistrationNumber,  ///< registration number of the time before 2015, 15 digits
  OrganizationCode,    ///< organisation code, 9 characters (GB 11714)
  IdentityNumber,      ///< a person's identity number (GB 11643): never to be kept or printed
};

struct FirmCode {
  FirmCodeKind kind = FirmCodeKind::None;
  bool check_fits = false;  ///< whether its check digit is right; registries issued others, too

  friend bool operator==(const FirmCode&, const FirmCode&) = default;
};

/// Tells what a code is by its length, its structure and its check digit.
///
/// @param code  In canonical form, see normalize_credit_code().
/// @return      CreditCode only where its first two characters are an authority and a kind of GB
///              32100; OrganizationCode also where the check digit is odd, if the others are digits
///              or MA and six more; IdentityNumber where a code of 15 or 18 characters has a
///              province and a date of birth in their places and is no better code of a firm.
/// @complexity  O(1).
/// @source      GB 32100-2015, GB 11714-1997, GB 11643-1999 (ISO 7064 MOD 11-2), and for the
///              registration number GS 15-2006 (ISO 7064 MOD 11,10).
[[nodiscard]] FirmCode read_firm_code(std::string_view code);

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

/// Region where the code was issued: positions 3 to 8, of a registration number of 15 digits 1 to
/// 6; unknown when they are no digits, and of an organisation code, which names none.
[[nodiscard]] RegionCode credit_code_region(std::string_view code);

}  // namespace liantu
