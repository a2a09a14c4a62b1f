#include <fmt/format.h>

#include "cli/command.hpp"
#include "liantu/graph/snapshot.hpp"
#include "liantu/report/sheets.hpp"

namespace liantu::cli {
namespace {

void declare(po::options_description& options, Language language) {
  declare_district(options, language);
  declare_policy(options, language);
  declare_output(options, language);
}

Exit run(const Call& call) {
  const auto path = inputs(call, 1, 1).front();
  const GapOptions gaps = gap_options(call);
  ProspectOptions options;
  options.policy = policy(call);
  options.top = count(call, "top");
  options.stop = call.stop;
  const EnterpriseGraph graph = read_snapshot(path);
  const GapReport report = find_gaps(graph, gaps);
  const ProspectList list = rank_prospects(graph, report, options);
  const std::string format = output_format(call, "table");
  if (format == "json") {
    emit(call, prospects_json(graph, report, list, run_info(call, graph, path)));
    return Exit::Done;
  }
  SheetOptions sheet;
  sheet.language = call.language;
  sheet.brief = format == "table";
  emit(call, render(call, prospect_sheet(graph, report, list, sheet), format));
  fmt::print(
      stderr, "{}\n",
      call.language == Language::Zh
          ? fmt::format(
                "招商对象 {} 家；地区待核实 {} 家；已在本地（增资扩产）{} 家；按政策筛除 {} 家",
                list.prospect_count, list.unlocated_count, list.expansion_count,
                list.screened.size())
          : fmt::format("{} prospects; {} firms to be located first; {} already present "
                        "(expansion); {} screened out",
                        list.prospect_count, list.unlocated_count, list.expansion_count,
                        list.screened.size()));
  return Exit::Done;
}

}  // namespace

const Verb& rank_verb() {
  static const Verb verb = {
      "rank",
      {"X.liantu", "X.liantu"},
      {"the prospect list: whom to call and why", "潜在招商对象清单：找谁、为什么"},
      "liantu rank dadukou.liantu --region 500104 --top 20 -o prospects.csv",
      declare,
      run};
  return verb;
}

}  // namespace liantu::cli
