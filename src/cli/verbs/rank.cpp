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
#include "liantu/base/text/path_text.hpp"
#include "liantu/graph/snapshot.hpp"
#include "liantu/ingest/kept_list.hpp"
#include "liantu/report/formats/workbook.hpp"
#include "liantu/report/prospects/prospect_sheet.hpp"
#include "liantu/report/prospects/prospect_workbook.hpp"
#include "liantu/report/prospects/prospects_json.hpp"

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
  declare_model(options, language);
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
  declare_output(options, language);
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
  options.stop = call.stop;
  options.progress = progress_bar(call.language);
  const std::string format = output_format(call);
  check_arrival_options(call);
  std::optional<KeptList> kept;
  if (call.has("keep")) {
    if (format != "xlsx") {
      usage_error("--keep fills in a workbook; name one, such as -o prospects.xlsx",
                  "--keep 用于工作簿；请指定输出，如 -o 潜在招商对象清单.xlsx");
    }
    warn_of_open_file(call, call.get<std::string>("keep"));
    TableOptions how;
    how.limits = limits(call).tables;
    how.stop = call.stop;
    kept = read_kept_list(call.get<std::string>("keep"), how);
  }
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
  ProspectList list = rank_prospects(graph, report, options);
  introduce_rows(call, graph, gaps, list);
  tell_learned(call, list);
  if (kept) files.emplace_back(kept->file, kept->digest);
  if (contacts) files.push_back(contacts->input);
  const RunInfo run = run_info(call, graph, std::move(files));
  if (format == "json") {
    emit(call, prospects_json(graph, report, list, run, call.stop));
  } else {
    SheetOptions how;
    how.language = call.language;
    how.most = options.top;
    how.stop = call.stop;
    if (sheet_form(format) == SheetForm::Workbook) {
      emit(call, render(call, prospect_workbook(graph, report, list, run, kept, how), format));
      return listed(list);
    }
    const auto sheet = [&](const SheetOptions& shown) {
      return prospect_sheet(graph, report, list, shown);
    };
    emit(call, render_list(call, sheet, how, run, format));
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
