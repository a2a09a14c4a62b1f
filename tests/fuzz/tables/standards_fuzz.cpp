// Any rows that follow a standard for company data become tables that keep what Table promises, or
// an Error; other rows are none. What starts with a bracket is JSON lines, else CSV.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "liantu/tables/plain/csv.hpp"
#include "liantu/tables/plain/json_rows.hpp"
#include "fuzz/tables/table_checks.hpp"
#include "tables/standards.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = liantu::fuzz::text_of(data, size);
  try {
    const bool json = text.starts_with('{') || text.starts_with('[');
    const liantu::Table table = json ? liantu::parse_json_rows(std::string(text), "fuzz.jsonl")
                                     : liantu::parse_csv(std::string(text), "fuzz.csv");
    const auto made = liantu::read_standard(table, {});
    if (!made) return 0;
    liantu::fuzz::require(!made->empty());
    for (const liantu::Table& one : *made) liantu::fuzz::check(one);
  } catch (const liantu::Error& error) {
    liantu::fuzz::check_error(error);
  }
  return 0;
}
