#include "liantu/links/learning/logistic_regression.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

RankingSample sample(std::vector<float> values, std::vector<std::uint8_t> labels) {
  const auto pairs = static_cast<std::uint32_t>(labels.size());
  return {values.size() / labels.size(), std::move(values), std::move(labels), {pairs}};
}

// With no feature that tells anything, the fit says the odds of the labels: 1 in 4, ln(1/3).
TEST(LogisticRegression, InterceptIsTheLogOdds) {
  const LogisticRegression fit = fit_logistic(sample({5, 5, 5, 5}, {1, 0, 0, 0}));
  EXPECT_NEAR(fit.intercept, std::log(1.0 / 3), 1e-6);
  EXPECT_EQ(fit.weights, std::vector<double>{0});
}

// At the optimum the penalised gradient is zero: sum (y - p) x = ridge * weight.
TEST(LogisticRegression, GradientIsZeroAtTheFit) {
  const RankingSample pairs = sample({1, 0, 2, 1, 3, 0, 4, 1, 5, 1, 6, 0}, {0, 0, 1, 0, 1, 1});
  LogisticOptions options;
  options.ridge = 0.5;
  const LogisticRegression fit = fit_logistic(pairs, options);
  for (std::size_t j = 0; j < 2; ++j) {
    double gradient = -options.ridge * fit.weights[j];
    for (std::size_t i = 0; i < 6; ++i) {
      const std::span<const float> row(&pairs.values[i * 2], 2);
      const double p = 1 / (1 + std::exp(-fit.margin(row)));
      gradient +=
          (pairs.labels[i] - p) * (static_cast<double>(row[j]) - fit.means[j]) / fit.scales[j];
    }
    EXPECT_NEAR(gradient, 0, 1e-6);
  }
}

TEST(LogisticRegression, MissingCountsAsTheMeanAndPartsSumToTheMargin) {
  const float missing = std::numeric_limits<float>::quiet_NaN();
  const LogisticRegression fit = fit_logistic(sample({1, 2, missing, 3}, {0, 0, 1, 1}));
  EXPECT_DOUBLE_EQ(fit.means[0], 2);
  EXPECT_DOUBLE_EQ(fit.margin(std::vector<float>{missing}), fit.intercept);
  const std::vector<float> row = {3};
  const auto parts = fit.contributions(row);
  EXPECT_DOUBLE_EQ(std::accumulate(parts.begin(), parts.end(), 0.0), fit.margin(row));
}

TEST(LogisticRegression, StaysFiniteOnLabelsThatAFeatureTellsApart) {
  const LogisticRegression fit = fit_logistic(sample({-1, -2, 1, 2}, {0, 0, 1, 1}));
  EXPECT_TRUE(std::isfinite(fit.weights[0]));
  EXPECT_GT(fit.weights[0], 0);
}

TEST(LogisticRegression, RefusesWhatItCannotLearnFrom) {
  EXPECT_THROW((void)fit_logistic({}), Error);
  EXPECT_THROW((void)fit_logistic(sample({1, 2}, {0, 0})), Error);
  EXPECT_THROW((void)fit_logistic(sample({1, 2}, {1, 1})), Error);
  LogisticOptions options;
  options.ridge = 0;
  EXPECT_THROW((void)fit_logistic(sample({1, 2}, {0, 1}), options), Error);
  std::stop_source source;
  source.request_stop();
  options = {};
  options.stop = source.get_token();
  EXPECT_THROW((void)fit_logistic(sample({1, 2}, {0, 1}), options), Error);
}

}  // namespace
}  // namespace liantu
