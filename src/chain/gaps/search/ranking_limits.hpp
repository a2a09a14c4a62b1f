#pragma once

#include <cstdint>

#include "liantu/chain/gaps/gaps.hpp"

namespace liantu {

/// Missing and weak gaps stand first, then hidden ones, then extensions.
[[nodiscard]] constexpr int kind_rank(GapKind kind) {
  return kind == GapKind::Extension ? 2 : kind == GapKind::Hidden ? 1 : 0;
}

// What orders needs that nobody states an amount of, sectors and kinds of their goods alike.

// So many makers here, or nearby, make a gap of their kind only: it stands behind those that nobody fills.
inline constexpr std::uint32_t kManyMakers = 10;
inline constexpr double kManyNearby = 60;
// So many makers, however small, halve what a need counts: they say that its kinds are made here.
inline constexpr double kFewMakers = 3;
// So many nearby halve what a need counts.
inline constexpr double kSomeNearby = 15;
// Fewer buyers, no anchor among them, put a gap behind those of more.
inline constexpr std::uint32_t kFewBuyers = 3;
inline constexpr double kSmallBuyersCny = 2e7;  // of registered capital together
// How much more a sector counts of which the buyers' own products are known to need something.
inline constexpr double kOwnProducts = 2;

}  // namespace liantu
