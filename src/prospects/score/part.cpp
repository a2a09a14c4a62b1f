#include "prospects/score/part.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include "prospects/score/score_stages.hpp"

namespace liantu {
namespace {

using Fact = std::optional<LiftingFact>;

constexpr PartValue kNothingKnown{0, 1, false};

PartValue sure(double value) { return {value, value, true}; }

constexpr double kHeavyWorth = 0.3;  // in ScorePartKind::Distance, of what is heavy for its worth
constexpr double kRounding = 1e-9;

// Up to three significant digits, so that who reads the figure reads one that is enough.
double rounded_up(double amount) {
  if (!(amount > 0)) return 0;
  const double unit = std::pow(10, std::floor(std::log10(amount)) - 2);
  return std::ceil(amount / unit - kRounding) * unit;
}

// The first gap that it does not fill yet and that would be enough, as if it were no less its business
// than a firm's that makes nothing else; `then` says what value the part would have if it filled a gap.
template <typename Then>
Fact least_product(const ScoreStages& on, const Assessment& now, double value, const Then& then) {
  for (std::size_t g = 0; g < on.report.gaps.size(); ++g) {
    const Gap& gap = on.report.gaps[g];
    if (std::ranges::find(now.gaps, g, &FilledGap::gap) != now.gaps.end()) continue;
    // Of a sector its main business decides, which is more than one fact.
    if (on.gaps[g].of_sector) continue;
    if (on.screening.on_segment(gap.segment) != nullptr) continue;
    if (then(g) < value - kRounding) continue;
    LiftingFact fact{.field = LiftField::Product};
    fact.gap = g;
    fact.segment = gap.segment;
    return fact;
  }
  return std::nullopt;
}

// How much the gaps that a firm fills leave to be wished for, (0, 1].
double left_open(const Assessment& of) {
  double open = 1;
  for (const double worth : of.worth) open *= 1 - 0.5 * worth;
  return open;
}

double scale_log(const Policy& policy) {
  return std::log(policy.scale_high_cny / policy.scale_low_cny);
}

PartValue gap_severity(const ScoreStages& /*on*/, FirmId /*firm*/, ScoreScratch& scratch) {
  double worst = 0;
  for (const double worth : scratch.result.worth) worst = std::max(worst, worth);
  return sure(worst);
}

Fact least_product_of_severity(const ScoreStages& on, FirmId /*firm*/, const ScoreScratch& scratch,
                               double value) {
  return least_product(on, scratch.result, value,
                       [&](std::size_t gap) { return on.gaps[gap].severity; });
}

PartValue purchases(const ScoreStages& on, FirmId firm, ScoreScratch& scratch) {
  Assessment& to = scratch.result;
  const SalesTogether found = on.sales.together(firm, scratch.filled, scratch.sales);
  to.unknown[Assessment::kCapacity] = !found.capacity_known;
  to.unknown[Assessment::kDemand] = !found.demand_known;
  to.purchases = found.known;
  return {on.sales.value(found.known.value_or(Figure{}).value),
          found.bounded ? on.sales.value(found.possible) : 1, found.certain};
}

// More output for one gap, else, where it makes enough, more demand that nobody knows yet.
Fact least_sales(const ScoreStages& on, FirmId /*firm*/, const ScoreScratch& scratch,
                 double value) {
  const Assessment& now = scratch.result;
  const double all = on.sales.cny(value);
  const auto fills = [&](std::size_t gap) {
    return std::ranges::find(now.gaps, gap, &FilledGap::gap) != now.gaps.end();
  };
  Fact least;
  double least_more = 0;
  for (const Filling& filling : scratch.filled.fillings) {
    const Gap& gap = on.report.gaps[filling.gap];
    if (!on.gaps[filling.gap].bought) continue;
    // What it states for a segment above is all that it makes, however much it makes of this.
    const std::vector<Statement> first = {scratch.filled.made[filling.first]};
    if (std::ranges::any_of(scratch.filled.business.statements, [&](const Statement& one) {
          return one.output && on.sales.stands_above(one.segment, first);
        })) {
      continue;
    }
    LiftingFact fact{.field = LiftField::Output};
    fact.gap = filling.gap;
    if (!on.sales.any_leakage()) {
      if (!filling.output || least) continue;
      fact.field = LiftField::Demand;
      fact.segment = gap.segment;
      least = fact;
      continue;
    }
    // What other gaps bring counts beside it only where they are other markets.
    const auto& outer = on.gaps[filling.gap].outer;
    const bool nested = (outer && fills(*outer)) ||
                        std::ranges::any_of(scratch.filled.fillings, [&](const Filling& other) {
                          return on.gaps[other.gap].outer == filling.gap;
                        });
    const double own = on.sales.known(filling).value_or(Figure{}).value;
    const double others = nested || !now.purchases ? 0 : std::max(0.0, now.purchases->value - own);
    const double wanted = std::max(0.0, all - others);
    if (gap.leakage_max && *gap.leakage_max >= wanted * (1 - kRounding)) {
      fact.segment = first.front().segment;
      if (filling.output) fact.from = filling.output->value;
      fact.to = std::min(rounded_up(wanted), *gap.leakage_max);
    } else if (filling.output && filling.output->value >= wanted && gap.needs_unknown > 0) {
      fact.field = LiftField::Demand;
      fact.segment = gap.segment;
      fact.from = gap.leakage_max;
      fact.to = rounded_up(wanted);
    } else {
      continue;
    }
    const double more = *fact.to - fact.from.value_or(0);
    if (least && least_more <= more) continue;
    least = fact;
    least_more = more;
  }
  return least;
}

PartValue anchors(const ScoreStages& on, FirmId /*firm*/, ScoreScratch& scratch) {
  return sure(on.anchors.share(scratch.result.anchors, scratch.result.anchors));
}

Fact least_product_for_anchors(const ScoreStages& on, FirmId /*firm*/, const ScoreScratch& scratch,
                               double value) {
  return least_product(on, scratch.result, value, [&](std::size_t gap) {
    return on.anchors.share(scratch.result.anchors, on.anchors.of(gap));
  });
}

PartValue breadth(const ScoreStages& /*on*/, FirmId /*firm*/, ScoreScratch& scratch) {
  return sure(1 - left_open(scratch.result));
}

Fact least_product_of_breadth(const ScoreStages& on, FirmId /*firm*/, const ScoreScratch& scratch,
                              double value) {
  const double open = left_open(scratch.result);
  return least_product(on, scratch.result, value, [&](std::size_t gap) {
    return 1 - open * (1 - 0.5 * on.gaps[gap].severity);
  });
}

PartValue proximity(const ScoreStages& on, FirmId /*firm*/, ScoreScratch& scratch) {
  Assessment& to = scratch.result;
  to.unknown[Assessment::kRelations] = !on.proximity.related();
  if (!on.proximity.related()) return kNothingKnown;
  return sure(1 - to.apart * (to.reach ? 1 - path_worth(to.reach->score) : 1));
}

Fact least_tie(const ScoreStages& on, FirmId /*firm*/, const ScoreScratch& scratch, double value) {
  const Assessment& now = scratch.result;
  for (const TieWorth& one : tie_worths()) {
    // Who supplies an anchor has no path to it any more.
    const bool path = now.reach && !(one.anchor && one.relation == RelationKind::Supplies);
    const double apart = now.apart * (path ? 1 - path_worth(now.reach->score) : 1);
    if (1 - apart * (1 - Ties::counted(one.worth)) < value - kRounding) continue;
    if (one.anchor && on.report.anchors.firms.empty()) continue;
    LiftingFact fact{.field = LiftField::Tie};
    fact.relation = one.relation;
    fact.anchor = one.anchor;
    return fact;
  }
  return std::nullopt;
}

PartValue fit(const ScoreStages& on, FirmId firm, ScoreScratch& scratch) {
  double best = 0;
  double best_max = 0;
  bool share_known = false;
  std::optional<EdgeId> last;
  for (const Filling& filling : scratch.filled.fillings) {
    const double kind = on.worth.kind_worth(firm, filling);
    for (const Statement& made :
         std::span(scratch.filled.made).subspan(filling.first, filling.count)) {
      if (last == made.makes) continue;
      last = made.makes;
      const auto sure = on.business.confidence(made);
      const auto share = on.business.share_of(made, scratch.filled.business);
      const double value = sure * (0.5 + 0.5 * share.value_or(0)) * kind;
      best_max = std::max(best_max, share ? value : sure * kind);
      if (value > best) {
        best = value;
        share_known = share.has_value();
      }
    }
  }
  scratch.result.unknown[Assessment::kShare] = !share_known;
  return {best, best_max, best_max <= best};
}

// The least share of revenue, else the least confidence that it makes it.
Fact least_statement(const ScoreStages& on, FirmId firm, const ScoreScratch& scratch,
                     double value) {
  Fact by_share;
  Fact by_confidence;
  for (const Filling& filling : scratch.filled.fillings) {
    const double kind = on.worth.kind_worth(firm, filling);
    for (const Statement& made :
         std::span(scratch.filled.made).subspan(filling.first, filling.count)) {
      const auto sure = on.business.confidence(made);
      const auto share = on.business.share_of(made, scratch.filled.business);
      LiftingFact fact{.field = LiftField::Share};
      fact.gap = filling.gap;
      fact.segment = made.segment;
      const double needed = sure * kind > 0 ? 2 * (value / (sure * kind) - 0.5) : 2;
      const double hundredths = std::ceil(std::max(needed, on.policy.main_share) * 100 - kRounding);
      if (hundredths <= 100) {
        fact.from = share;
        fact.to = hundredths / 100;
        if (!by_share || *fact.to < *by_share->to) by_share = fact;
        continue;
      }
      const double surer = kind > 0 ? value / ((0.5 + 0.5 * share.value_or(0)) * kind) : 2;
      if (surer > 1 + kRounding) continue;
      fact.field = LiftField::Confidence;
      fact.from = sure;
      fact.to = std::min(1.0, std::ceil(surer * 100 - kRounding) / 100);
      if (!by_confidence || *fact.to < *by_confidence->to) by_confidence = fact;
    }
  }
  return by_share ? by_share : by_confidence;
}

PartValue scale(const ScoreStages& on, FirmId firm, ScoreScratch& scratch) {
  const EnterpriseGraph& graph = on.ground.graph;
  const EntityId entity = graph.entity(firm);
  const auto revenue = graph.number(entity, EntityNumber::Revenue);
  const auto capital = graph.number(entity, EntityNumber::RegisteredCapital);
  scratch.result.unknown[Assessment::kRevenue] = !revenue;
  scratch.result.unknown[Assessment::kCapital] = !revenue && !capital;
  if (!revenue && !capital) return kNothingKnown;
  const double size = std::max(revenue ? revenue->value : capital->value, 1.0);
  // Capital stands in for revenue, which may turn out larger.
  return {std::log(size / on.policy.scale_low_cny) / scale_log(on.policy), 1, revenue.has_value()};
}

Fact least_revenue(const ScoreStages& on, FirmId firm, const ScoreScratch& /*scratch*/,
                   double value) {
  LiftingFact fact{.field = LiftField::Revenue};
  const auto revenue = on.ground.graph.number(on.ground.graph.entity(firm), EntityNumber::Revenue);
  if (revenue) fact.from = revenue->value;
  fact.to = rounded_up(on.policy.scale_low_cny * std::exp(value * scale_log(on.policy)));
  return fact;
}

PartValue quality(const ScoreStages& on, FirmId firm, ScoreScratch& /*scratch*/) {
  const EnterpriseGraph& graph = on.ground.graph;
  const EntityId entity = graph.entity(firm);
  double best = 0;
  if (!graph.text(entity, EntityText::Tags).empty()) {
    for (const std::string_view tag : graph.list(entity, EntityText::Tags)) {
      for (const TagValue& known : on.policy.tags) {
        if (tag == known.tag) best = std::max(best, known.value);
      }
    }
  }
  return sure(best);
}

Fact least_tag(const ScoreStages& on, FirmId /*firm*/, const ScoreScratch& /*scratch*/,
               double value) {
  const TagValue* least = nullptr;
  for (const TagValue& tag : on.policy.tags) {
    if (tag.value < value - kRounding) continue;
    if (least == nullptr || tag.value < least->value) least = &tag;
  }
  if (least == nullptr) return std::nullopt;
  LiftingFact fact{.field = LiftField::Tag};
  fact.tag = least->tag;
  return fact;
}

// Near is who has something in the province already, else the nearer the better; what is heavy for its
// worth earns more, as it costs its maker more to send it from afar.
PartValue distance(const ScoreStages& on, FirmId firm, ScoreScratch& scratch) {
  Assessment& to = scratch.result;
  to.near = on.places.near(firm);
  to.km = on.places.km(firm);
  to.heavy = on.screening.heavy(to.gaps.front().segment) ||
             on.screening.heavy(on.gaps[to.gaps.front().gap].segment);
  to.unknown[Assessment::kPlace] = !to.km && to.near.empty();
  if (to.unknown[Assessment::kPlace]) return kNothingKnown;
  double value = to.near.empty() ? std::max(0.0, 1 - *to.km / on.policy.distance_far_km) : 1;
  if (to.heavy) value += kHeavyWorth;
  return sure(value);
}

// Where it stands, as far as that is not known; else something of its own in the province.
Fact least_distance(const ScoreStages& on, FirmId /*firm*/, const ScoreScratch& scratch,
                    double value) {
  const Assessment& now = scratch.result;
  const double far = on.policy.distance_far_km;
  const double km = std::floor(far * (1 - value + (now.heavy ? kHeavyWorth : 0)) + kRounding);
  LiftingFact fact;
  if (now.unknown[Assessment::kPlace] && km > 0) {
    fact.field = LiftField::Distance;
    fact.to = std::min(km, far);
    return fact;
  }
  if (!now.near.empty()) return std::nullopt;
  fact.field = LiftField::Branch;
  return fact;
}

PartValue propensity(const ScoreStages& on, FirmId firm, ScoreScratch& scratch) {
  const auto value = on.coming != nullptr ? on.coming->value(firm) : std::nullopt;
  scratch.result.unknown[Assessment::kArrivals] = on.coming != nullptr && !value;
  return {value.value_or(0), 1, value.has_value()};
}

Fact least_place(const ScoreStages& on, FirmId /*firm*/, const ScoreScratch& /*scratch*/,
                 double value) {
  if (on.coming == nullptr) return std::nullopt;
  const auto firms = static_cast<double>(on.coming->firms());
  LiftingFact fact{.field = LiftField::Place};
  fact.to = std::max(1.0, std::floor(std::pow(firms, 1 - value) + kRounding));
  return fact;
}

// clang-format off
constexpr std::array<PartRow, kPartCount> kParts = {{
    {ScorePartKind::GapSeverity, "gap_severity", "gap severity", "缺口严重度", 20,
     gap_severity, least_product_of_severity},
    {ScorePartKind::Purchases, "purchases", "purchases brought home", "可回流采购额", 20,
     purchases, least_sales},
    {ScorePartKind::Anchors, "anchors", "anchors served", "服务龙头", 10,
     anchors, least_product_for_anchors},
    {ScorePartKind::Breadth, "breadth", "gaps filled", "补链数量", 5,
     breadth, least_product_of_breadth},
    {ScorePartKind::Proximity, "proximity", "relations to local firms", "与本地企业关联", 15,
     proximity, least_tie},
    {ScorePartKind::Fit, "fit", "fit of its main business", "主营契合度", 10,
     fit, least_statement},
    {ScorePartKind::Scale, "scale", "scale", "规模", 10,
     scale, least_revenue},
    {ScorePartKind::Quality, "quality", "quality tags", "资质标签", 5,
     quality, least_tag},
    {ScorePartKind::Distance, "distance", "distance and transport", "距离与运输", 5,
     distance, least_distance},
    {ScorePartKind::Propensity, "propensity", "propensity to come", "落户倾向", 20,
     propensity, least_place},
}};
// clang-format on

}  // namespace

const std::array<PartRow, kPartCount>& part_rows() { return kParts; }

}  // namespace liantu
