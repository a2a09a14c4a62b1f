#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/regions/region.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/graph/output_factors.hpp"

namespace LIANTU_API liantu {

/// The district examined and what counts as close to it and as elsewhere.
struct District {
  RegionCode region;  ///< whose chains are examined; required
  RegionCode near;  ///< where a maker is close enough to buy from; the district's city when unknown
  RegionCode source_outside;  ///< prospects are registered outside it; the district's province when
                              ///< unknown
};

/// Fills in what a District leaves open.
/// @throws Error{InvalidArgument} if the region is unknown; Error{NotFound} if one of the three is
///          no division of GB/T 2260.
[[nodiscard]] District complete_district(const District& district);

/// Where a firm stands as seen from a district: whether it may be brought in.
enum class Standing : std::uint8_t {
  Inside,   ///< in the district
  Home,     ///< not in it, but inside `source_outside`: no prospect
  Outside,  ///< outside `source_outside`: may be a prospect
  Unknown,  ///< nothing tells its region, or its code is coarser than the question; never assumed
            ///< to be outside
};

/// Where a firm stands as seen from a completed district. O(1).
[[nodiscard]] Standing standing(const EnterpriseGraph& graph, FirmId firm,
                                const District& district);

/// Whether a firm stands in `near` of a completed district, but not in the district: close enough
/// to buy from, at home or outside. False when its region is unknown or coarser than `near`. O(1).
[[nodiscard]] bool nearby(const EnterpriseGraph& graph, FirmId firm, const District& district);

/// Where the anchors come from.
enum class AnchorBasis : std::uint8_t {
  Given,
  Column,
  LargestOutput,
  EstimatedOutput,  ///< as LargestOutput, but the output of some was estimated with factors
  LargestCapital,
  None,
};

/// The anchor firms of a district.
struct Anchors {
  std::vector<FirmId> firms;  ///< ascending
  AnchorBasis basis = AnchorBasis::None;
  std::size_t assumed = 0;  ///< how many of them are newcomers

  /// A sentence that says how they were chosen.
  [[nodiscard]] Text said() const;
};

/// Options of choose_anchors().
struct AnchorOptions {
  std::vector<std::string> given;  ///< names or codes; when empty the anchor column decides, else
                                   ///< size
  std::size_t largest = 10;        ///< how many are taken when size decides; 1..1000
  OutputFactors factors;  ///< estimates of outputs where size decides and neither output nor
                          ///< revenue is stated; find_gaps() takes those of GapOptions
};

/// Chooses the anchors of a district: those given, else those whose table says so, else the largest
/// makers by output, each yuan once, or, where a maker states none, revenue, or, where it does not
/// state that either, output estimated with factors; else by registered capital. A firm given may
/// be of unknown region, but not from elsewhere: the district's firms are what anchors are chosen
/// among.
///
/// @throws Error{NotFound} if a name given fits no firm; Error{InvalidArgument} if it fits several,
///          naming them, or a firm that is not in the district, or if `largest` is out of range or
///          a factor is refused.
/// @complexity  O(M t + firms log firms); M `makes` of local firms, t taxonomy depth. Names given
///              are looked up in O(firms) each.
[[nodiscard]] Anchors choose_anchors(const EnterpriseGraph& graph, const District& district,
                                     const AnchorOptions& options = {});

}  // namespace liantu
