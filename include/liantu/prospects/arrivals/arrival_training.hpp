#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/run/progress.hpp"
#include "liantu/graph/arrival.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/prospects/arrivals/arrival_backtest.hpp"
#include "liantu/prospects/arrivals/arrival_model.hpp"

namespace LIANTU_API liantu {

/// Options of train_arrivals().
struct ArrivalTrainingOptions {
  int until = 0;          ///< year before which everything is known; 0 = the year behind the last
                          ///< arrival's
  int years = 3;          ///< that a window is long; 1..20
  std::size_t least = 1;  ///< arrivals that a place must have to be learnt from; 1..1000
  std::vector<PlacePoint> points;  ///< as in ArrivalBacktestOptions
  std::uint64_t seed = 1;
  std::stop_token stop;  ///< asks a long run to end early
  Progress progress;     ///< stages `look` and `fit`; may be empty
};

/// What train_arrivals() learnt.
struct ArrivalTraining {
  ArrivalModel model;
  std::vector<int> learnt_from;  ///< first years of the windows
  std::size_t positives = 0;     ///< arrivals in them at places learnt from
  int validated = 0;             ///< first year of the window on which the same way of learning was
                                 ///< judged, with nothing of it known
  ArrivalViewScores validation;  ///< of a model learnt before that window, beside the baselines
  ArrivalRanking best_baseline = ArrivalRanking::Branches;  ///< of the single ones, by MAP

  /// Whether the model's MAP on validation is above that of every single baseline.
  [[nodiscard]] bool beats_baselines() const;
};

/// Fits the exponents of an ArrivalModel to who came; floors stay those of the default one.
///
/// Learnt from are the windows that begin 1 to `years` years before `until` and all end there, by
/// conditional logit over the firms that might have come to a place; of those that did not, at most
/// 4,000 a place are drawn, each standing for as many as were left out. A factor that would speak
/// against a firm has exponent 0. For validation the same is learnt from what came before the last
/// `years` years, and judged on these; the model returned is learnt up to `until` itself.
///
/// @throws Error{NotFound} if fewer than 30 arrivals are there to learn from or to judge by;
///         Error{InvalidArgument} if an option lies outside its range; Error{InvalidData} as
///         backtest_arrivals(); Error{Cancelled}.
/// @complexity  As backtest_arrivals() for years + 1 windows; memory O(firms) a place learnt from.
/// @source      McFadden (1974), Conditional logit analysis of qualitative choice behavior.
[[nodiscard]] ArrivalTraining train_arrivals(const EnterpriseGraph& graph,
                                             std::span<const Arrival> arrivals,
                                             const ArrivalTrainingOptions& options = {});

}  // namespace liantu
