#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "liantu/prospects/policy.hpp"
#include "liantu/prospects/prospects.hpp"
#include "prospects/score/assessment.hpp"

namespace liantu {

/// The weights of one draw as multiples of the policy's, by part; 0 of a part without weight.
using DrawnFactors = std::array<double, kPartCount>;

/// Draws weights from the Dirichlet distribution whose means are the policy's.
///
/// @param policy  Well formed.
/// @param draw    Which of the draws; each is independent of the others, and of the threads.
/// @return        Factors of a sum of 100 points; where all parameters are so small that nothing is
///                drawn, those of the policy itself: 1.
/// @source        Marsaglia, Tsang (2000), doi:10.1145/358407.358414, for gamma variates; Box, Muller
///                (1958), doi:10.1214/aoms/1177706645, for normal ones.
[[nodiscard]] DrawnFactors drawn_factors(const Policy& policy, std::uint64_t seed,
                                         std::size_t draw);

/// The whole points of a firm in a draw: a half counts as one.
[[nodiscard]] std::uint32_t drawn_points(const PartCents& firm, const DrawnFactors& factors);

/// What draw_weights() is asked: how often, from where, and of how many ranks.
struct DrawQuestion {
  std::size_t draws = 0;
  std::uint64_t seed = 0;
  std::size_t top = 0;
};

/// Where some of the firms stand among all when the weights are drawn anew. Firms of the same whole
/// points share a rank, as in RankOrder.
///
/// @param parts   Of all firms.
/// @param wanted  Positions in `parts`.
/// @param look    Called now and then, from any thread; what it throws ends the call.
/// @param news    Told how many of how many steps are done, by the calling thread; may be empty.
/// @return        One entry for each of `wanted`.
/// @complexity    O(draws · (firms + wanted) · parts), on all cores; memory O(firms · parts + draws ·
///                (parts + 100)).
[[nodiscard]] std::vector<WeightDraws> draw_weights(
    const Policy& policy, const DrawQuestion& asked, std::span<const PartCents> parts,
    std::span<const std::uint32_t> wanted, const std::function<void()>& look,
    const std::function<void(std::size_t, std::size_t)>& news = {});

}  // namespace liantu
