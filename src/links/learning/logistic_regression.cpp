#include "liantu/links/learning/logistic_regression.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <utility>

#include "liantu/base/text/error.hpp"

namespace liantu {

namespace {

[[noreturn]] void refuse(const char* en, const char* zh) {
  throw Error(ErrorCode::InvalidArgument, {en, zh});
}

double standard(const LogisticRegression& model, std::size_t feature, float value) {
  if (std::isnan(value)) return 0;
  return (static_cast<double>(value) - model.means[feature]) / model.scales[feature];
}

void standardise(const RankingSample& sample, LogisticRegression& model) {
  const std::size_t width = sample.features;
  std::vector<double> count(width, 0);
  std::vector<double> sum(width, 0);
  std::vector<double> squares(width, 0);
  for (std::size_t i = 0; i < sample.values.size(); ++i) {
    if (std::isnan(sample.values[i])) continue;
    count[i % width] += 1;
    sum[i % width] += static_cast<double>(sample.values[i]);
  }
  model.means.assign(width, 0);
  model.scales.assign(width, 1);
  for (std::size_t j = 0; j < width; ++j) {
    if (count[j] > 0) model.means[j] = sum[j] / count[j];
  }
  for (std::size_t i = 0; i < sample.values.size(); ++i) {
    if (std::isnan(sample.values[i])) continue;
    const double off = static_cast<double>(sample.values[i]) - model.means[i % width];
    squares[i % width] += off * off;
  }
  for (std::size_t j = 0; j < width; ++j) {
    if (squares[j] > 0) model.scales[j] = std::sqrt(squares[j] / count[j]);
  }
}

/// Solves a symmetric positive definite system in place; of the matrix the lower half is read.
void solve(const std::vector<double>& matrix, std::vector<double>& right) {
  using Rows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const auto n = static_cast<Eigen::Index>(right.size());
  Eigen::Map<Eigen::VectorXd> x(right.data(), n);
  x = Eigen::Map<const Rows>(matrix.data(), n, n).selfadjointView<Eigen::Lower>().ldlt().solve(x);
}

}  // namespace

double LogisticRegression::margin(std::span<const float> values) const {
  double sum = intercept;
  for (std::size_t j = 0; j < weights.size(); ++j) {
    sum += weights[j] * standard(*this, j, values[j]);
  }
  return sum;
}

std::vector<double> LogisticRegression::contributions(std::span<const float> values) const {
  std::vector<double> parts;
  for (std::size_t j = 0; j < weights.size(); ++j) {
    parts.push_back(weights[j] * standard(*this, j, values[j]));
  }
  parts.push_back(intercept);
  return parts;
}

LogisticRegression fit_logistic(const RankingSample& sample, const LogisticOptions& options) {
  const std::size_t width = sample.features;
  if (width == 0 || sample.values.size() != sample.pairs() * width) {
    refuse("the sample's columns do not fit each other", "样本各列长度不一致");
  }
  if (!(options.ridge > 0) || options.most_steps < 1) {
    refuse("an option of the logistic regression lies outside its range",
           "逻辑回归的某个选项超出范围");
  }
  const auto linked = std::count(sample.labels.begin(), sample.labels.end(), 1);
  if (linked == 0 || static_cast<std::size_t>(linked) == sample.pairs()) {
    refuse("the sample needs linked pairs and others to learn from; give more links",
           "样本需同时含有已有联系与其他候选；请提供更多联系");
  }
  LogisticRegression model;
  standardise(sample, model);
  const std::size_t n = width + 1;
  std::vector<double> beta(n, 0);
  std::vector<double> x(n, 1);
  for (int step = 0; step < options.most_steps; ++step) {
    if (options.stop.stop_requested()) {
      throw Error(ErrorCode::Cancelled,
                  {"training was cancelled before its end; start it again for a model",
                   "训练在完成前已被取消；如需模型，请重新运行"});
    }
    std::vector<double> hessian(n * n, 0);
    std::vector<double> gradient(n, 0);
    for (std::size_t i = 0; i < sample.pairs(); ++i) {
      double margin = beta[width];
      for (std::size_t j = 0; j < width; ++j) {
        x[j] = standard(model, j, sample.values[i * width + j]);
        margin += beta[j] * x[j];
      }
      const double p = 1 / (1 + std::exp(-margin));
      const double off = static_cast<double>(sample.labels[i]) - p;
      const double weight = std::max(p * (1 - p), 1e-9);
      for (std::size_t j = 0; j < n; ++j) {
        gradient[j] += off * x[j];
        const double scaled = weight * x[j];
        for (std::size_t k = 0; k <= j; ++k) hessian[j * n + k] += scaled * x[k];
      }
    }
    for (std::size_t j = 0; j < width; ++j) {
      gradient[j] -= options.ridge * beta[j];
      hessian[j * n + j] += options.ridge;
    }
    solve(hessian, gradient);
    double change = 0;
    for (std::size_t j = 0; j < n; ++j) {
      // Half a step where a whole one would leave the region in which the quadratic is a likeness.
      const double moved = std::clamp(gradient[j], -2.0, 2.0);
      beta[j] += moved;
      change = std::max(change, std::abs(moved));
    }
    if (change < 1e-8) break;
  }
  model.intercept = beta[width];
  model.weights.assign(beta.begin(), beta.begin() + static_cast<std::ptrdiff_t>(width));
  return model;
}

}  // namespace liantu
