#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/tables/cells/table.hpp"

namespace LIANTU_API liantu {

/// Reads tables of an SQLite database, its views too, or what it answers to one query. Nothing is
/// written and no other file is opened, whatever the database or the query says; a value that is
/// not text (a blob, text that is not UTF-8) is a Warning and its cell is empty.
///
/// @param bytes    The file.
/// @param file     Name used in messages.
/// @param options  See TableOptions; `sheet` names one table or is `?query=SELECT …`.
/// @return         Tables by name, those without columns left out. A row's number is its whole
///                 number for a key, where the table has one that is above 0 and below 2^32, else
///                 its place in the answer from 1. Rows stand in the order of that key.
/// @throws Error{InvalidData} if it is not a database, is damaged, has no such table, holds none,
///         or the query does more than read or is wrong; Error{LimitReached}, naming the limit;
///         Error{Cancelled}.
/// @complexity  That of the query; linear in what is read of a table.
[[nodiscard]] std::vector<Table> parse_sqlite(std::string bytes, const std::string& file,
                                              const TableOptions& options = {});

}  // namespace liantu
