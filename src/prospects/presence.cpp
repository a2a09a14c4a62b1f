#include "prospects/presence.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace liantu {
namespace {

// The head firm in the name of a branch: `宁波某某有限公司重庆分公司` → `宁波某某有限公司`.
std::string_view head_firm(std::string_view name) {
  constexpr std::string_view kFirm = "公司";
  const std::size_t end = name.find(kFirm);
  if (end == std::string_view::npos || end + kFirm.size() >= name.size()) return {};
  return name.substr(0, end + kFirm.size());
}

}  // namespace

Presence::Presence(const EnterpriseGraph& graph, const District& district)
    : graph_(graph), district_(district) {
  for (std::uint32_t i = 0; i < graph.size(EntityKind::Firm); ++i) {
    if (standing(graph, FirmId{i}, district) != Standing::Inside) continue;
    const std::string_view head = head_firm(graph.name(graph.entity(FirmId{i})));
    if (!head.empty()) branches_[std::string(head)].push_back(FirmId{i});
  }
}

std::vector<FirmId> Presence::in_district(FirmId firm) const {
  std::vector<FirmId> found;
  const EntityId entity = graph_.entity(firm);
  for (const EntityId owned : graph_.relation(RelationKind::Owns).targets(entity)) {
    const FirmId local{graph_.local(owned)};
    if (standing(graph_, local, district_) == Standing::Inside) found.push_back(local);
  }
  const auto branches = branches_.find(graph_.name(entity));
  if (branches != branches_.end()) {
    found.insert(found.end(), branches->second.begin(), branches->second.end());
  }
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::optional<EdgeId> Presence::site_in_district(FirmId firm) const {
  const Relation stands_on = graph_.relation(RelationKind::StandsOn);
  const EdgeRange range = stands_on.out_edges(graph_.entity(firm));
  for (std::uint64_t edge = range.first; edge < range.last; ++edge) {
    const EntityId site = stands_on.target(EdgeId{edge});
    if (district_.region.contains(graph_.region(site).code)) return EdgeId{edge};
  }
  return std::nullopt;
}

}  // namespace liantu
