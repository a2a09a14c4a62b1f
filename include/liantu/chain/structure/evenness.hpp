#pragma once

#include <span>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/graph/graph.hpp"

namespace LIANTU_API liantu {

/// How evenly products need segments: Σ over products of the smaller of the product's share of what
/// all of them need of the segment, per CNY of their output, and 1 / products. It is the share of
/// all products that need the segment where those need it alike, less where some need most of it,
/// and 1 where every product does. Above a half more than half of all products need it alike:
/// freight, telephone. A complete input-output table has a coefficient for nearly every pair, so
/// that counting who needs a segment would tell nothing there.
///
/// @param segments  Any, in any order.
/// @return          One share a segment, in their order; [0, 1]. Of coefficients that differ in
///                  their year the latest counts; where one is unknown all count alike. What a
///                  segment needs of itself does not count, and neither do chains.
/// @complexity      O(S + R); S segments and R `requires` of the graph.
/// @source          1 less the index of Hoover (1936), doi:10.2307/1927875, of the coefficients.
[[nodiscard]] std::vector<double> need_evenness(const EnterpriseGraph& graph,
                                                std::span<const SegmentId> segments);

}  // namespace liantu
