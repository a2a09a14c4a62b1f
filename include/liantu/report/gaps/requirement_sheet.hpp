#pragma once

#include "liantu/base/core/export.hpp"
#include "liantu/base/files/sheet.hpp"
#include "liantu/chain/structure/total_requirement.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/report/words/sheet_options.hpp"

namespace LIANTU_API liantu {

/// What final sales require in all as a sheet: rank, segment, total, final sales among it, basis.
/// The notes say the sum, how many yuan of output a yuan of sales takes, and what to be wary of.
[[nodiscard]] Sheet requirement_sheet(const EnterpriseGraph& graph,
                                      const TotalRequirement& requirement,
                                      const SheetOptions& options = {});

}  // namespace liantu
