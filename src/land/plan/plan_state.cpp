#include "land/plan/plan_state.hpp"

#include <algorithm>
#include <functional>

namespace liantu {
namespace {

constexpr std::size_t kPlacesOfGap = 4;

void insert(std::vector<double>& descending, double amount) {
  descending.insert(std::ranges::upper_bound(descending, amount, std::greater<>()), amount);
}

void erase(std::vector<double>& descending, double amount) {
  descending.erase(std::ranges::lower_bound(descending, amount, std::greater<>()));
}

double highest(const std::vector<double>& descending) {
  return descending.empty() ? 0 : descending.front();
}

}  // namespace

PlanState::PlanState(const PlanProblem& problem, const PlanPairs& pairs, const PlanRates& rates)
    : problem_(problem),
      pairs_(pairs),
      rates_(rates),
      at_(problem.projects.size(), kNowhere),
      on_(problem.sites.size()),
      mu_(problem.sites.size()),
      site_energy_(problem.sites.size()),
      site_emission_(problem.sites.size()),
      spent_(problem.policy.budget.size()),
      amounts_(problem.gaps.size()),
      closing_(problem.gaps.size()),
      home_(problem.gaps.size()),
      names_(1),
      near_(problem.sites.size()) {
  for (const PlanProject& project : problem.projects) {
    Needs needs{project.energy_tce.value_or(0),
                project.emission_t.value_or(0),
                project.cost.value_or(0),
                project.probability * (rates.points[1] * project.tax.value_or(0) +
                                       rates.points[2] * project.jobs.value_or(0)),
                project.probability,
                kind(project.kind),
                project.fills};
    for (auto& [gap, amount] : needs.fills) amount *= project.probability;
    needs_.push_back(std::move(needs));
  }
  const auto known = [&](const std::string& name) {
    const std::size_t found = kind(name);
    apart_.resize(names_.size());
    clusters_.resize(names_.size());
    return found;
  };
  for (const ApartRule& rule : problem.policy.apart) {
    const std::size_t one = known(rule.one);
    const std::size_t other = known(rule.other);
    if (one == 0 || other == 0) continue;
    apart_[one].push_back(other);
    if (one != other) apart_[other].push_back(one);
  }
  for (const ClusterRule& rule : problem.policy.clusters) {
    clusters_[known(rule.kind)] += rates.clusters * rule.points;
  }
  (void)known({});
  clusters_.front() = 0;
  kinds_.assign(problem.sites.size(), std::vector<int>(names_.size()));
  for (std::size_t s = 0; s < problem.sites.size(); ++s) near_[s].push_back(s);
  const auto beside = [&](std::size_t one, std::size_t other) {
    if (std::ranges::find(near_[one], other) == near_[one].end()) near_[one].push_back(other);
  };
  for (std::size_t s = 0; s < problem.sites.size(); ++s) {
    for (const std::size_t other : problem.sites[s].neighbours) {
      beside(s, other);
      beside(other, s);
    }
  }
  double there = 0;
  for (const double phase : problem.policy.budget) there_.push_back(there += phase);
}

double PlanState::left(std::size_t site) const { return problem_.sites[site].mu - mu_[site]; }

bool PlanState::full(std::size_t project, std::size_t s) const {
  const Needs& needs = needs_[project];
  const PlanSite& site = problem_.sites[s];
  return mu_[s] + pairs_.mu(project, s) > site.mu + 1e-9 ||
         (site.energy_tce && site_energy_[s] + needs.energy > *site.energy_tce + 1e-9) ||
         (site.emission_t && site_emission_[s] + needs.emission > *site.emission_t + 1e-9);
}

bool PlanState::fits(std::size_t project, std::size_t s) const {
  if (!pairs_.allowed(project, s) || full(project, s)) return false;
  const Needs& needs = needs_[project];
  const PlanPolicy& policy = problem_.policy;
  if (policy.energy_tce && energy_ + needs.energy > *policy.energy_tce + 1e-9) return false;
  if (policy.emission_t && emission_ + needs.emission > *policy.emission_t + 1e-9) return false;
  double spent = 0;
  const std::size_t from = spent_.empty() ? 0 : phase(project, s);
  for (std::size_t t = 0; t < spent_.size(); ++t) {
    spent += spent_[t];
    if (t >= from && spent + needs.cost > there_[t] + 1e-6) return false;
  }
  return !too_near(project, s);
}

bool PlanState::too_near(std::size_t project, std::size_t s) const {
  const auto& apart = apart_[needs_[project].kind];
  return std::ranges::any_of(apart, [&](std::size_t other) {
    return std::ranges::any_of(near_[s], [&](std::size_t at) { return kinds_[at][other] > 0; });
  });
}

bool PlanState::repels(std::size_t project, std::size_t other) const {
  const auto& apart = apart_[needs_[project].kind];
  return std::ranges::find(apart, needs_[other].kind) != apart.end();
}

double PlanState::gain(std::size_t project) const {
  const Needs& needs = needs_[project];
  double gain = needs.points;
  for (const auto& [gap, amount] : needs.fills) {
    gain += rates_.points[0] * (home_with(gap, amount) - home_[gap]) +
            rates_.points[3] * std::max(0.0, needs.probability - highest(closing_[gap]));
  }
  return gain;
}

double PlanState::cluster_gain(std::size_t project, std::size_t site) const {
  const std::size_t kind = needs_[project].kind;
  return kinds_[site][kind] == 1 ? clusters_[kind] : 0;
}

void PlanState::place(std::size_t project, std::size_t site) {
  points_ += gain(project) + cluster_gain(project, site);
  change(project, site, 1);
}

void PlanState::remove(std::size_t project) {
  const std::size_t site = at_[project];
  change(project, site, -1);
  points_ -= gain(project) + cluster_gain(project, site);
}

std::vector<Placement> PlanState::plan() const {
  std::vector<Placement> placements;
  for (std::size_t p = 0; p < at_.size(); ++p) {
    if (placed(p)) placements.push_back({p, at_[p]});
  }
  return placements;
}

std::size_t PlanState::kind(const std::string& name) {
  const auto found = std::ranges::find(names_, name);
  if (found != names_.end()) return static_cast<std::size_t>(found - names_.begin());
  names_.push_back(name);
  return names_.size() - 1;
}

std::size_t PlanState::phase(std::size_t project, std::size_t site) const {
  return static_cast<std::size_t>(
      std::max(problem_.projects[project].phase, problem_.sites[site].phase) - 1);
}

double PlanState::home(std::size_t gap, const std::vector<double>& descending) const {
  double sum = 0;
  double weight = 1;
  for (std::size_t i = 0; i < std::min(descending.size(), kPlacesOfGap); ++i) {
    sum += weight * descending[i];
    weight *= problem_.policy.later_firm;
  }
  return std::min(sum, problem_.gaps[gap].leakage);
}

double PlanState::home_with(std::size_t gap, double amount) const {
  const std::vector<double>& others = amounts_[gap];
  double sum = 0;
  double weight = 1;
  bool taken = false;
  for (std::size_t i = 0, at = 0; i < kPlacesOfGap; ++i) {
    double next = 0;
    if (!taken && (at == others.size() || others[at] <= amount)) {
      next = amount;
      taken = true;
    } else if (at < others.size()) {
      next = others[at++];
    } else {
      break;
    }
    sum += weight * next;
    weight *= problem_.policy.later_firm;
  }
  return std::min(sum, problem_.gaps[gap].leakage);
}

void PlanState::change(std::size_t project, std::size_t site, int sign) {
  const Needs& needs = needs_[project];
  at_[project] = sign > 0 ? site : kNowhere;
  if (sign > 0) {
    on_[site].push_back(project);
  } else {
    auto& there = on_[site];
    *std::ranges::find(there, project) = there.back();
    there.pop_back();
  }
  mu_[site] += sign * pairs_.mu(project, site);
  site_energy_[site] += sign * needs.energy;
  site_emission_[site] += sign * needs.emission;
  energy_ += sign * needs.energy;
  emission_ += sign * needs.emission;
  if (!spent_.empty()) spent_[phase(project, site)] += sign * needs.cost;
  kinds_[site][needs.kind] += sign;
  for (const auto& [gap, amount] : needs.fills) {
    if (sign > 0) {
      insert(amounts_[gap], amount);
      insert(closing_[gap], needs.probability);
    } else {
      erase(amounts_[gap], amount);
      erase(closing_[gap], needs.probability);
    }
    home_[gap] = home(gap, amounts_[gap]);
  }
}

}  // namespace liantu
