#pragma once

#include <cstdint>
#include <vector>

#include "chain/economy/sectors.hpp"
#include "liantu/chain/gaps/gaps.hpp"

namespace liantu {

/// Whether products of the buyers' own are known to need something of a sector.
enum class ByOwnProducts : std::uint8_t { No, Yes };

/// The kinds of a sector's goods that are worked up here and not plainly made here, largest weight first.
/// Who makes something of the sector and names no kind of it may make any.
///
/// @param gap     Needed, of a sector whose kinds are known; all its lists are filled but this one.
/// @param nearby  Number of makers nearby, listed or not.
[[nodiscard]] std::vector<KindNeed> kinds_needed(const EnterpriseGraph& graph,
                                                 const Sectors& sectors, const Gap& gap,
                                                 double nearby, ByOwnProducts by_own_products);

}  // namespace liantu
