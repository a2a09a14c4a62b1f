#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "prospects/fillings/firm_places.hpp"
#include "prospects/fillings/ground.hpp"
#include "prospects/fillings/like_customers.hpp"
#include "prospects/fillings/main_business.hpp"
#include "prospects/fillings/scored_gaps.hpp"
#include "prospects/fillings/screening.hpp"

namespace liantu {

/// What a firm makes at or below the segment of a gap.
struct Filling {
  std::size_t gap = 0;
  std::size_t first = 0;         ///< of its statements in Fillings::Scratch::made
  std::size_t count = 0;         ///< at least 1; those of Production::statements
  std::optional<Figure> output;  ///< as in Production
  bool complete = false;
  std::optional<std::size_t> kind;  ///< index into Gap::kinds_needed
};

/// The gaps that firms fill with what they make.
class Fillings {
 public:
  struct Scratch {
    MainBusiness::Scratch business;
    std::vector<Statement> made;
    std::vector<Filling> fillings;
    struct Part {
      std::size_t gap = 0;
      std::uint32_t level = 0;
      std::size_t statement = 0;
    };
    std::vector<Part> parts;
    const ScreeningRule* bar = nullptr;  // that keeps it from all gaps, or nothing
  };

  /// @param ground  Kept by reference, as the others are.
  Fillings(const ProspectGround& ground, const FirmPlaces& places, const ScoredGaps& gaps,
           const Screening& screening, const MainBusiness& business, const LikeCustomers& like)
      : ground_(ground),
        places_(places),
        gaps_(gaps),
        screening_(screening),
        business_(business),
        like_(like) {}

  /// Firms worth assessing: from outside, or from nobody knows where, that state to make something
  /// that fills a gap. Ascending.
  [[nodiscard]] std::vector<FirmId> candidates() const;
  /// The gaps that a firm fills, ascending by gap, in scratch.fillings: with its main business, and
  /// as far as no screen keeps it from a gap; where one keeps it from all, all of them and the screen
  /// in scratch.bar.
  void find(FirmId firm, Scratch& scratch) const;

 private:
  void keep_kinds_needed(FirmId firm, Scratch& scratch) const;

  const ProspectGround& ground_;
  const FirmPlaces& places_;
  const ScoredGaps& gaps_;
  const Screening& screening_;
  const MainBusiness& business_;
  const LikeCustomers& like_;
};

}  // namespace liantu
