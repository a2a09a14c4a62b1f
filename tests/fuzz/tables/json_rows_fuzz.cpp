// Every table that comes out of any JSON keeps what Table promises; nothing but Error leaves.

#include <cstddef>
#include <cstdint>
#include <string>

#include "liantu/tables/plain/json_rows.hpp"
#include "fuzz/tables/table_checks.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  for (const char* file : {"fuzz.json", "fuzz.jsonl"}) {
    try {
      liantu::fuzz::check(
          liantu::parse_json_rows(std::string(liantu::fuzz::text_of(data, size)), file));
    } catch (const liantu::Error& error) {
      liantu::fuzz::check_error(error);
    }
  }
  return 0;
}
