#include "liantu/tables/read_table.hpp"

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "liantu/base/atomic_file.hpp"
#include "liantu/base/digest.hpp"
#include "liantu/base/error.hpp"
#include "liantu/base/file_kind.hpp"
#include "liantu/base/output_mark.hpp"
#include "liantu/base/path_text.hpp"
#include "liantu/tables/ods.hpp"
#include "liantu/tables/xlsx.hpp"
#include "tables/csv.hpp"
#include "tables/find_tables.hpp"
#include "tables/json_rows.hpp"
#include "tables/table_writer.hpp"

namespace liantu {
namespace {

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
  };
  return formats;
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
       fmt::format("不认识扩展名“{}”（可读取的有 {}）", extension, known)},
      remedy};
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

SheetPath split_sheet(const std::filesystem::path& path) {
  const std::string text = path.string();
  std::error_code ignored;  // whatever cannot be looked at is refused when it is read
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
  table.file = name.empty() ? path_text(at.path.filename()) : name;
  table.sheet = options.sheet.empty() ? std::move(at.sheet) : options.sheet;
  const std::string extension = lower_extension(at.path);
  const InputFormat* format = find_format(extension);
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
  const std::string file = name.empty() ? path_text(at.path.filename()) : name;
  const std::string extension = lower_extension(at.path);
  if (find_format(extension) == nullptr) refuse_unknown(at.path, file, extension);
  // A file that is too large is told apart from one that cannot be read before its bytes are.
  std::error_code unknown;
  const std::uintmax_t size = std::filesystem::file_size(at.path, unknown);
  if (!unknown) check_limits(file, options.limits, size);
  return table_bytes(path, file,
                     read_file(at.path, options.limits.file_bytes, options.stop, "file_bytes"),
                     options);
}

std::vector<Table> parse_tables(TableBytes read, const TableOptions& options) {
  const auto format = std::ranges::find(input_formats(), read.format,
                                        [](const InputFormat& one) { return one.about.name; });
  assert(format != input_formats().end());
  TableOptions of_sheet = options;
  of_sheet.sheet = std::move(read.sheet);
  std::vector<Table> tables = format->read(std::move(read.bytes), read.file, of_sheet);
  for (Table& table : tables) {
    table.digest_ = read.digest;
    if (!options.unit.empty()) table.unit_ = options.unit;
    if (!format->about.name.starts_with("json")) drop_repeated_headings(table);
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
              {fmt::format("holds several tables ({}) where one is wanted", places),
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
