#pragma once

#include <cstddef>
#include <stop_token>
#include <string>

#include "liantu/base/core/export.hpp"
#include "liantu/base/files/sheet.hpp"
#include "liantu/base/text/text.hpp"

namespace LIANTU_API liantu {

/// Options of render_table().
struct TableStyle {
  Language language = Language::En;
  std::size_t width = 0;   ///< columns of the terminal, which no line exceeds; 0 = no limit
  bool colour = false;     ///< bold headings by escape sequences
  std::stop_token stop{};  ///< asks a long table to end early
};

/// A sheet as a table for the terminal: columns line up whatever the script, numbers stand to the
/// right, money in 万 and 亿 (or thousands and millions), nothing is `-`. Control characters in
/// cells are shown as `?`. Nothing is ever cut: where the table is wider than the terminal, its
/// headings take two lines, and then its widest text columns leave it, and in the end all but the
/// leading ones; what they hold follows below each row, every cell behind its heading, as do
/// columns that always stand there.
///
/// @return  Lines, each ended by a line feed: the title when it has one, the summary, headings and
///          rows when there are rows, the notes.
/// @throws Error{Cancelled}
[[nodiscard]] std::string render_table(const Sheet& sheet, const TableStyle& style = {});

}  // namespace liantu
