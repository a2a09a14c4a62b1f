#include "liantu/links/bootstrap.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <tbb/parallel_for.h>

#include "links/draw.hpp"

namespace liantu {
namespace {

constexpr std::size_t kLanes = 16;
constexpr std::size_t kDrawingsATask = 64;  // one cache line of a group's weights

}  // namespace

Resamples::Resamples(std::size_t groups, std::size_t drawings, std::uint64_t seed)
    : groups_(groups), drawings_(drawings), weights_(groups * drawings, 0) {
  const std::size_t tasks = (drawings + kDrawingsATask - 1) / kDrawingsATask;
  tbb::parallel_for(std::size_t{0}, tasks, [&](std::size_t task) {
    const std::size_t end = std::min(drawings, (task + 1) * kDrawingsATask);
    for (std::size_t drawing = task * kDrawingsATask; drawing < end; ++drawing) {
      for (std::size_t i = 0; i < groups; ++i) {
        const std::uint32_t group =
            below(drawn({seed, drawing, i}), static_cast<std::uint32_t>(groups));
        std::uint8_t& weight = weights_[group * drawings + drawing];
        if (weight < 255) ++weight;
      }
    }
  });
}

std::vector<std::vector<double>> Resamples::sums(
    std::span<const std::uint32_t> groups, std::span<const std::vector<double>> columns) const {
  std::vector<std::vector<double>> result(columns.size(), std::vector<double>(drawings_, 0.0));
  std::vector<std::array<double, kLanes>> lanes(columns.size());
  for (std::size_t first = 0; first < drawings_; first += kLanes) {
    const std::size_t here = std::min(kLanes, drawings_ - first);
    for (auto& lane : lanes) lane.fill(0);
    for (std::size_t k = 0; k < groups.size(); ++k) {
      std::array<double, kLanes> weight{};
      const std::uint8_t* const from = weights_.data() + groups[k] * drawings_ + first;
      for (std::size_t i = 0; i < here; ++i) weight[i] = from[i];
      for (std::size_t column = 0; column < columns.size(); ++column) {
        const double value = columns[column][k];
        if (value == 0) continue;
        for (std::size_t i = 0; i < kLanes; ++i) lanes[column][i] += value * weight[i];
      }
    }
    for (std::size_t column = 0; column < columns.size(); ++column) {
      std::copy_n(lanes[column].begin(), here,
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
