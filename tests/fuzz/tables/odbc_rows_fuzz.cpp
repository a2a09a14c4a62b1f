// What read_odbc() hands over is read or refused, whatever its bytes.

#include <cstddef>
#include <cstdint>
#include <string>

#include "fuzz/fuzz.hpp"
#include "fuzz/tables/table_checks.hpp"
#include "tables/databases/odbc.hpp"

using namespace liantu;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  TableOptions options;
  options.hidden = Hidden::Read;
  options.limits.cells = 1'000'000;
  options.limits.query_seconds = 1;
  try {
    for (const Table& table : parse_odbc("liantu odbc 1\n" + std::string(fuzz::text_of(data, size)),
                                         "odbc:DSN=fuzz", options))
      fuzz::check_sheet(table);
  } catch (const Error& error) {
    fuzz::check_error(error);
  }
  return 0;
}
