#include "liantu/chain/economy/demand.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "base/core/hash_map.hpp"
#include "chain/economy/rounds.hpp"
#include "chain/economy/stopping.hpp"
#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

void keep_largest(std::vector<DemandCause>& causes) {
  std::ranges::sort(causes, {}, [](const DemandCause& cause) {
    return std::tuple(-cause.amount, cause.product, cause.requires_edge);
  });
  if (causes.size() > kCauses) causes.resize(kCauses);
}

}  // namespace

Rounds::Rounds(const Taxonomy& taxonomy, const InputRules& rules, std::uint32_t segments)
    : taxonomy_(taxonomy), rules_(rules), stop_(kGapSearch), left_(segments), place_(segments) {}

std::span<SegmentRound> Rounds::run(std::span<const FirstRound> first, const Supply& supply,
                                    const RoundOptions& options, Causes causes) {
  forget();
  threshold_ = Threshold(options.min_confidence);
  stop_.start(options.stop);
  for (const FirstRound& one : first) {
    stop_.take_step();
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
  // What is part of something without inputs of its own has those of that: all such leaks raise the
  // same, and are looked at together. Leaks stand by segment.
  std::vector<const Leak*> by_row;
  by_row.reserve(leaks_.size());
  for (const Leak& leak : leaks_) by_row.push_back(&leak);
  const auto row = [&](const Leak* leak) { return rules_.row(leak->segment); };
  std::ranges::stable_sort(by_row, {}, row);
  HashMap<double, Joined> joined;  // by confidence of the relation: a graph has 256 of them at most
  for (std::size_t first = 0, last = 0; first < by_row.size(); first = last) {
    while (last < by_row.size() && row(by_row[last]) == row(by_row[first])) ++last;
    const std::span<const Leak* const> leaks(&by_row[first], last - first);
    joined.clear();
    for (const EdgeId edge : rules_.current(leaks.front()->segment)) {
      stop_.take_step();
      const double sure = rules_[edge].confidence();
      const auto [known, fresh] = joined.try_emplace(sure);
      if (fresh) known->second = join(leaks, sure, causes);
      raise(known->second, edge, causes);
    }
  }
  leaks_.clear();
  order_.clear();
  for (std::uint32_t i = 0; i < raised_.size(); ++i) order_.emplace_back(raised_[i].segment, i);
  std::ranges::sort(order_);
  for (const auto& [segment, i] : order_) {
    stop_.take_step();
    place_[raw(segment)] = 0;
    RoundDemand& demand = raised_[i].demand;
    demand.round = round;
    demand.confidence = 1 - demand.confidence;  // what was gathered is the doubt
    keep_largest(demand.causes);
    if (const auto& available = unused(segment, supply)) demand.available = available->value;
    if (const auto leak = meet(segment, demand.demand, supply)) {
      demand.leakage = leak->value;
      if (leak->value > 0) leaks_.push_back({segment, *leak, demand.confidence});
    }
    found_.push_back(std::move(raised_[i]));
  }
}

Rounds::Joined Rounds::join(std::span<const Leak* const> leaks, double sure, Causes causes) const {
  Joined all;
  for (const Leak* leak : leaks) {
    const double both = leak->confidence * sure;
    if (!threshold_.reached_by(both)) continue;
    ++all.count;
    all.amount.value += leak->amount.value;
    all.amount.basis = softer(all.amount.basis, leak->amount.basis);
    all.doubt *= 1 - both;
    if (causes == Causes::Keep) all.largest.push_back(leak);
  }
  const auto order = [](const Leak* leak) { return std::pair(-leak->amount.value, leak->segment); };
  const std::size_t kept = std::min(kCauses, all.largest.size());
  std::ranges::partial_sort(all.largest, all.largest.begin() + static_cast<std::ptrdiff_t>(kept),
                            {}, order);
  all.largest.resize(kept);
  return all;
}

void Rounds::raise(const Joined& joined, EdgeId edge, Causes causes) {
  const InputRule& rule = rules_[edge];
  const std::optional<double> coefficient = rule.coefficient();
  const SegmentId input = rule.input();
  if (joined.count == 0 || !coefficient || *coefficient <= 0 || taxonomy_.chain(input)) return;
  std::uint32_t& place = place_[raw(input)];
  if (place == 0) {
    raised_.push_back({input, {}});
    place = static_cast<std::uint32_t>(raised_.size());
  }
  RoundDemand& demand = raised_[place - 1].demand;
  demand.demand.value += *coefficient * joined.amount.value;
  demand.demand.basis = softer(demand.demand.basis, softer(joined.amount.basis, rule.basis()));
  demand.confidence *= joined.doubt;
  demand.cause_count += joined.count;
  if (causes == Causes::Drop) return;
  for (const Leak* leak : joined.largest) {
    demand.causes.push_back({leak->segment, edge, *coefficient * leak->amount.value});
  }
  if (demand.causes.size() > 10 * kCauses) keep_largest(demand.causes);
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
