#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace liantu {

/// The ranks, from 1 and ascending, that some of the firms in a ranking have.
///
/// @param scores  By firm, larger is better; none NaN.
/// @param order   By firm: who stands first of those with the same score, smaller is better; no two
///                the same.
/// @param ranked  By firm: whether it stands in the ranking.
/// @param wanted  Firms that stand in it.
/// @complexity    O(firms · log wanted).
[[nodiscard]] std::vector<std::uint32_t> ranks_of(std::span<const double> scores,
                                                  std::span<const std::uint64_t> order,
                                                  const std::vector<bool>& ranked,
                                                  std::span<const std::uint32_t> wanted);

/// Figures of one list.
struct ListFigures {
  double average_precision = 0;
  double precision_20 = 0;
  double recall_50 = 0;
  double recall_200 = 0;
  double among_50 = 0;
};

/// @param ranks  See ranks_of(); at least one.
[[nodiscard]] ListFigures figures_of(std::span<const std::uint32_t> ranks);

}  // namespace liantu
