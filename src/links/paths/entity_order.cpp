#include "links/paths/entity_order.hpp"

#include <algorithm>
#include <vector>

namespace liantu {

EntityOrder::EntityOrder(const EnterpriseGraph& graph)
    : places_(graph.size()), entities_(graph.size()) {
  std::vector<std::uint64_t> degrees(graph.size(), 0);
  for (const RelationKind kind : kRelationKinds) {
    const Relation relation = graph.relation(kind);
    if (relation.size() == 0) continue;
    for (std::uint32_t i = 0; i < graph.size(); ++i) {
      degrees[i] += relation.out_edges(EntityId{i}).size() + relation.in_degree(EntityId{i});
    }
  }
  // Beyond the cap the few hubs are sorted, so that the counters stay small.
  constexpr std::uint64_t kCap = 4096;
  std::vector<std::uint32_t> starts(kCap + 2, 0);
  for (const std::uint64_t degree : degrees) ++starts[std::min(degree, kCap) + 1];
  for (std::size_t d = 1; d < starts.size(); ++d) starts[d] += starts[d - 1];
  const std::uint32_t hubs = starts[kCap];
  for (std::uint32_t i = 0; i < graph.size(); ++i) {
    entities_[starts[std::min(degrees[i], kCap)]++] = EntityId{i};
  }
  std::stable_sort(entities_.begin() + hubs, entities_.end(), [&degrees](EntityId a, EntityId b) {
    return degrees[raw(a)] < degrees[raw(b)];
  });
  for (std::uint32_t place = 0; place < size(); ++place) places_[raw(entities_[place])] = place;
}

}  // namespace liantu
