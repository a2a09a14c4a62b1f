#include <filesystem>
#include <tuple>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/streams.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/text/path_text.hpp"
#include "liantu/graph/snapshot.hpp"
#include "liantu/report/drawings/map.hpp"
#include "liantu/report/formats/csv_text.hpp"
#include "liantu/report/formats/table_text.hpp"
#include "liantu/report/gaps/gap_sheet.hpp"
#include "liantu/report/prospects/prospect_sheet.hpp"

namespace liantu::cli {
namespace {

void declare(po::options_description& options, Language language) {
  options.add_options()(
      "output,o", po::value<std::string>()->default_value("liantu-demo")->value_name("FOLDER"),
      pick(language, "folder for the files", "存放结果的文件夹").c_str())(
      "data", po::value<std::string>()->value_name("FOLDER"),
      pick(language, "tables (default: the bundled district)", "表格文件夹（默认随附示例）")
          .c_str())("region,r",
                    po::value<std::string>()->default_value("500104")->value_name("CODE"),
                    pick(language, "district examined", "要分析的地区").c_str())(
      "top,n", po::value<std::int64_t>()->default_value(15)->value_name("N"),
      pick(language, "rows shown", "显示行数").c_str())(
      "json",
      pick(language, "what was found and written, as JSON", "以 JSON 输出结果与文件清单").c_str())(
      "overwrite,O",
      pick(language, "replace existing files of these names", "允许覆盖同名文件").c_str());
}

// Beside the program as it is installed, wherever that is; else in the working folder.
std::filesystem::path data_folder(const Call& call) {
  if (call.has("data")) return call.get<std::string>("data");
  std::error_code ignored;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", ignored);
  for (const std::filesystem::path& graphs :
       {program.parent_path() / LIANTU_DATA_FROM_PROGRAM, std::filesystem::path("graphs")}) {
    if (std::filesystem::is_directory(graphs / "dadukou", ignored)) return graphs / "dadukou";
  }
  throw Error(ErrorCode::NotFound,
              {"the bundled tables were not found; name a folder of tables with --data",
               "找不到随附的表格；请用 --data 指定表格文件夹"});
}

Exit run(const Call& call) {
  std::ignore = inputs(call, 0, 0);
  GapOptions gap_options;
  gap_options.district.region = region(call, "region");
  gap_options.stop = call.stop;
  const auto most = count(call, "top");
  const std::filesystem::path out = call.get<std::string>("output");
  const std::filesystem::path snapshot = out / "graph.liantu";
  for (const char* name : {"prospects.csv", "gaps.csv", "map.svg", "map.dot", "graph.liantu"}) {
    refuse_existing(call, out / name);
  }

  IngestOptions options;
  options.stop = call.stop;
  const IngestResult result = ingest({data_folder(call)}, options);
  tell_ingest(call, result);
  const GapReport report = find_gaps(result.graph, gap_options);
  ProspectOptions prospect_options;
  prospect_options.stop = call.stop;
  const ProspectList list = rank_prospects(result.graph, report, prospect_options);
  MapOptions map;
  map.language = call.language;
  const std::string dot = map_dot(result.graph, report, list, map);
  const RunInfo run = run_info(call, result.graph, result.digests);
  const std::string svg = draw(call, dot, run);

  make_folder(out);
  {
    const auto held = call.hold();
    write_snapshot(result.graph, snapshot, overwrite(call), call.stop);
  }
  SheetOptions brief;
  brief.language = call.language;
  brief.most = most;
  brief.brief = true;
  SheetOptions full;
  full.language = call.language;
  const auto csv = [&](Sheet sheet) {
    sheet.notes.push_back(run_text(run));
    return render_csv(sheet, call.language);
  };
  Sheet files;
  files.title = {"files", "文件"};
  files.columns = {{"file", {"file", "文件"}, CellKind::Text, true},
                   {"what", {"what it is", "内容"}, CellKind::Text}};
  const auto write = [&](const char* name, const std::string& content, std::string_view en,
                         std::string_view zh) {
    if (!content.empty()) {
      const auto held = call.hold();
      write_file(out / name, content, overwrite(call));
    }
    tell_replaced(call, content);
    files.rows.push_back({path_text(out / name), std::string(call.say(en, zh))});
  };
  write("prospects.csv", csv(prospect_sheet(result.graph, report, list, full)),
        "the prospect list in full", "潜在招商对象清单（完整）");
  write("gaps.csv", csv(gap_sheet(result.graph, report, full)), "the gaps in full",
        "产业链缺口清单（完整）");
  write("map.svg", svg, "the map", "产业链图");
  write("map.dot", with_run(dot, run), "the map for Graphviz", "产业链图（Graphviz）");
  write("graph.liantu", {}, "the graph: give it to gaps, rank, explain and map",
        "企业关联图，供 gaps、rank、explain、map 使用");
  const std::pair<std::string, Sheet> sheets[] = {
      {"gaps", gap_sheet(result.graph, report, brief)},
      {"prospects", prospect_sheet(result.graph, report, list, brief)},
      {"files", files}};
  if (call.has("json")) {
    put(sheets_json("liantu.demo/1", {std::begin(sheets), std::end(sheets)}, run));
    return Exit::Done;
  }
  for (const auto& [name, sheet] : sheets) {
    put("\n" + render_table(sheet, table_style(call)));
  }
  return Exit::Done;
}

}  // namespace

const Verb& demo_verb() {
  static const Verb verb = {
      "demo", {"", ""}, {"the whole job on the bundled district", "用随附示例演示全过程"},
      "",     declare,  run};
  return verb;
}

}  // namespace liantu::cli
