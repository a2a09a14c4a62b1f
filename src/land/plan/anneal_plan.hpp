#pragma once

#include <chrono>
#include <cstdint>
#include <limits>
#include <stop_token>
#include <vector>

#include "land/plan/plan_pairs.hpp"

namespace liantu {

/// How anneal_plan() goes about it.
struct Annealing {
  std::uint64_t steps = 0;
  std::chrono::steady_clock::time_point until;              ///< or until then
  double enough = std::numeric_limits<double>::infinity();  ///< or until a plan has so many points
  std::stop_token stop;                                     ///< or until asked to end
  std::vector<double> losses;                               ///< Relaxation::losses, where known
  double most_lost = 0;                                     ///< pairs that lose more are not tried
};

/// Improves a plan by random changes, at first also for the worse, ever less so (simulated annealing):
/// a project comes, moves or changes places with others, and whoever is in its way leaves or moves.
///
/// @param start  Allowed. Its locks stay; gaps that must be filled stay filled.
/// @return  The best plan met, never worth less than the start; the same on every run that is ended
///          neither by its time nor from outside.
/// @complexity  O(steps × gaps of a project).
/// @source  Kirkpatrick, Gelatt, Vecchi (1983), doi:10.1126/science.220.4598.671.
[[nodiscard]] std::vector<Placement> anneal_plan(const PlanProblem& problem, const PlanPairs& pairs,
                                                 const PlanRates& rates,
                                                 const std::vector<Placement>& start,
                                                 const Annealing& how);

}  // namespace liantu
