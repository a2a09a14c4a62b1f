#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "liantu/prospects/arrivals/arrival_backtest.hpp"
#include "prospects/arrivals/arrival_history.hpp"

namespace liantu {

/// What rankings of one window look at beside the factors.
class ArrivalScorer {
 public:
  ArrivalScorer(const ArrivalGround& ground, const ArrivalHistory& history,
                const ArrivalBacktestOptions& options);

  /// Who stands first of those with the same score, by candidate.
  [[nodiscard]] const std::vector<std::uint64_t>& order() const { return order_; }
  /// Scores by candidate; empty where nothing feeds the ranking at this place.
  /// @param works  Whether coming means to make or operate something there: Propensity differs.
  [[nodiscard]] std::vector<double> scores(ArrivalRanking ranking,
                                           const ArrivalHistory::PlaceView& view,
                                           bool works = false) const;
  /// Firms at home in a place, by candidate.
  [[nodiscard]] std::vector<std::uint32_t> local_firms(std::uint32_t place) const;
  [[nodiscard]] std::size_t local_count(std::uint32_t place) const { return firms_at_[place]; }

 private:
  [[nodiscard]] std::vector<double> by_home(const std::vector<double>& of_place) const;
  [[nodiscard]] std::vector<double> industry(std::uint32_t place) const;

  const ArrivalGround& ground_;
  const ArrivalHistory& history_;
  const ArrivalBacktestOptions& options_;
  std::vector<std::uint64_t> order_;
  std::vector<std::uint32_t> firms_at_;     // by place: candidates at home
  std::vector<std::uint32_t> industry_of_;  // by firm; 0 where unknown
  std::uint32_t industries_ = 1;
  std::vector<double> capital_;  // by candidate, 0 where unknown
  ArrivalModel works_;
};

}  // namespace liantu
