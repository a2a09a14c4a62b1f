#pragma once

#include <stop_token>
#include <string>
#include <string_view>

#include "liantu/base/core/export.hpp"
#include "liantu/base/files/sheet.hpp"
#include "liantu/base/text/text.hpp"

namespace LIANTU_API liantu {

/// Words as Markdown shows them, and nothing else: what would be a mark there has a backslash before
/// it, a line feed is a blank, and control characters are shown as in render_table().
[[nodiscard]] std::string markdown_text(std::string_view words);

/// A sheet as Markdown: its title as a heading, the summary, a table with pipes (GitHub's dialect)
/// whose cells are those of render_table(), and the notes as a list. What a cell holds is never
/// markup.
///
/// @param level  Of the heading, 1 to 6.
/// @return       Ended by a line feed.
/// @throws Error{Cancelled}
[[nodiscard]] std::string render_markdown(const Sheet& sheet, Language language, int level = 1,
                                          const std::stop_token& stop = {});

}  // namespace liantu
