#include "land/plan/plan_conflict.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

#include "base/run/stopping.hpp"
#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

constexpr Interrupted kInterrupted{"the plan was interrupted", "布局计算已中断"};
constexpr std::size_t kMostSteps = 2'000'000;

bool asked_for(LimitKind kind) { return kind == LimitKind::Lock || kind == LimitKind::MustFill; }

// Looks for placements that hold what is asked for, where some limits are left aside. Everything
// else only forbids, so that the least that holds it is enough.
class Search {
 public:
  using Kept = std::function<bool(const PlanLimit&)>;

  Search(const PlanProblem& problem, Kept kept, const std::stop_token& stop)
      : problem_(problem), kept_(std::move(kept)), stop_(stop) {}

  bool run() {
    for (std::size_t i = 0; i < problem_.locks.size(); ++i) {
      if (!kept_({LimitKind::Lock, i})) continue;
      if (std::ranges::find(placements_, problem_.locks[i]) == placements_.end()) {
        placements_.push_back(problem_.locks[i]);
      }
    }
    return allowed() && fill(0);
  }

  /// Gives up after so many steps, with Error{LimitReached}.
  Search& within(std::size_t steps) {
    most_steps_ = steps;
    return *this;
  }

  const std::vector<Placement>& placements() const { return placements_; }
  /// Limits that stood in the way.
  const std::set<PlanLimit>& met() const { return met_; }
  std::size_t steps() const { return steps_; }

 private:
  bool allowed() {
    if (++steps_ > most_steps_) {
      throw Error(
          ErrorCode::LimitReached,
          {"whether all locks and must-fills can hold together was not decided in 2 million "
           "steps; ask for fewer of them",
           "200 万步内未能判定各项指定和必补要求能否同时满足；请减少要求"});
    }
    if (steps_ % 256 == 0) check_stop(stop_, kInterrupted);
    bool none = true;
    for (const PlanLimit& limit : check_plan(problem_, placements_)) {
      if (asked_for(limit.kind) || !kept_(limit)) continue;
      met_.insert(limit);
      none = false;
    }
    return none;
  }

  bool fill(std::size_t next) {
    if (next == problem_.must_fill.size()) return true;
    const std::size_t gap = problem_.must_fill[next];
    const auto fills = [&](std::size_t p) {
      return std::ranges::any_of(problem_.projects[p].fills,
                                 [&](const auto& one) { return one.first == gap; });
    };
    const bool there =
        std::ranges::any_of(placements_, [&](const Placement& one) { return fills(one.project); });
    if (there || !kept_({LimitKind::MustFill, next})) return fill(next + 1);
    for (std::size_t p = 0; p < problem_.projects.size(); ++p) {
      if (!fills(p)) continue;
      for (std::size_t s = 0; s < problem_.sites.size(); ++s) {
        placements_.push_back({p, s});
        if (allowed() && fill(next + 1)) return true;
        placements_.pop_back();
      }
    }
    return false;
  }

  const PlanProblem& problem_;
  Kept kept_;
  const std::stop_token& stop_;
  std::vector<Placement> placements_;
  std::set<PlanLimit> met_;
  std::size_t steps_ = 0;
  std::size_t most_steps_ = kMostSteps;
};

// The smallest conflict, by sets of limits of which every conflict has one: placements that break
// none but these limits hold all the others.
class Smallest {
 public:
  Smallest(const PlanProblem& problem, const std::stop_token& stop)
      : problem_(problem), stop_(stop) {}

  /// @param known  A conflict, to be made smaller.
  PlanConflict run(const std::vector<PlanLimit>& known) {
    try {
      // Each is tried that has one of every set, the smaller ones first.
      for (std::size_t size = 1; size < known.size();) {
        std::set<PlanLimit> tried;
        if (!choose(size, tried)) {
          ++size;
          continue;
        }
        Search search(
            problem_, [&](const PlanLimit& limit) { return tried.contains(limit); }, stop_);
        const bool holds = search.within(kMostEach).run();
        count(search.steps());
        if (!holds) return {{tried.begin(), tried.end()}, true};
        sets_.push_back(check_plan(problem_, search.placements()));
      }
      return {known, true};
    } catch (const Error& error) {
      if (error.code() != ErrorCode::LimitReached) throw;
      return {known, false};
    }
  }

 private:
  static constexpr std::size_t kMostEach = 20'000;
  static constexpr std::size_t kMostInAll = 200'000;

  void count(std::size_t steps) {
    steps_ += steps;
    if (steps_ > kMostInAll) throw Error(ErrorCode::LimitReached, {"too many steps", "步数过多"});
    check_stop(stop_, kInterrupted);
  }

  // Limits, at most so many, of which every set has one.
  bool choose(std::size_t most, std::set<PlanLimit>& chosen) {
    count(1);
    const auto missed = std::ranges::find_if(sets_, [&](const std::vector<PlanLimit>& limits) {
      return std::ranges::none_of(limits,
                                  [&](const PlanLimit& limit) { return chosen.contains(limit); });
    });
    if (missed == sets_.end()) return true;
    if (chosen.size() == most) return false;
    for (const PlanLimit& limit : *missed) {
      chosen.insert(limit);
      if (choose(most, chosen)) return true;
      chosen.erase(limit);
    }
    return false;
  }

  const PlanProblem& problem_;
  const std::stop_token& stop_;
  std::vector<std::vector<PlanLimit>> sets_;
  std::size_t steps_ = 0;
};

}  // namespace

Required place_required(const PlanProblem& problem, const std::stop_token& stop) {
  std::set<PlanLimit> aside;
  const auto kept = [&](const PlanLimit& limit) { return !aside.contains(limit); };
  Search first(problem, kept, stop);
  if (first.run()) return {first.placements(), {}};
  std::vector<PlanLimit> left(first.met().begin(), first.met().end());
  for (std::size_t i = 0; i < problem.locks.size(); ++i) left.push_back({LimitKind::Lock, i});
  for (std::size_t i = 0; i < problem.must_fill.size(); ++i) {
    left.push_back({LimitKind::MustFill, i});
  }
  // Whatever the rest conflicts without is left out.
  std::vector<PlanLimit> conflict;
  for (std::size_t i = 0; i < left.size(); ++i) {
    aside.insert(left[i]);
    Search without(problem, kept, stop);
    if (!without.run()) {
      // Limits that had been out of sight behind those left aside take part from now on.
      for (const PlanLimit& limit : without.met()) {
        if (std::ranges::find(left, limit) == left.end()) left.push_back(limit);
      }
      continue;
    }
    aside.erase(left[i]);
    conflict.push_back(left[i]);
  }
  std::ranges::sort(conflict);
  return {{}, Smallest(problem, stop).run(conflict)};
}

PlanConflict find_conflict(const PlanProblem& problem) {
  return place_required(problem, {}).conflict;
}

}  // namespace liantu
