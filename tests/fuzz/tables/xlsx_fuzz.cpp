// Every table that comes out of a workbook keeps what Table promises; nothing but Error leaves.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "liantu/base/text/error.hpp"
#include "liantu/base/text/utf8.hpp"
#include "liantu/tables/workbooks/xlsx.hpp"

namespace {

using liantu::Cell;
using liantu::Error;
using liantu::find_invalid_utf8;
using liantu::Table;

void require(bool holds) {
  if (!holds) __builtin_trap();
}

void check(const Table& table) {
  require(!table.columns().empty() && !table.sheet().empty());
  for (const std::string& column : table.columns()) require(!find_invalid_utf8(column));
  std::uint32_t last_number = 0;
  // Of a large sheet the first rows and columns stand for all.
  const std::size_t columns = std::min<std::size_t>(table.columns().size(), 64);
  for (std::size_t row = 0; row < std::min<std::size_t>(table.size(), 4096); ++row) {
    require(table.row_number(row) > last_number);
    last_number = table.row_number(row);
    for (std::size_t column = 0; column < columns; ++column) {
      const Cell cell = table.cell(row, column);
      require(!find_invalid_utf8(cell.text));
      require(cell.line == last_number && cell.column >= 1 && cell.column <= 16'384);
    }
  }
  for (const liantu::Problem& problem : table.problems()) {
    require(!find_invalid_utf8(problem.value));
    require(!problem.what.en.empty() && !problem.what.zh.empty());
    require(!problem.place.to_string().empty());
  }
}

bool is_heading(std::string_view text) { return text == "企业名称" || text == "a" || text == "b"; }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  for (const auto header : {liantu::HeaderRow::First, liantu::HeaderRow::None}) {
    try {
      liantu::TableOptions options;
      options.header = header;
      options.hidden = liantu::Hidden::Read;
      options.is_heading = is_heading;
      options.limits.inflated_bytes = std::uint64_t{64} << 20;
      for (const Table& table : liantu::parse_xlsx(bytes, "fuzz.xlsx", options)) check(table);
    } catch (const Error& error) {
      require(!error.message().en.empty() && !error.message().zh.empty());
      require(!find_invalid_utf8(error.message().en) && !find_invalid_utf8(error.message().zh));
    }
  }
  return 0;
}
