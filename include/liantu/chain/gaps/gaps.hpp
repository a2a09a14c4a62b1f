#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/values/basis.hpp"
#include "liantu/chain/economy/demand.hpp"
#include "liantu/chain/economy/newcomer.hpp"
#include "liantu/chain/firms/district.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/graph/output_factors.hpp"

namespace LIANTU_API liantu {

class Economy;
struct DistrictGaps;
struct GapSurveyOptions;

/// What is wrong with a segment, in order of precedence.
enum class GapKind : std::uint8_t {
  Missing,  ///< 缺链 → 补链: local firms need it, none makes it
  Weak,     ///< 弱链 → 强链: local makers exist but cannot carry the demand
  Hidden,  ///< 隐性缺口: nobody here needs it yet, but filling a gap would raise a demand for it
           ///< that the district cannot meet
  Extension,  ///< 延链: something made locally goes into it, nobody here makes it
  Open,  ///< 有本地企业，规模不明: needed, and made here by firms of unknown size, so that nobody can
         ///< say whether they meet the need; told where a table of sectors says what is needed
};

/// `missing`, `weak`, `hidden`, `extension`, `open`.
[[nodiscard]] std::string_view gap_word(GapKind kind);
/// missing 缺链, weak 弱链, hidden 隐性缺口, extension 延链, open 有本地企业，规模不明.
[[nodiscard]] Text gap_text(GapKind kind);

/// Why a segment is weak; several may hold.
enum class WeakReason : std::uint8_t {
  LowCoverage,   ///< coverage lies below GapOptions::weak_coverage
  SingleMaker,   ///< one firm makes it
  OneCarries,    ///< one of several makers has more than half of the supply, the share from which
                 ///< article 24 of the Antimonopoly Law presumes dominance, and coverage by the
                 ///< others would be low
  MakersAtRisk,  ///< all its makers are at risk
};

/// How a gap may be closed: by helping a local firm that already makes something akin (本地培育),
/// or by bringing in a firm from elsewhere (外部引进).
enum class Remedy : std::uint8_t { Foster, BringIn };

/// `foster`, `bring_in`.
[[nodiscard]] std::string_view remedy_word(Remedy remedy);
/// local fostering 本地培育, bringing in 外部引进.
[[nodiscard]] Text remedy_text(Remedy remedy);

/// Where gaps stand in segments that nearly everybody needs: among the others, or behind all of
/// them.
enum class Everywhere : std::uint8_t { Among, Apart };

/// Options of find_gaps().
struct GapOptions {
  District district;      ///< see District; only `region` is required
  AnchorOptions anchors;  ///< see choose_anchors()
  std::optional<Anchors>
      chosen_anchors;           ///< anchors chosen before; `anchors` is not looked at then
  double weak_coverage = 0.5;   ///< coverage below which a supplied segment is weak; [0, 1]
  double min_confidence = 0.3;  ///< a need whose relations are trusted less is left out, and who
                                ///< makes something by a relation trusted less is no maker; taken
                                ///< in steps of 1/255, as confidences are; [0, 1]
  int rounds = 2;  ///< rounds of demand, 1 = what local makers buy directly; 1..8, see demand.hpp
  Everywhere everywhere = Everywhere::Among;  ///< where segments stand that more than half of all
                                              ///< products need alike, see need_evenness()
  OutputFactors factors;     ///< estimates of outputs that nobody states; none by default
  Date founded_before;       ///< only firms known to be founded earlier count; all when not known
  std::vector<FirmId> with;  ///< firms looked at as if they stood in the district
  std::vector<FirmId> without;  ///< firms looked at as if they did not exist; goes before `with`
  std::vector<Newcomer> newcomers;  ///< firms of no table, looked at as if they stood in the
                                    ///< district, whatever `founded_before` says
  std::stop_token stop;             ///< asks a long run to end early
};

/// A local firm that needs a segment, and why: because of what it makes, because it is stated to buy
/// it, or both. Of one firm and one segment there is one need: a stated purchase wins, and what an
/// estimate exceeds it by stays an estimate.
struct Need {
  FirmId firm{0};
  SegmentId product{0};  ///< what it makes that needs the segment (or, for an extension, goes into
                         ///< it)
  EdgeId makes{0};       ///< firm makes product
  EdgeId requires_edge{0};       ///< product requires segment (extension: segment requires product)
  std::optional<double> amount;  ///< CNY per year it buys: output × coefficient, over all its
                                 ///< products that need the segment, each yuan of output once;
                                 ///< nothing when none is known
  bool complete = false;         ///< whether the amount leaves out no product
  Basis basis = Basis::Stated;   ///< softest of what the amount rests on; of the two relations when
                                 ///< it is unknown
  double confidence = 1;  ///< product of the confidences of the two relations, at its best over
                          ///< the firm's products
  bool reckoned = true;   ///< whether it follows from what the firm makes; else `makes` and
                          ///< `requires_edge` say nothing, and `product` is the segment itself
  std::optional<EdgeId> purchase;  ///< `supplies` that states it, of several the largest
  std::optional<double> stated;    ///< CNY per year that purchases state, part of `amount`
  double weight = 0;  ///< the firm's part of GapFigures::need_weight; 0 when it is not known

  friend bool operator==(const Need&, const Need&) = default;
};

/// A maker of a segment.
struct Maker {
  FirmId firm{0};
  SegmentId segment{0};  ///< the segment itself, or a descendant of it in the taxonomy: of several
                         ///< the one with the largest output
  EdgeId makes{0};
  std::optional<double> output;  ///< CNY per year over all it makes at or below the segment, each
                                 ///< yuan once; nothing when a part of it is unknown
  Basis basis = Basis::Stated;   ///< softest of what the output rests on
  bool at_risk = false;          ///< carries a risk flag, or its status is not active

  friend bool operator==(const Maker&, const Maker&) = default;
};

/// Possible and sibling makers that a Gap names; broad segments have thousands, which all gaps
/// below share.
inline constexpr std::size_t kPossibleMakers = 20;

/// Products that a Gap names as examples.
inline constexpr std::size_t kExamples = 5;

/// A kind of a sector's goods that buyers in the district work up.
struct KindNeed {
  std::size_t kind = 0;    ///< index into goods_kinds()
  std::size_t buyers = 0;  ///< needers that work it up, at least 1
  double weight = 0;       ///< their part of GapFigures::need_weight
  double capital = 0;      ///< CNY of registered capital of those who surely work it up
  double worth = 0;  ///< orders the kinds of all gaps, never an amount: the weights of who works it
                     ///< up, each split evenly over the kinds that it works up of the sector, less
                     ///< the more firms here and nearby may make it
  bool behind = false;     ///< few or small firms or builders alone work it up, or many make it: it
                           ///< stands behind others
  std::size_t nearby = 0;  ///< Gap::nearby_makers whose words name it
  std::vector<FirmId> makers;    ///< of Gap::makers those whose words name it, in their order
  std::vector<FirmId> mentions;  ///< of Gap::makers and possible makers others whose name or scope
                                 ///< mentions it: to make or to sell

  /// Missing where nobody here makes or mentions it, else of unknown size (Open).
  [[nodiscard]] GapKind state() const {
    return makers.empty() && mentions.empty() ? GapKind::Missing : GapKind::Open;
  }

  friend bool operator==(const KindNeed&, const KindNeed&) = default;
};

/// What is reckoned of a gap. Amounts in CNY per year.
struct GapFigures {
  SegmentId segment{0};
  GapKind kind = GapKind::Missing;  ///< the first that fires
  std::vector<GapKind> kinds;       ///< all that fire, in order of precedence
  std::vector<WeakReason> weak;     ///< why it is weak, when it is

  std::optional<Figure> demand;  ///< sum over the needs whose amount is known; nothing when none is
  std::optional<double> demand_stated;  ///< the part of the demand that rests on stated figures
                                        ///< alone; nothing when there is no demand
  std::optional<Figure> anchor_demand;  ///< the part of the demand that is of anchors; nothing when
                                        ///< none of theirs is known
  std::size_t needs_unknown = 0;  ///< needers whose amount is not, or not wholly, known: demand and
                                  ///< leakage leave them out, so that both may be larger
  std::optional<Figure> supply;   ///< sum over local makers whose output is known, 0 when there is
                                  ///< no maker; nothing when no output or no demand is known
  std::optional<double> supply_used;  ///< of the supply what the demands for segments below this
                                      ///< one use up, CNY per year: each yuan meets one demand,
                                      ///< most specific first; only when every maker's output is
                                      ///< known and there is a demand
  std::optional<double> coverage;  ///< min(1, (supply − supply_used) / demand) (本地可配套率); only
                                   ///< when every maker's output is known; at most that when
                                   ///< coverage_at_most()
  std::size_t nested_unknown = 0;   ///< segments below that are made and needed here, the need not,
                                    ///< or not wholly, known: supply_used may be larger
  std::optional<double> purchases;  ///< known purchases inside the district by needers whose
                                    ///< amount is known, of each at most that amount; what a
                                    ///< trader resells is left out, who made it nobody says
  std::optional<double> bought_outside;  ///< purchases that are stated to come from firms known to
                                         ///< stand outside the district; part of `demand`
  std::optional<double>
      leakage_min;  ///< max(0, demand − (supply − supply_used), bought_outside): a
                    ///< floor; bought_outside when a maker's output is unknown
  std::optional<double> leakage_max;  ///< max(leakage_min, demand − purchases); no upper bound when
                                      ///< needs_unknown > 0
  std::optional<double> concentration;  ///< Herfindahl index of the makers' outputs, from 1 /
                                        ///< makers to 1 for one maker; nothing unless all are known
                                        ///< and their sum is not 0
  std::size_t makers_at_risk = 0;
  Basis basis = Basis::Counted;  ///< of demand when there is one, of a hidden gap that of its
                                 ///< first round, else Counted
  std::optional<double>
      need_weight;  ///< Σ over needers of coefficient × confidence, at its largest
                    ///< over the firm's products: purchases if each had a yuan of
                    ///< output. Between sectors of an input-output table it is Σ of registered
                    ///< capital × share of the sector in the firm × coefficient × location
                    ///< quotient, see docs/real-run.md. It orders gaps that are counted only and is
                    ///< never an amount; nothing unless all coefficients are known
  std::optional<double>
      size_coverage;  ///< what local makers would meet of the need if every firm made as much a yuan
  ///< of capital, [0, 1]; only where need_weight rests on capital. It orders, and
  ///< is no coverage
  std::optional<double> anchor_weight;  ///< the same over the anchors among the needers alone;
                                        ///< nothing when none is, or a coefficient is not known
  double confidence = 0;  ///< 1 − Π (1 − confidence) over the distinct relations product → segment,
                          ///< each at its best; of a hidden gap that of its first round; [0, 1]
  std::size_t possible_maker_count = 0;  ///< local firms trusted too little to make it, or known to
                                         ///< make only what it is part of
  std::size_t sibling_count = 0;    ///< local firms that make a segment which shares a parent with
                                    ///< it, none that makes the segment
  Remedy remedy = Remedy::BringIn;  ///< Foster where there is a sibling, a possible maker, or a
                                    ///< maker that is not at risk

  /// Whether the coverage is an upper bound.
  [[nodiscard]] bool coverage_at_most() const { return needs_unknown > 0 || nested_unknown > 0; }

  friend bool operator==(const GapFigures&, const GapFigures&) = default;
};

/// A segment that a district needs and does not make, or makes too little of, with all that the
/// figures rest on.
struct Gap : GapFigures {
  std::vector<RoundDemand> later;  ///< demand in the second and later rounds, ascending by round,
                                   ///< rounds without demand left out; never part of `demand`
  std::vector<Need> needers;  ///< largest amount first, then most confident, then firm; each firm
                              ///< once
  std::vector<Maker> makers;  ///< in the district; largest output first, then, where
      ///< GapReport::by_size, the largest capital, then firm; each firm once
  std::vector<Maker> possible_makers;  ///< in the district, trusted too little or known only at an
                                       ///< ancestor of the segment: shown, never counted; the
                                       ///< first kPossibleMakers, nearest to the segment first,
                                       ///< then by firm
  std::vector<Maker> nearby_makers;  ///< in `near`, outside the district; they may be prospects too
  std::vector<Maker> siblings;  ///< local firms that make a segment which shares a parent with it,
                                ///< none that makes the segment: who could be helped to make it;
                                ///< the first kPossibleMakers, largest known output first, then by
                                ///< firm
  std::vector<FirmId> anchors;  ///< anchors among the needers, ascending
  std::vector<SegmentId> examples;  ///< of a sector: products of it that the buyers' products are
                                    ///< known to take, by relations that a machine read; the first
                                    ///< kExamples, most supported first. They name, and never count
  std::vector<KindNeed>
      kinds_needed;  ///< of a sector: the kinds of its goods that needers work up,
                     ///< largest weight first; none where its kinds or what the
                     ///< needers make is not known
};

/// What is bought outside for a segment, CNY per year.
struct Leakage {
  double min = 0;  ///< 0 when the supply is not known
  double max = 0;  ///< more when a needer's amount is not known

  [[nodiscard]] double middle() const { return (min + max) / 2; }
  friend bool operator==(const Leakage&, const Leakage&) = default;
};

/// The leakage interval of a gap, of a hidden one that of its later rounds together. Nothing when
/// it is counted only.
[[nodiscard]] std::optional<Leakage> leakage_of(const Gap& gap);

/// What a gap's severity is measured by: the middle of leakage_of(), so that what is certainly
/// bought outside stands before what perhaps is.
[[nodiscard]] std::optional<double> severity_amount(const Gap& gap);

/// A factor that outputs of local firms were estimated with, or left unestimated.
struct FactorUse {
  OutputFactor factor;
  std::uint32_t firms = 0;  ///< local firms of which it estimates an output, or leaves it

  friend bool operator==(const FactorUse&, const FactorUse&) = default;
};

/// What find_gaps() found and how it looked.
struct GapReport {
  District district;  ///< completed
  Anchors anchors;
  std::vector<Gap> gaps;
  std::vector<Gap> met;  ///< segments that local firms need and the district makes enough of: gaps
                         ///< of no kind, without possible makers and siblings; ascending by segment
  double min_confidence = 0;          ///< as in GapOptions
  int rounds = 1;                     ///< as in GapOptions
  std::uint32_t local_firms = 0;      ///< firms in the district
  std::uint32_t local_makers = 0;     ///< of those, firms that make a known segment
  std::uint32_t gone_firms = 0;       ///< firms there that are struck off the register: they
                                      ///< neither make nor need, and are none of local_firms
  std::uint32_t unlocated_firms = 0;  ///< firms whose region is unknown or too coarse to tell where
                                      ///< they stand
  std::size_t apart = 0;  ///< how many stand behind the others, see GapOptions::everywhere
  bool weighted = false;  ///< whether gaps that are counted only stand in the order of need_weight
  bool by_size = false;   ///< whether these weights rest on registered capital
  std::vector<FactorUse> factors;   ///< in the order of GapOptions::factors; those that estimated
                                    ///< nothing left out
  std::vector<Newcomer> newcomers;  ///< as in GapOptions; firms beyond the graph's are these
};

/// Finds the segments that a district's firms need and the district does not make, or makes too
/// little of, and those it could extend into.
///
/// Traders (`trades`) need no inputs and supply nothing locally made. A maker of a descendant of a
/// segment in the taxonomy supplies the segment. Each firm's yuan counts once: of what it states
/// for a segment and for one below it only the former, and of several years only the latest of the
/// firmest basis. Firms struck off the register (注销) are none, unless founded_before asks for the
/// past.
///
/// @param graph    Any enterprise graph, an empty one included. Not modified.
/// @param options  See GapOptions.
/// @return         One Gap per segment, those that GapOptions::everywhere sets apart last, most
///                 severe first: missing and weak, then hidden, then extension; amounts before
///                 counts, by severity_amount(). Missing and weak ones that are counted only stand
///                 by need_weight where all of them have one, else, as extensions always, by the
///                 confidence-weighted number of needers. Ties by code, then name, so that the
///                 order never depends on rows, hashing or threads.
/// @throws Error{InvalidArgument} if a threshold or the number of rounds lies outside its range, a
///         factor or a newcomer is refused; Error{NotFound} if the region is no division or no firm
///         is in it; errors of choose_anchors(); Error{Cancelled}.
/// @complexity  Time O(firms + S + P + N log N + Σ B + K G), memory O(firms + S + P + N + result);
///              S segments, P `part_of`, N needs, that is pairs of a local firm's product and a
///              `requires` from or to it or what it is part of, B the local and nearby `makes` at,
///              below and above a gap's segment, K rounds, G `requires` of gaps; however deep the
///              taxonomy is. Where segments are part of several, what lies below one of them takes
///              as many steps more as there are such segments in it. GapFinder asks many districts
///              of one graph without the O(firms).
/// @source      Leontief (1936), doi:10.2307/1927837, for input coefficients.
[[nodiscard]] GapReport find_gaps(const EnterpriseGraph& graph, const GapOptions& options);

/// find_gaps() for one district after another of one graph: what does not depend on the district,
/// where firms stand and what lies below what, is looked up once. Copies share it. Safe to use from
/// any number of threads.
class GapFinder {
 public:
  /// @param stop   Asks to end early.
  /// @throws Error{Cancelled}.
  /// @complexity  O(firms + S + P), P `part_of`.
  explicit GapFinder(const EnterpriseGraph& graph, const std::stop_token& stop = {});

  /// What find_gaps() returns for the graph.
  /// @throws  What find_gaps() throws.
  [[nodiscard]] GapReport find(const GapOptions& options) const;
  /// All districts (the narrowest divisions) in which at least one firm stands, ascending.
  [[nodiscard]] std::vector<RegionCode> districts() const;

 private:
  friend std::vector<DistrictGaps> survey_gaps(const GapFinder& finder,
                                               const GapSurveyOptions& options);
  std::shared_ptr<const Economy> economy_;
};

}  // namespace liantu
