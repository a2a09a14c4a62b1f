#pragma once

#include <array>
#include <optional>

#include "liantu/base/core/export.hpp"
#include "liantu/prospects/prospects.hpp"

namespace LIANTU_API liantu {

/// What parts two prospects.
struct ProspectComparison {
  /// Points of the first less those of the second, by part.
  std::array<double, kPartCount> ahead{};
  double score = 0;  ///< the same of the whole score: the sum of `ahead`
  /// The part that counts most for whoever has the higher score, of several the first; nothing
  /// where the scores are equal.
  std::optional<ScorePartKind> decides;

  friend bool operator==(const ProspectComparison&, const ProspectComparison&) = default;
};

/// Compares two rows that were ranked together. Differences are multiples of 0.01.
[[nodiscard]] ProspectComparison compare(const Prospect& first, const Prospect& second);

}  // namespace liantu
