#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/tables/cells/table.hpp"

namespace LIANTU_API liantu {

/// A format that tables are read from.
struct TableFormat {
  std::string_view name;                     ///< "csv", "xlsx", …
  std::vector<std::string_view> extensions;  ///< ".csv", …; `odbc:` begins names of such sources
  std::string_view first_bytes;              ///< that every file of it begins with; empty for text
  bool workbook = false;                     ///< whether a file may hold several sheets or tables
  Text meaning;
};

/// All formats that read_tables() knows.
[[nodiscard]] const std::vector<TableFormat>& table_formats();

/// Whether read_tables() knows the file's extension.
[[nodiscard]] bool is_table(const std::filesystem::path& path);

/// Whether the extension is that of a spreadsheet program's workbook (.xlsx, .xls, .et, .ods …),
/// which read_tables() may or may not read.
[[nodiscard]] bool is_workbook(const std::filesystem::path& path);

/// Whether the extension is that of a database file (.sqlite, .db …).
[[nodiscard]] bool is_database(const std::filesystem::path& path);

/// Whether a path stands for a database that an ODBC driver reaches (`odbc:DSN=…`) or for standard
/// input (`-`), and not for a file.
[[nodiscard]] bool is_no_file(const std::filesystem::path& path);

/// What messages and provenance call a path: a file's own name; of an ODBC source what is not
/// secret; `stdin`.
[[nodiscard]] std::string table_name(const std::filesystem::path& path);

/// A file and the sheet of it that is meant.
struct SheetPath {
  std::filesystem::path path;
  std::string sheet;  ///< see TableOptions::sheet
};

/// Takes `book.xlsx#规上企业`, `data.sqlite?table=企业` and `data.sqlite?query=SELECT …` apart; a
/// file that has such a name itself is left whole.
[[nodiscard]] SheetPath split_sheet(const std::filesystem::path& path);

/// Reads the tables of a file of any known format, which its extension tells; of standard input
/// (`-`) TableOptions::format does.
///
/// The headings need not stand first: titles and a line with the unit above them, headings of two
/// lines, headings again in the middle, captions and footnotes are told apart from rows of data,
/// and a sheet may hold several tables. In separated text this needs TableOptions::is_heading. What
/// was taken for what is a Note ("table-found") of the table, unless the headings stand in the
/// first line and nothing else was found.
///
/// @param path     File.
/// @param name     Name used in messages and provenance; the file's own name when empty.
/// @param options  See TableOptions.
/// @return         At least one table; by sheet, then from top to bottom and from left to right. A
///                 table with headings and no rows is fine.
/// @throws Error{Io} if the file cannot be read; Error{InvalidData} with its place if it is
///         empty, its encoding cannot be told, a quote is never closed, or its structure is broken
///         otherwise, or its extension is not known, or it lacks the sheet asked for;
///         Error{InvalidArgument} for a limit outside its range, or when no known format is
///         named for standard input; Error{LimitReached}, naming the limit; Error{Cancelled}.
/// @complexity  Linear in the file.
[[nodiscard]] std::vector<Table> read_tables(const std::filesystem::path& path,
                                             const std::string& name = {},
                                             const TableOptions& options = {});

/// Reads the one table of a file.
///
/// @throws as read_tables(); Error{InvalidData} if the file holds several tables.
[[nodiscard]] Table read_table(const std::filesystem::path& path, const std::string& name = {},
                               const TableOptions& options = {});

/// The bytes of a table's file, read once: a pipe has no second reading, and a file that is
/// replaced meanwhile would have another digest than what was read of it.
struct TableBytes {
  std::string file;         ///< name used in messages and provenance
  std::string sheet;        ///< the one that is meant; empty: all
  std::string_view format;  ///< TableFormat::name
  std::string bytes;
  std::string digest;  ///< of the bytes
};

/// read_tables() in two steps, for those who look at the bytes in more than one way.
/// @throws Error as read_tables().
[[nodiscard]] TableBytes read_table_bytes(const std::filesystem::path& path,
                                          const std::string& name, const TableOptions& options);
/// @param path   Its extension tells the format.
/// @param bytes  What was read of it.
[[nodiscard]] TableBytes table_bytes(const std::filesystem::path& path, const std::string& name,
                                     std::string bytes, const TableOptions& options);
[[nodiscard]] std::vector<Table> parse_tables(TableBytes read, const TableOptions& options);
/// @throws Error as read_table().
[[nodiscard]] Table parse_table(TableBytes read, const TableOptions& options);

/// Whether a table is a list that Liantu itself wrote (see kOutputMark).
[[nodiscard]] bool is_output(const Table& table);

}  // namespace liantu
