#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "liantu/base/core/export.hpp"
#include "liantu/base/files/written_list.hpp"
#include "liantu/tables/cells/table.hpp"

namespace LIANTU_API liantu {

/// Reads a prospect list that `liantu rank` wrote as CSV, JSON or a workbook, in either language; a
/// workbook may have been edited by hand: sheets and columns are found by their headings, wherever
/// they stand.
///
/// @param path     The list.
/// @param options  Limits, and what is asked to stop.
/// @return         See WrittenList; a firm that stands in two sheets is there once.
/// @throws Error{InvalidData}, with place and remedy, if it is not a prospect list, or has a number
///         that cannot be read or lies outside its range; what read_tables() and parse_json()
///         throw.
/// @complexity  Linear in the file.
[[nodiscard]] WrittenList read_written_list(const std::filesystem::path& path,
                                            const TableOptions& options = {});

/// The same of a document of JSON.
/// @throws Error{InvalidData} with file:line:column.
[[nodiscard]] WrittenList parse_written_list(std::string_view text, const std::string& file);

}  // namespace liantu
