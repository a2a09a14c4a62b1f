#include "land/plan/anneal_plan.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <random>

#include "land/plan/plan_state.hpp"

namespace liantu {
namespace {

constexpr std::uint64_t kStepsApart = 256;  // between two looks at the clock
constexpr double kLeast = 1e-9;             // a gain below it is rounding
// Temperatures, in parts of what a project that is placed is worth on average.
constexpr double kHottest = 0.12;
constexpr double kColdest = 0.005;
constexpr int kPlacesTried = 3;  // for one that had to leave

class Annealer {
 public:
  Annealer(const PlanProblem& problem, const PlanPairs& pairs, const PlanRates& rates,
           const Annealing& how)
      : problem_(problem),
        how_(how),
        state_(problem, pairs, rates),
        sites_(problem.projects.size()),
        locked_(problem.projects.size()) {
    for (const Placement& lock : problem.locks) locked_[lock.project] = true;
    for (std::size_t p = 0; p < problem.projects.size(); ++p) {
      for (std::size_t s = 0; s < problem.sites.size(); ++s) {
        const std::size_t at = p * problem.sites.size() + s;
        const bool promising = how.losses.empty() || how.losses[at] <= how.most_lost;
        if (pairs.allowed(p, s) && promising) sites_[p].push_back(s);
      }
      if (!sites_[p].empty() && !locked_[p]) movable_.push_back(p);
    }
  }

  std::vector<Placement> run(const std::vector<Placement>& start) {
    for (const Placement& one : start) state_.place(one.project, one.site);
    std::vector<Placement> best = start;
    double most = state_.points();
    if (movable_.empty()) return best;
    const double worth =
        std::max(most, kLeast) / static_cast<double>(std::max<std::size_t>(start.size(), 1));
    const auto begun = std::chrono::steady_clock::now();
    const std::chrono::duration<double> there = how_.until - begun;
    for (std::uint64_t step = 0; step < how_.steps && most < how_.enough; ++step) {
      if (step % kStepsApart == 0) {
        if (how_.stop.stop_requested()) break;
        const std::chrono::duration<double> gone = std::chrono::steady_clock::now() - begun;
        if (gone >= there) break;
        const double part =
            std::max(static_cast<double>(step) / static_cast<double>(how_.steps), gone / there);
        temperature_ = worth * kHottest * std::pow(kColdest / kHottest, part);
      }
      const bool taken = try_change();
      if (taken && state_.points() > most + kLeast) {
        most = state_.points();
        best = state_.plan();
      }
    }
    return best;
  }

 private:
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(random_() % count); }
  double part() { return static_cast<double>(random_() >> 11) * 0x1p-53; }

  void place(std::size_t p, std::size_t s) {
    state_.place(p, s);
    done_.push_back({p, s, true});
  }
  void remove(std::size_t p) {
    done_.push_back({p, state_.site_of(p), false});
    state_.remove(p);
  }
  void undo() {
    while (!done_.empty()) {
      const Done& last = done_.back();
      if (last.placed) {
        state_.remove(last.project);
      } else {
        state_.place(last.project, last.site);
      }
      done_.pop_back();
    }
  }

  // Makes who stands there leave until the project fits; false where it cannot.
  bool make_room(std::size_t p, std::size_t s) {
    constexpr std::size_t kMostLeave = 4;
    while (!state_.fits(p, s)) {
      if (left_.size() == kMostLeave) return false;
      std::optional<std::size_t> who;
      if (state_.full(p, s)) {
        who = anybody(s);
      } else if (state_.too_near(p, s)) {
        for (const std::size_t at : state_.near(s)) {
          for (const std::size_t other : state_.on(at)) {
            if (!who && state_.repels(p, other) && !locked_[other]) who = other;
          }
        }
      } else {  // a limit of the whole plan
        const std::size_t other = movable_[below(movable_.size())];
        if (state_.placed(other)) who = other;
        if (!who) who = anybody(s);
        if (!who) return false;
      }
      if (!who) return false;
      left_.push_back(*who);
      remove(*who);
    }
    return true;
  }

  std::optional<std::size_t> anybody(std::size_t s) {
    const auto& there = state_.on(s);
    if (there.empty()) return std::nullopt;
    const std::size_t other = there[below(there.size())];
    return locked_[other] ? std::nullopt : std::optional(other);
  }

  bool try_change() {
    const std::size_t p = movable_[below(movable_.size())];
    const std::size_t s = sites_[p][below(sites_[p].size())];
    const std::size_t from = state_.site_of(p);
    if (from == s) return false;
    const double before = state_.points();
    left_.clear();
    done_.clear();
    if (from != PlanState::kNowhere) remove(p);
    if (!make_room(p, s)) {
      undo();
      return false;
    }
    place(p, s);
    for (const std::size_t other : left_) {
      if (sites_[other].empty()) continue;  // who stood there from the start only
      if (from != PlanState::kNowhere && state_.fits(other, from)) {
        place(other, from);
        continue;
      }
      for (int i = 0; i < kPlacesTried; ++i) {
        const std::size_t elsewhere = sites_[other][below(sites_[other].size())];
        if (!state_.fits(other, elsewhere)) continue;
        place(other, elsewhere);
        break;
      }
    }
    const double more = state_.points() - before;
    const bool kept = std::ranges::all_of(problem_.must_fill,
                                          [&](std::size_t gap) { return state_.filled(gap); });
    if (kept && (more >= 0 || part() < std::exp(more / temperature_))) return true;
    undo();
    return false;
  }

  struct Done {
    std::size_t project;
    std::size_t site;
    bool placed;
  };

  const PlanProblem& problem_;
  const Annealing& how_;
  PlanState state_;
  std::vector<std::vector<std::size_t>> sites_;  // where each project may stand
  std::vector<std::size_t> movable_;
  std::vector<char> locked_;
  std::vector<std::size_t> left_;  // who had to leave
  std::vector<Done> done_;         // of the change that is tried
  double temperature_ = 1;
  std::mt19937_64 random_{2025};
};

}  // namespace

std::vector<Placement> anneal_plan(const PlanProblem& problem, const PlanPairs& pairs,
                                   const PlanRates& rates, const std::vector<Placement>& start,
                                   const Annealing& how) {
  return Annealer(problem, pairs, rates, how).run(start);
}

}  // namespace liantu
