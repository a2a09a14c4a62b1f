#include "liantu/report/prospects/explain.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "cli/arrivals.hpp"
#include "cli/command.hpp"
#include "cli/progress_bar.hpp"
#include "liantu/graph/snapshot.hpp"
#include "liantu/prospects/introductions.hpp"
#include "liantu/report/drawings/prospect_card.hpp"
#include "liantu/report/prospects/prospects_json.hpp"

namespace liantu::cli {
namespace {

void declare(po::options_description& options, Language language) {
  options.add_options()("firm", po::value<std::string>()->value_name("NAME"),
                        pick(language, "firm to explain, by name, part of it or code (required)",
                             "要解释的企业名称（可只写一部分）或信用代码（必填）")
                            .c_str());
  declare_district(options, language);
  declare_rules(options, language);
  options.add_options()("policy,p", po::value<std::string>()->value_name("FILE"),
                        pick(language, "scorecard (JSON)", "评分政策文件（JSON）").c_str());
  declare_model(options, language);
  declare_arrivals(options, language);
  declare_output(options, language, {Content::Card});
}

Exit run(const Call& call) {
  const auto path = inputs(call, 1, 1).front();
  if (!call.has("firm")) {
    usage_error("--firm is missing; name the firm, part of its name is enough, such as --firm 惠州",
                "缺少 --firm；请写企业名称（可只写一部分），如 --firm 惠州");
  }
  GapOptions gaps = gap_options(call);
  ProspectOptions options;
  options.policy = policy(call);
  options.learned = learned_ranker(call);
  options.evidence = 40;
  options.stop = call.stop;
  options.progress = progress_bar(call.language);
  const std::string format = output_format(call, "table", {Content::Card});
  check_arrival_options(call);
  const EnterpriseGraph graph = read_snapshot(path, Verify::Full, call.stop);
  if (nobody_in(graph, call, gaps)) return Exit::Negative;
  anchors_in(graph, gaps);
  factors_in(call, graph, gaps);
  const FirmId firm = firm_named(graph, "--firm", call.get<std::string>("firm"));
  options.firms = {firm};
  const GapReport report = find_gaps(graph, gaps);
  auto files = files_behind(call, graph, path);
  options.coming = coming_to(call, graph, report.district.region, files);
  ProspectList list = rank_prospects(graph, report, options);
  introduce_rows(call, graph, gaps, list);
  tell_learned(call, list);
  const Prospect* row = nullptr;
  for (const auto* part : {&list.prospects, &list.unlocated, &list.expansions, &list.screened}) {
    const auto found = std::ranges::find(*part, firm, &Prospect::firm);
    if (found != part->end()) row = &*found;
  }
  const RunInfo run = run_info(call, graph, std::move(files));
  if (format == "json") {
    emit(call, explain_json(graph, report, list, firm, row, run));
  } else if (row != nullptr && is_drawn(format)) {
    IntroductionOptions asked;
    asked.rules = list.policy.introductions;
    asked.firms = FirmsAsked::Few;
    asked.stop = call.stop;
    constexpr std::size_t kWays = 12;  // several may begin with one introducer
    const auto ways = IntroductionFinder(graph, report.district, asked).ways(firm, kWays);
    emit_drawing(call, prospect_card_svg(graph, report, list, *row, ways, run, call.language),
                 format);
  } else if (row != nullptr) {
    Sheet made;
    made.notes = {run_text(run)};
    const TableStyle style = table_style(call);
    emit(call, explain_prospect(graph, report, list, *row, style) + render_table(made, style));
  } else {
    const std::string_view name = graph.name(graph.entity(firm));
    const Text why = why_not_listed(graph, report, firm);
    tell(call.language == Language::Zh ? fmt::format("{} 不在清单上：{}", name, why.zh)
                                       : fmt::format("{} is not on the list: {}", name, why.en));
  }
  const bool listed = row != nullptr && row->status != ProspectStatus::Screened;
  return listed ? Exit::Done : Exit::Negative;
}

}  // namespace

const Verb& explain_verb() {
  static const Verb verb = {"explain",
                            {"X.liantu", "X.liantu"},
                            {"one firm's row in full: parts, gaps, evidence, unknowns",
                             "逐项解释一家企业：得分、缺口、证据、未知"},
                            "liantu explain dadukou.liantu --region 500104 --firm 示例惠州",
                            declare,
                            run};
  return verb;
}

}  // namespace liantu::cli
