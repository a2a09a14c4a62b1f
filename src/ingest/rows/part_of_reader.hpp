#pragma once

#include <cstdint>
#include <vector>

#include "ingest/cells/mention.hpp"
#include "ingest/who/segment_registry.hpp"
#include "liantu/base/text/problem.hpp"
#include "liantu/graph/builder.hpp"

namespace liantu {

/// Which segment is part of which, without a circle.
class PartOfReader {
 public:
  /// @param problems  Where rows go that would close a circle.
  PartOfReader(GraphBuilder& builder, const SegmentRegistry& segments,
               std::vector<Problem>& problems)
      : builder_(builder), segments_(segments), problems_(problems) {}

  /// Relates a segment to the one it is part of; false when that would close a circle.
  ///
  /// @param said      The parent as the row names it.
  /// @param severity  What a circle costs the row.
  bool add(std::uint32_t child, std::uint32_t parent, const Mention& said, Severity severity);

 private:
  [[nodiscard]] bool lies_above(std::uint32_t one, std::uint32_t other) const;
  [[nodiscard]] std::vector<std::uint32_t> way_up(std::uint32_t from, std::uint32_t to) const;

  GraphBuilder& builder_;
  const SegmentRegistry& segments_;
  std::vector<Problem>& problems_;
  std::vector<std::vector<std::uint32_t>> parents_;   // by segment
  std::vector<std::vector<std::uint32_t>> children_;  // likewise
};

}  // namespace liantu
