// Any text is a model of arrivals that is well formed and is written and read back the same, or an
// Error.

#include <cstddef>
#include <cstdint>
#include <string>

#include "fuzz/fuzz.hpp"
#include "liantu/prospects/arrivals/arrival_model.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  liantu::ArrivalModel model;
  try {
    model = liantu::parse_arrival_model(liantu::fuzz::text_of(data, size), "fuzz.json");
  } catch (const liantu::Error& error) {
    liantu::fuzz::require(error.code() == liantu::ErrorCode::InvalidData);
    liantu::fuzz::check_error(error);
    return 0;
  }
  // An Error from here on is a promise broken.
  liantu::check_arrival_model(model);
  const std::string written = liantu::arrival_model_json(model);
  liantu::fuzz::require(liantu::parse_arrival_model(written, "again.json") == model);
  return 0;
}
