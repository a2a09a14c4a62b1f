#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text/excerpt.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/tables/cells/table.hpp"

namespace liantu {

/// Where in a text a reader stands. A line ends with LF, CRLF or CR.
struct TextPosition {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

/// Moves a position over UTF-8 text. A CRLF may not be split between two calls.
void advance(TextPosition& position, std::string_view text);

/// @throws Error{InvalidArgument} for a limit outside its range; Error{LimitReached} if
///         `file_bytes` is too many.
void check_limits(const std::string& file, const TableLimits& limits, std::uint64_t file_bytes);

/// Fills a Table row by row and watches limits, stop token and progress.
class TableWriter {
 public:
  using RowStart = Table::RowStart;
  using CellStart = Table::CellStart;

  /// @throws Error as check_limits(); Error{Cancelled}.
  TableWriter(const std::string& file, const TableOptions& options, std::uint64_t file_bytes);

  /// Names the sheet that the rows come from.
  void set_sheet(std::string name) { table_.sheet_ = std::move(name); }

  /// Place of a row of the sheet.
  [[nodiscard]] InputPlace place(std::uint32_t row) const {
    return {table_.file_, table_.sheet_, row, 0, 0};
  }

  [[nodiscard]] const std::string& file() const { return table_.file_; }
  [[nodiscard]] const TableLimits& limits() const { return options_.limits; }
  [[nodiscard]] const std::vector<std::string>& columns() const { return table_.columns_; }
  [[nodiscard]] std::size_t rows() const { return table_.rows_.size(); }
  [[nodiscard]] const std::vector<Problem>& problems() const { return table_.problems_; }

  void add_column(std::string name, TextPosition at) {
    table_.columns_.push_back(std::move(name));
    table_.headings_.push_back({at.line, at.column});
  }
  /// Takes the last columns back, those of a row that is left out.
  void keep_columns(std::size_t count) {
    table_.columns_.resize(count);
    table_.headings_.resize(count);
  }

  /// Size of the text that the rows are read from, for progress and reservation.
  void set_total(std::uint64_t bytes) { total_ = bytes; }

  void begin_row(const RowStart& row);
  /// A cell of the row begun, in the order of columns.
  void add_cell(const CellStart& cell) {
    if (table_.cells_.size() == table_.cells_.capacity()) grow();
    table_.cells_.push_back(cell);
  }
  /// A cell of the row begun, columns ascending, some left out.
  void add_cell(const CellStart& cell, std::uint32_t column) {
    add_cell(cell);
    table_.cell_columns_.push_back(column);
  }
  /// Says that the cell added last was a list.
  void mark_list() { table_.lists_.push_back(table_.cells_.size() - 1); }
  void end_row();
  void drop_row();

  /// @throws Error{LimitReached} when there are too many.
  void add_problem(Severity severity, std::uint32_t row, TextPosition at, std::string kind,
                   std::string value, Text what, Text remedy);

  /// Says how far the reading has come.
  /// @throws Error{Cancelled}.
  void tick(std::uint64_t done) {
    if (done >= next_tick_) report(done);
  }

  /// @throws Error{LimitReached} if columns or lines are too many, or a row or field is too long.
  void check_columns(std::size_t count, TextPosition at) const {
    if (count > options_.limits.columns) throw_column_limit(at);
  }
  void check_row(std::uint64_t bytes, TextPosition at) const {
    if (bytes > options_.limits.row_bytes) throw_row_limit(at);
    if (at.line > kMaxLines) throw_line_limit();
  }
  void check_field(std::uint64_t bytes, TextPosition at) const {
    if (bytes > options_.limits.field_bytes) throw_field_limit(at);
  }

  /// An error at a place of the table.
  [[nodiscard]] Error error(ErrorCode code, TextPosition at, Text wrong, Text remedy) const;

  [[nodiscard]] Table finish(std::string text, std::string encoding);
  /// The same; several tables may point into one text.
  [[nodiscard]] Table finish(std::shared_ptr<const std::string> text, std::string encoding);

 private:
  // Leaves room for the lines of one more row in 32 bits.
  static constexpr std::uint32_t kMaxLines = 2'000'000'000;

  void grow();
  void report(std::uint64_t done);
  [[noreturn]] void throw_column_limit(TextPosition at) const;
  [[noreturn]] void throw_row_limit(TextPosition at) const;
  [[noreturn]] void throw_field_limit(TextPosition at) const;
  [[noreturn]] void throw_line_limit() const;

  Table table_;
  TableOptions options_;
  RowStart row_;
  std::uint64_t total_;
  std::uint64_t next_tick_ = 0;
};

}  // namespace liantu
