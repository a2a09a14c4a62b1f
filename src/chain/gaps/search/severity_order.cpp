#include "chain/gaps/search/severity_order.hpp"

#include <algorithm>
#include <optional>

#include "chain/gaps/search/ranking_limits.hpp"
#include "graph/views/told_order.hpp"
#include "liantu/chain/economy/recruiting.hpp"
#include "liantu/chain/structure/evenness.hpp"

namespace liantu {
namespace {

// Rows that one firm may lead: its other needs stand behind.
constexpr int kRowsOfBuyer = 4;
constexpr std::size_t kLeadingBuyers = 3;
// However much local makers could meet, what they do make may be of another kind.
constexpr double kMostMet = 0.98;
// Needs that a user states without a coefficient stand before those reckoned from sectors.
constexpr double kStatedFirst = 1e15;

}  // namespace

std::optional<double> severity_amount(const FoundGap& found) {
  const GapFigures& gap = found.figures;
  if (gap.kind != GapKind::Hidden) {
    if (!gap.leakage_max) return std::nullopt;
    return Leakage{gap.leakage_min.value_or(0), *gap.leakage_max}.middle();
  }
  Leakage total;
  for (const SegmentRound& round : found.later) add(total, round.demand);
  return total.middle();
}

SeverityOrder::SeverityOrder(const Economy& economy, const LocalFirms& firms,
                             const LocalNeeds& needs, NearbyMakers& nearby)
    : graph_(economy.graph()),
      rules_(economy.rules()),
      sectors_(economy.sectors()),
      firms_(firms),
      needs_(needs),
      nearby_(nearby),
      makes_(graph_.relation(RelationKind::Makes)) {}

std::vector<std::uint32_t> SeverityOrder::most_severe(std::span<FoundGap> gaps,
                                                      Everywhere everywhere, std::size_t most) {
  set_apart(gaps, everywhere);
  set_tiers(gaps);
  // One gap without a weight would have to be compared by something else.
  std::size_t counted = 0;
  std::size_t weighted = 0;
  for (const FoundGap& found : gaps) {
    if (kind_rank(found.figures.kind) > 0 || severity_amount(found)) continue;
    ++counted;
    if (found.figures.need_weight) ++weighted;
  }
  weighted_ = counted > 0 && (weighted == counted || firms_.by_size());
  std::vector<Key> keys;
  keys.reserve(gaps.size());
  for (const FoundGap& found : gaps) {
    keys.emplace_back(severity(found), static_cast<std::uint32_t>(keys.size()));
  }
  spread_buyers(gaps, keys);
  const std::size_t kept = most == 0 ? keys.size() : std::min(most, keys.size());
  std::ranges::partial_sort(keys, keys.begin() + static_cast<std::ptrdiff_t>(kept),
                            [&](const Key& a, const Key& b) { return before(a, b); });
  std::vector<std::uint32_t> places(kept);
  for (std::size_t k = 0; k < kept; ++k) places[k] = keys[k].second;
  return places;
}

bool SeverityOrder::before(const Key& a, const Key& b) const {
  const auto severity = [](const Severity& key) {
    return std::tie(std::get<0>(key), std::get<1>(key), std::get<2>(key), std::get<3>(key),
                    std::get<4>(key));
  };
  if (severity(a.first) != severity(b.first)) return severity(a.first) < severity(b.first);
  return told_before(graph_, graph_.entity(std::get<5>(a.first)),
                     graph_.entity(std::get<5>(b.first)));
}

// Services, what nobody could be called for, and what is needed everywhere.
void SeverityOrder::set_apart(std::span<FoundGap> gaps, Everywhere everywhere) {
  apart_ = 0;
  if (sectors_.any()) {
    for (FoundGap& found : gaps) {
      // Around anchors that were asked for all that they need is told.
      const bool barred =
          !firms_.anchors_given() && recruiting_bar(graph_, found.figures.segment) != nullptr;
      found.apart = barred || !sectors_.goods(found.figures.segment);
      if (found.apart) ++apart_;
    }
  }
  if (everywhere == Everywhere::Among) return;
  std::vector<SegmentId> segments;
  segments.reserve(gaps.size());
  for (const FoundGap& found : gaps) segments.push_back(found.figures.segment);
  const std::vector<double> evenness = need_evenness(graph_, segments);
  for (std::size_t g = 0; g < gaps.size(); ++g) {
    if (gaps[g].apart || !(evenness[g] > 0.5)) continue;
    gaps[g].apart = true;
    ++apart_;
  }
}

bool SeverityOrder::needed_by_products(const FoundGap& found) const {
  const SegmentId sector = found.figures.segment;
  std::size_t looked_at = 0;
  for (const LocalNeeds::Row& need : needs_.rows(found.needers.rows)) {
    if (looked_at++ == kLeadingBuyers) break;
    if (firms_.newcomer(need.firm)) continue;
    for (const EntityId made : makes_.targets(graph_.entity(firms_[need.firm]))) {
      for (const EdgeId edge : rules_.all(SegmentId{graph_.local(made)})) {
        const InputRule& rule = rules_[edge];
        if (sectors_.illustrates(rule) && sectors_.of(rule.input()) == sector) return true;
      }
    }
  }
  return false;
}

// Gaps of a kind that many make, here or nearby, that few or small firms would have, or that nobody here
// buys, stand behind; then come those set apart: services, and last what nobody could be called for.
void SeverityOrder::set_tiers(std::span<FoundGap> gaps) {
  for (FoundGap& found : gaps) {
    const SegmentId segment = found.figures.segment;
    const bool barred = recruiting_bar(graph_, segment) != nullptr;
    found.tier = !found.apart ? 0 : barred && sectors_.goods(segment) ? 3 : 2;
    if (found.tier > 0 || !firms_.by_size() || !sectors_.contains(segment)) continue;
    if (found.figures.bought_outside || severity_amount(found)) continue;
    const bool many = found.makers >= kManyMakers || nearby_.how_many(segment) >= kManyNearby;
    const bool few = found.needers.rows.count < kFewBuyers && found.needers.anchors == 0;
    double capital = 0;
    for (const LocalNeeds::Row& need : needs_.rows(found.needers.rows)) {
      capital += firms_.capital(need.firm);
    }
    const bool small = capital < kSmallBuyersCny && found.needers.anchors == 0;
    if (many || few || small || kind_rank(found.figures.kind) > 0) found.tier = 1;
  }
}

// One firm leads a few rows; what else it needs stands behind.
void SeverityOrder::spread_buyers(std::span<const FoundGap> gaps, std::vector<Key>& keys) {
  if (!firms_.by_size()) return;
  std::ranges::sort(keys, [&](const Key& a, const Key& b) { return before(a, b); });
  std::vector<int> rows(firms_.size());
  for (auto& [key, g] : keys) {
    const FoundGap& found = gaps[g];
    if (found.tier != 0 || found.figures.bought_outside || severity_amount(found)) continue;
    const std::span<const LocalNeeds::Row> needers = needs_.rows(found.needers.rows);
    if (needers.empty() || !sectors_.contains(found.figures.segment)) continue;
    if (++rows[needers.front().firm] > kRowsOfBuyer) std::get<0>(key) = 1;
  }
}

SeverityOrder::Severity SeverityOrder::severity(const FoundGap& found) {
  const int rank = kind_rank(found.figures.kind);
  const auto amount = severity_amount(found);
  double needers = found.needers.weight;
  if (weighted_ && rank == 0 && !amount) {
    const auto& weight = found.figures.need_weight;
    const double met = std::min(kMostMet, found.figures.size_coverage.value_or(0));
    const double few = kFewMakers / (kFewMakers + (firms_.by_size() ? found.makers : 0));
    needers = weight ? *weight * (1 - met) * few : kStatedFirst + needers;
    if (firms_.by_size() && sectors_.contains(found.figures.segment)) {
      needers *= kSomeNearby / (kSomeNearby + nearby_.how_many(found.figures.segment));
      if (needed_by_products(found)) needers *= kOwnProducts;
    }
  }
  return {found.tier, rank, !amount, -amount.value_or(0), -needers, found.figures.segment};
}

}  // namespace liantu
