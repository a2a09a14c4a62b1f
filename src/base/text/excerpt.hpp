#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "liantu/base/core/export.hpp"

// The program shortens what it quotes, too, hence LIANTU_API.
namespace LIANTU_API liantu {

/// Input as a message quotes it: its first 120 bytes or fewer, ended by `…` where more was cut. No
/// character is halved.
[[nodiscard]] std::string excerpt(std::string_view text, std::size_t most_bytes = 120);

/// Several pieces of input one behind the other: excerpts of the first 20, then how many more.
[[nodiscard]] std::string excerpts(std::span<const std::string> texts, std::string_view separator);

/// A whole message, with `…` for its middle where it is longer than 4,000 bytes: where it is wrong
/// stands at its beginning and what to do at its end.
[[nodiscard]] std::string shortened(std::string_view message);

}  // namespace liantu
