#include <fmt/format.h>

#include "base/json_memory.hpp"
#include "cli/command.hpp"
#include "cli/streams.hpp"
#include "liantu/base/error.hpp"
#include "liantu/base/path_text.hpp"
#include "liantu/graph/snapshot.hpp"
#include "liantu/ingest/edges/edge_list.hpp"
#include "liantu/report/render.hpp"

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
      "edges", po::value<std::string>()->value_name("FILE"),
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
  JsonBuffer buffer;
  JsonWriter writer(buffer);
  writer.SetIndent(' ', 2);
  const auto text = [&](std::string_view words) {
    writer.String(words.data(), static_cast<rapidjson::SizeType>(words.size()));
  };
  const auto count = [&](const char* key, std::uint64_t value) {
    writer.Key(key);
    writer.Uint64(value);
  };
  writer.StartObject();
  writer.Key("schema");
  writer.String("liantu.build/1");
  writer.Key("version");
  text(run.version);
  writer.Key("data_date");
  run.data_date.empty() ? writer.Null() : writer.String(run.data_date.c_str());
  writer.Key("inputs");
  writer.StartArray();
  for (const auto& [name, digest] : run.inputs) {
    writer.StartObject();
    writer.Key("name");
    text(name);
    writer.Key("digest");
    text(digest);
    writer.EndObject();
  }
  writer.EndArray();
  writer.Key("tables");
  writer.StartArray();
  for (const TableSummary& table : result.tables) {
    writer.StartObject();
    writer.Key("file");
    text(table.file);
    writer.Key("rows_are");
    text(table.meaning);
    count("rows", table.rows);
    count("used", table.used);
    count("left_out", table.left_out);
    writer.EndObject();
  }
  writer.EndArray();
  writer.Key("entities");
  writer.StartObject();
  for (const EntityKind kind : kEntityKinds) {
    text(entity_word(kind));
    writer.Uint64(result.graph.size(kind));
  }
  writer.EndObject();
  writer.Key("relations");
  writer.StartObject();
  for (const RelationKind kind : kRelationKinds) {
    text(relation_word(kind));
    writer.Uint64(result.graph.relation(kind).size());
  }
  writer.EndObject();
  count("firms_merged", result.firms_merged);
  count("scopes_tagged", result.scopes_tagged);
  count("scope_makes", result.scope_makes);
  count("scope_trades", result.scope_trades);
  count("industries_stated", result.industries_stated);
  count("industries_inferred", result.industries_inferred);
  count("errors", count_problems(result.problems, Severity::Error));
  count("warnings", count_problems(result.problems, Severity::Warning) -
                        count_problems(result.problems, Severity::Error));
  count("notes", result.problems.size() - count_problems(result.problems, Severity::Warning));
  writer.EndObject();
  return std::string(buffer.GetString(), buffer.GetSize()) + "\n";
}

IngestResult read_edges(const Call& call) {
  EdgeListOptions options;
  options.undirected = call.has("undirected");
  const IngestOptions common = ingest_options(call);
  options.stop = common.stop;
  options.progress = common.progress;
  return read_edge_list(call.get<std::string>("edges"), options);
}

Exit run(const Call& call) {
  const bool edges = call.has("edges");
  const auto paths = inputs(call, edges ? 0 : 1, edges ? 0 : 100'000);
  if (call.has("undirected") && !edges) {
    usage_error("--undirected goes with --edges FILE", "--undirected 须与 --edges 文件 连用");
  }
  const std::filesystem::path output = snapshot_output(call);
  if (call.has("problems")) {
    if (const std::filesystem::path path = call.get<std::string>("problems"); path.has_extension())
      check_extension(path, {"csv", "json", "txt"});
    refuse_existing(call, call.get<std::string>("problems"));
  }
  refuse_saved_mapping(call);
  const IngestResult result = edges ? read_edges(call) : ingest(paths, ingest_options(call));
  tell_ingest(call, result);
  if (call.has("problems")) {
    const auto path = call.get<std::string>("problems");
    const std::string listed = problems_text(call, result, path);
    write_file(path, listed, overwrite(call));
    tell_replaced(call, listed);
    tell(fmt::format("{} {}", call.say("problems are listed in", "问题已列于"), path_text(path)));
  } else if (!result.problems.empty()) {
    tell(edges
             ? call.say("--problems FILE lists them", "--problems 文件 可导出")
             : call.say("`liantu check` with the same files shows each; --problems FILE lists them",
                        "用 `liantu check` 加同样的文件可逐条查看；--problems 文件 可导出"));
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
  write_snapshot(result.graph, output, overwrite(call), call.stop);
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
