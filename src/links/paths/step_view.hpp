#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "liantu/graph/graph.hpp"
#include "liantu/graph/views/relation_filter.hpp"
#include "liantu/links/paths/relation_path.hpp"

namespace liantu {

/// An entity that a step reaches and the weight with which it does.
struct Reached {
  EntityId entity{0};
  double weight = 1;
};

/// A step on a graph: what it reaches from an entity, limits and hidden instances seen to. Valid as
/// long as the graph.
class StepView {
 public:
  /// @param hidden  Which instances of the relation are looked away from, by number; null = none.
  /// @throws Error{NotFound} if no segment has the name that the limits give,
  ///         Error{InvalidArgument} if several do or the limits are out of range.
  StepView(const EnterpriseGraph& graph, const PathStep& step,
           const std::vector<bool>* hidden = nullptr);

  /// Calls `visit(entity, weight)` for every distinct entity that is reached, ascending by id.
  /// @throws Error{InvalidData} if a number is too large to weigh with.
  template <typename Visit>
  void for_each(EntityId from, Visit&& visit) const;
  /// Number of distinct entities that are reached.
  [[nodiscard]] std::size_t degree(EntityId from) const;
  /// Of the instances that join two neighbours the most confident one, ties by id.
  [[nodiscard]] EdgeId best_edge(EntityId from, EntityId to) const;

 private:
  struct Instance {
    EntityId entity{0};
    EdgeId edge{0};
  };

  /// Instances that are walked, ascending by where they lead: to one entity, else to all.
  [[nodiscard]] std::vector<Instance> instances(EntityId from,
                                                std::optional<EntityId> only = {}) const;
  /// Weight of a pair, and its instances that count left in front; 0 = not walked.
  double weigh(std::span<Instance>& pair) const;

  const EnterpriseGraph& graph_;
  PathStep step_;
  const std::vector<bool>* hidden_;
  Relation relation_;
  std::optional<FilteredRelation> filtered_;
};

template <typename Visit>
void StepView::for_each(EntityId from, Visit&& visit) const {
  if (!filtered_ && hidden_ == nullptr) {
    const auto none = std::span<const EntityId>{};
    const auto ahead = step_.direction == StepDirection::Backward ? none : relation_.targets(from);
    const auto behind = step_.direction == StepDirection::Forward ? none : relation_.sources(from);
    auto a = ahead.begin();
    auto b = behind.begin();
    while (a != ahead.end() || b != behind.end()) {
      const bool take_a = b == behind.end() || (a != ahead.end() && *a <= *b);
      const EntityId entity = take_a ? *a : *b;
      while (a != ahead.end() && *a == entity) ++a;
      while (b != behind.end() && *b == entity) ++b;
      visit(entity, 1.0);
    }
    return;
  }
  std::vector<Instance> found = instances(from);
  for (std::size_t first = 0; first < found.size();) {
    std::size_t last = first + 1;
    while (last < found.size() && found[last].entity == found[first].entity) ++last;
    std::span<Instance> pair(found.data() + first, last - first);
    const EntityId entity = found[first].entity;
    const double weight = weigh(pair);
    if (weight > 0) visit(entity, weight);
    first = last;
  }
}

}  // namespace liantu
