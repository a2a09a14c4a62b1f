#pragma once

#include <string>
#include <string_view>

namespace liantu {

/// A text for XML or HTML, between tags or inside a quoted attribute: markup escaped, `�` for
/// characters that are unwritable().
[[nodiscard]] std::string xml_escaped(std::string_view text);

}  // namespace liantu
