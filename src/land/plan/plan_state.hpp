#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "land/plan/plan_pairs.hpp"

namespace liantu {

/// Who stands where while a plan is sought: limits and points follow each change at once.
class PlanState {
 public:
  static constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

  /// Empty; the arguments must outlive it.
  PlanState(const PlanProblem& problem, const PlanPairs& pairs, const PlanRates& rates);

  [[nodiscard]] bool placed(std::size_t project) const { return at_[project] != kNowhere; }
  [[nodiscard]] std::size_t site_of(std::size_t project) const { return at_[project]; }
  /// Projects on a site, in no order that means anything.
  [[nodiscard]] const std::vector<std::size_t>& on(std::size_t site) const { return on_[site]; }
  /// Land of a site that nobody takes, in mu.
  [[nodiscard]] double left(std::size_t site) const;

  /// Whether a project that stands nowhere may be placed as things stand.
  [[nodiscard]] bool fits(std::size_t project, std::size_t site) const;
  /// Whether limits of the site alone, but for who is near, keep a project off as things stand.
  [[nodiscard]] bool full(std::size_t project, std::size_t site) const;
  /// Whether somebody on the site or beside it may not be near the project.
  [[nodiscard]] bool too_near(std::size_t project, std::size_t site) const;
  /// Whether such a one is this project.
  [[nodiscard]] bool repels(std::size_t project, std::size_t other) const;

  void place(std::size_t project, std::size_t site);
  void remove(std::size_t project);

  /// Points that placing it would add, but for clusters.
  [[nodiscard]] double gain(std::size_t project) const;
  /// Points for clusters that its standing on a site would add.
  [[nodiscard]] double cluster_gain(std::size_t project, std::size_t site) const;
  /// Points of all that stands, followed by adding up: of rounding, see plan_value().
  [[nodiscard]] double points() const { return points_; }

  [[nodiscard]] bool filled(std::size_t gap) const { return !closing_[gap].empty(); }
  /// Sites on the site and beside it, either way.
  [[nodiscard]] const std::vector<std::size_t>& near(std::size_t site) const { return near_[site]; }
  /// Ascending by project.
  [[nodiscard]] std::vector<Placement> plan() const;

 private:
  std::size_t kind(const std::string& name);
  [[nodiscard]] std::size_t phase(std::size_t project, std::size_t site) const;
  [[nodiscard]] double home(std::size_t gap, const std::vector<double>& descending) const;
  [[nodiscard]] double home_with(std::size_t gap, double amount) const;
  void change(std::size_t project, std::size_t site, int sign);

  // What is asked of a project again and again.
  struct Needs {
    double energy;
    double emission;
    double cost;
    double points;       // of tax and jobs
    double probability;  // of coming
    std::size_t kind;
    std::vector<std::pair<std::size_t, double>> fills;  // times the probability
  };

  const PlanProblem& problem_;
  const PlanPairs& pairs_;
  const PlanRates& rates_;
  std::vector<Needs> needs_;
  std::vector<std::size_t> at_;
  std::vector<std::vector<std::size_t>> on_;
  std::vector<double> mu_;
  std::vector<double> site_energy_;
  std::vector<double> site_emission_;
  double energy_ = 0;
  double emission_ = 0;
  double points_ = 0;
  std::vector<double> spent_;                    // by phase
  std::vector<double> there_;                    // budget up to a phase
  std::vector<std::vector<double>> amounts_;     // of each gap, falling
  std::vector<std::vector<double>> closing_;     // probabilities, falling
  std::vector<double> home_;                     // of each gap
  std::vector<std::string> names_;               // of kinds; 0: none
  std::vector<std::vector<std::size_t>> apart_;  // of each kind, kinds not to be near
  std::vector<double> clusters_;                 // points of each kind
  std::vector<std::vector<std::size_t>> near_;   // the site itself first
  std::vector<std::vector<int>> kinds_;          // by site and kind
};

}  // namespace liantu
