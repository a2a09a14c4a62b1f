#include "prospects/score/needed_purchases.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace liantu {
namespace {

using Buyers = std::vector<std::pair<FirmId, std::uint32_t>>;  // with the gap, ascending

Buyers stated_buyers(const GapReport& report) {
  Buyers buyers;
  for (std::uint32_t gap = 0; gap < report.gaps.size(); ++gap) {
    for (const Need& need : report.gaps[gap].needers) {
      if (need.purchase) buyers.emplace_back(need.firm, gap);
    }
  }
  std::ranges::sort(buyers);
  return buyers;
}

}  // namespace

Uncounted needed_purchases(const ProspectGround& ground, const GapReport& report,
                           const ScoredGaps& gaps) {
  const EnterpriseGraph& graph = ground.graph;
  const Relation supplies = graph.relation(RelationKind::Supplies);
  Uncounted found{RelationKind::Supplies, {}};
  const Buyers buyers = stated_buyers(report);
  for (auto first = buyers.begin(); first != buyers.end();) {
    const FirmId buyer = first->first;
    const auto last = std::ranges::upper_bound(first, buyers.end(), buyer, {},
                                               &std::pair<FirmId, std::uint32_t>::first);
    const EntityId entity = graph.entity(buyer);
    for (const std::uint32_t e : supplies.in_edges(entity)) {
      if (!supplies.number(EdgeId{e}, EdgeNumber::Amount)) continue;
      const EntityId supplier = supplies.source(EdgeId{e});
      const auto note = [&](SegmentId sold) {
        gaps.for_each(sold, [&](std::size_t gap, std::uint32_t /*level*/) {
          const auto one = static_cast<std::uint32_t>(gap);
          if (std::binary_search(first, last, std::pair(buyer, one))) {
            found.pairs.push_back({supplier, entity, one});
          }
        });
      };
      if (const auto stated = supplies.segment(EdgeId{e})) {
        note(*stated);
        continue;
      }
      // A row that names no segment may be of whatever its supplier deals in.
      for (const RelationKind kind : {RelationKind::Makes, RelationKind::Trades}) {
        for (const EntityId target : graph.relation(kind).targets(supplier)) {
          note(SegmentId{graph.local(target)});
        }
      }
    }
    first = last;
  }
  return found;
}

}  // namespace liantu
