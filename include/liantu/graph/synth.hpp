#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>

#include "liantu/base/core/export.hpp"
#include "liantu/base/run/progress.hpp"
#include "liantu/graph/graph.hpp"

namespace LIANTU_API liantu {

/// Fewest and most relations of a synthetic country.
inline constexpr std::uint64_t kFewestSynthRelations = 10'000;
inline constexpr std::uint64_t kMostSynthRelations = 100'000'000;
/// Fewest segments of a synthetic country; at most half as many as it has firms.
inline constexpr std::uint32_t kFewestSynthSegments = 13;

/// Options of synthesize().
struct SynthOptions {
  std::uint64_t relations = 1'000'000;  ///< of all kinds together; 10^4..10^8
  std::uint64_t seed = 1;
  std::optional<std::uint32_t> segments;  ///< products and their industries, one industry for
                                          ///< twelve products; twice the root of the firms as
                                          ///< products when not given
  std::stop_token stop;                   ///< asks a long run to end early
  Progress progress;                      ///< stages `firm` and `supplies`; may be empty
};

/// Makes a country that does not exist, for measuring speed and memory at any size. One firm for
/// ten relations; sizes with a heavy tail; products along a chain, in industries; `makes`,
/// `requires` and `part_of`; and `supplies` in which the suppliers of one customer make different
/// inputs of what it makes, larger and nearer ones more often. A link depends on the sizes,
/// products and districts of its two firms alone, never on other links, so that no scorer of links
/// is favoured; how a ranking does on it is not evidence of how it does on real links
/// (docs/synth.md).
///
/// @return  The same graph for the same options on any machine. It has as many relations as asked
///          for, or a few fewer when the last customers find no more suppliers. Every name has 示例
///          in it; ids say nothing about sizes; `supplies` name their segment and carry no
///          provenance, everything else names the seed as its source. Districts are those of
///          GB/T 2260, how many firms they have is drawn.
/// @throws Error{InvalidArgument} if `relations` or `segments` lies outside its range;
///         Error{Cancelled}.
/// @complexity  Time O(R log F), memory beside the builder's less than its pending relations;
///              R relations, F firms.
/// @source      Axtell (2001), doi:10.1126/science.1062081, for the tail of firm sizes; Mattsson
///              et al. (2021) for suppliers that complement each other.
[[nodiscard]] EnterpriseGraph synthesize(const SynthOptions& options = {});

}  // namespace liantu
