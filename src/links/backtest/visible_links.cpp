#include "links/backtest/visible_links.hpp"

#include <algorithm>

namespace liantu {

VisibleLinks::VisibleLinks(const EnterpriseGraph& graph, const LinkTask& task) {
  const Relation relation = graph.relation(task.relation);
  const auto visible = [&task](EdgeId edge) {
    return !std::binary_search(task.hidden.begin(), task.hidden.end(), edge);
  };
  Rows forward;
  Rows backward;
  for (Rows* rows : {&forward, &backward}) {
    const bool ahead = rows == &forward;
    rows->offsets.push_back(0);
    for (std::uint32_t i = 0; i < graph.size(); ++i) {
      const EntityId from{i};
      const std::size_t start = rows->targets.size();
      const auto add = [&](EntityId to, EdgeId edge) {
        if (!visible(edge)) return;
        if (rows->targets.size() > start && rows->targets.back() == to) return;
        rows->targets.push_back(to);
      };
      if (ahead) {
        std::uint64_t edge = relation.out_edges(from).first;
        for (const EntityId to : relation.targets(from)) add(to, EdgeId{edge++});
      } else {
        const std::span<const EntityId> sources = relation.sources(from);
        const std::span<const std::uint32_t> edges = relation.in_edges(from);
        for (std::size_t k = 0; k < sources.size(); ++k) add(sources[k], EdgeId{edges[k]});
      }
      rows->offsets.push_back(rows->targets.size());
    }
  }
  const bool from_sources = task.source_end == SourceEnd::From;
  onwards_ = std::move(from_sources ? forward : backward);
  back_ = std::move(from_sources ? backward : forward);
}

bool VisibleLinks::joined(EntityId a, EntityId b) const {
  const std::span<const EntityId> ahead = onwards(a);
  const std::span<const EntityId> behind = back(a);
  return std::binary_search(ahead.begin(), ahead.end(), b) ||
         std::binary_search(behind.begin(), behind.end(), b);
}

}  // namespace liantu
