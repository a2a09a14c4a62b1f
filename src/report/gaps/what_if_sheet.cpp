#include "liantu/report/gaps/what_if_sheet.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/core/hash_map.hpp"
#include "chain/segments/taxonomy.hpp"
#include "liantu/base/values/money.hpp"
#include "report/formats/column.hpp"
#include "report/words/words.hpp"

namespace liantu {
namespace {

// Segments that local firms need, or would in a later round.
HashSet<std::uint32_t> needed(const GapReport& report) {
  HashSet<std::uint32_t> segments;
  for (const Gap& met : report.met) segments.insert(raw(met.segment));
  for (const Gap& gap : report.gaps) {
    if (gap.kind != GapKind::Extension) segments.insert(raw(gap.segment));
  }
  return segments;
}

Text list(const std::vector<std::string>& names) {
  return {join_words(names, Language::En), join_words(names, Language::Zh)};
}

Text said_of(const EnterpriseGraph& graph, const Newcomer& newcomer) {
  const auto makes = [&](Language language) {
    std::vector<std::string> products;
    for (const NewcomerProduct& product : newcomer.makes) {
      products.push_back(fmt::format("{} {}", graph.name(graph.entity(product.segment)),
                                     format_money(Money{product.output}, language)));
    }
    return join_words(products, language);
  };
  return {fmt::format("comes: {}, assumed, in no table{}; makes a year: {} ({}, source: {})",
                      newcomer.name, newcomer.anchor ? ", as an anchor" : "", makes(Language::En),
                      basis_text(kAssumed).en, newcomer.source),
          fmt::format("引进：{}（假设，不在表中{}），年产值：{}（{}，来源：{}）", newcomer.name,
                      newcomer.anchor ? "，作为龙头企业" : "", makes(Language::Zh),
                      basis_text(kAssumed).zh, newcomer.source)};
}

void say_movers(const EnterpriseGraph& graph, const DistrictChange& change,
                std::vector<Text>& summary) {
  const auto names = [&](const std::vector<FirmId>& firms) {
    std::vector<std::string> result;
    for (const FirmId firm : firms) result.emplace_back(graph.name(graph.entity(firm)));
    return list(result);
  };
  if (!change.come.empty()) {
    const Text who = names(change.come);
    summary.push_back({"comes: " + who.en, "引进：" + who.zh});
  }
  for (const Newcomer& newcomer : change.newcomers) summary.push_back(said_of(graph, newcomer));
  if (!change.leave.empty()) {
    const Text who = names(change.leave);
    summary.push_back({"leaves: " + who.en, "移除：" + who.zh});
  }
}

// What the figures cannot show of newcomers.
void say_unknown(const EnterpriseGraph& graph, const WhatIf& found, const DistrictChange& change,
                 std::vector<Text>& summary) {
  const Taxonomy taxonomy(graph);
  auto wanted = needed(found.before);
  for (const std::uint32_t segment : needed(found.after)) wanted.insert(segment);
  std::vector<std::string> unneeded;
  std::vector<std::string> without_inputs;
  const auto note = [&](std::vector<std::string>& names, SegmentId segment) {
    std::string name(graph.name(graph.entity(segment)));
    if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
  };
  for (const Newcomer& newcomer : change.newcomers) {
    for (const NewcomerProduct& product : newcomer.makes) {
      std::vector<SegmentId> line = taxonomy.above(product.segment);
      line.push_back(product.segment);
      const bool is_wanted =
          std::ranges::any_of(line, [&](SegmentId one) { return wanted.contains(raw(one)); });
      if (!is_wanted) note(unneeded, product.segment);
      if (taxonomy.inputs(product.segment).empty()) note(without_inputs, product.segment);
    }
  }
  if (!unneeded.empty()) {
    const Text what = list(unneeded);
    summary.push_back({"nobody here is known to need: " + what.en + "; it would be sold elsewhere",
                       "本地未见需求：" + what.zh + "；其产出只能外销"});
  }
  if (!without_inputs.empty()) {
    const Text what = list(without_inputs);
    summary.push_back({"no table says what goes into: " + what.en + "; what that takes is left out",
                       "表中没有其投入：" + what.zh + "；其采购未计入"});
  }
}

}  // namespace

Sheet what_if_sheet(const EnterpriseGraph& graph, const WhatIf& found, const DistrictChange& change,
                    const SheetOptions& options, ChangedOnly changed_only) {
  Sheet sheet = change_sheet(found.diff, found.before, found.after, options, changed_only);
  sheet.title = {"What would become of the gaps", "假设引进或移除企业后的缺口变化"};
  std::vector<Text> summary;
  say_movers(graph, change, summary);
  summary.insert(summary.end(), sheet.summary.begin(), sheet.summary.end());
  say_unknown(graph, found, change, summary);
  sheet.summary = std::move(summary);
  sheet.notes.push_back(found.after.anchors.said());
  std::ranges::transform(found.after.factors, std::back_inserter(sheet.notes),
                         [&](const FactorUse& use) { return factor_text(graph, use); });
  return sheet;
}

Sheet mover_sheet(const EnterpriseGraph& graph, const DistrictChange& change) {
  // A newcomer has a row a product; of the others the tables say what they make.
  struct Mover {
    std::string firm;
    std::string move;
    const Newcomer* newcomer = nullptr;
    const NewcomerProduct* product = nullptr;
  };
  std::vector<Mover> rows;
  const auto known = [&](const std::vector<FirmId>& firms, const std::string& move) {
    for (const FirmId firm : firms) {
      rows.push_back({std::string(graph.name(graph.entity(firm))), move, nullptr, nullptr});
    }
  };
  known(change.come, "comes");
  for (const Newcomer& newcomer : change.newcomers) {
    for (const NewcomerProduct& product : newcomer.makes) {
      rows.push_back({newcomer.name, "comes", &newcomer, &product});
    }
  }
  known(change.leave, "leaves");
  const auto of_newcomer = [](auto cell) {
    return [cell](const Mover& row) {
      return row.newcomer == nullptr ? SheetCell() : SheetCell(cell(row));
    };
  };
  using Col = Column<Mover>;
  using Row = const Mover&;
  Sheet sheet = sheet_of<Mover>(
      {Col("firm", {"firm", "企业"}, CellKind::Text, kFull | kLead,
           [](Row row) { return row.firm; }),
       Col("move", {"move", "去留"}, CellKind::Text, kFull, [](Row row) { return row.move; }),
       Col("segment", {"segment", "环节"}, CellKind::Text, kFull, of_newcomer([&](Row row) {
             return std::string(graph.name(graph.entity(row.product->segment)));
           })),
       Col("output", {"output, CNY/year", "产值（元/年）"}, CellKind::Money, kFull,
           of_newcomer([](Row row) { return row.product->output; })),
       Col("basis", {"basis", "依据"}, CellKind::Text, kFull,
           of_newcomer([](Row) { return std::string(basis_word(kAssumed)); })),
       Col("source", {"source", "来源"}, CellKind::Text, kFull,
           of_newcomer([](Row row) { return row.newcomer->source; })),
       Col("anchor", {"anchor", "龙头"}, CellKind::Text, kFull,
           of_newcomer([](Row row) { return std::string(row.newcomer->anchor ? "yes" : "no"); }))},
      kFull, rows);
  sheet.title = {"Firms that come and leave", "引进和移除的企业"};
  return sheet;
}

}  // namespace liantu
