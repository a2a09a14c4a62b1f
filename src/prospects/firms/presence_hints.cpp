#include "prospects/firms/presence_hints.hpp"

#include <string>
#include <string_view>

#include "base/run/stopping.hpp"
#include "prospects/firms/presence.hpp"
#include "prospects/firms/stopped.hpp"

namespace liantu {
namespace {

// The first four characters of a name where they are ideographs, which no normal form changes and
// 有限责任公司 does not reach into; else nothing.
std::string_view beginning(std::string_view name) {
  constexpr std::size_t kCharacters = 4;
  constexpr std::size_t kBytes = 3;  // a character
  if (name.size() < kCharacters * kBytes) return {};
  for (std::size_t at = 0; at < kCharacters * kBytes; at += kBytes) {
    const auto first = static_cast<unsigned char>(name[at]);
    const auto second = static_cast<unsigned char>(name[at + 1]);
    const bool ideograph = first >= 0xE5 ? first <= 0xE9 : first == 0xE4 && second >= 0xB8;
    if (!ideograph || name.substr(at, kBytes) == "责") return {};
  }
  return name.substr(0, kCharacters * kBytes);
}

}  // namespace

PresenceHints::PresenceHints(const EnterpriseGraph& graph, const std::vector<FirmId>& local,
                             const std::vector<FirmId>& local_branches,
                             const std::vector<FirmId>& branches, const std::stop_token& stop)
    : graph_(graph), owners_(graph.size(EntityKind::Firm)) {
  const Relation owns = graph.relation(RelationKind::Owns);
  std::uint32_t looks = 0;
  const auto add_heads = [&](FirmId firm) {
    if (++looks % kLooksApart == 0) check_stop(stop, kRankingStopped);
    for (const std::string& head : heads_of(graph.name(graph.entity(firm)))) {
      beginnings_.emplace(std::string(beginning(head)),
                          true);  // an empty one of a name that begins otherwise
      any_name_ = true;
    }
  };
  for (const FirmId firm : local_branches) add_heads(firm);
  for (const FirmId firm : branches) add_heads(firm);  // anywhere; what they own may be here
  // Owners of firms that are here or may have a branch here, and their owners in turn.
  std::vector<FirmId> open = local;
  for (std::uint32_t i = 0; any_name_ && i < graph.size(EntityKind::Firm); ++i) {
    if (i % kLooksApart == 0) check_stop(stop, kRankingStopped);
    const FirmId firm{i};
    if (!owns.sources(graph.entity(firm)).empty() && may_be_present(firm)) open.push_back(firm);
  }
  while (!open.empty()) {
    const EntityId entity = graph.entity(open.back());
    open.pop_back();
    for (const EntityId owner : owns.sources(entity)) {
      if (graph.kind(owner) != EntityKind::Firm) continue;
      const FirmId firm{graph.local(owner)};
      if (owners_[raw(firm)]) continue;
      owners_[raw(firm)] = true;
      open.push_back(firm);
    }
  }
}

bool PresenceHints::may_be_present(FirmId firm) const {
  if (owners_[raw(firm)]) return true;
  if (!any_name_) return false;
  const std::string_view begins = beginning(graph_.name(graph_.entity(firm)));
  return begins.empty() || beginnings_.contains(begins);
}

}  // namespace liantu
