// Any text is a rubric whose scored items add up, or an Error.

#include <cmath>
#include <cstddef>
#include <cstdint>

#include "fuzz/fuzz.hpp"
#include "liantu/projects/rubric.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const liantu::Rubric rubric =
        liantu::parse_rubric(liantu::fuzz::text_of(data, size), "fuzz.json");
    liantu::fuzz::require(std::isfinite(rubric.full));
  } catch (const liantu::Error& error) {
    liantu::fuzz::require(error.code() == liantu::ErrorCode::InvalidData);
    liantu::fuzz::check_error(error);
  }
  return 0;
}
