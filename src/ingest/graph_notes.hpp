#pragma once

#include <span>

#include "ingest/cells/sources.hpp"
#include "ingest/rows/input_tables.hpp"
#include "liantu/graph/graph.hpp"

namespace liantu {

/// Reports, at their rows, what only the whole graph shows: relations that contradict each other;
/// inputs that cost as much as their product, alone or together (Warnings); shares of a firm's
/// revenue in one year above 1 and outputs above its revenue, by more than a hundredth. Of all but
/// the first there is one message a kind, which names the first places.
void note_what_graph_shows(const EnterpriseGraph& graph, const Sources& sources,
                           std::span<InputTable> tables);

}  // namespace liantu
