#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/links/backtest/metrics.hpp"

namespace LIANTU_API liantu {

/// Two ends between which a figure lies.
struct Interval {
  double low = 0;
  double high = 0;
  friend bool operator==(const Interval&, const Interval&) = default;
};

/// Groups drawn again and again with replacement, each drawing as many as there are. Figures of
/// several rankings that are computed on the same drawings can be compared pair by pair.
///
/// @source  Efron, Tibshirani (1993), An Introduction to the Bootstrap, doi:10.1201/9780429246593.
class Resamples {
 public:
  /// @param groups    Number of groups.
  /// @param drawings  Number of drawings.
  /// @complexity  Time O(groups · drawings), memory one byte for each of them.
  Resamples(std::size_t groups, std::size_t drawings, std::uint64_t seed);

  [[nodiscard]] std::size_t groups() const noexcept { return groups_; }
  [[nodiscard]] std::size_t drawings() const noexcept { return drawings_; }
  /// Number of blocks of kDrawingsAtOnce drawings; the last may hold drawings beyond drawings().
  [[nodiscard]] std::size_t blocks() const noexcept {
    return (drawings_ + kDrawingsAtOnce - 1) / kDrawingsAtOnce;
  }
  /// How often group g was drawn in drawing i of a block: weights(block)[g * kDrawingsAtOnce + i];
  /// more than 255 times counts as 255.
  [[nodiscard]] std::span<const std::uint8_t> weights(std::size_t block) const noexcept {
    const std::size_t size = groups_ * kDrawingsAtOnce;
    return std::span(weights_).subspan(block * size, size);
  }

  /// Sums over groups of value times how often the group was drawn.
  /// @param groups   Which groups have values.
  /// @param columns  Kinds of values, each with one value for each of `groups`.
  /// @return         For each column one sum a drawing.
  [[nodiscard]] std::vector<std::vector<double>> sums(
      std::span<const std::uint32_t> groups, std::span<const std::vector<double>> columns) const;

 private:
  std::size_t groups_;
  std::size_t drawings_;
  std::vector<std::uint8_t> weights_;
};

/// The middle part of values: the percentile interval of a bootstrap.
/// @param values  At least one, finite, in any order.
/// @param level   Share of the values within; (0, 1).
/// @return        The values at (1 ± level) / 2, between two of them in proportion.
[[nodiscard]] Interval percentile_interval(std::vector<double> values, double level = 0.95);

/// How likely a difference of this sign is by chance, both signs counted: twice the smaller of the
/// shares of differences that are ≤ 0 and ≥ 0, but never 0 and at most 1.
/// @param differences  One a drawing, at least one.
[[nodiscard]] double two_sided_p(std::span<const double> differences);

}  // namespace liantu
