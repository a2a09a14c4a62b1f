#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/text/excerpt.hpp"
#include "cli/command.hpp"
#include "cli/limits.hpp"
#include "cli/progress_bar.hpp"
#include "liantu/base/files/file_kind.hpp"
#include "liantu/base/files/output_mark.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/text/path_text.hpp"
#include "liantu/graph/snapshot.hpp"
#include "liantu/ingest/cells/plan_tables.hpp"
#include "liantu/land/plan/plan_problem.hpp"
#include "liantu/report/land/plan_sheet.hpp"
#include "liantu/tables/read_table.hpp"

namespace liantu::cli {
namespace {

void declare(po::options_description& options, Language language) {
  using Words = std::vector<std::string>;
  options.add_options()(
      "sites", po::value<std::string>()->value_name("FILE"),
      pick(language, "table of the plots on offer (required)", "可供地块表（必填）").c_str())(
      "policy,p", po::value<std::string>()->value_name("FILE"),
      pick(language, "goals, limits and rules of the plan (JSON, required), see docs/land.md",
           "布局办法文件（JSON，必填）：目标、限制和规则，格式见 docs/land.md")
          .c_str())("needs", po::value<std::string>()->value_name("FILE"),
                    pick(language, "table of what projects need and bring",
                         "项目需求表：各企业的用地、能耗、投资、税收等")
                        .c_str())(
      "lock", po::value<Words>()->value_name("FIRM=PLOT"),
      pick(language, "this firm stands there; may be repeated", "指定企业落在某地块；可重复")
          .c_str())("forbid", po::value<Words>()->value_name("FIRM[=PLOT]"),
                    pick(language, "this firm does not stand there, or anywhere; may be repeated",
                         "禁止企业落在某地块，或不引进该企业；可重复")
                        .c_str())(
      "must-fill", po::value<Words>()->value_name("SEGMENT"),
      pick(language, "somebody must be placed who fills this gap; may be repeated",
           "必须补上的环节；可重复")
          .c_str())(
      "trade-off", po::value<std::string>()->value_name("GOAL,GOAL"),
      pick(language,
           "instead: plans of which none is better in both goals; leakage, tax, jobs, "
           "closure",
           "改为列出两个目标间互不占优的方案：leakage、tax、jobs、closure")
          .c_str())("points", po::value<std::int64_t>()->default_value(7)->value_name("N"),
                    pick(language, "of a trade-off: plans sought", "权衡时求解的方案数").c_str())(
      "seconds", po::value<double>()->default_value(60)->value_name("S"),
      pick(language, "most time for the model", "求解时限（秒）").c_str())(
      "gap", po::value<ShareWords>()->default_value({"0.5%"}, "0.5%")->value_name("SHARE"),
      pick(language, "ends when no plan can be better by more than this",
           "任何方案最多再好这么多时即停止求解")
          .c_str())("greedy", pick(language, "without the solver", "不用求解器").c_str())(
      "scorecard", po::value<std::string>()->value_name("FILE"),
      pick(language, "scorecard of the prospect list (JSON)", "招商对象清单的评分政策文件（JSON）")
          .c_str())("top,n", po::value<std::int64_t>()->default_value(500)->value_name("N"),
                    pick(language, "prospects considered, best first; 0 = all",
                         "参与布局的招商对象数，按名次取前若干家；0 为全部")
                        .c_str());
  declare_rules(options, language);
  declare_district(options, language);
  declare_output(options, language, {Content::Sheet, Content::Page});
}

std::string required(const Call& call, const char* option, std::string_view what_en,
                     std::string_view what_zh) {
  if (call.has(option)) return call.get<std::string>(option);
  usage_error(fmt::format("--{} is required: {}", option, what_en),
              fmt::format("须写 --{}：{}", option, what_zh));
}

PlanPolicy plan_policy(const Call& call) {
  const std::filesystem::path path =
      required(call, "policy", "goals and limits of the plan, such as examples/land/plan.json",
               "布局办法文件，如 examples/land/plan.json");
  const std::string& text =
      call.files->read(path, limits(call).json_bytes, call.stop, "json_bytes").bytes;
  const std::string file = path_text(path.filename());
  refuse_other_kinds(text, file, {FileKind::Text, FileKind::Json});
  return parse_plan_policy(text, file);
}

Policy scorecard(const Call& call) {
  Policy policy = default_policy();
  const auto read = [&](const std::filesystem::path& path, const std::string& file) {
    const std::string& text =
        call.files->read(path, limits(call).json_bytes, call.stop, "json_bytes").bytes;
    refuse_other_kinds(text, file, {FileKind::Text, FileKind::Json});
    return text;
  };
  if (call.has("scorecard")) {
    const std::filesystem::path path = call.get<std::string>("scorecard");
    const std::string file = path_text(path.filename());
    policy = parse_policy(read(path, file), file);
  }
  if (call.has("rules")) {
    for (const std::string& words : call.get<std::vector<std::string>>("rules")) {
      const std::filesystem::path path = words;
      const std::string file = path_text(path.filename());
      for (ScreeningRule& screen : parse_rules(read(path, file), file)) {
        policy.screens.push_back(std::move(screen));
      }
    }
  }
  return policy;
}

Table read_one(const Call& call, const std::filesystem::path& path) {
  TableOptions how;
  how.limits = limits(call).tables;
  how.stop = call.stop;
  TableBytes bytes =
      is_table(path)
          ? table_bytes(
                path, {},
                call.files->read(path, how.limits.file_bytes, call.stop, "file_bytes").bytes, how)
          : read_table_bytes(path, {}, how);
  Table table = parse_table(std::move(bytes), how);
  refuse_output(table.file(), is_output(table));
  return table;
}

std::size_t site_named(const PlanProblem& problem, const char* option, const std::string& words) {
  const auto found = std::ranges::find(problem.sites, words, &PlanSite::name);
  if (found != problem.sites.end()) {
    return static_cast<std::size_t>(found - problem.sites.begin());
  }
  usage_error(fmt::format("--{}: no plot of the table is called \"{}\"", option, excerpt(words)),
              fmt::format("--{}：表中没有名为“{}”的地块", option, excerpt(words)));
}

std::size_t project_named(const EnterpriseGraph& graph, const PlanProblem& problem,
                          const char* option, const std::string& words) {
  const FirmId firm = firm_named(graph, option, words);
  const auto found = std::ranges::find(problem.projects, firm, &PlanProject::firm);
  if (found != problem.projects.end()) {
    return static_cast<std::size_t>(found - problem.projects.begin());
  }
  const std::string name(graph.name(graph.entity(firm)));
  usage_error(
      fmt::format("--{}: {} is not a prospect whose land is known; --needs can state it, --top 0 "
                  "considers all",
                  option, name),
      fmt::format("--{}：{} 不是用地需求已知的招商对象；可在 --needs 表中填写，--top 0 考虑全部",
                  option, name));
}

void ask(const Call& call, const EnterpriseGraph& graph, const GapReport& report, PlanSetUp& set) {
  PlanProblem& problem = set.problem;
  const auto all = [&](const char* option) {
    return call.has(option) ? call.get<std::vector<std::string>>(option)
                            : std::vector<std::string>();
  };
  for (const std::string& words : all("lock")) {
    const std::size_t at = words.rfind('=');
    if (at == std::string::npos) {
      usage_error(fmt::format("--lock {}: write FIRM=PLOT", words),
                  fmt::format("--lock {}：请写 企业=地块", words));
    }
    problem.locks.push_back({project_named(graph, problem, "lock", words.substr(0, at)),
                             site_named(problem, "lock", words.substr(at + 1))});
  }
  for (const std::string& words : all("forbid")) {
    const std::size_t at = words.rfind('=');
    const bool anywhere = at == std::string::npos;
    problem.forbids.emplace_back(
        project_named(graph, problem, "forbid", words.substr(0, at)),
        anywhere ? std::nullopt
                 : std::optional(site_named(problem, "forbid", words.substr(at + 1))));
  }
  for (const std::string& words : all("must-fill")) {
    const SegmentId segment = segment_named(graph, "must-fill", words);
    const auto gap = std::ranges::find(report.gaps, segment, &Gap::segment);
    if (gap == report.gaps.end()) {
      usage_error(fmt::format("--must-fill {}: this is not a gap of the district", words),
                  fmt::format("--must-fill {}：该环节不是本地缺口", words));
    }
    const auto place = static_cast<std::size_t>(gap - report.gaps.begin());
    const auto known = std::ranges::find(set.gap_of, place);
    problem.must_fill.push_back(static_cast<std::size_t>(known - set.gap_of.begin()));
    if (known != set.gap_of.end()) continue;
    // Nobody on the list fills it: the plan says so.
    problem.gaps.push_back({std::string(graph.name(graph.entity(segment))), 0});
    set.gap_of.push_back(place);
  }
}

std::pair<PlanGoal, PlanGoal> trade_off_goals(const Call& call) {
  const auto words = call.get<std::string>("trade-off");
  const std::size_t comma = words.find(',');
  if (comma != std::string::npos) {
    const auto first = parse_goal(words.substr(0, comma));
    const auto second = parse_goal(words.substr(comma + 1));
    if (first && second && *first != *second) return {*first, *second};
  }
  usage_error(
      fmt::format("--trade-off {}: give two of leakage, tax, jobs, closure, such as tax,leakage",
                  words),
      fmt::format("--trade-off {}：请写 leakage、tax、jobs、closure 中的两个，如 tax,leakage",
                  words));
}

Exit emit_conflict(const Call& call, const EnterpriseGraph& graph, const PlanSetUp& set,
                   const LandPlan& plan, const RunInfo& run, const std::string& format) {
  Sheet sheet = conflict_sheet(set.problem, plan.conflict, call.language);
  if (format == "json") {
    emit(call, plan_json(graph, set, plan, run));
  } else if (is_drawn(format)) {
    tell(render_table(sheet, {}));
  } else {
    sheet.notes.push_back(run_text(run));
    emit(call, render(call, sheet, format));
  }
  return Exit::Negative;
}

Exit emit_plan(Call call, const EnterpriseGraph& graph, const PlanSetUp& set, const LandPlan& plan,
               const RunInfo& run, const std::string& format) {
  // What was found until the interrupt is written all the same.
  if (plan.interrupted) call.stop = {};
  if (format == "json") {
    emit(call, plan_json(graph, set, plan, run));
  } else if (is_drawn(format)) {
    emit_drawing(call, site_board_svg(set.problem, plan, run, call.language), format);
  } else {
    std::vector<Sheet> sheets = {plan_sheet(set, plan, call.language)};
    if (sheet_form(format) != SheetForm::Rows) {
      sheets.push_back(plan_sites_sheet(set.problem, plan, call.language));
      sheets.push_back(plan_goals_sheet(set.problem, plan, call.language));
    }
    if (sheet_form(format) == SheetForm::Workbook)
      sheets.push_back(plan_left_sheet(graph, set, plan, call.language));
    sheets.front().notes.push_back(run_text(run));
    emit(call, render(call, std::move(sheets), format));
  }
  if (plan.interrupted) {
    tell(call.say("liantu: the run was interrupted; this is the best plan until then",
                  "liantu：运行被中断；所列为此前找到的最好方案"));
    return Exit::Interrupted;
  }
  return plan.placements.empty() ? Exit::Negative : Exit::Done;
}

Exit emit_trade_off(const Call& call, const PlanSetUp& set, const PlanOptions& options,
                    const RunInfo& run, const std::string& format) {
  const auto [first, second] = trade_off_goals(call);
  const auto points = trade_off(set.problem, first, second, count(call, "points"), options);
  if (format == "json") {
    emit(call, trade_off_json(set.problem, first, second, points, run));
  } else {
    Sheet sheet = trade_off_sheet(set.problem, first, second, points, call.language);
    sheet.notes.push_back(run_text(run));
    emit(call, render(call, sheet, format));
  }
  return points.empty() ? Exit::Negative : Exit::Done;
}

PlanOptions plan_options(const Call& call) {
  PlanOptions options;
  options.seconds = call.get<double>("seconds");
  if (!(options.seconds > 0) || !std::isfinite(options.seconds)) {
    usage_error("--seconds: give a number above 0", "--seconds：应为大于 0 的数");
  }
  options.gap = share(call, "gap");
  options.solver = !call.has("greedy");
  options.stop = call.stop;
  const auto points = call.get<std::int64_t>("points");
  if (points < 2 || points > 50) {
    usage_error(fmt::format("--points {}: give 2 to 50", points),
                fmt::format("--points {}：应为 2 到 50", points));
  }
  return options;
}

Exit run(const Call& call) {
  const auto path = inputs(call, 1, 1).front();
  const PlanPolicy rules = plan_policy(call);
  const std::filesystem::path sites_path =
      required(call, "sites", "the plots on offer, such as examples/land/地块.csv",
               "可供地块表，如 examples/land/地块.csv");
  GapOptions gaps = gap_options(call);
  const PlanOptions options = plan_options(call);
  if (call.has("trade-off")) (void)trade_off_goals(call);
  const std::string format = output_format(call, "table", {Content::Sheet, Content::Page});
  if (is_drawn(format) && call.has("trade-off")) {
    usage_error("a plan is drawn, a trade-off is listed; use table, csv, xlsx or json",
                "布局可以绘图，权衡结果只能列表；请用 table、csv、xlsx 或 json");
  }
  const PlanTable<SiteRow> sites = read_site_table(read_one(call, sites_path));
  PlanTable<ProjectRow> needs;
  if (call.has("needs")) needs = read_project_table(read_one(call, call.get<std::string>("needs")));
  ProspectOptions ranked;
  ranked.policy = scorecard(call);
  ranked.top = count(call, "top");
  ranked.reasons = ReasonsOf::Nobody;
  ranked.stop = call.stop;
  ranked.progress = progress_bar(call.language);
  const EnterpriseGraph graph = read_snapshot(path, Verify::Full, call.stop);
  if (nobody_in(graph, call, gaps)) return Exit::Negative;
  anchors_in(graph, gaps);
  factors_in(call, graph, gaps);
  const GapReport report = find_gaps(graph, gaps);
  const ProspectList list = rank_prospects(graph, report, ranked);
  PlanSetUp set = set_up_plan(graph, report, list, rules, sites.rows, needs.rows);
  const auto say_all = [&](const std::vector<Problem>& problems) {
    for (const Problem& problem : problems) tell(problem.to_string(call.language));
  };
  say_all(sites.problems);
  say_all(needs.problems);
  say_all(set.notes);
  ask(call, graph, report, set);
  const RunInfo run = run_info(call, graph, path);
  if (options.solver && !has_plan_solver()) {
    tell(call.say(
        "liantu: built without a solver of mixed-integer models (Debian: "
        "coinor-libcbc-dev); the plan is greedy with improvement",
        "liantu：未编入混合整数规划求解器（Debian 包 coinor-libcbc-dev），改用贪心加改进"));
  }
  if (call.has("trade-off")) {
    if (const auto conflict = find_conflict(set.problem); !conflict.empty()) {
      LandPlan none;
      none.conflict = conflict;
      return emit_conflict(call, graph, set, none, run, format);
    }
    return emit_trade_off(call, set, options, run, format);
  }
  const LandPlan plan = [&] {
    // An interrupt ends it with the best plan until then, which a forced end would lose.
    const auto held = call.hold();
    return solve_plan(set.problem, options);
  }();
  if (!plan.conflict.empty()) return emit_conflict(call, graph, set, plan, run, format);
  return emit_plan(call, graph, set, plan, run, format);
}

}  // namespace

const Verb& plan_verb() {
  static const Verb verb = {
      "plan",
      {"X.liantu", "X.liantu"},
      {"the land plan: which prospects on which plots", "招商用地布局：哪些企业落在哪些地块"},
      "liantu plan dadukou.liantu --region 500104 --sites examples/land/地块.csv --policy "
      "examples/land/plan.json --seconds 5",
      declare,
      run};
  return verb;
}

}  // namespace liantu::cli
