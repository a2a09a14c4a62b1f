#pragma once

#include <cstddef>
#include <vector>

#include "liantu/base/text/text.hpp"
#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/prospects/prospects.hpp"

namespace liantu {

/// What one fact would have to say, what is known of it now, and who would know it:
/// `revenue of at least CNY 320 m a year, not known now (its annual report, or the firm itself, says)`.
[[nodiscard]] Text lifting_fact_text(const EnterpriseGraph& graph, const GapReport& report,
                                     const LiftingFact& fact);

/// What would bring a part the points that its row lacks: the part, its points, and the fact.
[[nodiscard]] Text lifting_part_text(const EnterpriseGraph& graph, const GapReport& report,
                                     const LiftingPart& part, double missing);

}  // namespace liantu
