#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "liantu/base/core/export.hpp"

namespace LIANTU_API liantu {

/// Turns margins into probabilities: a rising line through knots, level beyond the outermost.
struct Calibration {
  std::vector<double> margins;        ///< strictly ascending
  std::vector<double> probabilities;  ///< parallel, not descending, in [0, 1]

  [[nodiscard]] double probability(double margin) const;

  friend bool operator==(const Calibration&, const Calibration&) = default;
};

/// Isotonic regression of labels on margins by pooling adjacent violators.
///
/// @param margins  Finite.
/// @param labels   0 or 1, as many as margins.
/// @return         Empty, so that every probability is 0, when there are no margins. A knot stands
///                 at the mean margin of each pool.
/// @throws Error{InvalidArgument} if the columns differ in length or a margin is not finite.
/// @complexity     O(n log n).
/// @source         Zadrozny, Elkan (2002), doi:10.1145/775047.775151
[[nodiscard]] Calibration calibrate(std::span<const double> margins,
                                    std::span<const std::uint8_t> labels);

/// Pairs of similar probability: what was predicted and what came true.
struct ReliabilityRow {
  double said = 0;       ///< mean predicted probability
  double came_true = 0;  ///< share of the pairs that are linked
  std::size_t pairs = 0;

  friend bool operator==(const ReliabilityRow&, const ReliabilityRow&) = default;
};

/// Compares probabilities with what came true.
///
/// @param probabilities  In [0, 1].
/// @param labels         0 or 1, as many.
/// @return               Ascending bands [0, 0.001), [0.001, 0.01), [0.01, 0.02), [0.02, 0.05),
///                       [0.05, 0.1), [0.1, 0.2), [0.2, 0.5), [0.5, 1]; empty ones are left out.
/// @throws Error{InvalidArgument} if the columns differ in length.
/// @source  Niculescu-Mizil, Caruana (2005), doi:10.1145/1102351.1102430
[[nodiscard]] std::vector<ReliabilityRow> reliability(std::span<const double> probabilities,
                                                      std::span<const std::uint8_t> labels);

}  // namespace liantu
