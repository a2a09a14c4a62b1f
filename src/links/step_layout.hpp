#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "liantu/graph/graph.hpp"
#include "liantu/links/relation_path.hpp"

namespace liantu {

/// One step of a relation in one direction, laid out for walking: for every entity the distinct
/// entities it reaches, ascending.
class StepLayout {
 public:
  /// @param hidden  Instances of the relation that are looked away from, ascending.
  StepLayout(const EnterpriseGraph& graph, const PathStep& step, std::span<const EdgeId> hidden);

  [[nodiscard]] std::span<const EntityId> reached(EntityId from) const noexcept {
    const std::uint64_t begin = offsets_[raw(from)];
    return {targets_.data() + begin, static_cast<std::size_t>(offsets_[raw(from) + 1] - begin)};
  }
  [[nodiscard]] std::size_t degree(EntityId from) const noexcept {
    return static_cast<std::size_t>(offsets_[raw(from) + 1] - offsets_[raw(from)]);
  }

 private:
  std::vector<std::uint64_t> offsets_;
  std::vector<EntityId> targets_;
};

}  // namespace liantu
