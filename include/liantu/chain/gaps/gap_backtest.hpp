#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/regions/region.hpp"
#include "liantu/base/run/progress.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/base/values/date.hpp"
#include "liantu/graph/graph.hpp"

namespace LIANTU_API liantu {

/// By what the segments that a district does not make may be ranked. All rank the same candidates.
enum class GapRanking : std::uint8_t {
  Gaps,         ///< the list of find_gaps(), most severe first; what is no gap ties behind it
  RelatedGaps,  ///< the same gaps, the one most akin to what the district makes first
  Relatedness,  ///< density alone, see find_directions()
  Frequency,    ///< how many firms anywhere make it
  Combined,     ///< need, frequency and relatedness together, see GapWeights
  Random,       ///< what any order reaches on average
};
inline constexpr std::array kGapRankings = {GapRanking::Gaps,        GapRanking::RelatedGaps,
                                            GapRanking::Relatedness, GapRanking::Frequency,
                                            GapRanking::Combined,    GapRanking::Random};

/// `gaps`, `related_gaps`, `relatedness`, `frequency`, `combined`, `random`.
[[nodiscard]] std::string_view ranking_word(GapRanking ranking);
/// Its name for people: gaps 缺口清单.
[[nodiscard]] Text ranking_text(GapRanking ranking);

/// Options of backtest_gaps().
struct GapBacktestOptions {
  Date before;           ///< firms founded earlier are known; required
  Date until;            ///< firms founded before it count as come; all later ones when not
                         ///< known
  RegionCode within;     ///< districts in it are asked; all when unknown
  std::size_t top = 20;  ///< how many segments of each list are looked at; 1..1000
  std::size_t least_positives = 30;  ///< below it nothing is concluded
  double min_confidence = 0.3;       ///< as in GapOptions
  int rounds = 2;                    ///< as in GapOptions
  std::uint64_t seed = 1;            ///< of the intervals
  std::stop_token stop;              ///< asks a long run to end early
  Progress progress;                 ///< told of every district; may be empty
};

/// How one ranking did.
struct RankingScore {
  GapRanking ranking = GapRanking::Gaps;
  double precision = 0;  ///< share of the first `top` that gained a first maker, mean over
                         ///< districts
  double low = 0;        ///< 95 % interval, by bootstrap over districts
  double high = 0;
  double over_random = 0;      ///< precision − that of Random
  double over_random_low = 0;  ///< 95 % interval of the difference, districts paired
  double over_random_high = 0;
  double over_frequency = 0;  ///< precision − that of Frequency
  double over_frequency_low = 0;
  double over_frequency_high = 0;
  double recall = 0;  ///< share of all positives among the first `top`
  double hits = 0;    ///< positives among the first `top`, all districts together; of segments
                      ///< that tie as many as any order of them has on average
};

/// How Combined weighs: log odds that a segment gains a first maker = constant + frequency ·
/// ln(makers anywhere) + relatedness · ln(density + 0.01) + need · ln(1 + local firms that need
/// it). By logistic regression over the candidates of all districts as they were `before`, and what
/// they gained `until` the date of the backtest: nothing that came later is looked at.
struct GapWeights {
  Date before;  ///< as many years earlier as the backtest looks ahead; 5 when it has no end
  Date until;
  std::size_t positives = 0;  ///< learnt from
  double frequency = 0;
  double relatedness = 0;
  double need = 0;

  friend bool operator==(const GapWeights&, const GapWeights&) = default;
};

/// One district.
struct DistrictBacktest {
  RegionCode region;
  std::size_t known_firms = 0;  ///< founded before
  std::size_t came_firms = 0;   ///< founded later
  std::size_t candidates = 0;   ///< segments made somewhere by then, and not here
  std::size_t positives = 0;    ///< of those, segments that gained a first local maker
  std::size_t gaps = 0;         ///< candidates that are gaps
  std::size_t gaps_gained = 0;  ///< positives among those that some other candidate is as common
                                ///< as (to a power of two)
  double gaps_expected = 0;     ///< how many would be if they gained as often as these others
  std::array<double, kGapRankings.size()> hits{};  ///< by ranking: positives among the first `top`
};

/// What backtest_gaps() found.
struct GapBacktest {
  Date before;
  Date until;
  std::size_t top = 0;
  std::vector<DistrictBacktest> districts;  ///< ascending by code
  std::size_t skipped = 0;  ///< districts in which nobody made anything by then, or with fewer
                            ///< candidates than `top`
  std::size_t positives = 0;
  std::size_t unforeseeable = 0;  ///< segments with a first local maker that nobody anywhere made
                                  ///< by then: no list can hold them, and they are left out
  std::size_t undated_firms = 0;  ///< firms without a date, left out
  bool conclusive = false;        ///< whether there are positives enough
  std::vector<RankingScore> scores;  ///< in the order of GapRanking, without Combined where there
                                     ///< are no weights
  std::optional<GapWeights>
      weights;                     ///< nothing when fewer than least_positives were to learn from
  std::optional<double> gap_lift;  ///< how many times as often gaps gained a first maker as other
                                   ///< candidates as common in the same district; nothing when
                                   ///< none of these did
  double gap_lift_low = 0;         ///< 95 % interval, by bootstrap over districts
  double gap_lift_high = 0;

  /// What has to be kept in mind: the survivor bias of a register, firms without a date, too few
  /// positives.
  [[nodiscard]] std::vector<Text> caveats() const;
};

/// Asks whether the gaps of a district foretell its first makers: takes only firms founded before a
/// date, ranks for every district the segments that nobody there makes, and looks which gained a
/// first local maker later. Candidates are all segments that some firm anywhere made by then and
/// none in the district; those above what is made count as made.
///
/// @return  See GapBacktest. Deterministic for a seed.
/// @throws Error{InvalidArgument} if an option lies outside its range or `until` is not after
///         `before`; Error{NotFound} if no firm is dated before, or `within` is no division or has
///         no district with firms; Error{Cancelled}.
/// @complexity  Twice that of find_gaps() for each district, and O(S² D); S segments made, D
/// districts.
/// @source  Hidalgo et al. (2007), doi:10.1126/science.1144581, for the test by later entries;
///          Efron (1979), doi:10.1214/aos/1176344552, for the intervals.
[[nodiscard]] GapBacktest backtest_gaps(const EnterpriseGraph& graph,
                                        const GapBacktestOptions& options);

}  // namespace liantu
