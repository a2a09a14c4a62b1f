#pragma once

#include <cstddef>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/core/ids.hpp"

namespace LIANTU_API liantu {

/// A set of entities of one graph: a bit for each up to the largest in it.
class EntitySet {
 public:
  EntitySet() = default;

  void insert(EntityId entity) {
    const std::size_t place = raw(entity);
    if (place >= bits_.size()) bits_.resize(place + 1);
    bits_[place] = true;
  }
  [[nodiscard]] bool contains(EntityId entity) const noexcept {
    return raw(entity) < bits_.size() && bits_[raw(entity)];
  }

 private:
  std::vector<bool> bits_;
};

}  // namespace liantu
