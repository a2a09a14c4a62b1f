#pragma once

#include <limits>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

#include "land/plan/plan_pairs.hpp"

namespace liantu {

/// What the model says where projects may be placed in parts.
struct Relaxation {
  double bound = 0;            ///< in points of the rates: no plan is worth more
  std::vector<double> losses;  ///< by project, then site: points below the bound that any plan has
                               ///< which places the project there; 0 where it may not stand
};

/// What the solver of mixed-integer models found.
struct ModelAnswer {
  std::optional<std::vector<Placement>> placements;
  double bound = std::numeric_limits<double>::infinity();  ///< in points of the rates
  bool proven = false;                                     ///< to the gap asked for
};

/// The plan as a mixed-integer model. Where there is no solver it finds nothing.
class PlanModel {
 public:
  /// The arguments must outlive it.
  PlanModel(const PlanProblem& problem, const PlanPairs& pairs, const PlanRates& rates,
            const PlanOptions& options);
  ~PlanModel();
  PlanModel(const PlanModel&) = delete;
  PlanModel& operator=(const PlanModel&) = delete;

  /// @return  Nothing when stopped, or when no plan holds PlanOptions::at_least.
  [[nodiscard]] std::optional<Relaxation> relax(const std::stop_token& stop) const;

  /// Leaves out pairs that cost more than this.
  void leave_out(const Relaxation& relaxation, double most_lost);

  /// @param start  A plan to start from.
  /// @param stop   Ends it with the best plan and the bound found so far.
  [[nodiscard]] ModelAnswer solve(const std::vector<Placement>& start, double seconds,
                                  const std::stop_token& stop) const;

 private:
  class Rows;
  std::unique_ptr<Rows> rows_;
};

}  // namespace liantu
