#include "liantu/projects/league.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/text/excerpt.hpp"
#include "cli/limits.hpp"
#include "cli/verbs/ledger/ledger.hpp"
#include "liantu/base/files/file_kind.hpp"
#include "liantu/base/text/path_text.hpp"
#include "liantu/graph/snapshot.hpp"
#include "liantu/report/projects/league_sheet.hpp"

namespace liantu::cli {
namespace {

namespace fs = std::filesystem;

void declare(po::options_description& options, Language language) {
  const auto words = [&](const char* en, const char* zh) { return pick(language, en, zh); };
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  options.add_options()("quarter,q", text("QUARTER"),
                        words("such as 2025Q1 (required)", "季度，如 2025Q1（必填）").c_str())(
      "rubric", text("FILE"),
      words("how points are given, JSON (that of a county's task forces)",
            "考评办法文件（JSON，默认某县产业专班考评）")
          .c_str())("points",
                    words("what each point rests on, row by row", "逐项列出得分依据").c_str())(
      "as-of", text("DAY"),
      words("leave out what happened after that day", "不计该日之后发生的事").c_str())(
      "known-on", text("DAY"),
      words("leave out what was recorded after that day", "不计该日之后登记的内容").c_str())(
      "graph-before", text("X.liantu"),
      words("with --graph-after and --region: gaps healed, persistent and new between two graphs",
            "与 --graph-after、--region 连用：两张图之间补上、仍在和新增的缺口")
          .c_str())("graph-after", text("X.liantu"), words("the later graph", "较晚的图").c_str())(
      "region,r", text("CODE"), words("district of the gaps", "缺口所属地区").c_str());
  declare_output(options, language, {Content::Sheet, Content::Page});
}

Rubric rubric_of(const Call& call) {
  if (!call.has("rubric")) return default_rubric();
  const fs::path path = call.get<std::string>("rubric");
  const std::string file = path_text(path.filename());
  const std::string& text =
      call.files->read(path, limits(call).json_bytes, call.stop, "json_bytes").bytes;
  refuse_other_kinds(text, file, {FileKind::Text, FileKind::Json});
  return parse_rubric(text, file);
}

Quarter quarter_of(const Call& call) {
  if (!call.has("quarter")) {
    usage_error("--quarter is missing; write such as --quarter 2025Q1",
                "缺少 --quarter；请写如 --quarter 2025Q1");
  }
  const auto words = call.get<std::string>("quarter");
  if (const auto quarter = parse_quarter(words)) return *quarter;
  usage_error(
      fmt::format("--quarter {}: this is not a quarter; write such as 2025Q1", excerpt(words)),
      fmt::format("--quarter {}：不是季度；请写如 2025Q1", excerpt(words)));
}

// What became of the gaps between two graphs, beside the league.
struct GapNews {
  Sheet sheet;
  Text sentence;
};

std::optional<GapNews> gap_news(const Call& call, RunInfo& run) {
  const bool before = call.has("graph-before");
  if (before != call.has("graph-after")) {
    usage_error("--graph-before and --graph-after go together; give both",
                "--graph-before 与 --graph-after 须同时给出");
  }
  if (!before) return std::nullopt;
  GapOptions options;
  if (!call.has("region")) {
    usage_error("--region is missing; name the district of the gaps, such as --region 500104",
                "缺少 --region；请指定缺口所属地区，如 --region 500104");
  }
  options.district.region = region(call, "region");
  options.stop = call.stop;
  const fs::path paths[] = {call.get<std::string>("graph-before"),
                            call.get<std::string>("graph-after")};
  const EnterpriseGraph old_graph = read_snapshot(paths[0], Verify::Full, call.stop);
  const EnterpriseGraph new_graph = read_snapshot(paths[1], Verify::Full, call.stop);
  const GapReport old_report = find_gaps(old_graph, options);
  const GapReport new_report = find_gaps(new_graph, options);
  const GapDiff diff = compare_gaps(old_graph, old_report, new_graph, new_report);
  run.inputs.emplace_back(path_text(paths[0].filename()), snapshot_digest(old_graph));
  run.inputs.emplace_back(path_text(paths[1].filename()), snapshot_digest(new_graph));
  SheetOptions how;
  how.language = call.language;
  how.brief = true;
  GapNews news;
  news.sheet = change_sheet(diff, old_report, new_report, how, ChangedOnly::No);
  news.sheet.title = {"Gaps of the chains", "产业链缺口变化"};
  news.sentence = {fmt::format("gaps of the chains: {} healed, {} persistent, {} new", diff.healed,
                               diff.persistent, diff.opened),
                   fmt::format("产业链缺口：补上 {} 个，仍在 {} 个，新增 {} 个", diff.healed,
                               diff.persistent, diff.opened)};
  return news;
}

Exit run(const Call& call) {
  const fs::path path = inputs(call, 1, 1).front();
  const Quarter quarter = quarter_of(call);
  const std::string format = output_format(call, "table", {Content::Sheet, Content::Page});
  const Rubric rubric = rubric_of(call);
  const Ledger ledger = open_ledger(call, path, LedgerAccess::Read);
  const LedgerBook book = ledger.read(ledger_moment(call));
  const League league = reckon_league(book, quarter, rubric);
  RunInfo run = ledger_run(call, path, book);
  if (call.has("rubric")) {
    const fs::path file = call.get<std::string>("rubric");
    run.inputs.emplace_back(
        path_text(file.filename()),
        call.files->read(file, limits(call).json_bytes, call.stop, "json_bytes").digest);
  }
  const auto news = gap_news(call, run);
  SheetOptions how;
  how.brief = format == "table";
  how.language = call.language;
  const Exit exit = league.teams.empty() ? Exit::Negative : Exit::Done;
  std::vector<Text> notes;
  if (news) notes.push_back(news->sentence);
  notes.push_back(run_text(run));
  if (is_drawn(format)) {
    emit_drawing(call, league_svg(book, league, notes, call.language), format);
    return exit;
  }
  if (sheet_form(format) == SheetForm::Workbook) {
    std::vector<Sheet> more;
    if (news) more.push_back(news->sheet);
    std::vector<Sheet> sheets = league_workbook(book, league, std::move(more), how);
    if (news) sheets.front().head.push_back(news->sentence);
    sheets.front().notes.push_back(run_text(run));
    emit(call, render(call, std::move(sheets), format));
    return exit;
  }
  Sheet ranks = league_sheet(book, league, how);
  if (format == "json") {
    std::vector<std::pair<std::string, Sheet>> sheets = {
        {"teams", std::move(ranks)},
        {"points", league_point_sheet(book, league, how)},
        {"totals", league_total_sheet(book, league, how)},
        {"projects", league_project_sheet(book, league, how)}};
    if (news) sheets.emplace_back("gaps", news->sheet);
    emit(call, sheets_json("liantu.league/1", sheets, run));
    return exit;
  }
  std::vector<Sheet> sheets = {std::move(ranks)};
  if (call.has("points")) sheets = {league_point_sheet(book, league, how)};
  if (news && format == "table") sheets.push_back(news->sheet);
  for (const Text& note : notes) sheets.back().notes.push_back(note);
  emit(call, render(call, sheets, format));
  return exit;
}

}  // namespace

const Verb& league_verb() {
  static const Verb verb = {
      "league",
      {"LEDGER", "台账"},
      {"the quarter's league of teams, computed from the ledger", "季度赛马比拼：按台账计分排名"},
      "liantu league district.ledger --quarter 2025Q1",
      declare,
      run};
  return verb;
}

}  // namespace liantu::cli
