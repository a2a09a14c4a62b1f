#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <stop_token>
#include <vector>

#include "liantu/base/text/error.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/links/paths/relation_path.hpp"
#include "links/paths/step_view.hpp"

namespace liantu {

/// What weights are divided by, kept as √square · log over the weights of the instances. Products
/// of degrees under a root stay whole numbers that way, so that ways of equal weight compare equal
/// whatever the order of their factors.
struct Divisor {
  double square = 1;
  double log = 1;
  double weight = 1;

  [[nodiscard]] double value() const { return std::sqrt(square) * log / weight; }

  friend Divisor operator*(const Divisor& a, const Divisor& b) {
    return {a.square * b.square, a.log * b.log, a.weight * b.weight};
  }
};

/// Divisor of a step that leaves an entity of this degree.
[[nodiscard]] inline Divisor divisor(Normalizer normalizer, std::size_t degree) {
  const auto d = static_cast<double>(std::max<std::size_t>(degree, 1));
  switch (normalizer) {
    case Normalizer::None:
      break;
    case Normalizer::Degree:
      return {d * d, 1};
    case Normalizer::SqrtDegree:
      return {d, 1};
    case Normalizer::LogDegree:
      return {1, std::log(std::max(d, 2.0))};
  }
  return {};
}

/// Divisor of a step where it leaves `from`.
[[nodiscard]] inline Divisor step_divisor(const StepView& view, Normalizer normalizer,
                                          EntityId from) {
  if (normalizer == Normalizer::None) return {};
  return divisor(normalizer, view.degree(from));
}

/// Entities with a positive value each; both columns ascending by entity.
struct SparseVector {
  std::vector<EntityId> entities;
  std::vector<double> values;
};

/// Carries a sparse vector along the steps of a path. The dense accumulator is cleared after every
/// step, so that one object serves all steps of a call.
class Propagation {
 public:
  explicit Propagation(const EnterpriseGraph& graph) : graph_(graph), sums_(graph.size(), 0.0) {}

  /// @return  One step further: the value of an entity is the sum, taken in the order of ids, of
  ///          value over divisor of the entities it is reached from.
  /// @throws Error{Cancelled}.
  [[nodiscard]] SparseVector advance(const SparseVector& at, const PathStep& step,
                                     const std::stop_token& stop = {}) {
    constexpr std::size_t kEntitiesBetweenLooks = 1024;
    const StepView view(graph_, step);
    SparseVector next;
    for (std::size_t i = 0; i < at.entities.size(); ++i) {
      if (i % kEntitiesBetweenLooks == 0 && stop.stop_requested()) {
        throw Error(ErrorCode::Cancelled,
                    {"scoring of the relation path was cancelled before its end; start it again "
                     "for a result",
                     "关联路径评分在完成前已被取消；如需结果，请重新运行"});
      }
      const EntityId from = at.entities[i];
      const double part = at.values[i] / step_divisor(view, step.normalizer, from).value();
      view.for_each(from, [&](EntityId to, double weight) {
        const double add = part * weight;
        if (add == 0) return;
        double& sum = sums_[raw(to)];
        if (sum == 0) next.entities.push_back(to);
        sum += add;
      });
    }
    std::sort(next.entities.begin(), next.entities.end());
    next.values.reserve(next.entities.size());
    for (const EntityId entity : next.entities) {
      next.values.push_back(sums_[raw(entity)]);
      sums_[raw(entity)] = 0;
    }
    return next;
  }

 private:
  const EnterpriseGraph& graph_;
  std::vector<double> sums_;
};

}  // namespace liantu
