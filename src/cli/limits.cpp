#include "cli/limits.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/text/excerpt.hpp"
#include "cli/command.hpp"

namespace liantu::cli {
namespace {

constexpr std::uint64_t kMega = std::uint64_t{1} << 20;
constexpr std::uint64_t kGiga = std::uint64_t{1} << 30;

constexpr std::uint64_t kYear = 366 * 86400;  // seconds

const LimitRow kRows[] = {
    {"file_bytes",
     {"largest table", "单个表格文件的字节数"},
     1,
     1024 * kGiga,
     [](const Limits& limits) { return limits.tables.file_bytes; },
     [](Limits& limits, std::uint64_t value) { limits.tables.file_bytes = value; }},
    {"row_bytes",
     {"longest row of a table", "表格一行的字节数"},
     1,
     2 * kGiga,
     [](const Limits& limits) { return limits.tables.row_bytes; },
     [](Limits& limits, std::uint64_t value) { limits.tables.row_bytes = value; }},
    {"field_bytes",
     {"longest cell of a table", "表格单元格的字节数"},
     1,
     2 * kGiga,
     [](const Limits& limits) { return limits.tables.field_bytes; },
     [](Limits& limits, std::uint64_t value) { limits.tables.field_bytes = value; }},
    {"sheet_rows",
     {"last row of a workbook's sheet", "工作表的最大行号"},
     1,
     16 * kMega,
     [](const Limits& limits) { return std::uint64_t{limits.tables.sheet_rows}; },
     [](Limits& limits, std::uint64_t value) {
       limits.tables.sheet_rows = static_cast<std::uint32_t>(value);
     }},
    {"cells",
     {"most cells of a workbook", "工作簿的单元格数"},
     1,
     2 * kGiga,
     [](const Limits& limits) { return std::uint64_t{limits.tables.cells}; },
     [](Limits& limits, std::uint64_t value) {
       limits.tables.cells = static_cast<std::uint32_t>(value);
     }},
    {"entries",
     {"most files in a workbook", "工作簿所含的文件数"},
     1,
     kMega,
     [](const Limits& limits) { return std::uint64_t{limits.tables.entries}; },
     [](Limits& limits, std::uint64_t value) {
       limits.tables.entries = static_cast<std::uint32_t>(value);
     }},
    {"inflated_bytes",
     {"a workbook once inflated", "工作簿解压后的字节数"},
     1,
     1024 * kGiga,
     [](const Limits& limits) { return limits.tables.inflated_bytes; },
     [](Limits& limits, std::uint64_t value) { limits.tables.inflated_bytes = value; }},
    {"inflation",
     {"bytes that one byte of a workbook is inflated to", "工作簿一个字节解压成的字节数"},
     1,
     kMega,
     [](const Limits& limits) { return std::uint64_t{limits.tables.inflation}; },
     [](Limits& limits, std::uint64_t value) {
       limits.tables.inflation = static_cast<std::uint32_t>(value);
     }},
    {"query_seconds",
     {"longest time that a database takes to answer, in seconds", "数据库应答的最长秒数"},
     1,
     86'400,
     [](const Limits& limits) { return std::uint64_t{limits.tables.query_seconds}; },
     [](Limits& limits, std::uint64_t value) {
       limits.tables.query_seconds = static_cast<std::uint32_t>(value);
     }},
    {"columns",
     {"most columns of a table", "表格的列数"},
     1,
     kMega,
     [](const Limits& limits) { return std::uint64_t{limits.tables.columns}; },
     [](Limits& limits, std::uint64_t value) {
       limits.tables.columns = static_cast<std::uint32_t>(value);
     }},
    {"problems",
     {"most problems in the rows of a table", "单个表格各行的问题数"},
     1,
     kGiga,
     [](const Limits& limits) { return std::uint64_t{limits.tables.problems}; },
     [](Limits& limits, std::uint64_t value) {
       limits.tables.problems = static_cast<std::uint32_t>(value);
     }},
    {"json_bytes",
     {"largest policy or mapping", "评分政策或映射文件的字节数"},
     1,
     kGiga,
     [](const Limits& limits) { return limits.json_bytes; },
     [](Limits& limits, std::uint64_t value) { limits.json_bytes = value; }},
    {"model_bytes",
     {"largest model", "模型文件的字节数"},
     1,
     64 * kGiga,
     [](const Limits& limits) { return limits.model_bytes; },
     [](Limits& limits, std::uint64_t value) { limits.model_bytes = value; }},
    {"dot_seconds",
     {"longest time that Graphviz draws, in seconds", "Graphviz 绘图的秒数"},
     1,
     kYear,
     [](const Limits& limits) { return static_cast<std::uint64_t>(limits.drawing.limit.count()); },
     [](Limits& limits, std::uint64_t value) {
       limits.drawing.limit = std::chrono::seconds(static_cast<std::int64_t>(value));
     }},
    {"dot_memory",
     {"most memory that Graphviz may use, in bytes", "Graphviz 可用内存的字节数"},
     64 * kMega,
     1024 * kGiga,
     [](const Limits& limits) { return limits.drawing.memory_bytes; },
     [](Limits& limits, std::uint64_t value) { limits.drawing.memory_bytes = value; }},
    {"dot_bytes",
     {"largest drawing by Graphviz", "Graphviz 输出的字节数"},
     1,
     64 * kGiga,
     [](const Limits& limits) { return limits.drawing.output_bytes; },
     [](Limits& limits, std::uint64_t value) { limits.drawing.output_bytes = value; }},
    {"picture_bytes",
     {"largest drawing that is made a PDF or PNG", "转为 PDF 或 PNG 的图的字节数"},
     1,
     kGiga,
     [](const Limits& limits) { return limits.picture.svg_bytes; },
     [](Limits& limits, std::uint64_t value) { limits.picture.svg_bytes = value; }},
    {"picture_pixels",
     {"most pixels of a PNG", "PNG 图片的像素数"},
     1,
     kGiga,
     [](const Limits& limits) { return limits.picture.pixels; },
     [](Limits& limits, std::uint64_t value) { limits.picture.pixels = value; }},
};

// `33554432`, or with K, M or G behind it for 1,024 of the next smaller.
std::optional<std::uint64_t> parse_value(std::string_view words) {
  constexpr std::string_view kSuffixes = "KMG";
  std::uint64_t factor = 1;
  if (!words.empty()) {
    if (const auto at = kSuffixes.find(words.back()); at != std::string_view::npos) {
      factor = std::uint64_t{1} << (10 * (at + 1));
      words.remove_suffix(1);
    }
  }
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(words.data(), words.data() + words.size(), value);
  if (error != std::errc() || end != words.data() + words.size()) return std::nullopt;
  if (value > std::numeric_limits<std::uint64_t>::max() / factor) return std::nullopt;
  return value * factor;
}

}  // namespace

std::span<const LimitRow> limit_rows() { return kRows; }

Limits limits(const Call& call) {
  Limits result;
  if (!call.has("limit")) return result;
  for (const std::string& given : call.get<std::vector<std::string>>("limit")) {
    const std::size_t equals = given.find('=');
    const std::string_view name = std::string_view(given).substr(0, equals);
    const auto row = std::ranges::find(kRows, name, &LimitRow::name);
    if (row == std::end(kRows)) {
      usage_error(
          fmt::format("--limit {}: there is no such limit; liantu formats --limits lists them",
                      excerpt(given)),
          fmt::format("--limit {}：没有此限额；liantu formats --limits 列出全部限额",
                      excerpt(given)));
    }
    const auto value = equals == std::string::npos
                           ? std::nullopt
                           : parse_value(std::string_view(given).substr(equals + 1));
    if (!value || *value < row->least || *value > row->most) {
      usage_error(
          fmt::format("--limit {}: give a whole number from {} to {}, such as --limit {}={}",
                      excerpt(given), row->least, row->most, name, row->get(Limits{})),
          fmt::format("--limit {}：应为 {} 到 {} 的整数，如 --limit {}={}", excerpt(given),
                      row->least, row->most, name, row->get(Limits{})));
    }
    row->set(result, *value);
  }
  return result;
}

}  // namespace liantu::cli
