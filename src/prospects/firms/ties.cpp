#include "prospects/firms/ties.hpp"

#include <algorithm>
#include <cstdint>
#include <tuple>
#include <utility>

#include "chain/firms/status.hpp"
#include "graph/views/told_order.hpp"

namespace liantu {
namespace {

// What one relation to a local firm is worth in ScorePartKind::Proximity; several add like independent
// chances.
constexpr std::pair<RelationKind, double> kDirect[] = {
    {RelationKind::Supplies, 0.6}, {RelationKind::Owns, 0.5}, {RelationKind::Cooperates, 0.4}};
constexpr double kMemberWorth = 0.2;
constexpr double kAnchorBonus = 1.3;

}  // namespace

std::span<const TieWorth> tie_worths() {
  static const std::vector<TieWorth> all = [] {
    std::vector<TieWorth> found;
    const auto add = [&](RelationKind kind, double worth) {
      found.push_back({kind, false, worth});
      found.push_back({kind, true, worth * kAnchorBonus});
    };
    add(RelationKind::MemberOf, kMemberWorth);
    for (const auto& [kind, worth] : kDirect) add(kind, worth);
    std::ranges::stable_sort(found, {}, &TieWorth::worth);
    return found;
  }();
  return all;
}

Ties::Ties(const EnterpriseGraph& graph, const std::vector<FirmId>& local,
           const std::vector<FirmId>& anchors, Date date)
    : graph_(graph),
      anchors_(anchors),
      date_(date),
      first_firm_(raw(graph.entity(FirmId{0}))),
      local_(graph.size(EntityKind::Firm)),
      joined_(graph.size(EntityKind::Firm)),
      fellows_(graph.size(EntityKind::Organization)) {
  for (const FirmId firm : local) local_[raw(firm)] = true;
  const auto join = [&](std::span<const EntityId> entities) {
    for (const EntityId one : entities) {
      if (const std::size_t firm = place(one); firm < joined_.size()) joined_[firm] = true;
    }
  };
  const Relation member = graph.relation(RelationKind::MemberOf);
  for (const FirmId firm : local) {
    const EntityId entity = graph.entity(firm);
    for (const auto& [kind, worth] : kDirect) {
      const Relation relation = graph.relation(kind);
      join(relation.targets(entity));
      join(relation.sources(entity));
    }
    for (const EntityId organization : member.targets(entity)) {
      std::optional<FirmId>& found = fellows_[graph.local(organization)];
      if (found) continue;
      found = fellow(member, organization);
      if (found) join(member.sources(organization));
    }
  }
}

bool Ties::anchor(FirmId firm) const { return std::ranges::binary_search(anchors_, firm); }

// The local member of an organization that stands for all of them: an anchor if there is one.
std::optional<FirmId> Ties::fellow(const Relation& member, EntityId organization) const {
  std::optional<FirmId> first;
  const auto members = member.sources(organization);
  const auto edges = member.in_edges(organization);
  for (std::size_t k = 0; k < members.size(); ++k) {
    if (graph_.kind(members[k]) != EntityKind::Firm) continue;
    const FirmId firm{graph_.local(members[k])};
    if (!local(firm)) continue;
    if (!holds(graph_, member, EdgeId{edges[k]}, members[k], organization, date_)) continue;
    const bool sooner =
        !first ||
        (anchor(firm) != anchor(*first) ? anchor(firm) : told_before(graph_, firm, *first));
    if (sooner) first = firm;
  }
  return first;
}

std::vector<Tie> Ties::of(FirmId firm) const {
  std::vector<Tie> found;
  if (!joined_[raw(firm)]) return found;
  const EntityId entity = graph_.entity(firm);
  const auto note = [&](const Relation& relation, EdgeId edge, EntityId from, EntityId to,
                        FirmId other, double worth) {
    if (!holds(graph_, relation, edge, from, to, date_)) return;
    found.push_back(
        {relation.kind(), edge, from, to, other, anchor(other) ? worth * kAnchorBonus : worth});
  };
  // A firm may have thousands of relations, of which hardly any leads here; persons own firms, too.
  const auto is_local = [&](EntityId other) {
    const std::size_t at = place(other);
    return at < local_.size() && local_[at];
  };
  for (const auto& [kind, worth] : kDirect) {
    const Relation relation = graph_.relation(kind);
    const std::uint64_t first = relation.out_edges(entity).first;
    const auto targets = relation.targets(entity);
    for (std::size_t k = 0; k < targets.size(); ++k) {
      if (!is_local(targets[k])) continue;
      note(relation, EdgeId{first + k}, entity, targets[k], FirmId{graph_.local(targets[k])},
           worth);
    }
    const auto sources = relation.sources(entity);
    const auto edges = relation.in_edges(entity);
    for (std::size_t k = 0; k < sources.size(); ++k) {
      if (!is_local(sources[k])) continue;
      note(relation, EdgeId{edges[k]}, sources[k], entity, FirmId{graph_.local(sources[k])}, worth);
    }
  }
  const Relation member = graph_.relation(RelationKind::MemberOf);
  const EdgeRange joined = member.out_edges(entity);
  for (std::uint64_t edge = joined.first; edge < joined.last; ++edge) {
    const EntityId organization = member.target(EdgeId{edge});
    if (const auto other = fellows_[graph_.local(organization)]) {
      note(member, EdgeId{edge}, entity, organization, *other, kMemberWorth);
    }
  }
  keep_one_year(found);
  std::ranges::sort(found, [&](const Tie& a, const Tie& b) {
    if (a.worth != b.worth) return a.worth > b.worth;
    if (a.relation != b.relation) return a.relation < b.relation;
    if (a.local != b.local) return told_before(graph_, a.local, b.local);
    return a.edge < b.edge;
  });
  return found;
}

// A cooperation is one tie whichever firm it is told of.
void Ties::keep_one_year(std::vector<Tie>& found) const {
  const auto same = [](const Tie& tie) {
    const bool mutual = tie.relation == RelationKind::Cooperates;
    return std::tuple(tie.relation, mutual ? std::min(tie.from, tie.to) : tie.from,
                      mutual ? std::max(tie.from, tie.to) : tie.to);
  };
  std::ranges::sort(found, {}, [&](const Tie& tie) {
    return std::tuple(same(tie), -graph_.relation(tie.relation).provenance(tie.edge).confidence,
                      tie.edge);
  });
  const auto equal = [&](const Tie& a, const Tie& b) { return same(a) == same(b); };
  found.erase(std::unique(found.begin(), found.end(), equal), found.end());
}

}  // namespace liantu
