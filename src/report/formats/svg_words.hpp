#pragma once

#include <set>
#include <string>
#include <string_view>

namespace liantu {

/// What an SVG drawing says.
struct SvgWords {
  std::string title;         ///< of the whole drawing; empty when it has none
  std::string description;   ///< likewise
  std::set<char32_t> drawn;  ///< every character of its text, blanks left out
};

/// Reads what a drawing says.
///
/// @throws Error{InvalidData} if it is not well-formed XML whose root is `svg`.
[[nodiscard]] SvgWords svg_words(std::string_view svg);

}  // namespace liantu
