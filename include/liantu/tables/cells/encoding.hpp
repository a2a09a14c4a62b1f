#pragma once

#include <string>
#include <string_view>

#include "liantu/base/core/export.hpp"

namespace LIANTU_API liantu {

/// A file's text in UTF-8 and how it was written.
struct DecodedText {
  std::string text;      ///< UTF-8 without byte order mark
  std::string encoding;  ///< "UTF-8", "UTF-16LE", "UTF-16BE", "GB18030"
};

/// Decodes a whole file. A byte order mark decides; else the text is UTF-8 if all of it is valid
/// UTF-8, else GB18030 if all of it is valid GB18030 and plausible as text; nothing is ever
/// replaced silently.
///
/// @param bytes  The whole file.
/// @param file   Name used in messages.
/// @throws Error{InvalidData} with file:line of the first byte that fits neither, and what to do.
/// @complexity  Linear in the bytes.
/// @source      GB 18030-2005; Unicode Standard.
[[nodiscard]] DecodedText decode_text(std::string bytes, const std::string& file);

}  // namespace liantu
