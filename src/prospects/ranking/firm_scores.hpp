#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include "prospects/ranking/first_fillers.hpp"
#include "prospects/ranking/rank_order.hpp"
#include "prospects/ranking/ranking_question.hpp"
#include "prospects/ranking/ranking_threads.hpp"
#include "prospects/score/assessor.hpp"

namespace liantu {

/// The scores of all candidates, by their status, ascending by firm.
class FirmScores {
 public:
  /// @throws Error{Cancelled}
  FirmScores(const Assessor& assessor, const RankingQuestion& question, RankingThreads& threads);

  [[nodiscard]] const std::vector<ScoredFirm>& of(ProspectStatus status) const {
    return scored_[static_cast<std::size_t>(status)];
  }
  /// Of the same firms, where draws are asked for.
  [[nodiscard]] const std::vector<PartCents>& parts(ProspectStatus status) const {
    return parts_[static_cast<std::size_t>(status)];
  }
  /// The firms of a status that are among the first ProspectOptions::per_gap to fill some gap, ascending;
  /// none where that is 0.
  [[nodiscard]] std::vector<FirmId> first_fillers(ProspectStatus status) const;
  /// Adds the ways to anchors to the scores of those who may be rows, and of those who may stand before
  /// a row with them and not without. All other scores stay too low, and tell the same ranks of the rows.
  /// @throws Error{Cancelled}
  void add_ways(ProspectStatus status);
  /// Most firms first.
  [[nodiscard]] std::vector<ScreenedBy> screened_by() const;

 private:
  struct Score {
    std::int32_t cents = 0;
    std::int32_t best = -1;  // of a firm that is none
    std::uint32_t gap = 0;
    std::uint32_t kind = 0;
    std::uint32_t screen = 0;  // index into Policy::screens, from 1; 0 = none
    std::uint16_t ways_most = 0;
    ProspectStatus status = ProspectStatus::Prospect;
  };
  [[nodiscard]] std::vector<FirmId> candidates() const;
  [[nodiscard]] bool few_rows(std::size_t candidates) const;
  [[nodiscard]] Score score(FirmId firm, const Assessment& found) const;
  [[nodiscard]] std::uint32_t place_of_kind(const FilledGap& filled) const;

  const Assessor& assessor_;
  const RankingQuestion& question_;
  const ProspectOptions& options_;
  RankingThreads& threads_;
  std::array<std::vector<ScoredFirm>, 4> scored_;
  std::array<std::vector<PartCents>, 4> parts_;
  // Of the same firms, as long as their scores leave the ways to anchors out: Assessment::ways_most.
  std::array<std::vector<std::uint16_t>, 4> ways_most_;
  std::vector<std::size_t> firms_screened_by_;  // by screen
  RankOrder::Before before_;
  std::deque<FirstFillers> first_fillers_;  // by status, where they are asked for
};

}  // namespace liantu
