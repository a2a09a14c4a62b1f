#include "chain/economy.hpp"

#include <algorithm>

#include <absl/container/flat_hash_map.h>

namespace liantu {

Economy::Economy(const EnterpriseGraph& graph) : graph_(graph), taxonomy_(graph_) {
  absl::flat_hash_map<std::uint32_t, std::size_t> place_of;
  for (std::uint32_t i = 0; i < graph_.size(EntityKind::Firm); ++i) {
    const RegionCode region = graph_.region(graph_.entity(FirmId{i})).code;
    const auto [entry, fresh] = place_of.try_emplace(region.value(), places_.size());
    if (fresh) places_.push_back({region, {}});
    places_[entry->second].firms.push_back(FirmId{i});
  }
  std::ranges::sort(places_, {}, &Place::region);

  const std::uint32_t segments = graph_.size(EntityKind::Segment);
  const Relation part_of = graph_.relation(RelationKind::PartOf);
  std::vector<std::uint32_t> seen_for(segments, segments);  // by segment: last one walked up from
  for (std::uint32_t i = 0; i < segments; ++i) {
    line_offsets_.push_back(lines_.size());
    const std::size_t first = lines_.size();
    lines_.push_back({SegmentId{i}, 0});
    seen_for[i] = i;
    for (std::size_t at = first; at < lines_.size(); ++at) {
      const Ancestor one = lines_[at];
      for (const EntityId parent : part_of.targets(graph_.entity(one.segment))) {
        const SegmentId above{graph_.local(parent)};
        if (taxonomy_.chain(above) || seen_for[raw(above)] == i) continue;
        seen_for[raw(above)] = i;
        lines_.push_back({above, one.level + 1});
      }
    }
  }
  line_offsets_.push_back(lines_.size());
}

}  // namespace liantu
