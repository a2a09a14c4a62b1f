#pragma once

#include <filesystem>

#include "liantu/base/core/export.hpp"
#include "liantu/base/files/kept_list.hpp"
#include "liantu/tables/cells/table.hpp"

namespace LIANTU_API liantu {

/// Reads what people wrote into the prospect list of a former run: the columns of fill_in_columns()
/// beside each firm, wherever they stand and in whichever sheet, headed in either language.
///
/// @param path     A workbook or a table of any format that read_tables() knows, such as the one
///                 that `liantu rank -o` wrote, edited by hand and saved by any program.
/// @param options  Limits, and what is asked to stop.
/// @return         See KeptList. A row that stands in two sheets is there twice.
/// @throws Error{InvalidData} if no table has a column of firms and one to fill in; what
///         read_tables() throws.
/// @complexity  Linear in the file.
[[nodiscard]] KeptList read_kept_list(const std::filesystem::path& path,
                                      const TableOptions& options = {});

}  // namespace liantu
