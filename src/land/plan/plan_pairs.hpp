#pragma once

#include <array>
#include <cstddef>
#include <limits>
#include <optional>
#include <vector>

#include "liantu/land/plan/land_plan.hpp"

namespace liantu {

/// Where each project may stand, and what that takes.
class PlanPairs {
 public:
  explicit PlanPairs(const PlanProblem& problem);

  [[nodiscard]] bool allowed(std::size_t project, std::size_t site) const {
    return mu_[project * sites_ + site] >= 0;
  }
  /// Of an allowed pair, in mu.
  [[nodiscard]] double mu(std::size_t project, std::size_t site) const {
    return mu_[project * sites_ + site];
  }
  /// The least over its sites; nothing when it may stand nowhere.
  [[nodiscard]] std::optional<double> least_mu(std::size_t project) const;
  [[nodiscard]] std::size_t sites() const { return sites_; }

 private:
  std::size_t sites_;
  std::vector<double> mu_;  // -1 where it may not
};

/// What a plan is judged by while it is sought: points for a CNY, a head, a gap.
struct PlanRates {
  std::array<double, kGoalCount> points{};
  double clusters = 1;  ///< points of clusters are multiplied by it

  /// By the policy's weights.
  [[nodiscard]] static PlanRates of(const PlanProblem& problem);
  /// By one goal, brought to 100 points, and hardly by the others.
  [[nodiscard]] static PlanRates of_goal(const PlanProblem& problem, PlanGoal goal);
  /// Of what placements reach.
  [[nodiscard]] double total(const PlanValue& value) const;
};

/// No plan is worth more: the land is filled with the projects that are worth most by the mu, each as
/// if it were alone in its gaps.
[[nodiscard]] double land_bound(const PlanProblem& problem, const PlanPairs& pairs,
                                const PlanRates& rates);

}  // namespace liantu
