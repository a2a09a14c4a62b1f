#pragma once

#include <vector>

#include "chain/taxonomy.hpp"
#include "liantu/graph/graph.hpp"

namespace liantu {

/// The `requires` by which a product needs its inputs, one an input and a segment that says so: of
/// several whose coefficient is known the latest of those of the firmest basis, else the most
/// confident. Its own, else
/// those of the nearest segments above it that have some; ascending by edge. Chains are no
/// products.
[[nodiscard]] std::vector<EdgeId> input_rules(const EnterpriseGraph& graph,
                                              const Taxonomy& taxonomy, SegmentId product);

}  // namespace liantu
