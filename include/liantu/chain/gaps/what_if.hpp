#pragma once

#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/chain/gaps/gap_diff.hpp"
#include "liantu/chain/gaps/gaps.hpp"

namespace LIANTU_API liantu {

/// Firms that come to a district and firms that leave it.
struct DistrictChange {
  std::vector<FirmId> come;         ///< firms of the graph that do not stand in the district
  std::vector<FirmId> leave;        ///< firms of the district
  std::vector<Newcomer> newcomers;  ///< firms of no table that come, see Newcomer
};

/// What would become of a district's gaps.
struct WhatIf {
  GapReport before;
  GapReport after;  ///< its newcomers are those that came
  GapDiff diff;
};

/// Asks what would become of a district's gaps if firms came or left: which close, open, grow or
/// shrink, and the yuan moved. A firm that comes makes and needs what the graph says of it, and
/// sells all of it here as a local maker would; so does a newcomer, as far as it is assumed. The
/// graph stays as it is.
///
/// @param options  As for find_gaps(); newcomers of its own are there before and after. Its anchors
///                 are chosen once, before the change; one that leaves is none after it, a newcomer
///                 is one where it says so.
/// @return         See WhatIf.
/// @throws Error{InvalidArgument} if a firm comes that is there, leaves that is not, does both, or
///         if nobody would be left; what find_gaps() throws.
/// @complexity  Twice that of GapFinder::find().
[[nodiscard]] WhatIf what_if(const EnterpriseGraph& graph, const GapFinder& finder,
                             const GapOptions& options, const DistrictChange& change);

}  // namespace liantu
