#pragma once

#include <cstddef>
#include <string>

#include "liantu/base/files/sheet.hpp"
#include "liantu/base/text/text.hpp"

namespace liantu {

/// Whether cells of a kind stand to the right.
[[nodiscard]] bool stands_right(CellKind kind);

/// Whether all numbers of a column are whole: digits after the point are the same down a column, or
/// the points would not line up.
[[nodiscard]] bool all_whole(const Sheet& sheet, std::size_t column);

/// A cell as people read it: money in 万 and 亿 (or thousands and millions), nothing as `-`, and no
/// control characters.
/// @param whole  See all_whole().
[[nodiscard]] std::string cell_text(const SheetCell& cell, CellKind kind, bool whole,
                                    Language language);

}  // namespace liantu
