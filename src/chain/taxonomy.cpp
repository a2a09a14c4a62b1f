#include "chain/taxonomy.hpp"

#include "base/hash_map.hpp"

namespace liantu {

Taxonomy::Taxonomy(const EnterpriseGraph& graph)
    : graph_(graph), chain_(graph.size(EntityKind::Segment)) {
  const std::uint32_t segments = graph.size(EntityKind::Segment);
  for (std::uint32_t i = 0; i < segments; ++i) {
    chain_[i] = graph.text(graph.entity(SegmentId{i}), EntityText::Type) == "chain";
  }
  const Relation part_of = graph.relation(RelationKind::PartOf);
  std::vector<std::uint32_t> seen_for(segments, segments);  // by segment: last one walked up from
  line_offsets_.reserve(segments + std::size_t{1});
  for (std::uint32_t i = 0; i < segments; ++i) {
    line_offsets_.push_back(lines_.size());
    std::size_t at = lines_.size();
    lines_.push_back({SegmentId{i}, 0});
    seen_for[i] = i;
    for (; at < lines_.size(); ++at) {
      const Ancestor one = lines_[at];
      for (const EntityId parent : part_of.targets(graph.entity(one.segment))) {
        const SegmentId above{graph.local(parent)};
        if (chain(above) || seen_for[raw(above)] == i) continue;
        seen_for[raw(above)] = i;
        lines_.push_back({above, one.level + 1});
      }
    }
  }
  line_offsets_.push_back(lines_.size());
}

std::vector<SegmentId> Taxonomy::below(SegmentId segment) const {
  const Relation part_of = graph_.relation(RelationKind::PartOf);
  std::vector<SegmentId> found = {segment};
  HashSet<std::uint32_t> seen = {raw(segment)};
  for (std::size_t at = 0; at < found.size(); ++at) {
    for (const EntityId next : part_of.sources(graph_.entity(found[at]))) {
      const SegmentId id{graph_.local(next)};
      if (!chain(id) && seen.insert(raw(id)).second) found.push_back(id);
    }
  }
  return found;
}

std::vector<SegmentId> Taxonomy::above(SegmentId segment) const {
  std::vector<SegmentId> found;
  for (const Ancestor& one : line(segment).subspan(1)) found.push_back(one.segment);
  return found;
}

std::vector<EdgeId> Taxonomy::inputs(SegmentId segment) const {
  const Relation requires_ = graph_.relation(RelationKind::Requires);
  const Relation part_of = graph_.relation(RelationKind::PartOf);
  std::vector<EdgeId> edges;
  std::vector<SegmentId> level = {segment};
  HashSet<std::uint32_t> seen = {raw(segment)};
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
