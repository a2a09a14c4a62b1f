#pragma once

#include <string>
#include <string_view>

#include "liantu/base/core/export.hpp"

namespace LIANTU_API liantu {

/// SHA-256 of bytes, 64 lower-case hexadecimal digits: nobody can make another document with it.
///
/// @complexity  Linear in the bytes.
/// @source      FIPS 180-4.
[[nodiscard]] std::string sha256(std::string_view bytes);

/// Whether a text is such a digest.
[[nodiscard]] bool is_sha256(std::string_view text);

}  // namespace liantu
