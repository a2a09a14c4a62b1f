#include "liantu/chain/gaps/unsure.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "chain/economy/sectors.hpp"
#include "chain/firms/status.hpp"
#include "graph/views/told_order.hpp"
#include "liantu/base/text/error.hpp"

namespace liantu {

std::vector<UnsureFirm> unsure_firms(const EnterpriseGraph& graph,
                                     const UnsureFirmOptions& options) {
  if (!(options.sure >= 0 && options.sure <= 1)) {
    throw Error(ErrorCode::InvalidArgument,
                {fmt::format("sure {} is outside [0, 1]", options.sure),
                 fmt::format("sure 的值 {} 不在 0 到 1 之间", options.sure)});
  }
  const auto is_sector = [&](EntityId segment) {
    return graph.number(segment, EntityNumber::OutputShare).has_value();
  };
  bool sectors = false;
  for (std::uint32_t s = 0; s < graph.size(EntityKind::Segment) && !sectors; ++s) {
    sectors = is_sector(graph.entity(SegmentId{s}));
  }
  std::vector<UnsureFirm> found;
  if (!sectors) return found;
  const Relation makes = graph.relation(RelationKind::Makes);
  for (std::uint32_t i = 0; i < graph.size(EntityKind::Firm); ++i) {
    const EntityId firm = graph.entity(FirmId{i});
    const auto capital = graph.number(firm, EntityNumber::RegisteredCapital);
    if (!capital || !(capital->value > 0)) continue;
    if (options.region.known() && !options.region.contains(graph.region(firm).code)) continue;
    UnsureFirm one{FirmId{i}, capital->value, std::nullopt, 0};
    bool sure = false;
    const EdgeRange range = makes.out_edges(firm);
    for (std::uint64_t e = range.first; e < range.last && !sure; ++e) {
      const Provenance from = makes.provenance(EdgeId{e});
      const EntityId segment = makes.target(EdgeId{e});
      const auto confidence = static_cast<double>(from.confidence);
      sure = from.basis != Basis::Inferred || (is_sector(segment) && confidence >= options.sure);
      if (!is_sector(segment) || confidence <= one.confidence) continue;
      one.segment = SegmentId{graph.local(segment)};
      one.confidence = confidence;
    }
    if (sure || named_as_no_buyer(graph.name(firm)) || gone(graph, FirmId{i})) continue;
    found.push_back(one);
  }
  const std::size_t kept = std::min(options.most, found.size());
  std::ranges::partial_sort(found, found.begin() + static_cast<std::ptrdiff_t>(kept),
                            [&](const UnsureFirm& a, const UnsureFirm& b) {
                              if (a.capital != b.capital) return a.capital > b.capital;
                              return told_before(graph, a.firm, b.firm);
                            });
  found.resize(kept);
  return found;
}

}  // namespace liantu
