#pragma once

#include "liantu/chain/firms/district.hpp"

namespace liantu {

/// standing() and nearby() of the firms whose region has this code, which may be unknown.
[[nodiscard]] Standing standing(RegionCode region, const District& district);
[[nodiscard]] bool nearby(RegionCode region, const District& district);

}  // namespace liantu
