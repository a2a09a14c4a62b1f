#include "liantu/prospects/rank_lift.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <span>
#include <vector>

#include "prospects/assessor.hpp"

namespace liantu {
namespace {

constexpr double kRounding = 1e-9;

// Up to three significant digits, so that who reads the figure reads one that is enough.
double rounded_up(double amount) {
  if (!(amount > 0)) return 0;
  const double unit = std::pow(10, std::floor(std::log10(amount)) - 2);
  return std::ceil(amount / unit - kRounding) * unit;
}

}  // namespace

std::string_view lift_field_word(LiftField field) {
  constexpr std::string_view kWords[] = {"revenue",  "tag",        "output",  "demand",
                                         "share",    "confidence", "product", "tie",
                                         "distance", "branch",     "place"};
  return kWords[static_cast<std::size_t>(field)];
}

std::optional<LiftingFact> Assessor::least_fact(Part part, double points, FirmId firm,
                                                const Scratch& scratch) const {
  const double weight = weights_[static_cast<std::size_t>(part)];
  if (!(weight > 0) || points > weight * (1 + kRounding)) return std::nullopt;
  const double value = std::min(1.0, points / weight);
  switch (part) {
    case Part::GapSeverity:
    case Part::Breadth:
    case Part::Anchors:
      return least_product(part, value, scratch);
    case Part::Purchases:
      return least_sales(value, scratch);
    case Part::Proximity:
      return least_tie(value, firm, scratch.result);
    case Part::Fit:
      return least_statement(value, firm, scratch);
    case Part::Scale:
      return least_revenue(value, firm);
    case Part::Quality: {
      const TagValue* least = nullptr;
      for (const TagValue& tag : policy_.tags) {
        if (tag.value < value - kRounding) continue;
        if (least == nullptr || tag.value < least->value) least = &tag;
      }
      if (least == nullptr) return std::nullopt;
      LiftingFact fact{.field = LiftField::Tag};
      fact.tag = least->tag;
      return fact;
    }
    case Part::Distance:
      return least_distance(value, scratch.result);
    case Part::Propensity: {
      if (coming_ == nullptr) return std::nullopt;
      const auto firms = static_cast<double>(coming_->firms());
      LiftingFact fact{.field = LiftField::Place};
      fact.to = std::max(1.0, std::floor(std::pow(firms, 1 - value) + kRounding));
      return fact;
    }
  }
  return std::nullopt;
}

// The first gap that it does not fill yet and that would be enough, as if it were no less its business
// than a firm's that makes nothing else.
std::optional<LiftingFact> Assessor::least_product(Part part, double value,
                                                   const Scratch& scratch) const {
  const Assessment& now = scratch.result;
  double open = 1;
  for (const FilledGap& filled : now.gaps) open *= 1 - 0.5 * worth_of(filled.gap, scratch);
  const auto anchors = static_cast<double>(report_.anchors.firms.size());
  for (std::size_t g = 0; g < report_.gaps.size(); ++g) {
    const Gap& gap = report_.gaps[g];
    if (std::ranges::find(now.gaps, g, &FilledGap::gap) != now.gaps.end()) continue;
    // Of a sector its main business decides, which is more than one fact.
    if (report_.by_size && !gap.leakage_max && ground_.sectors[raw(gap.segment)]) continue;
    if (bars_[raw(gap.segment)] != nullptr) continue;
    const double worth = facts_[g].severity;
    std::size_t served = 0;
    for (std::size_t word = 0; word < anchor_words_; ++word) {
      const std::uint64_t bits = now.anchors[word] | anchors_by_gap_[g * anchor_words_ + word];
      served += static_cast<std::size_t>(std::popcount(bits));
    }
    const double then = part == Part::GapSeverity ? worth
                        : part == Part::Breadth   ? 1 - open * (1 - 0.5 * worth)
                        : anchors > 0             ? static_cast<double>(served) / anchors
                                                  : 0;
    if (then < value - kRounding) continue;
    LiftingFact fact{.field = LiftField::Product};
    fact.gap = g;
    fact.segment = gap.segment;
    return fact;
  }
  return std::nullopt;
}

// More output for one gap, else, where it makes enough, more demand that nobody knows yet.
std::optional<LiftingFact> Assessor::least_sales(double value, const Scratch& scratch) const {
  const Assessment& now = scratch.result;
  const double all = std::expm1(value * largest_leakage_log_) * kPurchasesUnit;
  const auto fills = [&](std::size_t gap) {
    return std::ranges::find(now.gaps, gap, &FilledGap::gap) != now.gaps.end();
  };
  std::optional<LiftingFact> least;
  double least_more = 0;
  for (const Filling& filling : scratch.fillings) {
    const Gap& gap = report_.gaps[filling.gap];
    if (!facts_[filling.gap].bought) continue;
    // What it states for a segment above is all that it makes, however much it makes of this.
    const std::vector<Statement> first = {scratch.made[filling.first]};
    if (std::ranges::any_of(scratch.statements, [&](const Statement& one) {
          return one.output && stands_above(one.segment, first);
        })) {
      continue;
    }
    LiftingFact fact{.field = LiftField::Output};
    fact.gap = filling.gap;
    if (!(largest_leakage_ > 0)) {
      if (!filling.output || least) continue;
      fact.field = LiftField::Demand;
      fact.segment = gap.segment;
      least = fact;
      continue;
    }
    // What other gaps bring counts beside it only where they are other markets.
    const auto& outer = facts_[filling.gap].outer;
    const bool nested = (outer && fills(*outer)) ||
                        std::ranges::any_of(scratch.fillings, [&](const Filling& other) {
                          return facts_[other.gap].outer == filling.gap;
                        });
    const double own = known_sales(filling).value_or(Figure{}).value;
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

std::optional<LiftingFact> Assessor::least_tie(double value, FirmId firm,
                                               const Assessment& now) const {
  double direct = 1;
  for (const Tie& tie : ties_.of(firm)) direct *= 1 - Ties::counted(tie.worth);
  for (const TieWorth& one : tie_worths()) {
    // Who supplies an anchor has no path to it any more.
    const bool path = now.reach && !(one.anchor && one.relation == RelationKind::Supplies);
    const double apart = direct * (path ? 1 - path_worth(now.reach->score) : 1);
    if (1 - apart * (1 - Ties::counted(one.worth)) < value - kRounding) continue;
    if (one.anchor && report_.anchors.firms.empty()) continue;
    LiftingFact fact{.field = LiftField::Tie};
    fact.relation = one.relation;
    fact.anchor = one.anchor;
    return fact;
  }
  return std::nullopt;
}

// The least share of revenue, else the least confidence that it makes it.
std::optional<LiftingFact> Assessor::least_statement(double value, FirmId firm,
                                                     const Scratch& scratch) const {
  std::optional<LiftingFact> by_share;
  std::optional<LiftingFact> by_confidence;
  for (const Filling& filling : scratch.fillings) {
    const double kind = kind_worth(firm, filling);
    for (const Statement& made : std::span(scratch.made).subspan(filling.first, filling.count)) {
      const auto sure = static_cast<double>(makes_.provenance(made.makes).confidence);
      const auto share = share_of(made, scratch);
      LiftingFact fact{.field = LiftField::Share};
      fact.gap = filling.gap;
      fact.segment = made.segment;
      const double needed = sure * kind > 0 ? 2 * (value / (sure * kind) - 0.5) : 2;
      const double hundredths = std::ceil(std::max(needed, policy_.main_share) * 100 - kRounding);
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

std::optional<LiftingFact> Assessor::least_revenue(double value, FirmId firm) const {
  LiftingFact fact{.field = LiftField::Revenue};
  const auto revenue = graph_.number(graph_.entity(firm), EntityNumber::Revenue);
  if (revenue) fact.from = revenue->value;
  fact.to = rounded_up(policy_.scale_low_cny * std::exp(value * scale_log_));
  return fact;
}

// Where it stands, as far as that is not known; else something of its own in the province.
std::optional<LiftingFact> Assessor::least_distance(double value, const Assessment& now) const {
  const double far = policy_.distance_far_km;
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

}  // namespace liantu
