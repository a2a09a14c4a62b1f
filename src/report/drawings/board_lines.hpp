#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace liantu {

/// Most lines that a name or a fact takes on a card.
inline constexpr std::size_t kMostLines = 3;

/// Width of a text in em. Latin letters are a little wider than half a Chinese character; signs
/// beyond ASCII are as wide as one in Chinese fonts.
[[nodiscard]] double em_width(std::string_view text);

/// Lines no wider than `em`, none cut.
[[nodiscard]] std::vector<std::string> broken(std::string_view text, double em);

/// At most kMostLines; the last ends in … when more were needed.
[[nodiscard]] std::vector<std::string> limited(std::string_view text, double em);

}  // namespace liantu
