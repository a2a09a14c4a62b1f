#include "liantu/graph/views/ego.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

void sort_unique(std::vector<EntityId>& entities) {
  std::ranges::sort(entities);
  entities.erase(std::unique(entities.begin(), entities.end()), entities.end());
}

std::vector<FilteredRelation> filtered_relations(const EnterpriseGraph& graph,
                                                 const std::vector<RelationKind>& kinds,
                                                 RelationFilter filter) {
  const auto shared = std::make_shared<const RelationFilter>(std::move(filter));
  std::vector<FilteredRelation> relations;
  relations.reserve(kinds.size());
  for (const RelationKind kind : kinds) relations.emplace_back(graph.relation(kind), shared);
  return relations;
}

}  // namespace

EgoNetwork ego_network(const EnterpriseGraph& graph, std::span<const EntityId> centres,
                       const EgoOptions& options) {
  if (centres.empty()) {
    throw Error(ErrorCode::InvalidArgument,
                {"an ego network needs an entity to start from", "周边网络需要一个起点"});
  }
  if (options.most == 0) {
    throw Error(ErrorCode::InvalidArgument,
                {"an ego network holds at least one entity; give 1 or more",
                 "实体上限为 0；请给 1 或更大的数"});
  }
  const auto followed = filtered_relations(graph, options.relations, options.filter);
  EgoNetwork network;
  EntitySet seen;
  std::vector<EntityId> layer(centres.begin(), centres.end());
  for (std::uint32_t distance = 0; !layer.empty(); ++distance) {
    sort_unique(layer);
    const std::size_t room = options.most - network.members.size();
    if (layer.size() > room) {
      network.cut = true;
      layer.resize(room);
    }
    for (const EntityId entity : layer) {
      seen.insert(entity);
      network.members.push_back({entity, distance});
    }
    if (network.cut || distance == options.depth) break;
    std::vector<EntityId> next;
    const auto meet = [&](const FilteredRow& row) {
      for (const FilteredEdge& edge : row) {
        if (!seen.contains(edge.entity)) next.push_back(edge.entity);
      }
    };
    for (const FilteredRelation& relation : followed) {
      for (const EntityId entity : layer) {
        meet(relation.out_edges(entity));
        meet(relation.in_edges(entity));
      }
    }
    layer = std::move(next);
  }

  RelationFilter between = options.filter;
  between.within.emplace();
  for (const EgoMember& member : network.members) {
    // A centre may lie outside the set asked for; nothing was followed from there.
    if (options.filter.within && !options.filter.within->contains(member.entity)) continue;
    between.within->insert(member.entity);
  }
  network.relations = filtered_relations(graph, options.relations, std::move(between));
  return network;
}

}  // namespace liantu
