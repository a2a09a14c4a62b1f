#pragma once

#include <stop_token>
#include <vector>

#include "base/core/string_map.hpp"
#include "liantu/graph/graph.hpp"

namespace liantu {

/// Firms that may already stand in a district: a quick look that passes over nobody whom FirmPresence
/// finds there, so that the name of hardly anybody else need be brought to its normal form.
class PresenceHints {
 public:
  /// @throws Error{Cancelled}
  /// @param local           The firms of the district.
  /// @param local_branches  branches_among(graph, local)
  /// @param branches        owning_branches(graph)
  PresenceHints(const EnterpriseGraph& graph, const std::vector<FirmId>& local,
                const std::vector<FirmId>& local_branches, const std::vector<FirmId>& branches,
                const std::stop_token& stop = {});

  [[nodiscard]] bool may_be_present(FirmId firm) const;

 private:
  const EnterpriseGraph& graph_;
  std::vector<bool> owners_;    // by firm: of one that may be here, through any number of firms
  StringMap<bool> beginnings_;  // of the names of head firms
  bool any_name_ = false;
};

}  // namespace liantu
