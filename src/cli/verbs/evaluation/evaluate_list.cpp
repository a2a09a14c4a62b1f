#include "cli/verbs/evaluation/evaluate_list.hpp"

#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "cli/limits.hpp"
#include "cli/verbs/ledger/ledger.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/projects/list_outcomes.hpp"
#include "liantu/report/projects/outcome_sheet.hpp"
#include "liantu/tables/read_table.hpp"

namespace liantu::cli {

Exit evaluate_list(const Call& call) {
  std::ignore = inputs(call, 0, 0);
  if (!call.has("ledger") || !call.has("list") || !call.has("list-date")) {
    usage_error(
        "--ledger LEDGER, --list FILE (the list of then) and --list-date DAY (its day) go together",
        "--ledger 台账、--list 清单文件、--list-date 清单日期 须同时给出");
  }
  const std::string format = output_format(call);
  ListOutcomeOptions options;
  options.from = ledger_day(call, "list-date");
  const std::filesystem::path file = call.get<std::string>("list");
  TableOptions how;
  how.limits = limits(call).tables;
  how.stop = call.stop;
  how.is_heading = [](std::string_view words) {
    return words == "名次" || words == "rank" || words == "企业" || words == "firm";
  };
  std::vector<LedgerTable> tables;
  std::string digest;
  for (const Table& table : read_tables(file, {}, how)) {
    digest = table.digest();
    tables.push_back(ledger_table(table));
  }
  const std::vector<ListedFirm> list = read_listed_firms(tables);
  if (list.empty()) {
    throw Error(
        ErrorCode::InvalidData,
        {fmt::format("{}: this is not a prospect list with rank, firm and score; give what `liantu "
                     "rank -o` wrote",
                     table_name(file)),
         fmt::format("{}：不是带名次、企业和得分的招商对象清单；请给出 liantu rank -o 写出的文件",
                     table_name(file))});
  }
  const std::filesystem::path path = call.get<std::string>("ledger");
  const LedgerBook book = open_ledger(call, path, LedgerAccess::Read).read();
  const ListOutcomes outcomes = judge_list(list, book, options);
  RunInfo run = ledger_run(call, path, book);
  run.inputs.emplace_back(table_name(file), digest);
  run.parameters.emplace_back("list-date", options.from.to_string());
  SheetOptions shown;
  shown.language = call.language;
  auto named = outcome_sheets(outcomes, shown);
  if (format == "json") {
    emit(call, sheets_json("liantu.outcomes/1", named, run));
  } else {
    std::vector<Sheet> sheets;
    for (auto& [name, sheet] : named) sheets.push_back(std::move(sheet));
    if (sheet_form(format) == SheetForm::Rows) sheets.resize(1);
    sheets.back().notes.push_back(run_text(run));
    emit(call, render(call, sheets, format));
  }
  return outcomes.concluded ? Exit::Done : Exit::Negative;
}

}  // namespace liantu::cli
