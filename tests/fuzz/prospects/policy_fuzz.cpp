// Any text is a policy that is well formed and is written and read back the same, or an Error; so are
// rules that stand in a file of their own.

#include <cstddef>
#include <cstdint>
#include <string>

#include "fuzz/fuzz.hpp"
#include "liantu/prospects/policy.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const auto rules = liantu::parse_rules(liantu::fuzz::text_of(data, size), "fuzz.json");
    liantu::fuzz::require(!rules.empty());
    liantu::Policy with = liantu::default_policy();
    with.screens.insert(with.screens.end(), rules.begin(), rules.end());
    liantu::check_policy(with);
  } catch (const liantu::Error& error) {
    liantu::fuzz::require(error.code() == liantu::ErrorCode::InvalidData);
    liantu::fuzz::check_error(error);
  }
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
