#pragma once

#include <string>
#include <vector>

#include "liantu/base/text/text.hpp"
#include "liantu/land/per_mu/per_mu.hpp"

namespace liantu {

/// `12.35`: at most `digits` digits behind the point, none that are noughts at the end.
[[nodiscard]] std::string short_number(double value, int digits);
/// An amount of a quantity with its unit: `1200万元`, `CNY 12 m`, `12.5亩`.
[[nodiscard]] std::string quantity_amount(Quantity quantity, double value, Language language);
/// An item's arithmetic: `亩均税收 12.5÷24.097×30=15.56`.
[[nodiscard]] std::string arithmetic_text(const PerMuItem& rule, const ItemScore& item,
                                          Language language);
/// What would lift a firm: `A 类差 3.2 分：税收增加120万元，或用地减少2亩`.
[[nodiscard]] std::string lift_text(const Lift& lift, Language language);
/// Names of quantities.
[[nodiscard]] std::string quantities_text(const std::vector<Quantity>& list, Language language);
/// What stands in the way of a rating, and why a firm is exempt.
[[nodiscard]] std::string remark_text(const PerMuReport& report, const PerMuRow& row,
                                      Language language);

/// One band of scores of a class.
struct ScoreBand {
  std::size_t in_class = 0;
  double from = 0;                     ///< reached or exceeded
  double to = 0;                       ///< not reached
  std::array<std::size_t, 5> firms{};  ///< graded A, B, C, D, and without a grade

  [[nodiscard]] std::size_t all() const {
    return firms[0] + firms[1] + firms[2] + firms[3] + firms[4];
  }
};

/// Bands of equal width that hold all ranked firms, of each class from its lowest to its highest.
[[nodiscard]] std::vector<ScoreBand> score_bands(const PerMuReport& report);

}  // namespace liantu
