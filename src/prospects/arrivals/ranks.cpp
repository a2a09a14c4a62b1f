#include "prospects/arrivals/ranks.hpp"

#include <algorithm>
#include <utility>

namespace liantu {

std::vector<std::uint32_t> ranks_of(std::span<const double> scores,
                                    std::span<const std::uint64_t> order,
                                    const std::vector<bool>& ranked,
                                    std::span<const std::uint32_t> wanted) {
  const auto better = [&](std::uint32_t a, std::uint32_t b) {
    return scores[a] != scores[b] ? scores[a] > scores[b] : order[a] < order[b];
  };
  std::vector<std::uint32_t> sorted(wanted.begin(), wanted.end());
  std::ranges::sort(sorted, better);
  // Before which of the wanted ones a firm stands: it is ahead of these and all behind them.
  std::vector<std::uint32_t> ahead(sorted.size() + 1, 0);
  for (std::uint32_t i = 0; i < scores.size(); ++i) {
    if (!ranked[i]) continue;
    // Most stand behind the last.
    if (!better(i, sorted.back())) continue;
    const auto at = std::ranges::lower_bound(sorted, i, better);
    ++ahead[static_cast<std::size_t>(at - sorted.begin())];
  }
  std::vector<std::uint32_t> ranks;
  std::uint32_t before = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    before += ahead[i];
    // The wanted one itself is counted at its own place, which is that of the firms before it; the
    // last of all never is.
    ranks.push_back(before + (i + 1 == sorted.size() ? 1 : 0));
  }
  return ranks;
}

ListFigures figures_of(std::span<const std::uint32_t> ranks) {
  ListFigures figures;
  const auto count = static_cast<double>(ranks.size());
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    figures.average_precision += static_cast<double>(i + 1) / ranks[i] / count;
    if (ranks[i] <= 20) figures.precision_20 += 1.0 / 20;
    if (ranks[i] <= 50) ++figures.among_50;
    if (ranks[i] <= 200) figures.recall_200 += 1 / count;
  }
  figures.recall_50 = figures.among_50 / count;
  return figures;
}

}  // namespace liantu
