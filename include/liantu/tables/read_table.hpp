#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/text.hpp"
#include "liantu/tables/table.hpp"

namespace liantu {

/// A format that tables are read from.
struct TableFormat {
  std::string_view name;                     ///< "csv", "tsv", "json", "jsonl"
  std::vector<std::string_view> extensions;  ///< ".csv", …
  Text meaning;
};

/// All formats that read_table() knows.
[[nodiscard]] const std::vector<TableFormat>& table_formats();

/// Whether read_table() knows the file's extension.
[[nodiscard]] bool is_table(const std::filesystem::path& path);

/// Whether the extension is that of a spreadsheet program's workbook (.xlsx, .xls, .et, .ods …),
/// which read_table() does not read.
[[nodiscard]] bool is_workbook(const std::filesystem::path& path);

/// Reads a table of any known format, which its extension tells.
///
/// @param path     File.
/// @param name     Name used in messages and provenance; the file's own name when empty.
/// @param options  See TableOptions.
/// @return         All rows. A table with a header and no rows is fine.
/// @throws Error{Io} if the file cannot be read; Error{InvalidData} with file:line:column if it is
///         empty, its encoding cannot be told, a quote is never closed, or its structure is broken
///         otherwise, or its extension is not known; Error{InvalidArgument} for a limit outside its
///         range; Error{LimitReached}, naming the limit; Error{Cancelled}.
/// @complexity  Linear in the file.
[[nodiscard]] Table read_table(const std::filesystem::path& path, const std::string& name = {},
                               const TableOptions& options = {});

/// The bytes of a table's file, read once: a pipe has no second reading, and a file that is
/// replaced meanwhile would have another digest than what was read of it.
struct TableBytes {
  std::string file;         ///< name used in messages and provenance
  std::string_view format;  ///< TableFormat::name
  std::string bytes;
  std::string digest;  ///< of the bytes
};

/// read_table() in two steps, for those who look at the bytes in more than one way.
/// @throws Error as read_table().
[[nodiscard]] TableBytes read_table_bytes(const std::filesystem::path& path,
                                          const std::string& name, const TableOptions& options);
/// @param path   Its extension tells the format.
/// @param bytes  What was read of it.
[[nodiscard]] TableBytes table_bytes(const std::filesystem::path& path, const std::string& name,
                                     std::string bytes, const TableOptions& options);
[[nodiscard]] Table parse_table(TableBytes read, const TableOptions& options);

/// Whether a table is a list that Liantu itself wrote (see kOutputMark).
[[nodiscard]] bool is_output(const Table& table);

}  // namespace liantu
