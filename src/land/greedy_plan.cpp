#include "land/greedy_plan.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "base/run/stopping.hpp"

namespace liantu {
namespace {

constexpr Interrupted kInterrupted{"the plan was interrupted", "布局计算已中断"};
constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);
constexpr double kLeast = 1e-9;  // a gain below it is rounding

class State {
 public:
  State(const PlanProblem& problem, const PlanPairs& pairs, const PlanRates& rates)
      : problem_(problem),
        pairs_(pairs),
        rates_(rates),
        at_(problem.projects.size(), kNowhere),
        mu_(problem.sites.size()),
        site_energy_(problem.sites.size()),
        site_emission_(problem.sites.size()),
        spent_(problem.policy.budget.size()),
        amounts_(problem.gaps.size()),
        closing_(problem.gaps.size()),
        kinds_(problem.sites.size()) {
    for (const PlanProject& project : problem.projects) kind_of_.push_back(kind(project.kind));
    for (const ApartRule& rule : problem.policy.apart) {
      apart_.emplace_back(kind(rule.one), kind(rule.other));
    }
    for (const ClusterRule& rule : problem.policy.clusters) {
      clusters_.emplace_back(kind(rule.kind), rule.points);
    }
    for (auto& counts : kinds_) counts.resize(names_.size());
    beside_.resize(problem.sites.size());
    for (std::size_t s = 0; s < problem.sites.size(); ++s) {
      for (const std::size_t other : problem.sites[s].neighbours) {
        beside_[s].push_back(other);
        beside_[other].push_back(s);
      }
    }
  }

  bool placed(std::size_t p) const { return at_[p] != kNowhere; }
  std::size_t site_of(std::size_t p) const { return at_[p]; }
  double left(std::size_t s) const { return problem_.sites[s].mu - mu_[s]; }

  bool fits(std::size_t p, std::size_t s) const {
    if (!pairs_.allowed(p, s)) return false;
    const PlanProject& project = problem_.projects[p];
    const PlanSite& site = problem_.sites[s];
    const PlanPolicy& policy = problem_.policy;
    if (mu_[s] + pairs_.mu(p, s) > site.mu + 1e-9) return false;
    const double energy = project.energy_tce.value_or(0);
    const double emission = project.emission_t.value_or(0);
    if (site.energy_tce && site_energy_[s] + energy > *site.energy_tce + 1e-9) return false;
    if (site.emission_t && site_emission_[s] + emission > *site.emission_t + 1e-9) return false;
    if (policy.energy_tce && energy_ + energy > *policy.energy_tce + 1e-9) return false;
    if (policy.emission_t && emission_ + emission > *policy.emission_t + 1e-9) return false;
    const double cost = project.cost.value_or(0);
    double there = 0;
    double spent = 0;
    for (std::size_t t = 0; t < spent_.size(); ++t) {
      there += policy.budget[t];
      spent += spent_[t];
      if (t >= phase(p, s) && spent + cost > there + 1e-6) return false;
    }
    return kind_of_[p] == 0 || !too_near(kind_of_[p], s);
  }

  void place(std::size_t p, std::size_t s) { change(p, s, 1); }
  void remove(std::size_t p) { change(p, at_[p], -1); }

  /// Points that placing it would add.
  double gain(std::size_t p) const {
    const PlanProject& project = problem_.projects[p];
    double gain = rates_.points[1] * project.probability * project.tax.value_or(0) +
                  rates_.points[2] * project.probability * project.jobs.value_or(0);
    for (const auto& [gap, amount] : project.fills) {
      std::vector<double> amounts = amounts_[gap];
      const double before = home(gap, amounts);
      insert(amounts, project.probability * amount);
      gain += rates_.points[0] * (home(gap, amounts) - before);
      const double closed = closing_[gap].empty() ? 0 : closing_[gap].front();
      gain += rates_.points[3] * std::max(0.0, project.probability - closed);
    }
    return gain;
  }
  /// What standing on a site adds.
  double cluster_gain(std::size_t p, std::size_t s) const {
    double gain = 0;
    for (const auto& [kind, points] : clusters_) {
      if (kind == kind_of_[p] && kinds_[s][kind] == 1) gain += rates_.clusters * points;
    }
    return gain;
  }

  /// Points in all, but for what never changes.
  double total() const {
    std::vector<Placement> placements = plan();
    return rates_.total(plan_value(problem_, placements));
  }

  bool filled(std::size_t gap) const { return !closing_[gap].empty(); }

  std::vector<Placement> plan() const {
    std::vector<Placement> placements;
    for (std::size_t p = 0; p < at_.size(); ++p) {
      if (placed(p)) placements.push_back({p, at_[p]});
    }
    return placements;
  }

 private:
  std::size_t kind(const std::string& name) {
    if (names_.empty()) names_.emplace_back();  // 0: none
    if (name.empty()) return 0;
    const auto found = std::ranges::find(names_, name);
    if (found != names_.end()) return static_cast<std::size_t>(found - names_.begin());
    names_.push_back(name);
    return names_.size() - 1;
  }

  std::size_t phase(std::size_t p, std::size_t s) const {
    return static_cast<std::size_t>(std::max(problem_.projects[p].phase, problem_.sites[s].phase) -
                                    1);
  }

  bool too_near(std::size_t kind, std::size_t s) const {
    return std::ranges::any_of(apart_, [&](const auto& rule) {
      if (rule.first != kind && rule.second != kind) return false;
      const std::size_t other = rule.first == kind ? rule.second : rule.first;
      if (kinds_[s][other] > 0) return true;
      return std::ranges::any_of(beside_[s],
                                 [&](std::size_t near) { return kinds_[near][other] > 0; });
    });
  }

  static void insert(std::vector<double>& descending, double amount) {
    descending.insert(std::ranges::upper_bound(descending, amount, std::greater<>()), amount);
  }
  static void erase(std::vector<double>& descending, double amount) {
    descending.erase(std::ranges::lower_bound(descending, amount, std::greater<>()));
  }

  double home(std::size_t gap, const std::vector<double>& descending) const {
    double sum = 0;
    double weight = 1;
    for (std::size_t i = 0; i < std::min<std::size_t>(descending.size(), 4); ++i) {
      sum += weight * descending[i];
      weight *= problem_.policy.later_firm;
    }
    return std::min(sum, problem_.gaps[gap].leakage);
  }

  void change(std::size_t p, std::size_t s, int sign) {
    const PlanProject& project = problem_.projects[p];
    at_[p] = sign > 0 ? s : kNowhere;
    mu_[s] += sign * pairs_.mu(p, s);
    site_energy_[s] += sign * project.energy_tce.value_or(0);
    site_emission_[s] += sign * project.emission_t.value_or(0);
    energy_ += sign * project.energy_tce.value_or(0);
    emission_ += sign * project.emission_t.value_or(0);
    if (!spent_.empty()) spent_[phase(p, s)] += sign * project.cost.value_or(0);
    kinds_[s][kind_of_[p]] += sign;
    for (const auto& [gap, amount] : project.fills) {
      if (sign > 0) {
        insert(amounts_[gap], project.probability * amount);
        insert(closing_[gap], project.probability);
      } else {
        erase(amounts_[gap], project.probability * amount);
        erase(closing_[gap], project.probability);
      }
    }
  }

  const PlanProblem& problem_;
  const PlanPairs& pairs_;
  const PlanRates& rates_;
  std::vector<std::size_t> at_;
  std::vector<double> mu_;
  std::vector<double> site_energy_;
  std::vector<double> site_emission_;
  double energy_ = 0;
  double emission_ = 0;
  std::vector<double> spent_;                 // by phase
  std::vector<std::vector<double>> amounts_;  // of each gap, falling
  std::vector<std::vector<double>> closing_;  // probabilities, falling
  std::vector<std::string> names_;            // of kinds
  std::vector<std::size_t> kind_of_;
  std::vector<std::pair<std::size_t, std::size_t>> apart_;
  std::vector<std::pair<std::size_t, double>> clusters_;
  std::vector<std::vector<int>> kinds_;  // on each site
  std::vector<std::vector<std::size_t>> beside_;
};

class Greedy {
 public:
  Greedy(const PlanProblem& problem, const PlanPairs& pairs, const PlanRates& rates,
         const std::stop_token& stop)
      : problem_(problem), pairs_(pairs), stop_(stop), state_(problem, pairs, rates) {}

  std::vector<Placement> run(const std::vector<Placement>& required, double exponent) {
    for (const Placement& one : required) state_.place(one.project, one.site);
    for (const Placement& lock : problem_.locks) locked_.push_back(lock.project);
    fill(exponent);
    constexpr int kRounds = 40;
    for (int round = 0; round < kRounds; ++round) {
      check_stop(stop_, kInterrupted);
      const bool moved = move_for_room();
      const bool exchanged = exchange();
      if (!moved && !exchanged) break;
      fill(exponent);
    }
    return state_.plan();
  }

  double total() const { return state_.total(); }

 private:
  bool locked(std::size_t p) const { return std::ranges::find(locked_, p) != locked_.end(); }

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

  bool still_filled() const {
    return std::ranges::all_of(problem_.must_fill,
                               [&](std::size_t gap) { return state_.filled(gap); });
  }

  // Moves one to another site where that makes room for one more.
  bool move_for_room() {
    bool any = false;
    for (std::size_t p = 0; p < problem_.projects.size(); ++p) {
      if (state_.placed(p) || !(state_.gain(p) > kLeast)) continue;
      any = make_room(p) || any;
    }
    return any;
  }

  bool make_room(std::size_t p) {
    const std::vector<Placement> placed = state_.plan();
    const double before = state_.total();
    for (std::size_t s = 0; s < problem_.sites.size(); ++s) {
      if (!pairs_.allowed(p, s)) continue;
      for (const Placement& one : placed) {
        if (one.site != s || locked(one.project)) continue;
        state_.remove(one.project);
        if (state_.fits(p, s)) {
          state_.place(p, s);
          const auto elsewhere = best_site(one.project);
          if (elsewhere) {
            state_.place(one.project, *elsewhere);
            if (state_.total() > before + kLeast) return true;
            state_.remove(one.project);
          }
          state_.remove(p);
        }
        state_.place(one.project, s);
      }
    }
    return false;
  }

  // Exchanges one for a better one.
  bool exchange() {
    bool any = false;
    for (const Placement& one : state_.plan()) {
      if (locked(one.project)) continue;
      check_stop(stop_, kInterrupted);
      const double before = state_.total();
      state_.remove(one.project);
      const double without = state_.total();
      std::optional<std::size_t> best;
      double most = before - without + kLeast;
      for (std::size_t p = 0; p < problem_.projects.size(); ++p) {
        if (state_.placed(p) || p == one.project || !state_.fits(p, one.site)) continue;
        const double gain = state_.gain(p) + state_.cluster_gain(p, one.site);
        if (gain <= most) continue;
        state_.place(p, one.site);
        const bool good = still_filled();
        state_.remove(p);
        if (!good) continue;
        best = p;
        most = gain;
      }
      state_.place(best.value_or(one.project), one.site);
      any = any || best.has_value();
    }
    return any;
  }

  const PlanProblem& problem_;
  const PlanPairs& pairs_;
  const std::stop_token& stop_;
  State state_;
  std::vector<std::size_t> locked_;
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
    const double total = greedy.total();
    if (total <= most + kLeast) continue;
    most = total;
    best = std::move(found);
  }
  return best;
}

}  // namespace liantu
