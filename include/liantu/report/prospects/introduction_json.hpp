#pragma once

#include <span>
#include <string>

#include "liantu/base/core/export.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/prospects/introduction_plan.hpp"
#include "liantu/prospects/introductions.hpp"
#include "liantu/report/words/run_info.hpp"

namespace LIANTU_API liantu {

/// The ways to one firm as JSON, schema `liantu.introductions/1`: `firm`, `credit_code`, and
/// `ways`, cheapest first: channel, introducer, cost, sentence, hubs, and `steps` (from, to,
/// relation or null where an organization covers the region, backward, words, cost, since, as_of,
/// basis, confidence, file, sheet, row).
[[nodiscard]] std::string introductions_json(const EnterpriseGraph& graph, FirmId firm,
                                             std::span<const Introduction> ways,
                                             const RunInfo& run);

/// Who calls whom as JSON, schema `liantu.introduction_plan/1`: `firms`, one object a firm: firm,
/// credit_code, `way` (as above, or null), and of a firm that nobody calls `why` (no_way,
/// no_capacity) and `asked`.
[[nodiscard]] std::string introduction_plan_json(const EnterpriseGraph& graph,
                                                 std::span<const PlannedIntroduction> plan,
                                                 const RunInfo& run);

}  // namespace liantu
