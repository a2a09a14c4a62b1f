#include "chain/segments/segment_marks.hpp"

#include <algorithm>

namespace liantu {

SegmentMarks::SegmentMarks(const Taxonomy& taxonomy, Asked asked)
    : taxonomy_(taxonomy), asked_(asked), marked_(taxonomy.size()) {}

void SegmentMarks::mark(std::span<const std::uint32_t> segments) {
  for (const std::uint32_t position : positions_) marked_[raw(taxonomy_.at(position))] = false;
  positions_.clear();
  for (const std::uint32_t segment : segments) {
    marked_[segment] = true;
    positions_.push_back(taxonomy_.position(SegmentId{segment}));
  }
  std::ranges::sort(positions_);
  if (asked_ == Asked::FromAbove) return;
  next_.assign(taxonomy_.size(), kNone);
  for (std::uint32_t p = 0; p < taxonomy_.size(); ++p) {
    const SegmentId segment = taxonomy_.at(p);
    const std::span<const SegmentId> parents = taxonomy_.parents(segment);
    if (parents.size() != 1) continue;
    const SegmentId parent = parents.front();
    // A parent stands before what has no other one, but on a circle.
    if (stops(parent)) {
      next_[raw(segment)] = parent;
    } else if (taxonomy_.position(parent) < p) {
      next_[raw(segment)] = next_[raw(parent)];
    }
  }
}

}  // namespace liantu
