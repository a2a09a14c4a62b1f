#include "liantu/chain/gaps/gap_selection.hpp"

#include <algorithm>
#include <tuple>

#include "base/core/hash_map.hpp"
#include "chain/gaps/search/ranking_limits.hpp"

namespace liantu {
namespace {

// By place: whether an anchor is among the firms of the gap, or filling such a gap raises it.
std::vector<bool> around_anchors(const GapReport& report) {
  std::vector<bool> around(report.gaps.size());
  HashSet<std::uint32_t> filled;
  for (std::size_t g = 0; g < report.gaps.size(); ++g) {
    around[g] = !report.gaps[g].anchors.empty();
    if (around[g]) filled.insert(raw(report.gaps[g].segment));
  }
  // A hidden gap of a later round may be raised by one of the round before.
  for (bool more = true; more;) {
    more = false;
    for (std::size_t g = 0; g < report.gaps.size(); ++g) {
      const Gap& gap = report.gaps[g];
      if (around[g] || gap.kind != GapKind::Hidden) continue;
      around[g] = std::ranges::any_of(gap.later, [&](const RoundDemand& round) {
        return std::ranges::any_of(round.causes, [&](const DemandCause& cause) {
          return filled.contains(raw(cause.product));
        });
      });
      if (!around[g]) continue;
      filled.insert(raw(gap.segment));
      more = true;
    }
  }
  return around;
}

// By what the anchors need themselves: amounts, then the coefficients of what is counted only.
void order_by_anchor_demand(const GapReport& report, std::vector<std::size_t>& places) {
  const std::size_t among = report.gaps.size() - report.apart;
  std::ranges::sort(places, {}, [&](std::size_t place) {
    const Gap& gap = report.gaps[place];
    const double demand = gap.anchor_demand ? gap.anchor_demand->value : 0;
    return std::tuple(place >= among, kind_rank(gap.kind), !gap.anchor_demand, -demand,
                      !gap.anchor_weight, -gap.anchor_weight.value_or(0), place);
  });
}

// Returns how many stand apart.
std::size_t order_by_criticality(const GapReport& report, const Criticality& criticality,
                                 std::vector<std::size_t>& places) {
  using Rank = std::tuple<bool, double>;
  HashMap<std::uint32_t, Rank> ranks;
  for (const SegmentCriticality& one : criticality.segments) {
    ranks[raw(one.segment)] = {false, -one.criticality};
  }
  for (const SegmentCriticality& one : criticality.ubiquitous) {
    ranks[raw(one.segment)] = {true, -one.criticality};
  }
  const auto rank = [&](std::size_t place) {
    const auto found = ranks.find(raw(report.gaps[place].segment));
    return found == ranks.end() ? Rank{false, 0} : found->second;
  };
  std::ranges::sort(places, {}, [&](std::size_t place) { return std::tuple(rank(place), place); });
  return static_cast<std::size_t>(
      std::ranges::count_if(places, [&](std::size_t place) { return std::get<0>(rank(place)); }));
}

}  // namespace

std::vector<SegmentId> segments_within(const EnterpriseGraph& graph,
                                       const std::vector<SegmentId>& tops) {
  const Relation part_of = graph.relation(RelationKind::PartOf);
  std::vector<SegmentId> found;
  HashSet<SegmentId> seen;
  for (const SegmentId top : tops) {
    if (seen.insert(top).second) found.push_back(top);
  }
  for (std::size_t next = 0; next < found.size(); ++next) {
    for (const EntityId part : part_of.sources(graph.entity(found[next]))) {
      const SegmentId segment{graph.local(part)};
      if (seen.insert(segment).second) found.push_back(segment);
    }
  }
  std::ranges::sort(found);
  return found;
}

GapReport keep_chosen(GapReport report, const GapSelection& selection) {
  std::vector<Gap> gaps;
  for (const std::size_t place : selection.places) gaps.push_back(std::move(report.gaps[place]));
  report.gaps = std::move(gaps);
  report.apart = selection.apart;
  return report;
}

GapSelection select_gaps(const GapReport& report, const GapQuery& query,
                         const Criticality& criticality) {
  GapSelection selection;
  selection.query = query;
  const bool near = query.around_anchors == AroundAnchors::Yes;
  const std::vector<bool> around = near ? around_anchors(report) : std::vector<bool>();
  for (std::size_t g = 0; g < report.gaps.size(); ++g) {
    const Gap& gap = report.gaps[g];
    const bool kind = query.kinds.empty() || std::ranges::any_of(gap.kinds, [&](GapKind one) {
                        return std::ranges::find(query.kinds, one) != query.kinds.end();
                      });
    if (!kind || (near && !around[g])) continue;
    if (!query.asked.empty() && !std::ranges::binary_search(query.within, gap.segment)) continue;
    if (query.min_leakage > 0) {
      const auto leakage = leakage_of(gap);
      if (leakage && leakage->max >= query.min_leakage) {
        selection.places.push_back(g);
      } else if (!leakage || gap.needs_unknown > 0) {
        ++selection.counted;
      }
      continue;
    }
    selection.places.push_back(g);
  }
  if (near) order_by_anchor_demand(report, selection.places);
  selection.apart =
      static_cast<std::size_t>(std::ranges::count_if(selection.places, [&](std::size_t place) {
        return place >= report.gaps.size() - report.apart;
      }));
  if (query.order == GapOrder::Criticality) {
    selection.ubiquitous = order_by_criticality(report, criticality, selection.places);
  }
  return selection;
}

void keep_selected(GapDiff& diff, const GapSelection& before, const GapSelection& after) {
  const HashSet<std::size_t> old(before.places.begin(), before.places.end());
  const HashSet<std::size_t> now(after.places.begin(), after.places.end());
  std::erase_if(diff.changes, [&](const GapChange& change) {
    return !(change.before && old.contains(*change.before)) &&
           !(change.after && now.contains(*change.after));
  });
}

}  // namespace liantu
