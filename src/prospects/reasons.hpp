#pragma once

#include <cstddef>
#include <optional>

#include "prospects/score/score_stages.hpp"

namespace liantu {

/// Says why a firm is on the list and which relations that rests on.
class Reasons {
 public:
  /// @param most  Most evidence rows a firm.
  Reasons(const ScoreStages& stages, std::size_t most);

  /// Fills in Prospect::reasons and Prospect::evidence.
  /// @param reach  See Assessment.
  void tell(Prospect& prospect, const std::optional<Assessment::Reach>& reach,
            TargetWays::Scratch& scratch) const;

 private:
  template <typename Add>
  void tell_like_customers(Prospect& prospect, const Add& add) const;
  template <typename Add>
  void tell_path(Prospect& prospect, const Assessment::Reach& reach, TargetWays::Scratch& scratch,
                 const Add& add) const;
  [[nodiscard]] std::vector<const Need*> buyers(const FilledGap& filled, const Gap& gap) const;
  [[nodiscard]] Text firm_text(FirmId firm) const;
  [[nodiscard]] Text buyer_text(const Need& need) const;
  [[nodiscard]] Text door_reason(const Prospect& prospect) const;
  [[nodiscard]] Text gap_reason(const FilledGap& filled, const Gap& gap) const;
  [[nodiscard]] Text business_of(FirmId firm, SegmentId sector) const;
  [[nodiscard]] Text fostered(const Gap& gap) const;
  [[nodiscard]] Text fostered(const Gap& gap, const KindNeed& kind) const;
  [[nodiscard]] Text namesake_reason(const Prospect& prospect) const;
  [[nodiscard]] Text place_reason(const Prospect& prospect) const;
  [[nodiscard]] bool telling(FirmId firm, const PathInstance& way) const;
  [[nodiscard]] Text propensity_reason(const FirmPropensity& coming) const;
  [[nodiscard]] Text tie_reason(const Tie& tie) const;

  const EnterpriseGraph& graph_;
  const GapReport& report_;
  const Policy& policy_;
  const ScoreStages& stages_;
  std::size_t most_;
  bool usual_path_;  // over a customer and one who supplies both
};

}  // namespace liantu
