#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "liantu/graph/graph.hpp"
#include "liantu/links/backtest/link_task.hpp"

namespace liantu {

/// What a task leaves visible of its relation, as seen from its sources: for every entity the
/// distinct entities onwards (at the end that is ranked) and back, ascending.
class VisibleLinks {
 public:
  VisibleLinks(const EnterpriseGraph& graph, const LinkTask& task);

  [[nodiscard]] std::span<const EntityId> onwards(EntityId from) const { return onwards_.of(from); }
  [[nodiscard]] std::span<const EntityId> back(EntityId from) const { return back_.of(from); }
  [[nodiscard]] bool joined(EntityId a, EntityId b) const;
  [[nodiscard]] std::size_t size() const noexcept { return onwards_.targets.size(); }

 private:
  struct Rows {
    std::vector<std::uint64_t> offsets;
    std::vector<EntityId> targets;
    [[nodiscard]] std::span<const EntityId> of(EntityId from) const {
      return {targets.data() + offsets[raw(from)],
              static_cast<std::size_t>(offsets[raw(from) + 1] - offsets[raw(from)])};
    }
  };
  Rows onwards_;
  Rows back_;
};

}  // namespace liantu
