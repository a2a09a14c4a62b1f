#include "chain/gaps/search/kinds_needed.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>

#include "chain/gaps/search/ranking_limits.hpp"
#include "liantu/chain/economy/newcomer.hpp"
#include "liantu/chain/economy/sector_kinds.hpp"

namespace liantu {
namespace {

constexpr double kLargeBuyersCny = 1e8;  // of such size one or two draw a supplier, too
constexpr double kSureBuyer = 0.6;       // that a firm is of the industry that takes a kind
constexpr float kSureMaker = 0.6F;

double capital_of(const EnterpriseGraph& graph, FirmId firm) {
  const auto own = graph.number(graph.entity(firm), EntityNumber::RegisteredCapital);
  return own ? own->value : 0;
}

// Whether firms here that are surely of the sector make a kind by their own words, large enough to serve
// who works it up.
bool made_here(const EnterpriseGraph& graph, const Gap& gap, const KindNeed& needed) {
  constexpr double kLargeCny = 5e7;
  const Relation makes = graph.relation(RelationKind::Makes);
  double capital = 0;
  for (const Maker& maker : gap.makers) {
    if (std::ranges::find(needed.makers, maker.firm) == needed.makers.end()) continue;
    if (makes.provenance(maker.makes).confidence >= kSureMaker)
      capital += capital_of(graph, maker.firm);
  }
  return capital >= kLargeCny;
}

}  // namespace

std::vector<KindNeed> kinds_needed(const EnterpriseGraph& graph, const Sectors& sectors,
                                   const Gap& gap, double nearby, ByOwnProducts by_own_products) {
  const std::span<const GoodsKind* const> kinds = sectors.kinds(gap.segment);
  std::vector<KindNeed> found;
  for (const GoodsKind* kind : kinds) {
    found.push_back({static_cast<std::size_t>(kind - goods_kinds().data())});
  }
  std::vector<bool> anchors(kinds.size());
  for (const Need& need : gap.needers) {
    if (!need.reckoned || is_newcomer(graph, need.firm)) continue;
    const std::vector<std::size_t> taken = taken_of(graph, need.makes, kinds);
    for (const std::size_t k : taken) {
      ++found[k].buyers;
      found[k].weight += need.weight;
      found[k].worth += need.weight / static_cast<double>(taken.size());
      if (need.confidence >= kSureBuyer) found[k].capital += capital_of(graph, need.firm);
      anchors[k] = anchors[k] || std::ranges::binary_search(gap.anchors, need.firm);
    }
  }
  const auto all = static_cast<double>(kinds.size());
  double untold = 0;
  for (const Maker& maker : gap.makers) {
    if (is_newcomer(graph, maker.firm)) continue;
    bool told = false;
    for (std::size_t k = 0; k < kinds.size(); ++k) {
      const bool named = names(graph, maker.makes, *kinds[k]);
      told = told || named;
      if (named) {
        found[k].makers.push_back(maker.firm);
      } else if (mentions(graph, maker.firm, *kinds[k])) {
        found[k].mentions.push_back(maker.firm);
      }
    }
    untold += told ? 0 : 1;
  }
  for (const Maker& maker : gap.possible_makers) {
    if (is_newcomer(graph, maker.firm)) continue;
    for (std::size_t k = 0; k < kinds.size(); ++k) {
      if (mentions(graph, maker.firm, *kinds[k])) found[k].mentions.push_back(maker.firm);
    }
  }
  double untold_nearby = nearby - static_cast<double>(gap.nearby_makers.size());
  for (const Maker& maker : gap.nearby_makers) {
    if (is_newcomer(graph, maker.firm)) continue;
    bool told = false;
    for (std::size_t k = 0; k < kinds.size(); ++k) {
      if (!names(graph, maker.makes, *kinds[k])) continue;
      told = true;
      ++found[k].nearby;
    }
    untold_nearby += told ? 0 : 1;
  }
  const double own = by_own_products == ByOwnProducts::Yes ? kOwnProducts : 1;
  for (std::size_t k = 0; k < kinds.size(); ++k) {
    KindNeed& one = found[k];
    const double here = static_cast<double>(one.makers.size()) + untold / all;
    const double near = static_cast<double>(one.nearby) + untold_nearby / all;
    one.worth *= own * kFewMakers / (kFewMakers + here) * kSomeNearby / (kSomeNearby + near);
    const bool few = one.buyers < kFewBuyers && one.capital < kLargeBuyersCny;
    const bool small = one.capital < kSmallBuyersCny;
    // What builders alone buy they buy where their contracts are.
    const bool builders = std::ranges::all_of(
        kinds[k]->used_in, [](std::string_view user) { return user.starts_with('E'); });
    one.behind =
        ((few || small) && !anchors[k]) || builders || here >= kManyMakers || near >= kManyNearby;
  }
  std::erase_if(found,
                [&](const KindNeed& one) { return one.buyers == 0 || made_here(graph, gap, one); });
  std::ranges::stable_sort(found, {}, [](const KindNeed& one) { return -one.weight; });
  return found;
}

}  // namespace liantu
