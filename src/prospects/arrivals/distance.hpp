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

/// A point on the globe, in degrees.
struct Point {
  double latitude = 0;
  double longitude = 0;
};

/// The seat of the province that a place lies in; nothing when that is unknown.
[[nodiscard]] std::optional<Point> province_seat(RegionCode place);

/// Kilometres between two points as the crow flies, on a sphere of 6,371 km.
[[nodiscard]] double distance_km(Point one, Point other);

}  // namespace liantu
