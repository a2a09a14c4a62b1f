#pragma once

#include "liantu/base/core/export.hpp"
#include "liantu/base/files/sheet.hpp"
#include "liantu/chain/structure/relatedness.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/report/words/sheet_options.hpp"

namespace LIANTU_API liantu {

/// Directions to extend chains as a sheet: rank, segment, density with the ends of its interval,
/// firms anywhere and regions or firms that make it, the most related local segments, the local
/// products that go into it. The notes say over what it was counted, or why nothing can be said.
[[nodiscard]] Sheet direction_sheet(const EnterpriseGraph& graph, const Directions& directions,
                                    const SheetOptions& options = {});

}  // namespace liantu
