#include "links/learning/pair_groups.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace liantu {

namespace {

constexpr std::size_t kPopular = 120;

std::string_view suffix_of(std::string_view name) {
  const std::size_t blank = name.rfind(' ');
  if (blank == std::string_view::npos || blank == 0) return {};
  const std::string_view tail = name.substr(blank + 1);
  if (tail.empty() || tail.size() > 3) return {};
  for (const char c : tail) {
    if (c < 'A' || c > 'Z') return {};
  }
  return tail;
}

FirmGrouping chosen_for(const EnterpriseGraph& graph) {
  const std::uint32_t firms = graph.size(EntityKind::Firm);
  std::size_t suffixes = 0;
  for (std::uint32_t i = 0; i < firms; ++i) {
    const EntityId entity = graph.entity(FirmId{i});
    if (graph.region(entity).code.known()) return FirmGrouping::Region;
    if (!suffix_of(graph.name(entity)).empty()) ++suffixes;
  }
  return firms > 0 && 10 * suffixes >= 9 * static_cast<std::size_t>(firms)
             ? FirmGrouping::NameSuffix
             : FirmGrouping::None;
}

}  // namespace

PairGroups::PairGroups(const EnterpriseGraph& graph, const VisibleLinks& links,
                       const EntityKeys& keys, FirmGrouping wanted) {
  count(graph, links, keys, assign(graph, wanted));
}

std::size_t PairGroups::assign(const EnterpriseGraph& graph, FirmGrouping wanted) {
  grouping_ = wanted == FirmGrouping::Auto ? chosen_for(graph) : wanted;
  group_.assign(graph.size(), -1);
  HashMap<std::string, std::int32_t> known;
  const std::uint32_t firms = graph.size(EntityKind::Firm);
  for (std::uint32_t i = 0; i < firms && grouping_ != FirmGrouping::None; ++i) {
    const EntityId entity = graph.entity(FirmId{i});
    std::string key;
    if (grouping_ == FirmGrouping::Region) {
      const RegionCode code = graph.region(entity).code;
      if (code.known()) key = std::to_string(code.value() / 10000);
    } else {
      key = suffix_of(graph.name(entity));
    }
    if (key.empty()) continue;
    group_[raw(entity)] =
        known.try_emplace(std::move(key), static_cast<std::int32_t>(known.size())).first->second;
  }
  return known.size();
}

void PairGroups::count(const EnterpriseGraph& graph, const VisibleLinks& links,
                       const EntityKeys& keys, std::size_t groups) {
  links_.assign(groups, 0);
  std::vector<HashMap<EntityId, std::uint32_t>> liked(groups + 1);
  for (std::uint32_t i = 0; i < graph.size(); ++i) {
    const std::int32_t from = group_[i];
    for (const EntityId to : links.onwards(EntityId{i})) {
      ++liked[groups][to];
      if (from < 0) continue;
      ++liked[static_cast<std::size_t>(from)][to];
      ++links_[static_cast<std::size_t>(from)];
      if (of(to) >= 0) ++between_[{from, of(to)}];
    }
  }
  popular_.resize(groups + 1);
  for (std::size_t g = 0; g <= groups; ++g) {
    std::vector<std::pair<EntityId, std::uint32_t>> order(liked[g].begin(), liked[g].end());
    std::sort(order.begin(), order.end(), [&keys](const auto& a, const auto& b) {
      return a.second != b.second ? a.second > b.second : keys(a.first) < keys(b.first);
    });
    for (std::size_t i = 0; i < std::min(order.size(), kPopular); ++i) {
      popular_[g].push_back(order[i].first);
    }
  }
}

std::uint64_t PairGroups::links_between(std::int32_t from, std::int32_t to) const {
  const auto found = between_.find({from, to});
  return found == between_.end() ? 0 : found->second;
}

}  // namespace liantu
