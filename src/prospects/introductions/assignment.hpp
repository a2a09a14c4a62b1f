#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/run/stopping.hpp"

namespace liantu {

/// A firm's wish to be called by somebody.
struct CallOffer {
  std::uint32_t introducer = 0;
  std::int64_t cost = 0;  ///< not negative
};

/// Shares the calls of a list out: as many firms as can be are called; where somebody must go without, it
/// is who stands last; of all ways to do so the one whose costs sum up to the least.
///
/// One firm after the other is joined by a cheapest chain of moves that ends at somebody with a call left.
/// Those called before stay called, which leaves out who stands last, since the sets of firms that can be
/// called together are a matroid. Introducers from whom no chain leads to a call left are full for good, as
/// are those whom their firms could be moved to, and are not looked at again.
///
/// @param offers  By firm, most wanted first; each introducer at most once a firm.
/// @param calls   By introducer: most firms that they call.
/// @return        By firm: index of the offer taken; nothing for who goes without. Where several ways cost
///                the same the order of firms and offers decides.
/// @throws Error{Cancelled}
/// @complexity  A firm costs the offers of those called by introducers who are full and nearer than the
///              nearest call left; O(F · offers · log) at worst, F firms.
/// @source      Jonker, Volgenant (1987), doi:10.1007/BF02278710; Edmonds, Karp (1972),
///              doi:10.1145/321694.321699.
[[nodiscard]] std::vector<std::optional<std::size_t>> share_calls_out(
    std::span<const std::vector<CallOffer>> offers, std::span<const std::uint32_t> calls,
    const Stopping& stopping);

}  // namespace liantu
