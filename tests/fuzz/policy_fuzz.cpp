// Any text is a policy that is well formed and is written and read back the same, or an Error.

#include <cstddef>
#include <cstdint>
#include <string>

#include "fuzz.hpp"
#include "liantu/prospects/policy.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  liantu::Policy policy;
  try {
    policy = liantu::parse_policy(liantu::fuzz::text_of(data, size), "fuzz.json");
  } catch (const liantu::Error& error) {
    liantu::fuzz::require(error.code() == liantu::ErrorCode::InvalidData);
    liantu::fuzz::check_error(error);
    return 0;
  }
  // An Error from here on is a promise broken.
  liantu::check_policy(policy);
  const std::string written = liantu::policy_json(policy);
  liantu::fuzz::require(liantu::parse_policy(written, "again.json") == policy);
  return 0;
}
