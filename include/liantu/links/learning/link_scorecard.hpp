#pragma once

#include <span>
#include <string>
#include <vector>

#include "liantu/base/core/export.hpp"

namespace LIANTU_API liantu {

/// Points that a feature in [0, 1] can earn a pair.
struct LinkPoints {
  std::string feature;  ///< one of pair_features() with unit `share` or `1` that never exceeds 1
  double points = 0;    ///< > 0

  friend bool operator==(const LinkPoints&, const LinkPoints&) = default;
};

/// A scorecard over pairs that anyone can compute: points times value, added up. A larger value
/// never lowers the score; what is missing earns nothing.
struct LinkScorecard {
  std::vector<LinkPoints> points;

  friend bool operator==(const LinkScorecard&, const LinkScorecard&) = default;
};

/// The scorecard used when a policy names none.
[[nodiscard]] LinkScorecard default_link_scorecard();

/// Sees that a scorecard is well formed.
/// @throws Error{InvalidArgument}, naming the feature and those there are, unless every feature is
///         known, lies in [0, 1] and stands once, and its points are positive and finite.
void check_link_scorecard(const LinkScorecard& scorecard);

/// What each feature earns a pair, in the order of the scorecard; they sum to the score.
/// @param values  pair_features() of the pair.
[[nodiscard]] std::vector<double> link_points(const LinkScorecard& scorecard,
                                              std::span<const float> values);

}  // namespace liantu
