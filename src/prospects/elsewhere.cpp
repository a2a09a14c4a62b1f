#include "prospects/elsewhere.hpp"

#include <bit>

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
  words_ = (districts_.size() + 63) / 64;
  district_of_.assign(regions.size(), districts_.size());
  for (std::size_t i = 0, next = 0; i < regions.size(); ++i) {
    if (next < districts_.size() && regions[i] == districts_[next]) district_of_[i] = next++;
  }
}

const Elsewhere::Bits& Elsewhere::makers(SegmentId segment) {
  const auto [entry, fresh] = makers_.try_emplace(segment);
  Bits& bits = entry->second;
  if (!fresh) return bits;
  bits.assign(words_, 0);
  for (const EntityId maker : makes_.sources(graph_.entity(segment))) {
    const std::size_t at = district_of_[region_of_[graph_.local(maker)]];
    if (at < districts_.size()) bits[at / 64] |= std::uint64_t{1} << at % 64;
  }
  return bits;
}

const Elsewhere::Bits& Elsewhere::open(std::size_t gap) {
  Bits& found = open_[gap];
  if (!found.empty() || districts_.empty()) return found;
  found.assign(words_, 0);
  HashSet<SegmentId> products;
  for (const Need& need : report_.gaps[gap].needers) {
    if (!products.insert(need.product).second) continue;
    const Bits& needed = makers(need.product);
    for (std::size_t word = 0; word < words_; ++word) found[word] |= needed[word];
  }
  for (const SegmentId below : taxonomy_.below(report_.gaps[gap].segment)) {
    const Bits& made = makers(below);
    for (std::size_t word = 0; word < words_; ++word) found[word] &= ~made[word];
  }
  return found;
}

const Elsewhere::Bits& Elsewhere::away_from(RegionCode from) {
  const RegionCode province = from.province();
  const auto [entry, fresh] = away_.try_emplace(province.value());
  Bits& bits = entry->second;
  if (!fresh) return bits;
  bits.assign(words_, 0);
  for (std::size_t i = 0; i < districts_.size(); ++i) {
    if (province.contains(districts_[i])) continue;
    bits[i / 64] |= std::uint64_t{1} << i % 64;
  }
  return bits;
}

std::size_t Elsewhere::count(const std::vector<FilledGap>& gaps, RegionCode from) {
  Bits any(words_, 0);
  for (const FilledGap& filled : gaps) {
    const Bits& bits = open(filled.gap);
    for (std::size_t word = 0; word < words_; ++word) any[word] |= bits[word];
  }
  const Bits& away = away_from(from);
  std::size_t count = 0;
  for (std::size_t word = 0; word < words_; ++word) {
    count += static_cast<std::size_t>(std::popcount(any[word] & away[word]));
  }
  return count;
}

}  // namespace liantu
