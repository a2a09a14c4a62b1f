#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/core/ids.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/graph/kinds.hpp"

namespace LIANTU_API liantu {

/// CNY of output a year that a unit of something else stands for, as a statistic says.
struct OutputFactor {
  std::optional<SegmentId> segment;  ///< of whose makers it is true, those of segments below it
                                     ///< included; of all makers when empty
  std::optional<EntityNumber> per = EntityNumber::Staff;  ///< what is counted: staff, land, energy,
                                                          ///< capital …; each firm when empty
  double cny_per_unit = 0;  ///< above 0; 0 to leave the outputs of these makers unestimated, where
                            ///< nothing that is known of them tells their output (holdings)
  std::string source;       ///< where the factor is from; required

  friend bool operator==(const OutputFactor&, const OutputFactor&) = default;
};

/// A user's table of factors, with which outputs that nobody states are estimated: of the factors
/// whose number the firm has, that of the nearest segment, ties the first. A firm that makes
/// several things is estimated by the share of revenue that it states for one of them, and not at
/// all where it states none: nothing says how its output divides.
using OutputFactors = std::vector<OutputFactor>;

/// What a factor counts: `capital`, `staff`, `revenue`, `land`, `energy`, …, or `firm` for nothing
/// but the firm itself: the word in tables and JSON.
[[nodiscard]] std::string_view factor_basis_word(std::optional<EntityNumber> per);
/// What a unit of it is called: CNY of registered capital 元注册资本.
[[nodiscard]] Text factor_basis_text(std::optional<EntityNumber> per);

}  // namespace liantu
