#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "land/plan_pairs.hpp"

namespace liantu {

/// What the solver of mixed-integer models found.
struct ModelAnswer {
  std::vector<Placement> placements;
  double bound = 0;     ///< in points of the rates
  bool proven = false;  ///< to the gap asked for
};

/// The plan as a mixed-integer model, solved.
///
/// @param start  A plan to start from.
/// @return       Nothing when there is no solver, or it found no plan.
[[nodiscard]] std::optional<ModelAnswer> solve_model(const PlanProblem& problem,
                                                     const PlanPairs& pairs, const PlanRates& rates,
                                                     const PlanOptions& options,
                                                     const std::vector<Placement>& start);

}  // namespace liantu
