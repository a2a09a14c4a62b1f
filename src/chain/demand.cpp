#include "liantu/chain/demand.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include <absl/container/flat_hash_map.h>
#include <fmt/format.h>

#include "base/confidence.hpp"
#include "chain/input_rules.hpp"
#include "chain/taxonomy.hpp"
#include "liantu/base/error.hpp"

namespace liantu {
namespace {

struct Leak {
  Figure amount;
  double confidence = 1;
};

class Rounds {
 public:
  Rounds(const EnterpriseGraph& graph,
         const std::function<std::optional<Figure>(SegmentId)>& supply, const RoundOptions& options)
      : requires_(graph.relation(RelationKind::Requires)),
        graph_(graph),
        taxonomy_(graph),
        supply_(supply),
        options_(options) {}

  std::vector<LaterRounds> run(std::span<const FirstRound> first) {
    std::map<std::uint32_t, Leak> leaks;  // in order: sums depend on it
    for (const FirstRound& one : first) {
      left_[raw(one.segment)] = one.supply;
      const auto leaked = meet(one.segment, one.demand);
      if (leaked && leaked->value > 0) leaks[raw(one.segment)] = {*leaked, one.confidence};
    }
    for (int round = 2; round <= options_.rounds && !leaks.empty(); ++round)
      leaks = next(round, leaks);
    std::vector<LaterRounds> result;
    for (auto& [segment, rounds] : found_)
      result.push_back({SegmentId{segment}, std::move(rounds)});
    return result;
  }

 private:
  std::map<std::uint32_t, Leak> next(int round, const std::map<std::uint32_t, Leak>& leaks) {
    std::map<std::uint32_t, RoundDemand> raised;
    for (const auto& [product, leak] : leaks) {
      for (const EdgeId edge : input_rules(graph_, taxonomy_, SegmentId{product})) {
        raise(raised, SegmentId{product}, leak, edge);
      }
    }
    std::map<std::uint32_t, Leak> leaked;
    for (auto& [segment, demand] : raised) {
      demand.round = round;
      demand.confidence = 1 - demand.confidence;  // what was gathered is the doubt
      std::ranges::sort(demand.causes, {}, [](const DemandCause& cause) {
        return std::tuple(-cause.amount, cause.product, cause.requires_edge);
      });
      if (const auto available = unused(SegmentId{segment})) demand.available = available->value;
      const auto leak = meet(SegmentId{segment}, demand.demand);
      if (leak) {
        demand.leakage = leak->value;
        if (leak->value > 0) leaked[segment] = {*leak, demand.confidence};
      }
      found_[segment].push_back(std::move(demand));
    }
    return leaked;
  }

  void raise(std::map<std::uint32_t, RoundDemand>& raised, SegmentId product, const Leak& leak,
             EdgeId edge) const {
    const SegmentId input{graph_.local(requires_.target(edge))};
    const auto coefficient = requires_.number(edge, EdgeNumber::Coefficient);
    const Provenance from = requires_.provenance(edge);
    const double sure = leak.confidence * static_cast<double>(from.confidence);
    if (taxonomy_.chain(input) || !coefficient || *coefficient <= 0) return;
    if (!reaches(sure, options_.min_confidence)) return;
    const auto [entry, fresh] = raised.try_emplace(raw(input));
    RoundDemand& demand = entry->second;
    const double amount = *coefficient * leak.amount.value;
    demand.demand.value += amount;
    demand.demand.basis = softer(demand.demand.basis, softer(leak.amount.basis, from.basis));
    demand.confidence *= 1 - sure;
    demand.causes.push_back({product, edge, amount});
  }

  // What earlier rounds left unused of the local supply.
  std::optional<Figure> unused(SegmentId segment) {
    const auto [entry, fresh] = left_.try_emplace(raw(segment));
    if (fresh) entry->second = supply_(segment);
    return entry->second;
  }

  // Takes what a demand needs from what is left, and returns what is lacking.
  std::optional<Figure> meet(SegmentId segment, const Figure& demand) {
    const auto available = unused(segment);
    if (!available) return std::nullopt;
    left_[raw(segment)]->value = std::max(0.0, available->value - demand.value);
    return Figure{std::max(0.0, demand.value - available->value),
                  available->value > 0 ? softer(demand.basis, available->basis) : demand.basis};
  }

  Relation requires_;
  const EnterpriseGraph& graph_;
  Taxonomy taxonomy_;
  const std::function<std::optional<Figure>(SegmentId)>& supply_;
  const RoundOptions& options_;
  absl::flat_hash_map<std::uint32_t, std::optional<Figure>> left_;  // by segment
  std::map<std::uint32_t, std::vector<RoundDemand>> found_;         // by segment
};

}  // namespace

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
  return Rounds(graph, supply, options).run(first);
}

}  // namespace liantu
