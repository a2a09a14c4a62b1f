#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/core/ids.hpp"
#include "liantu/links/paths/score_row.hpp"

namespace LIANTU_API liantu {

/// Where a ranking puts an answer. Equal scores share the middle of the places they take.
struct AnswerRank {
  double rank = 0;      ///< 1 + what stands before it + half of what ties with it
  double filtered = 0;  ///< the same without the source's other answers
  friend bool operator==(const AnswerRank&, const AnswerRank&) = default;
};

/// Ranks a source's answers among its candidates.
///
/// @param row         Scores of the source. What it does not name ties behind what it names.
/// @param answers     Candidates, ascending.
/// @param excluded    Entities that are not candidates, ascending; answers are not among them. The
///                    row may name them, and nothing else that is not a candidate.
/// @param candidates  Number of candidates, answers included.
/// @return            One rank an answer, in their order.
/// @throws Error{InvalidArgument} if a score is not finite.
/// @complexity  O(n log a); n entries of the row, a answers.
[[nodiscard]] std::vector<AnswerRank> rank_answers(const ScoreRow& row,
                                                   std::span<const EntityId> answers,
                                                   std::span<const EntityId> excluded,
                                                   std::size_t candidates);

/// 1 / rank of the answer found first.
[[nodiscard]] double reciprocal_rank(std::span<const AnswerRank> ranks);
/// Mean over the answers, in the order of their ranks, of i / rank of the i-th.
[[nodiscard]] double average_precision(std::span<const AnswerRank> ranks);
/// Share of the answers within the first k.
[[nodiscard]] double recall_at(std::span<const AnswerRank> ranks, std::size_t k);
/// Share of the answers that are within the first k once the others are out of the way.
[[nodiscard]] double hits_at(std::span<const AnswerRank> ranks, std::size_t k);

/// A pair's score and whether the pair is linked.
struct PairScore {
  double score = 0;         ///< -infinity for a pair that a ranking does not name
  std::uint32_t group = 0;  ///< what is drawn together in a bootstrap: its source
  bool linked = false;
};

/// A point of a precision–recall curve.
struct CurvePoint {
  double recall = 0;
  double precision = 0;
  friend bool operator==(const CurvePoint&, const CurvePoint&) = default;
};

/// Drawings of a bootstrap that are looked at together.
inline constexpr std::size_t kDrawingsAtOnce = 16;

/// Areas of as many drawings.
struct DrawnAreas {
  std::array<double, kDrawingsAtOnce> roc{};
  std::array<double, kDrawingsAtOnce> precision_recall{};
};

/// Scored pairs in the order of their scores, for measures that need all of them.
class PairOrder {
 public:
  PairOrder() = default;
  /// @throws Error{InvalidArgument} if a score is NaN or +infinity.
  /// @complexity  O(n log n).
  explicit PairOrder(std::vector<PairScore> pairs);

  /// Area under the ROC curve: how likely a linked pair stands before another, ties counting half;
  /// 0.5 when there is none of either.
  /// @source  Hanley, McNeil (1982), doi:10.1148/radiology.143.1.7063747.
  [[nodiscard]] double roc_area() const;
  /// Area under the precision–recall curve as average precision: the sum over scores, downwards, of
  /// the gain in recall times the precision there; 0 when nothing is linked.
  /// @source  Davis, Goadrich (2006), doi:10.1145/1143844.1143874, against drawing lines between
  ///          points.
  [[nodiscard]] double precision_recall_area() const;
  /// Precision at recalls 1/steps, 2/steps … 1: that of the first score that reaches the recall.
  [[nodiscard]] std::vector<CurvePoint> precision_recall_curve(std::size_t steps) const;

  /// The areas when each group counts as often as it was drawn, for kDrawingsAtOnce drawings.
  /// @param weights  How often group g was drawn in drawing i: weights[g * kDrawingsAtOnce + i].
  /// @return         0.5 where nothing is linked or everything, for the other area 0 where nothing
  ///                 is linked.
  [[nodiscard]] DrawnAreas weighted_areas(std::span<const std::uint8_t> weights) const;

 private:
  // group << 2 | linked << 1 | last of its score
  std::vector<std::uint32_t> codes_;
};

}  // namespace liantu
