#pragma once

#include <span>

#include "chain/firms/production.hpp"
#include "liantu/chain/firms/district.hpp"

namespace liantu {

/// choose_anchors() where the district's firms are known already.
/// @param productions  What firms make, whatever its confidence.
/// @param local        Firms of the district, ascending.
[[nodiscard]] Anchors choose_anchors_among(const EnterpriseGraph& graph,
                                           const Productions& productions,
                                           std::span<const FirmId> local, const District& district,
                                           const AnchorOptions& options);

}  // namespace liantu
