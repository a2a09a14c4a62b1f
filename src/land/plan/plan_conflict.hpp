#pragma once

#include <vector>

#include "liantu/land/plan/land_plan.hpp"

namespace liantu {

/// Placements that hold all locks and fill all that must be filled, and no more; or limits that
/// cannot hold together.
struct Required {
  std::vector<Placement> placements;
  PlanConflict conflict;
};

/// @throws Error{LimitReached}, {Cancelled}.
[[nodiscard]] Required place_required(const PlanProblem& problem, const std::stop_token& stop);

}  // namespace liantu
