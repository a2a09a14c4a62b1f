#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "liantu/prospects/rank_lift.hpp"

namespace liantu {

struct ScoreScratch;
struct ScoreStages;

/// What a part makes of a firm, of its weight.
struct PartValue {
  double value = 0;      ///< 1 is best; what lies outside [0, 1] counts as the nearest bound
  double value_max = 0;  ///< if what is unknown turned out well; means nothing when `known`
  bool known = true;
};

/// A part of the score: all that is said of it.
struct PartRow {
  ScorePartKind part;
  std::string_view word;
  std::string_view en;
  std::string_view zh;
  double weight;  ///< of the default policy, points
  /// Also notes in the assessment what it shows of the firm.
  PartValue (*value)(const ScoreStages& on, FirmId firm, ScoreScratch& scratch);
  /// The least that one fact would have to say of the firm assessed last with `scratch` to give the part
  /// such a value, see LiftingPart::fact.
  std::optional<LiftingFact> (*least_fact)(const ScoreStages& on, FirmId firm,
                                           const ScoreScratch& scratch, double value);
};

/// In the order of ScorePartKind.
[[nodiscard]] const std::array<PartRow, kPartCount>& part_rows();

}  // namespace liantu
