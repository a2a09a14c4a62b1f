#include "prospects/elsewhere.hpp"

#include <algorithm>

#include "base/core/hash_map.hpp"

namespace liantu {

Elsewhere::Elsewhere(const EnterpriseGraph& graph, const Taxonomy& taxonomy,
                     const GapReport& report, const std::vector<RegionCode>& regions,
                     const std::vector<std::uint32_t>& region_of)
    : graph_(graph),
      taxonomy_(taxonomy),
      report_(report),
      makes_(graph.relation(RelationKind::Makes)),
      region_of_(region_of),
      open_(report.gaps.size()) {
  for (const RegionCode region : regions) {
    if (region.level() != RegionLevel::District || report.district.region.contains(region))
      continue;
    districts_.push_back(region);
  }
  district_of_.assign(regions.size(), districts_.size());
  for (std::size_t i = 0, next = 0; i < regions.size(); ++i) {
    if (next < districts_.size() && regions[i] == districts_[next]) district_of_[i] = next++;
  }
}

void Elsewhere::mark_makers(SegmentId segment, Bits& bits) const {
  for (const EntityId maker : makes_.sources(graph_.entity(segment))) {
    const std::size_t at = district_of_[region_of_[graph_.local(maker)]];
    if (at < bits.size()) bits[at] = true;
  }
}

const Elsewhere::Bits& Elsewhere::open(std::size_t gap) {
  Bits& found = open_[gap];
  if (!found.empty() || districts_.empty()) return found;
  found.assign(districts_.size(), false);
  HashSet<SegmentId> products;
  for (const Need& need : report_.gaps[gap].needers) {
    if (products.insert(need.product).second) mark_makers(need.product, found);
  }
  Bits made(districts_.size(), false);
  for (const SegmentId below : taxonomy_.below(report_.gaps[gap].segment)) mark_makers(below, made);
  for (std::size_t i = 0; i < found.size(); ++i) found[i] = found[i] && !made[i];
  return found;
}

std::size_t Elsewhere::count(const std::vector<FilledGap>& gaps, RegionCode from) {
  std::size_t count = 0;
  std::vector<const Bits*> all;
  for (const FilledGap& filled : gaps) all.push_back(&open(filled.gap));
  for (std::size_t i = 0; i < districts_.size(); ++i) {
    if (from.known() && districts_[i].province().contains(from)) continue;
    if (std::ranges::any_of(all, [&](const Bits* bits) { return (*bits)[i]; })) ++count;
  }
  return count;
}

}  // namespace liantu
