#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/streams.hpp"
#include "liantu/chain/gaps/unsure.hpp"
#include "liantu/report/data/problem_sheet.hpp"
#include "report/gaps/gap_words.hpp"

namespace liantu::cli {
namespace {

void declare(po::options_description& options, Language language) {
  declare_tables(options, language);
  declare_output(options, language);
  options.add_options()("notes", pick(language, "show notes too", "同时显示提示").c_str());
}

// Notes on what was not read at all and where tables were found; whoever checks wants to see them.
bool tells_of_the_unread(const Problem& problem) {
  constexpr std::array<std::string_view, 6> kKinds = {"double-column", "hidden-sheet",
                                                      "table-found",   "unknown-column",
                                                      "unmapped-file", "workbook"};
  return std::ranges::find(kKinds, problem.kind) != kKinds.end();
}

Exit run(const Call& call) {
  IngestOptions options = ingest_options(call);
  options.unusable = UnusableFiles::Report;
  const IngestResult result = ingest(inputs(call, 1, 100'000), options);
  if (result.unusable_files == 0) tell_ingest(call, result);
  std::vector<Problem> shown;
  for (const Problem& problem : result.problems) {
    if (problem.severity > Severity::Note || call.has("notes") || tells_of_the_unread(problem)) {
      shown.push_back(problem);
    }
  }
  const std::string format = output_format(call);
  if (format == "json") {
    RunInfo run;
    run.version = LIANTU_VERSION;
    run.inputs = result.digests;
    emit(call, problems_json(shown, run));
  } else if (!shown.empty() || format != "table" || call.has("output")) {
    emit(call, render(call, problem_sheet(shown, call.language), format));
  }
  if (result.unusable_files > 0) {
    tell(
        call.say("files cannot be used, so the rows of the others were not checked; mend "
                 "them and check again",
                 "有文件无法使用，其余文件的各行未作检查；请修正后重新检查"));
    return Exit::Input;
  }
  if (const auto unsure = unsure_text(result.graph, unsure_firms(result.graph))) {
    tell("liantu: " + unsure->in(call.language));
  }
  if (count_problems(result.problems, Severity::Warning) > 0) return Exit::Negative;
  const bool any =
      std::ranges::any_of(result.tables, [](const TableSummary& table) { return table.rows > 0; });
  tell(any ? call.say("every row that was read can be used", "读取的各行均可用")
           : call.say("the tables have headings and no row", "各表只有列名，没有数据行"));
  return Exit::Done;
}

}  // namespace

const Verb& check_verb() {
  static const Verb verb = {
      "check",
      {"FOLDER|FILES…", "文件夹|文件…"},
      {"say what is wrong in tables, write nothing; ends with 1 if something is",
       "检查表格中的问题，不写图；有问题时以 1 退出"},
      "",
      declare,
      run};
  return verb;
}

}  // namespace liantu::cli
