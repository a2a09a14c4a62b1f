#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "liantu/prospects/arrivals/arrival_model.hpp"
#include "prospects/arrivals/arrival_history.hpp"

namespace liantu {

/// Who came to one place within a window and, drawn, who might have.
struct ArrivalSample {
  std::vector<ArrivalFactors> came;
  std::vector<bool> works;  ///< parallel to `came`: whether to make or operate something
  std::vector<ArrivalFactors> others;
  double share = 1;  ///< of the others that were drawn; (0, 1]
};

/// Firms of the graph that came to places within years and had not been there: by place, ascending
/// positions among the candidates of the history.
[[nodiscard]] std::vector<std::vector<std::uint32_t>> came_within(const ArrivalGround& ground,
                                                                  const ArrivalHistory& history,
                                                                  int until, bool works_only);

/// Samples of all places with arrivals enough from one year until before another.
/// @param most_others  About how many that did not come are drawn a place.
[[nodiscard]] std::vector<ArrivalSample> samples_of(const ArrivalGround& ground, int from,
                                                    int until, std::size_t least,
                                                    std::size_t most_others, std::uint64_t seed);

}  // namespace liantu
