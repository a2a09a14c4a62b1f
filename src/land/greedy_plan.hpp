#pragma once

#include <stop_token>
#include <vector>

#include "land/plan_pairs.hpp"

namespace liantu {

/// A plan by taking what is worth most, then moving and exchanging as long as that helps. The same
/// for the same problem on any machine.
///
/// @param required  What place_required() placed: stays placed, or is exchanged where the gaps that
///                  must be filled stay filled.
/// @throws Error{Cancelled}.
[[nodiscard]] std::vector<Placement> greedy_plan(const PlanProblem& problem, const PlanPairs& pairs,
                                                 const PlanRates& rates,
                                                 const std::vector<Placement>& required,
                                                 const std::stop_token& stop);

}  // namespace liantu
