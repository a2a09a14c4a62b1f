#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/land/plan/plan_policy.hpp"

namespace LIANTU_API liantu {

/// A plot on offer.
struct PlanSite {
  std::string name;
  double mu = 0;                         ///< > 0
  std::optional<double> plot_ratio;      ///< > 0
  std::optional<double> building_share;  ///< (0, 1]
  std::string use;                       ///< empty: any
  std::vector<std::size_t> neighbours;   ///< other sites, by index
  std::optional<double> energy_tce;      ///< most; ≥ 0
  std::optional<double> emission_t;
  int phase = 1;

  friend bool operator==(const PlanSite&, const PlanSite&) = default;
};

/// A gap that projects may fill.
struct PlanGap {
  std::string name;
  double leakage = 0;  ///< CNY a year: most that can be brought home; ≥ 0

  friend bool operator==(const PlanGap&, const PlanGap&) = default;
};

/// A firm that may come.
struct PlanProject {
  std::string name;
  FirmId firm{0};
  std::optional<double> mu;  ///< land it needs; one without this and floor_m2 cannot be placed
  std::optional<double> floor_m2;   ///< floor space it needs
  std::optional<double> ground_m2;  ///< ground it builds over
  std::string use;                  ///< empty: not known
  std::string kind;                 ///< empty: none
  std::optional<double> energy_tce;
  std::optional<double> emission_t;
  std::optional<double> investment;  ///< CNY
  std::optional<double> cost;        ///< CNY that the district spends
  std::optional<double> output;      ///< CNY a year
  std::optional<double> tax;         ///< CNY a year
  std::optional<double> jobs;
  double probability = 1;  ///< [0, 1]; what it would bring counts times this
  int phase = 1;
  std::vector<std::pair<std::size_t, double>> fills;  ///< gap and CNY a year it could bring home,
                                                      ///< each gap once
  bool assumed = false;  ///< whether its needs are those of where it stands now

  friend bool operator==(const PlanProject&, const PlanProject&) = default;
};

/// A project on a site.
struct Placement {
  std::size_t project = 0;
  std::size_t site = 0;

  friend auto operator<=>(const Placement&, const Placement&) = default;
};

/// All that a plan is made from.
struct PlanProblem {
  PlanPolicy policy;
  std::vector<PlanSite> sites;
  std::vector<PlanGap> gaps;
  std::vector<PlanProject> projects;
  std::vector<Placement> locks;                                             ///< must stand so
  std::vector<std::pair<std::size_t, std::optional<std::size_t>>> forbids;  ///< project and site;
                                                                            ///< anywhere when none
  std::vector<std::size_t> must_fill;  ///< gaps in which somebody must be placed

  friend bool operator==(const PlanProblem&, const PlanProblem&) = default;
};

/// Land that a project takes on a site, in mu: what it asks for, or more where its floor space needs
/// more at the site's plot ratio, or its ground at the site's building share.
/// @return  Nothing when neither land nor floor space is known, or the floor space alone is and the
///          site states no plot ratio.
[[nodiscard]] std::optional<double> land_taken(const PlanProject& project, const PlanSite& site);

/// What a plan reaches.
struct PlanValue {
  std::array<double, kGoalCount> reached{};  ///< CNY a year, CNY a year, heads, gaps
  std::array<double, kGoalCount> points{};   ///< by the policy's weights
  double clusters = 0;                       ///< points for clusters
  double total = 0;                          ///< sum of the points

  friend bool operator==(const PlanValue&, const PlanValue&) = default;
};

/// What is worth a goal in full: all leakage, all land at the policy's rates, all gaps.
[[nodiscard]] std::array<double, kGoalCount> goal_references(const PlanProblem& problem);

/// Computes what placements reach, whether or not they are allowed: in each gap the amounts of the
/// firms placed, each times its probability, in falling order the first in full, the second times
/// PlanPolicy::later_firm and so on, up to four, and never above the leakage.
[[nodiscard]] PlanValue plan_value(const PlanProblem& problem,
                                   const std::vector<Placement>& placements);

/// What limits a plan.
enum class LimitKind : std::uint8_t {
  Area,   ///< land of a site
  Use,    ///< class of use of a site
  Phase,  ///< a site is ready after the last phase of the budget
  SiteEnergy,
  SiteEmission,
  Energy,
  Emission,
  Budget,       ///< up to a phase
  Floor,        ///< a per-mu floor
  Apart,        ///< kinds that may not be neighbours
  NeedUnknown,  ///< land needed is not known, or a figure that the policy refuses to leave open
  Forbid,
  Lock,
  MustFill,
  Twice,  ///< a project stands on two sites
};

/// One limit, and which: of a site, a phase, a floor, a rule, a project, a gap, by index.
struct PlanLimit {
  LimitKind kind = LimitKind::Area;
  std::size_t index = 0;

  friend auto operator<=>(const PlanLimit&, const PlanLimit&) = default;
};

/// What a limit says, in words: `plot 示例甲地块: 40 mu`.
[[nodiscard]] Text limit_text(const PlanProblem& problem, const PlanLimit& limit);

/// Checks placements against every limit, by the definition and without what the solvers use.
///
/// @return  Limits that do not hold, ascending, each once; empty for a plan that may be carried out.
/// @complexity  O(placements × (limits + sites)).
[[nodiscard]] std::vector<PlanLimit> check_plan(const PlanProblem& problem,
                                                const std::vector<Placement>& placements);

/// How a plan was found.
enum class PlanMethod : std::uint8_t {
  Exact,    ///< mixed-integer model, solved to the gap asked for
  Limited,  ///< mixed-integer model, ended by the time limit
  Greedy,   ///< greedy with improvement by annealing: no solver, or none asked for
};

/// `exact`, `limited`, `greedy`.
[[nodiscard]] std::string_view method_word(PlanMethod method);
[[nodiscard]] Text method_text(PlanMethod method);

/// Options of solve_plan().
struct PlanOptions {
  double seconds = 60;  ///< most time for the model; > 0
  double gap = 0;       ///< ends when bound − value ≤ gap × value; [0, 1]
  bool solver = true;   ///< use the solver, where there is one
  /// Goal to be pushed instead of the sum of points, and least points of another; for trade_off().
  std::optional<PlanGoal> goal;
  std::optional<std::pair<PlanGoal, double>> at_least;
  std::stop_token stop;  ///< asks a long run to end early
};

/// Limits that cannot hold together, none of which can be left out; empty where a plan exists.
struct PlanConflict {
  std::vector<PlanLimit> limits;  ///< ascending
  bool smallest = true;           ///< whether no conflict has fewer limits; else nobody knows

  [[nodiscard]] bool empty() const { return limits.empty(); }
  friend bool operator==(const PlanConflict&, const PlanConflict&) = default;
};

/// A land plan.
struct LandPlan {
  std::vector<Placement> placements;  ///< ascending by site, then project
  PlanValue value;
  double bound = 0;  ///< no plan is worth more; ≥ value.total
  PlanMethod method = PlanMethod::Greedy;
  bool interrupted = false;  ///< asked to end: the best plan found until then
  PlanConflict conflict;     ///< not empty when no plan exists

  /// (bound − value) / value; 0 where both are 0.
  [[nodiscard]] double gap() const;
};

/// Whether this build has a solver of mixed-integer models.
[[nodiscard]] bool has_plan_solver();

/// Chooses projects and places them.
///
/// The model: one binary variable for each project and site where it may stand; limits are rows; the
/// diminishing amounts of a gap are a transport of projects to its four places, the cap a bound. Its
/// relaxation, in which projects may be placed in parts, gives a first bound and says which pairs are
/// worth trying. A greedy plan improved by annealing is what the solver starts from; where that takes
/// more than seconds, annealing goes on beside it in a second thread. Every answer is checked by
/// check_plan() and plan_value(). Ties between plans of one value go to whichever the method meets
/// first; what takes more than seconds may end in another plan on another machine, within the gap told.
///
/// @param problem  Well formed: indices in range.
/// @param options  See PlanOptions.
/// @return         See LandPlan; empty and with a conflict when locks and must-fills cannot hold; the
///                 best plan until then when asked to stop.
/// @throws Error{InvalidArgument} if an option or a figure lies outside its range; Error{Cancelled} when
///         asked to stop before there is a plan.
/// @complexity  Greedy: O(rounds × projects × sites); the model: exponential at worst, ended by
///              PlanOptions::seconds.
[[nodiscard]] LandPlan solve_plan(const PlanProblem& problem, const PlanOptions& options = {});

/// Finds the smallest set of limits that cannot hold together.
///
/// Only locks and must-fills ask for anything to be placed. Limits are first dropped as long as the
/// rest still conflict; then the smallest conflict is sought: each attempt to satisfy a set of limits
/// names limits of which every conflict has one, and the smallest set that meets all of these is tried
/// next. Where that takes too long, PlanConflict::smallest is false.
/// @throws Error{LimitReached} after 2 million steps of the first search.
/// @source  Ignatiev, Previti, Liffiton, Marques-Silva (2015), doi:10.1007/978-3-319-23219-5_13.
[[nodiscard]] PlanConflict find_conflict(const PlanProblem& problem);

/// A point of a trade-off.
struct TradeOffPoint {
  std::vector<Placement> placements;
  PlanValue value;
  bool proven = false;  ///< whether nothing better is possible at this point, to the gap asked for
};

/// Plans of which none is better than another in both goals.
///
/// @param points  How many are sought between the best of either; 2..50.
/// @return        By the first goal, falling; fewer where several coincide.
/// @throws Error as solve_plan(); {InvalidArgument} for equal goals or a number of points out of range.
[[nodiscard]] std::vector<TradeOffPoint> trade_off(const PlanProblem& problem, PlanGoal first,
                                                   PlanGoal second, std::size_t points,
                                                   const PlanOptions& options = {});

}  // namespace liantu
