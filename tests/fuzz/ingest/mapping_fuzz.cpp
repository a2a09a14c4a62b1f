// Any text is a mapping that says which file and field each part is for, or an Error.

#include <cmath>
#include <cstddef>
#include <cstdint>

#include "fuzz/fuzz.hpp"
#include "liantu/ingest/cells/mapping.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using liantu::fuzz::require;
  try {
    const liantu::Mapping mapping =
        liantu::parse_mapping(liantu::fuzz::text_of(data, size), "fuzz.json");
    for (const liantu::TableMapping& table : mapping.tables) {
      require(!table.file.empty() && table.place.line >= 1 && table.place.column >= 1);
      for (const liantu::MappedColumn& column : table.columns) {
        require(!column.column.empty() && liantu::find_field(table.meaning, column.field));
        require(column.multiplier > 0 && std::isfinite(column.multiplier));
      }
    }
  } catch (const liantu::Error& error) {
    require(error.code() == liantu::ErrorCode::InvalidData);
    liantu::fuzz::check_error(error);
  }
  return 0;
}
