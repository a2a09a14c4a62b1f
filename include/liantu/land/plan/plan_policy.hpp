#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/land/per_mu/per_mu_scheme.hpp"

namespace LIANTU_API liantu {

/// What a plan is after. Each is brought to points by the policy.
enum class PlanGoal : std::uint8_t {
  Leakage,  ///< purchases brought home
  Tax,      ///< tax of the projects, that is per mu of what there is to give away
  Jobs,
  Closure,  ///< gaps in which anybody is placed
};
inline constexpr std::size_t kGoalCount = 4;
inline constexpr std::array kGoals = {PlanGoal::Leakage, PlanGoal::Tax, PlanGoal::Jobs,
                                      PlanGoal::Closure};

/// `leakage`, `tax`, `jobs`, `closure`.
[[nodiscard]] std::string_view goal_word(PlanGoal goal);
[[nodiscard]] Text goal_text(PlanGoal goal);
[[nodiscard]] std::optional<PlanGoal> parse_goal(std::string_view word);

/// A class of use of plots and the classes of projects that may stand there.
struct LandClass {
  std::string name;
  std::vector<std::string> takes;  ///< itself always

  friend bool operator==(const LandClass&, const LandClass&) = default;
};

/// Two kinds of projects that may not stand on one plot or on plots beside each other.
struct ApartRule {
  std::string one;
  std::string other;
  Text reason;

  friend bool operator==(const ApartRule&, const ApartRule&) = default;
};

/// A kind of projects that are worth more together.
struct ClusterRule {
  std::string kind;
  double points = 0;  ///< for each plot on which two or more of them stand; > 0

  friend bool operator==(const ClusterRule&, const ClusterRule&) = default;
};

/// What is done with a project whose figure a limit asks for and nobody knows.
enum class UnknownFigure : std::uint8_t {
  Allow,   ///< it is placed and counts nothing against the limit; the plan says so
  Refuse,  ///< it is left out
};

/// Rules of a land plan as data.
struct PlanPolicy {
  std::string name;
  Text about;
  std::array<double, kGoalCount> weights{};  ///< points for each goal reached in full; sum 100
  double tax_per_mu = 0;   ///< CNY a year: all land at this rate is the goal of tax; > 0 if weighed
  double jobs_per_mu = 0;  ///< likewise
  double later_firm = 0.5;      ///< what a second firm in one gap counts of its amount, a third the
                                ///< square of it, a fourth the cube, later ones nothing; [0, 1]
  std::vector<LandClass> uses;  ///< known classes; any word when empty
  std::vector<ApartRule> apart;
  std::vector<ClusterRule> clusters;
  std::vector<double> budget;  ///< CNY of each phase; what a phase leaves goes on to the next;
                               ///< no limit when empty
  std::optional<double> energy_tce;  ///< of the whole plan
  std::optional<double> emission_t;
  std::vector<PerMuFloor> floors;  ///< by land of the plot: numerators tax, output, staff, capital
                                   ///< (investment), energy, emission
  UnknownFigure unknown = UnknownFigure::Allow;

  friend bool operator==(const PlanPolicy&, const PlanPolicy&) = default;
};

/// Reads a plan policy (JSON), see docs/land.md.
///
/// @param text  Content.
/// @param file  Name used in messages.
/// @throws Error{InvalidData} with file:line:column and the remedy if it is not JSON, has an
///         unknown member, weights do not sum to 100, a number lies outside its range, a class of
///         use stands twice or takes one that is not listed, or a floor is not by land.
/// @complexity  Linear in the text.
[[nodiscard]] PlanPolicy parse_plan_policy(std::string_view text, const std::string& file);

}  // namespace liantu
