#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/problem.hpp"
#include "liantu/base/problem_rows.hpp"
#include "liantu/base/sheet.hpp"
#include "liantu/base/text.hpp"

namespace liantu {

/// Options of render_table().
struct TableStyle {
  Language language = Language::En;
  std::size_t width = 0;  ///< columns of the terminal, which no line exceeds; 0 = no limit
  bool colour = false;    ///< bold headings by escape sequences
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
[[nodiscard]] std::string render_table(const Sheet& sheet, const TableStyle& style = {});

/// A sheet as CSV for spreadsheets: UTF-8 with byte order mark, CRLF, headings in the language
/// asked for, amounts in yuan as plain numbers. Codes are written so that a spreadsheet keeps them
/// as text (`="500104"`); text that a spreadsheet would run as a formula (it starts with = + - @, a
/// tab or a carriage return) or that starts with an apostrophe gets one before it; control
/// characters that no spreadsheet shows become `?`. A last, empty column is headed kOutputMark.
/// Summary and notes stand below the rows behind an empty line, one a line.
///
/// @throws Error{InvalidData} if a cell is no UTF-8, naming row and column.
/// @source  RFC 4180.
[[nodiscard]] std::string render_csv(const Sheet& sheet, Language language);

/// What a Problem's kind is called, for summaries: `credit-code` is "credit codes" / "信用代码";
/// the word itself when it has no other name.
[[nodiscard]] Text problem_kind_text(std::string_view kind);

/// Problems as a sheet: severity, place, field, value, what, remedy, in the order given.
///
/// @param tables  Rows in trouble, which point into `problems`: adds the row's number and its cells
///                as `heading=cell; …`; without them these columns are not there.
[[nodiscard]] Sheet problem_sheet(const std::vector<Problem>& problems, Language language,
                                  const std::vector<ProblemTable>& tables = {});

}  // namespace liantu
