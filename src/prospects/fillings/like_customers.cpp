#include "prospects/fillings/like_customers.hpp"

#include <algorithm>
#include <optional>

#include "chain/firms/status.hpp"

namespace liantu {

LikeCustomers::LikeCustomers(const ProspectGround& ground, const GapReport& report,
                             const FirmPlaces& places, const ScoredGaps& gaps)
    : graph_(ground.graph),
      date_(ground.date),
      places_(places),
      makes_(graph_.relation(RelationKind::Makes)),
      supplies_(graph_.relation(RelationKind::Supplies)) {
  for (std::size_t g = 0; g < gaps.size(); ++g) {
    std::vector<SegmentId>& buyers = buyers_.emplace_back();
    if (!gaps[g].by_kinds) continue;
    for (const Need& need : report.gaps[g].needers) {
      if (need.reckoned && ground.is_sector(need.product)) buyers.push_back(need.product);
    }
    std::ranges::sort(buyers);
    buyers.erase(std::unique(buyers.begin(), buyers.end()), buyers.end());
  }
}

std::vector<EdgeId> LikeCustomers::of(FirmId firm, std::size_t gap) const {
  std::vector<EdgeId> found;
  const std::vector<SegmentId>& buyers = buyers_[gap];
  if (buyers.empty()) return found;
  const EdgeRange range = supplies_.out_edges(graph_.entity(firm));
  std::optional<EntityId> last;
  for (std::uint64_t e = range.first; e < range.last; ++e) {
    const EntityId customer = supplies_.target(EdgeId{e});
    if (customer == last) continue;
    last = customer;
    if (places_.standing(FirmId{graph_.local(customer)}) == Standing::Inside)
      continue;  // which a tie says
    if (!holds(graph_, supplies_, EdgeId{e}, graph_.entity(firm), customer, date_)) continue;
    const bool like = std::ranges::any_of(makes_.targets(customer), [&](EntityId made) {
      return std::ranges::binary_search(buyers, SegmentId{graph_.local(made)});
    });
    if (like) found.push_back(EdgeId{e});
  }
  return found;
}

}  // namespace liantu
