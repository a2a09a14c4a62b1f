#include "chain/taxonomy.hpp"

#include <absl/container/flat_hash_set.h>

namespace liantu {

Taxonomy::Taxonomy(const EnterpriseGraph& graph)
    : graph_(graph), chain_(graph.size(EntityKind::Segment)) {
  for (std::uint32_t i = 0; i < chain_.size(); ++i) {
    chain_[i] = graph.text(graph.entity(SegmentId{i}), EntityText::Type) == "chain";
  }
}

std::vector<SegmentId> Taxonomy::walk(SegmentId segment, Way way) const {
  const Relation part_of = graph_.relation(RelationKind::PartOf);
  std::vector<SegmentId> found = {segment};
  absl::flat_hash_set<std::uint32_t> seen = {raw(segment)};
  for (std::size_t at = 0; at < found.size(); ++at) {
    const EntityId entity = graph_.entity(found[at]);
    for (const EntityId next : way == Way::Up ? part_of.targets(entity) : part_of.sources(entity)) {
      const SegmentId id{graph_.local(next)};
      if (!chain(id) && seen.insert(raw(id)).second) found.push_back(id);
    }
  }
  return found;
}

std::vector<SegmentId> Taxonomy::below(SegmentId segment) const { return walk(segment, Way::Down); }

std::vector<SegmentId> Taxonomy::above(SegmentId segment) const {
  std::vector<SegmentId> found = walk(segment, Way::Up);
  found.erase(found.begin());
  return found;
}

std::vector<EdgeId> Taxonomy::inputs(SegmentId segment) const {
  const Relation requires_ = graph_.relation(RelationKind::Requires);
  const Relation part_of = graph_.relation(RelationKind::PartOf);
  std::vector<EdgeId> edges;
  std::vector<SegmentId> level = {segment};
  absl::flat_hash_set<std::uint32_t> seen = {raw(segment)};
  while (!level.empty() && edges.empty()) {
    std::vector<SegmentId> next;
    for (const SegmentId one : level) {
      const EdgeRange range = requires_.out_edges(graph_.entity(one));
      for (std::uint64_t edge = range.first; edge < range.last; ++edge)
        edges.push_back(EdgeId{edge});
      for (const EntityId parent : part_of.targets(graph_.entity(one))) {
        const SegmentId id{graph_.local(parent)};
        if (!chain(id) && seen.insert(raw(id)).second) next.push_back(id);
      }
    }
    level = std::move(next);
  }
  return edges;
}

}  // namespace liantu
