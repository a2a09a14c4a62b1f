#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "liantu/graph/graph.hpp"

namespace liantu {

/// A segment above another one and how many levels up.
struct Ancestor {
  SegmentId segment{0};
  std::uint32_t level = 0;
};

/// The `part_of` relation seen as a taxonomy. Chains group segments and are no segments themselves:
/// nobody makes a chain, so they are left out.
class Taxonomy {
 public:
  explicit Taxonomy(const EnterpriseGraph& graph);

  /// Whether the segment is a chain.
  [[nodiscard]] bool chain(SegmentId segment) const { return chain_[raw(segment)]; }
  /// The segment itself at level 0, then all above it, nearest level first; each once.
  [[nodiscard]] std::span<const Ancestor> line(SegmentId segment) const {
    const std::size_t first = line_offsets_[raw(segment)];
    return std::span(lines_).subspan(first, line_offsets_[raw(segment) + 1] - first);
  }
  /// The segment and all below it, the segment first, then level by level; each once.
  [[nodiscard]] std::vector<SegmentId> below(SegmentId segment) const;
  /// All above a segment, nearest level first, without the segment; each once.
  [[nodiscard]] std::vector<SegmentId> above(SegmentId segment) const;
  /// The `requires` of a segment: its own, else those of the nearest segments above it that have
  /// some.
  [[nodiscard]] std::vector<EdgeId> inputs(SegmentId segment) const;

 private:
  const EnterpriseGraph& graph_;
  std::vector<bool> chain_;
  std::vector<std::size_t> line_offsets_;  // by segment
  std::vector<Ancestor> lines_;
};

}  // namespace liantu
