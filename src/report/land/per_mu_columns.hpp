#pragma once

#include <vector>

#include "liantu/graph/graph.hpp"
#include "liantu/land/per_mu/per_mu.hpp"
#include "report/formats/column.hpp"

namespace liantu {

/// What the list of rated firms shows of one.
/// @param graph, report  Live longer.
[[nodiscard]] std::vector<Column<PerMuRow>> per_mu_columns(const EnterpriseGraph& graph,
                                                           const PerMuReport& report,
                                                           Language language);

}  // namespace liantu
