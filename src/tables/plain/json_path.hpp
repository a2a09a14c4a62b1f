#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/files/json.hpp"
#include "liantu/tables/cells/table.hpp"

namespace liantu {

/// Whether a column of a mapping is a way into nested JSON, `a.b[].c`, and not a heading.
[[nodiscard]] bool is_json_path(std::string_view column);

/// A value as a cell shows it: scalars as they stand, several scalars of an array joined by `;`,
/// objects as nothing.
[[nodiscard]] std::string cell_text(const JsonValue& value);

/// Makes a table of what paths lead to in the cells of another, which hold JSON: `a.b` is member b
/// of what stands in column a, `a[].b` makes a row of each element of a. Where a path has several
/// lists, each row of an outer one is repeated for the inner.
///
/// @param table  Rows whose cells hold JSON where a path goes into them.
/// @param paths  UTF-8. Become the columns; a path that is a heading is that column.
/// @return       Rows in the order of the source and its lists, each at the place of its source row;
///               an element whose list is missing or empty makes none.
/// @throws Error{InvalidData} if two paths go through lists that are not one inside the other, or a
///         cell holds no JSON; Error{LimitReached}; Error{Cancelled}.
/// @complexity  Linear in the cells and in what is made of them.
[[nodiscard]] Table spread_rows(const Table& table, const std::vector<std::string>& paths,
                                const TableOptions& options);

}  // namespace liantu
