#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "fuzz.hpp"
#include "liantu/tables/table.hpp"

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

}  // namespace liantu::fuzz
