#include "prospects/presence.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "chain/status.hpp"
#include "liantu/base/firm_name.hpp"
#include "liantu/graph/region_firms.hpp"

namespace liantu {
namespace {

constexpr double kControl = 0.5;

// The head firm in the name of a branch: `宁波某某有限公司重庆分公司` → `宁波某某有限公司`.
std::string_view head_firm(std::string_view name) {
  constexpr std::string_view kFirm = "公司";
  const std::size_t end = name.find(kFirm);
  if (end == std::string_view::npos || end + kFirm.size() >= name.size()) return {};
  return name.substr(0, end + kFirm.size());
}

}  // namespace

Presence::Presence(const EnterpriseGraph& graph, const District& district, Date date)
    : graph_(graph), district_(district), date_(date) {
  for (const FirmId firm : RegionFirms(graph, district.region)) {
    if (gone(graph, firm)) continue;
    const std::string name = normalize_firm_name(graph.name(graph.entity(firm))).full;
    const std::string_view head = head_firm(name);
    if (!head.empty()) branches_[std::string(head)].push_back(firm);
  }
}

// Of several statements about one stake the latest that tells its share decides; those that have
// ended are passed over.
std::vector<FirmId> Presence::in_district(FirmId firm) const {
  std::vector<FirmId> found;
  const EntityId entity = graph_.entity(firm);
  const Relation owns = graph_.relation(RelationKind::Owns);
  const EdgeRange range = owns.out_edges(entity);
  for (std::uint64_t edge = range.first; edge < range.last;) {
    const EntityId owned = owns.target(EdgeId{edge});
    bool held = false;
    double share = kControl;
    for (; edge < range.last && owns.target(EdgeId{edge}) == owned; ++edge) {
      if (!holds(graph_, owns, EdgeId{edge}, entity, owned, date_)) continue;
      held = true;
      share = owns.number(EdgeId{edge}, EdgeNumber::Share).value_or(share);
    }
    const FirmId local{graph_.local(owned)};
    if (held && share >= kControl && standing(graph_, local, district_) == Standing::Inside) {
      found.push_back(local);
    }
  }
  const auto branches = branches_.find(normalize_firm_name(graph_.name(entity)).full);
  if (branches != branches_.end()) {
    found.insert(found.end(), branches->second.begin(), branches->second.end());
  }
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::optional<EdgeId> Presence::site_in_district(FirmId firm) const {
  const Relation stands_on = graph_.relation(RelationKind::StandsOn);
  const EntityId entity = graph_.entity(firm);
  const EdgeRange range = stands_on.out_edges(entity);
  for (std::uint64_t edge = range.first; edge < range.last; ++edge) {
    const EntityId site = stands_on.target(EdgeId{edge});
    if (!district_.region.contains(graph_.region(site).code)) continue;
    if (holds(graph_, stands_on, EdgeId{edge}, entity, site, date_)) return EdgeId{edge};
  }
  return std::nullopt;
}

}  // namespace liantu
