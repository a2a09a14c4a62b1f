#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/text/excerpt.hpp"
#include "cli/command.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/graph/snapshot.hpp"
#include "liantu/report/drawings/chain_board.hpp"
#include "liantu/report/drawings/chain_sheet.hpp"
#include "liantu/report/drawings/chain_tree.hpp"

namespace liantu::cli {
namespace {

void declare(po::options_description& options, Language language) {
  declare_district(options, language);
  declare_output(options, language, {Content::Sheet, Content::Drawing});
}

SegmentId named(const EnterpriseGraph& graph, const std::string& words) {
  const std::vector<EntityId> found = graph.find(EntityKind::Segment, words);
  if (found.size() == 1) return SegmentId{graph.local(found.front())};
  if (found.empty()) {
    throw Error(
        ErrorCode::NotFound,
        {fmt::format("no chain or segment is called \"{}\"; without a name all chains are "
                     "listed",
                     words),
         fmt::format("没有名为“{}”的产业链或环节；不写名称可列出全部产业链", excerpt(words))});
  }
  throw Error(ErrorCode::InvalidArgument,
              {fmt::format("\"{}\" fits {} segments; write the code", excerpt(words), found.size()),
               fmt::format("“{}”对应 {} 个环节；请写代码", excerpt(words), found.size())});
}

Exit run(const Call& call) {
  const auto arguments = inputs(call, 1, 2);
  GapOptions options = gap_options(call);
  const std::string format = output_format(call, "table", {Content::Sheet, Content::Drawing});
  const bool one = arguments.size() == 2;
  const bool board = format == "dot" || is_drawn(format);
  if (board && !one) {
    usage_error(
        "a board shows one chain: write its name after the graph; without a name all chains are "
        "listed as table, csv or json",
        "图谱只画一条产业链：请在图文件后写出产业链名称；不写名称时以 table、csv 或 json "
        "列出全部产业链");
  }
  const EnterpriseGraph graph = read_snapshot(arguments.front(), Verify::Full, call.stop);
  if (nobody_in(graph, call, options)) return Exit::Negative;
  anchors_in(graph, options);
  factors_in(call, graph, options);
  const SegmentId chain = one ? named(graph, arguments[1].string()) : SegmentId{0};
  const GapReport report = find_gaps(graph, options);
  const RunInfo run = run_info(call, graph, arguments.front());
  if (one && format == "table") {
    const ChainTree tree = chain_tree(graph, report, chain);
    emit(call,
         render_chain(graph, tree, table_style(call)) + run_text(run).in(call.language) + "\n");
    return tree.segments.empty() ? Exit::Negative : Exit::Done;
  }
  if (board) {
    const ChainTree tree = chain_tree(graph, report, chain);
    const BoardOptions drawn{call.language, run};
    if (is_drawn(format)) {
      emit_drawing(call, chain_board_svg(graph, report, tree, drawn), format);
    } else {
      emit(call, with_run(chain_board_dot(graph, report, tree, drawn), run));
    }
    return tree.segments.empty() ? Exit::Negative : Exit::Done;
  }
  Sheet sheet = one ? chain_sheet(graph, chain_tree(graph, report, chain), call.language)
                    : chain_list_sheet(graph, report);
  const bool empty = sheet.rows.empty();
  if (format == "json") {
    const Sheet notes = note_sheet(sheet.notes);
    emit(call, sheets_json("liantu.chain/1",
                           {{one ? "segments" : "chains", sheet}, {"notes", notes}}, run));
  } else {
    sheet.notes.push_back(run_text(run));
    emit(call, render(call, sheet, format));
  }
  return empty ? Exit::Negative : Exit::Done;
}

}  // namespace

const Verb& chain_verb() {
  static const Verb verb = {"chain",
                            {"X.liantu [CHAIN or SEGMENT]", "X.liantu [产业链或环节]"},
                            {"a chain, or what lies around a segment, as a district has it: "
                             "upstream, midstream, downstream",
                             "本地产业链（或某环节前后）图谱：上游、中游、下游"},
                            "liantu chain dadukou.liantu 智慧医疗装备 --region 500104",
                            declare,
                            run};
  return verb;
}

}  // namespace liantu::cli
