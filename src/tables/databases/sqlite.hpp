#pragma once

#include <filesystem>
#include <string>

#include "liantu/tables/databases/sqlite.hpp"

namespace liantu {

/// Reads the file of a database that other programs may be writing to: as it was between two of
/// their transactions, never in the middle of one.
///
/// @param path  File.
/// @param file  Name used in messages.
/// @throws Error{Io} if it cannot be read, a program is writing to it for longer than a moment, or
///         a program left changes beside it that are not in it yet; Error{LimitReached} if it is
///         too large; Error{Cancelled}.
[[nodiscard]] std::string read_sqlite_file(const std::filesystem::path& path,
                                           const std::string& file, const TableOptions& options);

}  // namespace liantu
