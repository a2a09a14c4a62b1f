// Every table that comes out of any bytes keeps what Table promises; nothing but Error leaves.

#include <cstddef>
#include <cstdint>
#include <string>

#include "liantu/tables/plain/csv.hpp"
#include "fuzz/tables/table_checks.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    liantu::fuzz::check(
        liantu::parse_csv(std::string(liantu::fuzz::text_of(data, size)), "fuzz.csv"));
  } catch (const liantu::Error& error) {
    liantu::fuzz::check_error(error);
  }
  return 0;
}
