#pragma once

#include <span>
#include <string_view>

namespace liantu {

/// Words in the status of a firm that is gone from the register or does no business: 注销, 吊销 …
[[nodiscard]] std::span<const std::string_view> inactive_words();
/// Whether a status has one of these words in it.
[[nodiscard]] bool inactive(std::string_view status);
/// Whether a status says that the firm is no more: struck off the register (注销), not only barred
/// from business (吊销，未注销).
[[nodiscard]] bool gone(std::string_view status);

}  // namespace liantu
