#include "liantu/tables/cells/table.hpp"

#include <algorithm>
#include <cassert>

namespace liantu {

std::optional<std::size_t> Table::column(std::string_view name) const {
  const auto found = std::find(columns_.begin(), columns_.end(), name);
  if (found == columns_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - columns_.begin());
}

const Table::CellStart* Table::find(const RowStart& row, std::size_t column) const {
  if (cell_columns_.empty()) {
    return column < row.cells ? &cells_[row.first_cell + column] : nullptr;
  }
  const auto first = cell_columns_.begin() + static_cast<std::ptrdiff_t>(row.first_cell);
  const auto last = first + static_cast<std::ptrdiff_t>(row.cells);
  // Rows of one shape hold every column, and then the answer is where it would be in a full row.
  if (column < row.cells && first[static_cast<std::ptrdiff_t>(column)] == column) {
    return &cells_[row.first_cell + column];
  }
  const auto found = std::lower_bound(first, last, column);
  if (found == last || *found != column) return nullptr;
  return &cells_[row.first_cell + static_cast<std::size_t>(found - first)];
}

Cell Table::cell(std::size_t row, std::size_t column) const {
  assert(row < rows_.size() && column < columns_.size());
  const RowStart& start = rows_[row];
  const CellStart* cell = find(start, column);
  if (cell == nullptr) {
    return {{}, start.line, sheet_.empty() ? start.column : headings_[column].column};
  }
  return {std::string_view{*text_}.substr(start.text + cell->offset, cell->length), cell->line,
          cell->column};
}

bool Table::is_list(std::size_t row, std::size_t column) const {
  if (lists_.empty()) return false;
  const CellStart* cell = find(rows_[row], column);
  return cell != nullptr && std::binary_search(lists_.begin(), lists_.end(),
                                               static_cast<std::uint64_t>(cell - cells_.data()));
}

std::uint32_t Table::row_number(std::size_t row) const {
  assert(row < rows_.size());
  return rows_[row].number;
}

InputPlace Table::heading(std::size_t column) const {
  assert(column < columns_.size());
  const std::uint32_t row = sheet_.empty() ? header_number_ : headings_[column].line;
  return {file_, sheet_, row, headings_[column].line, headings_[column].column};
}

InputPlace Table::header() const {
  return columns_.empty() ? InputPlace{.file = file_, .sheet = sheet_} : heading(0);
}

InputPlace Table::place(std::size_t row, std::size_t column) const {
  const Cell at = cell(row, column);
  return {file_, sheet_, rows_[row].number, at.line, at.column};
}

InputPlace Table::place(std::size_t row) const {
  assert(row < rows_.size());
  const RowStart& start = rows_[row];
  return {file_, sheet_, start.number, start.line, start.column};
}

}  // namespace liantu
