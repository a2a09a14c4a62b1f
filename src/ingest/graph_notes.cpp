#include "ingest/graph_notes.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/core/hash_map.hpp"
#include "liantu/base/values/money.hpp"

namespace liantu {
namespace {

constexpr double kRounding = 0.01;        // how far rounded shares and outputs may lie off
constexpr std::size_t kMostExamples = 5;  // places that one message names

// The row of a relation's table that a statement comes from; null when no table has it.
SheetReader* row_of(RelationKind kind, const Provenance& from, const Sources& sources,
                    std::span<InputTable> tables) {
  const std::string_view file = sources.file(from.source);
  for (InputTable& table : tables) {
    SheetReader& reader = table.reader();
    if (reader.meaning() != TableMeaning(kind) || reader.table().name() != file) continue;
    if (table.go_to(from.row)) return &reader;
  }
  return nullptr;
}

// A row of a table, or the file that says it elsewhere.
Text place_of(const EnterpriseGraph& graph, const Provenance& from, const Sources& sources) {
  if (!sources.file(from.source).empty()) return sources.stands(from);
  const std::string file(graph.source(from.source).file);
  return {file, file};
}

void note_conflicts(const EnterpriseGraph& graph, const Sources& sources,
                    std::span<InputTable> tables) {
  constexpr std::array<std::string_view, kEdgeNumberCount> kFields = {
      "amount", "share", "coefficient", "substitutability", "import_share"};
  for (const Conflict& conflict : graph.conflicts()) {
    const Relation relation = graph.relation(conflict.relation);
    const auto kept = relation.number(conflict.edge, conflict.number);
    if (!kept) continue;
    const auto said = [&](double value, Language language) {
      return conflict.number == EdgeNumber::Amount ? format_money(Money{value}, language)
                                                   : fmt::format("{}", value);
    };
    const Provenance best = relation.provenance(conflict.edge);
    const Text where = place_of(graph, best, sources);
    const std::string_view from = graph.name(relation.source(conflict.edge));
    const std::string_view to = graph.name(relation.target(conflict.edge));
    const std::string_view field = kFields[static_cast<std::size_t>(conflict.number)];
    const Text remedy = {
        fmt::format("{} is kept; mend whichever is wrong", said(*kept, Language::En)),
        fmt::format("以 {} 为准；如有误请更正", said(*kept, Language::Zh))};
    if (SheetReader* reader = row_of(conflict.relation, conflict.provenance, sources, tables)) {
      reader->report(Severity::Note, "contradiction", reader->field(field),
                     {fmt::format("{} → {}: {} says {}, this row {}", from, to, where.en,
                                  said(*kept, Language::En), said(conflict.value, Language::En)),
                      fmt::format("{} → {}：{}写的是 {}，此行是 {}", from, to, where.zh,
                                  said(*kept, Language::Zh), said(conflict.value, Language::Zh))},
                     remedy);
      continue;
    }
    // What was given up stands in no row, as that of an input-output table: told where the value
    // kept stands.
    if (SheetReader* reader = row_of(conflict.relation, best, sources, tables)) {
      const Text other = place_of(graph, conflict.provenance, sources);
      reader->report(
          Severity::Note, "contradiction", reader->field(field),
          {fmt::format("{} → {}: this row says {}, {} {}", from, to, said(*kept, Language::En),
                       other.en, said(conflict.value, Language::En)),
           fmt::format("{} → {}：此行是 {}，{}写的是 {}", from, to, said(*kept, Language::Zh),
                       other.zh, said(conflict.value, Language::Zh))},
          remedy);
    }
  }
}

// Names and figures are the same in both languages.
Text both(std::string words) { return {words, words}; }

// One message for all cases of a kind: at the row of the first, with the places of the next ones.
class Finding {
 public:
  struct Case {
    RelationKind relation = RelationKind::Requires;
    Provenance from;         // of the statement that is pointed at
    std::string_view field;  // of its row
    Text brief;              // `电机 → 轴承 30`
    Text what;
  };

  Finding(const Sources& sources, std::span<InputTable> tables)
      : sources_(sources), tables_(tables) {}

  /// A case whose statement stands in no table of rows is passed over.
  void add(Case found) {
    if (row_of(found.relation, found.from, sources_, tables_) == nullptr) return;
    cases_.push_back(std::move(found));
  }

  void tell(Severity severity, std::string_view kind, Text remedy) {
    if (cases_.empty()) return;
    std::ranges::stable_sort(cases_, {}, [&](const Case& one) {
      return std::pair(sources_.file(one.from.source), one.from.row);
    });
    const Case& first = cases_.front();
    Text what = first.what;
    const std::size_t listed = std::min(cases_.size(), kMostExamples);
    for (std::size_t i = 1; i < listed; ++i) {
      const Text where = sources_.stands(cases_[i].from);
      what.en +=
          fmt::format("{}{} ({})", i == 1 ? "; likewise " : ", ", where.en, cases_[i].brief.en);
      what.zh +=
          fmt::format("{}{}（{}）", i == 1 ? "；同类：" : "、", where.zh, cases_[i].brief.zh);
    }
    if (const std::size_t more = cases_.size() - listed; more > 0) {
      what.en += fmt::format(" and {} more", more);
      what.zh += fmt::format("，另有 {} 处", more);
    }
    SheetReader* reader = row_of(first.relation, first.from, sources_, tables_);
    reader->report(severity, kind, reader->field(first.field), std::move(what), std::move(remedy));
  }

 private:
  const Sources& sources_;
  std::span<InputTable> tables_;
  std::vector<Case> cases_;
};

// Where the inputs of a product stand, if in more than one file: each may be right by itself.
Text files_of(const EnterpriseGraph& graph, const std::map<EntityId, EdgeId>& inputs) {
  std::set<std::string_view> files;
  for (const auto& [input, edge] : inputs) {
    const Provenance from = graph.relation(RelationKind::Requires).provenance(edge);
    files.insert(graph.source(from.source).file);
  }
  if (files.size() < 2) return {};
  return {fmt::format(", from {} together", fmt::join(files, " and ")),
          fmt::format("（{} 相加）", fmt::join(files, " 与 "))};
}

// What takes as much as it makes leaves nothing for wages: the coefficients are in the wrong unit.
void warn_of_coefficients(const EnterpriseGraph& graph, const Sources& sources,
                          std::span<InputTable> tables) {
  Finding single(sources, tables);
  Finding sums(sources, tables);
  const Relation requires_of = graph.relation(RelationKind::Requires);
  for (std::uint32_t id = 0; id < graph.size(EntityKind::Segment); ++id) {
    const EntityId product = graph.entity(SegmentId{id});
    const EdgeRange edges = requires_of.out_edges(product);
    std::map<EntityId, EdgeId> inputs;  // of several years the latest counts, which stands last
    for (std::uint64_t e = edges.first; e < edges.last; ++e) {
      if (!requires_of.number(EdgeId{e}, EdgeNumber::Coefficient)) continue;
      inputs[requires_of.target(EdgeId{e})] = EdgeId{e};
    }
    double sum = 0;
    bool one_alone = false;  // which is told by itself
    for (const auto& [input, edge] : inputs) {
      const double coefficient = *requires_of.number(edge, EdgeNumber::Coefficient);
      const Provenance from = requires_of.provenance(edge);
      sum += coefficient;
      if (coefficient < 1 - 1e-9) continue;
      one_alone = true;
      single.add(
          {RelationKind::Requires,
           from,
           "coefficient",
           both(fmt::format("{} → {} {:.4g}", graph.name(product), graph.name(input), coefficient)),
           {fmt::format("a yuan of {} takes {:.4g} yuan of {}: an input that costs as much as the "
                        "product, or more, makes its gap too large",
                        graph.name(product), coefficient, graph.name(input)),
            fmt::format("每元 {} 需要 {:.4g} 元 {}：一项投入不低于产出，其缺口会被高估",
                        graph.name(product), coefficient, graph.name(input))}});
    }
    if (one_alone || sum < 1 - 1e-9) continue;
    // Pointed at is the largest that stands in a row; sectors of an input-output table stand in
    // none.
    std::optional<EdgeId> largest;
    double most = 0;
    for (const auto& [input, edge] : inputs) {
      const double coefficient = *requires_of.number(edge, EdgeNumber::Coefficient);
      const Provenance from = requires_of.provenance(edge);
      if (coefficient <= most || row_of(RelationKind::Requires, from, sources, tables) == nullptr) {
        continue;
      }
      largest = edge;
      most = coefficient;
    }
    if (!largest) continue;
    const Text files = files_of(graph, inputs);
    sums.add({RelationKind::Requires,
              requires_of.provenance(*largest),
              "from",
              both(fmt::format("{} {:.4g}", graph.name(product), sum)),
              {fmt::format("the inputs of {} add up to {:.4g} yuan for a yuan of output{}: inputs "
                           "that cost as much as the product, or more, make gaps too large",
                           graph.name(product), sum, files.en),
               fmt::format("{} 的投入系数合计为 {:.4g}{}，不低于 1：其各项投入的缺口会被高估",
                           graph.name(product), sum, files.zh)}});
  }
  const Text remedy = {
      "check coefficients, quantities and prices; write 30 % as 0.3 or as 30%, the product's price "
      "for the same quantity as its inputs, and all inputs of a product in one file",
      "请核对投入系数、用量和单价；30% 请写成 0.3 或 "
      "30%，产品单价与各项用量须对应同一数量的产品，一种产品的投入请写在同一文件"
      ""};
  single.tell(Severity::Warning, "coefficient", remedy);
  sums.tell(Severity::Warning, "coefficient-sum", remedy);
}

// What lies above a segment in the taxonomy, itself left out.
HashSet<EntityId> above(const EnterpriseGraph& graph, EntityId segment) {
  const Relation part_of = graph.relation(RelationKind::PartOf);
  HashSet<EntityId> found;
  std::vector<EntityId> open = {segment};
  while (!open.empty()) {
    const EntityId next = open.back();
    open.pop_back();
    for (const EntityId parent : part_of.targets(next)) {
      if (found.insert(parent).second) open.push_back(parent);
    }
  }
  return found;
}

// What a firm says of its products in one year.
struct Products {
  std::map<EntityId, double> shares;   // by segment
  std::map<EntityId, double> outputs;  // by segment, CNY
  std::optional<std::pair<RelationKind, EdgeId>> last_share;
  std::optional<EdgeId> last_output;
};

// The sum of figures where it is above the limit, else 0. A segment's figure holds those of the
// segments below it.
double sum_above(double limit, const EnterpriseGraph& graph,
                 const std::map<EntityId, double>& figures) {
  double sum = 0;
  for (const auto& [segment, figure] : figures) sum += figure;
  if (sum <= limit) return 0;
  sum = 0;
  for (const auto& [segment, figure] : figures) {
    const auto higher = above(graph, segment);
    const auto stated = [&](EntityId parent) { return figures.contains(parent); };
    if (std::ranges::none_of(higher, stated)) sum += figure;
  }
  return sum > limit ? sum : 0;
}

void note_firms_that_sell_more_than_all(const EnterpriseGraph& graph, const Sources& sources,
                                        std::span<InputTable> tables) {
  Finding shares(sources, tables);
  Finding outputs(sources, tables);
  for (std::uint32_t id = 0; id < graph.size(EntityKind::Firm); ++id) {
    const EntityId firm = graph.entity(FirmId{id});
    std::map<int, Products> years;
    for (const RelationKind kind : {RelationKind::Makes, RelationKind::Trades}) {
      const Relation relation = graph.relation(kind);
      const EdgeRange edges = relation.out_edges(firm);
      for (std::uint64_t e = edges.first; e < edges.last; ++e) {
        const EdgeId edge{e};
        const auto share = relation.number(edge, EdgeNumber::Share);
        const auto output =
            kind == RelationKind::Makes ? relation.number(edge, EdgeNumber::Amount) : std::nullopt;
        if (!share && !output) continue;
        Products& said = years[relation.provenance(edge).year()];
        if (share) {
          said.shares[relation.target(edge)] += *share;
          said.last_share = {kind, edge};
        }
        if (output) {
          said.outputs[relation.target(edge)] += *output;
          said.last_output = edge;
        }
      }
    }
    const std::string_view name = graph.name(firm);
    for (const auto& [year, said] : years) {
      if (const double share = sum_above(1 + kRounding, graph, said.shares); share > 0) {
        const auto& [kind, edge] = *said.last_share;
        shares.add({kind,
                    graph.relation(kind).provenance(edge),
                    "share",
                    both(fmt::format("{} {:.4g}", name, share)),
                    {fmt::format("the products of {} have shares of its revenue that add up to "
                                 "{:.4g}, more than 1",
                                 name, share),
                     fmt::format("{} 各产品占营收比重合计为 {:.4g}，大于 1", name, share)}});
      }
      const auto revenue = graph.number(firm, EntityNumber::Revenue);
      if (!revenue || !said.last_output) continue;
      const int stated = graph.provenance(firm).year();
      if (year != 0 && stated != 0 && year != stated) continue;
      const double output = sum_above(revenue->value * (1 + kRounding), graph, said.outputs);
      if (output <= 0) continue;
      const auto money = [](double value, Language language) {
        return format_money(Money{value}, language);
      };
      outputs.add(
          {RelationKind::Makes,
           graph.relation(RelationKind::Makes).provenance(*said.last_output),
           "amount",
           {fmt::format("{} {} > {}", name, money(output, Language::En),
                        money(revenue->value, Language::En)),
            fmt::format("{} {} > {}", name, money(output, Language::Zh),
                        money(revenue->value, Language::Zh))},
           {fmt::format("{} has an output of {}, more than its revenue of {}", name,
                        money(output, Language::En), money(revenue->value, Language::En)),
            fmt::format("{} 产值为 {}，大于其营业收入 {}", name, money(output, Language::Zh),
                        money(revenue->value, Language::Zh))}});
    }
  }
  shares.tell(Severity::Note, "share-sum",
              {"check the shares; those of one year must not exceed 1 together",
               "请核对占营收比重；同一年各项合计不得超过 1"});
  outputs.tell(Severity::Note, "output-above-revenue",
               {"check both amounts and their units (元, 万元, 亿元)",
                "请核对两个金额及其单位（元、万元、亿元）"});
}

// What a firm buys in one year, by what rows state.
struct Purchases {
  double sum = 0;
  std::optional<EdgeId> largest;
  double most = 0;
};

void warn_of_firms_that_buy_more_than_they_sell(const EnterpriseGraph& graph,
                                                const Sources& sources,
                                                std::span<InputTable> tables) {
  Finding found(sources, tables);
  const Relation supplies = graph.relation(RelationKind::Supplies);
  for (std::uint32_t id = 0; id < graph.size(EntityKind::Firm); ++id) {
    const EntityId firm = graph.entity(FirmId{id});
    const auto revenue = graph.number(firm, EntityNumber::Revenue);
    if (!revenue) continue;
    std::map<int, Purchases> years;
    for (const std::uint32_t e : supplies.in_edges(firm)) {
      const auto amount = supplies.number(EdgeId{e}, EdgeNumber::Amount);
      if (!amount) continue;
      Purchases& bought = years[supplies.provenance(EdgeId{e}).year()];
      bought.sum += *amount;
      if (*amount <= bought.most) continue;
      bought.most = *amount;
      bought.largest = EdgeId{e};
    }
    const int stated = graph.provenance(firm).year();
    for (const auto& [year, bought] : years) {
      if (year != 0 && stated != 0 && year != stated) continue;
      if (bought.sum <= revenue->value * (1 + kRounding)) continue;
      const auto money = [](double value, Language language) {
        return format_money(Money{value}, language);
      };
      const std::string_view name = graph.name(firm);
      found.add(
          {RelationKind::Supplies,
           supplies.provenance(*bought.largest),
           "amount",
           {fmt::format("{} {} > {}", name, money(bought.sum, Language::En),
                        money(revenue->value, Language::En)),
            fmt::format("{} {} > {}", name, money(bought.sum, Language::Zh),
                        money(revenue->value, Language::Zh))},
           {fmt::format("{} buys for {}, more than its revenue of {}", name,
                        money(bought.sum, Language::En), money(revenue->value, Language::En)),
            fmt::format("{} 采购额合计 {}，大于其营业收入 {}", name,
                        money(bought.sum, Language::Zh), money(revenue->value, Language::Zh))}});
    }
  }
  found.tell(Severity::Warning, "purchases-above-revenue",
             {"check the amounts, their units (元, 万元, 亿元) and years; give each of several "
              "years a row with its year",
              "请核对金额、单位（元、万元、亿元）和年份；多年数据请逐年分行并填写年份"});
}

void note_purchases_of_several_years(const EnterpriseGraph& graph, const Sources& sources,
                                     std::span<InputTable> tables) {
  Finding found(sources, tables);
  const Relation supplies = graph.relation(RelationKind::Supplies);
  for (std::uint64_t e = 1; e < supplies.size(); ++e) {
    const EdgeId before{e - 1};
    const EdgeId after{e};
    const int first = supplies.provenance(before).year();
    const int last = supplies.provenance(after).year();
    const bool both_known = supplies.number(before, EdgeNumber::Amount).has_value() &&
                            supplies.number(after, EdgeNumber::Amount).has_value();
    if (!both_known || first == last || supplies.source(before) != supplies.source(after) ||
        supplies.target(before) != supplies.target(after) ||
        supplies.segment(before) != supplies.segment(after)) {
      continue;
    }
    const std::string_view from = graph.name(supplies.source(after));
    const std::string_view to = graph.name(supplies.target(after));
    found.add({RelationKind::Supplies,
               supplies.provenance(after),
               "amount",
               both(fmt::format("{} → {} {}", from, to, last)),
               {fmt::format("{} → {} is stated for several years; the latest, {}, counts", from, to,
                            last),
                fmt::format("{} → {} 有多个年份的金额；以最近的 {} 年为准", from, to, last)}});
  }
  found.tell(Severity::Note, "purchases-of-years",
             {"nothing to do; years are never added up", "无需处理；各年金额不相加"});
}

// A column of which some cells state a unit and others, ten thousand times as large or as small,
// state none.
void warn_of_mixed_units(std::span<InputTable> tables) {
  for (InputTable& table : tables) {
    if (table.meaning() != TableMeaning(RelationKind::Supplies)) continue;
    const std::size_t field = table.reader().field("amount");
    if (!table.reader().has(field)) continue;
    std::size_t with_unit = 0;
    std::size_t bare = 0;
    std::uint32_t first_bare = 0;
    table.scan([&](const SheetReader& reader) {
      const std::string_view words = reader.words(field);
      if (words.empty()) return;
      const bool unit = words.find("万") != std::string_view::npos ||
                        words.find("亿") != std::string_view::npos ||
                        words.find("千") != std::string_view::npos;
      if (unit) {
        ++with_unit;
      } else if (bare++ == 0) {
        first_bare = reader.row_number();
      }
    });
    if (with_unit == 0 || bare == 0) continue;
    if (!table.go_to(first_bare)) continue;
    table.reader().report(
        Severity::Warning, "mixed-units", field,
        {fmt::format("{} amounts of this column state a unit and {} do not, this one first; these "
                     "count in the unit of the heading, else in yuan",
                     with_unit, bare),
         fmt::format("此列有 {} 个金额写了单位、{} "
                     "个未写（此为首个）；未写的按列名单位计，列名无单位按元计",
                     with_unit, bare)},
        {"write the unit in every cell, or in the heading alone",
         "请每格都写单位，或只在列名中写单位"});
  }
}

}  // namespace

void note_what_graph_shows(const EnterpriseGraph& graph, const Sources& sources,
                           std::span<InputTable> tables) {
  note_conflicts(graph, sources, tables);
  warn_of_coefficients(graph, sources, tables);
  note_firms_that_sell_more_than_all(graph, sources, tables);
  warn_of_firms_that_buy_more_than_they_sell(graph, sources, tables);
  note_purchases_of_several_years(graph, sources, tables);
  warn_of_mixed_units(tables);
}

}  // namespace liantu
