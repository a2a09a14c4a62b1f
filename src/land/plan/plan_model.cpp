#include "land/plan/plan_model.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <string>

#include <fmt/format.h>

#ifdef LIANTU_HAS_CBC
#include <CbcEventHandler.hpp>
#include <CbcModel.hpp>
#include <CbcSolver.hpp>
#include <ClpEventHandler.hpp>
#include <ClpSimplex.hpp>
#include <OsiClpSolverInterface.hpp>
#endif

namespace liantu {

bool has_plan_solver() {
#ifdef LIANTU_HAS_CBC
  return true;
#else
  return false;
#endif
}

#ifdef LIANTU_HAS_CBC

namespace {

constexpr double kMillion = 1e6;  // amounts stand in the model in millions of CNY
constexpr std::size_t kPlacesOfGap = 4;
constexpr double kFree = std::numeric_limits<double>::max();

// Columns and rows as they are written down, before the solver takes them.
class Model {
 public:
  struct Entry {
    int row;
    double value;
  };

  int column(double lower, double upper, double points, bool whole) {
    lower_.push_back(lower);
    upper_.push_back(upper);
    points_.push_back(points);
    whole_.push_back(whole);
    entries_.emplace_back();
    return static_cast<int>(points_.size()) - 1;
  }
  int row(double lower, double upper) {
    row_lower_.push_back(lower);
    row_upper_.push_back(upper);
    return static_cast<int>(row_lower_.size()) - 1;
  }
  void add(int row, int column, double value) {
    if (value != 0) entries_[static_cast<std::size_t>(column)].push_back({row, value});
  }
  int at_most(double upper) { return row(-kFree, upper); }
  int at_least(double lower) { return row(lower, kFree); }

  [[nodiscard]] int columns() const { return static_cast<int>(points_.size()); }
  [[nodiscard]] double points(int column) const {
    return points_[static_cast<std::size_t>(column)];
  }

  /// Of a pair's column: nobody stands there in any plan worth seeking.
  void close(int column) { upper_[static_cast<std::size_t>(column)] = 0; }

  struct Relaxed {
    double bound;
    std::vector<double> losses;  // what a column costs at least when it is 1
  };

  /// The model without whole numbers; nothing when stopped or when no plan exists.
  std::optional<Relaxed> relax(const std::stop_token& stop) const {
    OsiClpSolverInterface solver;
    load(solver, stop);
    solver.initialSolve();
    if (stop.stop_requested() || !solver.isProvenOptimal()) return std::nullopt;
    const double* reduced = solver.getReducedCost();
    return Relaxed{-solver.getObjValue(), {reduced, reduced + columns()}};
  }

  struct Solved {
    std::vector<double> values;  // empty when no plan was found
    double bound;
    bool proven;
  };

  Solved solve(const std::vector<double>& start, double seconds, double gap,
               const std::stop_token& stop) const {
    const OsiClpSolverInterface empty;
    CbcModel model(empty);
    CbcSolverUsefulData data;
    data.noPrinting_ = true;
    data.useSignalHandler_ = false;
    CbcMain0(model, data);
    model.setLogLevel(0);
    auto& solver = *dynamic_cast<OsiClpSolverInterface*>(model.solver());
    load(solver, stop);
    std::vector<std::pair<std::string, double>> given;
    for (int column = 0; column < columns(); ++column) {
      if (!whole_[static_cast<std::size_t>(column)]) continue;
      solver.setInteger(column);
      // Names of our own, of columns without rows, make its presolve crash.
      given.emplace_back(solver.getColName(column), start[static_cast<std::size_t>(column)]);
    }
    model.setMIPStart(given);
    double bound = std::numeric_limits<double>::infinity();
    const Events events(stop, bound);
    model.passInEventHandler(&events);
    const std::string time = fmt::format("{}", seconds);
    const std::string ratio = fmt::format("{}", gap);
    // Its preprocessing loses the start on large models.
    const std::vector<const char*> words = {
        "liantu",      "-log",      "0",       "-slog",       "0",    "-sec",
        time.c_str(),  "-timeMode", "elapsed", "-preprocess", "off",  "-ratio",
        ratio.c_str(), "-allow",    "1e-9",    "-solve",      "-quit"};
    CbcMain1(
        static_cast<int>(words.size()), const_cast<const char**>(words.data()), model,
        [](CbcModel*, int) { return 0; }, data);
    // A step that was stopped halfway says nothing of what lies beyond it.
    const bool stopped = stop.stop_requested();
    Solved solved{{}, bound, !stopped && model.isProvenOptimal()};
    if (!stopped) solved.bound = -model.getBestPossibleObjValue();
    const double* best = model.bestSolution();
    if (best == nullptr && solved.proven) best = model.getColSolution();
    if (best != nullptr) solved.values.assign(best, best + columns());
    return solved;
  }

 private:
  // Ends the steps of linear programs.
  class Steps : public ClpEventHandler {
   public:
    explicit Steps(std::stop_token stop) : stop_(std::move(stop)) {}
    int event(Event /*which*/) override { return stop_.stop_requested() ? 0 : -1; }
    ClpEventHandler* clone() const override { return new Steps(*this); }

   private:
    std::stop_token stop_;
  };

  // Ends the search, and notes the bound while it can be trusted.
  class Events : public CbcEventHandler {
   public:
    Events(std::stop_token asked, double& bound) : stop_(std::move(asked)), bound_(&bound) {}
    CbcAction event(CbcEvent which) override {
      if (stop_.stop_requested()) return CbcEventHandler::stop;
      // Models within heuristics have bounds of their own.
      if (which == node && model_->parentModel() == nullptr) {
        *bound_ = -model_->getBestPossibleObjValue();
      }
      return noAction;
    }
    CbcEventHandler* clone() const override { return new Events(*this); }

   private:
    std::stop_token stop_;
    double* bound_;
  };

  void load(OsiClpSolverInterface& solver, const std::stop_token& stop) const {
    std::vector<CoinBigIndex> starts = {0};
    std::vector<int> rows;
    std::vector<double> values;
    for (const auto& column : entries_) {
      for (const Entry& entry : column) {
        rows.push_back(entry.row);
        values.push_back(entry.value);
      }
      starts.push_back(static_cast<CoinBigIndex>(rows.size()));
    }
    // The solver takes the least: its bounds are told that way reliably.
    std::vector<double> costs;
    for (const double points : points_) costs.push_back(-points);
    solver.messageHandler()->setLogLevel(0);
    solver.getModelPtr()->setLogLevel(0);
    solver.loadProblem(columns(), static_cast<int>(row_lower_.size()), starts.data(), rows.data(),
                       values.data(), lower_.data(), upper_.data(), costs.data(), row_lower_.data(),
                       row_upper_.data());
    const Steps steps(stop);
    solver.getModelPtr()->passInEventHandler(&steps);
  }

  std::vector<double> lower_;
  std::vector<double> upper_;
  std::vector<double> points_;
  std::vector<bool> whole_;
  std::vector<std::vector<Entry>> entries_;
  std::vector<double> row_lower_;
  std::vector<double> row_upper_;
};

}  // namespace

class PlanModel::Rows {
 public:
  Rows(const PlanProblem& problem, const PlanPairs& pairs, const PlanRates& rates,
       const PlanOptions& options)
      : problem_(problem), pairs_(pairs), rates_(rates), gap_(options.gap) {
    add_pairs();
    add_sites();
    add_wholes();
    add_gaps();
    add_apart();
    add_clusters();
    add_asked();
    if (options.at_least) add_goal(options.at_least->first, options.at_least->second);
  }

  std::optional<Relaxation> relax(const std::stop_token& stop) const {
    const auto relaxed = model_.relax(stop);
    if (!relaxed) return std::nullopt;
    Relaxation relaxation{relaxed->bound, std::vector<double>(pair_.size())};
    for (std::size_t at = 0; at < pair_.size(); ++at) {
      if (pair_[at] < 0) continue;
      relaxation.losses[at] = std::max(0.0, relaxed->losses[static_cast<std::size_t>(pair_[at])]);
    }
    return relaxation;
  }

  void leave_out(const Relaxation& relaxation, double most_lost) {
    for (std::size_t at = 0; at < pair_.size(); ++at) {
      if (pair_[at] >= 0 && relaxation.losses[at] > most_lost) model_.close(pair_[at]);
    }
  }

  ModelAnswer solve(const std::vector<Placement>& start, double seconds,
                    const std::stop_token& stop) const {
    std::vector<double> values(static_cast<std::size_t>(model_.columns()));
    for (const Placement& one : start) {
      const int column = pair(one.project, one.site);
      if (column >= 0) values[static_cast<std::size_t>(column)] = 1;
    }
    for (const auto& [column, cluster] : clusters_) {
      int count = 0;
      for (const Placement& one : start) {
        count += one.site == cluster.second && problem_.projects[one.project].kind == cluster.first;
      }
      values[static_cast<std::size_t>(column)] = count >= 2;
    }
    const auto solved = model_.solve(values, seconds, gap_, stop);
    ModelAnswer answer{std::nullopt, solved.bound, solved.proven};
    if (solved.values.empty()) return answer;
    answer.placements.emplace();
    each_pair([&](std::size_t p, std::size_t s, int column) {
      if (solved.values[static_cast<std::size_t>(column)] > 0.5) {
        answer.placements->push_back({p, s});
      }
    });
    return answer;
  }

 private:
  int pair(std::size_t p, std::size_t s) const { return pair_[p * problem_.sites.size() + s]; }

  template <typename Each>
  void each_pair(Each each) const {
    for (std::size_t p = 0; p < problem_.projects.size(); ++p) {
      for (std::size_t s = 0; s < problem_.sites.size(); ++s) {
        if (pair(p, s) >= 0) each(p, s, pair(p, s));
      }
    }
  }

  void add_pairs() {
    pair_.assign(problem_.projects.size() * problem_.sites.size(), -1);
    for (std::size_t p = 0; p < problem_.projects.size(); ++p) {
      const PlanProject& project = problem_.projects[p];
      const double points = project.probability * (rates_.points[1] * project.tax.value_or(0) +
                                                   rates_.points[2] * project.jobs.value_or(0));
      int once = -1;
      for (std::size_t s = 0; s < problem_.sites.size(); ++s) {
        if (!pairs_.allowed(p, s)) continue;
        if (once < 0) once = model_.at_most(1);
        const int column = model_.column(0, 1, points, true);
        pair_[p * problem_.sites.size() + s] = column;
        model_.add(once, column, 1);
      }
    }
  }

  void add_sites() {
    for (std::size_t s = 0; s < problem_.sites.size(); ++s) {
      const PlanSite& site = problem_.sites[s];
      const int area = model_.at_most(site.mu);
      const int energy = site.energy_tce ? model_.at_most(*site.energy_tce) : -1;
      const int emission = site.emission_t ? model_.at_most(*site.emission_t) : -1;
      for (std::size_t p = 0; p < problem_.projects.size(); ++p) {
        const int column = pair(p, s);
        if (column < 0) continue;
        const PlanProject& project = problem_.projects[p];
        model_.add(area, column, pairs_.mu(p, s));
        if (energy >= 0) model_.add(energy, column, project.energy_tce.value_or(0));
        if (emission >= 0) model_.add(emission, column, project.emission_t.value_or(0));
      }
    }
  }

  void add_wholes() {
    const PlanPolicy& policy = problem_.policy;
    const int energy = policy.energy_tce ? model_.at_most(*policy.energy_tce) : -1;
    const int emission = policy.emission_t ? model_.at_most(*policy.emission_t) : -1;
    std::vector<int> budget;
    double there = 0;
    for (const double phase : policy.budget) {
      there += phase;
      budget.push_back(model_.at_most(there / kMillion));
    }
    each_pair([&](std::size_t p, std::size_t s, int column) {
      const PlanProject& project = problem_.projects[p];
      if (energy >= 0) model_.add(energy, column, project.energy_tce.value_or(0));
      if (emission >= 0) model_.add(emission, column, project.emission_t.value_or(0));
      const int phase = std::max(project.phase, problem_.sites[s].phase);
      for (std::size_t t = static_cast<std::size_t>(phase - 1); t < budget.size(); ++t) {
        model_.add(budget[t], column, project.cost.value_or(0) / kMillion);
      }
    });
  }

  // Whether a project comes at all, negative: a row's part.
  void subtract_comes(int row, std::size_t p) {
    for (std::size_t s = 0; s < problem_.sites.size(); ++s) {
      if (pair(p, s) >= 0) model_.add(row, pair(p, s), -1);
    }
  }

  bool may_come(std::size_t p) const {
    for (std::size_t s = 0; s < problem_.sites.size(); ++s) {
      if (pair(p, s) >= 0) return true;
    }
    return false;
  }

  // Each project in a gap goes to one of its four places, of which a later one counts less: the best
  // go to the first ones of themselves.
  void add_gaps() {
    std::vector<std::vector<std::pair<std::size_t, double>>> fillers(problem_.gaps.size());
    for (std::size_t p = 0; p < problem_.projects.size(); ++p) {
      if (!may_come(p)) continue;
      for (const auto& [gap, amount] : problem_.projects[p].fills) {
        fillers[gap].emplace_back(p, problem_.projects[p].probability * amount / kMillion);
      }
    }
    home_.assign(problem_.gaps.size(), -1);
    closed_.resize(problem_.gaps.size());
    for (std::size_t g = 0; g < problem_.gaps.size(); ++g) {
      if (fillers[g].empty()) continue;
      add_amounts(g, fillers[g]);
      add_closure(g, fillers[g]);
    }
  }

  void add_amounts(std::size_t g, const std::vector<std::pair<std::size_t, double>>& fillers) {
    const int home =
        model_.column(0, problem_.gaps[g].leakage / kMillion, rates_.points[0] * kMillion, false);
    home_[g] = home;
    const int sum = model_.at_most(0);
    model_.add(sum, home, 1);
    const std::size_t places = std::min(fillers.size(), kPlacesOfGap);
    std::vector<int> place;
    for (std::size_t k = 0; k < places; ++k) place.push_back(model_.at_most(1));
    for (const auto& [p, amount] : fillers) {
      const int comes = model_.at_most(0);
      double weight = 1;
      for (std::size_t k = 0; k < places; ++k) {
        const int column = model_.column(0, 1, 0, false);
        model_.add(sum, column, -weight * amount);
        model_.add(place[k], column, 1);
        model_.add(comes, column, 1);
        weight *= problem_.policy.later_firm;
      }
      subtract_comes(comes, p);
    }
  }

  void add_closure(std::size_t g, const std::vector<std::pair<std::size_t, double>>& fillers) {
    const auto probability = [&](const auto& filler) {
      return problem_.projects[filler.first].probability;
    };
    const double first = probability(fillers.front());
    const bool alike = std::ranges::all_of(
        fillers, [&](const auto& filler) { return probability(filler) == first; });
    if (alike) {
      const int closed = model_.column(0, 1, rates_.points[3] * first, false);
      closed_[g].emplace_back(closed, first);
      const int row = model_.at_most(0);
      model_.add(row, closed, 1);
      for (const auto& filler : fillers) subtract_comes(row, filler.first);
      return;
    }
    const int once = model_.at_most(1);
    for (const auto& filler : fillers) {
      const int closes = model_.column(0, 1, rates_.points[3] * probability(filler), false);
      closed_[g].emplace_back(closes, probability(filler));
      model_.add(once, closes, 1);
      const int row = model_.at_most(0);
      model_.add(row, closes, 1);
      subtract_comes(row, filler.first);
    }
  }

  // Whether a kind stands on a site, at least as much as any of its projects does.
  int stands(const std::string& kind, std::size_t s) {
    const auto [found, fresh] = stands_.try_emplace({kind, s}, -1);
    if (!fresh) return found->second;
    found->second = model_.column(0, 1, 0, false);
    for (std::size_t p = 0; p < problem_.projects.size(); ++p) {
      if (problem_.projects[p].kind != kind || pair(p, s) < 0) continue;
      const int row = model_.at_most(0);
      model_.add(row, pair(p, s), 1);
      model_.add(row, found->second, -1);
    }
    return found->second;
  }

  void add_apart() {
    for (const ApartRule& rule : problem_.policy.apart) {
      for (std::size_t s = 0; s < problem_.sites.size(); ++s) {
        keep_apart(rule, s, s);
        for (const std::size_t beside : problem_.sites[s].neighbours) {
          keep_apart(rule, s, beside);
          keep_apart(rule, beside, s);
        }
      }
    }
  }

  void keep_apart(const ApartRule& rule, std::size_t one, std::size_t other) {
    if (rule.one == rule.other) {
      // At most one of the kind on both together.
      const int row = model_.at_most(1);
      for (std::size_t p = 0; p < problem_.projects.size(); ++p) {
        if (problem_.projects[p].kind != rule.one) continue;
        if (pair(p, one) >= 0) model_.add(row, pair(p, one), 1);
        if (other != one && pair(p, other) >= 0) model_.add(row, pair(p, other), 1);
      }
      return;
    }
    const int row = model_.at_most(1);
    model_.add(row, stands(rule.one, one), 1);
    model_.add(row, stands(rule.other, other), 1);
  }

  void add_clusters() {
    for (const ClusterRule& rule : problem_.policy.clusters) {
      for (std::size_t s = 0; s < problem_.sites.size(); ++s) {
        std::vector<int> members;
        std::vector<double> mu;
        for (std::size_t p = 0; p < problem_.projects.size(); ++p) {
          if (problem_.projects[p].kind != rule.kind || pair(p, s) < 0) continue;
          members.push_back(pair(p, s));
          mu.push_back(pairs_.mu(p, s));
        }
        std::ranges::sort(mu);
        if (mu.size() < 2 || mu[0] + mu[1] > problem_.sites[s].mu + 1e-6) continue;
        const int column = model_.column(0, 1, rates_.clusters * rule.points, true);
        clusters_.push_back({column, {rule.kind, s}});
        const int row = model_.at_most(0);
        model_.add(row, column, 2);
        for (const int member : members) model_.add(row, member, -1);
      }
    }
  }

  void add_asked() {
    for (const Placement& lock : problem_.locks) {
      const int row = model_.at_least(1);
      if (pair(lock.project, lock.site) >= 0) model_.add(row, pair(lock.project, lock.site), 1);
    }
    for (const std::size_t gap : problem_.must_fill) {
      const int row = model_.at_most(-1);
      for (std::size_t p = 0; p < problem_.projects.size(); ++p) {
        const auto& fills = problem_.projects[p].fills;
        const bool there =
            std::ranges::any_of(fills, [&](const auto& one) { return one.first == gap; });
        if (there) subtract_comes(row, p);
      }
    }
  }

  void add_goal(PlanGoal goal, double least) {
    const bool money = goal == PlanGoal::Leakage || goal == PlanGoal::Tax;
    const int row = model_.at_least(money ? least / kMillion : least);
    if (goal == PlanGoal::Leakage) {
      for (const int home : home_) {
        if (home >= 0) model_.add(row, home, 1);
      }
    } else if (goal == PlanGoal::Closure) {
      for (const auto& columns : closed_) {
        for (const auto& [column, probability] : columns) model_.add(row, column, probability);
      }
    } else {
      each_pair([&](std::size_t p, std::size_t /*site*/, int column) {
        const PlanProject& project = problem_.projects[p];
        const double amount =
            goal == PlanGoal::Tax ? project.tax.value_or(0) / kMillion : project.jobs.value_or(0);
        model_.add(row, column, project.probability * amount);
      });
    }
  }

  const PlanProblem& problem_;
  const PlanPairs& pairs_;
  const PlanRates& rates_;
  Model model_;
  std::vector<int> pair_;
  std::vector<int> home_;
  std::vector<std::vector<std::pair<int, double>>> closed_;
  std::map<std::pair<std::string, std::size_t>, int> stands_;
  std::vector<std::pair<int, std::pair<std::string, std::size_t>>> clusters_;
  double gap_;
};

PlanModel::PlanModel(const PlanProblem& problem, const PlanPairs& pairs, const PlanRates& rates,
                     const PlanOptions& options)
    : rows_(std::make_unique<Rows>(problem, pairs, rates, options)) {}

std::optional<Relaxation> PlanModel::relax(const std::stop_token& stop) const {
  return rows_->relax(stop);
}

void PlanModel::leave_out(const Relaxation& relaxation, double most_lost) {
  rows_->leave_out(relaxation, most_lost);
}

ModelAnswer PlanModel::solve(const std::vector<Placement>& start, double seconds,
                             const std::stop_token& stop) const {
  return rows_->solve(start, seconds, stop);
}

#else

class PlanModel::Rows {};

PlanModel::PlanModel(const PlanProblem& /*problem*/, const PlanPairs& /*pairs*/,
                     const PlanRates& /*rates*/, const PlanOptions& /*options*/) {}

std::optional<Relaxation> PlanModel::relax(const std::stop_token& /*stop*/) const {
  return std::nullopt;
}

void PlanModel::leave_out(const Relaxation& /*relaxation*/, double /*most_lost*/) {}

ModelAnswer PlanModel::solve(const std::vector<Placement>& /*start*/, double /*seconds*/,
                             const std::stop_token& /*stop*/) const {
  return {};
}

#endif

PlanModel::~PlanModel() = default;

}  // namespace liantu
