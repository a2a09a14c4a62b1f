#include "liantu/chain/structure/chain_position.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "chain/economy/stopping.hpp"
#include "chain/segments/input_rules.hpp"
#include "chain/segments/taxonomy.hpp"

namespace liantu {
namespace {

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
constexpr int kMostRounds = 10000;
constexpr double kStill = 1e-9;

// What a sector adds to another one's steps.
struct Flow {
  std::uint32_t to = 0;
  std::uint32_t from = 0;
  double weight = 0;
};

// The least v ≥ 1 with v_to = 1 + Σ weight · v_from; NaN where there is none.
std::vector<double> steps(const std::vector<Flow>& flows, std::size_t sectors,
                          const std::stop_token& stop) {
  std::vector<double> now(sectors, 1);
  std::vector<double> next(sectors);
  std::vector<bool> moves(sectors);
  for (int round = 0; round < kMostRounds; ++round) {
    check_stop(stop, kPositionSearch);
    std::ranges::fill(next, 1.0);
    for (const Flow& flow : flows) next[flow.to] += flow.weight * now[flow.from];
    bool still = true;
    for (std::size_t s = 0; s < sectors; ++s) {
      moves[s] = !(next[s] - now[s] <= kStill * next[s]);
      still = still && !moves[s];
    }
    now.swap(next);
    if (still) return now;
  }
  for (std::size_t s = 0; s < sectors; ++s) {
    if (moves[s]) now[s] = std::numeric_limits<double>::quiet_NaN();
  }
  return now;
}

}  // namespace

double ChainPosition::after() const {
  const double after = upstreamness - 1;
  const double before = downstreamness - 1;
  return after + before > 0 ? after / (after + before) : 0.5;
}

std::vector<std::optional<ChainPosition>> find_positions(const EnterpriseGraph& graph,
                                                         const PositionOptions& options) {
  std::vector<std::optional<ChainPosition>> positions(graph.size(EntityKind::Segment));
  std::vector<std::uint32_t> number(positions.size(), kNone);
  std::vector<SegmentId> sectors;
  std::vector<double> output;
  for (std::uint32_t i = 0; i < positions.size(); ++i) {
    const auto share = graph.number(graph.entity(SegmentId{i}), EntityNumber::OutputShare);
    if (!share || !(share->value > 0)) continue;
    number[i] = static_cast<std::uint32_t>(sectors.size());
    sectors.push_back(SegmentId{i});
    output.push_back(share->value);
  }
  const Stopping stopping{options.stop, kPositionSearch};
  const Taxonomy taxonomy(graph, stopping);
  const InputRules rules(graph, taxonomy, stopping);
  const Relation requires_ = graph.relation(RelationKind::Requires);
  std::vector<Flow> before;
  std::vector<Flow> after;
  for (std::uint32_t s = 0; s < sectors.size(); ++s) {
    for (const EdgeId edge : rules.current(sectors[s])) {
      const std::uint32_t t = number[graph.local(requires_.target(edge))];
      const auto coefficient = requires_.number(edge, EdgeNumber::Coefficient);
      if (t == kNone || !coefficient) continue;
      before.push_back({s, t, *coefficient});
      after.push_back({t, s, *coefficient * output[s] / output[t]});
    }
  }
  const std::vector<double> upstream = steps(after, sectors.size(), options.stop);
  const std::vector<double> downstream = steps(before, sectors.size(), options.stop);
  for (std::uint32_t s = 0; s < sectors.size(); ++s) {
    if (std::isfinite(upstream[s]) && std::isfinite(downstream[s])) {
      positions[raw(sectors[s])] = ChainPosition{upstream[s], downstream[s]};
    }
  }
  return positions;
}

}  // namespace liantu
