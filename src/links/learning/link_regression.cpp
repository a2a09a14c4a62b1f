#include "links/learning/link_regression.hpp"

#include <algorithm>

namespace liantu {

namespace {

using Lanes = LinkRegression::Lanes;

constexpr float kRidge = 30;
constexpr int kSteps = 8;

void add(Lanes& to, const Lanes& what) {
  for (std::size_t l = 0; l < to.size(); ++l) to[l] += what[l];
}

Lanes dot(const std::vector<Lanes>& a, const std::vector<Lanes>& b) {
  std::array<double, LinkRegression::kAtOnce> sum{};
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t l = 0; l < sum.size(); ++l) {
      sum[l] += static_cast<double>(a[i][l]) * static_cast<double>(b[i][l]);
    }
  }
  Lanes result;
  std::transform(sum.begin(), sum.end(), result.begin(),
                 [](double s) { return static_cast<float>(s); });
  return result;
}

}  // namespace

LinkRegression::LinkRegression(const VisibleLinks& links, std::size_t entities)
    : links_(links), entities_(entities) {}

// Columns are links onwards, then links back. The ridge is added.
std::vector<Lanes> LinkRegression::times(const std::vector<Lanes>& x) const {
  std::vector<Lanes> result(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) {
    for (std::size_t l = 0; l < kAtOnce; ++l) result[i][l] = kRidge * x[i][l];
  }
  for (std::uint32_t i = 0; i < entities_; ++i) {
    const auto onwards = links_.onwards(EntityId{i});
    const auto back = links_.back(EntityId{i});
    Lanes sum{};
    for (const EntityId e : onwards) add(sum, x[raw(e)]);
    for (const EntityId e : back) add(sum, x[entities_ + raw(e)]);
    for (const EntityId e : onwards) add(result[raw(e)], sum);
    for (const EntityId e : back) add(result[entities_ + raw(e)], sum);
  }
  return result;
}

std::vector<Lanes> LinkRegression::scores(std::span<const EntityId> sources) const {
  std::vector<Lanes> residual(2 * entities_, Lanes{});
  for (std::size_t l = 0; l < sources.size(); ++l) {
    for (const EntityId e : links_.onwards(sources[l])) residual[raw(e)][l] = 1;
    for (const EntityId e : links_.back(sources[l])) residual[entities_ + raw(e)][l] = 1;
  }
  std::vector<Lanes> solution(2 * entities_, Lanes{});
  std::vector<Lanes> direction = residual;
  Lanes square = dot(residual, residual);
  for (int step = 0; step < kSteps; ++step) {
    const std::vector<Lanes> image = times(direction);
    const Lanes curved = dot(direction, image);
    Lanes length;
    for (std::size_t l = 0; l < kAtOnce; ++l) length[l] = curved[l] > 0 ? square[l] / curved[l] : 0;
    for (std::size_t i = 0; i < solution.size(); ++i) {
      for (std::size_t l = 0; l < kAtOnce; ++l) {
        solution[i][l] += length[l] * direction[i][l];
        residual[i][l] -= length[l] * image[i][l];
      }
    }
    const Lanes left = dot(residual, residual);
    for (std::size_t i = 0; i < direction.size(); ++i) {
      for (std::size_t l = 0; l < kAtOnce; ++l) {
        const float keep = square[l] > 0 ? left[l] / square[l] : 0;
        direction[i][l] = residual[i][l] + keep * direction[i][l];
      }
    }
    square = left;
  }
  // The weight of a column onto itself is the diagonal of the inverse, here taken from the
  // diagonal alone.
  std::vector<Lanes> scores(entities_);
  for (std::uint32_t i = 0; i < entities_; ++i) {
    const auto diagonal = kRidge + static_cast<float>(links_.back(EntityId{i}).size());
    for (std::size_t l = 0; l < kAtOnce; ++l) scores[i][l] = -solution[i][l] * diagonal;
  }
  return scores;
}

}  // namespace liantu
