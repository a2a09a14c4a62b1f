#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/values/basis.hpp"
#include "liantu/chain/economy/newcomer.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/graph/output_factors.hpp"

namespace LIANTU_API liantu {

/// Options of find_criticality().
struct CriticalityOptions {
  double min_confidence = 0.3;  ///< what is made or required by a relation trusted less is left out
  OutputFactors factors;  ///< estimates of anchors' outputs that nobody states; none by default
  std::vector<Newcomer> newcomers;  ///< firms of no table that are among the anchors
  std::stop_token stop;             ///< asks a long run to end early
};

/// How many segments of a path are named.
inline constexpr std::size_t kLongestPath = 100;

/// How much stops when a segment is lost.
struct SegmentCriticality {
  SegmentId segment{0};
  double criticality = 0;  ///< share of the anchors' output that stops, (0, 1]; where nothing tells
                           ///< how far an input can be replaced it counts as irreplaceable
  double known = 0;        ///< the share that stops by relations alone whose substitutability is
                           ///< known: a floor
  std::uint32_t needed_by = 0;  ///< other products that require it themselves
  std::vector<SegmentId> path;  ///< from an anchor's product to the segment, along which most is
                                ///< lost; both ends included; the last kLongestPath of them
  std::size_t path_length = 0;  ///< how many there are
  std::vector<SegmentId>
      dominators;  ///< segments through which all that anchors need of it passes,
                   ///< from the anchors' side; without the segment itself; the last kLongestPath
  std::size_t dominator_count = 0;  ///< how many there are

  friend bool operator==(const SegmentCriticality&, const SegmentCriticality&) = default;
};

/// What find_criticality() found.
struct Criticality {
  std::vector<SegmentCriticality> segments;    ///< most critical first, ties by segment
  std::vector<SegmentCriticality> ubiquitous;  ///< likewise those that more than half of all
                                               ///< products require alike, see need_evenness()
  Basis basis = Basis::Counted;  ///< softest of the anchors' outputs, Estimated where factors
                                 ///< were used; Counted when none is known and each anchor counts
                                 ///< the same, its products likewise
  std::size_t anchors_unknown = 0;  ///< anchors of whose output nothing is known or estimated, left
                                    ///< out unless all are
  std::uint32_t products = 0;       ///< segments that require something beside themselves
};

/// How critical each input of some anchors is. When segment t is lost, L_t = 1 and a product that
/// requires inputs u loses L_s = max_u (1 − substitutability) · L_u, the least solution where
/// products need each other; the criticality of t is the mean of L over what the anchors make,
/// weighted with its output, each yuan once.
///
/// @param anchors  Each once.
/// @return         Segments whose loss stops something, what the anchors make included.
/// @throws Error{InvalidArgument} if an option lies outside its range or a factor or a newcomer is
///         refused; Error{Cancelled}.
/// @complexity  O(P (S + R) log S); P products of the anchors, S segments and R `requires` that
///              they reach.
/// @source  Lengauer and Tarjan (1979), doi:10.1145/357062.357071, for dominators.
[[nodiscard]] Criticality find_criticality(const EnterpriseGraph& graph,
                                           std::span<const FirmId> anchors,
                                           const CriticalityOptions& options = {});

}  // namespace liantu
