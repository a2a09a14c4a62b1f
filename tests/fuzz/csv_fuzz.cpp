// Every table that comes out of any bytes keeps what Table promises; nothing but Error leaves.

#include <cstddef>
#include <cstdint>
#include <string>

#include "liantu/base/error.hpp"
#include "liantu/base/utf8.hpp"
#include "liantu/tables/csv.hpp"
#include "liantu/tables/json_rows.hpp"

namespace {

using liantu::Cell;
using liantu::Error;
using liantu::find_invalid_utf8;
using liantu::Table;

void require(bool holds) {
  if (!holds) __builtin_trap();
}

void check(const Table& table) {
  for (const std::string& column : table.columns()) require(!find_invalid_utf8(column));
  std::uint32_t last_number = 1;
  for (std::size_t row = 0; row < table.size(); ++row) {
    require(table.row_number(row) > last_number || (row == 0 && table.row_number(row) > 1));
    last_number = table.row_number(row);
    require(table.place(row).line >= 1 && table.place(row).column >= 1);
    for (std::size_t column = 0; column < table.columns().size(); ++column) {
      const Cell cell = table.cell(row, column);
      require(!find_invalid_utf8(cell.text));
      require(cell.line >= 1 && cell.column >= 1);
      require(table.place(row, column).column == cell.column);
    }
  }
  for (const liantu::Problem& problem : table.problems()) {
    require(problem.place.line >= 1 && problem.place.column >= 1 && problem.place.row >= 1);
    require(!find_invalid_utf8(problem.value));
    require(!problem.what.en.empty() && !problem.what.zh.empty());
  }
}

void check_error(const Error& error) {
  require(!error.message().en.empty() && !error.message().zh.empty());
  require(!find_invalid_utf8(error.message().en) && !find_invalid_utf8(error.message().zh));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes{reinterpret_cast<const char*>(data), size};
  try {
    check(liantu::parse_csv(bytes, "fuzz.csv"));
  } catch (const Error& error) {
    check_error(error);
  }
  for (const char* file : {"fuzz.json", "fuzz.jsonl"}) {
    try {
      check(liantu::parse_json_rows(bytes, file));
    } catch (const Error& error) {
      check_error(error);
    }
  }
  return 0;
}
