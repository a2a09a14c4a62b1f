#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <vector>

#include "liantu/prospects/rank_lift.hpp"
#include "prospects/score/score_stages.hpp"

namespace liantu {

/// Scores the firms from outside a district that make what fills its gaps. Safe to use from any
/// number of threads, each with a Scratch of its own.
class Assessor {
 public:
  using Scratch = ScoreScratch;

  /// Whether ScorePartKind::Proximity counts the ways to anchors: they take the most time by far.
  enum class Ways : std::uint8_t { Counted, LeftOut };

  /// @param coming  Nothing where no arrivals are given.
  /// @throws Error{Cancelled}; Error as TargetWays.
  Assessor(const ProspectGround& ground, const GapReport& report, const Policy& policy,
           const PlacePropensity* coming, const std::stop_token& stop)
      : stages_{ground, report, policy, coming, stop} {}
  Assessor(const Assessor&) = delete;
  Assessor& operator=(const Assessor&) = delete;

  [[nodiscard]] const ScoreStages& stages() const { return stages_; }
  /// Assesses one of the candidates, see Fillings.
  /// @return  In scratch.result; nothing when it is not trusted to make what fills a gap.
  [[nodiscard]] const Assessment* assess(FirmId firm, Scratch& scratch,
                                         Ways ways = Ways::Counted) const;
  /// Hundredths of a point that the ways to anchors add to the score, and to the one were the unknown
  /// known, of a firm that was assessed without them.
  [[nodiscard]] std::int32_t cents_of_ways(FirmId firm, Scratch& scratch) const;
  /// The least that one fact would have to say of the firm assessed last with `scratch` to give a part
  /// so many points, see LiftingPart::fact.
  [[nodiscard]] std::optional<LiftingFact> least_fact(ScorePartKind part, double points,
                                                      FirmId firm, const Scratch& scratch) const;

 private:
  [[nodiscard]] std::optional<Assessment::Reach> reach(FirmId firm, Scratch& scratch) const;
  void weigh_gaps(FirmId firm, Scratch& scratch) const;
  [[nodiscard]] std::int32_t cents_nearer(double apart, double path) const;
  void settle_status(Assessment& to, FirmId firm) const;

  ScoreStages stages_;
};

}  // namespace liantu
