#include "liantu/chain/gaps.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include <absl/container/flat_hash_map.h>
#include <absl/container/flat_hash_set.h>
#include <fmt/format.h>

#include "chain/output.hpp"
#include "chain/taxonomy.hpp"
#include "liantu/base/error.hpp"

namespace liantu {
namespace {

constexpr std::string_view kInactive[] = {"注销", "吊销", "停业", "歇业",
                                          "清算", "迁出", "撤销", "关闭"};

bool at_risk(const EnterpriseGraph& graph, EntityId firm) {
  if (!graph.text(firm, EntityText::Risks).empty()) return true;
  const std::string_view status = graph.text(firm, EntityText::Status);
  return std::ranges::any_of(kInactive, [&](std::string_view word) {
    return status.find(word) != std::string_view::npos;
  });
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
        makes_(graph.relation(RelationKind::Makes)),
        requires_(graph.relation(RelationKind::Requires)) {}

  GapReport run() {
    report_.district = complete_district(options_.district);
    take_stock();
    report_.anchors = choose_anchors(graph_, report_.district, options_.anchors);
    find_needs();
    find_extensions();
    for (const auto& [segment, needs] : needs_) weigh(SegmentId{segment}, needs);
    order();
    return std::move(report_);
  }

 private:
  struct Needs {
    std::vector<Need> real;       // one a (firm, product)
    std::vector<Need> extension;  // likewise
  };

  void check_stop() const {
    if (options_.stop.stop_requested()) {
      throw Error(ErrorCode::Cancelled, {"the search for gaps was interrupted", "缺口分析被中断"});
    }
  }

  void take_stock() {
    standing_.resize(graph_.size(EntityKind::Firm));
    for (std::uint32_t i = 0; i < standing_.size(); ++i) {
      standing_[i] = standing(graph_, FirmId{i}, report_.district);
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

  void find_needs() {
    absl::flat_hash_map<std::uint32_t, std::vector<EdgeId>> inputs;
    for (std::uint32_t i = 0; i < standing_.size(); ++i) {
      if (i % 4096 == 0) check_stop();
      if (standing_[i] != Standing::Inside) continue;
      const EntityId firm = graph_.entity(FirmId{i});
      const EdgeRange made = makes_.out_edges(firm);
      for (std::uint64_t edge = made.first; edge < made.last; ++edge) {
        const EdgeId makes{edge};
        const SegmentId product{graph_.local(makes_.target(makes))};
        if (taxonomy_.chain(product)) continue;
        auto [entry, fresh] = inputs.try_emplace(raw(product));
        if (fresh) entry->second = taxonomy_.inputs(product);
        const auto produced = output(graph_, firm, makes);
        for (const EdgeId input : entry->second) {
          const Provenance rule = requires_.provenance(input);
          Need need{FirmId{i}, product, makes, input};
          need.confidence = static_cast<double>(makes_.provenance(makes).confidence) *
                            static_cast<double>(rule.confidence);
          if (need.confidence < options_.min_confidence) continue;
          need.basis = softer(makes_.provenance(makes).basis, rule.basis);
          const auto coefficient = requires_.number(input, EdgeNumber::Coefficient);
          if (coefficient && produced) {
            need.amount = *coefficient * produced->value;
            need.basis = softer(need.basis, produced->basis);
          }
          needs_[graph_.local(requires_.target(input))].real.push_back(need);
        }
      }
    }
  }

  // What a local product goes into: t requires p, and a local firm makes p or something below it.
  void find_extensions() {
    for (std::uint32_t i = 0; i < standing_.size(); ++i) {
      if (i % 4096 == 0) check_stop();
      if (standing_[i] != Standing::Inside) continue;
      const EntityId firm = graph_.entity(FirmId{i});
      const EdgeRange made = makes_.out_edges(firm);
      for (std::uint64_t edge = made.first; edge < made.last; ++edge) {
        const EdgeId makes{edge};
        const SegmentId product{graph_.local(makes_.target(makes))};
        if (taxonomy_.chain(product)) continue;
        std::vector<SegmentId> inputs = taxonomy_.above(product);
        inputs.insert(inputs.begin(), product);
        for (const SegmentId input : inputs) {
          const auto users = requires_.sources(graph_.entity(input));
          const auto edges = requires_.in_edges(graph_.entity(input));
          for (std::size_t k = 0; k < users.size(); ++k) {
            const EdgeId rule{edges[k]};
            Need need{FirmId{i}, product, makes, rule};
            need.confidence = static_cast<double>(makes_.provenance(makes).confidence) *
                              static_cast<double>(requires_.provenance(rule).confidence);
            if (need.confidence < options_.min_confidence) continue;
            need.basis = softer(makes_.provenance(makes).basis, requires_.provenance(rule).basis);
            needs_[graph_.local(users[k])].extension.push_back(need);
          }
        }
      }
    }
  }

  // Makers of a segment or of anything below it; each firm once, with the yuan of its topmost
  // statements.
  void find_makers(SegmentId segment, Gap& gap) const {
    struct Made {
      Maker maker;  // names the statement nearest to the segment
      std::vector<std::pair<SegmentId, EdgeId>> statements;
    };
    std::vector<Made> found;
    absl::flat_hash_map<std::uint32_t, std::size_t> by_firm;
    for (const SegmentId one : taxonomy_.below(segment)) {
      const auto firms = makes_.sources(graph_.entity(one));
      const auto edges = makes_.in_edges(graph_.entity(one));
      std::size_t years = 0;
      for (std::size_t k = 0; k < firms.size(); k += years) {
        years = statements_of_first(firms.subspan(k));
        const std::uint32_t firm = graph_.local(firms[k]);
        if (standing_[firm] != Standing::Inside && standing_[firm] != Standing::Nearby) continue;
        const EdgeId edge = current_statement(graph_, firms[k], edges.subspan(k, years));
        const auto [entry, fresh] = by_firm.try_emplace(firm, found.size());
        if (fresh) found.push_back({Maker{FirmId{firm}, one, edge}, {}});
        found[entry->second].statements.emplace_back(one, edge);
      }
    }
    for (Made& made : found) {
      sum_up(made.statements, made.maker);
      const bool local = standing_[raw(made.maker.firm)] == Standing::Inside;
      (local ? gap.makers : gap.nearby_makers).push_back(made.maker);
    }
    const auto largest_first = [](const Maker& maker) {
      return std::tuple(-maker.output.value_or(-1), maker.firm);
    };
    std::ranges::sort(gap.makers, {}, largest_first);
    std::ranges::sort(gap.nearby_makers, {}, largest_first);
    find_possible_makers(segment, by_firm, gap);
  }

  // The yuan of a maker's topmost statements: those below are counted with them.
  void sum_up(const std::vector<std::pair<SegmentId, EdgeId>>& statements, Maker& maker) const {
    const EntityId firm = graph_.entity(maker.firm);
    maker.at_risk = at_risk(graph_, firm);
    double total = 0;
    bool all_known = true;
    for (const auto& [segment, edge] : statements) {
      if (statements.size() > 1 && lies_below(segment, statements)) continue;
      const auto made = output(graph_, firm, edge);
      total += made ? made->value : 0;
      all_known = all_known && made.has_value();
      maker.basis = softer(maker.basis, made ? made->basis : makes_.provenance(edge).basis);
    }
    if (all_known) maker.output = total;
  }

  bool lies_below(SegmentId segment,
                  const std::vector<std::pair<SegmentId, EdgeId>>& statements) const {
    const std::vector<SegmentId> above = taxonomy_.above(segment);
    return std::ranges::any_of(statements, [&](const auto& statement) {
      return std::ranges::find(above, statement.first) != above.end();
    });
  }

  void find_possible_makers(SegmentId segment,
                            const absl::flat_hash_map<std::uint32_t, std::size_t>& sure,
                            Gap& gap) const {
    absl::flat_hash_set<std::uint32_t> seen;
    for (const SegmentId broader : taxonomy_.above(segment)) {
      const auto firms = makes_.sources(graph_.entity(broader));
      const auto edges = makes_.in_edges(graph_.entity(broader));
      for (std::size_t k = 0; k < firms.size(); ++k) {
        const std::uint32_t firm = graph_.local(firms[k]);
        if (standing_[firm] != Standing::Inside || sure.contains(firm)) continue;
        if (!seen.insert(firm).second) continue;
        Maker maker{FirmId{firm}, broader, EdgeId{edges[k]}};
        maker.basis = makes_.provenance(maker.makes).basis;
        maker.at_risk = at_risk(graph_, firms[k]);
        gap.possible_makers.push_back(maker);
      }
    }
    std::ranges::sort(gap.possible_makers, {}, &Maker::firm);
  }

  // Known purchases of a segment, or of anything below it, from a local supplier by a local
  // customer; of several years the latest.
  std::optional<double> find_purchases(SegmentId segment) {
    if (purchases_.empty() && !purchases_read_) read_purchases();
    if (purchases_.empty()) return std::nullopt;
    std::optional<double> total;
    for (const SegmentId one : taxonomy_.below(segment)) {
      if (const auto found = purchases_.find(raw(one)); found != purchases_.end()) {
        total = total.value_or(0) + found->second;
      }
    }
    return total;
  }

  void read_purchases() {
    purchases_read_ = true;
    const Relation supplies = graph_.relation(RelationKind::Supplies);
    absl::flat_hash_map<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>,
                        std::pair<int, double>>
        latest;
    for (std::uint32_t i = 0; i < standing_.size(); ++i) {
      if (standing_[i] != Standing::Inside) continue;
      const EdgeRange range = supplies.out_edges(graph_.entity(FirmId{i}));
      for (std::uint64_t e = range.first; e < range.last; ++e) {
        const EdgeId edge{e};
        const std::uint32_t customer = graph_.local(supplies.target(edge));
        const auto segment = supplies.segment(edge);
        const auto amount = supplies.number(edge, EdgeNumber::Amount);
        if (standing_[customer] != Standing::Inside || !segment || !amount) continue;
        const int year = supplies.provenance(edge).year();
        auto& entry = latest.try_emplace({i, customer, raw(*segment)}, year, *amount).first->second;
        if (year > entry.first) entry = {year, *amount};
      }
    }
    // Summed in the order of firms, so that the last digit does not depend on hashing.
    std::vector<std::pair<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>, double>> sorted;
    for (const auto& [key, value] : latest) sorted.emplace_back(key, value.second);
    std::ranges::sort(sorted);
    for (const auto& [key, amount] : sorted) purchases_[std::get<2>(key)] += amount;
  }

  // Of needs that differ in the year of a relation alone the latest whose amount is known, else the
  // most confident; one whose amount is zero is none.
  std::vector<Need> settle(std::vector<Need> needs) const {
    const auto same = [&](const Need& need) {
      return std::tuple(need.firm, need.product, requires_.source(need.requires_edge),
                        requires_.target(need.requires_edge));
    };
    std::ranges::sort(needs, {}, [&](const Need& need) {
      const bool known = need.amount.has_value();
      return std::tuple(same(need), !known, known ? -makes_.provenance(need.makes).year() : 0,
                        known ? -requires_.provenance(need.requires_edge).year() : 0,
                        -need.confidence, need.makes, need.requires_edge);
    });
    const auto equal = [&](const Need& a, const Need& b) { return same(a) == same(b); };
    needs.erase(std::unique(needs.begin(), needs.end(), equal), needs.end());
    std::erase_if(needs, [](const Need& need) { return need.amount == 0; });
    return needs;
  }

  // The needs by firm: amounts added over its products, the product with the largest amount kept.
  static std::vector<Need> by_firm(std::vector<Need> needs) {
    std::ranges::sort(needs, {}, [](const Need& need) {
      return std::tuple(need.firm, -need.amount.value_or(-1), -need.confidence, need.product,
                        need.requires_edge);
    });
    std::vector<Need> result;
    std::vector<SegmentId> products;  // of the firm at hand, already counted
    for (const Need& need : needs) {
      if (result.empty() || result.back().firm != need.firm) {
        result.push_back(need);
        products.assign(1, need.product);
        continue;
      }
      Need& kept = result.back();
      if (need.amount && std::ranges::find(products, need.product) == products.end()) {
        products.push_back(need.product);
        kept.amount = kept.amount.value_or(0) + *need.amount;
        kept.basis = softer(kept.basis, need.basis);
      }
      kept.confidence = std::max(kept.confidence, need.confidence);
    }
    std::ranges::sort(result, {}, [](const Need& need) {
      return std::tuple(-need.amount.value_or(-1), -need.confidence, need.firm);
    });
    return result;
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
    if (!needs.real.empty()) measure(needs.real, gap);

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

  void measure(const std::vector<Need>& needs, Gap& gap) {
    bool all_needs_known = true;
    for (const Need& need : gap.needers) {
      if (!need.amount) {
        all_needs_known = false;
        continue;
      }
      if (!gap.demand) gap.demand = Figure{0, Basis::Stated};
      gap.demand->value += *need.amount;
      gap.demand->basis = softer(gap.demand->basis, need.basis);
    }
    all_needs_known = all_needs_known && std::ranges::all_of(needs, [](const Need& need) {
                        return need.amount.has_value();
                      });
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
      if (all_needs_known) {
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
  Relation makes_;
  Relation requires_;
  GapReport report_;
  std::vector<Standing> standing_;                        // by firm
  absl::flat_hash_map<std::uint32_t, Needs> needs_;       // by segment
  absl::flat_hash_map<std::uint32_t, double> purchases_;  // by segment
  bool purchases_read_ = false;
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
