#pragma once

#include <span>

#include "ingest/input_tables.hpp"
#include "ingest/sources.hpp"
#include "liantu/graph/graph.hpp"

namespace liantu {

/// Reports, at their rows, what only the whole graph shows: relations that contradict each other,
/// and coefficients of a product that add up to more than 1.
void note_what_graph_shows(const EnterpriseGraph& graph, const Sources& sources,
                           std::span<InputTable> tables);

}  // namespace liantu
