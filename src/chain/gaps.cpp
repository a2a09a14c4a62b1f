#include "liantu/chain/gaps.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <span>
#include <tuple>
#include <utility>

#include <absl/container/flat_hash_map.h>
#include <absl/container/flat_hash_set.h>
#include <fmt/format.h>

#include "base/confidence.hpp"
#include "chain/anchors.hpp"
#include "chain/economy.hpp"
#include "chain/production.hpp"
#include "chain/status.hpp"
#include "chain/taxonomy.hpp"
#include "liantu/base/error.hpp"
#include "liantu/chain/evenness.hpp"

namespace liantu {
namespace {

bool at_risk(const EnterpriseGraph& graph, EntityId firm) {
  return !graph.text(firm, EntityText::Risks).empty() ||
         inactive(graph.text(firm, EntityText::Status));
}

void check(double value, std::string_view name) {
  if (value >= 0 && value <= 1) return;
  throw Error(ErrorCode::InvalidArgument,
              {fmt::format("{} {} is outside [0, 1]", name, value),
               fmt::format("{} 的值 {} 不在 0 到 1 之间", name, value)});
}

class Analysis {
 public:
  Analysis(const Economy& economy, const GapOptions& options)
      : economy_(economy),
        graph_(economy.graph()),
        options_(options),
        taxonomy_(economy.taxonomy()),
        productions_(graph_, taxonomy_, options.min_confidence, &options.factors),
        makes_(graph_.relation(RelationKind::Makes)),
        requires_(graph_.relation(RelationKind::Requires)) {}

  GapReport run() {
    report_.district = complete_district(options_.district);
    report_.min_confidence = options_.min_confidence;
    report_.rounds = options_.rounds;
    take_stock();
    report_.anchors = options_.chosen_anchors
                          ? *options_.chosen_anchors
                          : choose_anchors_among(graph_, Productions(graph_, taxonomy_, 0), local_,
                                                 report_.district, options_.anchors);
    find_needs();
    gather_nearby();
    read_purchases();
    for (const auto& [segment, needs] : needs_) weigh(SegmentId{segment}, needs);
    add_later_rounds();
    order();
    return std::move(report_);
  }

 private:
  // What a firm makes at or below a segment.
  struct Made {
    FirmId firm{0};
    std::uint32_t level = 0;  // how far below
    Statement statement;
  };

  struct Needs {
    std::vector<Need> real;       // one a (firm, product, `requires`)
    std::vector<Need> extension;  // likewise
  };

  // The `requires` that a product takes part in.
  struct Rules {
    std::vector<EdgeId> inputs;  // what it needs
    std::vector<EdgeId> uses;    // what needs it, or what it is part of
  };

  // What one local firm bought of another.
  struct Purchase {
    std::uint32_t supplier = 0;
    std::uint32_t customer = 0;
    double amount = 0;
  };

  void check_stop() const {
    if (options_.stop.stop_requested()) {
      throw Error(ErrorCode::Cancelled, {"the search for gaps was interrupted", "缺口分析被中断"});
    }
  }

  void take_stock() {
    const std::vector<FirmId> without = sorted(options_.without);
    const std::vector<FirmId> with = sorted(options_.with);
    const auto counts = [&](FirmId firm) {
      if (std::ranges::binary_search(without, firm)) return false;
      if (!options_.founded_before.known()) return true;
      const Date founded = graph_.founded(graph_.entity(firm));
      return founded.known() && founded < options_.founded_before;
    };
    const auto take = [&](const Economy::Place& place, std::vector<FirmId>& into) {
      std::ranges::copy_if(place.firms, std::back_inserter(into), [&](FirmId firm) {
        return counts(firm) && !std::ranges::binary_search(with, firm);
      });
    };
    for (const Economy::Place& place : economy_.places()) {
      // All firms of a place stand alike.
      switch (standing(graph_, place.firms.front(), report_.district)) {
        case Standing::Inside:
          take(place, local_);
          break;
        case Standing::Unknown:
          report_.unlocated_firms += static_cast<std::uint32_t>(place.firms.size());
          [[fallthrough]];
        default:
          if (nearby(graph_, place.firms.front(), report_.district)) take(place, near_);
      }
    }
    std::ranges::copy_if(with, std::back_inserter(local_), counts);
    std::ranges::sort(local_);
    std::ranges::sort(near_);
    report_.local_firms = static_cast<std::uint32_t>(local_.size());
    report_.local_makers = static_cast<std::uint32_t>(std::ranges::count_if(
        local_, [&](FirmId firm) { return !makes_.out_edges(graph_.entity(firm)).empty(); }));
    if (local_.empty()) {
      const RegionCode region = report_.district.region;
      throw Error(
          ErrorCode::NotFound,
          {fmt::format("no firm is in {} {}; check the region code, or the firms' addresses",
                       region.to_string(), region_full_name(region)),
           fmt::format("{} {} 内没有企业；请检查地区代码或企业地址", region.to_string(),
                       region_full_name(region))});
    }
  }

  static std::vector<FirmId> sorted(std::vector<FirmId> firms) {
    std::ranges::sort(firms);
    firms.erase(std::unique(firms.begin(), firms.end()), firms.end());
    return firms;
  }

  bool local(FirmId firm) const { return std::ranges::binary_search(local_, firm); }

  // What local products need, and what they could go into.
  void find_needs() {
    absl::flat_hash_map<std::uint32_t, Rules> rules;
    std::vector<std::uint32_t> estimated(options_.factors.size());
    std::uint32_t looked_at = 0;
    for (const FirmId firm : local_) {
      if (looked_at++ % 1024 == 0) check_stop();
      const EdgeRange all = makes_.out_edges(graph_.entity(firm));
      for (std::uint64_t e = all.first; e < all.last; ++e) {
        said_to_make_[graph_.local(makes_.target(EdgeId{e}))].push_back({firm, EdgeId{e}});
      }
      std::vector<std::size_t> used;
      for (const Statement& made : productions_.statements(firm)) {
        if (made.factor) used.push_back(*made.factor);
        for (const Economy::Ancestor& above : economy_.line(made.segment)) {
          local_made_[raw(above.segment)].push_back({firm, above.level, made});
        }
        const auto [entry, fresh] = rules.try_emplace(raw(made.segment));
        if (fresh) entry->second = rules_of(made.segment);
        for (const EdgeId rule : entry->second.inputs) {
          auto need = need_of(firm, made, rule);
          if (!need) continue;
          set_amount(*need, made);
          needs_[graph_.local(requires_.target(rule))].real.push_back(*need);
        }
        for (const EdgeId rule : entry->second.uses) {
          const auto need = need_of(firm, made, rule);
          if (need) needs_[graph_.local(requires_.source(rule))].extension.push_back(*need);
        }
      }
      std::ranges::sort(used);
      used.erase(std::unique(used.begin(), used.end()), used.end());
      for (const std::size_t factor : used) ++estimated[factor];
    }
    for (std::size_t f = 0; f < estimated.size(); ++f) {
      if (estimated[f] > 0) report_.factors.push_back({options_.factors[f], estimated[f]});
    }
  }

  // What firms nearby make of what is needed here.
  void gather_nearby() {
    std::uint32_t looked_at = 0;
    for (const FirmId firm : near_) {
      if (looked_at++ % 1024 == 0) check_stop();
      const auto targets = makes_.targets(graph_.entity(firm));
      const bool some = std::ranges::any_of(targets, [&](EntityId target) {
        const auto line = economy_.line(SegmentId{graph_.local(target)});
        return std::ranges::any_of(line, [&](const Economy::Ancestor& above) {
          return needs_.contains(raw(above.segment));
        });
      });
      if (!some) continue;
      for (const Statement& made : productions_.statements(firm)) {
        for (const Economy::Ancestor& above : economy_.line(made.segment)) {
          if (!needs_.contains(raw(above.segment))) continue;
          near_made_[raw(above.segment)].push_back({firm, above.level, made});
        }
      }
    }
  }

  Rules rules_of(SegmentId product) const {
    Rules rules{taxonomy_.inputs(product), {}};
    std::vector<SegmentId> parts = taxonomy_.above(product);
    parts.push_back(product);
    for (const SegmentId part : parts) {
      for (const std::uint32_t rule : requires_.in_edges(graph_.entity(part))) {
        rules.uses.push_back(EdgeId{rule});
      }
    }
    return rules;
  }

  // Nothing when it is trusted too little.
  std::optional<Need> need_of(FirmId firm, const Statement& made, EdgeId rule) const {
    const Provenance stated = makes_.provenance(made.makes);
    const Provenance required = requires_.provenance(rule);
    Need need{firm, made.segment, made.makes, rule};
    need.confidence =
        static_cast<double>(stated.confidence) * static_cast<double>(required.confidence);
    if (!reaches(need.confidence, options_.min_confidence)) return std::nullopt;
    need.basis = softer(stated.basis, required.basis);
    return need;
  }

  void set_amount(Need& need, const Statement& made) const {
    const auto coefficient = requires_.number(need.requires_edge, EdgeNumber::Coefficient);
    if (!coefficient || !made.output) return;
    need.amount = *coefficient * made.output->value;
    need.basis = softer(need.basis, made.output->basis);
  }

  using MadeBySegment = absl::flat_hash_map<std::uint32_t, std::vector<Made>>;

  // Makers of a segment or of anything below it, each firm's yuan once; largest output first.
  std::vector<Maker> makers_of(SegmentId segment, const MadeBySegment& made_by_segment) const {
    std::vector<Maker> makers;
    const auto found = made_by_segment.find(raw(segment));
    if (found == made_by_segment.end()) return makers;
    const std::vector<Made>& made = found->second;  // by firm
    for (auto first = made.begin(); first != made.end();) {
      const auto last =
          std::find_if(first, made.end(), [&](const Made& one) { return one.firm != first->firm; });
      makers.push_back(maker_of({first, last}));
      first = last;
    }
    std::ranges::sort(makers, {}, [](const Maker& maker) {
      return std::tuple(-maker.output.value_or(-1), maker.firm);
    });
    return makers;
  }

  Maker maker_of(std::span<const Made> all) const {
    std::vector<Made> nearest_first(all.begin(), all.end());
    std::ranges::stable_sort(nearest_first, {}, &Made::level);
    std::vector<Statement> statements;
    for (const Made& made : nearest_first) statements.push_back(made.statement);
    const Production production = productions_.sum_up(all.front().firm, std::move(statements));
    const Statement& first = production.statements.front();
    Maker maker{production.firm, first.segment, first.makes};
    if (production.complete) maker.output = production.output->value;
    maker.basis = production.basis;
    maker.at_risk = at_risk(graph_, graph_.entity(maker.firm));
    return maker;
  }

  // Asked for a gap, for its siblings and for later rounds.
  const std::vector<Maker>& local_makers_of(SegmentId segment) {
    const auto [entry, fresh] = local_makers_.try_emplace(raw(segment));
    if (fresh) entry->second = makers_of(segment, local_made_);
    return entry->second;
  }

  void find_makers(SegmentId segment, Gap& gap) {
    gap.makers = local_makers_of(segment);
    gap.nearby_makers = makers_of(segment, near_made_);
    gap.makers_at_risk =
        static_cast<std::size_t>(std::ranges::count_if(gap.makers, &Maker::at_risk));
  }

  // Local firms too doubtfully said to make the segment, or said to make something broader.
  void find_possible_makers(SegmentId segment, Gap& gap) const {
    absl::flat_hash_set<std::uint32_t> listed;
    for (const Maker& maker : gap.makers) listed.insert(raw(maker.firm));
    std::vector<SegmentId> segments = taxonomy_.below(segment);
    for (const Economy::Ancestor& above : economy_.line(segment).subspan(1)) {
      segments.push_back(above.segment);
    }
    for (const SegmentId one : segments) {
      const auto found = said_to_make_.find(raw(one));
      if (found == said_to_make_.end()) continue;
      for (const auto& [firm, edge] : found->second) {
        if (!listed.insert(raw(firm)).second) continue;
        if (++gap.possible_maker_count > kPossibleMakers) continue;
        Maker maker{firm, one, edge};
        maker.basis = makes_.provenance(edge).basis;
        maker.at_risk = at_risk(graph_, graph_.entity(firm));
        gap.possible_makers.push_back(maker);
      }
    }
  }

  // Local firms that make a sibling of the segment, and what that suggests.
  void find_remedy(SegmentId segment, Gap& gap) {
    absl::flat_hash_set<std::uint32_t> listed;
    for (const Maker& maker : gap.makers) listed.insert(raw(maker.firm));
    const Relation part_of = graph_.relation(RelationKind::PartOf);
    for (const EntityId parent : part_of.targets(graph_.entity(segment))) {
      if (taxonomy_.chain(SegmentId{graph_.local(parent)})) continue;
      for (const EntityId child : part_of.sources(parent)) {
        const SegmentId sibling{graph_.local(child)};
        if (sibling == segment || !local_made_.contains(raw(sibling))) continue;
        for (const Maker& maker : local_makers_of(sibling)) {
          if (listed.insert(raw(maker.firm)).second) gap.siblings.push_back(maker);
        }
      }
    }
    std::ranges::sort(gap.siblings, {}, [](const Maker& maker) {
      return std::tuple(-maker.output.value_or(-1), maker.firm);
    });
    gap.sibling_count = gap.siblings.size();
    if (gap.siblings.size() > kPossibleMakers) gap.siblings.resize(kPossibleMakers);
    const bool sound = gap.makers_at_risk < gap.makers.size();
    if (sound || gap.sibling_count > 0) gap.remedy = Remedy::Foster;
  }

  // Known purchases of a segment, or of anything below it, from a local supplier by a local
  // customer.
  std::optional<double> find_purchases(SegmentId segment) const {
    if (purchases_.empty()) return std::nullopt;
    using Pair = std::pair<std::uint32_t, std::uint32_t>;
    std::map<Pair, std::vector<SegmentFigure>> by_pair;  // in order: sums depend on it
    for (const SegmentId one : taxonomy_.below(segment)) {
      const auto found = purchases_.find(raw(one));
      if (found == purchases_.end()) continue;
      for (const Purchase& purchase : found->second) {
        by_pair[{purchase.supplier, purchase.customer}].push_back(
            {one, Figure{purchase.amount, Basis::Stated}});
      }
    }
    std::optional<double> total;
    for (const auto& [pair, figures] : by_pair) {
      total = total.value_or(0) + add_once(taxonomy_, figures).known->value;
    }
    return total;
  }

  // Of several years the latest whose amount is known.
  void read_purchases() {
    const Relation supplies = graph_.relation(RelationKind::Supplies);
    for (const FirmId firm : local_) {
      const EdgeRange range = supplies.out_edges(graph_.entity(firm));
      std::map<std::pair<std::uint32_t, std::uint32_t>, double> latest;
      for (std::uint64_t e = range.first; e < range.last; ++e) {
        const FirmId customer{graph_.local(supplies.target(EdgeId{e}))};
        const auto segment = supplies.segment(EdgeId{e});
        const auto amount = supplies.number(EdgeId{e}, EdgeNumber::Amount);
        if (!local(customer) || !segment || !amount) continue;
        latest[{raw(customer), raw(*segment)}] = *amount;  // years ascend
      }
      for (const auto& [key, amount] : latest) {
        purchases_[key.second].push_back({raw(firm), key.first, amount});
      }
    }
  }

  // Of needs that differ in the year of the `requires` alone the latest whose amount is known, else
  // the most confident; one whose amount is zero is none.
  std::vector<Need> settle(std::vector<Need> needs) const {
    // They come by firm and product: mostly there is one of each.
    const auto alike = [](const Need& x, const Need& y) {
      return x.firm == y.firm && x.product == y.product;
    };
    if (std::adjacent_find(needs.begin(), needs.end(), alike) != needs.end()) keep_latest(needs);
    std::erase_if(needs, [](const Need& need) { return need.amount == 0; });
    return needs;
  }

  void keep_latest(std::vector<Need>& needs) const {
    const auto same = [&](const Need& need) {
      return std::tuple(need.firm, need.product, requires_.source(need.requires_edge),
                        requires_.target(need.requires_edge));
    };
    std::ranges::sort(needs, {}, [&](const Need& need) {
      const bool known = need.amount.has_value();
      return std::tuple(same(need), !known,
                        known ? -requires_.provenance(need.requires_edge).year() : 0,
                        -need.confidence, need.requires_edge);
    });
    const auto equal = [&](const Need& a, const Need& b) { return same(a) == same(b); };
    needs.erase(std::unique(needs.begin(), needs.end(), equal), needs.end());
  }

  // The needs by firm: the product with the largest amount kept, with the amounts of all.
  std::vector<Need> by_firm(std::vector<Need> needs) const {
    std::ranges::sort(needs, {}, [](const Need& need) {
      return std::tuple(need.firm, -need.amount.value_or(-1), -need.confidence, need.product,
                        need.requires_edge);
    });
    std::vector<Need> result;
    for (auto first = needs.begin(); first != needs.end();) {
      const auto last = std::find_if(first, needs.end(),
                                     [&](const Need& need) { return need.firm != first->firm; });
      result.push_back(of_one_firm({first, last}));
      first = last;
    }
    std::ranges::sort(result, {}, [](const Need& need) {
      return std::tuple(-need.amount.value_or(-1), -need.confidence, need.firm);
    });
    return result;
  }

  // @param needs  Largest amount first.
  Need of_one_firm(std::span<const Need> needs) const {
    Need kept = needs.front();
    if (needs.size() == 1) {
      kept.complete = kept.amount.has_value();
      return kept;
    }
    std::vector<SegmentFigure> products;
    absl::flat_hash_set<std::uint32_t> seen;
    for (const Need& need : needs) {
      kept.confidence = std::max(kept.confidence, need.confidence);
      if (!seen.insert(raw(need.product)).second) continue;  // by another `requires`
      products.push_back({need.product, need.amount
                                            ? std::optional(Figure{*need.amount, need.basis})
                                            : std::nullopt});
    }
    const Total total = add_once(taxonomy_, products);
    kept.complete = total.complete;
    if (total.known) {
      kept.amount = total.known->value;
      kept.basis = total.known->basis;
    }
    return kept;
  }

  // How sure it is that the segment is needed at all: many firms making one product say nothing new
  // about the rule.
  static double confidence(const std::vector<Need>& needs) {
    std::vector<std::pair<std::uint64_t, double>> relations;
    for (const Need& need : needs) {
      relations.emplace_back(raw(need.requires_edge), -need.confidence);
    }
    std::ranges::sort(relations);  // of each relation the best first
    double doubt = 1;
    for (std::size_t i = 0; i < relations.size(); ++i) {
      if (i > 0 && relations[i].first == relations[i - 1].first) continue;
      doubt *= 1 + relations[i].second;
    }
    return 1 - doubt;
  }

  void weigh(SegmentId segment, const Needs& all) {
    if (taxonomy_.chain(segment)) return;
    check_stop();
    const Needs needs{settle(all.real), settle(all.extension)};
    if (needs.real.empty() && needs.extension.empty()) return;
    if (needs.real.empty() && local_made_.contains(raw(segment))) return;
    Gap gap;
    gap.segment = segment;
    find_makers(segment, gap);
    const std::vector<Need>& why = needs.real.empty() ? needs.extension : needs.real;
    gap.needers = by_firm(why);
    gap.confidence = confidence(why);
    for (const Need& need : gap.needers) {
      if (std::ranges::binary_search(report_.anchors.firms, need.firm)) {
        gap.anchors.push_back(need.firm);
      }
    }
    std::ranges::sort(gap.anchors);
    if (!needs.real.empty()) {
      gap.need_weight = need_weight(needs.real);
      measure(gap);
    }

    if (!needs.real.empty() && gap.makers.empty()) gap.kinds.push_back(GapKind::Missing);
    if (!needs.real.empty() && !gap.makers.empty()) {
      find_weakness(gap);
      if (!gap.weak.empty()) gap.kinds.push_back(GapKind::Weak);
    }
    if (!needs.extension.empty() && gap.makers.empty()) gap.kinds.push_back(GapKind::Extension);
    if (!gap.kinds.empty()) {
      keep(std::move(gap));
    } else {
      report_.met.push_back(std::move(gap));
    }
  }

  [[nodiscard]] std::optional<double> need_weight(const std::vector<Need>& needs) const {
    std::map<std::uint32_t, double> by_firm;  // in order: the sum depends on it
    for (const Need& need : needs) {
      const auto coefficient = requires_.number(need.requires_edge, EdgeNumber::Coefficient);
      if (!coefficient) return std::nullopt;
      double& largest = by_firm[raw(need.firm)];
      largest = std::max(largest, *coefficient * need.confidence);
    }
    double sum = 0;
    for (const auto& [firm, weight] : by_firm) sum += weight;
    return sum;
  }

  void keep(Gap gap) {
    gap.kind = gap.kinds.front();
    find_possible_makers(gap.segment, gap);
    find_remedy(gap.segment, gap);
    report_.gaps.push_back(std::move(gap));
  }

  // What filling the gaps would make the district need next.
  void add_later_rounds() {
    if (options_.rounds == 1) return;
    std::ranges::sort(first_rounds_, {}, &FirstRound::segment);
    const auto supply = [&](SegmentId segment) -> std::optional<Figure> {
      Figure total{0, Basis::Stated};
      for (const Maker& maker : local_makers_of(segment)) {
        if (!maker.output) return std::nullopt;
        total.value += *maker.output;
        total.basis = softer(total.basis, maker.basis);
      }
      return total;
    };
    absl::flat_hash_map<std::uint32_t, std::size_t> gap_of;
    for (std::size_t g = 0; g < report_.gaps.size(); ++g) {
      gap_of[raw(report_.gaps[g].segment)] = g;
    }
    for (LaterRounds& later :
         later_rounds(graph_, first_rounds_, supply, {options_.rounds, options_.min_confidence})) {
      const bool needed =
          std::ranges::binary_search(first_rounds_, later.segment, {}, &FirstRound::segment);
      const bool lacking = std::ranges::any_of(
          later.rounds, [](const RoundDemand& round) { return round.leakage.value_or(0) > 0; });
      const auto found = gap_of.find(raw(later.segment));
      if (found != gap_of.end()) {
        Gap& gap = report_.gaps[found->second];
        gap.later = std::move(later.rounds);
        if (!needed && lacking) hide(gap);
      } else if (!needed && lacking) {
        Gap gap;
        gap.segment = later.segment;
        gap.later = std::move(later.rounds);
        find_makers(gap.segment, gap);
        hide(gap);
        keep(std::move(gap));
      }
    }
  }

  // Makes a hidden gap of one, which may be an extension already.
  static void hide(Gap& gap) {
    gap.kinds.insert(gap.kinds.begin(), GapKind::Hidden);
    gap.kind = GapKind::Hidden;
    gap.basis = gap.later.front().demand.basis;
    gap.confidence = gap.later.front().confidence;
  }

  void measure(Gap& gap) {
    for (const Need& need : gap.needers) {
      if (!need.complete) ++gap.needs_unknown;
      if (!need.amount) continue;
      add(gap.demand, Figure{*need.amount, need.basis});
      gap.demand_stated =
          gap.demand_stated.value_or(0) + (need.basis == Basis::Stated ? *need.amount : 0);
      if (std::ranges::binary_search(gap.anchors, need.firm)) {
        add(gap.anchor_demand, Figure{*need.amount, need.basis});
      }
    }
    bool all_makers_known = true;
    bool some_maker_known = gap.makers.empty();
    gap.supply = Figure{0, Basis::Stated};
    for (const Maker& maker : gap.makers) {
      if (!maker.output) {
        all_makers_known = false;
        continue;
      }
      some_maker_known = true;
      add(gap.supply, Figure{*maker.output, maker.basis});
    }
    FirstRound first{gap.segment, gap.demand.value_or(Figure{}), std::nullopt, gap.confidence};
    if (all_makers_known) {
      first.supply = gap.supply;
      gap.concentration = herfindahl(gap.makers);
    }
    first_rounds_.push_back(first);
    if (!some_maker_known) gap.supply.reset();
    gap.purchases = find_purchases(gap.segment);
    if (!gap.demand) {
      // A count of makers says it; yuan and counts do not mix.
      if (gap.makers.empty()) gap.supply.reset();
      return;
    }
    gap.basis = gap.demand->basis;
    if (all_makers_known) {
      gap.leakage_min = std::max(0.0, gap.demand->value - gap.supply->value);
      if (gap.needs_unknown == 0) {
        gap.coverage = std::min(1.0, gap.supply->value / gap.demand->value);
      }
    }
    gap.leakage_max = std::max(0.0, gap.demand->value - gap.purchases.value_or(0));
    if (gap.leakage_min) gap.leakage_max = std::max(*gap.leakage_max, *gap.leakage_min);
  }

  static void add(std::optional<Figure>& sum, const Figure& figure) {
    if (!sum) sum = Figure{0, Basis::Stated};
    sum->value += figure.value;
    sum->basis = softer(sum->basis, figure.basis);
  }

  // Of outputs that are all known.
  static std::optional<double> herfindahl(const std::vector<Maker>& makers) {
    double total = 0;
    for (const Maker& maker : makers) total += *maker.output;
    if (!(total > 0)) return std::nullopt;
    double index = 0;
    for (const Maker& maker : makers) index += *maker.output / total * (*maker.output / total);
    return index;
  }

  void find_weakness(Gap& gap) const {
    if (gap.coverage && *gap.coverage < options_.weak_coverage) {
      gap.weak.push_back(WeakReason::LowCoverage);
    }
    if (gap.makers.size() == 1) gap.weak.push_back(WeakReason::SingleMaker);
    if (std::ranges::all_of(gap.makers, &Maker::at_risk)) {
      gap.weak.push_back(WeakReason::MakersAtRisk);
    }
  }

  void order() {
    std::ranges::sort(report_.met, {}, &Gap::segment);
    // One gap without a weight would have to be compared by something else.
    std::size_t counted = 0;
    std::size_t weighted = 0;
    for (const Gap& gap : report_.gaps) {
      if (kind_rank(gap) > 0 || severity_amount(gap)) continue;
      ++counted;
      if (gap.need_weight) ++weighted;
    }
    report_.weighted = counted > 0 && weighted == counted;
    const std::vector<bool> apart = set_apart();
    std::vector<std::tuple<bool, Severity, std::size_t>> keys;
    for (std::size_t g = 0; g < report_.gaps.size(); ++g) {
      keys.emplace_back(apart[g], severity(report_.gaps[g]), g);
      if (apart[g]) ++report_.apart;
    }
    std::ranges::sort(keys);
    std::vector<Gap> ordered;
    ordered.reserve(keys.size());
    for (const auto& [last, key, g] : keys) ordered.push_back(std::move(report_.gaps[g]));
    report_.gaps = std::move(ordered);
  }

  // By gap, whether it stands behind the others.
  [[nodiscard]] std::vector<bool> set_apart() const {
    std::vector<bool> apart(report_.gaps.size());
    if (options_.everywhere == Everywhere::Among) return apart;
    std::vector<SegmentId> segments;
    for (const Gap& gap : report_.gaps) segments.push_back(gap.segment);
    const std::vector<double> evenness = need_evenness(graph_, segments);
    for (std::size_t g = 0; g < apart.size(); ++g) apart[g] = evenness[g] > 0.5;
    return apart;
  }

  using Severity = std::tuple<int, bool, double, double, SegmentId>;
  static int kind_rank(const Gap& gap) {
    return gap.kind == GapKind::Extension ? 2 : gap.kind == GapKind::Hidden ? 1 : 0;
  }

  Severity severity(const Gap& gap) const {
    double needers = 0;
    for (const Need& need : gap.needers) needers += need.confidence;
    const int rank = kind_rank(gap);
    const auto amount = severity_amount(gap);
    if (report_.weighted && rank == 0 && !amount) needers = gap.need_weight.value_or(0);
    return {rank, !amount, -amount.value_or(0), -needers, gap.segment};
  }

  const Economy& economy_;
  const EnterpriseGraph& graph_;
  const GapOptions& options_;
  const Taxonomy& taxonomy_;
  Productions productions_;
  Relation makes_;
  Relation requires_;
  GapReport report_;
  std::vector<FirmId> local_;  // ascending
  std::vector<FirmId> near_;   // ascending
  // By segment: what local firms make at or below it, what those nearby do of what is needed, and
  // which local firms are said to make it, however little that is trusted.
  MadeBySegment local_made_;
  MadeBySegment near_made_;
  absl::flat_hash_map<std::uint32_t, std::vector<Maker>> local_makers_;
  absl::flat_hash_map<std::uint32_t, std::vector<std::pair<FirmId, EdgeId>>> said_to_make_;
  absl::flat_hash_map<std::uint32_t, Needs> needs_;                      // by segment
  absl::flat_hash_map<std::uint32_t, std::vector<Purchase>> purchases_;  // by segment
  std::vector<FirstRound> first_rounds_;
};

void check(const GapOptions& options) {
  check(options.weak_coverage, "weak_coverage");
  check(options.min_confidence, "min_confidence");
  if (options.rounds < 1 || options.rounds > 8) {
    throw Error(ErrorCode::InvalidArgument,
                {fmt::format("rounds {} is outside 1..8", options.rounds),
                 fmt::format("轮数 {} 不在 1 到 8 之间", options.rounds)});
  }
  for (const OutputFactor& factor : options.factors) {
    if (!std::isfinite(factor.cny_per_unit) || factor.cny_per_unit < 0) {
      throw Error(ErrorCode::InvalidArgument,
                  {fmt::format("output factor {} is no number of 0 or more", factor.cny_per_unit),
                   fmt::format("产值系数 {} 不应小于 0", factor.cny_per_unit)});
    }
    if (factor.source.empty()) {
      throw Error(ErrorCode::InvalidArgument,
                  {fmt::format("the output factor {} has no source; say where it is from",
                               factor.cny_per_unit),
                   fmt::format("产值系数 {} 没有来源；请注明出处", factor.cny_per_unit)});
    }
  }
}

}  // namespace

std::string_view gap_word(GapKind kind) {
  switch (kind) {
    case GapKind::Missing:
      return "missing";
    case GapKind::Weak:
      return "weak";
    case GapKind::Hidden:
      return "hidden";
    case GapKind::Extension:
      return "extension";
  }
  return "";
}

Text gap_text(GapKind kind) {
  switch (kind) {
    case GapKind::Missing:
      return {"missing", "缺链"};
    case GapKind::Weak:
      return {"weak", "弱链"};
    case GapKind::Hidden:
      return {"hidden", "隐性缺口"};
    case GapKind::Extension:
      return {"extension", "延链"};
  }
  return {};
}

std::string_view remedy_word(Remedy remedy) {
  return remedy == Remedy::Foster ? "foster" : "bring_in";
}

Text remedy_text(Remedy remedy) {
  if (remedy == Remedy::Foster) return {"local fostering", "本地培育"};
  return {"bringing in", "外部引进"};
}

std::optional<double> severity_amount(const Gap& gap) {
  if (gap.kind != GapKind::Hidden) return gap.leakage_max;
  double total = 0;
  for (const RoundDemand& round : gap.later) total += round.leakage.value_or(round.demand.value);
  return total;
}

GapReport find_gaps(const EnterpriseGraph& graph, const GapOptions& options) {
  check(options);
  return GapFinder(graph).find(options);
}

GapFinder::GapFinder(const EnterpriseGraph& graph)
    : economy_(std::make_shared<const Economy>(graph)) {}

GapReport GapFinder::find(const GapOptions& options) const {
  check(options);
  return Analysis(*economy_, options).run();
}

std::vector<RegionCode> GapFinder::districts() const {
  std::vector<RegionCode> result;
  for (const Economy::Place& place : economy_->places()) {
    if (place.region.level() == RegionLevel::District) result.push_back(place.region);
  }
  return result;
}

}  // namespace liantu
