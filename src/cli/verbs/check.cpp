#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/streams.hpp"
#include "liantu/chain/gaps/unsure.hpp"
#include "liantu/report/data/problem_book.hpp"
#include "liantu/report/data/problem_sheet.hpp"
#include "report/gaps/gap_words.hpp"

namespace liantu::cli {
namespace {

void declare(po::options_description& options, Language language) {
  declare_tables(options, language);
  declare_output(options, language);
  declare_saved_mapping(options, language);
  options.add_options()("notes", pick(language, "show notes too", "同时显示提示").c_str());
}

// Notes on what was not read, where tables were found and what was made of rough values; whoever
// checks wants to see them.
bool is_always_shown(const Problem& problem) {
  constexpr std::array<std::string_view, 11> kKinds = {
      "date-serial",   "double-column", "hidden-rows",    "hidden-sheet",
      "rough-value",   "table-found",   "unknown-column", "unmapped-column",
      "unmapped-file", "unwanted-row",  "workbook"};
  return std::ranges::find(kKinds, problem.kind) != kKinds.end();
}

// What stands alone is for those who work through a list; on a terminal it is counted.
bool stands_alone(const Problem& problem) {
  return problem.kind == "isolated-firm" || problem.kind == "segment-without-maker";
}

// The problems to show, and the rows that they stand in.
struct Shown {
  std::vector<Problem> problems;
  std::vector<ProblemTable> tables;
};

enum class Shape : std::uint8_t { Terminal, List };

Shown choose(const IngestResult& result, bool notes, Shape shape) {
  Shown shown;
  std::vector<std::optional<std::size_t>> number(result.problems.size());
  for (std::size_t i = 0; i < result.problems.size(); ++i) {
    const Problem& problem = result.problems[i];
    const bool wanted =
        notes || is_always_shown(problem) || (shape == Shape::List && stands_alone(problem));
    if (problem.severity == Severity::Note && !wanted) continue;
    number[i] = shown.problems.size();
    shown.problems.push_back(problem);
  }
  for (const ProblemTable& table : result.problem_tables) {
    ProblemTable kept{table.file, table.sheet, table.columns, {}};
    for (const ProblemRow& row : table.rows) {
      ProblemRow chosen{row.number, row.cells, {}};
      for (const RowProblem& wrong : row.problems) {
        if (number[wrong.problem])
          chosen.problems.push_back({*number[wrong.problem], wrong.column});
      }
      if (!chosen.problems.empty()) kept.rows.push_back(std::move(chosen));
    }
    if (!kept.rows.empty()) shown.tables.push_back(std::move(kept));
  }
  return shown;
}

// What was read of each table, and how much is wrong with it.
Sheet summary_sheet(const Call& call, const IngestResult& result) {
  Sheet sheet = table_sheet(result.tables, call.language);
  sheet.title = {"summary", "汇总"};
  struct Count {
    std::string_view key;
    Text heading;
    Severity severity;
  };
  const std::array<Count, 3> counts = {{{"errors", {"rows left out", "错误"}, Severity::Error},
                                        {"warnings", {"warnings", "警告"}, Severity::Warning},
                                        {"notes", {"notes", "提示"}, Severity::Note}}};
  for (const Count& one : counts) {
    sheet.columns.push_back({std::string(one.key), one.heading, CellKind::Number});
    for (std::size_t i = 0; i < result.tables.size(); ++i) {
      const auto is_of = [&](const Problem& problem) {
        const InputPlace& place = problem.place;
        const std::string name =
            place.sheet.empty() ? place.file : fmt::format("{}#{}", place.file, place.sheet);
        return problem.severity == one.severity && name == result.tables[i].file;
      };
      sheet.rows[i].push_back(static_cast<double>(std::ranges::count_if(result.problems, is_of)));
    }
  }
  sheet.notes = {
      {"red: the row is left out; yellow: a value is not used, or cannot be right; blue: for "
       "information; the number of a row is coloured where no single cell is to blame",
       "红色：该行未采用；黄色：该值未采用或不可能正确；蓝色：提示；不能归于某一单元格的，"
       "行号着色"},
      {"mend the source by the row numbers, then check again", "请按行号修改原表，然后重新检查"}};
  return sheet;
}

std::string written(const Call& call, const IngestResult& result, const Shown& shown,
                    const std::string& format) {
  if (format == "json") {
    RunInfo run;
    run.version = LIANTU_VERSION;
    run.inputs = result.digests;
    return problems_json(shown.problems, run, shown.tables);
  }
  if (sheet_form(format) == SheetForm::Workbook) {
    std::vector<Sheet> sheets = {summary_sheet(call, result)};
    std::ranges::move(problem_book(shown.problems, shown.tables, call.language),
                      std::back_inserter(sheets));
    return render(call, std::move(sheets), format);
  }
  // People at a terminal have the file open beside it.
  const bool rows = sheet_form(format) == SheetForm::Rows;
  return render(call,
                problem_sheet(shown.problems, call.language,
                              rows ? shown.tables : std::vector<ProblemTable>()),
                format);
}

Exit run(const Call& call) {
  IngestOptions options = ingest_options(call);
  options.unusable = UnusableFiles::Report;
  options.review = Review::Close;
  const std::vector<std::filesystem::path> paths = inputs(call, 1, 100'000);
  const std::string format = output_format(call);
  refuse_saved_mapping(call);
  const IngestResult result = ingest(paths, options);
  if (result.unusable_files == 0) tell_ingest(call, result);
  const Shown shown =
      choose(result, call.has("notes"), format == "table" ? Shape::Terminal : Shape::List);
  if (format != "table" || call.has("output") || !shown.problems.empty()) {
    emit(call, written(call, result, shown, format));
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
  save_mapping(call, result);
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
      "liantu check graphs/dadukou -o problems.xlsx",
      declare,
      run};
  return verb;
}

}  // namespace liantu::cli
