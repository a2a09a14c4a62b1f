#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/values/basis.hpp"
#include "liantu/graph/graph.hpp"

namespace LIANTU_API liantu {

/// What raises the demand for a segment in a later round: a product whose gap would be filled.
struct DemandCause {
  SegmentId product{0};
  EdgeId requires_edge{0};  ///< product requires segment
  double amount = 0;  ///< CNY per year: leakage of the product in the round before × coefficient

  friend bool operator==(const DemandCause&, const DemandCause&) = default;
};

/// How many causes of a demand are named.
inline constexpr std::size_t kCauses = 20;

/// Demand for a segment in one round.
struct RoundDemand {
  int round = 2;
  Figure demand;                    ///< CNY per year
  std::optional<double> available;  ///< local output that earlier rounds left unused, CNY per year;
                                    ///< nothing when it is not known
  std::optional<double> leakage;    ///< max(0, demand − available)
  double confidence = 1;            ///< 1 − Π (1 − confidence of the cause × of its relation)
  std::vector<DemandCause> causes;  ///< the first kCauses, largest first, then by product; where
                                    ///< these are all, they add up to the demand
  std::size_t cause_count = 0;      ///< how many there are

  friend bool operator==(const RoundDemand&, const RoundDemand&) = default;
};

/// Where a segment stands in the first round.
struct FirstRound {
  SegmentId segment{0};
  Figure demand;                 ///< CNY per year
  std::optional<Figure> supply;  ///< CNY per year; nothing when it is not wholly known
  double confidence = 1;
  std::optional<double> spare = {};  ///< what the first round leaves of the supply for later ones,
                                     ///< CNY per year, where other demands use it too;
                                     ///< max(0, supply − demand) when nothing is said
};

/// The later rounds of one segment.
struct LaterRounds {
  SegmentId segment{0};
  std::vector<RoundDemand> rounds;  ///< ascending, at least one; rounds without demand left out

  friend bool operator==(const LaterRounds&, const LaterRounds&) = default;
};

/// Options of later_rounds().
struct RoundOptions {
  int rounds = 2;             ///< rounds in all, the first included; 1..8
  double min_confidence = 0;  ///< a cause trusted less is left out; [0, 1]
  std::stop_token stop = {};  ///< asks a long run to end early
};

/// The demand that filling the gaps of each round would raise in the next. Round k + 1 is A ℓᵏ with
/// ℓᵏ = max(0, dᵏ − sᵏ) and sᵏ⁺¹ what is left of sᵏ: what is made locally already buys its inputs
/// in the first round, so that nothing is counted twice. A segment whose supply is not known has no
/// known leakage and raises nothing.
///
/// @param graph   `requires` relations; of several years the latest whose coefficient is known. A
///                segment without inputs of its own has those of the nearest above it.
/// @param first   Where segments stand in the first round, each once.
/// @param supply  Local supply of a segment that `first` leaves out, CNY per year; nothing when not
///                known.
/// @return        Segments with demand in some later round, ascending.
/// @throws Error{InvalidArgument} if an option lies outside its range; Error{Cancelled}.
/// @complexity  O(K (S log S + R)) time and O(K S) memory; S segments in need, R their `requires`,
///              those that segments share by what they are part of counted once, K rounds.
/// @source      Leontief (1936), doi:10.2307/1927837, for input coefficients.
[[nodiscard]] std::vector<LaterRounds> later_rounds(
    const EnterpriseGraph& graph, std::span<const FirstRound> first,
    const std::function<std::optional<Figure>(SegmentId)>& supply,
    const RoundOptions& options = {});

}  // namespace liantu
