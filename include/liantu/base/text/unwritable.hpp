#pragma once

#include <cstddef>
#include <string_view>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"

namespace LIANTU_API liantu {

/// What stands in an output for a character that cannot be written: `�`, U+FFFD.
inline constexpr char32_t kReplacement = U'\uFFFD';

/// Whether a character is written in no output that people look at or that another program draws
/// (terminal, CSV, DOT, SVG, HTML): controls (C0, C1 and DEL), separators of lines and paragraphs,
/// whatever turns the direction of a text around, and code points that are no characters. Blanks,
/// tabs and line ends are up to the format. JSON carries every character and replaces none.
///
/// @source  Unicode Standard 23.7 (noncharacters), Annex 9 (directional formatting characters); XML
///          1.0 (5th ed.) production 2.
[[nodiscard]] bool unwritable(char32_t c);

/// How many characters of an output are kReplacement.
///
/// @complexity  Linear in the output.
[[nodiscard]] std::size_t count_replaced(std::string_view output);

/// Says that so many characters could not be written and what stands for them.
[[nodiscard]] Text replaced_text(std::size_t count);

}  // namespace liantu
