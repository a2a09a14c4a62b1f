#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/tables/cells/table.hpp"

namespace LIANTU_API liantu {

/// Reads the tables of a workbook (XLSX, XLSM; transitional and strict). Of a formula the value
/// that was stored with it is read; numbers keep 15 digits, without an exponent where they can;
/// dates are written 2021-03-05, percentages 35%, as their formats show them; phonetic guides are
/// left out. A cell with an error (#N/A) is empty, with a Warning. Sheets and rows that are hidden
/// are named and passed over unless TableOptions::hidden wants them. Nothing outside the file is
/// followed and nothing is written.
///
/// @param bytes    The file.
/// @param file     Name used in messages.
/// @param options  See TableOptions.
/// @return         Tables by sheet, then from top to bottom; see read_tables(). The row number and
///                 the line of a cell are those of its row in the sheet, its column is that of the
///                 sheet (A is 1).
/// @throws Error{InvalidData} if it is not a workbook, is cut off, protected by a password or
///         broken otherwise, lacks the sheet asked for, or no sheet holds anything;
///         Error{LimitReached}, naming the limit; Error{Cancelled}.
/// @complexity  Linear in the inflated bytes.
/// @source      ECMA-376 (Office Open XML), parts 1 and 2.
[[nodiscard]] std::vector<Table> parse_xlsx(std::string_view bytes, const std::string& file,
                                            const TableOptions& options = {});

}  // namespace liantu
