#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <stop_token>
#include <string_view>
#include <vector>

#include "liantu/base/date.hpp"
#include "liantu/base/progress.hpp"
#include "liantu/base/region.hpp"
#include "liantu/base/text.hpp"
#include "liantu/graph/graph.hpp"

namespace liantu {

/// By what the segments that a district does not make may be ranked.
enum class GapRanking : std::uint8_t {
  Gaps,         ///< the list of find_gaps(): most severe first
  RelatedGaps,  ///< the same gaps, the one most akin to what the district makes first
  Relatedness,  ///< density alone, see find_directions()
  Frequency,    ///< how many firms anywhere make it
  Random,       ///< what any order reaches on average
};
inline constexpr std::array kGapRankings = {GapRanking::Gaps, GapRanking::RelatedGaps,
                                            GapRanking::Relatedness, GapRanking::Frequency,
                                            GapRanking::Random};

/// `gaps`, `related_gaps`, `relatedness`, `frequency`, `random`.
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
  double recall = 0;  ///< share of all positives among the first `top`
  double hits = 0;    ///< positives among the first `top`, all districts together
};

/// One district.
struct DistrictBacktest {
  RegionCode region;
  std::size_t known_firms = 0;  ///< founded before
  std::size_t came_firms = 0;   ///< founded later
  std::size_t candidates = 0;   ///< segments made somewhere by then, and not here
  std::size_t positives = 0;    ///< of those, segments that gained a first local maker
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
  std::vector<RankingScore> scores;  ///< in the order of GapRanking

  /// What has to be kept in mind: the survivor bias of a register, firms without a date, too few
  /// positives.
  [[nodiscard]] std::vector<Text> caveats() const;
};

/// Asks whether the gaps of a district foretell its first makers: takes only firms founded before a
/// date, ranks for every district the segments that nobody there makes, and looks which gained a
/// first local maker later.
///
/// @return  See GapBacktest. Deterministic for a seed.
/// @throws Error{InvalidArgument} if an option lies outside its range or `until` is not after
///         `before`; Error{NotFound} if no firm is dated before, or `within` is no division or has
///         no district with firms; Error{Cancelled}.
/// @complexity  That of find_gaps() for each district, and O(S² D); S segments made, D districts.
/// @source  Hidalgo et al. (2007), doi:10.1126/science.1144581, for the test by later entries;
/// Efron
///          (1979), doi:10.1214/aos/1176344552, for the intervals.
[[nodiscard]] GapBacktest backtest_gaps(const EnterpriseGraph& graph,
                                        const GapBacktestOptions& options);

}  // namespace liantu
