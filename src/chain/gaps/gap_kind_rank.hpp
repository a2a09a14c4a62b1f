#pragma once

#include "liantu/chain/gaps/gaps.hpp"

namespace liantu {

/// Missing and weak gaps stand first, then hidden ones, then extensions.
[[nodiscard]] constexpr int kind_rank(GapKind kind) {
  return kind == GapKind::Extension ? 2 : kind == GapKind::Hidden ? 1 : 0;
}

}  // namespace liantu
