#include <fmt/format.h>

#include "cli/command.hpp"
#include "liantu/report/render.hpp"

namespace liantu::cli {
namespace {

void declare(po::options_description& options, Language language) {
  declare_tables(options, language);
  declare_output(options, language);
  options.add_options()("notes", pick(language, "show notes too", "同时显示提示").c_str());
}

Exit run(const Call& call) {
  const IngestResult result = ingest(inputs(call, 1, 100'000), ingest_options(call));
  tell_ingest(call, result);
  std::vector<Problem> shown;
  for (const Problem& problem : result.problems) {
    if (problem.severity > Severity::Note || call.has("notes")) shown.push_back(problem);
  }
  const std::string format = output_format(call, "table");
  if (format == "json") {
    RunInfo run;
    run.version = LIANTU_VERSION;
    run.inputs = result.digests;
    emit(call, problems_json(shown, run));
  } else if (!shown.empty() || format == "csv") {
    emit(call, render(call, problem_sheet(shown, call.language), format));
  }
  if (count_problems(result.problems, Severity::Warning) == 0) {
    fmt::print(stderr, "{}\n", call.say("every row can be used", "所有行均可用"));
    return Exit::Done;
  }
  return Exit::Negative;
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
