#include "prospects/fillings/ground.hpp"

#include <algorithm>
#include <string_view>

#include "base/core/hash_map.hpp"
#include "liantu/chain/firms/data_date.hpp"
#include "prospects/firms/presence.hpp"

namespace liantu {

ProspectGround::ProspectGround(const EnterpriseGraph& of)
    : graph(of), taxonomy(graph), date(data_date(graph)), branches(owning_branches(graph)) {
  HashMap<std::uint32_t, std::uint32_t> known;
  const std::uint32_t firms = graph.size(EntityKind::Firm);
  region_of.reserve(firms);
  for (std::uint32_t i = 0; i < firms; ++i) {
    const RegionCode region = graph.region(graph.entity(FirmId{i})).code;
    if (!region_of.empty() && regions[region_of.back()] == region) {
      region_of.push_back(region_of.back());
      continue;
    }
    const auto [entry, fresh] =
        known.try_emplace(region.value(), static_cast<std::uint32_t>(regions.size()));
    if (fresh) regions.push_back(region);
    region_of.push_back(entry->second);
  }
  const std::uint32_t segments = graph.size(EntityKind::Segment);
  sectors.resize(segments);
  for (std::uint32_t i = 0; i < segments; ++i) {
    sectors[i] = graph.text(graph.entity(SegmentId{i}), EntityText::Type) == "industry";
  }
}

std::optional<bool> ProspectGround::of_sector(SegmentId product, SegmentId sector) const {
  if (!is_sector(sector)) return std::nullopt;
  if (product == sector) return true;
  bool known = false;
  bool in = false;
  taxonomy.walk_up(product, [&](const Ancestor& at) {
    if (!is_sector(at.segment)) return true;
    known = true;
    in = at.segment == sector;
    return !in;
  });
  if (known) return in;
  const EntityId entity = graph.entity(product);
  if (graph.text(entity, EntityText::Industry).empty()) return std::nullopt;
  const std::vector<std::string_view> held = graph.list(graph.entity(sector), EntityText::Industry);
  if (held.empty()) return std::nullopt;
  return std::ranges::any_of(graph.list(entity, EntityText::Industry), [&](std::string_view code) {
    return std::ranges::any_of(
        held, [&](std::string_view one) { return code.starts_with(one) || one.starts_with(code); });
  });
}

}  // namespace liantu
