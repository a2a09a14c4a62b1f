#pragma once

#include "liantu/base/core/export.hpp"
#include "liantu/base/files/sheet.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/report/drawings/chain_tree.hpp"

namespace LIANTU_API liantu {

/// What render_chain() draws as a sheet: stage, segment, parent, mark, kind, segment_status(),
/// coverage, number of makers, makers, number of possible makers, possible makers, position.
[[nodiscard]] Sheet chain_sheet(const EnterpriseGraph& graph, const ChainTree& tree,
                                Language language);

/// All chains of a graph, a row each: how many segments the district makes, partly and not. A note
/// says how to mark a chain where none is.
///
/// @complexity  That of chain_tree() for each chain.
[[nodiscard]] Sheet chain_list_sheet(const EnterpriseGraph& graph, const GapReport& report);

}  // namespace liantu
