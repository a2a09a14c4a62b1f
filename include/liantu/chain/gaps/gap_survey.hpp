#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/regions/region.hpp"
#include "liantu/base/run/progress.hpp"
#include "liantu/chain/gaps/gaps.hpp"

namespace LIANTU_API liantu {

/// Options of survey_gaps().
struct GapSurveyOptions {
  GapOptions gaps;  ///< asked of every district; its `district.region` is not looked at
  std::vector<RegionCode> regions;  ///< districts to look at; every one in which a firm stands when
                                    ///< empty
  std::size_t most = 0;             ///< gaps kept of each district, the most severe; 0 = all
  Progress progress;                ///< stage `district`; called by one thread at a time
};

/// A gap of one of many districts: its figures, and in place of lists how long they are.
struct SurveyedGap : GapFigures {
  std::optional<double> severity;  ///< see severity_amount()
  std::size_t needers = 0;
  std::size_t anchors = 0;  ///< of the needers
  std::size_t makers = 0;
  std::size_t nearby_makers = 0;

  friend bool operator==(const SurveyedGap&, const SurveyedGap&) = default;
};

/// The gaps of one of many districts.
struct DistrictGaps {
  RegionCode region;
  std::uint32_t local_firms = 0;
  std::uint32_t local_makers = 0;           ///< of those, firms that make a known segment
  std::array<std::size_t, 5> kind_count{};  ///< gaps of each GapKind, in its order; all of them
  std::size_t met = 0;    ///< segments that local firms need and the district makes enough of
  bool weighted = false;  ///< see GapReport::weighted
  std::vector<SurveyedGap> gaps;  ///< most severe first, at most GapSurveyOptions::most

  friend bool operator==(const DistrictGaps&, const DistrictGaps&) = default;
};

/// The gaps of many districts of one country, without the lists of who needs and who makes: what
/// GapFinder::find() tells of each, in a fraction of its time and memory.
///
/// @param finder   Safe to use from other threads meanwhile.
/// @param options  See GapSurveyOptions.
/// @return         One entry a district, in the order of GapSurveyOptions::regions, else ascending;
///                 districts in which no firm counts are left out. The gaps, their figures and
///                 their order are those of GapReport::gaps. The result never depends on threads.
/// @throws Error{InvalidArgument}, Error{NotFound} as find_gaps() does, but not for a division in
///         which no firm stands; Error{Cancelled}.
/// @complexity  Time, over all threads, Σ over districts of O(P + F + N log N + K G) with P places,
///              F the district's firms and N, K, G as in find_gaps(), and once O(M t) with M all
///              `makes`, t taxonomy depth. Memory O(M t + threads (S + N) + result).
/// @source      See find_gaps().
[[nodiscard]] std::vector<DistrictGaps> survey_gaps(const GapFinder& finder,
                                                    const GapSurveyOptions& options = {});

}  // namespace liantu
