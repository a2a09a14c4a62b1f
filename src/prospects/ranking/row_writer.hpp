#pragma once

#include <cstdint>

#include "liantu/prospects/prospects.hpp"
#include "prospects/ranking/ranking_question.hpp"
#include "prospects/score/assessor.hpp"

namespace liantu {

/// Writes what the assessment of a firm says into its row.
class RowWriter {
 public:
  /// Both are kept by reference.
  RowWriter(const Assessor& assessor, const RankingQuestion& question)
      : assessor_(assessor), question_(question) {}

  /// All of a row but its ranks and reasons.
  void fill(Prospect& row, Assessor::Scratch& scratch) const;
  /// What brings a row to so many hundredths of a point; `scratch` holds its assessment.
  [[nodiscard]] RankLift lift(const Prospect& row, std::int32_t cents,
                              const Assessor::Scratch& scratch) const;

 private:
  const Assessor& assessor_;
  const RankingQuestion& question_;
};

}  // namespace liantu
