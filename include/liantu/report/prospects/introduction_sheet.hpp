#pragma once

#include <span>

#include "liantu/base/core/export.hpp"
#include "liantu/base/files/sheet.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/prospects/introduction_plan.hpp"
#include "liantu/prospects/introductions.hpp"
#include "liantu/report/words/sheet_options.hpp"

namespace LIANTU_API liantu {

/// A sentence that says whom to ask and what to mention: `ask 甲 to call 乙; mention: 丙 serves 乙 as
/// director`.
[[nodiscard]] Text introduction_text(const EnterpriseGraph& graph, const Introduction& way);

/// The ways to one firm as a sheet: rank, channel, who is asked, what joins each on the way with the
/// next, with date and source row, cost, hubs.
[[nodiscard]] Sheet introduction_sheet(const EnterpriseGraph& graph, FirmId firm,
                                       std::span<const Introduction> ways,
                                       const SheetOptions& options = {});

/// Who calls whom, a row a firm: number, firm, code, channel, who is asked, what to mention, the
/// way with its source rows, cost, and of a firm that nobody calls why. The notes count them.
[[nodiscard]] Sheet introduction_plan_sheet(const EnterpriseGraph& graph,
                                            std::span<const PlannedIntroduction> plan,
                                            const SheetOptions& options = {});

}  // namespace liantu
