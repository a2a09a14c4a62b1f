#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "liantu/graph/graph.hpp"
#include "liantu/links/backtest/evaluation.hpp"
#include "links/paths/entity_keys.hpp"

namespace liantu {

/// A hidden link that is asked for.
struct AskedLink {
  EntityId source{0};
  EntityId answer{0};
  LinkGroup::Kind warmth = LinkGroup::Kind::Warm;
  bool connected = false;
  std::optional<SegmentId> segment;
  std::vector<EntityId> uniform;    // negatives
  std::vector<EntityId> of_degree;  // negatives of like degree
};

/// One task, prepared: what is asked for, and what no method has to rank.
struct Round {
  const LinkTask* task = nullptr;
  std::vector<std::size_t> questions;  // of the task, in the order of their sources' keys
  std::vector<EntityId> sources;
  std::vector<std::uint32_t> groups;            // of the sources, in the bootstrap
  std::vector<std::size_t> first_links;         // of each source in `links`, and the end
  std::vector<AskedLink> links;                 // in the order of the sources
  std::vector<std::vector<EntityId>> excluded;  // for each source, of the candidates
  std::size_t candidates = 0;

  [[nodiscard]] std::span<const EntityId> answers(std::size_t i) const {
    return task->questions[questions[i]].answers;
  }
};

/// @throws Error{InvalidArgument} if the task asks for what may not be ranked.
[[nodiscard]] Round prepare_round(const EnterpriseGraph& graph, const LinkTask& task,
                                  const EntityKeys& keys, std::uint64_t seed,
                                  std::size_t negatives);

}  // namespace liantu
