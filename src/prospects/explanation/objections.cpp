#include "liantu/prospects/explanation/objections.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "chain/segments/taxonomy.hpp"
#include "graph/views/told_order.hpp"
#include "liantu/chain/economy/newcomer.hpp"
#include "liantu/chain/firms/data_date.hpp"
#include "liantu/graph/kind_text.hpp"
#include "prospects/fillings/screening.hpp"

namespace liantu {
namespace {

constexpr double kTrusted = 0.6;  // confidence below which a statement is little trusted

class Objecting {
 public:
  Objecting(const EnterpriseGraph& graph, const GapReport& report, const ProspectList& list,
            const Prospect& prospect)
      : graph_(graph),
        report_(report),
        list_(list),
        prospect_(prospect),
        entity_(graph.entity(prospect.firm)),
        date_(data_date(graph)) {}

  std::vector<Objection> find() {
    for (const std::string& risk : prospect_.risks) {
      add(Against::Risk,
          {fmt::format("risk on record: {}", risk), fmt::format("有风险记录：{}", risk)});
    }
    status();
    region();
    makers_here();
    barred();
    ended_relations();
    weak_evidence();
    if (prospect_.elsewhere > 0) {
      add(Against::WantedElsewhere,
          {fmt::format("{} of {} other districts lack the same (estimate)", prospect_.elsewhere,
                       list_.districts),
           fmt::format("另有 {} 个区县（共 {} 个）同样缺其所补环节（估算）", prospect_.elsewhere,
                       list_.districts)});
    }
    return std::move(found_);
  }

 private:
  void add(Against kind, Text said, std::optional<Evidence> evidence = {}) {
    const auto same = std::ranges::count(found_, kind, &Objection::kind);
    if (static_cast<std::size_t>(same) >= kObjections) return;
    found_.push_back({kind, std::move(said), evidence});
  }

  [[nodiscard]] std::string name(EntityId entity) const { return std::string(graph_.name(entity)); }
  [[nodiscard]] std::string name(FirmId firm) const {
    return std::string(firm_name(graph_, report_.newcomers, firm));
  }

  void status() {
    const std::string_view status = graph_.text(entity_, EntityText::Status);
    if (status.empty()) return;
    constexpr std::string_view kSound[] = {"存续", "在业", "在营", "开业", "正常", "active"};
    const bool sound = std::ranges::any_of(
        kSound, [&](std::string_view word) { return status.find(word) != std::string_view::npos; });
    if (sound) return;
    add(Against::Status,
        {fmt::format("its status reads \"{}\"", status), fmt::format("登记状态为“{}”", status)});
  }

  void region() {
    const RegionFigure region = graph_.region(entity_);
    if (!region.code.known()) {
      add(Against::Region, {"where it is registered is not known: it may stand here already",
                            "注册地不明，可能已在本地"});
    } else if (region.basis != Basis::Stated) {
      const Text basis = basis_text(region.basis);
      add(Against::Region, {fmt::format("where it is registered is not stated ({})", basis.en),
                            fmt::format("注册地并非明示（{}）", basis.zh)});
    }
  }

  void makers_here() {
    for (const FilledGap& filled : prospect_.gaps) {
      const Gap& gap = report_.gaps[filled.gap];
      if (gap.makers.empty()) continue;
      const Maker& first = gap.makers.front();
      const std::string segment = name(graph_.entity(gap.segment));
      std::optional<Evidence> evidence;
      if (!is_newcomer(graph_, first.firm)) {
        evidence = Evidence{RelationKind::Makes, first.makes, graph_.entity(first.firm),
                            graph_.entity(first.segment)};
      }
      add(Against::MakersHere,
          {fmt::format("{} firms of the district make {} already, {} the largest known",
                       gap.makers.size(), segment, name(first.firm)),
           fmt::format("本地已有 {} 家企业生产{}，已知最大的是{}", gap.makers.size(), segment,
                       name(first.firm))},
          evidence);
    }
  }

  // What it makes, by name, so that the order of rows decides nothing.
  [[nodiscard]] std::vector<EdgeId> made() const {
    const Relation makes = graph_.relation(RelationKind::Makes);
    const EdgeRange range = makes.out_edges(entity_);
    std::vector<EdgeId> edges;
    for (std::uint64_t e = range.first; e < range.last; ++e) edges.push_back(EdgeId{e});
    std::ranges::sort(edges, [&](EdgeId a, EdgeId b) {
      const EntityId one = makes.target(a);
      const EntityId other = makes.target(b);
      return one == other ? makes.provenance(a).year() < makes.provenance(b).year()
                          : told_before(graph_, one, other);
    });
    return edges;
  }

  void barred() {
    const Taxonomy taxonomy(graph_);
    const Relation makes = graph_.relation(RelationKind::Makes);
    for (const EdgeId edge : made()) {
      const EntityId target = makes.target(edge);
      const ScreeningRule* screen =
          screen_on(graph_, taxonomy, list_.policy, SegmentId{graph_.local(target)});
      if (screen == nullptr) continue;
      add(Against::Barred,
          {fmt::format("it makes {}, which the rules keep off: {}", name(target),
                       screen->reason.en),
           fmt::format("其产品{}属规则排除范围：{}", name(target), screen->reason.zh)},
          Evidence{RelationKind::Makes, edge, entity_, target});
    }
  }

  void ended_relations() {
    std::vector<Evidence> ended_ones;
    for (const RelationKind kind : kRelationKinds) {
      const Relation relation = graph_.relation(kind);
      if (relation.size() == 0) continue;
      const EdgeRange range = relation.out_edges(entity_);
      for (std::uint64_t e = range.first; e < range.last; ++e) {
        if (!ended(relation.provenance(EdgeId{e}), date_)) continue;
        ended_ones.push_back({kind, EdgeId{e}, entity_, relation.target(EdgeId{e})});
      }
      const auto sources = relation.sources(entity_);
      const auto edges = relation.in_edges(entity_);
      for (std::size_t i = 0; i < sources.size(); ++i) {
        if (!ended(relation.provenance(EdgeId{edges[i]}), date_)) continue;
        ended_ones.push_back({kind, EdgeId{edges[i]}, sources[i], entity_});
      }
    }
    const auto other_end = [&](const Evidence& one) {
      return one.from == entity_ ? one.to : one.from;
    };
    std::ranges::stable_sort(ended_ones, [&](const Evidence& a, const Evidence& b) {
      if (a.relation != b.relation) return a.relation < b.relation;
      const EntityId one = other_end(a);
      const EntityId other = other_end(b);
      return one != other && told_before(graph_, one, other);
    });
    for (const Evidence& one : ended_ones) {
      const Text what = relation_text(one.relation);
      const std::string until =
          graph_.relation(one.relation).provenance(one.edge).until.to_string();
      add(Against::Ended,
          {fmt::format("ended by {}: {} → {} ({})", until, name(one.from), name(one.to), what.en),
           fmt::format("已于 {} 结束：{} → {}（{}）", until, name(one.from), name(one.to),
                       what.zh)},
          one);
    }
  }

  void weak_evidence() {
    const Relation makes = graph_.relation(RelationKind::Makes);
    std::vector<EdgeId> told;
    for (const FilledGap& filled : prospect_.gaps) {
      if (std::ranges::find(told, filled.makes) != told.end()) continue;
      told.push_back(filled.makes);
      const Provenance from = makes.provenance(filled.makes);
      const auto confidence = static_cast<double>(from.confidence);
      if (from.basis == Basis::Stated && confidence >= kTrusted) continue;
      const Text basis = basis_text(from.basis);
      const std::string segment = name(graph_.entity(filled.segment));
      add(Against::WeakEvidence,
          {fmt::format("that it makes {} is {}, confidence {:.2f}", segment, basis.en, confidence),
           fmt::format("其生产{}为{}，置信度 {:.2f}", segment, basis.zh, confidence)},
          Evidence{RelationKind::Makes, filled.makes, entity_, graph_.entity(filled.segment)});
    }
  }

  const EnterpriseGraph& graph_;
  const GapReport& report_;
  const ProspectList& list_;
  const Prospect& prospect_;
  EntityId entity_;
  Date date_;
  std::vector<Objection> found_;
};

}  // namespace

std::string_view against_word(Against kind) {
  constexpr std::string_view kWords[] = {"risk",   "status", "region",        "makers_here",
                                         "barred", "ended",  "weak_evidence", "wanted_elsewhere"};
  return kWords[static_cast<std::size_t>(kind)];
}

std::vector<Objection> objections(const EnterpriseGraph& graph, const GapReport& report,
                                  const ProspectList& list, const Prospect& prospect) {
  return Objecting(graph, report, list, prospect).find();
}

}  // namespace liantu
