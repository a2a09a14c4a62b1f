#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/run/progress.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/graph/arrival.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/links/backtest/bootstrap.hpp"
#include "liantu/prospects/arrivals/arrival_model.hpp"

namespace LIANTU_API liantu {

/// By what the firms that may come to a place are ranked. All rank the same firms; ties stand in an
/// order that the seed decides.
enum class ArrivalRanking : std::uint8_t {
  Random,
  Branches,      ///< branches opened so far, anywhere
  Nearest,       ///< kilometres from its home
  Flow,          ///< ArrivalFactor::Flow
  Gravity,       ///< firms known in its home place, by kilometres + 10
  GravityCame,   ///< earlier arrivals at its home place + 1, by kilometres + 10
  Industry,      ///< firms of its industry here: earlier arrivals and, where known, local firms
  LikePlaces,    ///< ArrivalFactor::LikePlaces
  LikeScope,     ///< ArrivalFactor::LikeScope
  BranchesFlow,  ///< (branches + 0.1) · (Flow + 0.1)
  Propensity,    ///< the product of all factors, see ArrivalModel; in the view Works by its own
                 ///< exponents
  Scale,         ///< registered capital, as the part `scale` of the score has it
  LocalFit,      ///< mean likeness of its scope to the three most alike local firms: only for
                 ///< places whose local firms are known
};
inline constexpr std::size_t kArrivalRankingCount = 13;

/// `random`, `branches`, …
[[nodiscard]] std::string_view ranking_word(ArrivalRanking ranking);
/// Its name for people.
[[nodiscard]] Text ranking_text(ArrivalRanking ranking);

/// Whose coming is foretold.
enum class ArrivalView : std::uint8_t {
  All,
  Works,      ///< who makes, develops or operates something there
  Elsewhere,  ///< firms of other provinces only, among such firms
  Newcomers,  ///< firms that had no branch before, among such firms
  Local,      ///< all, at places whose local firms the graph knows
};
inline constexpr std::size_t kArrivalViewCount = 5;

/// `all`, `works`, `elsewhere`, `newcomers`, `local`.
[[nodiscard]] std::string_view view_word(ArrivalView view);
/// Its name for people.
[[nodiscard]] Text view_text(ArrivalView view);

/// Options of backtest_arrivals().
struct ArrivalBacktestOptions {
  std::vector<int> from;   ///< first years of the windows, ascending; required, 1..4095
  int years = 3;           ///< that a window is long; 1..20
  std::size_t least = 10;  ///< arrivals that a place must have to count; half as many in the
                           ///< views Works and Newcomers; 1..1000
  std::size_t local_firms = 1000;  ///< local firms known from which on a place counts in the view
                                   ///< Local
  ArrivalModel model = default_arrival_model();
  std::vector<PlacePoint> points;       ///< where places lie; the seats of their provinces else
  std::vector<std::string> industries;  ///< by firm, empty where unknown; may have none at all
  bool works = false;                   ///< lists are of those who make or operate something there
  std::size_t listed = 0;               ///< firms of each place's list returned; 0 = no lists
  std::uint64_t seed = 1;               ///< of ties, random ranking and intervals
  std::stop_token stop;                 ///< asks a long run to end early
  Progress progress;                    ///< told of every window; may be empty
};

/// How one ranking did in one window, means over places.
struct ArrivalScore {
  ArrivalRanking ranking = ArrivalRanking::Random;
  double map = 0;  ///< mean average precision
  double precision_20 = 0;
  double recall_50 = 0;
  double recall_200 = 0;
  double among_50 = 0;    ///< arrivals among the first 50
  double lists_hit = 0;   ///< share of the places with an arrival among the first 50
  Interval map_interval;  ///< 95 %, bootstrap over places; as are all
  Interval precision_20_interval;
  Interval recall_50_interval;
  Interval recall_200_interval;
  Interval among_50_interval;
  double over_branches = 0;         ///< map by that of Branches; 0 where that is 0
  Interval over_branches_interval;  ///< places paired
};

/// One view of a window.
struct ArrivalViewScores {
  ArrivalView view = ArrivalView::All;
  std::size_t places = 0;            ///< with arrivals enough
  std::size_t positives = 0;         ///< arrivals at these places
  std::vector<ArrivalScore> scores;  ///< in the order of ArrivalRanking; none without places
};

/// One line of a list.
struct ArrivalListRow {
  RegionCode place;
  std::uint32_t rank = 0;  ///< from 1
  FirmId firm{0};
};

/// One window.
struct ArrivalWindow {
  int from = 0;
  std::size_t candidates = 0;  ///< firms known before
  std::size_t earlier = 0;     ///< arrivals before
  std::size_t arrivals = 0;    ///< that could be foretold: of firms known before, new to the place
  std::vector<ArrivalViewScores> views;
  std::vector<ArrivalListRow>
      list;  ///< by place and rank, every place that the table or the points
             ///< name
};

/// What backtest_arrivals() found.
struct ArrivalBacktest {
  int years = 0;
  std::vector<ArrivalWindow> windows;
  bool conclusive = false;  ///< whether some window has 30 arrivals or more that count
  bool located = false;     ///< whether distances are between places, not seats of provinces
};

/// Ranks, for each place, the firms known elsewhere before a year by what is dated before it, and
/// looks who came within some years.
///
/// A firm may come to a place if it was founded before the year, is not at home there and has no
/// arrival there yet. Capital and scope are those that the graph has, of whatever day.
///
/// @param graph     Holds the firms that may come and, where known, local firms.
/// @param arrivals  Of that graph, by date.
/// @return          See ArrivalBacktest.
/// @throws Error{InvalidArgument} if an option lies outside its range or `arrivals` are not by
///         date; Error{InvalidData} if every firm of the graph came somewhere, so that there are no
///         candidates that did not; Error{Cancelled}.
/// @complexity  Time O(windows · places · (firms + arrivals of the place · scopes alike)), memory
///              O(firms) a thread.
[[nodiscard]] ArrivalBacktest backtest_arrivals(const EnterpriseGraph& graph,
                                                std::span<const Arrival> arrivals,
                                                const ArrivalBacktestOptions& options);

/// The lists as CSV with the columns place, year, rank, uscc: a firm without a code by its name.
///
/// @param places  How places are called; by code where one is not named.
[[nodiscard]] std::string arrival_lists_csv(const EnterpriseGraph& graph,
                                            const ArrivalBacktest& backtest,
                                            std::span<const ArrivalPlace> places);

}  // namespace liantu
