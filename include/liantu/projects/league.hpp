#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/projects/ledger_book.hpp"
#include "liantu/projects/rubric.hpp"

namespace LIANTU_API liantu {

/// A row of the ledger that points rest on.
struct LeagueRow {
  LedgerRow row{0};
  std::size_t subject = 0;  ///< index into LedgerBook::subjects

  friend bool operator==(const LeagueRow&, const LeagueRow&) = default;
};

/// What a team earned by one item.
struct LeaguePoints {
  double actual = 0;             ///< projects, CNY, share, rating, times
  std::optional<double> target;  ///< of an item that has one
  double points = 0;             ///< in hundredths; below 0 of a penalty
  bool known = true;  ///< false: nothing is stated that it could rest on, such as no rating
  std::vector<LeagueRow> rows;  ///< ascending
  std::size_t undecided = 0;    ///< projects that do not state what the item asks for
};

enum class LeagueBoard : std::uint8_t { None, Red, Black };

/// One team's quarter.
struct LeagueTeam {
  std::string name;
  std::uint32_t rank = 0;           ///< from 1; shared by those of one score
  double score = 0;                 ///< sum of the points
  std::vector<LeaguePoints> items;  ///< parallel to Rubric::items
  LeagueBoard board = LeagueBoard::None;
  std::optional<double> score_before;  ///< of the quarter before; nothing when it was not there
  std::optional<std::uint32_t> rank_before;
};

/// What was signed in a quarter, over all teams.
struct LeagueTotals {
  std::size_t projects = 0;
  double investment = 0;  ///< CNY, of those that state it; so the others
  double output = 0;      ///< planned a year
  double tax = 0;         ///< planned a year
  double jobs = 0;        ///< planned
  double funds = 0;       ///< came in during the quarter, whenever signed
  std::size_t without_investment = 0;
  std::size_t without_team = 0;             ///< projects that count for nobody
  std::size_t reached[kLedgerStages] = {};  ///< how many reached each stage in the quarter

  friend bool operator==(const LeagueTotals&, const LeagueTotals&) = default;
};

/// A quarter's league (赛马比拼).
struct League {
  Quarter quarter;
  Rubric rubric;
  std::vector<LeagueTeam> teams;  ///< highest score first, ties by name
  LeagueTotals totals;
  LeagueTotals before;  ///< of the quarter before
};

/// Computes the league of a quarter. What happened or was stated for a later day does not count.
///
/// @param book  A team is whoever a project or a contact names as in charge, or is a team of its own.
/// @return      See League. Points are rounded to hundredths, halves away from 0, item by item.
/// @complexity  O(S I + R); S subjects, I items, R rows.
[[nodiscard]] League reckon_league(const LedgerBook& book, Quarter quarter, const Rubric& rubric);

}  // namespace liantu
