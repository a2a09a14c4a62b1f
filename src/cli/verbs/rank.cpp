#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "cli/arrivals.hpp"
#include "cli/command.hpp"
#include "cli/limits.hpp"
#include "cli/progress_bar.hpp"
#include "cli/verbs/ledger/ledger.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/text/path_text.hpp"
#include "liantu/graph/snapshot.hpp"
#include "liantu/ingest/kept_list.hpp"
#include "liantu/prospects/task_lists.hpp"
#include "liantu/report/formats/workbook.hpp"
#include "liantu/report/prospects/prospect_sheet.hpp"
#include "liantu/report/prospects/prospect_workbook.hpp"
#include "liantu/report/prospects/prospects_json.hpp"
#include "liantu/report/prospects/task_list_sheets.hpp"

namespace liantu::cli {
namespace {

void declare(po::options_description& options, Language language) {
  declare_district(options, language);
  declare_choice(options, language);
  declare_policy(options, language);
  options.add_options()("per-gap", po::value<std::int64_t>()->default_value(4)->value_name("N"),
                        pick(language,
                             "most rows of those that would fill one gap above all, ranks staying "
                             "those among all; 0 = "
                             "any",
                             "每个首要缺口最多列出的企业数（名次仍为全部中的名次）；0 为不限")
                            .c_str());
  options.add_options()(
      "draws", po::value<std::int64_t>()->value_name("N"),
      pick(
          language,
          "draw the weights N times about those of the policy: each row's rank in 5 to 95 % of the "
          "draws, and in how many it is among the first (--top, else 20); policy member "
          "draw_concentration",
          "围绕政策权重随机抽取 N 组权重：每行给出 5%–95% 的名次区间，以及进入前列（--top，"
          "未给出时为前 20 名）的抽样占比；政策成员 draw_concentration")
          .c_str())(
      "seed", po::value<std::int64_t>()->value_name("S"),
      pick(language, "what the draws begin with; default 1", "抽样的随机种子，默认 1").c_str());
  declare_model(options, language);
  options.add_options()(
      "by-chain", pick(language,
                       "one list for each industry chain, --top rows each; the list on which a "
                       "firm stands best takes it",
                       "每条产业链一份清单，各列 --top 行；企业归入其名次最好的清单")
                      .c_str())(
      "office", pick(language, "the same for each stationed office, by the regions that it covers",
                     "按驻点办负责的地区，每个驻点办一份清单")
                    .c_str())("channel", pick(language, "the same for each channel of introduction",
                                              "按引荐渠道，每个渠道一份清单")
                                             .c_str())(
      "on-several",
      pick(language, "with one of these: a firm stands on every list that it belongs to",
           "与上述选项连用：企业列入其所属的每一份清单")
          .c_str());
  options.add_options()("keep", po::value<std::string>()->value_name("LIST.xlsx"),
                        pick(language,
                             "a former list: what people wrote in its yellow columns moves to the "
                             "new one (-o NEW.xlsx)",
                             "上一次的清单：其黄色列中填写的内容带入新清单（-o 新清单.xlsx）")
                            .c_str());
  declare_arrivals(options, language);
  options.add_options()("ledger", po::value<std::string>()->value_name("LEDGER"),
                        pick(language,
                             "ledger of contacts: who has signed leaves the list and counts as a "
                             "maker once production begins; others carry their stage",
                             "招商台账：已签约的移出清单并自投产起计为本地供给，其余注明对接阶段")
                            .c_str());
  declare_output(options, language, {Content::Sheet, Content::Memo});
}

// What is typed into a workbook and not saved yet is in no file.
void warn_of_open_file(const Call& call, const std::filesystem::path& path) {
  const std::string name = path.filename().string();
  std::error_code ignored;
  for (const std::string& mark : {"~$" + name, ".~lock." + name + "#"}) {
    const std::filesystem::path file = path.parent_path() / mark;
    if (!std::filesystem::exists(file, ignored)) continue;
    tell(fmt::format(
        fmt::runtime(call.say("{} is open in another program ({}): what is not saved there is not "
                              "carried over; save it and run again",
                              "{} 正被其他程序打开（{}）：未保存的内容不会带入；请保存后重新运行")),
        path_text(path.filename()), path_text(mark)));
    return;
  }
}

// A list in which people wrote is replaced by none that does not keep what they wrote.
void refuse_written(const Call& call, const TableOptions& how) {
  if (!call.has("output")) return;
  const std::filesystem::path output = call.get<std::string>("output");
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(output, ignored)) return;
  std::size_t rows = 0;
  try {
    for (const KeptRow& row : read_kept_list(output, how).rows) rows += row.written.empty() ? 0 : 1;
  } catch (const Error& error) {
    if (error.code() == ErrorCode::Cancelled) throw;
    return;  // no list: -O says that it may go
  }
  if (rows == 0) return;
  const std::string name = path_text(output);
  usage_error(fmt::format("{} holds what people wrote in {} rows; write to another file with "
                          "--keep {}, or move it away first",
                          name, rows, name),
              fmt::format("{} 中有 {} 行人工填写的内容；请换一个文件名写出并加 --keep "
                          "{}，或先将该文件移走",
                          name, rows, name));
}

// How the list is to be shared out; nothing: not at all.
std::optional<TaskListOptions> task_lists(const Call& call) {
  constexpr std::pair<const char*, ListsBy> kWays[] = {
      {"by-chain", ListsBy::Chain}, {"office", ListsBy::Office}, {"channel", ListsBy::Channel}};
  std::optional<TaskListOptions> asked;
  for (const auto& [name, by] : kWays) {
    if (!call.has(name)) continue;
    if (asked) {
      usage_error("give one of --by-chain, --office and --channel",
                  "--by-chain、--office、--channel 只能给出其一");
    }
    asked = TaskListOptions{by, OnSeveral::No};
  }
  if (call.has("on-several")) {
    if (!asked) {
      usage_error("--on-several goes with --by-chain, --office or --channel",
                  "--on-several 须与 --by-chain、--office 或 --channel 连用");
    }
    asked->several = OnSeveral::Yes;
  }
  if (asked && call.has("arrivals")) {
    usage_error("--arrivals adds columns to one list; leave out --by-chain, --office and --channel",
                "--arrivals 只用于单份清单；请去掉 --by-chain、--office 或 --channel");
  }
  return asked;
}

// One sheet a list; where programs read, one table with the list's name.
std::string render_lists(const Call& call, const EnterpriseGraph& graph, const GapReport& report,
                         const TaskLists& lists, const RunInfo& run, const std::string& format) {
  SheetOptions how;
  how.language = call.language;
  how.stop = call.stop;
  how.brief = sheet_form(format) != SheetForm::Rows;
  how.most = count(call, "top");
  std::vector<Sheet> sheets = how.brief ? task_list_sheets(graph, report, lists, how)
                                        : std::vector{task_list_table(graph, report, lists, how)};
  sheets.back().notes.push_back(run_text(run));
  return render(call, sheets, format);
}

Exit listed(const ProspectList& list) {
  const std::size_t all = list.prospect_count + list.unlocated_count + list.expansion_count;
  return all == 0 ? Exit::Negative : Exit::Done;
}

Exit run(const Call& call) {
  const auto path = inputs(call, 1, 1).front();
  GapOptions gaps = gap_options(call);
  ProspectOptions options;
  options.policy = policy(call);
  options.learned = learned_ranker(call);
  options.top = count(call, "top");
  // Who asks for all rows gets all, unless some of each gap are asked for.
  options.per_main_gap = options.top > 0 || call.given("per-gap") ? count(call, "per-gap") : 0;
  options.from = region(call, "from-region");
  if (call.has("draws")) options.draws = count(call, "draws");
  if (call.has("seed")) options.seed = count(call, "seed");
  if (options.top > 0) options.draws_top = options.top;
  if (call.has("seed") && options.draws == 0) {
    usage_error("--seed goes with --draws", "--seed 须与 --draws 连用");
  }
  options.stop = call.stop;
  options.progress = progress_bar(call.language);
  const std::string format = output_format(call, "table", {Content::Sheet, Content::Memo});
  const std::optional<TaskListOptions> shared_out = task_lists(call);
  check_arrival_options(call);
  TableOptions how;
  how.limits = limits(call).tables;
  how.stop = call.stop;
  std::optional<KeptList> kept;
  if (call.has("keep")) {
    if (sheet_form(format) != SheetForm::Workbook) {
      usage_error("--keep fills in a workbook; name one, such as -o prospects.xlsx",
                  "--keep 用于工作簿；请指定输出，如 -o 潜在招商对象清单.xlsx");
    }
    warn_of_open_file(call, call.get<std::string>("keep"));
    kept = read_kept_list(call.get<std::string>("keep"), how);
  }
  if (sheet_form(format) == SheetForm::Workbook) refuse_written(call, how);
  const EnterpriseGraph graph = read_snapshot(path, Verify::Full, call.stop);
  if (nobody_in(graph, call, gaps)) return Exit::Negative;
  anchors_in(graph, gaps);
  factors_in(call, graph, gaps);
  std::optional<LedgerContacts> contacts;
  if (call.has("ledger")) {
    contacts = ledger_contacts(call, graph, gaps);
    options.contacts = contacts->contacts;
    gaps.with.insert(gaps.with.end(), contacts->makers.begin(), contacts->makers.end());
  }
  const GapReport report = only_chosen(call, graph, find_gaps(graph, gaps));
  auto files = files_behind(call, graph, path);
  options.coming = coming_to(call, graph, report.district.region, files);
  std::optional<TaskLists> lists;
  if (shared_out) {
    lists = rank_task_lists(graph, report, options, *shared_out,
                            [&](ProspectList& some) { introduce_rows(call, graph, gaps, some); });
  }
  ProspectList list = lists ? lists->list : rank_prospects(graph, report, options);
  if (!lists) introduce_rows(call, graph, gaps, list);
  tell_learned(call, list);
  if (kept) files.emplace_back(kept->file, kept->digest);
  if (contacts) files.push_back(contacts->input);
  const RunInfo run = run_info(call, graph, std::move(files));
  if (format == "json") {
    emit(call, lists ? prospects_json(graph, report, *lists, run, call.stop)
                     : prospects_json(graph, report, list, run, call.stop));
  } else if (lists && sheet_form(format) != SheetForm::Workbook) {
    emit(call, render_lists(call, graph, report, *lists, run, format));
  } else {
    SheetOptions shown;
    shown.language = call.language;
    shown.most = lists ? 0 : options.top;
    shown.stop = call.stop;
    if (sheet_form(format) == SheetForm::Workbook) {
      emit(call, render(call,
                        prospect_workbook(graph, report, list, run, kept, shown,
                                          lists ? &*lists : nullptr),
                        format));
      return listed(list);
    }
    const auto sheet = [&](const SheetOptions& one) {
      return prospect_sheet(graph, report, list, one);
    };
    emit(call, render_list(call, sheet, shown, run, format));
  }
  return listed(list);
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
