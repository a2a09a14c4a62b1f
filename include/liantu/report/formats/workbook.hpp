#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/files/sheet.hpp"
#include "liantu/base/text/text.hpp"

namespace LIANTU_API liantu {

/// Sheets as an Office Open XML workbook (.xlsx) that Excel, WPS and LibreOffice open, laid out for
/// print: A4 or, when broad, A3 landscape, one page wide unless that would make it illegible,
/// headings repeated on every page and frozen on the screen, a filter on them, widths by content and
/// page, long texts wrapped, pages numbered in the footer. A sheet of blocks is A4 upright, a page
/// holding as many whole blocks as fit.
///
/// A sheet's title stands in its first row, its head below, then the headings, rows below them; summary and
/// notes stand below the rows behind an empty line, one a row. Codes are text cells, so that no
/// digit is lost; amounts are numbers in yuan and shares per cent by their number format; what is
/// not known is an empty cell. Columns to fill in are yellow, with a drop-down of their choices.
/// Text is never a formula. Characters that a workbook cannot hold
/// become U+FFFD; a text longer than a cell can hold (32,767 UTF-16 units) ends with `…`; both are
/// counted in a note below the rows. Marked cells are red (Error), yellow (Warning) or blue (Note).
/// A last, hidden column is headed kOutputMark. No macros, no
/// links, no merged cells.
///
/// @param sheets    At least one, each let go of once it is written; each is named by its title, cut to the 31 characters that a
///                  sheet's name may have.
/// @param language  Of headings and sentences.
/// @param stop      Asks a long writing to end early; what zips the sheets in the end does not ask.
/// @return          Bytes of the file, the same for equal input.
/// @throws Error{InvalidArgument} without a sheet; Error{InvalidData} if a text is not UTF-8,
///         naming sheet, row and column; Error{LimitReached} beyond 1,048,576 rows or 16,384
///         columns; Error{Io} if no room for temporary data is left; Error{Cancelled}.
/// @complexity  Time linear in the cells, memory beside the sheets and the result that of a row.
/// @source  ECMA-376.
[[nodiscard]] std::string write_workbook(std::vector<Sheet> sheets, Language language,
                                         const std::stop_token& stop = {});

}  // namespace liantu
