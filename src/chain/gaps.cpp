#include "liantu/chain/gaps.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <tuple>
#include <utility>

#include <absl/container/flat_hash_map.h>
#include <absl/container/flat_hash_set.h>
#include <fmt/format.h>

#include "base/confidence.hpp"
#include "chain/production.hpp"
#include "chain/status.hpp"
#include "chain/taxonomy.hpp"
#include "liantu/base/error.hpp"

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
  Analysis(const EnterpriseGraph& graph, const GapOptions& options)
      : graph_(graph),
        options_(options),
        taxonomy_(graph),
        productions_(graph, taxonomy_, options.min_confidence),
        makes_(graph.relation(RelationKind::Makes)),
        requires_(graph.relation(RelationKind::Requires)) {}

  GapReport run() {
    report_.district = complete_district(options_.district);
    report_.min_confidence = options_.min_confidence;
    take_stock();
    report_.anchors = choose_anchors(graph_, report_.district, options_.anchors);
    find_needs();
    read_purchases();
    for (const auto& [segment, needs] : needs_) weigh(SegmentId{segment}, needs);
    order();
    return std::move(report_);
  }

 private:
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
    standing_.resize(graph_.size(EntityKind::Firm));
    nearby_.resize(standing_.size());
    listed_for_.resize(standing_.size());
    for (std::uint32_t i = 0; i < standing_.size(); ++i) {
      standing_[i] = standing(graph_, FirmId{i}, report_.district);
      nearby_[i] = nearby(graph_, FirmId{i}, report_.district);
      if (standing_[i] == Standing::Unknown) ++report_.unlocated_firms;
      if (standing_[i] != Standing::Inside) continue;
      ++report_.local_firms;
      if (!makes_.out_edges(graph_.entity(FirmId{i})).empty()) ++report_.local_makers;
    }
    if (report_.local_firms == 0) {
      const RegionCode region = report_.district.region;
      throw Error(
          ErrorCode::NotFound,
          {fmt::format("no firm is in {} {}; check the region code, or the firms' addresses",
                       region.to_string(), region_full_name(region)),
           fmt::format("{} {} 内没有企业；请检查地区代码或企业地址", region.to_string(),
                       region_full_name(region))});
    }
  }

  bool local(FirmId firm) const { return standing_[raw(firm)] == Standing::Inside; }

  // What local products need, and what they could go into.
  void find_needs() {
    absl::flat_hash_map<std::uint32_t, Rules> rules;
    for (std::uint32_t i = 0; i < standing_.size(); ++i) {
      if (i % 4096 == 0) check_stop();
      if (!local(FirmId{i})) continue;
      for (const Statement& made : productions_.statements(FirmId{i})) {
        const auto [entry, fresh] = rules.try_emplace(raw(made.segment));
        if (fresh) entry->second = rules_of(made.segment);
        for (const EdgeId rule : entry->second.inputs) {
          auto need = need_of(FirmId{i}, made, rule);
          if (!need) continue;
          set_amount(*need, made);
          needs_[graph_.local(requires_.target(rule))].real.push_back(*need);
        }
        for (const EdgeId rule : entry->second.uses) {
          const auto need = need_of(FirmId{i}, made, rule);
          if (need) needs_[graph_.local(requires_.source(rule))].extension.push_back(*need);
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

  // Makers of a segment or of anything below it, each firm's yuan once.
  void find_makers(SegmentId segment, Gap& gap) {
    const auto close = [&](FirmId firm) { return local(firm) || nearby_[raw(firm)]; };
    for (const Production& production : productions_.at(segment, close)) {
      const Statement& first = production.statements.front();
      Maker maker{production.firm, first.segment, first.makes};
      if (production.complete) maker.output = production.output->value;
      maker.basis = production.basis;
      maker.at_risk = at_risk(graph_, graph_.entity(maker.firm));
      (local(maker.firm) ? gap.makers : gap.nearby_makers).push_back(maker);
    }
    const auto largest_first = [](const Maker& maker) {
      return std::tuple(-maker.output.value_or(-1), maker.firm);
    };
    std::ranges::sort(gap.makers, {}, largest_first);
    std::ranges::sort(gap.nearby_makers, {}, largest_first);
    find_possible_makers(segment, gap);
  }

  // Local firms too doubtfully said to make the segment, or said to make something broader.
  void find_possible_makers(SegmentId segment, Gap& gap) {
    ++gaps_weighed_;
    for (const Maker& maker : gap.makers) listed_for_[raw(maker.firm)] = gaps_weighed_;
    std::vector<SegmentId> segments = taxonomy_.below(segment);
    const std::vector<SegmentId> above = taxonomy_.above(segment);
    segments.insert(segments.end(), above.begin(), above.end());
    for (const SegmentId one : segments) {
      const auto firms = makes_.sources(graph_.entity(one));
      const auto edges = makes_.in_edges(graph_.entity(one));
      for (std::size_t k = 0; k < firms.size(); ++k) {
        const FirmId firm{graph_.local(firms[k])};
        if (!local(firm) || listed_for_[raw(firm)] == gaps_weighed_) continue;
        listed_for_[raw(firm)] = gaps_weighed_;
        if (++gap.possible_maker_count > kPossibleMakers) continue;
        Maker maker{firm, one, EdgeId{edges[k]}};
        maker.basis = makes_.provenance(maker.makes).basis;
        maker.at_risk = at_risk(graph_, firms[k]);
        gap.possible_makers.push_back(maker);
      }
    }
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
    for (std::uint32_t i = 0; i < standing_.size(); ++i) {
      if (!local(FirmId{i})) continue;
      const EdgeRange range = supplies.out_edges(graph_.entity(FirmId{i}));
      std::map<std::pair<std::uint32_t, std::uint32_t>, double> latest;
      for (std::uint64_t e = range.first; e < range.last; ++e) {
        const FirmId customer{graph_.local(supplies.target(EdgeId{e}))};
        const auto segment = supplies.segment(EdgeId{e});
        const auto amount = supplies.number(EdgeId{e}, EdgeNumber::Amount);
        if (!local(customer) || !segment || !amount) continue;
        latest[{raw(customer), raw(*segment)}] = *amount;  // years ascend
      }
      for (const auto& [key, amount] : latest) {
        purchases_[key.second].push_back({i, key.first, amount});
      }
    }
  }

  // Of needs that differ in the year of the `requires` alone the latest whose amount is known, else
  // the most confident; one whose amount is zero is none.
  std::vector<Need> settle(std::vector<Need> needs) const {
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
    std::erase_if(needs, [](const Need& need) { return need.amount == 0; });
    return needs;
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
    absl::flat_hash_map<std::uint64_t, double> best;
    std::vector<std::uint64_t> order;
    for (const Need& need : needs) {
      const auto [entry, fresh] = best.try_emplace(raw(need.requires_edge), need.confidence);
      if (fresh) {
        order.push_back(raw(need.requires_edge));
      } else {
        entry->second = std::max(entry->second, need.confidence);
      }
    }
    std::ranges::sort(order);
    double doubt = 1;
    for (const std::uint64_t edge : order) doubt *= 1 - best[edge];
    return 1 - doubt;
  }

  void weigh(SegmentId segment, const Needs& all) {
    if (taxonomy_.chain(segment)) return;
    check_stop();
    const Needs needs{settle(all.real), settle(all.extension)};
    Gap gap;
    gap.segment = segment;
    find_makers(segment, gap);
    const std::vector<Need>& why = needs.real.empty() ? needs.extension : needs.real;
    gap.needers = by_firm(why);
    gap.confidence = confidence(why);
    if (!needs.real.empty()) measure(gap);

    if (!needs.real.empty() && gap.makers.empty()) gap.kinds.push_back(GapKind::Missing);
    if (!needs.real.empty() && !gap.makers.empty()) {
      find_weakness(gap);
      if (!gap.weak.empty()) gap.kinds.push_back(GapKind::Weak);
    }
    if (!needs.extension.empty() && gap.makers.empty()) gap.kinds.push_back(GapKind::Extension);
    if (gap.kinds.empty()) return;
    gap.kind = gap.kinds.front();
    for (const Need& need : gap.needers) {
      if (std::ranges::binary_search(report_.anchors.firms, need.firm)) {
        gap.anchors.push_back(need.firm);
      }
    }
    std::ranges::sort(gap.anchors);
    report_.gaps.push_back(std::move(gap));
  }

  void measure(Gap& gap) {
    for (const Need& need : gap.needers) {
      if (!need.complete) ++gap.needs_unknown;
      if (!need.amount) continue;
      if (!gap.demand) gap.demand = Figure{0, Basis::Stated};
      gap.demand->value += *need.amount;
      gap.demand->basis = softer(gap.demand->basis, need.basis);
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
      gap.supply->value += *maker.output;
      gap.supply->basis = softer(gap.supply->basis, maker.basis);
    }
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
    const auto weight = [](const Gap& gap) {
      double total = 0;
      for (const Need& need : gap.needers) total += need.confidence;
      return total;
    };
    std::ranges::sort(report_.gaps, {}, [&](const Gap& gap) {
      const bool extension = gap.kind == GapKind::Extension;
      return std::tuple(extension, !gap.leakage_max.has_value(), -gap.leakage_max.value_or(0),
                        -weight(gap), gap.segment);
    });
  }

  const EnterpriseGraph& graph_;
  const GapOptions& options_;
  Taxonomy taxonomy_;
  Productions productions_;
  Relation makes_;
  Relation requires_;
  GapReport report_;
  std::vector<Standing> standing_;         // by firm
  std::vector<bool> nearby_;               // by firm
  std::vector<std::uint32_t> listed_for_;  // by firm: last gap
  std::uint32_t gaps_weighed_ = 0;
  absl::flat_hash_map<std::uint32_t, Needs> needs_;                      // by segment
  absl::flat_hash_map<std::uint32_t, std::vector<Purchase>> purchases_;  // by segment
};

}  // namespace

std::string_view gap_word(GapKind kind) {
  switch (kind) {
    case GapKind::Missing:
      return "missing";
    case GapKind::Weak:
      return "weak";
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
    case GapKind::Extension:
      return {"extension", "延链"};
  }
  return {};
}

GapReport find_gaps(const EnterpriseGraph& graph, const GapOptions& options) {
  check(options.weak_coverage, "weak_coverage");
  check(options.min_confidence, "min_confidence");
  return Analysis(graph, options).run();
}

}  // namespace liantu
