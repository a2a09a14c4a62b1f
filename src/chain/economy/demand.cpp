#include "liantu/chain/economy/demand.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "chain/economy/rounds.hpp"
#include "liantu/base/text/error.hpp"

namespace liantu {
Rounds::Rounds(const Taxonomy& taxonomy, const InputRules& rules, std::uint32_t segments)
    : taxonomy_(taxonomy), rules_(rules), left_(segments), place_(segments) {}

std::span<SegmentRound> Rounds::run(std::span<const FirstRound> first, const Supply& supply,
                                    const RoundOptions& options, Causes causes) {
  forget();
  threshold_ = Threshold(options.min_confidence);
  for (const FirstRound& one : first) {
    left(one.segment) = {true, one.supply};
    const auto leaked = meet(one.segment, one.demand, supply);
    if (one.spare && one.supply) left_[raw(one.segment)].supply->value = *one.spare;
    if (leaked && leaked->value > 0) leaks_.push_back({one.segment, *leaked, one.confidence});
  }
  std::ranges::sort(leaks_, {}, &Leak::segment);  // sums depend on it
  for (int round = 2; round <= options.rounds && !leaks_.empty(); ++round) {
    next(round, supply, causes);
  }
  if (options.rounds > 2) std::ranges::stable_sort(found_, {}, &SegmentRound::segment);
  return found_;
}

void Rounds::forget() {
  for (const std::uint32_t segment : asked_) left_[segment] = {};
  asked_.clear();
  leaks_.clear();
  found_.clear();
}

void Rounds::next(int round, const Supply& supply, Causes causes) {
  raised_.clear();
  for (const Leak& leak : leaks_) {
    for (const EdgeId edge : rules_.current(leak.segment)) raise(leak, edge, causes);
  }
  leaks_.clear();
  order_.clear();
  for (std::uint32_t i = 0; i < raised_.size(); ++i) order_.emplace_back(raised_[i].segment, i);
  std::ranges::sort(order_);
  for (const auto& [segment, i] : order_) {
    place_[raw(segment)] = 0;
    RoundDemand& demand = raised_[i].demand;
    demand.round = round;
    demand.confidence = 1 - demand.confidence;  // what was gathered is the doubt
    std::ranges::sort(demand.causes, {}, [](const DemandCause& cause) {
      return std::tuple(-cause.amount, cause.product, cause.requires_edge);
    });
    if (const auto& available = unused(segment, supply)) demand.available = available->value;
    if (const auto leak = meet(segment, demand.demand, supply)) {
      demand.leakage = leak->value;
      if (leak->value > 0) leaks_.push_back({segment, *leak, demand.confidence});
    }
    found_.push_back(std::move(raised_[i]));
  }
}

void Rounds::raise(const Leak& leak, EdgeId edge, Causes causes) {
  const InputRule& rule = rules_[edge];
  const std::optional<double> coefficient = rule.coefficient();
  const SegmentId input = rule.input();
  const double sure = leak.confidence * rule.confidence();
  if (!coefficient || *coefficient <= 0 || taxonomy_.chain(input)) return;
  if (!threshold_.reached_by(sure)) return;
  std::uint32_t& place = place_[raw(input)];
  if (place == 0) {
    raised_.push_back({input, {}});
    place = static_cast<std::uint32_t>(raised_.size());
  }
  RoundDemand& demand = raised_[place - 1].demand;
  const double amount = *coefficient * leak.amount.value;
  demand.demand.value += amount;
  demand.demand.basis = softer(demand.demand.basis, softer(leak.amount.basis, rule.basis()));
  demand.confidence *= 1 - sure;
  if (causes == Causes::Keep) demand.causes.push_back({leak.segment, edge, amount});
}

Rounds::Left& Rounds::left(SegmentId segment) {
  Left& entry = left_[raw(segment)];
  if (!entry.asked) asked_.push_back(raw(segment));
  entry.asked = true;
  return entry;
}

// What earlier rounds left unused of the local supply.
const std::optional<Figure>& Rounds::unused(SegmentId segment, const Supply& supply) {
  const bool asked = left_[raw(segment)].asked;
  Left& entry = left(segment);
  if (!asked) entry.supply = supply(segment);
  return entry.supply;
}

// Takes what a demand needs from what is left, and returns what is lacking.
std::optional<Figure> Rounds::meet(SegmentId segment, const Figure& demand, const Supply& supply) {
  const auto available = unused(segment, supply);
  if (!available) return std::nullopt;
  left_[raw(segment)].supply->value = std::max(0.0, available->value - demand.value);
  return Figure{std::max(0.0, demand.value - available->value),
                available->value > 0 ? softer(demand.basis, available->basis) : demand.basis};
}

std::vector<LaterRounds> later_rounds(const EnterpriseGraph& graph,
                                      std::span<const FirstRound> first,
                                      const std::function<std::optional<Figure>(SegmentId)>& supply,
                                      const RoundOptions& options) {
  if (options.rounds < 1 || options.rounds > 8) {
    throw Error(ErrorCode::InvalidArgument,
                {fmt::format("rounds {} is outside 1..8", options.rounds),
                 fmt::format("轮数 {} 不在 1 到 8 之间", options.rounds)});
  }
  if (!(options.min_confidence >= 0 && options.min_confidence <= 1)) {
    throw Error(ErrorCode::InvalidArgument,
                {fmt::format("min_confidence {} is outside [0, 1]", options.min_confidence),
                 fmt::format("min_confidence 的值 {} 不在 0 到 1 之间", options.min_confidence)});
  }
  const Taxonomy taxonomy(graph);
  const InputRules rules(graph, taxonomy);
  Rounds rounds(taxonomy, rules, graph.size(EntityKind::Segment));
  std::vector<LaterRounds> result;
  for (SegmentRound& one : rounds.run(first, supply, options, Causes::Keep)) {
    if (result.empty() || result.back().segment != one.segment) result.push_back({one.segment, {}});
    result.back().rounds.push_back(std::move(one.demand));
  }
  return result;
}

}  // namespace liantu
