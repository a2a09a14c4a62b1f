#include "land/plan/greedy_plan.hpp"

#include <algorithm>
#include <cmath>

#include "base/run/stopping.hpp"
#include "land/plan/plan_state.hpp"

namespace liantu {
namespace {

constexpr Interrupted kInterrupted{"the plan was interrupted", "布局计算已中断"};
constexpr double kLeast = 1e-9;  // a gain below it is rounding

class Greedy {
 public:
  Greedy(const PlanProblem& problem, const PlanPairs& pairs, const PlanRates& rates,
         const std::stop_token& stop)
      : problem_(problem), pairs_(pairs), stop_(stop), state_(problem, pairs, rates) {}

  std::vector<Placement> run(const std::vector<Placement>& required, double exponent) {
    for (const Placement& one : required) state_.place(one.project, one.site);
    fill(exponent);
    return state_.plan();
  }

  double points() const { return state_.points(); }

 private:
  // The site on which least land is left over; nothing when it fits nowhere.
  std::optional<std::size_t> best_site(std::size_t p) const {
    std::optional<std::size_t> best;
    double most = 0;
    double least_left = 0;
    for (std::size_t s = 0; s < problem_.sites.size(); ++s) {
      if (!state_.fits(p, s)) continue;
      const double more = state_.cluster_gain(p, s);
      const double left = state_.left(s) - pairs_.mu(p, s);
      if (!best || more > most + kLeast || (more > most - kLeast && left < least_left)) {
        best = s;
        most = more;
        least_left = left;
      }
    }
    return best;
  }

  void fill(double exponent) {
    for (;;) {
      check_stop(stop_, kInterrupted);
      std::optional<Placement> best;
      double highest = 0;
      for (std::size_t p = 0; p < problem_.projects.size(); ++p) {
        if (state_.placed(p)) continue;
        const double gain = state_.gain(p);
        const auto least = pairs_.least_mu(p);
        if (!least) continue;
        const double scale = std::pow(std::max(*least, 1e-3), exponent);
        if (best && gain + most_cluster_ <= highest * scale) continue;
        const auto site = best_site(p);
        if (!site) continue;
        const double worth = (gain + state_.cluster_gain(p, *site));
        if (worth > kLeast && (!best || worth / scale > highest)) {
          best = {p, *site};
          highest = worth / scale;
        }
      }
      if (!best) return;
      state_.place(best->project, best->site);
    }
  }

  const PlanProblem& problem_;
  const PlanPairs& pairs_;
  const std::stop_token& stop_;
  PlanState state_;
  double most_cluster_ = [this] {
    double most = 0;
    for (const ClusterRule& rule : problem_.policy.clusters) most += rule.points;
    return most;
  }();
};

}  // namespace

std::vector<Placement> greedy_plan(const PlanProblem& problem, const PlanPairs& pairs,
                                   const PlanRates& rates, const std::vector<Placement>& required,
                                   const std::stop_token& stop) {
  std::vector<Placement> best = required;
  double most = rates.total(plan_value(problem, required));
  for (const double exponent : {1.0, 0.5, 0.0}) {
    Greedy greedy(problem, pairs, rates, stop);
    std::vector<Placement> found = greedy.run(required, exponent);
    const double points = greedy.points();
    if (points <= most + kLeast) continue;
    most = points;
    best = std::move(found);
  }
  return best;
}

}  // namespace liantu
