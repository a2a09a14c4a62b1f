#pragma once

#include <optional>
#include <vector>

#include "liantu/graph/graph.hpp"

namespace liantu {

/// Which segment stands at the top of the taxonomy above another one. What is found is kept: all
/// segments together take O(S + their `part_of`), however deep the taxonomy is.
class TopmostAncestors {
 public:
  explicit TopmostAncestors(const EnterpriseGraph& graph)
      : graph_(graph), tops_(graph.size(EntityKind::Segment)) {}

  /// Nothing when nothing is above it. Of several parents the first by name counts, so that
  /// the order of rows decides nothing.
  [[nodiscard]] std::optional<SegmentId> of(SegmentId segment);

 private:
  const EnterpriseGraph& graph_;
  std::vector<std::optional<SegmentId>> tops_;  // by segment, itself where nothing is above
};

}  // namespace liantu
