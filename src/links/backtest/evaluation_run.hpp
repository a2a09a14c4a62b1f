#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "links/backtest/evaluation_rounds.hpp"

namespace liantu {

/// What one method did in one round.
struct Outcome {
  std::vector<std::vector<double>> columns;  // kSourceMeasures, then 1, then links of each source
  std::vector<double> filtered;              // rank of each link
  PairOrder uniform;
  PairOrder of_degree;
  std::vector<std::vector<double>> said;  // of each source's pairs, by a method that does
  std::vector<std::vector<std::uint8_t>> came_true;  // parallel
};

/// Measures that are means over sources or links, and the columns of an Outcome.
inline constexpr std::size_t kSourceMeasures = 7;

/// Runs the methods of one round and keeps what the figures need.
///
/// @return  One outcome a method; that of a method that cannot be fed stays empty. Methods that share work on the same
///          sources are asked one behind the other.
/// @throws Error{InvalidArgument} if a method gives what is no row; Error{Cancelled}.
[[nodiscard]] std::vector<Outcome> run_round(const EnterpriseGraph& graph, const Round& asked,
                                             const std::vector<LinkMethod>& methods,
                                             std::size_t round, std::size_t rounds,
                                             const EvaluationOptions& options);

/// @throws Error{Cancelled} if the caller asked to end.
void check_stop(const EvaluationOptions& options);

}  // namespace liantu
