#include <filesystem>
#include <tuple>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "liantu/base/error.hpp"
#include "liantu/graph/snapshot.hpp"
#include "liantu/report/dot.hpp"
#include "liantu/report/render.hpp"
#include "liantu/report/sheets.hpp"

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
      pick(language, "rows shown", "显示行数").c_str());
}

std::filesystem::path data_folder(const Call& call) {
  if (call.has("data")) return call.get<std::string>("data");
  for (const char* folder : {"graphs/dadukou", LIANTU_DATA_FOLDER "/dadukou"}) {
    if (std::filesystem::is_directory(folder)) return folder;
  }
  throw Error(ErrorCode::NotFound, {"the bundled tables were not found; name them with --data",
                                    "找不到随附的表格；请用 --data 指定"});
}

Exit run(const Call& call) {
  std::ignore = inputs(call, 0, 0);
  GapOptions gap_options;
  gap_options.district.region = region(call, "region");
  gap_options.stop = call.stop;
  const std::filesystem::path out = call.get<std::string>("output");
  std::error_code error;
  std::filesystem::create_directories(out, error);
  if (error) {
    throw Error(ErrorCode::Io,
                {fmt::format("{}: cannot make the folder ({})", out.string(), error.message()),
                 fmt::format("{}：无法建立文件夹（{}）", out.string(), error.message())});
  }
  IngestOptions options;
  options.stop = call.stop;
  const IngestResult result = ingest({data_folder(call)}, options);
  tell_ingest(call, result);
  write_snapshot(result.graph, out / "graph.liantu", Overwrite::Yes);

  const GapReport report = find_gaps(result.graph, gap_options);
  ProspectOptions prospect_options;
  prospect_options.stop = call.stop;
  const ProspectList list = rank_prospects(result.graph, report, prospect_options);

  const auto most = count(call, "top");
  SheetOptions brief;
  brief.language = call.language;
  brief.most = most;
  brief.brief = true;
  SheetOptions full;
  full.language = call.language;
  fmt::print("\n{}\n", render(call, gap_sheet(result.graph, report, brief), "table"));
  fmt::print("{}\n", render(call, prospect_sheet(result.graph, report, list, brief), "table"));

  MapOptions map;
  map.language = call.language;
  const std::string dot = map_dot(result.graph, report, list, map);
  write_file(out / "gaps.csv", render_csv(gap_sheet(result.graph, report, full), call.language),
             Overwrite::Yes);
  write_file(out / "prospects.csv",
             render_csv(prospect_sheet(result.graph, report, list, full), call.language),
             Overwrite::Yes);
  write_file(out / "map.dot", dot, Overwrite::Yes);
  write_file(out / "map.svg", draw(call, dot), Overwrite::Yes);
  fmt::print("{}\n", call.say("files:", "文件："));
  for (const char* name : {"prospects.csv", "gaps.csv", "map.svg", "map.dot", "graph.liantu"}) {
    fmt::print("  {}\n", (out / name).string());
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
