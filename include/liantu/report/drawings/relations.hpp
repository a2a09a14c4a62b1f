#pragma once

#include <span>
#include <string>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/graph/views/relation_filter.hpp"

namespace LIANTU_API liantu {

/// Options of relations_dot().
struct RelationsDotOptions {
  Language language = Language::En;
  std::vector<EntityId> marked;  ///< drawn with a heavy border: the centres of an ego network
};

/// Entities and what joins them in Graphviz's DOT, such as an ego network or a filtered relation: a
/// node an entity, its shape that of its kind; an arrow a relation from one to the other, with the
/// number of instances (years, segments) when there are several. Names are escaped, fonts can show
/// Chinese.
///
/// @param entities   What is drawn, in this order; each once.
/// @param relations  Views of the graph; instances that lead to an entity not drawn are left out.
/// @return  The same text for the same input.
/// @complexity  Linear in the instances that lead from the entities.
[[nodiscard]] std::string relations_dot(const EnterpriseGraph& graph,
                                        std::span<const EntityId> entities,
                                        std::span<const FilteredRelation> relations,
                                        const RelationsDotOptions& options = {});

}  // namespace liantu
