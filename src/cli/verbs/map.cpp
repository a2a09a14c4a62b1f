#include "liantu/report/drawings/map.hpp"

#include "cli/command.hpp"
#include "cli/progress_bar.hpp"
#include "liantu/graph/snapshot.hpp"

namespace liantu::cli {
namespace {

void declare(po::options_description& options, Language language) {
  declare_district(options, language);
  declare_choice(options, language);
  declare_rules(options, language);
  options.add_options()("policy,p", po::value<std::string>()->value_name("FILE"),
                        pick(language, "scorecard (JSON)", "评分政策文件（JSON）").c_str())(
      "segments", po::value<std::int64_t>()->default_value(40)->value_name("N"),
      pick(language, "most segments drawn", "最多画出的环节数").c_str());
  declare_output(options, language, {Content::Drawing});
}

Exit run(const Call& call) {
  const auto path = inputs(call, 1, 1).front();
  GapOptions gaps = gap_options(call);
  const std::string format = output_format(call, "dot", {Content::Drawing});
  ProspectOptions prospects;
  prospects.policy = policy(call);
  prospects.from = region(call, "from-region");
  prospects.stop = call.stop;
  prospects.progress = progress_bar(call.language);
  MapOptions options;
  options.language = call.language;
  options.segments = count(call, "segments");
  prospects.per_gap = options.prospects_per_gap;
  prospects.reasons = ReasonsOf::Nobody;
  const EnterpriseGraph graph = read_snapshot(path, Verify::Full, call.stop);
  if (nobody_in(graph, call, gaps)) return Exit::Negative;
  anchors_in(graph, gaps);
  factors_in(call, graph, gaps);
  const GapReport report = only_chosen(call, graph, find_gaps(graph, gaps));
  const ProspectList list = rank_prospects(graph, report, prospects);
  const RunInfo run = run_info(call, graph, path);
  const std::string dot = with_run(map_dot(graph, report, list, options), run);
  if (is_drawn(format)) {
    emit_drawing(call, draw(call, dot, run), format);
  } else if (format == "json") {
    Sheet drawn;
    drawn.columns = {{"format", {}, CellKind::Text}, {"text", {}, CellKind::Text}};
    drawn.rows = {{"dot", dot}};
    emit(call, sheets_json("liantu.map/1", {{"map", drawn}}, run));
  } else {
    emit(call, dot);
  }
  return Exit::Done;
}

}  // namespace

const Verb& map_verb() {
  static const Verb verb = {
      "map",
      {"X.liantu", "X.liantu"},
      {"the map: a cluster a segment, coloured by its gap", "产业链图：一个环节一簇，按缺口着色"},
      "liantu map dadukou.liantu --region 500104 -o map.svg",
      declare,
      run};
  return verb;
}

}  // namespace liantu::cli
