#pragma once

#include <optional>

#include "liantu/base/regions/region.hpp"

namespace liantu {

/// How far two places lie apart as the crow flies, in kilometres: between the seats of their
/// provinces, which is all that a code tells without a map; 0 within one province.
///
/// @return      Nothing when one is unknown or its province has no entry.
/// @complexity  O(1).
/// @source      Seats of provinces to a tenth of a degree, which is common knowledge; distances on a
///              sphere of 6,371 km.
[[nodiscard]] std::optional<double> distance_km(RegionCode one, RegionCode other);

}  // namespace liantu
