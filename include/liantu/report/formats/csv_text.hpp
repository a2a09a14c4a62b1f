#pragma once

#include <stop_token>
#include <string>

#include "liantu/base/core/export.hpp"
#include "liantu/base/files/sheet.hpp"
#include "liantu/base/text/text.hpp"

namespace LIANTU_API liantu {

/// A sheet as CSV for spreadsheets: UTF-8 with byte order mark, CRLF, headings in the language
/// asked for, amounts in yuan as plain numbers. Codes are written so that a spreadsheet keeps them
/// as text (`="500104"`); text that a spreadsheet would run as a formula (it starts with = + - @, a
/// tab or a carriage return) or that starts with an apostrophe gets one before it; control
/// characters that no spreadsheet shows become `?`. A last, empty column is headed kOutputMark.
/// Summary and notes stand below the rows behind an empty line, one a line.
///
/// @param stop  Asks a long list to end early.
/// @throws Error{InvalidData} if a cell is not UTF-8, naming row and column; Error{Cancelled}.
/// @source  RFC 4180.
[[nodiscard]] std::string render_csv(const Sheet& sheet, Language language,
                                     const std::stop_token& stop = {});

}  // namespace liantu
