#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "liantu/ingest/scope/scope.hpp"

namespace liantu {

/// One item of a business scope, whether it says what is done or not.
struct ClauseItem {
  std::optional<Activity> activity;  ///< nothing where the scope only names a thing or a work
  bool trades = false;               ///< it is sold too, whatever else is done with it
  std::string words;       ///< without its activity; empty when it is nothing else: `仓储`
  std::string whole;       ///< with an activity that stands behind it
  std::uint32_t list = 0;  ///< items that one activity governs together share it
};

/// All items of a scope in the order of the text, but those that speak of licences, law or
/// exclusions. parse_scope() gives those with an activity.
[[nodiscard]] std::vector<ClauseItem> read_clauses(std::string_view scope);

}  // namespace liantu
