#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "liantu/base/core/export.hpp"
#include "liantu/base/core/ids.hpp"
#include "liantu/base/regions/region.hpp"
#include "liantu/base/values/date.hpp"

namespace LIANTU_API liantu {

/// A firm that opened something in a place other than its own: a dated relation Firm → place.
/// Kept beside a graph, which holds the firms.
struct Arrival {
  std::optional<FirmId> firm;  ///< who came; nothing where the graph does not know it
  RegionCode home;             ///< its place_of(); unknown where nothing tells
  RegionCode place;            ///< where it came to, a place_of(); known
  Date date;                   ///< known at least to the year
  bool works = false;          ///< whether something is made, developed or operated there
  std::uint32_t row = 0;       ///< of the table, the header being row 1; 0 = of none

  friend bool operator==(const Arrival&, const Arrival&) = default;
};

/// A place that firms come to, as a table calls it.
struct ArrivalPlace {
  RegionCode code;   ///< a place_of()
  std::string name;  ///< as written: `江西/南昌` of two columns, else the one cell

  friend bool operator==(const ArrivalPlace&, const ArrivalPlace&) = default;
};

/// Where a place lies.
struct PlacePoint {
  RegionCode code;       ///< a place_of()
  std::string name;      ///< as written; may be empty
  double longitude = 0;  ///< degrees east
  double latitude = 0;   ///< degrees north

  friend bool operator==(const PlacePoint&, const PlacePoint&) = default;
};

/// The place that counts as one when arrivals are: the city, in the four municipalities the
/// district. A province for a region known no narrower; unknown for unknown.
[[nodiscard]] RegionCode place_of(RegionCode region);

}  // namespace liantu
