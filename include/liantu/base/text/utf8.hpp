#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "liantu/base/core/export.hpp"

namespace LIANTU_API liantu {

/// Position of the first byte that is no valid UTF-8, or nothing when all of it is valid.
[[nodiscard]] std::optional<std::size_t> find_invalid_utf8(std::string_view text);

/// Number of code points of valid UTF-8.
[[nodiscard]] std::size_t count_code_points(std::string_view text);

/// Code points of valid UTF-8; an invalid byte becomes U+FFFD.
[[nodiscard]] std::u32string to_utf32(std::string_view text);

/// UTF-8 of code points.
[[nodiscard]] std::string to_utf8(std::u32string_view text);

/// Compatibility form (NFKC): full-width letters, digits and brackets become half-width, composed
/// forms are unified.
///
/// @param text  Valid UTF-8.
/// @throws Error{LimitReached} if the text is longer than 2 GiB.
/// @complexity  Linear in the text.
/// @source      Unicode Standard Annex 15.
[[nodiscard]] std::string normalize_width(std::string_view text);

/// The text without blanks at both ends: white space of any script, ideographic and zero-width ones
/// included.
[[nodiscard]] std::string_view trim(std::string_view text);

}  // namespace liantu
