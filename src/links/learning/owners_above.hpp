#pragma once

#include <vector>

#include "liantu/graph/graph.hpp"

namespace liantu {

/// Who stands above an entity: whoever holds a share of it, and who controls it through any number
/// of others, each of whom holds half of the next or more, or nobody says how much.
///
/// @return      Ascending, without the entity; owners in a circle stand once. Of more than 64 the
///              nearest.
/// @complexity  Linear in the holdings of those above.
[[nodiscard]] std::vector<EntityId> owners_above(const EnterpriseGraph& graph, EntityId entity);

/// 2 when one entity stands above the other, 1 when somebody stands above both, else 0.
///
/// @param above_first, above_second  As owners_above() gives them.
[[nodiscard]] int affiliation(EntityId first, const std::vector<EntityId>& above_first,
                              EntityId second, const std::vector<EntityId>& above_second);

}  // namespace liantu
