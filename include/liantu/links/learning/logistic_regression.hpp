#pragma once

#include <cstddef>
#include <span>
#include <stop_token>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/links/learning/ranking_sample.hpp"

namespace LIANTU_API liantu {

/// A logistic regression over standardised features; a missing value counts as the mean.
struct LogisticRegression {
  double intercept = 0;
  std::vector<double> means;    ///< of the values present
  std::vector<double> scales;   ///< their standard deviation; 1 where it is 0
  std::vector<double> weights;  ///< one a feature

  /// Margin of one pair.
  [[nodiscard]] double margin(std::span<const float> values) const;
  /// What every feature adds to the margin, and behind them the intercept; they sum to it.
  [[nodiscard]] std::vector<double> contributions(std::span<const float> values) const;

  friend bool operator==(const LogisticRegression&, const LogisticRegression&) = default;
};

/// Options of fit_logistic().
struct LogisticOptions {
  double ridge = 10;    ///< penalty on squared weights; > 0
  int most_steps = 25;  ///< Newton steps at most; ≥ 1
  std::stop_token stop;
};

/// Fits a logistic regression with a ridge penalty by Newton's method.
///
/// @param sample  At least one linked pair and one other.
/// @return        The same for the same sample, on any number of threads.
/// @throws Error{InvalidArgument} if the sample lacks one of the two, its columns do not fit each
///         other or an option lies outside its range; Error{Cancelled}.
/// @complexity    O(steps · pairs · features²).
/// @source        Hoerl, Kennard (1970), doi:10.1080/00401706.1970.10488634, for the penalty.
[[nodiscard]] LogisticRegression fit_logistic(const RankingSample& sample,
                                              const LogisticOptions& options = {});

}  // namespace liantu
