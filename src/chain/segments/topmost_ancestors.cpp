#include "chain/segments/topmost_ancestors.hpp"

#include <algorithm>

#include "graph/views/told_order.hpp"
#include "liantu/graph/relation.hpp"

namespace liantu {

std::optional<SegmentId> TopmostAncestors::of(SegmentId segment) {
  const Relation part_of = graph_.relation(RelationKind::PartOf);
  std::vector<SegmentId> way;
  SegmentId at = segment;
  // A taxonomy has no cycle; the bound keeps this true of a graph that was read unchecked.
  while (!tops_[raw(at)] && way.size() < tops_.size()) {
    way.push_back(at);
    const auto parents = part_of.targets(graph_.entity(at));
    if (parents.empty()) break;
    const EntityId first = *std::ranges::min_element(
        parents, [&](EntityId a, EntityId b) { return told_before(graph_, a, b); });
    at = SegmentId{graph_.local(first)};
  }
  const SegmentId top = tops_[raw(at)].value_or(at);
  for (const SegmentId one : way) tops_[raw(one)] = top;
  return top == segment ? std::nullopt : std::optional(top);
}

}  // namespace liantu
