// Every table that comes out of an OpenDocument spreadsheet keeps what Table promises; nothing but
// Error leaves.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "liantu/base/text/error.hpp"
#include "liantu/base/text/utf8.hpp"
#include "liantu/tables/workbooks/ods.hpp"

namespace {

void require(bool holds) {
  if (!holds) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    liantu::TableOptions options;
    options.hidden = liantu::Hidden::Read;
    options.limits.inflated_bytes = std::uint64_t{64} << 20;
    options.limits.cells = 1'000'000;
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    for (const liantu::Table& table : liantu::parse_ods(bytes, "fuzz.ods", options)) {
      std::uint32_t last = 0;
      for (std::size_t row = 0; row < std::min<std::size_t>(table.size(), 1024); ++row) {
        require(table.row_number(row) > last);
        last = table.row_number(row);
        const std::size_t columns = std::min<std::size_t>(table.columns().size(), 64);
        for (std::size_t column = 0; column < columns; ++column) {
          require(!liantu::find_invalid_utf8(table.cell(row, column).text));
        }
      }
    }
  } catch (const liantu::Error& error) {
    require(!error.message().en.empty() && !error.message().zh.empty());
    require(!liantu::find_invalid_utf8(error.message().en));
  }
  return 0;
}
