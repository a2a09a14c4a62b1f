// Any text is a date of the calendar that is written and read back the same, or none.

#include <cstddef>
#include <cstdint>

#include "fuzz/fuzz.hpp"
#include "liantu/base/values/date.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using liantu::fuzz::require;
  const auto date = liantu::parse_date(liantu::fuzz::text_of(data, size));
  if (!date) return 0;
  require(date->known() && date->year <= 4095 && date->month <= 12 && date->day <= 31);
  require(date->month != 0 || date->day == 0);
  if (date->month == 2) require(date->day <= 29);
  require(liantu::parse_date(date->to_string()) == date);
  return 0;
}
