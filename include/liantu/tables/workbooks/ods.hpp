#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/tables/cells/table.hpp"

namespace LIANTU_API liantu {

/// Reads the tables of an OpenDocument spreadsheet (ODS), as parse_xlsx() does those of a workbook.
///
/// @param bytes    The file.
/// @param file     Name used in messages.
/// @param options  See TableOptions.
/// @return         As parse_xlsx().
/// @throws as parse_xlsx().
/// @complexity  Linear in the inflated bytes and in the cells that repeat others.
/// @source      OpenDocument 1.3, part 3 (schema).
[[nodiscard]] std::vector<Table> parse_ods(std::string_view bytes, const std::string& file,
                                           const TableOptions& options = {});

}  // namespace liantu
