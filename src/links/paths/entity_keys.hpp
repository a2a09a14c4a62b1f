#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "liantu/graph/graph.hpp"

namespace liantu {

/// Numbers by which entities are drawn: what an entity is called decides them, not the row in which
/// it stood, so that shuffled input draws the same. No two are equal.
class EntityKeys {
 public:
  /// Kind, code and name make a key; entities that share all three are told apart by their order.
  /// @complexity  O(n log n); n entities.
  explicit EntityKeys(const EnterpriseGraph& graph);

  [[nodiscard]] std::uint64_t operator()(EntityId entity) const noexcept {
    return keys_[raw(entity)];
  }
  /// Of every entity, by id.
  [[nodiscard]] std::span<const std::uint64_t> all() const noexcept { return keys_; }

 private:
  std::vector<std::uint64_t> keys_;
};

}  // namespace liantu
