#include "links/step_layout.hpp"

#include <algorithm>

namespace liantu {

StepLayout::StepLayout(const EnterpriseGraph& graph, const PathStep& step,
                       std::span<const EdgeId> hidden) {
  const Relation relation = graph.relation(step.relation);
  const auto seen = [hidden](EdgeId edge) {
    return hidden.empty() || !std::binary_search(hidden.begin(), hidden.end(), edge);
  };
  offsets_.reserve(graph.size() + std::size_t{1});
  offsets_.push_back(0);
  for (std::uint32_t i = 0; i < graph.size(); ++i) {
    const EntityId from{i};
    const auto start = static_cast<std::ptrdiff_t>(targets_.size());
    if (step.direction != StepDirection::Backward) {
      std::uint64_t edge = relation.out_edges(from).first;
      for (const EntityId to : relation.targets(from)) {
        if (seen(EdgeId{edge++})) targets_.push_back(to);
      }
    }
    if (step.direction != StepDirection::Forward) {
      const std::span<const EntityId> sources = relation.sources(from);
      const std::span<const std::uint32_t> edges = relation.in_edges(from);
      for (std::size_t k = 0; k < sources.size(); ++k) {
        if (seen(EdgeId{edges[k]})) targets_.push_back(sources[k]);
      }
    }
    std::sort(targets_.begin() + start, targets_.end());
    targets_.erase(std::unique(targets_.begin() + start, targets_.end()), targets_.end());
    offsets_.push_back(targets_.size());
  }
}

}  // namespace liantu
