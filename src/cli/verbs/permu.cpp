#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/limits.hpp"
#include "liantu/base/files/file_kind.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/text/path_text.hpp"
#include "liantu/graph/snapshot.hpp"
#include "liantu/land/per_mu/per_mu.hpp"
#include "liantu/prospects/prospects.hpp"
#include "liantu/report/land/per_mu_sheet.hpp"

namespace liantu::cli {
namespace {

void declare(po::options_description& options, Language language) {
  options.add_options()("scheme", po::value<std::string>()->value_name("FILE"),
                        pick(language, "rules of the rating (JSON, required), see docs/land.md",
                             "评价办法文件（JSON，必填），格式见 docs/land.md")
                            .c_str())(
      "prospects",
      pick(language, "instead: screen the prospects of --region by the floors of the scheme",
           "改为按办法中的准入门槛筛查 --region 的招商对象")
          .c_str())("top,n", po::value<std::int64_t>()->default_value(0)->value_name("N"),
                    pick(language, "rows shown; 0 = all", "显示行数；0 为全部").c_str());
  declare_district(options, language);
  declare_tables(options, language);
  declare_output(options, language, {Content::Sheet, Content::Page});
}

PerMuScheme scheme(const Call& call) {
  if (!call.has("scheme")) {
    usage_error(
        "--scheme is required: the rules of the rating, such as examples/per_mu/huangyan_2022.json",
        "须写 --scheme：评价办法文件，如 examples/per_mu/huangyan_2022.json");
  }
  const std::filesystem::path path = call.get<std::string>("scheme");
  const std::string& text =
      call.files->read(path, limits(call).json_bytes, call.stop, "json_bytes").bytes;
  const std::string file = path_text(path.filename());
  refuse_other_kinds(text, file, {FileKind::Text, FileKind::Json});
  return parse_per_mu_scheme(text, file);
}

// A graph as it is, or one made of tables.
struct PerMuInput {
  EnterpriseGraph graph;
  std::vector<std::pair<std::string, std::string>> files;
};

PerMuInput read_input(const Call& call) {
  const auto paths = inputs(call, 1, 1000);
  if (paths.size() == 1 && paths.front().extension() == ".liantu") {
    EnterpriseGraph graph = read_snapshot(paths.front(), Verify::Full, call.stop);
    std::string digest = snapshot_digest(graph);
    return {std::move(graph), {{path_text(paths.front().filename()), std::move(digest)}}};
  }
  IngestResult result = ingest(paths, ingest_options(call));
  for (const Problem& problem : result.problems) {
    if (problem.severity >= Severity::Warning) tell(problem.to_string(call.language));
  }
  return {std::move(result.graph), std::move(result.digests)};
}

Exit screen(const Call& call, const PerMuScheme& rules, const PerMuInput& input, RunInfo run,
            const std::string& format) {
  if (rules.floors.empty()) {
    usage_error("--prospects needs a scheme with \"floors\"; this one has none",
                "--prospects 须用写有 \"floors\" 的办法文件；此文件没有");
  }
  if (is_drawn(format)) {
    usage_error("--prospects is listed, not drawn; use table, csv, xlsx or json",
                "--prospects 只能列表，不能绘图；请用 table、csv、xlsx 或 json");
  }
  GapOptions gaps = gap_options(call);
  if (nobody_in(input.graph, call, gaps)) return Exit::Negative;
  anchors_in(input.graph, gaps);
  factors_in(call, input.graph, gaps);
  ProspectOptions options;
  options.top = count(call, "top");
  options.reasons = ReasonsOf::Nobody;
  options.stop = call.stop;
  const ProspectList list = rank_prospects(input.graph, find_gaps(input.graph, gaps), options);
  std::vector<FirmId> firms;
  for (const Prospect& one : list.prospects) firms.push_back(one.firm);
  const auto checks = check_floors(input.graph, firms, rules.floors, rules.land);
  if (format == "json") {
    emit(call, floor_json(input.graph, firms, rules.floors, checks, run));
  } else {
    Sheet sheet = floor_sheet(input.graph, firms, rules.floors, checks, call.language);
    sheet.notes.push_back(run_text(run));
    emit(call, render(call, sheet, format));
  }
  return firms.empty() ? Exit::Negative : Exit::Done;
}

Exit run(const Call& call) {
  const PerMuScheme rules = scheme(call);
  const std::string format = output_format(call, "table", {Content::Sheet, Content::Page});
  const std::size_t most = count(call, "top");
  const PerMuInput input = read_input(call);
  RunInfo run = run_info(call, input.graph, input.files);
  if (call.has("prospects")) return screen(call, rules, input, std::move(run), format);
  PerMuOptions options;
  options.region = region(call, "region");
  options.stop = call.stop;
  const PerMuReport report = rate_per_mu(input.graph, rules, options);
  if (format == "json") {
    emit(call, per_mu_json(input.graph, report, run));
  } else if (is_drawn(format)) {
    emit_drawing(call, per_mu_svg(report, run, call.language), format);
  } else {
    SheetOptions how;
    how.language = call.language;
    how.most = most;
    how.brief = sheet_form(format) != SheetForm::Rows;
    std::vector<Sheet> sheets = {per_mu_sheet(input.graph, report, how)};
    if (sheet_form(format) != SheetForm::Rows)
      sheets.push_back(per_mu_spread_sheet(report, call.language));
    if (sheet_form(format) == SheetForm::Workbook) {
      sheets.push_back(per_mu_items_sheet(input.graph, report, call.language));
      how.brief = false;
      sheets.push_back(per_mu_sheet(input.graph, report, how));
      sheets.back().title = {"all columns", "全部列"};
    }
    sheets.front().notes.push_back(run_text(run));
    emit(call, render(call, std::move(sheets), format));
  }
  const bool none = std::ranges::none_of(
      report.rows, [](const PerMuRow& row) { return row.rated == RatedAs::Ranked; });
  return none ? Exit::Negative : Exit::Done;
}

}  // namespace

const Verb& permu_verb() {
  static const Verb verb = {
      "permu",
      {"X.liantu|TABLE…", "X.liantu|表格…"},
      {"per-mu performance: firms ranked and graded by published rules",
       "亩均效益评价：按公开办法给企业打分、排名、定等级"},
      "liantu permu examples/per_mu/district --scheme examples/per_mu/huangyan_2022.json",
      declare,
      run};
  return verb;
}

}  // namespace liantu::cli
