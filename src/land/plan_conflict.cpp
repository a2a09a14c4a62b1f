#include "land/plan_conflict.hpp"

#include <algorithm>
#include <set>

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
  Search(const PlanProblem& problem, const std::set<PlanLimit>& aside, const std::stop_token& stop)
      : problem_(problem), aside_(aside), stop_(stop) {}

  bool run() {
    for (std::size_t i = 0; i < problem_.locks.size(); ++i) {
      if (aside_.contains({LimitKind::Lock, i})) continue;
      if (std::ranges::find(placements_, problem_.locks[i]) == placements_.end()) {
        placements_.push_back(problem_.locks[i]);
      }
    }
    return allowed() && fill(0);
  }

  const std::vector<Placement>& placements() const { return placements_; }
  /// Limits that stood in the way.
  const std::set<PlanLimit>& met() const { return met_; }

 private:
  bool allowed() {
    if (++steps_ > kMostSteps) {
      throw Error(
          ErrorCode::LimitReached,
          {"whether all locks and must-fills can hold together was not decided in 2 million "
           "steps; ask for fewer of them",
           "200 万步内未能判定各项指定和必补要求能否同时满足；请减少要求"});
    }
    if (steps_ % 256 == 0) check_stop(stop_, kInterrupted);
    bool none = true;
    for (const PlanLimit& limit : check_plan(problem_, placements_)) {
      if (asked_for(limit.kind) || aside_.contains(limit)) continue;
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
    if (there || aside_.contains({LimitKind::MustFill, next})) return fill(next + 1);
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
  const std::set<PlanLimit>& aside_;
  const std::stop_token& stop_;
  std::vector<Placement> placements_;
  std::set<PlanLimit> met_;
  std::size_t steps_ = 0;
};

}  // namespace

Required place_required(const PlanProblem& problem, const std::stop_token& stop) {
  std::set<PlanLimit> aside;
  Search first(problem, aside, stop);
  if (first.run()) return {first.placements(), {}};
  std::vector<PlanLimit> left(first.met().begin(), first.met().end());
  for (std::size_t i = 0; i < problem.locks.size(); ++i) left.push_back({LimitKind::Lock, i});
  for (std::size_t i = 0; i < problem.must_fill.size(); ++i) {
    left.push_back({LimitKind::MustFill, i});
  }
  // Whatever the rest conflicts without is left out.
  Required required;
  for (std::size_t i = 0; i < left.size(); ++i) {
    aside.insert(left[i]);
    Search without(problem, aside, stop);
    if (!without.run()) {
      // Limits that had been out of sight behind those left aside take part from now on.
      for (const PlanLimit& limit : without.met()) {
        if (std::ranges::find(left, limit) == left.end()) left.push_back(limit);
      }
      continue;
    }
    aside.erase(left[i]);
    required.conflict.push_back(left[i]);
  }
  std::ranges::sort(required.conflict);
  return required;
}

std::vector<PlanLimit> find_conflict(const PlanProblem& problem) {
  return place_required(problem, {}).conflict;
}

}  // namespace liantu
