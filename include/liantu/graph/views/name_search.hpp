#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/graph/graph.hpp"

namespace LIANTU_API liantu {

/// Entities of a kind that words may mean: those of this name or code; when there is none, those
/// whose name has the words in it.
///
/// @return  Ascending; empty when nothing fits.
/// @complexity  O(1) for a whole name or code, else linear in the names.
[[nodiscard]] std::vector<EntityId> search_names(const EnterpriseGraph& graph, EntityKind kind,
                                                 std::string_view words);

/// Entities of a kind whose names share most characters with the words, for a guess at what was
/// meant.
///
/// @param most  Most entities returned.
/// @return      Most alike first, ties by entity; those less than two fifths alike are left out.
/// @complexity  Linear in the names.
/// @source      Dice (1945), doi:10.2307/1932409, over the characters of both names.
[[nodiscard]] std::vector<EntityId> names_alike(const EnterpriseGraph& graph, EntityKind kind,
                                                std::string_view words, std::size_t most = 3);

}  // namespace liantu
