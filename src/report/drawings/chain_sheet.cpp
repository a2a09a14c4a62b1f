#include "liantu/report/drawings/chain_sheet.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "report/formats/column.hpp"
#include "report/words/cells.hpp"
#include "report/words/words.hpp"

namespace liantu {

Sheet chain_sheet(const EnterpriseGraph& graph, const ChainTree& tree, Language language) {
  using Col = Column<ChainSegment>;
  using Row = const ChainSegment&;
  const auto name = [&](auto id) { return std::string(graph.name(graph.entity(id))); };
  const auto firms = [&](const std::vector<FirmId>& ids, std::size_t total) {
    constexpr std::size_t kNamed = 50;
    std::vector<std::string> names;
    for (const FirmId firm : ids) {
      names.push_back(fmt::format("{}{}", firm_name(graph, tree.newcomers, firm),
                                  newcomer_mark(graph, firm, language)));
    }
    return words(join_names(names, kNamed, Counter::Firms, language, total));
  };
  Sheet sheet = sheet_of<ChainSegment>(
      {Col("stage", {"stage", "位置"}, CellKind::Text, kFull,
           [&](Row row) { return stage_text(row.stage).in(language); }),
       Col("segment", {"segment", "环节"}, CellKind::Text, kFull | kLead,
           [&](Row row) { return name(row.segment); }),
       Col("parent", {"part of", "上级"}, CellKind::Text, kFull,
           [&](Row row) { return words(row.parent ? name(*row.parent) : ""); }),
       Col("presence", {"here", "本地"}, CellKind::Text, kFull,
           [](Row row) { return std::string(presence_mark(row.presence)); }),
       Col("kind", {"kind of gap", "缺口类型"}, CellKind::Text, kFull,
           [&](Row row) { return words(row.gap ? gap_text(*row.gap).in(language) : ""); }),
       Col("status", {"what is known", "情况"}, CellKind::Text, kFull,
           [&](Row row) { return segment_status(row).in(language); }),
       Col("coverage", {"coverage", "本地可配套率"}, CellKind::Share, kFull,
           [](Row row) { return amount(row.coverage); }),
       Col("maker_count", {"local makers, firms", "本地生产企业数（家）"}, CellKind::Number, kFull,
           [](Row row) { return count(row.makers.size()); }),
       Col("makers", {"local makers", "本地生产企业"}, CellKind::Text, kFull,
           [&](Row row) { return firms(row.makers, 0); }),
       Col("possible_maker_count", {"possible local makers, firms", "可能的本地生产企业数（家）"},
           CellKind::Number, kFull, [](Row row) { return count(row.possible_count); }),
       Col("possible_makers", {"possible local makers", "可能的本地生产企业"}, CellKind::Text,
           kFull, [&](Row row) { return firms(row.possible, row.possible_count); }),
       Col("position", {"share of steps after it", "后续生产步数占比"}, CellKind::Share, kFull,
           [](Row row) { return amount(row.position); })},
      kFull, tree.segments);
  sheet.title = {name(tree.chain), name(tree.chain)};
  sheet.notes = tree.notes;
  return sheet;
}

Sheet chain_list_sheet(const EnterpriseGraph& graph, const GapReport& report) {
  std::vector<ChainTree> trees;
  for (const SegmentId chain : chains(graph)) trees.push_back(chain_tree(graph, report, chain));
  const auto present = [](Presence presence) {
    return [presence](const ChainTree& tree) {
      return static_cast<double>(
          std::ranges::count(tree.segments, presence, &ChainSegment::presence));
    };
  };
  using Col = Column<ChainTree>;
  Sheet sheet = sheet_of<ChainTree>(
      {Col("chain", {"chain", "产业链"}, CellKind::Text, kFull | kLead,
           [&](const ChainTree& tree) {
             return std::string(graph.name(graph.entity(tree.chain)));
           }),
       Col("segments", {"segments", "环节数"}, CellKind::Number, kFull,
           [](const ChainTree& tree) { return count(tree.segments.size()); }),
       Col("made", {"● made here", "● 本地可供"}, CellKind::Number, kFull, present(Presence::Made)),
       Col("partly", {"◐ weak or possibly", "◐ 薄弱或可能有"}, CellKind::Number, kFull,
           present(Presence::Partly)),
       Col("none", {"○ not made here", "○ 本地没有"}, CellKind::Number, kFull,
           present(Presence::None))},
      kFull, trees);
  sheet.title = {"Industry chains", "产业链"};
  if (sheet.rows.empty()) {
    sheet.notes.push_back(
        {"no segment is marked as a chain: give one the type chain (产业链) in the column 类型 of "
         "the table of segments, and name it in the column 上级 of its segments. Or name any "
         "segment to see what it needs and what needs it",
         "没有标注为产业链的环节：请在环节表的“类型”列填“产业链”，并在其各环节的“上级”列填该产业链"
         "名称；也可写任一环节名称，查看其投入与用途"});
  }
  return sheet;
}

}  // namespace liantu
