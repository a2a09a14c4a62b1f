#include "liantu/links/backtest/bootstrap.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/run/parallel.hpp"
#include "links/paths/draw.hpp"

namespace liantu {
namespace {

constexpr std::size_t kLanes = kDrawingsAtOnce;

}  // namespace

Resamples::Resamples(std::size_t groups, std::size_t drawings, std::uint64_t seed)
    : groups_(groups), drawings_(drawings), weights_(groups * kLanes * blocks(), 0) {
  parallel_for(blocks(), [&](std::size_t block) {
    std::uint8_t* const weights = weights_.data() + block * groups * kLanes;
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      for (std::size_t i = 0; i < groups; ++i) {
        const std::uint32_t group =
            below(drawn({seed, block * kLanes + lane, i}), static_cast<std::uint32_t>(groups));
        std::uint8_t& weight = weights[group * kLanes + lane];
        if (weight < 255) ++weight;
      }
    }
  });
}

std::vector<std::vector<double>> Resamples::sums(
    std::span<const std::uint32_t> groups, std::span<const std::vector<double>> columns) const {
  std::vector<std::vector<double>> result(columns.size(), std::vector<double>(drawings_, 0.0));
  std::vector<std::array<double, kLanes>> lanes(columns.size());
  for (std::size_t block = 0; block < blocks(); ++block) {
    const std::span<const std::uint8_t> weights = this->weights(block);
    for (auto& lane : lanes) lane.fill(0);
    for (std::size_t k = 0; k < groups.size(); ++k) {
      std::array<double, kLanes> weight{};
      for (std::size_t i = 0; i < kLanes; ++i) weight[i] = weights[groups[k] * kLanes + i];
      for (std::size_t column = 0; column < columns.size(); ++column) {
        const double value = columns[column][k];
        if (value == 0) continue;
        for (std::size_t i = 0; i < kLanes; ++i) lanes[column][i] += value * weight[i];
      }
    }
    const std::size_t first = block * kLanes;
    for (std::size_t column = 0; column < columns.size(); ++column) {
      std::copy_n(lanes[column].begin(), std::min(kLanes, drawings_ - first),
                  result[column].begin() + static_cast<std::ptrdiff_t>(first));
    }
  }
  return result;
}

Interval percentile_interval(std::vector<double> values, double level) {
  std::sort(values.begin(), values.end());
  const auto at = [&](double share) {
    const double place = share * static_cast<double>(values.size() - 1);
    const auto low = static_cast<std::size_t>(place);
    const std::size_t high = std::min(low + 1, values.size() - 1);
    return values[low] + (place - std::floor(place)) * (values[high] - values[low]);
  };
  return {at((1 - level) / 2), at((1 + level) / 2)};
}

double two_sided_p(std::span<const double> differences) {
  const auto size = static_cast<double>(differences.size());
  const auto not_above =
      static_cast<double>(std::ranges::count_if(differences, [](double x) { return x <= 0; }));
  const auto not_below =
      static_cast<double>(std::ranges::count_if(differences, [](double x) { return x >= 0; }));
  return std::min(1.0, 2 * (std::min(not_above, not_below) + 1) / (size + 1));
}

}  // namespace liantu
