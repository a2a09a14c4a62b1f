#pragma once

#include <optional>
#include <string>
#include <vector>

#include "liantu/base/basis.hpp"
#include "liantu/graph/graph.hpp"

namespace liantu {

/// CNY of output a year that a unit of something else stands for, as a statistic says.
struct OutputFactor {
  std::optional<SegmentId> segment;  ///< of whose makers it is true, those of segments below it
                                     ///< included; of all makers when empty
  EntityNumber per = EntityNumber::Staff;  ///< what is counted: staff, land, energy, capital …
  double cny_per_unit = 0;                 ///< above 0
  std::string source;                      ///< where the factor is from; required
};

/// A user's table of factors, with which outputs that nobody states are estimated: of the factors
/// whose number the firm has, that of the nearest segment, ties the first. A firm that makes
/// several things is estimated by the share of revenue that it states for one of them, and not at
/// all where it states none: nothing says how its output divides.
using OutputFactors = std::vector<OutputFactor>;

}  // namespace liantu
