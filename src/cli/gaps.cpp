#include "cli/command.hpp"
#include "liantu/graph/snapshot.hpp"
#include "liantu/report/sheets.hpp"

namespace liantu::cli {
namespace {

void declare(po::options_description& options, Language language) {
  declare_district(options, language);
  options.add_options()("top,n", po::value<std::int64_t>()->default_value(0)->value_name("N"),
                        pick(language, "rows shown; 0 = all", "显示行数；0 为全部").c_str());
  declare_output(options, language);
}

Exit run(const Call& call) {
  const auto path = inputs(call, 1, 1).front();
  GapOptions options = gap_options(call);
  const auto most = count(call, "top");
  const std::string format = output_format(call, "table");
  const EnterpriseGraph graph = read_snapshot(path);
  anchors_in(graph, options);
  const GapReport report = find_gaps(graph, options);
  const RunInfo run = run_info(call, graph, path);
  if (format == "json") {
    emit(call, gaps_json(graph, report, run, most));
  } else {
    SheetOptions how;
    how.language = call.language;
    how.most = most;
    how.brief = format == "table";
    Sheet sheet = gap_sheet(graph, report, how);
    sheet.notes.push_back(run_text(run));
    emit(call, render(call, sheet, format));
  }
  return report.gaps.empty() ? Exit::Negative : Exit::Done;
}

}  // namespace

const Verb& gaps_verb() {
  static const Verb verb = {"gaps",
                            {"X.liantu", "X.liantu"},
                            {"the gaps of a district's chains", "一个地区的产业链缺口"},
                            "liantu gaps dadukou.liantu --region 500104",
                            declare,
                            run};
  return verb;
}

}  // namespace liantu::cli
