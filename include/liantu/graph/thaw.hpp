#pragma once

#include <functional>

#include "liantu/base/core/export.hpp"
#include "liantu/graph/builder.hpp"
#include "liantu/graph/graph.hpp"

namespace LIANTU_API liantu {

/// A builder that holds all that a graph holds, so that a graph can be made that differs in little.
///
/// @param graph  Not modified.
/// @param keep   Which instances of relations are taken over; empty: all.
/// @return       Entities have the numbers that they have in the graph. build() makes a graph that is
///               equal to it but for conflicts(), which are told by rows alone.
/// @complexity   O(V + E)
[[nodiscard]] GraphBuilder thaw(const EnterpriseGraph& graph,
                                const std::function<bool(RelationKind, EdgeId)>& keep = {});

}  // namespace liantu
