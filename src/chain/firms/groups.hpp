#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "liantu/graph/graph.hpp"

namespace liantu {

/// Groups among firms: a firm that calls itself a group (集团), and whose name others carry in front
/// of theirs, leaves the making to them.
class Groups {
 public:
  /// @complexity  O(N log N), N firms.
  Groups(const EnterpriseGraph& graph, std::span<const FirmId> firms);

  /// Whether at least two of the firms carry its name.
  [[nodiscard]] bool leaves_making(FirmId firm) const;

 private:
  std::vector<FirmId> holders_;  // ascending
};

}  // namespace liantu
