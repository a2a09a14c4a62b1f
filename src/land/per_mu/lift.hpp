#pragma once

#include "liantu/land/per_mu/per_mu.hpp"

namespace liantu {

/// An item's score by its figures; the firm has both, the denominator above 0, and a base is known.
struct ItemReckoning {
  double score = 0;
  ScoredBy by = ScoredBy::Ratio;
};
[[nodiscard]] ItemReckoning reckon(const PerMuItem& item, double numerator, double denominator,
                                   double base);

/// Sum of a firm's items, scaled up where some are exempt, not rounded.
[[nodiscard]] double total(const PerMuClass& rules, const std::vector<ItemScore>& items);

/// What alone would bring a firm's sum to a score that lies above it.
[[nodiscard]] std::vector<LiftBy> lifts(const PerMuClass& rules,
                                        const std::vector<ItemScore>& items, double score);

}  // namespace liantu
