#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace liantu {

/// Bytes as base64 with padding (RFC 4648).
[[nodiscard]] std::string to_base64(std::string_view bytes);
/// The bytes again, or nothing when the text is none.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

}  // namespace liantu
