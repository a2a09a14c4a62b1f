#pragma once

#include <string>
#include <string_view>

namespace liantu {

/// A text with the characters of divisions' names in the form in which the table writes them:
/// traditional (重慶), radicals (⼤) and compatibility ideographs become the plain simplified ones,
/// and characters without width are dropped.
///
/// @param text    Any bytes; what is no such character stays.
/// @param buffer  Where the result is kept when it differs from the text.
/// @return        `text` itself when nothing changes, else what `buffer` holds.
/// @complexity    Linear in the text.
[[nodiscard]] std::string_view plain_forms(std::string_view text, std::string& buffer);

}  // namespace liantu
