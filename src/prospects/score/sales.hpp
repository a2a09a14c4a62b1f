#pragma once

#include <optional>
#include <vector>

#include "chain/firms/production.hpp"
#include "prospects/fillings/fillings.hpp"
#include "prospects/fillings/ground.hpp"
#include "prospects/fillings/main_business.hpp"
#include "prospects/fillings/scored_gaps.hpp"

namespace liantu {

/// What a firm can sell here into all gaps that it fills, each yuan once.
struct SalesTogether {
  std::optional<Figure> known;  ///< CNY per year
  double possible = 0;          ///< were the unknown known, as far as that is `bounded`
  bool certain = true;          ///< whether nothing that is unknown could make it more
  bool bounded = true;
  bool capacity_known = true;
  bool demand_known = true;
};

/// What firms can sell into gaps, CNY per year.
class Sales {
 public:
  struct Market {
    std::optional<Figure> known;
    double possible = 0;
  };
  struct Scratch {
    std::vector<Market> within;  // by gap; empty between calls
    std::vector<const Filling*> innermost_first;
    std::vector<SegmentFigure> figures;
  };

  Sales(const ProspectGround& ground, const ScoredGaps& gaps, const MainBusiness& business);

  /// The smaller of what it produces for a gap and the leakage; an extension is bought by nobody here.
  [[nodiscard]] std::optional<Figure> known(const Filling& filling) const;
  [[nodiscard]] SalesTogether together(FirmId firm, const Fillings::Scratch& filled,
                                       Scratch& scratch) const;
  [[nodiscard]] bool any_leakage() const { return gaps_.largest_leakage() > 0; }
  /// Against the largest leakage of all gaps, on a log scale.
  [[nodiscard]] double value(double cny) const;
  /// What has such a value.
  [[nodiscard]] double cny(double value) const;
  /// Whether a segment stands above one of those made.
  [[nodiscard]] bool stands_above(SegmentId segment, const std::vector<Statement>& made) const;

 private:
  [[nodiscard]] std::optional<double> most(const Filling& filling) const;
  [[nodiscard]] Sum all_it_makes(FirmId firm, const Fillings::Scratch& filled,
                                 Scratch& scratch) const;

  const ProspectGround& ground_;
  const ScoredGaps& gaps_;
  const MainBusiness& business_;
  double largest_leakage_log_;
};

}  // namespace liantu
