#pragma once

#include <array>
#include <optional>

#include "liantu/base/core/export.hpp"
#include "liantu/prospects/prospects.hpp"

namespace LIANTU_API liantu {

/// What parts two prospects.
struct ProspectComparison {
  std::array<double, kPartCount>
      ahead{};       ///< points of the first less those of the second, by part
  double score = 0;  ///< the same of the whole score: the sum of `ahead`
  std::optional<ScorePartKind>
      decides;  ///< the part that counts most for whoever has the higher score, of
                ///< several the first; nothing where the scores are equal

  friend bool operator==(const ProspectComparison&, const ProspectComparison&) = default;
};

/// Compares two rows that were ranked together. Differences are multiples of 0.01.
[[nodiscard]] ProspectComparison compare(const Prospect& first, const Prospect& second);

}  // namespace liantu
