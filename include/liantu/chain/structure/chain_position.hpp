#pragma once

#include <optional>
#include <stop_token>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/graph/graph.hpp"

namespace LIANTU_API liantu {

/// Where a sector stands between primary inputs and final use, in steps of production.
struct ChainPosition {
  double upstreamness = 1;    ///< U: 1 for what is sold to final users alone, and one more for each
                              ///< step of production that its output still goes through; ≥ 1
  double downstreamness = 1;  ///< D: 1 for what takes no inputs, and one more for each step that
                              ///< its inputs have gone through; ≥ 1

  /// Share of the steps that lie after it, (U − 1) / (U − 1 + D − 1): 1 for a raw material that
  /// takes no inputs, 0 for what nobody takes as an input, 0.5 when neither is so.
  [[nodiscard]] double after() const;

  friend bool operator==(const ChainPosition&, const ChainPosition&) = default;
};

/// Options of find_positions().
struct PositionOptions {
  std::stop_token stop;  ///< asks a long run to end early
};

/// Finds how many steps of production lie before and after the sectors of an input-output table,
/// where all need each other and no order can be read off who needs whom. With a_ts the coefficient
/// of input t in product s and x_s the output of s, U_s = 1 + Σ_p a_sp x_p / x_s U_p and
/// D_s = 1 + Σ_t a_ts D_t. Both follow the flows of the table: what is imported counts as if it
/// were made in the country, so that what is mostly imported stands further upstream.
///
/// @param graph  Any enterprise graph, an empty one included. Not modified.
/// @return       By segment id. Nothing for a segment that is no sector whose output the table
///               states (EntityNumber::OutputShare), and for one whose inputs cost as much as the
///               output or more, directly or not, so that the steps have no end.
/// @throws Error{Cancelled}.
/// @complexity   Time O(N R), memory O(S + R); R `requires` between sectors, N rounds until no
///               figure changes by more than 1e-9 of itself, at most 10,000.
/// @source       Antràs, Chor, Fally and Hillberry (2012), doi:10.1257/aer.102.3.412, for U; Miller
///               and Temurshoev (2017), doi:10.1177/0160017615608095, for D.
[[nodiscard]] std::vector<std::optional<ChainPosition>> find_positions(
    const EnterpriseGraph& graph, const PositionOptions& options = {});

}  // namespace liantu
