#include "prospects/score/proximity.hpp"

#include <algorithm>
#include <cassert>

#include "graph/views/told_order.hpp"
#include "liantu/chain/economy/newcomer.hpp"

namespace liantu {

double path_worth(double score) {
  constexpr double kHalf = 0.25;  // path score that earns half of it
  return kMostPathWorth * score / (score + kHalf);
}

Proximity::Proximity(const ProspectGround& ground, const FirmPlaces& places,
                     const std::vector<FirmId>& anchors, const Policy& policy,
                     const std::function<Uncounted()>& purchases, const std::stop_token& stop)
    : graph_(ground.graph),
      anchors_(anchors),
      ties_(graph_, places.local(), anchors, ground.date),
      path_(proximity_path(policy)) {
  for (const RelationKind kind : {RelationKind::Supplies, RelationKind::Owns,
                                  RelationKind::Cooperates, RelationKind::MemberOf}) {
    related_ = related_ || graph_.relation(kind).size() > 0;
  }
  find_ways(purchases, stop);
}

// Paths that end in an anchor; of firms joined with it by supply already they tell nothing new.
void Proximity::find_ways(const std::function<Uncounted()>& purchases,
                          const std::stop_token& stop) {
  if (graph_.relation(path_.steps.front().relation).size() == 0) return;
  std::vector<EntityId> anchors;
  for (const FirmId anchor : anchors_) {
    if (!is_newcomer(graph_, anchor)) anchors.push_back(graph_.entity(anchor));
  }
  if (anchors.empty()) return;
  assert(reversed(path_));
  ways_ = std::make_unique<TargetWays>(graph_, path_, anchors, stop, purchases());
  const Relation supplies = graph_.relation(RelationKind::Supplies);
  customers_.resize(graph_.size(EntityKind::Firm));
  for (std::uint32_t target = 0; target < ways_->targets().size(); ++target) {
    const EntityId anchor = ways_->targets()[target];
    for (const auto ends : {supplies.targets(anchor), supplies.sources(anchor)}) {
      for (const EntityId one : ends) {
        customers_[graph_.local(one)] = true;
        supplied_.emplace_back(FirmId{graph_.local(one)}, target);
      }
    }
  }
  std::ranges::sort(supplied_);
}

double Proximity::apart_by_ties(FirmId firm) const {
  double apart = 1;
  for (const Tie& tie : ties_.of(firm)) apart *= 1 - Ties::counted(tie.worth);
  return apart;
}

std::optional<Assessment::Reach> Proximity::reach(FirmId firm, std::span<const std::uint32_t> gaps,
                                                  TargetWays::Scratch& scratch) const {
  std::optional<Assessment::Reach> found;
  if (ways_ == nullptr) return found;
  const EntityId entity = graph_.entity(firm);
  for (const TargetScore& one : ways_->scores(entity, scratch, gaps)) {
    const EntityId anchor = ways_->targets()[one.target];
    // Sums that differ by rounding alone are equal.
    constexpr double kRounding = 1e-9;
    const double best = found ? found->score : 0;
    if (one.score < best * (1 - kRounding) || anchor == entity) continue;
    if (found && one.score <= best * (1 + kRounding) &&
        !told_before(graph_, anchor, graph_.entity(found->anchor))) {
      continue;
    }
    if (customers_[raw(firm)] &&
        std::ranges::binary_search(supplied_, std::pair(firm, one.target))) {
      continue;
    }
    found = Assessment::Reach{FirmId{graph_.local(anchor)}, one.score};
  }
  return found;
}

}  // namespace liantu
