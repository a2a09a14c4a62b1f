#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "liantu/graph/graph.hpp"
#include "liantu/links/backtest/link_task.hpp"

namespace liantu {

/// Which instances of a relation are hidden, by number.
class HiddenMask {
 public:
  HiddenMask(std::size_t instances, const std::vector<EdgeId>& hidden) : hidden_(instances) {
    for (const EdgeId edge : hidden) hidden_[raw(edge)] = true;
  }
  [[nodiscard]] bool operator()(std::uint64_t edge) const { return hidden_[edge]; }

 private:
  std::vector<bool> hidden_;
};

/// Distinct entities that a relation's instances lead to from an entity, ascending.
/// @param end    At which end of the instances the entity stands.
/// @param keeps  Takes an instance's number; false leaves the instance out.
template <typename Keeps>
[[nodiscard]] std::vector<EntityId> others_of(const Relation& relation, EntityId entity,
                                              SourceEnd end, const Keeps& keeps) {
  std::vector<EntityId> others;
  const auto add = [&others](EntityId other) {
    if (others.empty() || others.back() != other) others.push_back(other);
  };
  if (end == SourceEnd::From) {
    const auto targets = relation.targets(entity);
    const std::uint64_t first = relation.out_edges(entity).first;
    for (std::size_t i = 0; i < targets.size(); ++i) {
      if (keeps(first + i)) add(targets[i]);
    }
  } else {
    const auto sources = relation.sources(entity);
    const auto edges = relation.in_edges(entity);
    for (std::size_t i = 0; i < sources.size(); ++i) {
      if (keeps(edges[i])) add(sources[i]);
    }
  }
  return others;
}

/// The other end.
[[nodiscard]] inline SourceEnd opposite(SourceEnd end) {
  return end == SourceEnd::From ? SourceEnd::To : SourceEnd::From;
}

/// Entities that visible instances join with one, in either direction, ascending.
[[nodiscard]] inline std::vector<EntityId> visible_neighbours(const Relation& relation,
                                                              EntityId entity,
                                                              const HiddenMask& hidden) {
  const auto seen = [&hidden](std::uint64_t edge) { return !hidden(edge); };
  const auto ahead = others_of(relation, entity, SourceEnd::From, seen);
  const auto behind = others_of(relation, entity, SourceEnd::To, seen);
  std::vector<EntityId> all;
  all.reserve(ahead.size() + behind.size());
  std::set_union(ahead.begin(), ahead.end(), behind.begin(), behind.end(), std::back_inserter(all));
  return all;
}

/// Kinds of entities that may stand at an end of a relation.
[[nodiscard]] inline std::vector<EntityKind> kinds_at(RelationKind relation, SourceEnd end) {
  std::vector<EntityKind> kinds;
  for (const EntityKind one : kEntityKinds) {
    for (const EntityKind other : kEntityKinds) {
      const bool allowed = end == SourceEnd::From ? relation_allows(relation, one, other)
                                                  : relation_allows(relation, other, one);
      if (!allowed) continue;
      kinds.push_back(one);
      break;
    }
  }
  return kinds;
}

/// Entities that a task ranks: all of the kinds that may stand at the other end, ascending.
[[nodiscard]] inline std::vector<EntityId> candidates_of(const EnterpriseGraph& graph,
                                                         const LinkTask& task) {
  std::vector<EntityId> all;
  for (const EntityKind kind : kinds_at(task.relation, opposite(task.source_end))) {
    for (std::uint32_t i = 0; i < graph.size(kind); ++i) all.push_back(graph.entity(kind, i));
  }
  return all;
}

}  // namespace liantu
