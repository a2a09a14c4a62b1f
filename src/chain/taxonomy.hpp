#pragma once

#include <cstdint>
#include <vector>

#include "liantu/graph/graph.hpp"

namespace liantu {

/// The `part_of` relation seen as a taxonomy. Chains group segments and are no segments themselves:
/// nobody makes a chain, so they are left out.
class Taxonomy {
 public:
  explicit Taxonomy(const EnterpriseGraph& graph);

  /// Whether the segment is a chain.
  [[nodiscard]] bool chain(SegmentId segment) const { return chain_[raw(segment)]; }
  /// The segment and all below it, the segment first, then level by level; each once.
  [[nodiscard]] std::vector<SegmentId> below(SegmentId segment) const;
  /// All above a segment, nearest level first, without the segment; each once.
  [[nodiscard]] std::vector<SegmentId> above(SegmentId segment) const;
  /// The `requires` of a segment: its own, else those of the nearest segments above it that have
  /// some.
  [[nodiscard]] std::vector<EdgeId> inputs(SegmentId segment) const;

 private:
  enum class Way { Up, Down };
  [[nodiscard]] std::vector<SegmentId> walk(SegmentId segment, Way way) const;

  const EnterpriseGraph& graph_;
  std::vector<bool> chain_;
};

}  // namespace liantu
