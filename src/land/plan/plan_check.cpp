#include <algorithm>
#include <map>
#include <set>

#include "liantu/land/plan/land_plan.hpp"

namespace liantu {
namespace {

// Sums of quotas are taken as kept when they are so but for rounding.
bool above(double sum, double most) { return sum > most + 1e-6 * std::max(1.0, most); }

std::optional<double> figure(const PlanProject& project, Quantity quantity) {
  switch (quantity) {
    case Quantity::Tax:
      return project.tax;
    case Quantity::Output:
    case Quantity::Revenue:
      return project.output;
    case Quantity::Staff:
      return project.jobs;
    case Quantity::Capital:
      return project.investment;
    case Quantity::Energy:
      return project.energy_tce;
    case Quantity::Emission:
      return project.emission_t;
    default:
      return std::nullopt;
  }
}

class Checker {
 public:
  Checker(const PlanProblem& problem, const std::vector<Placement>& placements)
      : problem_(problem), placements_(placements) {}

  std::vector<PlanLimit> run() {
    for (const Placement& one : placements_) check_pair(one);
    check_sites();
    check_wholes();
    check_apart();
    check_asked();
    return {broken_.begin(), broken_.end()};
  }

 private:
  void broken(LimitKind kind, std::size_t index = 0) { broken_.insert({kind, index}); }
  bool refuses() const { return problem_.policy.unknown == UnknownFigure::Refuse; }

  int phase_of(const Placement& one) const {
    return std::max(problem_.projects[one.project].phase, problem_.sites[one.site].phase);
  }

  void check_pair(const Placement& one) {
    const PlanProject& project = problem_.projects[one.project];
    const PlanSite& site = problem_.sites[one.site];
    const auto mu = land_taken(project, site);
    const PlanPolicy& policy = problem_.policy;
    bool known = mu.has_value();
    if (!site.use.empty() && project.use.empty() && refuses()) known = false;
    if (!site.use.empty() && !project.use.empty() && project.use != site.use) {
      const auto entry = std::ranges::find(policy.uses, site.use, &LandClass::name);
      const bool takes = entry != policy.uses.end() &&
                         std::ranges::find(entry->takes, project.use) != entry->takes.end();
      if (!takes) broken(LimitKind::Use, one.site);
    }
    if (!policy.budget.empty()) {
      if (phase_of(one) > static_cast<int>(policy.budget.size()))
        broken(LimitKind::Phase, one.site);
      if (!project.cost && refuses()) known = false;
    }
    const bool energy_asked = site.energy_tce || policy.energy_tce;
    const bool emission_asked = site.emission_t || policy.emission_t;
    if (energy_asked && !project.energy_tce && refuses()) known = false;
    if (emission_asked && !project.emission_t && refuses()) known = false;
    for (std::size_t f = 0; f < policy.floors.size(); ++f) {
      const PerMuFloor& floor = policy.floors[f];
      const auto value = figure(project, floor.numerator);
      if (!value) {
        if (refuses()) known = false;
        continue;
      }
      const double unit = *ratio_unit(floor.numerator, floor.denominator, floor.unit);
      if (mu && *mu > 0 && *value / *mu / unit < floor.at_least * (1 - 1e-9)) {
        broken(LimitKind::Floor, f);
      }
    }
    if (!known) broken(LimitKind::NeedUnknown, one.project);
    for (std::size_t i = 0; i < problem_.forbids.size(); ++i) {
      const auto& [who, where] = problem_.forbids[i];
      if (who == one.project && (!where || *where == one.site)) broken(LimitKind::Forbid, i);
    }
  }

  void check_sites() {
    for (std::size_t s = 0; s < problem_.sites.size(); ++s) {
      const PlanSite& site = problem_.sites[s];
      double mu = 0;
      double energy = 0;
      double emission = 0;
      for (const Placement& one : placements_) {
        if (one.site != s) continue;
        const PlanProject& project = problem_.projects[one.project];
        mu += land_taken(project, site).value_or(0);
        energy += project.energy_tce.value_or(0);
        emission += project.emission_t.value_or(0);
      }
      if (above(mu, site.mu)) broken(LimitKind::Area, s);
      if (site.energy_tce && above(energy, *site.energy_tce)) broken(LimitKind::SiteEnergy, s);
      if (site.emission_t && above(emission, *site.emission_t)) broken(LimitKind::SiteEmission, s);
    }
  }

  void check_wholes() {
    const PlanPolicy& policy = problem_.policy;
    double energy = 0;
    double emission = 0;
    std::map<std::size_t, int> times;
    for (const Placement& one : placements_) {
      energy += problem_.projects[one.project].energy_tce.value_or(0);
      emission += problem_.projects[one.project].emission_t.value_or(0);
      if (++times[one.project] == 2) broken(LimitKind::Twice, one.project);
    }
    if (policy.energy_tce && above(energy, *policy.energy_tce)) broken(LimitKind::Energy);
    if (policy.emission_t && above(emission, *policy.emission_t)) broken(LimitKind::Emission);
    double there = 0;
    for (std::size_t t = 0; t < policy.budget.size(); ++t) {
      there += policy.budget[t];
      double spent = 0;
      for (const Placement& one : placements_) {
        if (phase_of(one) <= static_cast<int>(t) + 1) {
          spent += problem_.projects[one.project].cost.value_or(0);
        }
      }
      if (above(spent, there)) broken(LimitKind::Budget, t);
    }
  }

  void check_apart() {
    for (std::size_t r = 0; r < problem_.policy.apart.size(); ++r) {
      const ApartRule& rule = problem_.policy.apart[r];
      for (const Placement& a : placements_) {
        if (problem_.projects[a.project].kind != rule.one) continue;
        for (const Placement& b : placements_) {
          if (a == b || problem_.projects[b.project].kind != rule.other) continue;
          const auto& beside = problem_.sites[a.site].neighbours;
          const auto& back = problem_.sites[b.site].neighbours;
          if (a.site == b.site || std::ranges::find(beside, b.site) != beside.end() ||
              std::ranges::find(back, a.site) != back.end()) {
            broken(LimitKind::Apart, r);
          }
        }
      }
    }
  }

  void check_asked() {
    for (std::size_t i = 0; i < problem_.locks.size(); ++i) {
      if (std::ranges::find(placements_, problem_.locks[i]) == placements_.end()) {
        broken(LimitKind::Lock, i);
      }
    }
    for (std::size_t i = 0; i < problem_.must_fill.size(); ++i) {
      const bool filled = std::ranges::any_of(placements_, [&](const Placement& one) {
        return std::ranges::any_of(problem_.projects[one.project].fills, [&](const auto& fill) {
          return fill.first == problem_.must_fill[i];
        });
      });
      if (!filled) broken(LimitKind::MustFill, i);
    }
  }

  const PlanProblem& problem_;
  const std::vector<Placement>& placements_;
  std::set<PlanLimit> broken_;
};

}  // namespace

std::vector<PlanLimit> check_plan(const PlanProblem& problem,
                                  const std::vector<Placement>& placements) {
  return Checker(problem, placements).run();
}

}  // namespace liantu
