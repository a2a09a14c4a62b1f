#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "liantu/base/text.hpp"
#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/graph/relation_filter.hpp"
#include "liantu/prospects/prospects.hpp"

namespace liantu {

/// Options of map_dot().
struct MapOptions {
  Language language = Language::En;
  std::size_t segments = 40;  ///< most segments drawn: the gaps by severity, each with the products
                              ///< that need it, then what local firms make of those
  std::size_t firms_per_segment = 4;  ///< most local firms drawn in a segment; the rest are counted
                                      ///< in words
  std::size_t prospects_per_gap = 2;  ///< most prospects drawn in a gap
};

/// The map of a district in Graphviz's DOT: one cluster a segment, coloured by its gap, holding its
/// local makers, nearby makers (two at most) and best prospects; arrows from an input to what needs
/// it. Anchors, local firms, prospects and expansions are told apart by shape and colour, and a
/// legend says how. Names are escaped, fonts can show Chinese.
///
/// @return  The same text for the same input.
[[nodiscard]] std::string map_dot(const EnterpriseGraph& graph, const GapReport& report,
                                  const ProspectList& list, const MapOptions& options = {});

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
