#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/core/string_map.hpp"
#include "chain/firms/production.hpp"
#include "chain/segments/segment_marks.hpp"
#include "chain/segments/taxonomy.hpp"
#include "liantu/base/values/goods_kinds.hpp"
#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/chain/gaps/kind_rows.hpp"
#include "liantu/links/paths/scores.hpp"
#include "liantu/prospects/arrivals/place_propensity.hpp"
#include "liantu/prospects/prospects.hpp"
#include "links/paths/target_ways.hpp"
#include "prospects/firms/namesakes.hpp"
#include "prospects/firms/presence.hpp"
#include "prospects/firms/ties.hpp"
#include "prospects/weight_draws.hpp"

namespace liantu {

inline constexpr double kPurchasesUnit = 1e6;  ///< CNY, of Part::Purchases
inline constexpr double kHeavyWorth = 0.3;  ///< in Part::Distance, of what is heavy for its worth

/// What paths to an anchor are worth in Part::Proximity, by their score.
[[nodiscard]] double path_worth(double score);

/// What all districts of a graph share when prospects are ranked.
struct ProspectGround {
  explicit ProspectGround(const EnterpriseGraph& of);
  ProspectGround(const ProspectGround&) = delete;
  ProspectGround& operator=(const ProspectGround&) = delete;

  EnterpriseGraph graph;  ///< shares its data
  Taxonomy taxonomy;
  Date date;                             ///< of the data
  std::vector<RegionCode> regions;       ///< in which firms stand, each once
  std::vector<std::uint32_t> region_of;  ///< by firm: position in `regions`
  std::vector<bool> sectors;             ///< by segment: whether it is a sector of an input-output
                                         ///< table
  std::vector<FirmId> branches;          ///< owning_branches()
};

/// Firms that may already stand in a district: a quick look that passes over nobody whom Presence
/// finds there, so that the name of hardly anybody else need be brought to its normal form.
class PresenceHints {
 public:
  /// @throws Error{Cancelled}
  /// @param local           The firms of the district.
  /// @param local_branches  branches_among(graph, local)
  /// @param branches        owning_branches(graph)
  PresenceHints(const EnterpriseGraph& graph, const std::vector<FirmId>& local,
                const std::vector<FirmId>& local_branches, const std::vector<FirmId>& branches,
                const std::stop_token& stop = {});

  [[nodiscard]] bool may_be_present(FirmId firm) const;

 private:
  const EnterpriseGraph& graph_;
  std::vector<bool> owners_;    // by firm: of one that may be here, through any number of firms
  StringMap<bool> beginnings_;  // of the names of head firms
  bool any_name_ = false;
};

/// What speaks for a firm, in numbers; its strings are made when it is shown.
struct Assessment {
  /// Words of Prospect::unknown in their order.
  enum Unknown : std::uint8_t {
    kRegion,
    kCapacity,
    kDemand,
    kRelations,
    kShare,
    kRevenue,
    kCapital,
    kPlace,
    kArrivals,
    kCode,
    kUnknownCount
  };
  /// The anchor to which the path of Policy::proximity_path is strongest.
  struct Reach {
    FirmId anchor{0};
    double score = 0;
  };

  std::array<ScorePart, kPartCount> parts;
  std::array<bool, kUnknownCount> unknown{};
  ProspectStatus status = ProspectStatus::Prospect;
  const Screen* screen = nullptr;      ///< that keeps it off
  std::vector<FilledGap> gaps;         ///< best first
  std::optional<Figure> purchases;     ///< see Prospect
  std::vector<std::uint64_t> anchors;  ///< a bit for each of GapReport::anchors
  std::vector<FirmId> present;
  std::optional<Reach> reach;
  Text kept_off;               ///< why it is screened where no screen of the policy says
  std::optional<double> km;    ///< between the seats of the provinces
  std::vector<FirmId> near;    ///< what it has in the province already
  bool heavy = false;          ///< whether what it makes is heavy for its worth
  std::int32_t ways_most = 0;  ///< hundredths of a point that the ways to anchors can add at most,
                               ///< where they are left out

  /// Sums of the parts, in hundredths of a point.
  [[nodiscard]] std::int32_t cents() const;
  [[nodiscard]] std::int32_t cents_at_best() const;
  /// The points of the parts, in hundredths.
  [[nodiscard]] PartCents part_cents() const;
};

/// Scores the firms from outside a district that make what fills its gaps. Safe to use from any
/// number of threads, each with a Scratch of its own.
class Assessor {
 public:
  /// What a firm makes at or below the segment of a gap.
  struct Filling {
    std::size_t gap = 0;
    std::size_t first = 0;         ///< of its statements in Scratch::made
    std::size_t count = 0;         ///< at least 1; those of Production::statements
    std::optional<Figure> output;  ///< as in Production
    bool complete = false;
    double worth = 0;  // severity of the gap, as far as the firm's main business is what it lacks
    std::optional<std::size_t> kind;  ///< index into Gap::kinds_needed
  };
  struct Sales {
    std::optional<Figure> known;  ///< CNY per year
    double possible = 0;          ///< were the unknown known, as far as that is bounded
  };
  /// What a firm's products say of the kind of a sector's goods that it makes.
  struct MadeKind {
    bool known = false;
    std::optional<std::size_t> needed;  ///< index into Gap::kinds_needed; nothing: of another kind
    const GoodsKind* told = nullptr;    ///< where known
  };
  struct Scratch {
    Assessment result;
    std::vector<Statement> statements;
    std::vector<Statement> made;
    std::vector<Filling> fillings;
    std::vector<Sales> within;  // by gap; empty sales between calls
    TargetWays::Scratch ways;
    struct Part {
      std::size_t gap = 0;
      std::uint32_t level = 0;
      std::size_t statement = 0;
    };
    std::vector<Part> parts;
    std::vector<const Filling*> innermost_first;
    std::vector<SegmentFigure> figures;
    std::vector<SegmentId> sectors;                            // that the firm is in
    std::vector<std::pair<std::size_t, MadeKind>> made_kinds;  // by gap, as far as asked for
    const Screen* bar = nullptr;  // that keeps it from all gaps, or nothing
  };

  /// Whether Part::Proximity counts the ways to anchors: they take the most time by far.
  enum class Ways : std::uint8_t { Counted, LeftOut };

  /// @param coming  Nothing where no arrivals are given.
  /// @throws Error{Cancelled}; Error as TargetWays.
  Assessor(const ProspectGround& ground, const GapReport& report, const Policy& policy,
           const PlacePropensity* coming, const std::stop_token& stop);

  /// Firms worth assessing: from outside, or from nobody knows where, that state to make something
  /// that fills a gap. Ascending.
  [[nodiscard]] std::vector<FirmId> candidates() const;
  /// Assesses a candidate.
  /// @return  In scratch.result; nothing when it is not trusted to make what fills a gap.
  [[nodiscard]] const Assessment* assess(FirmId firm, Scratch& scratch,
                                         Ways ways = Ways::Counted) const;
  /// Hundredths of a point that the ways to anchors add to the score, and to the one were the unknown
  /// known, of a firm that was assessed without them.
  [[nodiscard]] std::int32_t cents_of_ways(FirmId firm, Scratch& scratch) const;
  /// The least that one fact would have to say of the firm assessed last with `scratch` to give a part
  /// so many points, see LiftingPart::fact.
  [[nodiscard]] std::optional<LiftingFact> least_fact(Part part, double points, FirmId firm,
                                                      const Scratch& scratch) const;
  /// The gaps that a firm fills, ascending by gap, in scratch.fillings: with its main business, and
  /// as far as no screen keeps it from a gap; where one keeps it from all, all of them and the screen
  /// in scratch.bar.
  void find_fillings(FirmId firm, Scratch& scratch) const;

  /// The gap whose segment is the nearest above that of a gap.
  [[nodiscard]] std::optional<std::size_t> outer(std::size_t gap) const {
    return facts_[gap].outer;
  }
  /// Whether a product is known to be of a sector; nothing when its sector is not known, or that is
  /// none of an input-output table.
  [[nodiscard]] std::optional<bool> of_sector(SegmentId product, SegmentId sector) const;
  [[nodiscard]] const Ties& ties() const { return ties_; }
  [[nodiscard]] const Presence& presence() const { return presence_; }
  [[nodiscard]] const RelationPath& path() const { return path_; }
  [[nodiscard]] const TargetWays* ways() const { return ways_.get(); }
  /// The bits of Assessment::anchors written out, ascending.
  [[nodiscard]] std::vector<FirmId> anchors_of(const Assessment& assessment) const;
  /// What a firm supplies to makers elsewhere of the same sectors as those here who buy for a gap:
  /// who sells to a tyre works may sell to another. Undone relations do not count.
  /// @return  `supplies` of the firm, one a customer; none for a gap that is not told by sectors.
  [[nodiscard]] std::vector<EdgeId> like_customers(FirmId firm, std::size_t gap) const;
  /// Firms of the district's province that may be its own, by their names alone. Looked for where the
  /// list rests on sizes.
  [[nodiscard]] std::vector<FirmId> namesakes(FirmId firm) const {
    return namesakes_ ? namesakes_->of(firm) : std::vector<FirmId>();
  }
  /// Whether what fills a gap is of the kind of its segment and neither the segment nor below it.
  [[nodiscard]] bool alike(const FilledGap& filled) const;
  /// Whether who has a need works up a kind of goods, by its index into goods_kinds().
  [[nodiscard]] bool works_up(const Need& need, std::size_t kind) const;
  [[nodiscard]] double told_together(FirmId firm) const;
  [[nodiscard]] Standing standing(FirmId firm) const {
    return standings_[ground_.region_of[raw(firm)]];
  }

 private:
  // What scoring asks of a gap, close together: a Gap with its lists lies spread over the memory.
  struct GapFacts {
    double severity = 0;
    std::optional<double> leakage_max;
    const Screen* bar = nullptr;         // what keeps all from its segment
    std::optional<std::uint32_t> outer;  // the gap whose segment is the nearest above its own
    std::uint32_t depth = 0;             // greater than that of every gap it lies in
    Basis basis = Basis::Stated;
    bool bought = false;
    bool needs_known = false;
    bool holds_others = false;  // whether it is the outer one of another
    bool of_kinds = false;      // whether buyers here need some kinds of its sector
    bool of_sector = false;     // of a sector, without an amount, where the list rests on sizes
    bool heavy = false;         // for its worth
  };

  void take_stock();
  void place_kinds();
  [[nodiscard]] bool aside(std::size_t gap) const;
  [[nodiscard]] double severity_of(FirmId firm, const Filling& filling) const;
  void find_alike();
  void read_screens();
  [[nodiscard]] const Screen* bar_of(FirmId firm, EdgeId makes, const GoodsKind* kind) const;
  [[nodiscard]] bool heavy(SegmentId segment) const;
  void keep_main_business(Scratch& scratch) const;
  void keep_kinds_needed(FirmId firm, Scratch& scratch) const;
  [[nodiscard]] std::optional<double> share_in(SegmentId sector, const Scratch& scratch) const;
  [[nodiscard]] double meets(FirmId firm, const Filling& filling, const Scratch& scratch) const;
  [[nodiscard]] MadeKind kind_made(std::size_t gap, Scratch& scratch) const;
  [[nodiscard]] MadeKind find_kind_made(std::size_t gap, const Scratch& scratch) const;
  [[nodiscard]] double worth_of(std::size_t gap, const Scratch& scratch) const;
  void nest_gaps();
  void mark_anchors();
  [[nodiscard]] std::vector<std::uint64_t> anchor_bits(const std::vector<FirmId>& firms) const;
  void find_ways(const std::stop_token& stop);
  void give(Assessment& to, Part part, double value, double value_max, bool known) const;
  void score_gaps(Assessment& to, const Scratch& scratch) const;
  void score_purchases(Assessment& to, FirmId firm, Scratch& scratch) const;
  void score_proximity(Assessment& to, FirmId firm, Scratch& scratch, Ways ways) const;
  [[nodiscard]] double apart_by_ties(FirmId firm) const;
  [[nodiscard]] std::optional<Assessment::Reach> reach(FirmId firm, Scratch& scratch) const;
  [[nodiscard]] double proximity_points(double apart) const;
  void score_fit(Assessment& to, FirmId firm, const Scratch& scratch) const;
  [[nodiscard]] bool of_unknown_kind(FirmId firm, const Filling& filling) const;
  [[nodiscard]] double kind_worth(FirmId firm, const Filling& filling) const;
  [[nodiscard]] std::optional<double> share_of(const Statement& made, const Scratch& scratch) const;
  void score_scale(Assessment& to, EntityId entity) const;
  void score_quality(Assessment& to, EntityId entity) const;
  void score_distance(Assessment& to, FirmId firm) const;
  void score_propensity(Assessment& to, FirmId firm) const;
  void settle_status(Assessment& to, FirmId firm) const;
  [[nodiscard]] double purchase_value(double cny) const;
  [[nodiscard]] std::optional<Figure> known_sales(const Filling& filling) const;
  [[nodiscard]] std::optional<double> most_sales(const Filling& filling) const;
  [[nodiscard]] Sum all_it_makes(FirmId firm, Scratch& scratch) const;
  [[nodiscard]] bool stands_above(SegmentId segment, const std::vector<Statement>& made) const;
  [[nodiscard]] std::optional<LiftingFact> least_product(Part part, double value,
                                                         const Scratch& scratch) const;
  [[nodiscard]] std::optional<LiftingFact> least_sales(double value, const Scratch& scratch) const;
  [[nodiscard]] std::optional<LiftingFact> least_tie(double value, FirmId firm,
                                                     const Assessment& now) const;
  [[nodiscard]] std::optional<LiftingFact> least_statement(double value, FirmId firm,
                                                           const Scratch& scratch) const;
  [[nodiscard]] std::optional<LiftingFact> least_revenue(double value, FirmId firm) const;
  [[nodiscard]] std::optional<LiftingFact> least_distance(double value,
                                                          const Assessment& now) const;

  const ProspectGround& ground_;
  const EnterpriseGraph& graph_;
  const Taxonomy& taxonomy_;
  const GapReport& report_;
  const Policy& policy_;
  const PlacePropensity* coming_;
  std::array<double, kPartCount> weights_;  // by part
  Relation makes_;
  Relation supplies_;
  Productions productions_;
  SegmentMarks gap_marks_;                 // the segments of gaps
  std::vector<Standing> standings_;        // by region
  std::vector<std::optional<double>> km_;  // by region: from the district
  std::vector<FirmId> local_;
  std::vector<FirmId> local_branches_;
  Presence presence_;
  PresenceHints hints_;
  District province_;  // where a firm counts as near
  std::vector<FirmId> in_province_;
  std::vector<FirmId> branches_in_province_;
  Presence province_presence_;
  PresenceHints province_hints_;
  std::optional<Namesakes> namesakes_;
  Ties ties_;
  RelationPath path_;                 // Policy::proximity_path
  std::unique_ptr<TargetWays> ways_;  // to the anchors; none when nothing can lead there
  std::vector<bool> customers_;       // by firm: whether an anchor and it supply one another
  // Those firms with the anchors, by position in ways_->targets(): ascending.
  std::vector<std::pair<FirmId, std::uint32_t>> supplied_;
  std::vector<GapFacts> facts_;        // by gap
  std::vector<std::uint32_t> gap_of_;  // by segment: its gap + 1, or 0
  // By segment: the gap of whose kind it is, + 1, or 0; may be empty.
  std::vector<std::uint32_t> alike_;
  std::vector<std::uint64_t> anchors_by_gap_;          // bits, so many words a gap
  std::vector<std::vector<SegmentId>> buyers_by_gap_;  // sectors of those who buy here, ascending
  std::vector<std::vector<const GoodsKind*>> kinds_by_gap_;  // of a sector that buyers here need
  // By gap, then KindNeed: bits of the anchors that work it up.
  std::vector<std::vector<double>> size_of_buyers_;    // by gap and kind needed
  std::vector<std::vector<double>> severity_of_kind_;  // the same; none where the gap is one row
  std::vector<std::vector<std::vector<std::uint64_t>>> anchors_by_kind_;
  std::size_t anchor_words_ = 0;
  std::vector<const Screen*> firm_screens_;  // that look at the firm itself
  std::vector<const Screen*> bars_;  // by segment that lies at or below a gap's: what keeps all off
  std::vector<bool> heavy_;          // by segment likewise
  double largest_leakage_ = 0;
  double largest_leakage_log_ = 0;
  double scale_log_ = 1;
  bool related_ = false;  // whether the graph has any relation that Part::Proximity looks at
};

}  // namespace liantu
