#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/run/progress.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/prospects/arrivals/place_propensity.hpp"
#include "liantu/prospects/firms/known_contact.hpp"
#include "liantu/prospects/learned_link.hpp"
#include "liantu/prospects/policy.hpp"
#include "liantu/prospects/rank_lift.hpp"

namespace LIANTU_API liantu {

/// Which rows say why they are on the list.
enum class ReasonsOf : std::uint8_t { Rows, Nobody };

/// Options of rank_prospects(). Ranks, rank intervals and counts are over all firms, whichever rows
/// are returned.
struct ProspectOptions {
  Policy policy = default_policy();
  std::size_t top = 0;        ///< most prospects returned; 0 = all
  std::size_t evidence = 12;  ///< most evidence rows a prospect carries; 1..1000
  LearnedRanker learned;      ///< adds Prospect::link; never changes scores or ranks
  std::stop_token stop;       ///< asks a long run to end early
  std::size_t per_gap = 0;    ///< return a prospect only where it is among so many of the best that
                              ///< fill one gap, as a map draws them; 0 = any
  std::vector<FirmId> firms;  ///< return these firms' rows and no others, whatever `top` and
                              ///< `per_gap` say; all when empty
  ReasonsOf reasons = ReasonsOf::Rows;  ///< who carries reasons and evidence
  RegionCode from;               ///< only firms registered there are ranked; all when unknown
  std::size_t per_main_gap = 0;  ///< most rows returned of those that would fill one gap above all;
                                 ///< 0 = any. Ranks stay those among all
  std::vector<KnownContact> contacts;  ///< firms that are called on already, each once: those that
                                       ///< have signed are screened, all others carry their contact
  std::shared_ptr<const PlacePropensity> coming;  ///< to the district, by arrivals of the graph:
      ///< ScorePartKind::Propensity. Without it that part earns
      ///< nothing and takes nothing from the others
  std::size_t draws = 0;       ///< times that the weights are drawn anew, see WeightDraws; 0 = not
                               ///< at all; at most kMostDraws
  std::uint64_t seed = 1;      ///< what the draws begin with
  std::size_t draws_top = 20;  ///< ranks that count in WeightDraws::top_share; 1 or more
  std::size_t lift_into = 0;   ///< ranks that Prospect::lift asks what it takes to be among; 0 =
                               ///< is not asked
  Progress progress;           ///< stages `score` and `explain` in firms, `draw` in draws and
                               ///< rows; may be empty
};

/// Most draws of the weights.
inline constexpr std::size_t kMostDraws = 100000;

/// Where a row would stand were the weights others: what its rank is in draws from the Dirichlet
/// distribution about Policy::weights, see Policy::draw_concentration. What is not known stays
/// unknown; that is what Prospect::rank_best and rank_worst are for.
struct WeightDraws {
  std::uint32_t rank_low = 0;   ///< at least 5 % of the draws give this rank or a better one
  std::uint32_t rank_high = 0;  ///< … and at least 95 % this one or a better one
  double top_share = 0;         ///< part of the draws in which its rank is among
                                ///< ProspectOptions::draws_top

  friend bool operator==(const WeightDraws&, const WeightDraws&) = default;
};

/// One part of a score.
struct ScorePart {
  double points = 0;      ///< what it earns: a multiple of 0.01, [0, weight]
  double points_max = 0;  ///< what it could earn were the unknown known; equals points when `known`
  bool known = true;
};

/// A gap that a prospect would fill.
struct FilledGap {
  std::size_t gap = 0;   ///< index into GapReport::gaps
  SegmentId segment{0};  ///< what it makes: the gap's segment or a descendant, of several the one
                         ///< with the largest output
  EdgeId makes{0};
  std::optional<Figure> purchases;  ///< CNY per year it would bring home: min(capacity,
                                    ///< leakage_max), on the softer basis of the two; the capacity
                                    ///< is all it makes at or below the segment, each yuan once.
                                    ///< Nothing when either is unknown. Never added over prospects
                                    ///< for one gap.
  std::optional<std::size_t> kind;  ///< of a sector: the kind of its goods that it makes and buyers
                                    ///< here work up, index into goods_kinds(); nothing where its
                                    ///< products name none
};

/// A relation that a row rests on.
struct Evidence {
  RelationKind relation = RelationKind::Makes;
  EdgeId edge{0};
  EntityId from{0};
  EntityId to{0};

  friend bool operator==(const Evidence&, const Evidence&) = default;
};

/// Where a firm stands on the list.
enum class ProspectStatus : std::uint8_t {
  Prospect,   ///< registered outside: to be brought in
  Unlocated,  ///< its region is unknown: to be located first
  Expansion,  ///< already present: on a site, through a branch that carries its name or through a
  ///< subsidiary, of which it owns half or more or an unknown share (增资扩产); what
  ///< ended before the data's date does not count. Or, where arrivals are given, one of
  ///< them is of the firm and the district
  Screened,  ///< kept off the list by a screen
};

/// One row of the list.
struct Prospect {
  FirmId firm{0};
  ProspectStatus status = ProspectStatus::Prospect;
  std::uint32_t rank = 0;  ///< from 1, within its status; shared by those whose scores round to the
                           ///< same whole point. Of these, those that fill the same gap stand
                           ///< together, then the higher score, then by credit code, firms without
                           ///< one last, then by name
  std::uint32_t alike = 0;      ///< how many share the rank and fill the same gap above all, itself
                                ///< among them: any of them would do
  std::uint32_t rank_best = 0;  ///< rank if all its unknowns turned out well and the others stayed
  std::uint32_t rank_worst = 0;  ///< rank if the others' unknowns all turned out well and its own
                                 ///< did not
  char grade = 'C';
  double score = 0;  ///< sum of the parts; [0, 100]
  std::array<ScorePart, kPartCount> parts;
  std::vector<FilledGap> gaps;  ///< most brought home first, then the most severe: the first is the
                                ///< one that it would fill above all
  std::optional<Figure> purchases;  ///< CNY per year it would bring home over all its gaps, each
                                    ///< yuan it makes sold once; gaps of which one is part of
                                    ///< another are one market, of which the larger counts. Never
                                    ///< added over prospects.
  std::vector<FirmId> anchors;      ///< anchors that need what it makes, by credit code, those
                                    ///< without one last, then by name
  std::vector<Evidence> evidence;   ///< what the reasons rest on, in their order
  std::vector<Text> reasons;       ///< sentences that say why it is on the list, most telling first
  std::vector<std::string> risks;  ///< its risk flags, as stated
  std::vector<std::string> unknown;  ///< stable words for what is not known: "region", "revenue",
                                     ///< "capacity", …
  std::vector<FirmId> present;       ///< for an expansion: its firms in the district
  Text screened_by;                  ///< for a screened firm: the reason
  std::optional<Figure> counted;  ///< of `purchases` what counts in ProspectList::total: what those
                                  ///< before it leave
  std::optional<double> km;       ///< between the seats of its province and the district's
  std::vector<FirmId> near;       ///< its branches and subsidiaries in District::source_outside
  bool heavy = false;             ///< whether what it makes is heavy for its worth, Policy::heavy
  std::size_t elsewhere = 0;      ///< in how many other districts one of its gaps is open, too: an
                                  ///< estimate, see ProspectList::districts
  std::optional<Introduction> introduction;  ///< who calls it, see introduce(); nothing before that
  std::optional<KnownContact> contact;       ///< how far it has been called on, see
                                             ///< ProspectOptions::contacts; beside the score
  /// What ScorePartKind::Propensity rests on; nothing where no arrivals are given or none say
  /// anything of the firm.
  std::optional<FirmPropensity> coming;
  std::optional<RankLift> lift;      ///< where ProspectOptions::lift_into asks for it
  std::optional<WeightDraws> draws;  ///< where ProspectOptions::draws asks for them
  std::optional<LearnedLink> link;   ///< the likeliest with one of `anchors`, by a trained model;
                                     ///< see learned_links(). Beside the score, never part of it.
};

/// What would part the rows of a list were it known.
struct PartedBy {
  ScorePartKind part = ScorePartKind::Purchases;
  double points = 0;     ///< mean over the rows of what it could add, above 0
  std::size_t rows = 0;  ///< of how many it is not known

  friend bool operator==(const PartedBy&, const PartedBy&) = default;
};

/// How many firms a screen kept off.
struct ScreenedBy {
  std::size_t screen = 0;  ///< index into Policy::screens
  std::size_t firms = 0;

  friend bool operator==(const ScreenedBy&, const ScreenedBy&) = default;
};

/// The prospect list (潜在招商对象清单).
struct ProspectList {
  Policy policy;
  std::vector<Prospect> prospects;    ///< highest score first
  std::vector<Prospect> unlocated;    ///< the same for firms whose region is unknown
  std::vector<Prospect> expansions;   ///< the same for firms already present
  std::vector<Prospect> screened;     ///< by credit code, firms without one last, then by name;
                                      ///< scores are kept for the record
  std::optional<LearnedUse> learned;  ///< when there was a LearnedRanker
  std::size_t prospect_count = 0;     ///< before `top` cut them
  std::size_t unlocated_count = 0;
  std::size_t expansion_count = 0;
  bool unparted =
      false;  ///< whether the rank intervals of all rows of `prospects` overlap, so that
              ///< none of them is surely before another; false for fewer than two rows
  std::vector<PartedBy> parted_by;  ///< of the rows of `prospects`: most points first
  std::optional<Figure> total;  ///< what the rows of `prospects` can bring home together, CNY per
                                ///< year: no gap takes more than is bought outside for it. Nothing
                                ///< when no row's purchases are known
  std::size_t districts = 0;  ///< other districts in which a firm of the tables stands; Prospect::
                              ///< elsewhere counts those of them in which somebody makes what needs
                              ///< what one of its gaps lacks, and nobody makes that
  std::vector<ScreenedBy> screened_by;  ///< most firms first
  bool arrivals = false;  ///< whether arrivals are given, so that ScorePartKind::Propensity counts
  std::size_t may_come = 0;  ///< then: firms that may come here, PlacePropensity::firms()
  std::size_t draws = 0;     ///< as in ProspectOptions
  std::uint64_t seed = 0;
  std::size_t draws_top = 0;
};

/// What each part of a list's scores can earn, see part_weights().
[[nodiscard]] inline std::array<double, kPartCount> part_weights(const ProspectList& list) {
  return part_weights(list.policy, list.arrivals);
}

/// Ranks the firms from outside that would fill a district's gaps.
///
/// @param graph    The graph the gaps were found in.
/// @param report   What find_gaps() returned for it.
/// @param options  See ProspectOptions.
/// @return         See ProspectList; `top` cuts prospects, unlocated and expansions each.
/// @throws Error{InvalidArgument} if the policy is not well formed, or `evidence`, `draws` or
///         `draws_top` is out of range;
///         Error{InvalidData} if the learned ranker does not fit, see judge_ranker();
///         Error{Cancelled}.
/// @complexity  Time O(E + B + Σ F log F + W + C log C), memory O(firms + W + rows); E size of the
///              graph, B the `makes` at and below the gaps' segments, F the products of a candidate
///              that fill gaps, counted once a gap, W the ways of Policy::proximity_path to the
///              anchors, walked from the anchors all but one step and from each candidate the
///              part of its neighbourhood that meets them, C candidates. ProspectRanker asks many
///              districts of one graph without the O(E).
[[nodiscard]] ProspectList rank_prospects(const EnterpriseGraph& graph, const GapReport& report,
                                          const ProspectOptions& options = {});

/// Options of ProspectRanker.
struct ProspectRankerOptions {
  unsigned threads = 0;  ///< most threads used; 0 = one a processor
};

/// rank_prospects() for one district after another of one graph: what does not depend on the
/// district, the taxonomy, the date of the data and where firms stand, is looked up once. Copies
/// share it. Results do not depend on threads. Safe to use from any number of threads.
class ProspectRanker {
 public:
  /// @complexity  O(E); E size of the graph.
  explicit ProspectRanker(const EnterpriseGraph& graph, const ProspectRankerOptions& options = {});

  /// What rank_prospects() returns for the graph. An asked end comes within 50 ms.
  /// @throws  What rank_prospects() throws.
  [[nodiscard]] ProspectList rank(const GapReport& report,
                                  const ProspectOptions& options = {}) const;

 private:
  struct Body;
  std::shared_ptr<const Body> body_;
};

}  // namespace liantu
