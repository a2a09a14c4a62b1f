#pragma once

#include <cstddef>
#include <cstdint>

#include "base/core/hash_map.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/chain/structure/criticality.hpp"

namespace liantu {

/// Looks criticality up by segment.
class CriticalGaps {
 public:
  /// @param criticality  Lives longer; null when nothing is known of it.
  explicit CriticalGaps(const Criticality* criticality);

  /// Null when losing the segment stops nothing.
  [[nodiscard]] const SegmentCriticality* of(SegmentId segment) const;
  /// Whether more than half of all products need it.
  [[nodiscard]] bool ubiquitous(SegmentId segment) const;

 private:
  struct KnownCriticality {
    const SegmentCriticality* found = nullptr;
    bool ubiquitous = false;
  };

  HashMap<std::uint32_t, KnownCriticality> by_segment_;
};

/// What a column of criticality means, and what it rests on.
[[nodiscard]] Text criticality_note(const Criticality& criticality);

/// Said of the last rows of a list by criticality.
[[nodiscard]] Text apart_note(std::size_t rows);

}  // namespace liantu
