#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "chain/economy/economy.hpp"
#include "chain/economy/rounds.hpp"
#include "chain/gaps/search/local_firms.hpp"
#include "chain/gaps/search/local_needs.hpp"
#include "chain/gaps/search/nearby_makers.hpp"
#include "liantu/chain/gaps/gaps.hpp"

namespace liantu {

/// A gap, or a need that is met, as the search finds it; its kinds and reasons as bits.
struct FoundGap {
  GapFigures figures;
  bool apart = false;  ///< stands behind the others
  int tier = 0;        ///< gaps of a lower one stand before it
  unsigned kinds = 0;
  unsigned weak = 0;
  LocalNeeds::Needers needers;
  std::span<SegmentRound> later;  ///< what later rounds need of it
  std::uint32_t makers = 0;
};

/// What a later round adds to the leakage of a hidden gap.
void add(Leakage& leakage, const RoundDemand& round);

/// The amount by which gaps are ordered: the middle of the leakage; nothing where none is known.
[[nodiscard]] std::optional<double> severity_amount(const FoundGap& found);

/// The order in which the gaps of a district are told.
class SeverityOrder {
 public:
  /// @param firms, needs, nearby  Kept by reference.
  SeverityOrder(const Economy& economy, const LocalFirms& firms, const LocalNeeds& needs,
                NearbyMakers& nearby);

  /// Orders gaps, marking those set apart and their tiers.
  ///
  /// @param most  How many places are wanted; 0 = all.
  /// @return      Places in `gaps`, the most severe first; of gaps as severe the one whose segment is
  ///              told first.
  [[nodiscard]] std::vector<std::uint32_t> most_severe(std::span<FoundGap> gaps,
                                                       Everywhere everywhere, std::size_t most);

  /// Of the gaps ordered last: how many are set apart, and whether weights order those without amounts.
  [[nodiscard]] std::size_t apart() const { return apart_; }
  [[nodiscard]] bool weighted() const { return weighted_; }
  /// Whether products that the leading buyers are said to make are known to need something of the
  /// sector.
  [[nodiscard]] bool needed_by_products(const FoundGap& found) const;

 private:
  using Severity = std::tuple<int, int, bool, double, double, SegmentId>;
  using Key = std::pair<Severity, std::uint32_t>;

  void set_apart(std::span<FoundGap> gaps, Everywhere everywhere);
  void set_tiers(std::span<FoundGap> gaps);
  void spread_buyers(std::span<const FoundGap> gaps, std::vector<Key>& keys);
  [[nodiscard]] Severity severity(const FoundGap& found);
  [[nodiscard]] bool before(const Key& a, const Key& b) const;

  const EnterpriseGraph& graph_;
  const InputRules& rules_;
  const Sectors& sectors_;
  const LocalFirms& firms_;
  const LocalNeeds& needs_;
  NearbyMakers& nearby_;
  Relation makes_;
  std::size_t apart_ = 0;
  bool weighted_ = false;
};

}  // namespace liantu
