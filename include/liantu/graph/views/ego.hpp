#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/core/ids.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/graph/kinds.hpp"
#include "liantu/graph/views/relation_filter.hpp"

namespace LIANTU_API liantu {

/// Options of ego_network().
struct EgoOptions {
  /// followed, in both directions
  std::vector<RelationKind> relations{kRelationKinds.begin(), kRelationKinds.end()};
  RelationFilter filter;     ///< instances followed
  std::uint32_t depth = 2;   ///< steps from the nearest centre; 0 = the centres alone
  std::uint32_t most = 100;  ///< most entities, centres included; at least 1
};

/// An entity of an ego network.
struct EgoMember {
  EntityId entity{0};
  std::uint32_t distance = 0;  ///< steps from the nearest centre

  friend bool operator==(const EgoMember&, const EgoMember&) = default;
};

/// The surroundings of some entities.
struct EgoNetwork {
  std::vector<EgoMember> members;           ///< by distance, then id
  std::vector<FilteredRelation> relations;  ///< those followed, in the order asked for, between
                                            ///< members only; views of the graph
  bool cut = false;  ///< whether `most` left entities out that are near enough
};

/// Finds what lies around some entities, step by step along relations in both directions.
///
/// @param centres  Where to start; naming one twice names it once.
/// @param options  See EgoOptions.
/// @return         The members nearest to the centres, at one distance those of the smallest ids.
///                 The relations are valid as long as the graph.
/// @throws Error{InvalidArgument} if there is no centre, `most` is 0, or as FilteredRelation does.
/// @complexity     Time O(D log D), D the instances of the members; memory O(D) and a bit an
/// entity.
[[nodiscard]] EgoNetwork ego_network(const EnterpriseGraph& graph,
                                     std::span<const EntityId> centres,
                                     const EgoOptions& options = {});

}  // namespace liantu
