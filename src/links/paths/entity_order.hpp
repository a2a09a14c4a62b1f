#pragma once

#include <cstdint>

#include "liantu/graph/graph.hpp"
#include "links/paths/huge_pages.hpp"

namespace liantu {

/// Places of entities in an order in which those with many relations stand together at the end, so
/// that what is touched most often shares few cache lines. Ascending by the number of relation
/// instances of all kinds, ties by id.
class EntityOrder {
 public:
  explicit EntityOrder(const EnterpriseGraph& graph);

  [[nodiscard]] std::uint32_t size() const noexcept {
    return static_cast<std::uint32_t>(entities_.size());
  }
  [[nodiscard]] std::uint32_t place(EntityId entity) const noexcept { return places_[raw(entity)]; }
  [[nodiscard]] EntityId entity(std::uint32_t place) const noexcept { return entities_[place]; }

 private:
  HugeVector<std::uint32_t> places_;
  HugeVector<EntityId> entities_;
};

}  // namespace liantu
