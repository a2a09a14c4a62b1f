#pragma once

#include <stop_token>
#include <vector>

#include "land/plan/plan_pairs.hpp"

namespace liantu {

/// A plan by taking, one after the other, what is worth most, by the mu or in itself.
///
/// @param required  What place_required() placed: stays placed.
/// @throws Error{Cancelled}.
[[nodiscard]] std::vector<Placement> greedy_plan(const PlanProblem& problem, const PlanPairs& pairs,
                                                 const PlanRates& rates,
                                                 const std::vector<Placement>& required,
                                                 const std::stop_token& stop);

}  // namespace liantu
