#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/projects/fact.hpp"

namespace LIANTU_API liantu {

/// What an item of a rubric counts in a quarter.
enum class RubricMeasure : std::uint8_t {
  SignedProjects,    ///< projects of the team signed in the quarter that pass the item's filter
  FundsInPlace,      ///< CNY that came in during the quarter, over all projects of the team
  OnChainShare,      ///< share of the projects signed in the quarter that belong to a chain; [0, 1]
  Rating,            ///< the latest of a fact of the team, stated in the quarter, of 0 to 100
  Events,            ///< an event fact of the team, or of its projects, added up over the quarter
  AboveTarget,       ///< by how many whole units another item exceeds its target
  OverdueUnstarted,  ///< projects signed, not begun and overdue at the quarter's end
};

/// Which projects an item counts; what is not stated of a project passes no filter that asks for it.
struct ProjectFilter {
  double least_investment = 0;             ///< CNY
  std::optional<double> below_investment;  ///< CNY
  std::optional<bool> outside;             ///< the investor comes from outside the province
  std::optional<bool> on_chain;
  std::optional<bool> fortune500;

  friend bool operator==(const ProjectFilter&, const ProjectFilter&) = default;
};

/// Whether an item is scored against a target, adds to a score or takes from it.
enum class ItemKind : std::uint8_t { Scored, Bonus, Penalty };

/// One item of a rubric.
struct RubricItem {
  ItemKind kind = ItemKind::Scored;
  std::string word;  ///< stable, unique
  Text name;
  RubricMeasure measure = RubricMeasure::SignedProjects;
  /// Of a scored item the points for reaching the target, or for a share or a rating of all; else the
  /// points each time.
  double points = 0;
  std::optional<double> target;  ///< per team and quarter; of counts and funds; > 0
  std::optional<double> most;    ///< points at most; of a scored item `points` when not given
  ProjectFilter filter;
  FactKey fact = FactKey::RatingCarrier;  ///< of Rating and Events
  std::string of;                         ///< of AboveTarget: the item's word
};

/// How a quarter's league is computed.
struct Rubric {
  std::string name;
  std::string source;  ///< where it is published; may be empty
  double full = 100;   ///< what the scored items' points add up to
  std::vector<RubricItem> items;
  std::map<std::string, std::map<std::string, double>>
      targets;              ///< team → item's word → its own target
  std::size_t red = 3;      ///< teams on the red board: the first so many, ties included
  std::size_t black = 3;    ///< teams on the black board at most: the last so many …
  double black_below = 60;  ///< … whose score is below this
};

/// The rubric of a county's task forces: new projects of 100 million CNY from outside the province 30
/// points, funds in place 20, industry fit 20, ratings 15 and 15, with its bonuses, and the penalties
/// of another place. Its targets (one project and 100 million CNY a quarter) and its boards are ours.
[[nodiscard]] Rubric default_rubric();
/// The same as the file that people copy.
[[nodiscard]] std::string_view default_rubric_json();

/// Reads a rubric.
///
/// @param text  JSON, see docs/ledger.md.
/// @throws Error{InvalidData} with file:line:column if a member is missing, not known or out of range,
///         two items have one word, or the scored items' points do not add up to `full`.
[[nodiscard]] Rubric parse_rubric(std::string_view text, const std::string& file);

/// `signed_projects`, `funds_in_place` …
[[nodiscard]] std::string_view rubric_measure_word(RubricMeasure measure);

}  // namespace liantu
