#include "liantu/graph/arrival.hpp"

namespace liantu {

RegionCode place_of(RegionCode region) {
  if (region.level() != RegionLevel::District) return region;
  switch (region.value() / 10000) {
    case 11:
    case 12:
    case 31:
    case 50:
      return region;
    default:
      return region.city();
  }
}

}  // namespace liantu
