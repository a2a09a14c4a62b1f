#pragma once

#include "liantu/chain/gaps/gaps.hpp"
#include "links/paths/target_ways.hpp"
#include "prospects/fillings/ground.hpp"
#include "prospects/fillings/scored_gaps.hpp"

namespace liantu {

/// The stated purchases that show the needs of gaps: of a firm here that is stated to buy what a gap
/// lacks all purchases of it, whoever supplies. A prospect that fills the gap cites them, so that they
/// must not count against it.
///
/// @return      Supplier and buyer; the group is the gap.
/// @complexity  O(N log N + D · depth of the taxonomy); N needs, D supplies to those who have them.
[[nodiscard]] Uncounted needed_purchases(const ProspectGround& ground, const GapReport& report,
                                         const ScoredGaps& gaps);

}  // namespace liantu
