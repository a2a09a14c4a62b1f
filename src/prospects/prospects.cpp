#include "liantu/prospects/prospects.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "base/hash_map.hpp"
#include "base/stopping.hpp"
#include "chain/production.hpp"
#include "chain/segment_marks.hpp"
#include "chain/status.hpp"
#include "chain/taxonomy.hpp"
#include "liantu/base/error.hpp"
#include "liantu/base/money.hpp"
#include "liantu/chain/data_date.hpp"
#include "liantu/links/scores.hpp"
#include "prospects/presence.hpp"

namespace liantu {
namespace {

constexpr Interrupted kRanking = {"the ranking was interrupted", "排序被中断"};

constexpr double kMissingWorth = 1.0;
constexpr double kWeakWorth = 0.7;
constexpr double kHiddenWorth = 0.5;
constexpr double kExtensionWorth = 0.4;

// What one relation to a local firm is worth in Part::Proximity; several add like independent
// chances.
constexpr double kSuppliesWorth = 0.6;
constexpr double kOwnsWorth = 0.5;
constexpr double kCooperatesWorth = 0.4;
constexpr double kMemberWorth = 0.2;
constexpr double kAnchorBonus = 1.3;
constexpr double kPathWorth = 0.5;  // at most, for paths to an anchor
constexpr double kPathHalf = 0.25;  // path score that earns half of it

double severity(const Gap& gap) {
  const double worth = gap.kind == GapKind::Missing  ? kMissingWorth
                       : gap.kind == GapKind::Weak   ? kWeakWorth
                       : gap.kind == GapKind::Hidden ? kHiddenWorth
                                                     : kExtensionWorth;
  return worth * gap.confidence;
}

// Whether somebody here buys what fills the gap: not what one could extend into, and not yet what
// filling other gaps would make the district need.
bool bought_here(const Gap& gap) {
  return gap.kind == GapKind::Missing || gap.kind == GapKind::Weak;
}

// A gap and what a candidate produces for it.
struct Filling {
  std::size_t gap = 0;
  Production production;
};

struct Candidate {
  FirmId firm{0};
  std::vector<Filling> fillings;  // ascending by gap
};

// What a candidate brings home.
struct Sales {
  std::optional<Figure> known;  // CNY per year
  double possible = 0;          // were the unknown known, as far as that is bounded
};

void add(std::optional<Figure>& sum, const std::optional<Figure>& more) {
  if (!more) return;
  if (!sum) sum = Figure{0, Basis::Stated};
  sum->value += more->value;
  sum->basis = softer(sum->basis, more->basis);
}

// A relation of a candidate to a local firm.
struct Tie {
  RelationKind relation = RelationKind::Supplies;
  EdgeId edge{0};
  EntityId from{0};
  EntityId to{0};
  FirmId local{0};
  double worth = 0;
};

class Ranking {
 public:
  Ranking(const EnterpriseGraph& graph, const GapReport& report, const ProspectOptions& options)
      : graph_(graph),
        report_(report),
        options_(options),
        makes_(graph.relation(RelationKind::Makes)),
        taxonomy_(graph, {options.stop, kRanking}),
        date_(data_date(graph)),
        presence_(graph, report.district, date_) {}

  ProspectList run() {
    check_options();
    ProspectList list;
    if (options_.learned.model) list.learned = judge_ranker(graph_, options_.learned);
    take_stock();
    gather();
    nest_gaps();
    score_paths();
    list.policy = options_.policy;
    for (const Candidate& candidate : candidates_) {
      check_stop(options_.stop, kRanking);
      Prospect prospect = score(candidate);
      std::vector<Prospect>& where = prospect.status == ProspectStatus::Prospect    ? list.prospects
                                     : prospect.status == ProspectStatus::Unlocated ? list.unlocated
                                     : prospect.status == ProspectStatus::Expansion
                                         ? list.expansions
                                         : list.screened;
      where.push_back(std::move(prospect));
    }
    list.prospect_count = list.prospects.size();
    list.unlocated_count = list.unlocated.size();
    list.expansion_count = list.expansions.size();
    for (std::vector<Prospect>* one : {&list.prospects, &list.unlocated, &list.expansions}) {
      rank(*one);
      if (options_.top > 0 && one->size() > options_.top) one->resize(options_.top);
      for (Prospect& prospect : *one) explain(prospect);
      if (list.learned && list.learned->used) add_links(*one);
    }
    std::ranges::sort(list.screened, {}, &Prospect::firm);
    return list;
  }

 private:
  void add_links(std::vector<Prospect>& rows) const {
    std::vector<LinkWish> wishes;
    for (const Prospect& prospect : rows) {
      wishes.push_back({prospect.firm, prospect.anchors});
      std::erase_if(wishes.back().anchors,
                    [&](FirmId anchor) { return is_newcomer(graph_, anchor); });
    }
    auto links = learned_links(graph_, *options_.learned.model, wishes, options_.stop);
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i].link = std::move(links[i]);
  }

  // Where a gap lies among the others.
  struct Nesting {
    std::optional<std::size_t> outer;  // the gap whose segment is the nearest above its own
    std::size_t depth = 0;             // greater than that of every gap it lies in
  };

  void check_options() const {
    check_policy(options_.policy);
    if (options_.evidence >= 1 && options_.evidence <= 1000) return;
    throw Error(ErrorCode::InvalidArgument,
                {fmt::format("{} evidence rows a prospect are outside 1..1000", options_.evidence),
                 fmt::format("每家企业的证据条数 {} 不在 1 到 1000 之间", options_.evidence)});
  }

  void take_stock() {
    for (std::uint32_t i = 0; i < graph_.size(EntityKind::Firm); ++i) {
      standings_.push_back(standing(graph_, FirmId{i}, report_.district));
    }
    const Relation member = graph_.relation(RelationKind::MemberOf);
    for (std::uint32_t i = 0; i < graph_.size(EntityKind::Organization); ++i) {
      fellows_.push_back(fellow(member, graph_.entity(OrganizationId{i})));
    }
    for (const Gap& gap : report_.gaps) {
      largest_leakage_ = std::max(largest_leakage_, gap.leakage_max.value_or(0));
    }
  }

  [[nodiscard]] bool local(FirmId firm) const { return standings_[raw(firm)] == Standing::Inside; }
  [[nodiscard]] bool anchor(FirmId firm) const {
    return std::ranges::binary_search(report_.anchors.firms, firm);
  }

  // The local member of an organization that stands for all of them: an anchor if there is one.
  [[nodiscard]] std::optional<FirmId> fellow(const Relation& member, EntityId organization) const {
    std::optional<FirmId> first;
    const auto members = member.sources(organization);
    const auto edges = member.in_edges(organization);
    for (std::size_t k = 0; k < members.size(); ++k) {
      if (graph_.kind(members[k]) != EntityKind::Firm) continue;
      const FirmId firm{graph_.local(members[k])};
      if (!local(firm)) continue;
      if (!holds(graph_, member, EdgeId{edges[k]}, members[k], organization, date_)) continue;
      if (anchor(firm)) return firm;
      if (!first) first = firm;
    }
    return first;
  }

  // ---- candidates ----

  // Every firm from outside, or from nobody knows where, that makes the segment of a gap or
  // something below it.
  void gather() {
    const Productions productions(graph_, taxonomy_, report_.min_confidence);
    const auto from_outside = [&](FirmId firm) {
      const Standing where = standings_[raw(firm)];
      return where == Standing::Outside || where == Standing::Unknown;
    };
    HashMap<std::uint32_t, std::size_t> by_firm;
    for (std::size_t g = 0; g < report_.gaps.size(); ++g) {
      check_stop(options_.stop, kRanking);
      for (Production& made : productions.at(report_.gaps[g].segment, from_outside)) {
        const auto [entry, fresh] = by_firm.try_emplace(raw(made.firm), candidates_.size());
        if (fresh) candidates_.push_back({made.firm, {}});
        candidates_[entry->second].fillings.push_back({g, std::move(made)});
      }
    }
    std::ranges::sort(candidates_, {}, &Candidate::firm);
  }

  // What goes into a gap goes into those of the segments above it too: they are one market.
  void nest_gaps() {
    HashMap<std::uint32_t, std::size_t> gap_of;
    std::vector<std::uint32_t> segments;
    for (std::size_t g = 0; g < report_.gaps.size(); ++g) {
      gap_of.try_emplace(raw(report_.gaps[g].segment), g);
      segments.push_back(raw(report_.gaps[g].segment));
    }
    SegmentMarks marks(taxonomy_, SegmentMarks::Asked::FromBoth);
    marks.mark(segments);
    for (const Gap& gap : report_.gaps) {
      Nesting nesting{std::nullopt, taxonomy_.count_above(gap.segment)};
      marks.for_each_above(gap.segment, [&](const Ancestor& above) {
        nesting.outer = gap_of.at(raw(above.segment));
        return false;
      });
      nesting_.push_back(nesting);
    }
  }

  // Paths that end in an anchor, walked from the anchor so that one walk serves all candidates.
  void score_paths() {
    path_ = proximity_path(options_.policy);
    const std::optional<RelationPath> backwards = reversed(path_);
    assert(backwards);
    if (graph_.relation(path_.steps.front().relation).size() == 0) return;
    for (const FirmId anchor : report_.anchors.firms) {
      if (is_newcomer(graph_, anchor)) continue;  // nothing relates to it
      ScoreOptions options;
      options.top = 0;
      options.new_in = RelationKind::Supplies;
      options.stop = options_.stop;
      for (const ScoredEntity& scored :
           score_path(graph_, *backwards, graph_.entity(anchor), options)) {
        auto& best = path_to_anchor_[raw(scored.entity)];
        if (scored.score > best.second) best = {anchor, scored.score};
      }
    }
  }

  // ---- scores ----

  // A share of a weight in whole cents, which never exceed the weight.
  static double round_points(double weight, double value) {
    const double most = std::floor(weight * 100 + 1e-9);
    return std::min(std::round(weight * std::clamp(value, 0.0, 1.0) * 100), most) / 100;
  }

  Prospect score(const Candidate& candidate) const {
    Prospect prospect;
    prospect.firm = candidate.firm;
    for (const Filling& filling : candidate.fillings) {
      const Statement& first = filling.production.statements.front();
      prospect.gaps.push_back({filling.gap, first.segment, first.makes, known_sales(filling)});
    }
    std::ranges::sort(prospect.gaps, {}, [&](const FilledGap& filled) {
      const Gap& gap = report_.gaps[filled.gap];
      return std::tuple(-severity(gap), -filled.purchases.value_or(Figure{}).value, filled.gap);
    });
    for (const FilledGap& filled : prospect.gaps) {
      // What an anchor makes goes into an extension; the anchor does not need it.
      if (!bought_here(report_.gaps[filled.gap])) continue;
      const auto& anchors = report_.gaps[filled.gap].anchors;
      prospect.anchors.insert(prospect.anchors.end(), anchors.begin(), anchors.end());
    }
    std::ranges::sort(prospect.anchors);
    prospect.anchors.erase(std::unique(prospect.anchors.begin(), prospect.anchors.end()),
                           prospect.anchors.end());

    const EntityId entity = graph_.entity(candidate.firm);
    for (const std::string_view risk : graph_.list(entity, EntityText::Risks)) {
      prospect.risks.emplace_back(risk);
    }
    score_gaps(prospect);
    score_purchases(prospect, candidate);
    score_proximity(prospect);
    score_fit(prospect, candidate);
    score_scale(prospect);
    score_quality(prospect);
    if (graph_.text(entity, EntityText::Code).empty()) prospect.unknown.emplace_back("credit_code");
    settle_status(prospect);

    long cents = 0;
    for (const ScorePart& part : prospect.parts) cents += std::lround(part.points * 100);
    prospect.score = static_cast<double>(cents) / 100;
    prospect.grade = prospect.score >= options_.policy.grade_a   ? 'A'
                     : prospect.score >= options_.policy.grade_b ? 'B'
                                                                 : 'C';
    return prospect;
  }

  // Gives a part its points: `value` of its weight, and `value_max` if what is unknown turned out
  // well.
  void give(Prospect& prospect, Part part, double value, double value_max, bool known) const {
    const double weight = options_.policy.weights[static_cast<std::size_t>(part)];
    ScorePart& given = prospect.parts[static_cast<std::size_t>(part)];
    given.points = round_points(weight, value);
    given.points_max = known ? given.points : round_points(weight, value_max);
    given.known = known;
  }

  void score_gaps(Prospect& prospect) const {
    double worst = 0;
    double open = 1;
    for (const FilledGap& filled : prospect.gaps) {
      const double worth = severity(report_.gaps[filled.gap]);
      worst = std::max(worst, worth);
      open *= 1 - 0.5 * worth;
    }
    give(prospect, Part::GapSeverity, worst, worst, true);
    give(prospect, Part::Breadth, 1 - open, 1 - open, true);
    const std::size_t anchors = report_.anchors.firms.size();
    const double served =
        anchors == 0 ? 0
                     : static_cast<double>(prospect.anchors.size()) / static_cast<double>(anchors);
    give(prospect, Part::Anchors, served, served, true);
  }

  double purchase_value(double cny) const {
    constexpr double kUnit = 1e6;
    return largest_leakage_ > 0 ? std::log1p(cny / kUnit) / std::log1p(largest_leakage_ / kUnit)
                                : 0;
  }

  // The smaller of what it produces for a gap and the leakage; an extension is bought by nobody
  // here.
  std::optional<Figure> known_sales(const Filling& filling) const {
    const Gap& gap = report_.gaps[filling.gap];
    const auto& made = filling.production.output;
    if (!made || !gap.leakage_max) return std::nullopt;
    return Figure{std::min(made->value, *gap.leakage_max), softer(made->basis, gap.basis)};
  }

  // What it could sell into a gap were the unknown known; nothing when that has no bound.
  std::optional<double> most_sales(const Filling& filling) const {
    const Gap& gap = report_.gaps[filling.gap];
    std::optional<double> most;
    if (filling.production.complete) most = filling.production.output->value;
    if (gap.leakage_max && gap.needs_unknown == 0) {
      most = std::min(most.value_or(*gap.leakage_max), *gap.leakage_max);
    }
    return most;
  }

  // Separate markets add; of a market of gaps within gaps the larger of the outer one and those
  // within it counts. What it makes is sold once, however many gaps it fits.
  void score_purchases(Prospect& prospect, const Candidate& candidate) const {
    std::vector<const Filling*> innermost_first;
    for (const Filling& filling : candidate.fillings) innermost_first.push_back(&filling);
    std::ranges::stable_sort(innermost_first, std::greater<>(),
                             [&](const Filling* filling) { return nesting_[filling->gap].depth; });
    bool known = true;
    bool bounded = true;
    bool capacity_known = true;
    bool demand_known = true;
    Sales total;
    HashMap<std::size_t, Sales> within;  // by gap: of the gaps inside it
    for (const Filling* filling : innermost_first) {
      capacity_known = capacity_known && filling->production.complete;
      Sales market = within[filling->gap];
      if (bought_here(report_.gaps[filling->gap])) {
        const auto sure = known_sales(*filling);
        const auto most = most_sales(*filling);
        if (sure && (!market.known || sure->value > market.known->value)) market.known = sure;
        market.possible =
            std::max({market.possible, most.value_or(0), sure.value_or(Figure{}).value});
        demand_known = demand_known && report_.gaps[filling->gap].needs_unknown == 0;
        known = known && sure && most && sure->value >= *most;
        bounded = bounded && most;
      }
      const auto outer = nesting_[filling->gap].outer;
      Sales& sum = outer ? within[*outer] : total;
      add(sum.known, market.known);
      sum.possible += market.possible;
    }
    if (!capacity_known) prospect.unknown.emplace_back("capacity");
    if (!demand_known) prospect.unknown.emplace_back("demand");
    const Total sold = all_it_makes(candidate);
    if (total.known) total.known->value = std::min(total.known->value, sold.known->value);
    if (sold.complete) total.possible = std::min(total.possible, sold.known->value);
    prospect.purchases = total.known;
    bounded = bounded && (known || largest_leakage_ > 0);
    give(prospect, Part::Purchases, purchase_value(total.known.value_or(Figure{}).value),
         bounded ? purchase_value(total.possible) : 1, known);
  }

  // Everything a candidate makes for any gap.
  Total all_it_makes(const Candidate& candidate) const {
    std::vector<SegmentFigure> figures;
    HashSet<std::uint32_t> seen;
    for (const Filling& filling : candidate.fillings) {
      for (const Statement& one : filling.production.statements) {
        if (seen.insert(raw(one.segment)).second) figures.push_back({one.segment, one.output});
      }
    }
    return add_once(taxonomy_, figures);
  }

  // Relations that join a firm with the district's firms, best first.
  std::vector<Tie> ties(FirmId firm) const {
    std::vector<Tie> found;
    const EntityId entity = graph_.entity(firm);
    const auto note = [&](RelationKind kind, EdgeId edge, EntityId from, EntityId to, FirmId other,
                          double worth) {
      if (!local(other) || !holds(graph_, graph_.relation(kind), edge, from, to, date_)) return;
      found.push_back({kind, edge, from, to, other, anchor(other) ? worth * kAnchorBonus : worth});
    };
    const std::pair<RelationKind, double> direct[] = {{RelationKind::Supplies, kSuppliesWorth},
                                                      {RelationKind::Owns, kOwnsWorth},
                                                      {RelationKind::Cooperates, kCooperatesWorth}};
    for (const auto& [kind, worth] : direct) {
      const Relation relation = graph_.relation(kind);
      const EdgeRange out = relation.out_edges(entity);
      for (std::uint64_t edge = out.first; edge < out.last; ++edge) {
        const EntityId to = relation.target(EdgeId{edge});
        note(kind, EdgeId{edge}, entity, to, FirmId{graph_.local(to)}, worth);
      }
      const auto sources = relation.sources(entity);
      const auto edges = relation.in_edges(entity);
      for (std::size_t k = 0; k < sources.size(); ++k) {
        if (graph_.kind(sources[k]) != EntityKind::Firm) continue;  // a person owns it
        note(kind, EdgeId{edges[k]}, sources[k], entity, FirmId{graph_.local(sources[k])}, worth);
      }
    }
    const Relation member = graph_.relation(RelationKind::MemberOf);
    const EdgeRange joined = member.out_edges(entity);
    for (std::uint64_t edge = joined.first; edge < joined.last; ++edge) {
      const EntityId organization = member.target(EdgeId{edge});
      if (const auto other = fellows_[graph_.local(organization)]) {
        note(RelationKind::MemberOf, EdgeId{edge}, entity, organization, *other, kMemberWorth);
      }
    }
    keep_one_year(found);
    std::ranges::sort(
        found, {}, [](const Tie& tie) { return std::tuple(-tie.worth, tie.relation, tie.edge); });
    return found;
  }

  // Relations that differ in year or segment alone are one tie, shown by the surest of them; so is
  // a cooperation, whichever firm it is told of.
  void keep_one_year(std::vector<Tie>& found) const {
    const auto same = [](const Tie& tie) {
      const bool mutual = tie.relation == RelationKind::Cooperates;
      return std::tuple(tie.relation, mutual ? std::min(tie.from, tie.to) : tie.from,
                        mutual ? std::max(tie.from, tie.to) : tie.to);
    };
    std::ranges::sort(found, {}, [&](const Tie& tie) {
      return std::tuple(same(tie), -graph_.relation(tie.relation).provenance(tie.edge).confidence,
                        tie.edge);
    });
    const auto equal = [&](const Tie& a, const Tie& b) { return same(a) == same(b); };
    found.erase(std::unique(found.begin(), found.end(), equal), found.end());
  }

  void score_proximity(Prospect& prospect) const {
    std::uint64_t relations = 0;
    for (const RelationKind kind : {RelationKind::Supplies, RelationKind::Owns,
                                    RelationKind::Cooperates, RelationKind::MemberOf}) {
      relations += graph_.relation(kind).size();
    }
    if (relations == 0) {
      prospect.unknown.emplace_back("relations");
      give(prospect, Part::Proximity, 0, 1, false);
      return;
    }
    double apart = 1;
    for (const Tie& tie : ties(prospect.firm)) apart *= 1 - std::min(tie.worth, 0.95);
    const auto path = path_to_anchor_.find(raw(graph_.entity(prospect.firm)));
    if (path != path_to_anchor_.end()) {
      const double score = path->second.second;
      apart *= 1 - kPathWorth * score / (score + kPathHalf);
    }
    give(prospect, Part::Proximity, 1 - apart, 1 - apart, true);
  }

  void score_fit(Prospect& prospect, const Candidate& candidate) const {
    double best = 0;
    double best_max = 0;
    bool share_known = false;
    for (const Filling& filling : candidate.fillings) {
      for (const Statement& made : filling.production.statements) {
        const auto sure = static_cast<double>(makes_.provenance(made.makes).confidence);
        const auto share = makes_.number(made.makes, EdgeNumber::Share);
        const double value = sure * (0.5 + 0.5 * share.value_or(0));
        best_max = std::max(best_max, share ? value : sure);
        if (value > best) {
          best = value;
          share_known = share.has_value();
        }
      }
    }
    if (!share_known) prospect.unknown.emplace_back("share");
    give(prospect, Part::Fit, best, best_max, best_max <= best);
  }

  void score_scale(Prospect& prospect) const {
    const EntityId entity = graph_.entity(prospect.firm);
    const auto revenue = graph_.number(entity, EntityNumber::Revenue);
    const auto capital = graph_.number(entity, EntityNumber::RegisteredCapital);
    if (!revenue) prospect.unknown.emplace_back("revenue");
    if (!revenue && !capital) {
      prospect.unknown.emplace_back("registered_capital");
      give(prospect, Part::Scale, 0, 1, false);
      return;
    }
    const double size = std::max(revenue ? revenue->value : capital->value, 1.0);
    const Policy& policy = options_.policy;
    const double value = std::log(size / policy.scale_low_cny) /
                         std::log(policy.scale_high_cny / policy.scale_low_cny);
    // Capital stands in for revenue, which may turn out larger.
    give(prospect, Part::Scale, value, 1, revenue.has_value());
  }

  void score_quality(Prospect& prospect) const {
    double best = 0;
    for (const std::string_view tag : graph_.list(graph_.entity(prospect.firm), EntityText::Tags)) {
      for (const TagValue& known : options_.policy.tags) {
        if (tag == known.tag) best = std::max(best, known.value);
      }
    }
    give(prospect, Part::Quality, best, best, true);
  }

  void settle_status(Prospect& prospect) const {
    const EntityId entity = graph_.entity(prospect.firm);
    prospect.present = presence_.in_district(prospect.firm);
    const bool unlocated = standings_[raw(prospect.firm)] == Standing::Unknown;
    if (unlocated) prospect.unknown.insert(prospect.unknown.begin(), "region");
    for (const Screen& screen : options_.policy.screens) {
      const std::string_view text = graph_.text(entity, screen.field);
      const bool fires = std::ranges::any_of(screen.any_of, [&](const std::string& word) {
        return text.find(word) != std::string_view::npos;
      });
      if (fires) {
        prospect.status = ProspectStatus::Screened;
        prospect.screened_by = screen.reason;
        return;
      }
    }
    if (!prospect.present.empty() || presence_.site_in_district(prospect.firm)) {
      prospect.status = ProspectStatus::Expansion;
    } else if (unlocated) {
      prospect.status = ProspectStatus::Unlocated;
    }
  }

  static double best_score(const Prospect& prospect) {
    long cents = 0;
    for (const ScorePart& part : prospect.parts) cents += std::lround(part.points_max * 100);
    return static_cast<double>(cents) / 100;
  }

  static void rank(std::vector<Prospect>& list) {
    using Key = std::pair<double, FirmId>;  // highest score first, equal ones by firm
    std::ranges::sort(list, {}, [](const Prospect& one) { return Key(-one.score, one.firm); });
    std::vector<Key> scores;
    std::vector<Key> best;
    for (const Prospect& prospect : list) {
      scores.emplace_back(-prospect.score, prospect.firm);
      best.emplace_back(-best_score(prospect), prospect.firm);
    }
    const std::vector<Key> best_of = best;
    std::ranges::sort(best);
    for (std::size_t i = 0; i < list.size(); ++i) {
      Prospect& prospect = list[i];
      prospect.rank = static_cast<std::uint32_t>(i + 1);
      const auto above = std::ranges::lower_bound(scores, best_of[i]);
      prospect.rank_best = static_cast<std::uint32_t>(above - scores.begin()) + 1;
      // Its own best stands among those that come before its score, unless nothing is unknown.
      const auto reach = std::ranges::lower_bound(best, scores[i]);
      const bool itself = best_of[i] < scores[i];
      prospect.rank_worst = static_cast<std::uint32_t>(reach - best.begin()) + (itself ? 0 : 1);
    }
  }

  // ---- reasons ----

  void explain(Prospect& prospect) const {
    const EntityId entity = graph_.entity(prospect.firm);
    std::vector<Evidence>& evidence = prospect.evidence;
    const auto add = [&](RelationKind kind, EdgeId edge, EntityId from, EntityId to) {
      const Evidence one{kind, edge, from, to};
      if (evidence.size() < options_.evidence &&
          std::ranges::find(evidence, one) == evidence.end()) {
        evidence.push_back(one);
      }
    };
    constexpr std::size_t kGapsTold = 3;
    for (std::size_t i = 0; i < std::min(kGapsTold, prospect.gaps.size()); ++i) {
      const FilledGap& filled = prospect.gaps[i];
      const Gap& gap = report_.gaps[filled.gap];
      prospect.reasons.push_back(gap_reason(filled, gap));
      add(RelationKind::Makes, filled.makes, entity, graph_.entity(filled.segment));
      if (const Need* need = telling_need(gap)) {
        const Relation rule = graph_.relation(RelationKind::Requires);
        add(RelationKind::Requires, need->requires_edge, rule.source(need->requires_edge),
            rule.target(need->requires_edge));
        if (!is_newcomer(graph_, need->makes)) {
          add(RelationKind::Makes, need->makes, graph_.entity(need->firm),
              graph_.entity(need->product));
        }
      }
    }
    constexpr std::size_t kTiesTold = 3;
    const std::vector<Tie> known = ties(prospect.firm);
    for (std::size_t i = 0; i < std::min(kTiesTold, known.size()); ++i) {
      prospect.reasons.push_back(tie_reason(known[i]));
      add(known[i].relation, known[i].edge, known[i].from, known[i].to);
    }
    explain_path(prospect, add);
    if (const auto edge = presence_.site_in_district(prospect.firm)) {
      const EntityId site = graph_.relation(RelationKind::StandsOn).target(*edge);
      prospect.reasons.push_back(
          {fmt::format("already stands on {} in the district", graph_.name(site)),
           fmt::format("已在本地“{}”落户", graph_.name(site))});
      add(RelationKind::StandsOn, *edge, entity, site);
    }
  }

  // Anchors tell most; else the largest or surest need.
  const Need* telling_need(const Gap& gap) const {
    for (const Need& need : gap.needers) {
      if (std::ranges::binary_search(gap.anchors, need.firm)) return &need;
    }
    return gap.needers.empty() ? nullptr : &gap.needers.front();
  }

  Text firm_text(FirmId firm) const {
    const std::string_view name = firm_name(graph_, report_.newcomers, firm);
    if (!is_newcomer(graph_, firm)) return {std::string(name), std::string(name)};
    return {fmt::format("{} (assumed)", name), fmt::format("{}（假设）", name)};
  }

  Text gap_reason(const FilledGap& filled, const Gap& gap) const {
    const std::string_view made = graph_.name(graph_.entity(filled.segment));
    const std::string_view wanted = graph_.name(graph_.entity(gap.segment));
    const Need* need = telling_need(gap);
    const Text who = need == nullptr ? Text{} : firm_text(need->firm);
    const std::size_t others = gap.needers.empty() ? 0 : gap.needers.size() - 1;
    const std::string needed = others == 0 ? who.zh : fmt::format("{}等 {} 家", who.zh, others + 1);
    Text text;
    text.en = fmt::format("makes {}", made);
    text.zh = fmt::format("生产{}", made);
    if (gap.kind == GapKind::Extension) {
      text.en += fmt::format(", into which a product of {} goes", who.en);
      text.zh += fmt::format("，{}的产品是其投入", needed);
    } else if (gap.kind == GapKind::Hidden) {
      const std::string_view other =
          graph_.name(graph_.entity(gap.later.front().causes.front().product));
      text.en += fmt::format(", which {} would need were it made here", other);
      text.zh += fmt::format("，补上“{}”之后才需要的隐性环节", other);
    } else {
      text.en += fmt::format(", a {} segment{} needed by {}", gap_text(gap.kind).en,
                             made == wanted ? "" : fmt::format(" ({})", wanted), who.en);
      text.zh += fmt::format("，属{}环节{}，{}需要", gap_text(gap.kind).zh,
                             made == wanted ? "" : fmt::format("“{}”", wanted), needed);
    }
    if (others > 0) text.en += fmt::format(" and {} more", others);
    if (filled.purchases) {
      const Text basis = basis_text(filled.purchases->basis);
      const Money money{filled.purchases->value};
      text.en += fmt::format("; could bring home at most {} a year ({})", format_money(money, Language::En),
                             basis.en);
      text.zh +=
          fmt::format("；每年至多可回流采购{}（{}）", format_money(money, Language::Zh), basis.zh);
    }
    return text;
  }

  Text tie_reason(const Tie& tie) const {
    const std::string_view local = graph_.name(graph_.entity(tie.local));
    const bool outward = tie.from != graph_.entity(tie.local);
    switch (tie.relation) {
      case RelationKind::Supplies:
        return outward ? Text{fmt::format("already supplies {}", local),
                              fmt::format("已向{}供货", local)}
                       : Text{fmt::format("already buys from {}", local),
                              fmt::format("已向{}采购", local)};
      case RelationKind::Owns:
        return outward ? Text{fmt::format("holds a share of {}", local),
                              fmt::format("持有{}股权", local)}
                       : Text{fmt::format("{} holds a share of it", local),
                              fmt::format("{}持有其股权", local)};
      case RelationKind::Cooperates:
        return {fmt::format("cooperates with {}", local), fmt::format("与{}有合作", local)};
      default:
        return {fmt::format("belongs to {}, as {} does", graph_.name(tie.to), local),
                fmt::format("与{}同为{}成员", local, graph_.name(tie.to))};
    }
  }

  template <typename Add>
  void explain_path(Prospect& prospect, const Add& add) const {
    const auto path = path_to_anchor_.find(raw(graph_.entity(prospect.firm)));
    if (path == path_to_anchor_.end()) return;
    const EntityId anchor = graph_.entity(path->second.first);
    const auto instances = path_evidence(graph_, path_, graph_.entity(prospect.firm), anchor, 1);
    if (instances.empty()) return;
    const PathInstance& best = instances.front();
    if (path_ == parse_path("directed_l3")) {
      prospect.reasons.push_back(
          {fmt::format("its customer {} also buys from {}, a supplier of {}",
                       graph_.name(best.entities[1]), graph_.name(best.entities[2]),
                       graph_.name(anchor)),
           fmt::format("其客户{}同时向{}采购，后者正是{}的供应商", graph_.name(best.entities[1]),
                       graph_.name(best.entities[2]), graph_.name(anchor))});
    } else {
      std::vector<std::string_view> names;
      for (const EntityId entity : best.entities) names.push_back(graph_.name(entity));
      const std::string way = fmt::format("{}", fmt::join(names, " – "));
      const std::string& name = options_.policy.proximity_path;
      prospect.reasons.push_back(
          {fmt::format("path {} to {}: {}", name, graph_.name(anchor), way),
           fmt::format("与{}之间有路径 {}：{}", graph_.name(anchor), name, way)});
    }
    for (std::size_t k = 0; k < best.edges.size(); ++k) {
      const RelationKind kind = path_.steps[k].relation;
      const Relation relation = graph_.relation(kind);
      add(kind, best.edges[k], relation.source(best.edges[k]), relation.target(best.edges[k]));
    }
  }

  const EnterpriseGraph& graph_;
  const GapReport& report_;
  const ProspectOptions& options_;
  Relation makes_;
  RelationPath path_;  // Policy::proximity_path
  Taxonomy taxonomy_;
  Date date_;  // of the data
  Presence presence_;
  std::vector<Standing> standings_;             // by firm
  std::vector<std::optional<FirmId>> fellows_;  // by organization
  std::vector<Nesting> nesting_;                // by gap
  std::vector<Candidate> candidates_;
  double largest_leakage_ = 0;
  HashMap<std::uint32_t, std::pair<FirmId, double>> path_to_anchor_;  // by entity
};

}  // namespace

ProspectList rank_prospects(const EnterpriseGraph& graph, const GapReport& report,
                            const ProspectOptions& options) {
  return Ranking(graph, report, options).run();
}

}  // namespace liantu
