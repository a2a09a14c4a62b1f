#pragma once

#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/base/values/basis.hpp"
#include "liantu/graph/graph.hpp"

namespace LIANTU_API liantu {

/// What is sold to final users: not bought again as an input by those whose sales are summed.
struct FinalSales {
  SegmentId segment{0};
  Figure amount;  ///< CNY per year, 0 or more

  friend bool operator==(const FinalSales&, const FinalSales&) = default;
};

/// Final sales of chosen firms: what they make, each yuan once, less what one of them is known to
/// sell to another and what each needs itself of what it makes, as far as it makes it. What one
/// sells another unsaid stays in it. Applied to all firms of a place it would be wrong: what one
/// sells another buys.
///
/// @param anchors  Each once.
/// @return         One entry a segment, ascending; segments of which no output is known are left
///                 out.
/// @complexity     O(M (t + R) + P); M `makes` and P `supplies` of the firms, t taxonomy depth, R
///                 inputs of a product.
[[nodiscard]] std::vector<FinalSales> final_sales(const EnterpriseGraph& graph,
                                                  std::span<const FirmId> anchors,
                                                  double min_confidence = 0.3);

/// An amount of final sales of chosen firms by what they make: all of it where that is one thing,
/// else in proportion to their outputs.
///
/// @param anchors  Each once.
/// @param amount   CNY per year, 0 or more.
/// @return         One entry a segment, ascending.
/// @throws Error{InvalidArgument} if they make nothing, or several things of which an output is not
///         known or all are 0.
/// @complexity     O(M t); M `makes` of the firms, t taxonomy depth.
[[nodiscard]] std::vector<FinalSales> split_final_sales(const EnterpriseGraph& graph,
                                                        std::span<const FirmId> anchors,
                                                        Figure amount, double min_confidence = 0.3);

/// Options of total_requirement().
struct TotalRequirementOptions {
  double min_confidence = 0.3;  ///< a `requires` trusted less is left out; [0, 1]
  double tolerance = 1e-9;      ///< relative error of each total; [1e-12, 1e-3]
  std::stop_token stop;         ///< asks a long run to end early
};

/// What a segment must deliver for final sales.
struct SegmentRequirement {
  SegmentId segment{0};
  Figure total;      ///< CNY per year: final sales and all that is bought to make them, directly or
                     ///< through any number of steps
  double final = 0;  ///< the final sales among it

  friend bool operator==(const SegmentRequirement&, const SegmentRequirement&) = default;
};

/// What total_requirement() found.
struct TotalRequirement {
  std::vector<SegmentRequirement> segments;  ///< largest total first, ties by segment; none of 0
  double output_multiplier = 0;    ///< sum of totals over sum of final sales; 0 without final sales
  double residual = 0;             ///< largest |x − A x − f| over the largest total
  std::vector<SegmentId> costly;   ///< reached segments whose inputs cost as much as they sell for,
                                   ///< or more: their coefficients need a look; ascending
  std::size_t unknown_inputs = 0;  ///< `requires` of reached segments without a coefficient, left
                                   ///< out: totals may be larger

  /// Warnings about `costly` and `unknown_inputs`; none when there is nothing to warn of.
  [[nodiscard]] std::vector<Text> warnings(const EnterpriseGraph& graph) const;
};

/// The total requirement x = (I − A)⁻¹ f for final sales f. Circles of segments that need each
/// other are found and each is solved on its own, so that what does not run in a circle is exact.
///
/// @param graph  `requires` relations, as later_rounds() reads them.
/// @param sales  Final sales; several of one segment add.
/// @return       See TotalRequirement. The basis of a total is the softest of all that it rests on.
/// @throws Error{InvalidArgument} if an option lies outside its range or sales are negative or not
///         finite; Error{InvalidData} if the spectral radius of A, as far as it is reached, is 1 or
///         more, naming the segments of the circle; Error{Cancelled}.
/// @complexity  O(S + R) without circles; for each circle O(r) a step, log(tolerance) / log(ρ)
///              steps; S segments reached, R their `requires`, r those within the circle, ρ its
///              spectral radius.
/// @source  Leontief (1936), doi:10.2307/1927837; Collatz (1942), doi:10.1007/BF01180013, for
///          bounds of the spectral radius.
[[nodiscard]] TotalRequirement total_requirement(const EnterpriseGraph& graph,
                                                 std::span<const FinalSales> sales,
                                                 const TotalRequirementOptions& options = {});

}  // namespace liantu
