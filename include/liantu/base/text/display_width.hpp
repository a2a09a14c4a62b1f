#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"

namespace LIANTU_API liantu {

/// Columns that a UTF-8 text takes on a terminal: wide and full-width characters two, combining
/// marks, format and control characters none, all others (the ambiguous ones too) one.
///
/// @param text  UTF-8; an invalid byte counts as one column.
/// @complexity  Linear in the text.
/// @source      Unicode Standard Annex 11 (East Asian Width).
[[nodiscard]] std::size_t display_width(std::string_view text);

/// The longest prefix that fits `width` columns, ended by `…` (which is one of them) when something
/// was cut.
[[nodiscard]] std::string fit_width(std::string_view text, std::size_t width);

/// The text on lines of at most `width` columns, nothing cut: broken at blanks, which go, and
/// beside wide characters, but never before closing or after opening punctuation where that can be
/// helped; a word wider than a line is broken inside.
///
/// @param width  At least 2, so that a wide character has room.
/// @return       At least one line.
/// @complexity   Linear in the text.
[[nodiscard]] std::vector<std::string> wrap_width(std::string_view text, std::size_t width);

/// The text with `�` for every character that is unwritable(), as it would move the cursor, start
/// an escape sequence or turn the direction of the text around, and for bytes that are no UTF-8.
/// Tabs and line ends become blanks.
///
/// @param keep  Control characters that stay, such as "\n".
[[nodiscard]] std::string printable(std::string_view text, std::string_view keep = {});

/// On which side of a column a text stands.
enum class Align : std::uint8_t { Left, Right };

/// The text with blanks on its other side up to `width` columns; longer text is returned as it is.
[[nodiscard]] std::string pad_width(std::string_view text, std::size_t width,
                                    Align align = Align::Left);

}  // namespace liantu
