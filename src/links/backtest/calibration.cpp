#include "liantu/links/backtest/calibration.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "liantu/base/text/error.hpp"

namespace liantu {

namespace {

void require_parallel(std::size_t a, std::size_t b) {
  if (a == b) return;
  throw Error(ErrorCode::InvalidArgument,
              {"there must be one label for each value", "每个数值须对应一个标签"});
}

}  // namespace

double Calibration::probability(double margin) const {
  if (margins.empty()) return 0;
  const auto above = std::upper_bound(margins.begin(), margins.end(), margin);
  if (above == margins.begin()) return probabilities.front();
  if (above == margins.end()) return probabilities.back();
  const auto i = static_cast<std::size_t>(above - margins.begin());
  const double part = (margin - margins[i - 1]) / (margins[i] - margins[i - 1]);
  return probabilities[i - 1] + part * (probabilities[i] - probabilities[i - 1]);
}

Calibration calibrate(std::span<const double> margins, std::span<const std::uint8_t> labels) {
  require_parallel(margins.size(), labels.size());
  struct Pool {
    double margin = 0;  ///< sum
    double linked = 0;
    double pairs = 0;
    [[nodiscard]] double rate() const { return linked / pairs; }
  };
  std::vector<std::size_t> order(margins.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&margins](std::size_t a, std::size_t b) {
    return margins[a] != margins[b] ? margins[a] < margins[b] : a < b;
  });
  std::vector<Pool> pools;
  for (std::size_t k = 0; k < order.size(); ++k) {
    const std::size_t i = order[k];
    if (!std::isfinite(margins[i])) {
      throw Error(ErrorCode::InvalidArgument, {"a margin is not finite", "存在非有限的分值"});
    }
    const double label = labels[i] == 0 ? 0 : 1;
    if (k > 0 && margins[i] == margins[order[k - 1]]) {
      pools.back().margin += margins[i];
      pools.back().linked += label;
      pools.back().pairs += 1;
      continue;
    }
    while (pools.size() > 1 && pools[pools.size() - 2].rate() >= pools.back().rate()) {
      const Pool last = pools.back();
      pools.pop_back();
      pools.back().margin += last.margin;
      pools.back().linked += last.linked;
      pools.back().pairs += last.pairs;
    }
    pools.push_back({margins[i], label, 1});
  }
  while (pools.size() > 1 && pools[pools.size() - 2].rate() >= pools.back().rate()) {
    const Pool last = pools.back();
    pools.pop_back();
    pools.back().margin += last.margin;
    pools.back().linked += last.linked;
    pools.back().pairs += last.pairs;
  }
  Calibration calibration;
  for (const Pool& pool : pools) {
    const double at = pool.margin / pool.pairs;
    if (!calibration.margins.empty() && at <= calibration.margins.back()) continue;
    calibration.margins.push_back(at);
    calibration.probabilities.push_back(pool.rate());
  }
  return calibration;
}

std::vector<ReliabilityRow> reliability(std::span<const double> probabilities,
                                        std::span<const std::uint8_t> labels) {
  require_parallel(probabilities.size(), labels.size());
  constexpr std::array kBands = {0.001, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5};
  std::array<ReliabilityRow, kBands.size() + 1> rows;
  for (std::size_t i = 0; i < probabilities.size(); ++i) {
    const auto band = static_cast<std::size_t>(
        std::upper_bound(kBands.begin(), kBands.end(), probabilities[i]) - kBands.begin());
    rows[band].said += probabilities[i];
    rows[band].came_true += labels[i] == 0 ? 0 : 1;
    ++rows[band].pairs;
  }
  std::vector<ReliabilityRow> filled;
  for (ReliabilityRow row : rows) {
    if (row.pairs == 0) continue;
    row.said /= static_cast<double>(row.pairs);
    row.came_true /= static_cast<double>(row.pairs);
    filled.push_back(row);
  }
  return filled;
}

}  // namespace liantu
