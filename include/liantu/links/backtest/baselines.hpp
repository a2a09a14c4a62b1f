#pragma once

#include <cstdint>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/links/backtest/link_method.hpp"
#include "liantu/links/backtest/link_task.hpp"

namespace LIANTU_API liantu {

/// What a ranking of links has to beat. All see the graph without what the task hides.
///
/// - `random`: a number that seed, source and entity decide.
/// - `degree`: number of visible links of the entity at its end of the relation.
/// - `segment_rate`: the largest share of linked pairs over the segments s of the source and t of
///   the entity: links between makers of s and makers of t, over the number of such pairs.
/// - `attributes`: sum over attributes that both ends state (province, district, legal form, size
///   by registered capital, year of foundation) of ln of how much likelier the two values are in a
///   linked pair than in any pair, each count one up; no link is looked at when it ranks.
///
/// @param graph  Must outlive the methods.
/// @param task   Likewise.
/// @param seed   Of `random`.
/// @return       All four in this order; what the graph cannot feed says why.
[[nodiscard]] std::vector<LinkMethod> baseline_methods(const EnterpriseGraph& graph,
                                                       const LinkTask& task, std::uint64_t seed);

}  // namespace liantu
