#include "prospects/firms/presence.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "base/core/hash_map.hpp"
#include "chain/firms/status.hpp"
#include "liantu/base/values/firm_name.hpp"
#include "liantu/graph/views/region_firms.hpp"
#include "prospects/firms/stopped.hpp"

namespace liantu {
namespace {

constexpr double kControl = 0.5;

// Whether a status says that the firm is on its way out, though it is on the register yet.
bool closing(std::string_view status) {
  constexpr std::string_view kClosing[] = {"吊销", "清算", "破产", "清盘", "解散", "注销公告"};
  return std::ranges::any_of(
      kClosing, [&](std::string_view word) { return status.find(word) != std::string_view::npos; });
}

}  // namespace

std::vector<std::string> heads_of(std::string_view name) {
  // Hardly any name is a branch's, and to bring one to its normal form takes longest: what ends so is
  // a firm of its own, whatever stands before it and however that is written.
  for (const std::string_view end : {"有限公司", "责任公司"}) {
    if (name.ends_with(end)) return {};
  }
  const std::string full = normalize_firm_name(name).full;
  std::vector<std::string> heads;
  for (const std::string_view head : firms_of_branch(full)) heads.emplace_back(head);
  return heads;
}

std::vector<FirmId> branches_among(const EnterpriseGraph& graph, const std::vector<FirmId>& firms,
                                   const std::stop_token& stop) {
  std::vector<FirmId> found;
  std::uint32_t looks = 0;
  for (const FirmId firm : firms) {
    if (++looks % kLooksApart == 0) check_stop(stop, kRankingStopped);
    if (!heads_of(graph.name(graph.entity(firm))).empty()) found.push_back(firm);
  }
  return found;
}

std::vector<FirmId> owning_branches(const EnterpriseGraph& graph, const std::stop_token& stop) {
  std::vector<FirmId> found;
  const Relation owns = graph.relation(RelationKind::Owns);
  for (std::uint32_t i = 0; owns.size() > 0 && i < graph.size(EntityKind::Firm); ++i) {
    if (i % kLooksApart == 0) check_stop(stop, kRankingStopped);
    const EntityId entity = graph.entity(FirmId{i});
    if (owns.targets(entity).empty() || heads_of(graph.name(entity)).empty()) continue;
    found.push_back(FirmId{i});
  }
  return found;
}

FirmPresence::FirmPresence(const EnterpriseGraph& graph, const District& district, Date date,
                           const std::stop_token& stop)
    : FirmPresence(
          graph, district, date,
          [&] {
            const RegionFirms local(graph, district.region);
            return std::vector<FirmId>(local.begin(), local.end());
          }(),
          owning_branches(graph, stop), stop) {}

FirmPresence::FirmPresence(const EnterpriseGraph& graph, const District& district, Date date,
                           const std::vector<FirmId>& local, const std::vector<FirmId>& branches,
                           const std::stop_token& stop)
    : graph_(graph),
      stands_on_(graph.relation(RelationKind::StandsOn)),
      district_(district),
      date_(date) {
  std::uint32_t looks = 0;
  for (const FirmId firm : local) {
    if (++looks % kLooksApart == 0) check_stop(stop, kRankingStopped);
    add_branch(firm);
  }
  for (const FirmId firm : branches) {
    if (++looks % kLooksApart == 0) check_stop(stop, kRankingStopped);
    if (!district.region.contains(graph.region(graph.entity(firm)).code)) add_branch(firm);
  }
}

void FirmPresence::add_branch(FirmId firm) {
  std::vector<std::string> heads = heads_of(graph_.name(graph_.entity(firm)));
  if (heads.empty() || gone(graph_, firm)) return;
  for (std::string& head : heads) {
    branches_[std::move(head)].push_back(firm);
  }
}

// Of several statements about one stake the latest that tells its share decides; those that have
// ended are passed over.
std::vector<FirmPresence::Stake> FirmPresence::stakes(FirmId firm) const {
  std::vector<Stake> found;
  const Relation owns = graph_.relation(RelationKind::Owns);
  const EdgeRange range = owns.out_edges(graph_.entity(firm));
  for (std::uint64_t edge = range.first; edge < range.last;) {
    const EntityId owned = owns.target(EdgeId{edge});
    bool held = false;
    double share = kControl;
    for (; edge < range.last && owns.target(EdgeId{edge}) == owned; ++edge) {
      if (!holds(graph_, owns, EdgeId{edge}, graph_.entity(firm), owned, date_)) continue;
      held = true;
      share = owns.number(EdgeId{edge}, EdgeNumber::Share).value_or(share);
    }
    if (held) found.push_back({FirmId{graph_.local(owned)}, share});
  }
  return found;
}

std::vector<FirmId> FirmPresence::in_district(FirmId firm) const {
  std::vector<FirmId> found;
  // Whom it controls, through any number of firms; owners may go in circles.
  std::vector<FirmId> group = {firm};
  HashSet<FirmId> known = {firm};
  HashMap<FirmId, double> held;  // what the group owns of a firm
  const auto join = [&](FirmId one) {
    if (known.insert(one).second) group.push_back(one);
  };
  for (std::size_t next = 0; next < group.size(); ++next) {
    const FirmId one = group[next];
    if (next > 0 && standing(graph_, one, district_) == Standing::Inside) found.push_back(one);
    const std::string name = normalize_firm_name(graph_.name(graph_.entity(one))).full;
    if (const auto branches = branches_.find(name); branches != branches_.end()) {
      for (const FirmId branch : branches->second) join(branch);
    }
    for (const Stake& stake : stakes(one)) {
      constexpr double kRounding = 1e-9;  // 0.3 and 0.2 of two firms
      if ((held[stake.owned] += stake.share) >= kControl - kRounding) join(stake.owned);
    }
  }
  std::ranges::sort(found);
  return found;
}

Availability FirmPresence::availability(FirmId firm, Standing standing, bool hinted) const {
  Availability found;
  const std::string_view status = graph_.text(graph_.entity(firm), EntityText::Status);
  if (!status.empty() && gone(status)) {
    found.may = MayCome::StruckOff;
  } else if (!status.empty() && closing(status)) {
    found.may = MayCome::Closing;
  } else if (standing == Standing::Inside) {
    found.may = MayCome::Inside;
  } else if (standing == Standing::Home) {
    found.may = MayCome::Home;
  } else {
    if (hinted) found.present = in_district(firm);
    found.site = site_in_district(firm);
    found.may = !found.present.empty() || found.site ? MayCome::Present
                : standing == Standing::Unknown      ? MayCome::Unlocated
                                                     : MayCome::Yes;
  }
  return found;
}

std::optional<EdgeId> FirmPresence::site_in_district(FirmId firm) const {
  const EntityId entity = graph_.entity(firm);
  const EdgeRange range = stands_on_.out_edges(entity);
  for (std::uint64_t edge = range.first; edge < range.last; ++edge) {
    const EntityId site = stands_on_.target(EdgeId{edge});
    if (!district_.region.contains(graph_.region(site).code)) continue;
    if (holds(graph_, stands_on_, EdgeId{edge}, entity, site, date_)) return EdgeId{edge};
  }
  return std::nullopt;
}

}  // namespace liantu
