#pragma once

#include <string>
#include <string_view>

#include "liantu/base/core/export.hpp"

namespace LIANTU_API liantu {

/// Digest by which an input is recognised again: XXH3-128, 32 hexadecimal digits. Not meant against
/// forgery.
///
/// @param bytes  Any bytes.
/// @complexity   Linear in the bytes, at memory speed.
/// @source       https://xxhash.com
[[nodiscard]] std::string digest(std::string_view bytes);

}  // namespace liantu
