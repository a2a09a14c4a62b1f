#include <algorithm>
#include <string_view>
#include <tuple>
#include <vector>

#include <fmt/format.h>

#include "base/files/json_document.hpp"
#include "cli/command.hpp"
#include "cli/limits.hpp"
#include "cli/streams.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/text/path_text.hpp"
#include "liantu/graph/snapshot.hpp"
#include "liantu/ingest/cells/confirmations.hpp"
#include "liantu/ingest/edges/edge_list.hpp"
#include "liantu/report/data/problem_sheet.hpp"

namespace liantu::cli {
namespace {

void declare(po::options_description& options, Language language) {
  declare_snapshot(options, language);
  declare_tables(options, language);
  declare_saved_mapping(options, language);
  options.add_options()(
      "strict",
      pick(language, "end with 3 when a file, a row or a value is not used or cannot be right",
           "有任何文件、行或值未采用或有误时以 3 退出")
          .c_str())("problems", po::value<std::string>()->value_name("FILE"),
                    pick(language, "write what is wrong in the input (csv, json or txt)",
                         "把输入中的问题写到文件（csv、json 或 txt）")
                        .c_str())(
      "confirm", po::value<std::string>()->value_name("FILE"),
      pick(language,
           "workbook (.xlsx or .csv) of names that may mean a firm: answers in it are used, what "
           "is still "
           "open is written into it",
           "待确认工作簿（.xlsx 或 .csv）：采用其中的答复，并写入仍需人工确认的名称")
          .c_str())("edges", po::value<std::string>()->value_name("FILE"),
                    pick(language, "read a plain list of edges instead of tables: two ends a line",
                         "读取纯边表而非业务表格：每行两个端点")
                        .c_str())(
      "undirected",
      pick(language, "with --edges: a line has no direction", "与 --edges 连用：边无方向").c_str())(
      "json", pick(language, "summary as JSON on standard output", "以 JSON 输出摘要").c_str());
}

std::string problems_text(const Call& call, const IngestResult& result, const std::string& path) {
  if (path.ends_with(".json")) {
    RunInfo run;
    run.version = LIANTU_VERSION;
    run.inputs = result.digests;
    return problems_json(result.problems, run);
  }
  const Sheet sheet = problem_sheet(result.problems, call.language);
  return render(call, sheet, path.ends_with(".csv") ? "csv" : "table");
}

std::string summary_json(const IngestResult& result, const RunInfo& run) {
  JsonDocument out;
  out.open_object();
  out.member("schema", "liantu.build/1");
  out.member("version", run.version);
  out.key("data_date");
  run.data_date.empty() ? out.null() : out.text(run.data_date);
  out.key("inputs");
  out.open_array();
  for (const auto& [name, digest] : run.inputs) {
    out.open_object();
    out.member("name", name);
    out.member("digest", digest);
    out.close_object();
  }
  out.close_array();
  out.key("tables");
  out.open_array();
  for (const TableSummary& table : result.tables) {
    out.open_object();
    out.member("file", table.file);
    out.member("rows_are", table.meaning);
    out.member_count("rows", table.rows);
    out.member_count("used", table.used);
    out.member_count("left_out", table.left_out);
    out.close_object();
  }
  out.close_array();
  out.key("entities");
  out.open_object();
  for (const EntityKind kind : kEntityKinds) {
    out.member_count(entity_word(kind), result.graph.size(kind));
  }
  out.close_object();
  out.key("relations");
  out.open_object();
  for (const RelationKind kind : kRelationKinds) {
    out.member_count(relation_word(kind), result.graph.relation(kind).size());
  }
  out.close_object();
  out.member_count("firms_merged", result.firms_merged);
  out.member_count("names_linked", result.names_linked);
  out.member_count("names_to_confirm",
                   static_cast<std::uint64_t>(std::ranges::count(result.questions, Confirmed::Open,
                                                                 &NameQuestion::answer)));
  out.member_count("scopes_tagged", result.scopes_tagged);
  out.member_count("scope_makes", result.scope_makes);
  out.member_count("scope_trades", result.scope_trades);
  out.member_count("industries_stated", result.industries_stated);
  out.member_count("industries_inferred", result.industries_inferred);
  out.member_count("errors", count_problems(result.problems, Severity::Error));
  out.member_count("warnings", count_problems(result.problems, Severity::Warning) -
                                   count_problems(result.problems, Severity::Error));
  out.member_count("notes",
                   result.problems.size() - count_problems(result.problems, Severity::Warning));
  out.close_object();
  return out.finish();
}

IngestResult read_edges(const Call& call) {
  EdgeListOptions options;
  options.undirected = call.has("undirected");
  const IngestOptions common = ingest_options(call);
  options.stop = common.stop;
  options.progress = common.progress;
  return read_edge_list(call.get<std::string>("edges"), options);
}

// Whether a workbook says the same as another, in whatever order.
bool same_questions(const std::vector<NameQuestion>& a, const std::vector<NameQuestion>& b) {
  const auto sorted = [](const std::vector<NameQuestion>& questions) {
    using Row = std::tuple<std::string_view, std::string_view, std::string_view, Confirmed,
                           std::string_view>;
    std::vector<Row> rows;
    for (const NameQuestion& one : questions) {
      rows.emplace_back(one.written, one.firm, one.code, one.answer, one.other);
    }
    std::ranges::sort(rows);
    return rows;
  };
  return a.size() == b.size() && sorted(a) == sorted(b);
}

// Writes the questions into the workbook that was read, unless it has them already or holds what
// could not be read, which would be lost.
void write_questions(const Call& call, const IngestResult& result,
                     const std::filesystem::path& path) {
  const auto open = std::ranges::count(result.questions, Confirmed::Open, &NameQuestion::answer);
  const std::string name = path_text(path);
  if (!result.answers_usable) {
    tell(
        call.language == Language::Zh
            ? fmt::format("{} 中有无法采用的答复，该文件未改动；请更正后重新 build", name)
            : fmt::format("{} has answers that cannot be used and was left as it is; mend them and "
                          "build again",
                          name));
    return;
  }
  std::vector<NameQuestion> before;
  if (std::filesystem::exists(path)) {
    std::vector<Problem> problems;
    TableOptions how;
    how.limits = limits(call).tables;
    how.stop = call.stop;
    before = read_confirmations(path, problems, how);
  }
  if (before.empty() ? result.questions.empty() : same_questions(before, result.questions)) {
    if (open > 0) {
      tell(call.language == Language::Zh
               ? fmt::format("{} 中仍有 {} 处待确认", name, open)
               : fmt::format("{} still has {} open questions", name, open));
    }
    return;
  }
  const std::string asked = render(call, confirmation_sheet(result.questions),
                                   path.extension() == ".csv" ? "csv" : "xlsx");
  {
    const auto held = call.hold();
    write_file(path, asked, Overwrite::Yes);
  }
  tell(call.language == Language::Zh
           ? fmt::format("{} 处名称待确认，已写入 {}；请填写 是、否 或 其他 后重新 build", open,
                         name)
           : fmt::format("names to confirm: {}, in {}; answer yes, no or other and build again",
                         open, name));
}

Exit run(const Call& call) {
  const bool edges = call.has("edges");
  const auto paths = inputs(call, edges ? 0 : 1, edges ? 0 : 100'000);
  if (call.has("undirected") && !edges) {
    usage_error("--undirected goes with --edges FILE", "--undirected 须与 --edges 文件 连用");
  }
  const std::filesystem::path output = snapshot_output(call);
  IngestOptions options = ingest_options(call);
  if (call.has("confirm")) {
    if (edges) {
      usage_error("--confirm goes with tables, not with --edges",
                  "--confirm 用于业务表格，不能与 --edges 连用");
    }
    options.confirmations = call.get<std::string>("confirm");
    check_extension(options.confirmations, {"xlsx", "csv"});
  }
  if (call.has("problems")) {
    if (const std::filesystem::path path = call.get<std::string>("problems"); path.has_extension())
      check_extension(path, {"csv", "json", "txt"});
    refuse_existing(call, call.get<std::string>("problems"));
  }
  refuse_saved_mapping(call);
  const IngestResult result = edges ? read_edges(call) : ingest(paths, options);
  tell_ingest(call, result);
  if (call.has("problems")) {
    const auto path = call.get<std::string>("problems");
    const std::string listed = problems_text(call, result, path);
    {
      const auto held = call.hold();
      write_file(path, listed, overwrite(call));
    }
    tell_replaced(call, listed);
    tell(fmt::format("{} {}", call.say("problems are listed in", "问题已列于"), path_text(path)));
  } else if (!result.problems.empty()) {
    tell(edges
             ? call.say("--problems FILE lists them", "--problems 文件 可导出")
             : call.say("`liantu check` with the same files shows each; --problems FILE lists them",
                        "用 `liantu check` 加同样的文件可逐条查看；--problems 文件 可导出"));
  }
  if (call.has("confirm")) {
    write_questions(call, result, options.confirmations);
  } else if (const auto open =
                 std::ranges::count(result.questions, Confirmed::Open, &NameQuestion::answer);
             open > 0) {
    tell(call.language == Language::Zh
             ? fmt::format("有 {} 处名称可能指某家企业；加 --confirm 待确认.xlsx 可逐条确认", open)
             : fmt::format("names that may mean a firm: {}; --confirm FILE.xlsx asks each", open));
  }
  if (call.has("strict") && count_problems(result.problems, Severity::Warning) > 0) {
    throw Error(
        ErrorCode::InvalidData,
        {fmt::format("{} rows, values or files were not used or cannot be right and --strict was "
                     "given; the graph was not written",
                     count_problems(result.problems, Severity::Warning)),
         fmt::format("有 {} 处行、值或文件未采用或有误，且指定了 --strict；未写出图",
                     count_problems(result.problems, Severity::Warning))});
  }
  if (!edges) save_mapping(call, result);
  {
    const auto held = call.hold();
    write_snapshot(result.graph, output, overwrite(call), call.stop);
  }
  tell(fmt::format("{} {}", call.say("wrote", "已写出"), path_text(output)));
  if (call.has("json")) put(summary_json(result, run_info(call, result.graph, result.digests)));
  return Exit::Done;
}

}  // namespace

const Verb& build_verb() {
  static const Verb verb = {"build",
                            {"FOLDER|FILES…", "文件夹|文件…"},
                            {"read tables and write the graph", "读取表格，写出企业关联图"},
                            "liantu build graphs/dadukou -o dadukou.liantu",
                            declare,
                            run};
  return verb;
}

}  // namespace liantu::cli
