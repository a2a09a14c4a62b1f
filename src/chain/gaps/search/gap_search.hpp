#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "base/core/hash_map.hpp"
#include "base/core/string_map.hpp"
#include "base/values/confidence.hpp"
#include "chain/economy/economy.hpp"
#include "chain/economy/newcomers.hpp"
#include "chain/economy/rounds.hpp"
#include "chain/firms/groups.hpp"
#include "chain/firms/production.hpp"
#include "chain/gaps/search/akin_makers.hpp"
#include "chain/gaps/search/maker_table.hpp"
#include "chain/gaps/search/nearby_makers.hpp"
#include "chain/gaps/search/place_makers.hpp"
#include "chain/gaps/search/ranking_limits.hpp"
#include "chain/segments/buckets.hpp"
#include "chain/segments/position_sums.hpp"
#include "graph/views/told_order.hpp"
#include "liantu/chain/gaps/gap_survey.hpp"
#include "liantu/chain/gaps/gaps.hpp"

namespace liantu {

/// @throws Error{InvalidArgument} if one lies outside its range.
void check_gap_options(const GapOptions& options);

/// What a later round adds to the leakage of a hidden gap.
void add(Leakage& leakage, const RoundDemand& round);

/// The search for the gaps of one district after another; it keeps its memory from one to the next.
/// What is found of a district is the same whether it is told with all lists or in outline.
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
  // What a `makes` says, beside its Statement.
  struct Said {
    double confidence = 1;
    Basis basis = Basis::Stated;
  };
  // A need, or all needs of one firm for one segment. Firms and statements by their place in
  // `local_` and `statements_`, so that both ascend as firms and products do.
  struct NeedRow {
    std::uint32_t firm = 0;
    std::uint32_t statement = 0;
    std::uint32_t rule = 0;
    bool known = false;
    bool complete = false;
    Basis basis = Basis::Stated;
    double amount = 0;  // 0 when it is not known
    double confidence = 1;
    double weight = 0;  // see GapFigures::need_weight; 0 when the coefficient is not known
    double plain = 0;   // the same without the location quotient
    std::optional<std::uint32_t> bought;  // place in `all_bought_` of the largest purchase
    double stated = 0;                    // what purchases state, part of the amount
    [[nodiscard]] bool reckoned() const { return rule != kNoRule; }
  };
  static constexpr std::uint32_t kNoRule = std::numeric_limits<std::uint32_t>::max();
  // What one local firm is stated to buy of one supplier.
  struct Bought {
    std::uint32_t firm = 0;  // the customer
    EdgeId edge{0};
    double amount = 0;
    bool outside = false;   // the supplier is known to stand outside the district
    bool inferred = false;  // the row names no segment: it is what the supplier makes
    std::uint32_t place = 0;
  };
  struct Part {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
  };
  // A gap, or a need that is met; its kinds and reasons as bits.
  struct Found {
    GapFigures figures;
    bool apart = false;
    int tier = 0;  // gaps of a lower one stand before it
    unsigned kinds = 0;
    unsigned weak = 0;
    Part needers;  // of `needers_`
    Part later;    // of `later_`
    std::uint32_t makers = 0;
    std::uint32_t anchors = 0;
    double needer_weight = 0;  // the sum of their confidences
  };
  // What one local firm bought of another.
  struct Purchase {
    FirmId supplier{0};
    FirmId customer{0};
    double amount = 0;
  };
  using Severity = std::tuple<int, int, bool, double, double, SegmentId>;
  using Keys = std::vector<std::pair<Severity, std::uint32_t>>;

  void start(const GapOptions& options, Causes causes);
  void take_stock();
  void let_newcomers_in();
  void find_gaps();
  void measure_firms();
  void look_at_firms();
  void look_at_firm(std::uint32_t number, std::size_t first);
  void add_need(Buckets<NeedRow>& needs, SegmentId segment, std::uint32_t firm,
                std::uint32_t statement, EdgeId rule);
  void read_purchases();
  void read_bought();
  [[nodiscard]] std::optional<SegmentId> sold_by(FirmId supplier) const;
  void join_purchases(SegmentId segment, Found& found);
  [[nodiscard]] double bought_below(SegmentId segment, std::uint32_t firm);

  void weigh(std::uint32_t number);
  [[nodiscard]] std::span<NeedRow> settle(std::span<NeedRow> needs) const;
  [[nodiscard]] std::span<NeedRow> keep_latest(std::span<NeedRow> needs) const;
  enum class Joined : bool { No, Yes };
  void gather_needers(std::span<NeedRow> needs, Found& found, Joined joined);
  [[nodiscard]] std::tuple<double, double> weighs(const NeedRow& need) const;
  [[nodiscard]] double size_of(std::uint32_t firm, SegmentId segment, EdgeId makes) const;
  [[nodiscard]] bool buys_inputs(std::uint32_t firm, std::uint32_t statement) const;
  void look_for_open(std::span<const NeedRow> needs, Found& found);
  [[nodiscard]] NeedRow of_one_firm(std::span<NeedRow> needs);
  [[nodiscard]] double confidence(std::span<const NeedRow> needs);
  enum class Whose : std::uint8_t { All, Anchors };
  [[nodiscard]] std::optional<double> need_weight(std::span<const NeedRow> needs,
                                                  Whose whose) const;
  void count_makers(Found& found);
  void measure(Found& found);
  [[nodiscard]] double stated_part(const NeedRow& need) const;
  [[nodiscard]] double sum_below(const PositionSums& sums, SegmentId segment);
  [[nodiscard]] double spare_above(SegmentId segment) const;
  void find_spare_supply();
  void find_weakness(Found& found);
  [[nodiscard]] bool one_carries_it(const GapFigures& gap);
  [[nodiscard]] std::optional<double> find_purchases(const Found& found);
  [[nodiscard]] bool resells(FirmId supplier, SegmentId segment) const;
  void find_remedy(Found& found);
  void add_later_rounds();
  void hide(Found& found) const;

  [[nodiscard]] bool may_work_up(std::string_view industry, SegmentId sector);
  void take_step();
  [[nodiscard]] std::uint32_t number_of(FirmId firm) const;

  void set_apart();
  void set_tiers();
  void spread_buyers(Keys& keys);
  [[nodiscard]] bool needed_by_products(const Found& found) const;
  [[nodiscard]] Keys order();
  /// The order of keys; of gaps as severe the one whose segment is told first.
  [[nodiscard]] auto most_severe_first() const {
    return [this](const Keys::value_type& a, const Keys::value_type& b) {
      const auto severity = [](const Severity& key) {
        return std::tie(std::get<0>(key), std::get<1>(key), std::get<2>(key), std::get<3>(key),
                        std::get<4>(key));
      };
      if (severity(a.first) != severity(b.first)) return severity(a.first) < severity(b.first);
      return told_before(graph_, graph_.entity(std::get<5>(a.first)),
                         graph_.entity(std::get<5>(b.first)));
    };
  }
  [[nodiscard]] Severity severity(const Found& found);
  [[nodiscard]] std::optional<double> severity_amount(const Found& found) const;
  [[nodiscard]] std::span<SegmentRound> later(const Found& found) const;
  [[nodiscard]] std::span<const NeedRow> needers(const Found& found) const;

  void list_nearby();
  [[nodiscard]] GapFigures figures(const Found& found) const;
  [[nodiscard]] Gap gap(const Found& found);
  [[nodiscard]] SurveyedGap surveyed(const Found& found) const;

  const Economy& economy_;
  const EnterpriseGraph& graph_;
  const Taxonomy& taxonomy_;
  const InputRules& rules_;
  const Sectors& sectors_;
  Relation makes_;
  Relation requires_;
  Relation supplies_;
  Relation trades_;

  const GapOptions* options_ = nullptr;
  District district_;
  std::optional<Newcomers> newcomers_;
  Anchors anchors_;
  Threshold threshold_{0};
  Causes causes_ = Causes::Keep;
  std::uint32_t local_makers_ = 0;
  std::uint32_t gone_firms_ = 0;
  std::uint32_t unlocated_firms_ = 0;
  std::size_t apart_ = 0;
  bool weighted_ = false;
  std::vector<FactorUse> factors_;

  std::vector<FirmId> local_;             // ascending, newcomers last
  std::vector<std::size_t> near_places_;  // of Economy::places()
  std::vector<char> anchor_;              // by local firm
  std::vector<double> sizes_;  // by local firm: capital; 1 each where nothing rests on it
  bool by_size_ = false;
  std::optional<Groups> groups_;  // of the local firms; only where sizes are looked at
  std::vector<Statement> statements_;
  std::vector<Said> said_;  // by statement
  MakerTable made_here_;
  AkinMakers akin_;
  Buckets<NeedRow> real_;       // one a (firm, product, `requires`)
  Buckets<NeedRow> extension_;  // likewise
  Buckets<Purchase> purchases_;
  SegmentMarks bought_;        // the segments of these
  Buckets<Bought> bought_of_;  // stated purchases of local firms
  std::vector<Bought> all_bought_;
  std::vector<NeedRow> needers_;
  std::vector<Found> gaps_;
  std::vector<Found> met_;
  std::vector<FirstRound> first_rounds_;
  SegmentMarks demanded_;      // segments that local firms need
  PositionSums met_yuan_;      // by segment: what of the demand for it local supply meets
  PositionSums unknown_;       // by segment: 1 where it is made here and its need not known
  std::vector<double> spare_;  // by segment: what the first round leaves of its supply
  std::vector<std::uint32_t> spared_;
  std::vector<Taxonomy::Range> ranges_;
  Rounds rounds_;
  std::span<SegmentRound> later_;

  NearbyMakers nearby_;

  std::vector<std::uint32_t> gap_of_;  // by segment: place in `gaps_` + 1
  std::vector<double> best_;           // by `requires`: the best confidence; -1 = none
  std::vector<std::uint32_t> relations_;
  std::vector<SegmentFigure> products_;
  std::vector<std::uint32_t> told_;  // by statement
  std::uint32_t telling_ = 0;        // what `told_` says of those told
  std::uint32_t steps_ = 0;
  // By industry, then sector: whether it may work up something of it; what was asked for.
  StringMap<HashMap<std::uint32_t, bool>> worked_up_;
};

}  // namespace liantu
