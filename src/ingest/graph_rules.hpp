#pragma once

#include <span>

#include "ingest/cells/sources.hpp"
#include "ingest/rows/input_tables.hpp"
#include "liantu/graph/graph.hpp"

namespace liantu {

/// Reports, at their rows, what cannot be true together: owners of a firm that hold more than the
/// whole of it in one year, suppliers that stand for more than all purchases of a firm, both by
/// more than a hundredth; firms founded after they ended or were observed; relations that began, or
/// were observed, before a firm of theirs was founded. All are Warnings.
void warn_of_impossible(const EnterpriseGraph& graph, const Sources& sources,
                        std::span<InputTable> tables);

/// Notes firms that nothing relates to anything and segments that no firm makes, at their rows; of
/// many the first 50 and how many more there are.
void note_loose_ends(const EnterpriseGraph& graph, const Sources& sources,
                     std::span<InputTable> tables);

}  // namespace liantu
