#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "links/backtest/evaluation_run.hpp"

namespace liantu {

/// Where a measure stands among all.
[[nodiscard]] inline std::size_t place(Measure measure) {
  return static_cast<std::size_t>(measure);
}

/// Values of every measure, one of each drawing, mean over rounds.
using Drawings = std::array<std::vector<double>, kMeasureCount>;

/// What the drawings of a bootstrap make of a method.
[[nodiscard]] Drawings draw(const Resamples& resamples, const std::vector<Round>& rounds,
                            const std::vector<Outcome>& outcomes);

/// The measures and curve of a method, from its outcome in every round.
void set_estimates(MethodFigures& figures, const std::vector<Outcome>& outcomes);
[[nodiscard]] std::vector<ReliabilityRow> reliability_of(const std::vector<Outcome>& outcomes);

/// A method's value less that of the reference, over the same drawings.
[[nodiscard]] Comparison compare(double difference, const std::vector<double>& one,
                                 const std::vector<double>& reference);

/// Groups that hold links, segments by their number.
[[nodiscard]] std::vector<LinkGroup> find_groups(const EnterpriseGraph& graph,
                                                 const EntityKeys& keys,
                                                 const std::vector<Round>& rounds,
                                                 std::size_t most_segments);
[[nodiscard]] GroupFigures group_figures(const std::vector<Round>& rounds,
                                         const std::vector<Outcome>& outcomes,
                                         const LinkGroup& group);

}  // namespace liantu
