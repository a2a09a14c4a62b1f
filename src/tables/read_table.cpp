#include "liantu/tables/read_table.hpp"

#include <algorithm>
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
#include "tables/csv.hpp"
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

const TableFormat* find_format(const std::string& extension) {
  for (const TableFormat& format : table_formats()) {
    const auto& known = format.extensions;
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
          ? Text{"save the workbook as \"CSV UTF-8\" in the spreadsheet program",
                 "请在表格软件中把工作簿另存为“CSV UTF-8（逗号分隔）”"}
          : Text{"rename the file after what it holds", "请按文件内容改用其中一种扩展名"};
  throw Error{ErrorCode::InvalidData,
              {fmt::format("{}: no table format has the extension \"{}\" (known are {}); {}", file,
                           extension, known, remedy.en),
               fmt::format("{}：不认识扩展名“{}”（可读取的有 {}）；{}", file, extension, known,
                           remedy.zh)}};
}

Table parse(std::string bytes, const std::string& file, const TableOptions& options,
            std::string_view format) {
  if (format == "json" || format == "jsonl") {
    refuse_other_kinds(bytes, file, {FileKind::Text, FileKind::Json});
    return parse_json_rows(std::move(bytes), file, options,
                           format == "json" ? JsonShape::FromContent : JsonShape::Lines);
  }
  refuse_other_kinds(bytes, file);
  return parse_separated(std::move(bytes), file, options,
                         format == "tsv" ? Separator::TabFirst : Separator::MostUsed);
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
  static const std::vector<TableFormat> formats = {
      {"csv",
       {".csv", ".txt"},
       {"text separated by commas, semicolons or tabs", "以逗号、分号或制表符分隔的文本"}},
      {"tsv", {".tsv"}, {"text separated by tabs", "以制表符分隔的文本"}},
      {"json", {".json"}, {"a JSON array of objects", "由对象组成的 JSON 数组"}},
      {"jsonl", {".jsonl", ".ndjson"}, {"a JSON object a line", "每行一个 JSON 对象"}},
  };
  return formats;
}

bool is_table(const std::filesystem::path& path) {
  return find_format(lower_extension(path)) != nullptr;
}

bool is_workbook(const std::filesystem::path& path) {
  return is_workbook_extension(lower_extension(path));
}

TableBytes table_bytes(const std::filesystem::path& path, const std::string& name,
                       std::string bytes, const TableOptions& options) {
  TableBytes table;
  table.file = name.empty() ? path_text(path.filename()) : name;
  const std::string extension = lower_extension(path);
  const TableFormat* format = find_format(extension);
  if (format == nullptr) throw_unknown(table.file, extension);
  check_limits(table.file, options.limits, bytes.size());
  table.format = format->name;
  table.digest = digest(bytes);
  table.bytes = std::move(bytes);
  return table;
}

TableBytes read_table_bytes(const std::filesystem::path& path, const std::string& name,
                            const TableOptions& options) {
  const std::string file = name.empty() ? path_text(path.filename()) : name;
  const std::string extension = lower_extension(path);
  if (find_format(extension) == nullptr) refuse_unknown(path, file, extension);
  // A file that is too large is told apart from one that cannot be read before its bytes are.
  std::error_code unknown;
  const std::uintmax_t size = std::filesystem::file_size(path, unknown);
  if (!unknown) check_limits(file, options.limits, size);
  return table_bytes(path, file, read_file(path, options.limits.file_bytes, options.stop), options);
}

Table parse_table(TableBytes read, const TableOptions& options) {
  Table table = parse(std::move(read.bytes), read.file, options, read.format);
  table.digest_ = std::move(read.digest);
  return table;
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
