#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "chain/segments/taxonomy.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/prospects/policy.hpp"

namespace liantu {

/// Whether all industries of a segment, or a firm, lie in one of these; false when none is known.
[[nodiscard]] bool in_industries(const EnterpriseGraph& graph, EntityId entity,
                                 const std::vector<std::string>& codes);

/// Whether a text has one of a screen's words, and none of those that except.
[[nodiscard]] bool fires_on(std::string_view text, const Screen& screen);

/// The first screen on segments, industries or chains that keeps everybody from making a segment;
/// null when none does.
[[nodiscard]] const Screen* screen_on(const EnterpriseGraph& graph, const Taxonomy& taxonomy,
                                      const Policy& policy, SegmentId segment);

}  // namespace liantu
