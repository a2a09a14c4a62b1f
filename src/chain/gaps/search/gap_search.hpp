#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/run/paced_stop.hpp"
#include "chain/economy/economy.hpp"
#include "chain/economy/rounds.hpp"
#include "chain/gaps/search/akin_makers.hpp"
#include "chain/gaps/search/local_firms.hpp"
#include "chain/gaps/search/local_needs.hpp"
#include "chain/gaps/search/local_purchases.hpp"
#include "chain/gaps/search/maker_table.hpp"
#include "chain/gaps/search/nearby_makers.hpp"
#include "chain/gaps/search/place_makers.hpp"
#include "chain/gaps/search/severity_order.hpp"
#include "chain/gaps/search/shared_supply.hpp"
#include "liantu/chain/gaps/gap_survey.hpp"
#include "liantu/chain/gaps/gaps.hpp"

namespace liantu {

/// @throws Error{InvalidArgument} if one lies outside its range.
void check_gap_options(const GapOptions& options);

/// The search for the gaps of one district after another; it and its stages keep their memory from one
/// to the next. What is found of a district is the same whether it is told with all lists or in outline.
class GapSearch {
 public:
  explicit GapSearch(const Economy& economy);
  GapSearch(const GapSearch&) = delete;
  GapSearch& operator=(const GapSearch&) = delete;

  /// What find_gaps() returns.
  [[nodiscard]] GapReport report(const GapOptions& options);
  /// The same in outline; nothing when no firm of the district counts.
  [[nodiscard]] std::optional<DistrictGaps> outline(const GapOptions& options,
                                                    const PlaceMakers& place_makers,
                                                    std::size_t most);

 private:
  [[nodiscard]] bool start(const GapOptions& options);
  void find_gaps(Causes causes);
  void read_firms();
  void weigh(SegmentId segment);
  void look_for_open(std::span<const LocalNeeds::Row> needs, FoundGap& found);
  void count_makers(FoundGap& found);
  void measure(FoundGap& found);
  void find_weakness(FoundGap& found);
  [[nodiscard]] bool one_carries_it(const GapFigures& gap);
  [[nodiscard]] std::optional<double> bought_here(const FoundGap& found) const;
  void find_remedy(FoundGap& found);
  void add_later_rounds(Causes causes);

  void list_nearby();
  [[nodiscard]] GapFigures figures(const FoundGap& found) const;
  [[nodiscard]] Gap gap(const FoundGap& found);
  [[nodiscard]] std::vector<Maker> makers(SegmentId segment);
  [[nodiscard]] SurveyedGap surveyed(const FoundGap& found) const;

  const EnterpriseGraph& graph_;
  const Taxonomy& taxonomy_;
  const Sectors& sectors_;

  const GapOptions* options_ = nullptr;
  PacedStop stop_;
  LocalFirms firms_;
  LocalPurchases purchases_;
  LocalNeeds needs_;
  MakerTable made_here_;
  AkinMakers akin_;
  SharedSupply supply_;
  NearbyMakers nearby_;
  SeverityOrder order_;
  std::vector<FoundGap> gaps_;
  std::vector<FoundGap> met_;
  std::vector<std::uint32_t> gap_of_;  // by segment: place in `gaps_` + 1
};

}  // namespace liantu
