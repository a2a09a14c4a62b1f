#include "chain/economy.hpp"

#include <algorithm>

#include "base/hash_map.hpp"
#include "chain/status.hpp"

namespace liantu {

Economy::Economy(const EnterpriseGraph& graph)
    : graph_(graph), taxonomy_(graph_), rules_(graph_, taxonomy_) {
  HashMap<std::uint32_t, std::size_t> place_of;
  for (std::uint32_t i = 0; i < graph_.size(EntityKind::Firm); ++i) {
    const EntityId firm = graph_.entity(FirmId{i});
    gone_.push_back(liantu::gone(graph_, FirmId{i}));
    const RegionCode region = graph_.region(firm).code;
    const auto [entry, fresh] = place_of.try_emplace(region.value(), places_.size());
    if (fresh) places_.push_back({region, {}});
    places_[entry->second].firms.push_back(FirmId{i});
  }
  std::ranges::sort(places_, {}, &Place::region);
  for (std::uint32_t i = 0; i < graph_.size(EntityKind::Segment); ++i) {
    below_offsets_.push_back(below_.size());
    const std::vector<SegmentId> below = taxonomy_.below(SegmentId{i});
    below_.insert(below_.end(), below.begin(), below.end());
  }
  below_offsets_.push_back(below_.size());
}

}  // namespace liantu
