#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "liantu/tables/cells/table.hpp"

namespace liantu {

/// What a message and a provenance call an ODBC source: its driver, server and database, never a
/// user or a password: `odbc:DSN=statistics`.
[[nodiscard]] std::string odbc_name(std::string_view source);

/// Reads tables of any database that has an ODBC driver. Statements only read, in a session that
/// is set to read only where the database knows how, and nothing is committed.
///
/// @param source   `odbc:` and a connection string: `odbc:DSN=statistics;UID=reader;PWD=…`.
/// @param options  See TableOptions.
/// @return         What was read, as bytes that parse_odbc() understands and a digest can be made
///                 of: equal for equal content.
/// @throws Error{Io} if no connection can be made or it ends half-way; Error{InvalidData} if there
///         is no such table or the query does not read or is wrong; Error{LimitReached};
///         Error{Cancelled}.
[[nodiscard]] std::string read_odbc(const std::string& source, const TableOptions& options);

/// The tables that read_odbc() read.
///
/// @throws Error{InvalidData} if the bytes are not what read_odbc() makes; Error{LimitReached};
///         Error{Cancelled}.
/// @complexity  Linear in the bytes.
[[nodiscard]] std::vector<Table> parse_odbc(std::string_view bytes, const std::string& file,
                                            const TableOptions& options);

}  // namespace liantu
