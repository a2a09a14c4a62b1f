#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <stop_token>
#include <vector>

#include "liantu/base/error.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/links/relation_path.hpp"

namespace liantu {

/// What weights are divided by, kept as √square · log. Products of degrees under a root stay whole
/// numbers that way, so that ways of equal weight compare equal whatever the order of their
/// factors.
struct Divisor {
  double square = 1;
  double log = 1;

  [[nodiscard]] double value() const { return std::sqrt(square) * log; }

  friend Divisor operator*(const Divisor& a, const Divisor& b) {
    return {a.square * b.square, a.log * b.log};
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

/// Calls `visit` for every distinct entity that a step reaches from an entity, ascending by id.
template <typename Visit>
void for_each_reached(const Relation& relation, StepDirection direction, EntityId from,
                      Visit&& visit) {
  const auto none = std::span<const EntityId>{};
  const auto ahead = direction == StepDirection::Backward ? none : relation.targets(from);
  const auto behind = direction == StepDirection::Forward ? none : relation.sources(from);
  auto a = ahead.begin();
  auto b = behind.begin();
  while (a != ahead.end() || b != behind.end()) {
    const bool take_a = b == behind.end() || (a != ahead.end() && *a <= *b);
    const EntityId entity = take_a ? *a : *b;
    while (a != ahead.end() && *a == entity) ++a;
    while (b != behind.end() && *b == entity) ++b;
    visit(entity);
  }
}

/// Number of distinct entities that a step reaches from an entity.
[[nodiscard]] inline std::size_t degree(const Relation& relation, StepDirection direction,
                                        EntityId from) {
  std::size_t count = 0;
  for_each_reached(relation, direction, from, [&count](EntityId) { ++count; });
  return count;
}

/// Divisor of a step where it leaves `from`.
[[nodiscard]] inline Divisor step_divisor(const Relation& relation, const PathStep& step,
                                          EntityId from) {
  if (step.normalizer == Normalizer::None) return {};
  return divisor(step.normalizer, degree(relation, step.direction, from));
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
    const Relation relation = graph_.relation(step.relation);
    SparseVector next;
    for (std::size_t i = 0; i < at.entities.size(); ++i) {
      if (i % kEntitiesBetweenLooks == 0 && stop.stop_requested()) {
        throw Error(ErrorCode::Cancelled,
                    {"scoring of the relation path was cancelled before its end; start it again "
                     "for a result",
                     "关联路径评分在完成前已被取消；如需结果，请重新运行"});
      }
      const EntityId from = at.entities[i];
      const double part = at.values[i] / step_divisor(relation, step, from).value();
      if (part == 0) continue;
      for_each_reached(relation, step.direction, from, [&](EntityId to) {
        double& sum = sums_[raw(to)];
        if (sum == 0) next.entities.push_back(to);
        sum += part;
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
