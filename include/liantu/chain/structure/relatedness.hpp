#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/regions/region.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/base/values/basis.hpp"
#include "liantu/graph/graph.hpp"

namespace LIANTU_API liantu {

/// Over what segments are counted together.
enum class RelatednessUnit : std::uint8_t {
  Regions,  ///< districts in which some maker stands
  Firms,    ///< firms that make something
};

/// Options of find_directions().
struct DirectionOptions {
  RegionCode region;               ///< district that might extend its chains; required
  double min_confidence = 0.3;     ///< who makes something by a relation trusted less is no maker
  std::uint32_t least_units = 30;  ///< regions below which firms are counted instead, and firms
                                   ///< below which nothing is said; 2 or more
  std::uint32_t least_makers = 3;  ///< makers below which a segment is left out; 1 or more
  std::uint32_t least_spread = 2;  ///< regions or firms, as counted, that must make a direction:
                                   ///< what one of them makes is chance; 1 or more
  std::stop_token stop;            ///< asks a long run to end early
};

/// A local product that goes into a direction.
struct ForwardLink {
  SegmentId product{0};
  EdgeId requires_edge{0};            ///< the direction requires the product, or what it is part of
  std::optional<double> coefficient;  ///< CNY of it per CNY of the direction's output
  std::optional<Figure> output;       ///< what local firms make of it, CNY per year; nothing when a
                                      ///< part of it is not known
  std::size_t makers = 0;             ///< local firms

  friend bool operator==(const ForwardLink&, const ForwardLink&) = default;
};

/// A segment that a district does not make and might.
struct Direction {
  SegmentId segment{0};
  double density = 0;      ///< ω: share of its relatedness that lies in what the district makes
  double density_low = 0;  ///< what 95 % intervals of the relatedness leave possible
  double density_high = 1;
  std::uint32_t makers = 0;          ///< firms anywhere in the graph
  std::uint32_t units = 0;           ///< regions or firms that make it
  std::vector<SegmentId> related;    ///< the most related segments that the district makes, at most
                                     ///< 5, most related first
  std::vector<ForwardLink> forward;  ///< local products that go into it; largest output first, then
                                     ///< by product

  friend bool operator==(const Direction&, const Direction&) = default;
};

/// What find_directions() found.
struct Directions {
  RelatednessUnit unit = RelatednessUnit::Regions;
  std::size_t units = 0;              ///< regions or firms that were counted
  std::size_t segments = 0;           ///< segments with makers enough
  std::vector<Direction> directions;  ///< best supported first: largest lower end of the interval,
                                      ///< then largest density, then segment
  std::size_t narrow = 0;             ///< directions left out for DirectionOptions::least_spread
  std::optional<Text> refused;        ///< why nothing can be said; then there are no directions
};

/// Directions in which a district could extend its chains: segments akin to what it makes, by how
/// often both are made in one region. φ_st is the smaller of the two conditional probabilities that
/// a unit makes one if it makes the other; ω_t = Σ φ_st over the segments s that the district
/// makes, over Σ φ_st over all s. A maker of a segment below counts for those above; a segment and
/// those above it say nothing about each other.
///
/// @return  See Directions. Segments that nothing made here is related to are left out. A density
///          that rests on few makers has a wide interval, and its lower end is near 0: that is why
///          the lower end orders, and not the density.
/// @throws Error{InvalidArgument} if an option lies outside its range; Error{NotFound} if the
///         region is no division or no firm is in it; Error{Cancelled}.
/// @complexity  Time O(M t + S² U / 64) over U regions, O(M t + Σ m²) over firms that make m
///              segments each; memory O(S U / 64), O(M t); S segments with makers enough, M
///              `makes`, t taxonomy depth.
/// @source  Hidalgo et al. (2007), doi:10.1126/science.1144581; Wilson (1927),
///          doi:10.1080/01621459.1927.10502953, for the intervals.
[[nodiscard]] Directions find_directions(const EnterpriseGraph& graph,
                                         const DirectionOptions& options);

}  // namespace liantu
