#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "fuzz/fuzz.hpp"
#include "liantu/tables/cells/table.hpp"

namespace liantu::fuzz {

/// A table keeps what Table promises, whatever it was read from.
inline void check(const Table& table) {
  for (const std::string& column : table.columns()) require(!find_invalid_utf8(column));
  std::uint32_t last_number = 1;
  for (std::size_t row = 0; row < table.size(); ++row) {
    require(table.row_number(row) > last_number);
    last_number = table.row_number(row);
    require(table.place(row).line >= 1 && table.place(row).column >= 1);
    for (std::size_t column = 0; column < table.columns().size(); ++column) {
      const Cell cell = table.cell(row, column);
      require(!find_invalid_utf8(cell.text));
      require(cell.line >= 1 && cell.column >= 1);
      require(table.place(row, column).column == cell.column);
    }
  }
  for (const Problem& problem : table.problems()) {
    require(problem.place.line >= 1 && problem.place.column >= 1 && problem.place.row >= 1);
    require(!find_invalid_utf8(problem.value));
    require(!problem.what.en.empty() && !problem.what.zh.empty());
  }
}

/// The same of a sheet or a database's table, as far as it is told apart from one of text: rows may
/// start at 1 and have no line.
inline void check_sheet(const Table& table) {
  for (const std::string& column : table.columns()) require(!find_invalid_utf8(column));
  std::uint32_t last_number = 0;
  for (std::size_t row = 0; row < std::min<std::size_t>(table.size(), 1024); ++row) {
    require(table.row_number(row) > last_number);
    last_number = table.row_number(row);
    const std::size_t columns = std::min<std::size_t>(table.columns().size(), 64);
    for (std::size_t column = 0; column < columns; ++column) {
      require(!find_invalid_utf8(table.cell(row, column).text));
      require(!find_invalid_utf8(table.place(row, column).to_string()));
    }
  }
}

}  // namespace liantu::fuzz
