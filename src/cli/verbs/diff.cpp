#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/limits.hpp"
#include "liantu/base/text/path_text.hpp"
#include "liantu/chain/gaps/gap_diff.hpp"
#include "liantu/graph/snapshot.hpp"
#include "liantu/ingest/written_list.hpp"
#include "liantu/prospects/list_changes.hpp"
#include "liantu/report/gaps/gap_changes.hpp"
#include "liantu/report/prospects/explain.hpp"
#include "liantu/report/prospects/list_change_sheet.hpp"
#include "liantu/report/prospects/prospects_json.hpp"
#include "liantu/tables/read_table.hpp"
#include "liantu/version.hpp"

namespace liantu::cli {
namespace {

void declare(po::options_description& options, Language language) {
  declare_district(options, language);
  options.add_options()(
      "all", pick(language, "gaps that stayed the same too", "未变化的缺口也列出").c_str());
  options.add_options()("prospects", pick(language, "compare the prospect lists of the two graphs",
                                          "比较两份图的招商对象清单")
                                         .c_str());
  declare_policy(options, language);
  declare_output(options, language);
}

bool is_list(const std::filesystem::path& path) {
  return path.extension() == ".json" || (is_table(path) && !is_no_file(path));
}

void emit_list_changes(const Call& call, const ListChanges& changes, const WrittenList& before,
                       const WrittenList& after, const RunInfo& run, const std::string& format) {
  if (format == "json") return emit(call, list_changes_json(changes, before, after, run));
  SheetOptions how = change_options(call, format);
  const MovedOnly moved = call.has("all") ? MovedOnly::No : MovedOnly::Yes;
  Sheet sheet = list_change_sheet(changes, before, after, how, moved);
  if (sheet.rows.empty()) {
    sheet.notes.insert(sheet.notes.begin(), {"nothing to list", "没有可列出的变化"});
  }
  sheet.notes.push_back(run_text(run));
  emit(call, render(call, sheet, format));
}

// Two lists as they were written.
Exit compare_files(const Call& call, const std::vector<std::filesystem::path>& paths) {
  for (const std::filesystem::path& path : paths) {
    if (is_list(path)) continue;
    usage_error(fmt::format("{} is not a list, but the other file is; name two lists or two graphs",
                            path_text(path.filename())),
                fmt::format("{} 不是清单，而另一个文件是；请给出两份清单或两份图",
                            path_text(path.filename())));
  }
  const std::string format = output_format(call);
  TableOptions how;
  how.limits = limits(call).tables;
  how.stop = call.stop;
  const WrittenList before = read_written_list(paths[0], how);
  const WrittenList after = read_written_list(paths[1], how);
  const ListChanges changes =
      compare_lists(before, after, call.given("top") ? count(call, "top") : 0);
  RunInfo run;
  run.version = LIANTU_VERSION;
  run.inputs = {{before.file, before.digest}, {after.file, after.digest}};
  emit_list_changes(call, changes, before, after, run, format);
  return Exit::Done;
}

struct Ranked {
  GapReport report;
  WrittenList list;
};

Ranked ranked(const Call& call, const EnterpriseGraph& graph, const GapOptions& gaps,
              const std::filesystem::path& path) {
  ProspectOptions options;
  options.policy = policy(call);
  options.stop = call.stop;
  Ranked made;
  made.report = find_gaps(graph, gaps);
  const ProspectList list = rank_prospects(graph, made.report, options);
  RunInfo run = run_info(call, graph, path);
  const std::string name = path_text(path.filename());
  made.list = parse_written_list(prospects_json(graph, made.report, list, run), name);
  made.list.inputs.clear();
  for (const Source& source : graph.sources()) {
    if (!source.file.empty()) made.list.inputs[source.file];
  }
  return made;
}

// Why a firm that left stands nowhere on the list of the new graph.
void say_why_left(const EnterpriseGraph& graph, const GapReport& report, const WrittenList& before,
                  ListChanges& changes) {
  for (ListChange& change : changes.changes) {
    if (change.after || !change.before) continue;
    const WrittenRow& row = before.rows[*change.before];
    std::vector<EntityId> found;
    if (!row.code.empty()) found = graph.find(EntityKind::Firm, row.code);
    if (found.empty()) found = graph.find(EntityKind::Firm, row.name);
    change.why.front() = found.empty()
                             ? Text{"in no table of the new graph", "新图的表中没有这家企业"}
                             : why_not_listed(graph, report, FirmId{graph.local(found.front())});
  }
}

Exit run(const Call& call) {
  const auto paths = inputs(call, 2, 2);
  if (is_list(paths[0]) || is_list(paths[1])) return compare_files(call, paths);
  GapOptions options = gap_options(call);
  const std::string format = output_format(call);
  const EnterpriseGraph before = read_snapshot(paths[0], Verify::Full, call.stop);
  const EnterpriseGraph after = read_snapshot(paths[1], Verify::Full, call.stop);
  if (nobody_in(before, call, options) || nobody_in(after, call, options)) return Exit::Negative;
  GapOptions old_options = options;
  anchors_in(before, old_options);
  anchors_in(after, options);
  factors_in(call, before, old_options);
  factors_in(call, after, options);
  if (call.has("prospects")) {
    const Ranked was = ranked(call, before, old_options, paths[0]);
    const Ranked is = ranked(call, after, options, paths[1]);
    ListChanges changes = compare_lists(was.list, is.list, count(call, "top"));
    say_why_left(after, is.report, was.list, changes);
    const RunInfo run = run_info(call, after,
                                 {{path_text(paths[0].filename()), snapshot_digest(before)},
                                  {path_text(paths[1].filename()), snapshot_digest(after)}});
    emit_list_changes(call, changes, was.list, is.list, run, format);
    return Exit::Done;
  }
  const GapReport old_report = find_gaps(before, old_options);
  const GapReport new_report = find_gaps(after, options);
  const GapDiff diff = compare_gaps(before, old_report, after, new_report);
  const RunInfo run = run_info(call, after,
                               {{path_text(paths[0].filename()), snapshot_digest(before)},
                                {path_text(paths[1].filename()), snapshot_digest(after)}});
  const Sheet sheet =
      change_sheet(diff, old_report, new_report, change_options(call, format), changed_only(call));
  emit_changes(call, sheet, diff, {}, run, format);
  return Exit::Done;
}

}  // namespace

SheetOptions change_options(const Call& call, const std::string& format) {
  SheetOptions options;
  options.language = call.language;
  options.brief = format == "table";
  options.stop = call.stop;
  return options;
}

ChangedOnly changed_only(const Call& call) {
  return call.has("all") ? ChangedOnly::No : ChangedOnly::Yes;
}

void emit_changes(const Call& call, Sheet sheet, const GapDiff& diff,
                  std::vector<std::pair<std::string, Sheet>> more, const RunInfo& run,
                  const std::string& format) {
  if (format == "json") {
    std::vector<std::pair<std::string, Sheet>> sheets = {{"changes", std::move(sheet)},
                                                         {"totals", change_total_sheet(diff)}};
    std::ranges::move(more, std::back_inserter(sheets));
    emit(call, sheets_json("liantu.diff/1", sheets, run));
    return;
  }
  if (sheet.rows.empty()) {
    sheet.notes.insert(sheet.notes.begin(), {"nothing to list", "没有可列出的变化"});
  }
  sheet.notes.push_back(run_text(run));
  emit(call, render(call, sheet, format));
}

const Verb& diff_verb() {
  static const Verb verb = {"diff",
                            {"OLD NEW", "旧 新"},
                            {"how gaps or the prospect list changed between two graphs or lists",
                             "两份图或两份清单之间：缺口、招商对象有何变化"},
                            "liantu diff dadukou.liantu dadukou.liantu --region 500104",
                            declare,
                            run};
  return verb;
}

}  // namespace liantu::cli
