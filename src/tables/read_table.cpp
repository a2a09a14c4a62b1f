#include "liantu/tables/read_table.hpp"

#include <algorithm>
#include <cstdint>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "liantu/base/atomic_file.hpp"
#include "liantu/base/digest.hpp"
#include "liantu/base/error.hpp"
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
  if (format == "json") {
    return parse_json_rows(std::move(bytes), file, options, JsonShape::FromContent);
  }
  if (format == "jsonl") {
    return parse_json_rows(std::move(bytes), file, options, JsonShape::Lines);
  }
  return parse_separated(std::move(bytes), file, options,
                         format == "tsv" ? Separator::TabFirst : Separator::MostUsed);
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

Table read_table(const std::filesystem::path& path, const std::string& name,
                 const TableOptions& options) {
  const std::string file = name.empty() ? path.filename().string() : name;
  const std::string extension = lower_extension(path);
  const TableFormat* format = find_format(extension);
  if (format == nullptr) throw_unknown(file, extension);
  // A file that is too large is told apart from one that cannot be read before its bytes are.
  std::error_code unknown;
  const std::uintmax_t size = std::filesystem::file_size(path, unknown);
  if (!unknown) check_limits(file, options.limits, size);
  std::string bytes = read_file(path, options.limits.file_bytes, {}, "file_bytes");
  std::string sum = digest(bytes);
  Table table = parse(std::move(bytes), file, options, format->name);
  table.digest_ = std::move(sum);
  return table;
}

}  // namespace liantu
