#pragma once

#include <algorithm>
#include <cstdint>
#include <span>

#include "liantu/graph/graph.hpp"

namespace liantu {

/// A firm's place among local firms, which ascend; their number for one that is not local.
[[nodiscard]] inline std::uint32_t local_place(std::span<const FirmId> local, FirmId firm) {
  const auto at = std::ranges::lower_bound(local, firm);
  if (at == local.end() || *at != firm) return static_cast<std::uint32_t>(local.size());
  return static_cast<std::uint32_t>(at - local.begin());
}

}  // namespace liantu
