#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/tables/cells/table.hpp"

namespace LIANTU_API liantu {

/// Reads the tables of an old workbook (XLS of Excel 97 to 2003, ET of WPS), as parse_xlsx() does
/// those of a new one: stored values of formulas, dates and percentages as their formats show them,
/// merged cells, hidden sheets and rows, cells with errors.
///
/// @param bytes    The file.
/// @param file     Name used in messages.
/// @param options  See TableOptions.
/// @return         As parse_xlsx().
/// @throws Error{InvalidData} if it is not such a workbook (a web page or an XML spreadsheet in
///         disguise is called what it is), is older than Excel 97, protected by a password, cut off
///         or broken otherwise, lacks the sheet asked for, or no sheet holds anything;
///         Error{LimitReached}, naming the limit; Error{Cancelled}.
/// @complexity  Linear in the bytes; O(n log n) in the cells of a sheet that are not in order.
/// @source      [MS-CFB] compound files, [MS-XLS] records.
[[nodiscard]] std::vector<Table> parse_xls(std::string_view bytes, const std::string& file,
                                           const TableOptions& options = {});

}  // namespace liantu
