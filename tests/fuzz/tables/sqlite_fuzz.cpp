// Every table that comes out of an SQLite database keeps what Table promises; nothing but Error
// leaves.

#include <cstddef>
#include <cstdint>
#include <string>

#include "fuzz/fuzz.hpp"
#include "liantu/tables/databases/sqlite.hpp"
#include "fuzz/tables/table_checks.hpp"

using namespace liantu;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  TableOptions options;
  options.hidden = Hidden::Read;
  options.limits.cells = 20'000;  // of views that never end
  options.limits.query_seconds = 1;
  try {
    for (const Table& table :
         parse_sqlite(std::string(fuzz::text_of(data, size)), "fuzz.sqlite", options))
      fuzz::check_sheet(table);
  } catch (const Error& error) {
    fuzz::check_error(error);
  }
  return 0;
}
