#include "liantu/chain/gaps/gap_shares.hpp"

#include <algorithm>

namespace liantu {
namespace {

struct Weighted {
  std::optional<EdgeId> requires_edge;
  std::optional<double> amount;
  Basis basis = Basis::Stated;
};

std::vector<Weighted> needs_of(const Gap& gap) {
  std::vector<Weighted> needs;
  if (gap.kind == GapKind::Hidden) {
    for (const RoundDemand& round : gap.later) {
      for (const DemandCause& cause : round.causes) {
        needs.push_back({cause.requires_edge, cause.amount, round.demand.basis});
      }
    }
  } else if (gap.kind != GapKind::Extension) {
    for (const Need& need : gap.needers) {
      needs.push_back({need.reckoned ? std::optional(need.requires_edge) : std::nullopt,
                       need.amount, need.basis});
    }
  }
  return needs;
}

}  // namespace

std::optional<double> realised_local_rate(const Gap& gap) {
  if (!gap.demand || !gap.purchases || gap.needs_unknown > 0) return std::nullopt;
  return std::min(1.0, *gap.purchases / gap.demand->value);
}

std::optional<ImportShare> import_share(const EnterpriseGraph& graph, const Gap& gap) {
  const Relation relation = graph.relation(RelationKind::Requires);
  const std::vector<Weighted> needs = needs_of(gap);
  const auto share_of = [&](const Weighted& need) {
    return need.requires_edge ? relation.number(*need.requires_edge, EdgeNumber::ImportShare)
                              : std::nullopt;
  };
  const bool by_amount = std::ranges::any_of(
      needs, [&](const Weighted& need) { return need.amount && share_of(need); });
  ImportShare result;
  double imported = 0;
  double known = 0;
  double all = 0;
  for (const Weighted& need : needs) {
    const double weight = by_amount ? need.amount.value_or(0) : 1;
    all += weight;
    const auto share = share_of(need);
    if (!share || weight == 0) continue;
    imported += weight * *share;
    known += weight;
    result.basis = softer(result.basis, relation.provenance(*need.requires_edge).basis);
    if (by_amount) result.basis = softer(result.basis, need.basis);
  }
  if (!(known > 0)) return std::nullopt;
  result.share = std::min(1.0, imported / known);
  result.known = known / all;
  return result;
}

}  // namespace liantu
