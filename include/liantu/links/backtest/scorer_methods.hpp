#pragma once

#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/links/backtest/link_method.hpp"
#include "liantu/links/backtest/link_task.hpp"

namespace LIANTU_API liantu {

/// All of scorers() as methods that do not see what a task hides, in their order. A scorer that
/// cannot score the relation says why; `directed_l3` scores a relation of any kinds.
///
/// @param graph  Must outlive the methods.
/// @param task   Likewise.
[[nodiscard]] std::vector<LinkMethod> scorer_methods(const EnterpriseGraph& graph,
                                                     const LinkTask& task);

}  // namespace liantu
