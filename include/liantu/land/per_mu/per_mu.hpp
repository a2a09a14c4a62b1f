#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/regions/region.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/base/values/basis.hpp"
#include "liantu/base/values/date.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/land/per_mu/land_use.hpp"
#include "liantu/land/per_mu/per_mu_scheme.hpp"

namespace LIANTU_API liantu {

/// How an item came by its score.
enum class ScoredBy : std::uint8_t {
  Ratio,    ///< ratio / base × points
  Cap,      ///< the cap, which the ratio would exceed
  Floor,    ///< the floor, below which the ratio would lie
  Mean,     ///< lacks data: mean of the others' scores
  Zero,     ///< lacks data: nothing
  Exempt,   ///< lacks data: does not count
  Lacking,  ///< lacks data: the firm is not rated
};

/// `ratio`, `cap`, `floor`, `mean`, `zero`, `exempt`, `lacking`.
[[nodiscard]] std::string_view scored_by_word(ScoredBy by);
/// The same for people.
[[nodiscard]] Text scored_by_text(ScoredBy by);

/// An item of one firm with all that its score is made of.
struct ItemScore {
  std::optional<Figure> numerator;    ///< CNY, heads, mu …; nothing when not known
  std::optional<Figure> denominator;  ///< nothing when not known; 0 has no ratio
  std::optional<double> ratio;        ///< in the item's unit
  std::optional<double> base;         ///< in the item's unit; nothing when no mean could be taken
  double score = 0;                   ///< not rounded
  ScoredBy by = ScoredBy::Lacking;

  friend bool operator==(const ItemScore&, const ItemScore&) = default;
};

/// One change that alone would lift a firm one grade, the others' figures and the bases staying.
struct LiftBy {
  Quantity quantity = Quantity::Tax;
  double from = 0;  ///< what the firm has, CNY, mu …
  double to = 0;  ///< what it would need: more of a numerator, less of land, energy, emissions …

  friend bool operator==(const LiftBy&, const LiftBy&) = default;
};

/// What would lift a firm one grade.
struct Lift {
  char grade = 'A';        ///< the next better one
  double score = 0;        ///< needed; multiple of 0.01
  double points = 0;       ///< that lack
  std::vector<LiftBy> by;  ///< each alone is enough; in the order of Quantity; those with which
                           ///< caps or what is not known stand in the way left out

  friend bool operator==(const Lift&, const Lift&) = default;
};

/// What became of a firm.
enum class RatedAs : std::uint8_t {
  Ranked,   ///< has a rank, and a grade where the scheme states grades
  Exempt,   ///< scored as far as data allow, takes no place in the ranking
  Unrated,  ///< lacks data that its class asks for
  NoClass,  ///< fits no class
};

/// `ranked`, `exempt`, `unrated`, `no_class`.
[[nodiscard]] std::string_view rated_word(RatedAs rated);
[[nodiscard]] Text rated_text(RatedAs rated);

/// One firm.
struct PerMuRow {
  FirmId firm{0};
  RatedAs rated = RatedAs::NoClass;
  std::size_t in_class = 0;      ///< index into PerMuScheme::classes; says nothing for NoClass
  std::uint32_t rank = 0;        ///< in its class, from 1, shared by equal scores; 0 if not ranked
  std::optional<char> grade;     ///< A to D; of exempt firms what they count as
  std::optional<double> score;   ///< sum of the items rounded to 0.01; nothing if not rated
  std::vector<ItemScore> items;  ///< parallel to PerMuClass::items
  LandUse land;
  std::optional<std::size_t> exemption;  ///< index into PerMuScheme::exemptions
  std::vector<Quantity> lacking;  ///< what is not known and would be needed, or would decide the
                                  ///< class
  std::vector<Quantity> zero;     ///< denominators that are stated to be 0 or less
  std::optional<Lift> lift;       ///< nothing for grade A and where there are no grades

  friend bool operator==(const PerMuRow&, const PerMuRow&) = default;
};

/// How many firms of a class have a grade.
struct PerMuSummary {
  std::size_t firms = 0;  ///< of the class, ranked or not
  std::size_t ranked = 0;
  std::size_t exempt = 0;
  std::size_t unrated = 0;
  std::array<std::size_t, 4> grades{};        ///< ranked firms graded A, B, C, D
  std::optional<double> least, median, most;  ///< of the ranked firms' scores

  friend bool operator==(const PerMuSummary&, const PerMuSummary&) = default;
};

/// The per-mu performance of a place (亩均论英雄).
struct PerMuReport {
  PerMuScheme scheme;
  Date as_of;
  std::vector<PerMuRow> rows;  ///< by class, in it ranked firms by rank, then exempt, then unrated
                               ///< ones; firms of no class last; ties by credit code, then name
  std::vector<PerMuSummary> classes;  ///< parallel to PerMuScheme::classes
  std::size_t no_class = 0;
};

/// Options of rate_per_mu().
struct PerMuOptions {
  RegionCode region;     ///< only firms there; all when unknown
  Date as_of;            ///< day of the rating; the day up to which the data tell when not known
  std::stop_token stop;  ///< asks a long run to end early
};

/// Rates firms per mu.
///
/// An item's score is ratio / base × points, kept between its floor and its cap. The sum of the
/// items is rounded to 0.01, halves away from 0; ranks and grades go by what is rounded, as it is
/// published. A firm's rank in its class is one more than the number of ranked firms with a higher
/// score; by rank it gets the grade whose share of the ranked firms its rank does not exceed, so that
/// ties share the better grade. Firms struck off the register are left out.
///
/// @param graph    Not modified.
/// @param scheme   What parse_per_mu_scheme() returned.
/// @param options  See PerMuOptions.
/// @return         See PerMuReport. Figures keep what they rest on.
/// @throws Error{Cancelled}.
/// @complexity  Time O(F I log F + E), memory O(F I); F firms, I items, E what land_use() takes.
/// @source      The scheme's own, PerMuScheme::source.
[[nodiscard]] PerMuReport rate_per_mu(const EnterpriseGraph& graph, const PerMuScheme& scheme,
                                      const PerMuOptions& options = {});

/// A firm's figure that per-mu rules count; land as land_use() tells it is left to the caller.
/// @complexity  O(1), of output O(its `makes`).
[[nodiscard]] std::optional<Figure> quantity_of(const EnterpriseGraph& graph, FirmId firm,
                                                Quantity quantity);

/// What a floor says of a firm.
enum class FloorHeld : std::uint8_t { Held, Missed, Unknown };

/// `held`, `missed`, `unknown`.
[[nodiscard]] std::string_view floor_word(FloorHeld held);
[[nodiscard]] Text floor_text(FloorHeld held);

/// A floor and a firm's ratio, where it stands now.
struct FloorCheck {
  FloorHeld held = FloorHeld::Unknown;
  std::optional<double> ratio;  ///< in the floor's unit
  Basis basis = Basis::Stated;  ///< softest of what the ratio rests on

  friend bool operator==(const FloorCheck&, const FloorCheck&) = default;
};

/// Screens firms, say prospects, by the floors of a scheme, as far as data allow.
///
/// @param graph   Not modified.
/// @param firms   Of the graph.
/// @param floors  See PerMuFloor.
/// @param land    How land is told.
/// @return        A list a firm, parallel to `firms`, each parallel to `floors`.
/// @throws Error as land_use().
/// @complexity  O(firms × floors) and what land_use() takes.
[[nodiscard]] std::vector<std::vector<FloorCheck>> check_floors(const EnterpriseGraph& graph,
                                                                std::span<const FirmId> firms,
                                                                std::span<const PerMuFloor> floors,
                                                                const LandRules& land = {});

}  // namespace liantu
