#include "chain/economy/economy.hpp"

#include <algorithm>

#include "base/core/hash_map.hpp"
#include "chain/firms/status.hpp"

namespace liantu {

Economy::Economy(const EnterpriseGraph& graph, const Stopping& stopping)
    : graph_(graph),
      taxonomy_(graph_, stopping),
      rules_(graph_, taxonomy_, stopping),
      sectors_(graph_, rules_),
      required_(taxonomy_, SegmentMarks::Asked::FromBoth) {
  HashMap<std::uint32_t, std::size_t> place_of;
  for (std::uint32_t i = 0; i < graph_.size(EntityKind::Firm); ++i) {
    if (i % kLooksApart == 0) stopping.check();
    const EntityId firm = graph_.entity(FirmId{i});
    gone_.push_back(liantu::gone(graph_, FirmId{i}));
    const RegionCode region = graph_.region(firm).code;
    const auto [entry, fresh] = place_of.try_emplace(region.value(), places_.size());
    if (fresh) places_.push_back({region, {}});
    places_[entry->second].firms.push_back(FirmId{i});
  }
  std::ranges::sort(places_, {}, &Place::region);
  const Relation requires_ = graph_.relation(RelationKind::Requires);
  std::vector<std::uint32_t> required;
  for (std::uint32_t i = 0; i < taxonomy_.size(); ++i) {
    if (!requires_.in_edges(graph_.entity(SegmentId{i})).empty()) required.push_back(i);
  }
  required_.mark(required);
}

}  // namespace liantu
