#pragma once

#include <string_view>

namespace liantu {

/// What a cell says, blanks at its ends and the guards of spreadsheets taken away: `="441302"`,
/// which our own CSV writes for codes so that spreadsheets keep them, is 441302; the apostrophe
/// before what a spreadsheet would run as a formula, which our CSV writes too, and before what its
/// user wants to be text is none of it.
[[nodiscard]] std::string_view cell_words(std::string_view cell);

}  // namespace liantu
