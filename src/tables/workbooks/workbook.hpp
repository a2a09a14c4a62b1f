#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "liantu/tables/cells/table.hpp"
#include "tables/cells/find_tables.hpp"
#include "tables/cells/table_writer.hpp"

namespace liantu {

/// Gathers the sheets of a workbook row by row and makes tables of them; what readers of all
/// workbook formats share.
class Workbook {
 public:
  /// @param bytes  Size of the file, for progress.
  Workbook(const std::string& file, const TableOptions& options, std::uint64_t bytes)
      : file_(file), options_(options), bytes_(bytes) {}

  /// Part of the text that cells point into.
  struct Span {
    std::uint32_t offset = 0;
    std::uint32_t length = 0;
  };

  /// What cells point into; append to it, then span_from() the size it had.
  [[nodiscard]] std::string& text() { return text_; }
  /// @throws Error{LimitReached} if a cell's text is longer than it may be.
  void check_length(std::size_t bytes) const;
  /// @throws Error{LimitReached} if the text is too long.
  [[nodiscard]] Span span_from(std::size_t begin) const;

  /// Whether a sheet is to be read; one that is hidden is named.
  [[nodiscard]] bool wants(const std::string& sheet, bool hidden);

  void begin_sheet(const std::string& name);
  /// @throws Error{InvalidData} if rows do not ascend; Error{LimitReached} if there are too many.
  void begin_row(std::uint32_t number, bool hidden);
  /// A cell of the row begun, column from 1. Empty ones are left out.
  void add_cell(std::uint32_t column, Span span);
  void end_row();
  void add_merge(const MergedCells& merged);
  /// A cell that holds an error (#N/A) or cannot be read.
  void add_faulty_cell(std::uint32_t column, std::string value);
  /// A formula whose value the file does not hold.
  void add_formula_without_value(std::uint32_t column);
  void end_sheet();

  /// @throws Error{InvalidData} if the sheet asked for is not there, or there is no table.
  [[nodiscard]] std::vector<Table> finish();

  [[nodiscard]] const std::string& file() const { return file_; }

 private:
  struct Sheet {
    TableWriter writer;
    std::vector<MergedCells> merges;
  };
  struct Gap {
    std::uint64_t count = 0;
    std::uint32_t row = 0;
    std::uint32_t column = 0;
  };

  void count_cell(std::uint32_t row, std::uint32_t column);
  void add_problem(Severity severity, std::uint32_t row, std::uint32_t column, const char* kind,
                   std::string value, Text what, Text remedy);

  const std::string& file_;
  const TableOptions& options_;
  std::uint64_t bytes_;
  std::string text_;
  std::vector<Sheet> sheets_;
  std::vector<std::string> names_;   ///< of all sheets
  std::vector<std::string> hidden_;  ///< of those passed over
  // Of the sheet being read.
  std::uint64_t cell_count_ = 0;  ///< of all sheets
  std::uint32_t row_ = 0;
  bool row_hidden_ = false;
  bool sorted_ = true;
  std::vector<std::pair<std::uint32_t, Span>> cells_;
  std::vector<std::uint32_t> hidden_rows_;
  std::uint64_t faulty_ = 0;
  Gap formulas_;
};

}  // namespace liantu
