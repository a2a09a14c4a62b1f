#include "tables/cells/table_writer.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include <fmt/format.h>

namespace liantu {
namespace {

constexpr std::uint64_t kTickBytes = std::uint64_t{1} << 20;

void check_range(std::uint64_t value, std::uint64_t most, std::string_view limit) {
  if (value >= 1 && value <= most) return;
  throw Error{ErrorCode::InvalidArgument,
              {fmt::format("the limit {} is {}; choose a value from 1 to {}", limit, value, most),
               fmt::format("限额 {} 为 {}；请取 1 到 {} 之间的值", limit, value, most)}};
}

}  // namespace

void advance(TextPosition& position, std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n' || (c == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'))) {
      ++position.line;
      position.column = 1;
    } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U && c != '\r') {
      ++position.column;
    }
  }
}

void check_limits(const std::string& file, const TableLimits& limits, std::uint64_t file_bytes) {
  check_range(limits.file_bytes, std::uint64_t{1} << 40, "file_bytes");
  check_range(limits.row_bytes, std::uint64_t{1} << 31, "row_bytes");
  check_range(limits.field_bytes, std::uint64_t{1} << 31, "field_bytes");
  check_range(limits.columns, std::uint64_t{1} << 20, "columns");
  check_range(limits.problems, std::uint64_t{1} << 30, "problems");
  check_range(limits.sheet_rows, std::uint64_t{1} << 24, "sheet_rows");
  check_range(limits.cells, std::uint64_t{1} << 31, "cells");
  check_range(limits.entries, std::uint64_t{1} << 20, "entries");
  check_range(limits.inflated_bytes, std::uint64_t{1} << 40, "inflated_bytes");
  check_range(limits.inflation, std::uint64_t{1} << 20, "inflation");
  check_range(limits.query_seconds, 86'400, "query_seconds");
  if (file_bytes <= limits.file_bytes) return;
  throw Error{ErrorCode::LimitReached,
              {.file = file},
              {fmt::format("has {} bytes, the limit is {}", file_bytes, limits.file_bytes),
               fmt::format("文件有 {} 字节，上限是 {} 字节", file_bytes, limits.file_bytes)},
              {"split the file or raise the limit: --limit file_bytes=VALUE",
               "请拆分文件，或调高限额：--limit file_bytes=数值"}};
}

TableWriter::TableWriter(const std::string& file, const TableOptions& options,
                         std::uint64_t file_bytes)
    : options_(options), total_(file_bytes) {
  table_.file_ = file;
  table_.header_row_ = options.header;
  check_limits(file, options_.limits, file_bytes);
  report(0);
}

void TableWriter::begin_row(const RowStart& row) {
  row_ = row;
  row_.first_cell = table_.cells_.size();
}

void TableWriter::end_row() {
  row_.cells = static_cast<std::uint32_t>(table_.cells_.size() - row_.first_cell);
  table_.rows_.push_back(row_);
}

void TableWriter::drop_row() {
  table_.cells_.resize(row_.first_cell);
  if (!table_.cell_columns_.empty()) table_.cell_columns_.resize(row_.first_cell);
  while (!table_.lists_.empty() && table_.lists_.back() >= row_.first_cell) {
    table_.lists_.pop_back();
  }
}

void TableWriter::add_problem(Severity severity, std::uint32_t row, TextPosition at,
                              std::string kind, std::string value, Text what, Text remedy) {
  const std::uint32_t most = options_.limits.problems;
  if (table_.problems_.size() == most) {
    throw error(ErrorCode::LimitReached, at,
                {fmt::format("more than {} problems in rows, this one: {}", most, what.en),
                 fmt::format("各行的问题超过上限 {} 个，本行的问题：{}", most, what.zh)},
                {"mend the file, or raise the limit: --limit problems=VALUE",
                 "请修正文件，或调高限额：--limit problems=数值"});
  }
  table_.problems_.push_back({severity,
                              InputPlace{table_.file_, table_.sheet_, row, at.line, at.column},
                              std::move(kind),
                              {},
                              std::move(value),
                              std::move(what),
                              std::move(remedy)});
}

Error TableWriter::error(ErrorCode code, TextPosition at, Text wrong, Text remedy) const {
  const std::uint32_t row = table_.sheet_.empty() ? 0 : at.line;
  return Error(code, InputPlace{table_.file_, table_.sheet_, row, at.line, at.column},
               std::move(wrong), std::move(remedy));
}

Table TableWriter::finish(std::string text, std::string encoding) {
  return finish(std::make_shared<const std::string>(std::move(text)), std::move(encoding));
}

Table TableWriter::finish(std::shared_ptr<const std::string> text, std::string encoding) {
  report(total_);
  table_.text_ = std::move(text);
  table_.encoding_ = std::move(encoding);
  return std::move(table_);
}

// Doubling would leave up to half of a large table's memory unused; the share of the file that is
// done tells how many cells will come.
void TableWriter::grow() {
  const std::size_t have = table_.cells_.size();
  std::size_t want = std::max<std::size_t>(256, have + have / 4);
  if (row_.text > 0) {
    const double whole =
        static_cast<double>(have) * static_cast<double>(total_) / static_cast<double>(row_.text);
    const double most = 2.0 * static_cast<double>(want);
    want = std::max(want, static_cast<std::size_t>(std::min(whole * 1.03, most)));
  }
  table_.cells_.reserve(want);
}

void TableWriter::report(std::uint64_t done) {
  next_tick_ = done + kTickBytes;
  if (options_.stop.stop_requested()) {
    throw Error{ErrorCode::Cancelled,
                {table_.file_ + ": reading was cancelled", table_.file_ + "：读取已取消"}};
  }
  if (options_.progress) options_.progress("read", done, total_);
}

void TableWriter::throw_column_limit(TextPosition at) const {
  const std::uint32_t most = options_.limits.columns;
  throw error(ErrorCode::LimitReached, at,
              {fmt::format("more than {} columns", most), fmt::format("列数超过上限 {}", most)},
              {"check the header, or raise the limit: --limit columns=VALUE",
               "请检查表头，或调高限额：--limit columns=数值"});
}

void TableWriter::throw_row_limit(TextPosition at) const {
  const std::uint64_t most = options_.limits.row_bytes;
  throw error(
      ErrorCode::LimitReached, at,
      {fmt::format("the row is longer than {} bytes", most), fmt::format("该行超过 {} 字节", most)},
      {"check for a quote that is closed too late, or raise the limit: --limit row_bytes=VALUE",
       "请检查是否有引号闭合过晚，或调高限额：--limit row_bytes=数值"});
}

void TableWriter::throw_field_limit(TextPosition at) const {
  const std::uint64_t most = options_.limits.field_bytes;
  throw error(
      ErrorCode::LimitReached, at,
      {fmt::format("the field is longer than {} bytes", most),
       fmt::format("该单元格超过 {} 字节", most)},
      {"check for a quote that is closed too late, or raise the limit: --limit field_bytes=VALUE",
       "请检查是否有引号闭合过晚，或调高限额：--limit field_bytes=数值"});
}

void TableWriter::throw_line_limit() const {
  throw Error{
      ErrorCode::LimitReached,
      {.file = table_.file_},
      {fmt::format("has more than {} lines", kMaxLines), fmt::format("超过 {} 行", kMaxLines)},
      {"split the file", "请把文件拆分"}};
}

}  // namespace liantu
