// Any text is a relation path that its own text gives again, or an Error.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "fuzz/fuzz.hpp"
#include "liantu/links/paths/relation_path.hpp"

namespace {

using liantu::fuzz::require;

void check(const liantu::RelationPath& path) {
  require(!path.steps.empty() && path.steps.size() <= 8);
  for (const liantu::PathStep& step : path.steps) {
    require(step.limits.min_confidence >= 0 && step.limits.min_confidence <= 1);
    require(!liantu::find_invalid_utf8(step.limits.segment));
  }
  require(liantu::parse_path(path.to_string()) == path);
  const std::optional<liantu::RelationPath> back = liantu::reversed(path);
  if (!back) return;
  for (const liantu::EntityKind from : liantu::kEntityKinds) {
    for (const liantu::EntityKind to : liantu::kEntityKinds) {
      require(liantu::path_joins(path, from, to) == liantu::path_joins(*back, to, from));
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    check(liantu::parse_path(liantu::fuzz::text_of(data, size)));
  } catch (const liantu::Error& error) {
    liantu::fuzz::check_error(error);
  }
  return 0;
}
