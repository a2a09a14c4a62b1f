#pragma once

#include <cstddef>
#include <vector>

#include "prospects/fillings/fillings.hpp"
#include "prospects/fillings/like_customers.hpp"
#include "prospects/fillings/main_business.hpp"
#include "prospects/fillings/scored_gaps.hpp"
#include "prospects/score/served_anchors.hpp"

namespace liantu {

/// What it is worth that a firm fills a gap.
class GapWorth {
 public:
  /// All are kept by reference.
  GapWorth(const GapReport& report, const ScoredGaps& gaps, const MainBusiness& business,
           const LikeCustomers& like, const ServedAnchors& anchors);

  /// Severity of the gap, as far as the firm's main business is what it lacks.
  [[nodiscard]] double of(FirmId firm, const Filling& filling,
                          const MainBusiness::Scratch& business) const {
    return severity(firm, filling) * meets(firm, filling, business);
  }
  /// What a part of the fit keeps where it is of another kind, or of what nobody is to be recruited for
  /// first.
  [[nodiscard]] double kind_worth(FirmId firm, const Filling& filling) const;

 private:
  [[nodiscard]] double severity(FirmId firm, const Filling& filling) const;
  [[nodiscard]] double meets(FirmId firm, const Filling& filling,
                             const MainBusiness::Scratch& business) const;
  [[nodiscard]] bool of_unknown_kind(FirmId firm, const Filling& filling) const;
  [[nodiscard]] bool aside(std::size_t gap) const;

  const GapReport& report_;
  const ScoredGaps& gaps_;
  const MainBusiness& business_;
  const LikeCustomers& like_;
  const ServedAnchors& anchors_;
  std::vector<std::vector<double>> size_of_buyers_;  // by gap and kind needed
};

}  // namespace liantu
