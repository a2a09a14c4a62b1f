#include "liantu/tables/read_table.hpp"

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <optional>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "liantu/base/files/atomic_file.hpp"
#include "liantu/base/files/digest.hpp"
#include "liantu/base/files/file_kind.hpp"
#include "liantu/base/files/output_mark.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/text/path_text.hpp"
#include "liantu/tables/workbooks/ods.hpp"
#include "liantu/tables/workbooks/xls.hpp"
#include "liantu/tables/workbooks/xlsx.hpp"
#include "tables/cells/find_tables.hpp"
#include "tables/cells/table_writer.hpp"
#include "tables/databases/odbc.hpp"
#include "tables/databases/sqlite.hpp"
#include "tables/plain/csv.hpp"
#include "tables/plain/json_rows.hpp"
#include "tables/standards.hpp"

namespace liantu {
namespace {

constexpr std::string_view kSqlite = "sqlite";
constexpr std::string_view kOdbc = "odbc";
constexpr std::string_view kOdbcPrefix = "odbc:";
constexpr std::string_view kStandardInput = "-";

bool is_odbc(const std::filesystem::path& path) { return path.native().starts_with(kOdbcPrefix); }

std::string lower_extension(const std::filesystem::path& path) {
  std::string extension = path.extension().string();
  for (char& c : extension) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return extension;
}

using Reader = std::vector<Table> (*)(std::string bytes, const std::string& file,
                                      const TableOptions& options);

std::vector<Table> one(Table table) {
  std::vector<Table> tables;
  tables.push_back(std::move(table));
  return tables;
}

// What reads each format is all that a format is; the rest are words about it.
struct InputFormat {
  TableFormat about;
  Reader read;
};

const std::vector<InputFormat>& input_formats() {
  static const std::vector<InputFormat> formats = {
      {{"csv",
        {".csv", ".txt"},
        "",
        false,
        {"text separated by commas, semicolons or tabs", "以逗号、分号或制表符分隔的文本"}},
       [](std::string bytes, const std::string& file, const TableOptions& options) {
         refuse_other_kinds(bytes, file);
         return read_separated(std::move(bytes), file, options, Separator::MostUsed);
       }},
      {{"tsv", {".tsv"}, "", false, {"text separated by tabs", "以制表符分隔的文本"}},
       [](std::string bytes, const std::string& file, const TableOptions& options) {
         refuse_other_kinds(bytes, file);
         return read_separated(std::move(bytes), file, options, Separator::TabFirst);
       }},
      {{"json", {".json"}, "", false, {"a JSON array of objects", "由对象组成的 JSON 数组"}},
       [](std::string bytes, const std::string& file, const TableOptions& options) {
         refuse_other_kinds(bytes, file, {FileKind::Text, FileKind::Json});
         return one(parse_json_rows(std::move(bytes), file, options, JsonShape::FromContent));
       }},
      {{"jsonl", {".jsonl", ".ndjson"}, "", false, {"a JSON object a line", "每行一个 JSON 对象"}},
       [](std::string bytes, const std::string& file, const TableOptions& options) {
         refuse_other_kinds(bytes, file, {FileKind::Text, FileKind::Json});
         return one(parse_json_rows(std::move(bytes), file, options, JsonShape::Lines));
       }},
      {{"xlsx",
        {".xlsx", ".xlsm"},
        "PK\3\4",
        true,
        {"workbook of Excel or WPS; book.xlsx#Sheet is one sheet of it",
         "Excel 或 WPS 工作簿；book.xlsx#工作表 指其中一张"}},
       [](std::string bytes, const std::string& file, const TableOptions& options) {
         return parse_xlsx(bytes, file, options);
       }},
      {{"ods",
        {".ods"},
        "PK\3\4",
        true,
        {"OpenDocument spreadsheet of LibreOffice and others",
         "OpenDocument 表格（LibreOffice 等）"}},
       [](std::string bytes, const std::string& file, const TableOptions& options) {
         return parse_ods(bytes, file, options);
       }},
      {{"xls",
        {".xls", ".et"},
        "\xD0\xCF\x11\xE0",
        true,
        {"workbook of Excel 97 to 2003 or of WPS", "Excel 97–2003 或 WPS 的旧版工作簿"}},
       [](std::string bytes, const std::string& file, const TableOptions& options) {
         return parse_xls(bytes, file, options);
       }},
      {{kSqlite,
        {".sqlite", ".sqlite3", ".db"},
        "SQLite format 3",
        true,
        {"SQLite database; data.sqlite?table=NAME is one table or view of it, "
         "data.sqlite?query=SELECT … an answer",
         "SQLite 数据库；data.sqlite?table=表名 指其中一张表或视图，data.sqlite?query=SELECT … "
         "为查询结果"}},
       [](std::string bytes, const std::string& file, const TableOptions& options) {
         return parse_sqlite(std::move(bytes), file, options);
       }},
      {{kOdbc,
        {kOdbcPrefix},
        "",
        true,
        {"any database that has an ODBC driver: odbc:DSN=NAME or a connection string, then "
         "?table=NAME or ?query=SELECT …",
         "有 ODBC 驱动的任何数据库：odbc:DSN=名称 或连接字符串，其后可写 ?table=表名 或 "
         "?query=SELECT …"}},
       [](std::string bytes, const std::string& file, const TableOptions& options) {
         return parse_odbc(bytes, file, options);
       }},
  };
  return formats;
}

const InputFormat* find_named(std::string_view name) {
  const auto found = std::ranges::find(input_formats(), name,
                                       [](const InputFormat& one) { return one.about.name; });
  return found == input_formats().end() ? nullptr : &*found;
}

const InputFormat* find_format(const std::string& extension) {
  for (const InputFormat& format : input_formats()) {
    const auto& known = format.about.extensions;
    if (std::find(known.begin(), known.end(), extension) != known.end()) return &format;
  }
  return nullptr;
}

bool is_workbook_extension(std::string_view extension) {
  return extension.starts_with(".xls") || extension == ".et" || extension == ".ods";
}

[[noreturn]] void throw_unknown(const std::string& file, const std::string& extension) {
  std::string known;
  for (const TableFormat& format : table_formats()) {
    for (const std::string_view one : format.extensions) {
      if (!known.empty()) known += ' ';
      known += one;
    }
  }
  const Text remedy =
      is_workbook_extension(extension)
          ? Text{"save the workbook as .xlsx in the spreadsheet program",
                 "请在表格软件中把工作簿另存为 .xlsx"}
          : Text{"rename the file after what it holds", "请按文件内容改用其中一种扩展名"};
  throw Error{
      ErrorCode::InvalidData,
      {.file = file},
      {fmt::format("no table format has the extension \"{}\" (known are {})", extension, known),
       fmt::format("无法识别扩展名“{}”（可读取的有 {}）", extension, known)},
      remedy};
}

// What standard input holds only its user knows.
const InputFormat& format_of_input(const TableOptions& options) {
  const InputFormat* format = find_named(options.format);
  if (format != nullptr && format->about.name != kOdbc) return *format;
  std::string names;
  for (const TableFormat& one : table_formats()) {
    if (one.name != kOdbc) names += fmt::format("{}{}", names.empty() ? "" : " ", one.name);
  }
  throw Error{ErrorCode::InvalidArgument,
              {fmt::format("-: say what standard input holds: --input-format, one of {}", names),
               fmt::format("-：请用 --input-format 说明标准输入的格式，可取 {}", names)}};
}

// Of a file whose extension says nothing the content may.
[[noreturn]] void refuse_unknown(const std::filesystem::path& path, const std::string& file,
                                 const std::string& extension) {
  std::error_code missing;
  if (std::filesystem::is_regular_file(path, missing)) {
    refuse_other_kinds(read_start(path, kFileKindBytes), file, {FileKind::Text, FileKind::Json});
  }
  throw_unknown(file, extension);
}

// Formats that name every cell have no line of headings that could stand in the middle again.
bool repeats_headings(const TableFormat& format) {
  return !format.name.starts_with("json") && format.name != kSqlite && format.name != kOdbc;
}

// Rows that follow a standard for company data become tables of what they are about.
std::vector<Table> follow_standards(std::vector<Table> tables, const TableOptions& options) {
  std::vector<Table> out;
  for (Table& table : tables) {
    auto made = options.header == HeaderRow::None ? std::nullopt : read_standard(table, options);
    if (!made) {
      out.push_back(std::move(table));
      continue;
    }
    for (Table& one : *made) out.push_back(std::move(one));
  }
  return out;
}

}  // namespace

const std::vector<TableFormat>& table_formats() {
  static const std::vector<TableFormat> formats = [] {
    std::vector<TableFormat> list;
    for (const InputFormat& format : input_formats()) list.push_back(format.about);
    return list;
  }();
  return formats;
}

bool is_table(const std::filesystem::path& path) {
  return find_format(lower_extension(path)) != nullptr;
}

bool is_workbook(const std::filesystem::path& path) {
  return is_workbook_extension(lower_extension(path));
}

bool is_database(const std::filesystem::path& path) {
  const InputFormat* format = find_format(lower_extension(path));
  return format != nullptr && format->about.name == kSqlite;
}

bool is_no_file(const std::filesystem::path& path) {
  return is_odbc(path) || path == kStandardInput;
}

std::string table_name(const std::filesystem::path& path) {
  if (is_odbc(path)) return odbc_name(path.string());
  return path == kStandardInput ? "stdin" : path_text(path.filename());
}

SheetPath split_sheet(const std::filesystem::path& path) {
  const std::string text = path.string();
  std::error_code ignored;  // whatever cannot be looked at is refused when it is read
  constexpr std::string_view kTable = "?table=";
  for (const std::string_view mark : {kTable, std::string_view("?query=")}) {
    const std::size_t at = text.find(mark);
    if (at == std::string::npos) continue;
    const std::filesystem::path file = text.substr(0, at);
    if (!is_odbc(file) && (!is_database(file) || std::filesystem::exists(path, ignored))) continue;
    return {file, text.substr(mark == kTable ? at + mark.size() : at)};
  }
  if (is_no_file(path)) return {path, {}};
  for (std::size_t at = text.find('#'); at != std::string::npos && at + 1 < text.size();
       at = text.find('#', at + 1)) {
    const std::filesystem::path file = text.substr(0, at);
    const InputFormat* format = find_format(lower_extension(file));
    if (format == nullptr || !format->about.workbook || std::filesystem::exists(path, ignored)) {
      continue;
    }
    return {file, text.substr(at + 1)};
  }
  return {path, {}};
}

TableBytes table_bytes(const std::filesystem::path& path, const std::string& name,
                       std::string bytes, const TableOptions& options) {
  SheetPath at = split_sheet(path);
  TableBytes table;
  table.file = name.empty() ? table_name(at.path) : name;
  table.sheet = options.sheet.empty() ? std::move(at.sheet) : options.sheet;
  const std::string extension = lower_extension(at.path);
  const InputFormat* format = find_format(extension);
  if (is_odbc(at.path)) format = find_named(kOdbc);
  if (at.path == kStandardInput) format = &format_of_input(options);
  if (format == nullptr) throw_unknown(table.file, extension);
  check_limits(table.file, options.limits, bytes.size());
  table.format = format->about.name;
  table.digest = digest(bytes);
  table.bytes = std::move(bytes);
  return table;
}

TableBytes read_table_bytes(const std::filesystem::path& path, const std::string& name,
                            const TableOptions& options) {
  const SheetPath at = split_sheet(path);
  const std::string file = name.empty() ? table_name(at.path) : name;
  if (is_odbc(at.path)) {
    TableOptions of_sheet = options;
    if (of_sheet.sheet.empty()) of_sheet.sheet = at.sheet;
    return table_bytes(path, file, read_odbc(at.path.string(), of_sheet), options);
  }
  if (at.path == kStandardInput) {
    (void)format_of_input(options);  // a wait for input that cannot be used would be in vain
    return table_bytes(
        path, file, read_file("/dev/stdin", options.limits.file_bytes, options.stop, "file_bytes"),
        options);
  }
  const std::string extension = lower_extension(at.path);
  if (find_format(extension) == nullptr) refuse_unknown(at.path, file, extension);
  // A file that is too large is told apart from one that cannot be read before its bytes are.
  std::error_code unknown;
  const std::uintmax_t size = std::filesystem::file_size(at.path, unknown);
  if (!unknown) check_limits(file, options.limits, size);
  return table_bytes(path, file,
                     is_database(at.path) ? read_sqlite_file(at.path, file, options)
                                          : read_file(at.path, options.limits.file_bytes,
                                                      options.stop, "file_bytes"),
                     options);
}

std::vector<Table> parse_tables(TableBytes read, const TableOptions& options) {
  const InputFormat* format = find_named(read.format);
  assert(format != nullptr);
  TableOptions of_sheet = options;
  of_sheet.sheet = std::move(read.sheet);
  std::vector<Table> tables =
      follow_standards(format->read(std::move(read.bytes), read.file, of_sheet), of_sheet);
  for (Table& table : tables) {
    table.digest_ = read.digest;
    if (!options.unit.empty()) table.unit_ = options.unit;
    if (repeats_headings(format->about)) drop_repeated_headings(table);
  }
  return tables;
}

Table parse_table(TableBytes read, const TableOptions& options) {
  std::vector<Table> tables = parse_tables(std::move(read), options);
  if (tables.size() == 1) return std::move(tables.front());
  std::string places;
  for (const Table& table : tables) {
    places += (places.empty() ? "" : ", ") + table.header().to_string();
  }
  const std::string& file = tables.front().file();
  throw Error{ErrorCode::InvalidData,
              {.file = file},
              {fmt::format("holds several tables ({}), but only one is expected here", places),
               fmt::format("含有多张表（{}），此处只能有一张", places)},
              {fmt::format("choose a sheet as {}#Sheet, or keep one table in the file", file),
               fmt::format("请以 {}#工作表 指定，或只保留一张表", file)}};
}

std::vector<Table> read_tables(const std::filesystem::path& path, const std::string& name,
                               const TableOptions& options) {
  return parse_tables(read_table_bytes(path, name, options), options);
}

Table read_table(const std::filesystem::path& path, const std::string& name,
                 const TableOptions& options) {
  return parse_table(read_table_bytes(path, name, options), options);
}

bool is_output(const Table& table) {
  const auto& columns = table.columns();
  return std::find(columns.begin(), columns.end(), kOutputMark.en) != columns.end() ||
         std::find(columns.begin(), columns.end(), kOutputMark.zh) != columns.end();
}

}  // namespace liantu
