#include "liantu/land/plan/land_plan.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <cstdint>
#include <limits>
#include <mutex>
#include <thread>

#include <fmt/format.h>

#include "base/run/stopping.hpp"
#include "land/plan/anneal_plan.hpp"
#include "land/plan/greedy_plan.hpp"
#include "land/plan/plan_conflict.hpp"
#include "land/plan/plan_model.hpp"
#include "land/plan/plan_pairs.hpp"
#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

constexpr Interrupted kInterrupted{"the plan was interrupted", "布局计算已中断"};

[[noreturn]] void refuse(std::string en, std::string zh) {
  throw Error(ErrorCode::InvalidArgument, {std::move(en), std::move(zh)});
}

void check(const PlanProblem& problem, const PlanOptions& options) {
  if (!(options.seconds > 0)) refuse("the time limit must be above 0 seconds", "时限须大于 0 秒");
  if (!(options.gap >= 0 && options.gap <= 1))
    refuse("the gap must lie in [0, 1]", "间隙须在 0 到 1 之间");
  for (const PlanSite& site : problem.sites) {
    if (site.mu > 0) continue;
    refuse(fmt::format("plot {}: its land {} is not above 0", site.name, site.mu),
           fmt::format("地块“{}”的面积 {} 不大于 0", site.name, site.mu));
  }
  for (const PlanProject& project : problem.projects) {
    const bool sound = project.probability >= 0 && project.probability <= 1;
    if (!sound) {
      refuse(fmt::format("{}: its probability {} lies outside [0, 1]", project.name,
                         project.probability),
             fmt::format("{} 的概率 {} 不在 0 到 1 之间", project.name, project.probability));
    }
    for (const auto& figure :
         {project.mu, project.floor_m2, project.ground_m2, project.energy_tce, project.emission_t,
          project.investment, project.cost, project.output, project.tax, project.jobs}) {
      if (!figure || *figure >= 0) continue;
      refuse(fmt::format("{}: one of its figures is negative, {}", project.name, *figure),
             fmt::format("{} 有一项数据为负数：{}", project.name, *figure));
    }
    if (project.phase < 1) refuse("phases count from 1", "分期从 1 起");
  }
}

// What solving takes, looked up once for all the plans of a trade-off.
class Planner {
 public:
  Planner(const PlanProblem& problem, const PlanOptions& options)
      : problem_(problem), pairs_(problem) {
    required_ = place_required(problem, options.stop);
  }

  const Required& required() const { return required_; }

  struct Found {
    std::vector<Placement> placements;
    double bound = 0;  // in points of the rates
    PlanMethod method = PlanMethod::Greedy;
    bool interrupted = false;
  };

  Found solve(const PlanRates& rates, const PlanOptions& options) const {
    const auto until =
        Clock::now() + std::chrono::duration_cast<Clock::duration>(
                           std::chrono::duration<double>(std::min(options.seconds, kMostSeconds)));
    Found found;
    found.placements = greedy_plan(problem_, pairs_, rates, required_.placements, options.stop);
    found.bound = land_bound(problem_, pairs_, rates);
    Annealing how{.until = until, .stop = options.stop};
    how.steps = std::min(kMostSteps, kStepsEach * problem_.projects.size() * problem_.sites.size());
    if (options.solver && has_plan_solver()) {
      solve_model(rates, options, how, found);
    } else {
      found.placements = anneal_plan(problem_, pairs_, rates, found.placements, how);
    }
    found.interrupted = options.stop.stop_requested();
    std::ranges::sort(found.placements, [](const Placement& a, const Placement& b) {
      return std::pair(a.site, a.project) < std::pair(b.site, b.project);
    });
    return found;
  }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr double kMostSeconds = 1e8;
  static constexpr std::uint64_t kStepsEach = 100;        // for a project and a site
  static constexpr std::uint64_t kMostSteps = 2'000'000;  // before the model is asked
  // Losses of pairs that annealing tries, in parts of what a project is worth on average.
  static constexpr double kMostLost = 0.04;
  // Small models are solved before this.
  static constexpr std::chrono::seconds kAlone{2};

  double value(const PlanRates& rates, const std::vector<Placement>& placements) const {
    return rates.total(plan_value(problem_, placements));
  }

  // The relaxation gives a bound and says which pairs are worth trying; annealing finds a plan to
  // start from; then the model and a second annealing go on beside each other.
  void solve_model(const PlanRates& rates, const PlanOptions& options, Annealing how,
                   Found& found) const {
    found.method = PlanMethod::Limited;
    PlanModel model(problem_, pairs_, rates, options);
    const auto relaxation = model.relax(options.stop);
    if (relaxation) found.bound = std::min(found.bound, relaxation->bound);
    // Plans that annealing finds hold no least of another goal.
    const bool whole = !options.at_least;
    const auto enough = [&] { return found.bound / (1 + options.gap) - 1e-9; };
    if (relaxation && whole) {
      const double placed = static_cast<double>(std::max<std::size_t>(found.placements.size(), 1));
      how.enough = enough();
      how.losses = relaxation->losses;
      how.most_lost = kMostLost * relaxation->bound / placed;
    }
    const auto until = how.until;
    how.until = Clock::now() + (until - Clock::now()) / 4;
    found.placements = anneal_plan(problem_, pairs_, rates, found.placements, how);
    how.until = until;
    const double start = value(rates, found.placements);
    if (options.stop.stop_requested()) return;
    if (whole && start >= enough()) {
      found.method = PlanMethod::Exact;
      return;
    }
    if (relaxation && whole) model.leave_out(*relaxation, found.bound - start + 1e-6);
    const std::chrono::duration<double> left = how.until - Clock::now();
    std::stop_source over;
    const std::stop_callback on_stop(options.stop, [&] { over.request_stop(); });
    std::vector<Placement> beside;
    std::thread annealing;
    if (relaxation && whole) {
      how.steps = std::numeric_limits<std::uint64_t>::max();
      how.stop = over.get_token();
      annealing = std::thread([&] {
        if (wait(how.stop, kAlone)) return;
        beside = anneal_plan(problem_, pairs_, rates, found.placements, how);
        if (value(rates, beside) >= how.enough) over.request_stop();
      });
    }
    ModelAnswer answer;
    {
      const Joined joined(annealing, over);
      answer = model.solve(found.placements, std::max(left.count(), 1e-3), over.get_token());
    }
    const bool sound = answer.placements && check_plan(problem_, *answer.placements).empty();
    const auto take = [&](const std::vector<Placement>& placements) {
      if (value(rates, placements) >= value(rates, found.placements) || !whole) {
        found.placements = placements;
      }
    };
    if (sound) take(*answer.placements);
    found.bound = std::min(found.bound, answer.bound);
    if (answer.proven && sound) {
      // What the solver proved it does not always tell as a bound.
      const double reached = value(rates, *answer.placements);
      found.bound = std::min(found.bound, reached + options.gap * std::abs(reached) + 1e-9);
      found.method = PlanMethod::Exact;
      return;
    }
    if (!beside.empty() && check_plan(problem_, beside).empty()) take(beside);
    if (whole && value(rates, found.placements) >= enough()) found.method = PlanMethod::Exact;
  }

  // Ends a thread beside whatever leaves the block.
  class Joined {
   public:
    Joined(std::thread& thread, std::stop_source& over) : thread_(thread), over_(over) {}
    Joined(const Joined&) = delete;
    Joined& operator=(const Joined&) = delete;
    ~Joined() {
      over_.request_stop();
      if (thread_.joinable()) thread_.join();
    }

   private:
    std::thread& thread_;
    std::stop_source& over_;
  };

  // Whether to end meanwhile.
  static bool wait(const std::stop_token& stop, std::chrono::seconds time) {
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any never;
    (void)never.wait_for(lock, stop, time, [] { return false; });
    return stop.stop_requested();
  }

  const PlanProblem& problem_;
  PlanPairs pairs_;
  Required required_;
};

bool reaches(const PlanValue& value, PlanGoal goal, double least) {
  return value.reached[static_cast<std::size_t>(goal)] >= least - 1e-6 * std::max(1.0, least);
}

}  // namespace

LandPlan solve_plan(const PlanProblem& problem, const PlanOptions& options) {
  check(problem, options);
  const Planner planner(problem, options);
  LandPlan plan;
  plan.conflict = planner.required().conflict;
  if (!plan.conflict.empty()) return plan;
  const PlanRates rates =
      options.goal ? PlanRates::of_goal(problem, *options.goal) : PlanRates::of(problem);
  Planner::Found found = planner.solve(rates, options);
  plan.placements = std::move(found.placements);
  plan.value = plan_value(problem, plan.placements);
  plan.method = found.method;
  plan.interrupted = found.interrupted;
  // A bound in points of another goal says nothing of the sum of points.
  plan.bound = options.goal ? plan.value.total : std::max(found.bound, plan.value.total);
  return plan;
}

std::vector<TradeOffPoint> trade_off(const PlanProblem& problem, PlanGoal first, PlanGoal second,
                                     std::size_t points, const PlanOptions& options) {
  check(problem, options);
  if (first == second) refuse("a trade-off needs two different goals", "权衡须是两个不同的目标");
  if (points < 2 || points > 50)
    refuse("a trade-off needs 2 to 50 points", "权衡点数须在 2 到 50 之间");
  const Planner planner(problem, options);
  std::vector<TradeOffPoint> found;
  if (!planner.required().conflict.empty()) return found;
  const auto reached = [](const TradeOffPoint& point, PlanGoal goal) {
    return point.value.reached[static_cast<std::size_t>(goal)];
  };
  PlanOptions each = options;
  each.seconds = options.seconds / static_cast<double>(points);
  const auto add = [&](const PlanRates& rates) {
    Planner::Found one = planner.solve(rates, each);
    check_stop(options.stop, kInterrupted);
    TradeOffPoint point{std::move(one.placements), {}, one.method == PlanMethod::Exact};
    point.value = plan_value(problem, point.placements);
    found.push_back(std::move(point));
  };
  const PlanRates of_first = PlanRates::of_goal(problem, first);
  const PlanRates of_second = PlanRates::of_goal(problem, second);
  add(of_first);
  add(of_second);
  const double low = reached(found[0], second);
  const double high = reached(found[1], second);
  const bool exact = options.solver && has_plan_solver();
  for (std::size_t i = 1; i + 1 < points && high > low; ++i) {
    const double part = static_cast<double>(i) / static_cast<double>(points - 1);
    if (exact) {
      each.at_least = {second, low + part * (high - low)};
      add(of_first);
      // Where the time was too short for a plan that holds it, the greedy one does not.
      if (!reaches(found.back().value, second, each.at_least->second)) found.pop_back();
    } else {
      PlanRates mixed = of_first;
      for (std::size_t g = 0; g < kGoalCount; ++g) {
        mixed.points[g] = (1 - part) * of_first.points[g] + part * of_second.points[g];
      }
      add(mixed);
    }
  }
  // Only those that no other is better than in both.
  std::ranges::sort(found, [&](const TradeOffPoint& a, const TradeOffPoint& b) {
    return std::pair(-reached(a, first), -reached(a, second)) <
           std::pair(-reached(b, first), -reached(b, second));
  });
  std::vector<TradeOffPoint> front;
  for (TradeOffPoint& one : found) {
    const bool better =
        front.empty() || reached(one, second) > reached(front.back(), second) + 1e-6;
    if (better) front.push_back(std::move(one));
  }
  return front;
}

}  // namespace liantu
