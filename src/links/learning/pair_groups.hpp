#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "base/core/hash_map.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/links/learning/pair_features.hpp"
#include "links/backtest/visible_links.hpp"
#include "links/paths/entity_keys.hpp"

namespace liantu {

/// Groups of firms (see FirmGrouping) and how many visible links lead between them.
class PairGroups {
 public:
  PairGroups(const EnterpriseGraph& graph, const VisibleLinks& links, const EntityKeys& keys,
             FirmGrouping wanted);

  /// Never Auto.
  [[nodiscard]] FirmGrouping grouping() const noexcept { return grouping_; }
  /// Number of an entity's group; -1 = not known.
  [[nodiscard]] std::int32_t of(EntityId entity) const { return group_[raw(entity)]; }
  /// Links of sources of a group, and of those to candidates of another.
  [[nodiscard]] std::uint64_t links_of(std::int32_t group) const {
    return links_[static_cast<std::size_t>(group)];
  }
  [[nodiscard]] std::uint64_t links_between(std::int32_t from, std::int32_t to) const;
  /// What sources of a group link to most, the most linked first; of -1, what all link to.
  [[nodiscard]] std::span<const EntityId> popular(std::int32_t group) const {
    return popular_[group < 0 ? links_.size() : static_cast<std::size_t>(group)];
  }

 private:
  /// @return  How many groups there are.
  std::size_t assign(const EnterpriseGraph& graph, FirmGrouping wanted);
  void count(const EnterpriseGraph& graph, const VisibleLinks& links, const EntityKeys& keys,
             std::size_t groups);

  FirmGrouping grouping_ = FirmGrouping::None;
  std::vector<std::int32_t> group_;
  std::vector<std::uint64_t> links_;
  HashMap<std::pair<std::int32_t, std::int32_t>, std::uint64_t> between_;
  std::vector<std::vector<EntityId>> popular_;  ///< of every group, at the end of all
};

}  // namespace liantu
