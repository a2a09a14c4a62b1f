#include "ingest/graph_notes.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "liantu/base/money.hpp"

namespace liantu {
namespace {

// The row of a relation's table that a statement comes from; null when no table has it.
SheetReader* row_of(RelationKind kind, const Provenance& from, const Sources& sources,
                    std::span<InputTable> tables) {
  const std::string_view file = sources.file(from.source);
  for (InputTable& table : tables) {
    SheetReader& reader = table.reader();
    if (reader.meaning() != TableMeaning(kind) || reader.table().file() != file) continue;
    if (table.go_to(from.row)) return &reader;
  }
  return nullptr;
}

void note_conflicts(const EnterpriseGraph& graph, const Sources& sources,
                    std::span<InputTable> tables) {
  constexpr std::array<std::string_view, kEdgeNumberCount> kFields = {
      "amount", "share", "coefficient", "substitutability", "import_share"};
  for (const Conflict& conflict : graph.conflicts()) {
    const Relation relation = graph.relation(conflict.relation);
    const auto kept = relation.number(conflict.edge, conflict.number);
    if (!kept) continue;
    SheetReader* reader = row_of(conflict.relation, conflict.provenance, sources, tables);
    if (reader == nullptr) continue;
    const auto said = [&](double value, Language language) {
      return conflict.number == EdgeNumber::Amount ? format_money(Money{value}, language)
                                                   : fmt::format("{}", value);
    };
    const Text where = sources.stands(relation.provenance(conflict.edge));
    const std::string_view from = graph.name(relation.source(conflict.edge));
    const std::string_view to = graph.name(relation.target(conflict.edge));
    reader->report(Severity::Note, "contradiction",
                   reader->field(kFields[static_cast<std::size_t>(conflict.number)]),
                   {fmt::format("{} → {}: {} says {}, this row {}", from, to, where.en,
                                said(*kept, Language::En), said(conflict.value, Language::En)),
                    fmt::format("{} → {}：{}写的是 {}，此行是 {}", from, to, where.zh,
                                said(*kept, Language::Zh), said(conflict.value, Language::Zh))},
                   {fmt::format("{} is kept; mend whichever is wrong", said(*kept, Language::En)),
                    fmt::format("以 {} 为准；如有误请更正", said(*kept, Language::Zh))});
  }
}

void note_sums_of_coefficients(const EnterpriseGraph& graph, const Sources& sources,
                               std::span<InputTable> tables) {
  struct Sum {
    double sum = 0;
    bool one_alone = false;  // which has its own note
    EdgeId first{0};
  };
  const Relation requires_of = graph.relation(RelationKind::Requires);
  for (std::uint32_t id = 0; id < graph.size(EntityKind::Segment); ++id) {
    std::map<int, Sum> sums;  // by year
    const EntityId product = graph.entity(SegmentId{id});
    const EdgeRange edges = requires_of.out_edges(product);
    for (std::uint64_t e = edges.first; e < edges.last; ++e) {
      const auto coefficient = requires_of.number(EdgeId{e}, EdgeNumber::Coefficient);
      if (!coefficient) continue;
      const int year = requires_of.provenance(EdgeId{e}).year();
      Sum& sum = sums.try_emplace(year, Sum{.first = EdgeId{e}}).first->second;
      sum.sum += *coefficient;
      sum.one_alone = sum.one_alone || *coefficient > 1;
    }
    for (const auto& [year, sum] : sums) {
      if (sum.sum <= 1 + 1e-9 || sum.one_alone) continue;
      SheetReader* reader =
          row_of(RelationKind::Requires, requires_of.provenance(sum.first), sources, tables);
      if (reader == nullptr) continue;
      const std::string_view name = graph.name(product);
      reader->report(Severity::Note, "coefficient", reader->field("from"),
                     {fmt::format("the inputs of {} add up to {:.3g} yuan for a yuan of output",
                                  name, sum.sum),
                      fmt::format("{} 的投入系数合计为 {:.3g}，大于 1", name, sum.sum)},
                     {"check its coefficients", "请核对其各项投入系数"});
    }
  }
}

}  // namespace

void note_what_graph_shows(const EnterpriseGraph& graph, const Sources& sources,
                           std::span<InputTable> tables) {
  note_conflicts(graph, sources, tables);
  note_sums_of_coefficients(graph, sources, tables);
}

}  // namespace liantu
