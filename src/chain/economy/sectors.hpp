#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "chain/segments/input_rules.hpp"
#include "liantu/base/values/goods_kinds.hpp"
#include "liantu/graph/graph.hpp"

namespace liantu {

/// The sectors of an input-output table among the segments, and what is known of products by them.
/// Without such a table there are none, and every question has the answer that changes nothing.
class Sectors {
 public:
  Sectors(const EnterpriseGraph& graph, const InputRules& rules);

  [[nodiscard]] bool any() const { return !sectors_.empty(); }
  [[nodiscard]] bool contains(SegmentId segment) const { return place_of_[raw(segment)] > 0; }
  /// The sector itself, or that of a product where it is surely known.
  [[nodiscard]] std::optional<SegmentId> of(SegmentId segment) const;
  /// Whether a segment is no sector of services, energy, water or building: these are made where they
  /// are used.
  [[nodiscard]] bool goods(SegmentId segment) const;

  /// Location quotient of a rule between two sectors: how many times more of the input the sector
  /// takes than sectors take on average. 1 for any other rule.
  [[nodiscard]] double quotient(const InputRule& rule) const;
  /// What a coefficient counts in the order of needs: the quotient, at most kMostQuotient, less within
  /// a sector, and nothing for what makers buy for their staff. 1 for a rule not between two sectors.
  [[nodiscard]] double regard(const InputRule& rule) const;
  /// Whether making something of the sector is no occasion to buy inputs: who trades, carries, lets,
  /// lends or holds. False for any segment that is no sector.
  [[nodiscard]] bool buys_nothing(SegmentId sector) const;
  /// Whether a machine read the rule between two products and the table speaks of what products need
  /// instead: it makes no need of its own.
  [[nodiscard]] bool illustrates(const InputRule& rule) const;

  /// Inputs that products of one sector take of another one, by rules that a machine read and the
  /// table does not contradict; most supported first.
  [[nodiscard]] std::vector<SegmentId> examples(std::span<const SegmentId> buyers, SegmentId input,
                                                std::size_t most) const;

  /// The kinds of goods of a sector; none where they are not known, or for what is no sector.
  [[nodiscard]] std::span<const GoodsKind* const> kinds(SegmentId sector) const;
  /// Whether who makes something of an industry may work up something of a sector: true unless the
  /// kinds of the sector are known and none of them goes into what that industry makes.
  ///
  /// @param industry  Of GB/T 4754; empty when it is not known.
  [[nodiscard]] bool may_work_up(std::string_view industry, SegmentId sector) const;

  static constexpr double kMostQuotient = 5;

 private:
  struct Sector {
    SegmentId segment{0};
    std::string_view industry;  // its first code; empty where the classification is not known
    double mean = 0;            // coefficient of it as an input, over all sectors
    std::vector<const GoodsKind*> kinds;
  };
  struct Example {
    std::uint32_t buyer = 0;  // places of sectors from 1
    std::uint32_t input = 0;
    SegmentId product{0};
    double support = 0;
  };
  [[nodiscard]] const Sector& at(SegmentId segment) const {
    return sectors_[place_of_[raw(segment)] - 1];
  }
  [[nodiscard]] std::optional<double> coefficient(std::uint32_t buyer, std::uint32_t input) const;
  void gather_examples(const InputRules& rules);

  EnterpriseGraph graph_;
  std::vector<std::uint32_t> place_of_;   // by segment: place in `sectors_` from 1; 0 = none
  std::vector<std::uint32_t> sector_of_;  // likewise, of products too
  std::vector<Sector> sectors_;
  std::vector<double> coefficients_;  // by buyer, then input
  std::vector<Example> examples_;     // ascending
};

/// Whether a firm of this name buys no inputs of its own, whatever it is registered for: a branch
/// office, a filling station, who holds, or who hires out hands.
[[nodiscard]] bool named_as_no_buyer(std::string_view name);

}  // namespace liantu
