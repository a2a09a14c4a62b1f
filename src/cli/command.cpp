#include "cli/command.hpp"

#include <algorithm>
#include <cstdio>
#include <map>
#include <sys/ioctl.h>
#include <unistd.h>

#include <fmt/format.h>

#include "cli/progress_bar.hpp"
#include "liantu/base/digest.hpp"
#include "liantu/base/error.hpp"
#include "liantu/report/render.hpp"
#include "liantu/report/svg.hpp"

namespace liantu::cli {
namespace {

constexpr std::uint64_t kMostJsonBytes = std::uint64_t{16} << 20;

std::string latest_date(const EnterpriseGraph& graph) {
  Date latest;
  const auto see = [&](const Provenance& provenance) {
    latest = std::max({latest, provenance.as_of, provenance.since});
  };
  for (std::uint32_t i = 0; i < graph.size(); ++i) see(graph.provenance(EntityId{i}));
  for (const RelationKind kind : kRelationKinds) {
    const Relation relation = graph.relation(kind);
    for (std::uint64_t edge = 0; edge < relation.size(); ++edge) {
      see(relation.provenance(EdgeId{edge}));
    }
  }
  return latest.to_string();
}

}  // namespace

void usage_error(std::string en, std::string zh) {
  throw Error(ErrorCode::InvalidArgument, {std::move(en), std::move(zh)});
}

std::string pick(Language language, std::string_view en, std::string_view zh) {
  return std::string(language == Language::Zh ? zh : en);
}

void declare_output(po::options_description& options, Language language) {
  options.add_options()(
      "output,o", po::value<std::string>()->value_name("FILE"),
      pick(language, "where to write; - is standard output", "写到哪里；- 表示标准输出").c_str())(
      "format,f", po::value<std::string>()->value_name("FORMAT"),
      pick(language, "table, csv or json; default from the file's name",
           "table、csv 或 json；默认看文件名")
          .c_str())("json", pick(language, "the same as -f json", "等同 -f json").c_str())(
      "overwrite,O", pick(language, "replace an existing file", "允许覆盖已有文件").c_str());
}

void declare_district(po::options_description& options, Language language) {
  options.add_options()("region,r", po::value<std::string>()->value_name("CODE"),
                        pick(language, "district examined: GB/T 2260 code or name (required)",
                             "要分析的地区：行政区划代码或名称（必填）")
                            .c_str())(
      "near", po::value<std::string>()->value_name("CODE"),
      pick(language, "where a maker is near enough to buy from (its city)",
           "多近算近：可就近采购的范围（默认所在市）")
          .c_str())("source-outside", po::value<std::string>()->value_name("CODE"),
                    pick(language, "prospects are registered outside it (its province)",
                         "招商对象须注册在此范围之外（默认所在省）")
                        .c_str())(
      "anchor", po::value<std::vector<std::string>>()->value_name("NAME"),
      pick(language, "anchor firm, by name or code; may be repeated", "龙头企业名称或代码，可重复")
          .c_str())(
      "weak-coverage", po::value<double>()->default_value(0.5)->value_name("SHARE"),
      pick(language, "coverage below which a segment is weak", "低于此本地可配套率即为弱链")
          .c_str())(
      "min-confidence", po::value<double>()->default_value(0.3)->value_name("SHARE"),
      pick(language, "needs trusted less are left out", "低于此置信度的需求不计").c_str());
}

void declare_tables(po::options_description& options, Language language) {
  options.add_options()(
      "mapping,m", po::value<std::string>()->value_name("FILE"),
      pick(language, "mapping file for tables of another shape", "映射文件，用于其他形状的表")
          .c_str())("no-scope", pick(language, "do not read products out of business scopes",
                                     "不从经营范围推断产品")
                                    .c_str());
}

void declare_policy(po::options_description& options, Language language) {
  options.add_options()("policy,p", po::value<std::string>()->value_name("FILE"),
                        pick(language, "scorecard (JSON)", "评分政策文件（JSON）").c_str())(
      "top,n", po::value<std::int64_t>()->default_value(20)->value_name("N"),
      pick(language, "rows shown; 0 = all", "显示行数；0 为全部").c_str());
}

std::vector<std::filesystem::path> inputs(const Call& call, std::size_t least, std::size_t most) {
  std::vector<std::filesystem::path> paths;
  if (call.has("input")) {
    for (const std::string& path : call.get<std::vector<std::string>>("input")) {
      paths.emplace_back(path);
    }
  }
  if (paths.size() < least) {
    usage_error("an input file is missing; see --help", "缺少输入文件；见 --help");
  }
  if (paths.size() > most) {
    usage_error(fmt::format("{} is one argument too many; see --help", paths[most].string()),
                fmt::format("多余的参数 {}；见 --help", paths[most].string()));
  }
  return paths;
}

Overwrite overwrite(const Call& call) {
  return call.has("overwrite") ? Overwrite::Yes : Overwrite::No;
}

std::string output_format(const Call& call, std::string_view fallback) {
  if (call.has("format")) return call.get<std::string>("format");
  if (call.has("json")) return "json";
  if (call.has("output")) {
    const std::string extension =
        std::filesystem::path(call.get<std::string>("output")).extension().string();
    if (extension.size() > 1) return extension == ".txt" ? "table" : extension.substr(1);
  }
  return std::string(fallback);
}

std::size_t count(const Call& call, const char* name) {
  const auto value = call.get<std::int64_t>(name);
  if (value < 0) {
    usage_error(fmt::format("--{} {}: give 0 or more", name, value),
                fmt::format("--{} {}：应为 0 或更大的整数", name, value));
  }
  return static_cast<std::size_t>(value);
}

RegionCode region(const Call& call, const char* name) {
  if (!call.has(name)) return {};
  const auto text = call.get<std::string>(name);
  if (const auto code = parse_region_code(text)) return *code;
  if (const RegionCode named = find_region(text); named.known()) return named;
  usage_error(
      fmt::format("--{} {}: this is no region; give 2, 4 or 6 digits or a name, such as "
                  "500104 or 重庆市大渡口区",
                  name, text),
      fmt::format(
          "--{} {}：不是有效的地区；请给出 2、4 或 6 位代码或名称，如 500104 或 重庆市大渡口区",
          name, text));
}

void refuse_existing(const Call& call, const std::filesystem::path& output) {
  if (overwrite(call) == Overwrite::Yes || !std::filesystem::exists(output)) return;
  throw Error(ErrorCode::Io, {fmt::format("{} exists; use -O to replace it", output.string()),
                              fmt::format("{} 已存在；如要覆盖请加 -O", output.string())});
}

void emit(const Call& call, std::string_view content) {
  const std::string output = call.has("output") ? call.get<std::string>("output") : "-";
  if (output != "-") {
    write_file(output, content, overwrite(call));
    fmt::print(stderr, "{} {}\n", call.say("wrote", "已写出"), output);
    return;
  }
  if (std::fwrite(content.data(), 1, content.size(), stdout) != content.size() ||
      std::fflush(stdout) != 0) {
    throw Error(ErrorCode::Io, {"cannot write to standard output", "无法写到标准输出"});
  }
}

std::string render(const Call& call, const Sheet& sheet, const std::string& format) {
  if (format == "csv") return render_csv(sheet, call.language);
  if (format == "table") {
    TableStyle style;
    style.language = call.language;
    style.width = terminal_width();
    style.colour = style.width > 0 && std::getenv("NO_COLOR") == nullptr;
    return render_table(sheet, style);
  }
  usage_error(fmt::format("format \"{}\" is not known here; use table, csv or json", format),
              fmt::format("此处不支持格式“{}”；请用 table、csv 或 json", format));
}

GapOptions gap_options(const Call& call) {
  GapOptions options;
  if (!call.has("region")) {
    usage_error("--region is missing; name the district, such as --region 500104",
                "缺少 --region；请指定地区，如 --region 500104");
  }
  options.district.region = region(call, "region");
  options.district.near = region(call, "near");
  options.district.source_outside = region(call, "source-outside");
  if (call.has("anchor")) options.anchors.given = call.get<std::vector<std::string>>("anchor");
  options.weak_coverage = call.get<double>("weak-coverage");
  options.min_confidence = call.get<double>("min-confidence");
  options.stop = call.stop;
  return options;
}

Policy policy(const Call& call) {
  if (!call.has("policy")) return default_policy();
  const std::filesystem::path path = call.get<std::string>("policy");
  return parse_policy(read_file(path, kMostJsonBytes), path.filename().string());
}

IngestOptions ingest_options(const Call& call) {
  IngestOptions options;
  if (call.has("mapping")) {
    const std::filesystem::path path = call.get<std::string>("mapping");
    options.mapping = parse_mapping(read_file(path, kMostJsonBytes), path.filename().string());
  }
  options.infer_scope = !call.has("no-scope");
  options.stop = call.stop;
  options.progress = progress_bar(call.language);
  return options;
}

RunInfo run_info(const Call& call, const EnterpriseGraph& graph,
                 const std::filesystem::path& snapshot) {
  RunInfo run;
  run.version = LIANTU_VERSION;
  run.inputs.emplace_back(snapshot.filename().string(),
                          digest(read_file(snapshot, std::uint64_t{1} << 40)));
  for (const auto& [name, value] : call.options) {
    if (name == "input" || name == "output" || name == "overwrite" || name == "json" ||
        name == "format" || name == "lang") {
      continue;
    }
    std::string text;
    if (const auto* words = boost::any_cast<std::string>(&value.value())) text = *words;
    if (const auto* number = boost::any_cast<double>(&value.value())) {
      text = fmt::format("{}", *number);
    }
    if (const auto* whole = boost::any_cast<std::int64_t>(&value.value())) {
      text = fmt::format("{}", *whole);
    }
    if (const auto* list = boost::any_cast<std::vector<std::string>>(&value.value())) {
      text = fmt::format("{}", fmt::join(*list, ";"));
    }
    run.parameters.emplace_back(name, text);
  }
  run.data_date = latest_date(graph);
  return run;
}

std::string draw(const Call& call, std::string_view dot) {
  DrawOptions options;
  options.stop = call.stop;
  try {
    return draw_svg(dot, options);
  } catch (const Error& error) {
    // The map asked for is fine; what is missing is the program that writes it.
    if (error.code() != ErrorCode::NotFound) throw;
    throw Error(ErrorCode::Io, error.message());
  }
}

std::size_t terminal_width() {
  winsize size{};
  if (isatty(STDOUT_FILENO) == 0) return 0;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 80;
}

std::size_t count_problems(const std::vector<Problem>& problems, Severity severity) {
  return static_cast<std::size_t>(std::ranges::count_if(
      problems, [&](const Problem& problem) { return problem.severity >= severity; }));
}

void tell_ingest(const Call& call, const IngestResult& result) {
  Sheet sheet;
  sheet.columns = {{"file", {"file", "文件"}, CellKind::Text},
                   {"meaning", {"rows are", "内容"}, CellKind::Text},
                   {"rows", {"rows", "行数"}, CellKind::Number},
                   {"used", {"used", "采用"}, CellKind::Number},
                   {"left_out", {"left out", "未采用"}, CellKind::Number}};
  for (const TableSummary& table : result.tables) {
    sheet.rows.push_back({table.file, table.meaning, static_cast<double>(table.rows),
                          static_cast<double>(table.used), static_cast<double>(table.left_out)});
  }
  TableStyle style;
  style.language = call.language;
  fmt::print(stderr, "{}", render_table(sheet, style));

  const EnterpriseGraph& graph = result.graph;
  const auto relations = [&](RelationKind kind) { return graph.relation(kind).size(); };
  fmt::print(
      stderr, "{}\n",
      call.language == Language::Zh
          ? fmt::format("企业 {} 家（合并 {} 行），环节 {} 个，主营 {}，经销 {}，需要 {}，供货 {}",
                        graph.size(EntityKind::Firm), result.firms_merged,
                        graph.size(EntityKind::Segment), relations(RelationKind::Makes),
                        relations(RelationKind::Trades), relations(RelationKind::Requires),
                        relations(RelationKind::Supplies))
          : fmt::format("{} firms ({} rows merged), {} segments, {} makes, {} trades, {} "
                        "requires, {} supplies",
                        graph.size(EntityKind::Firm), result.firms_merged,
                        graph.size(EntityKind::Segment), relations(RelationKind::Makes),
                        relations(RelationKind::Trades), relations(RelationKind::Requires),
                        relations(RelationKind::Supplies)));
  if (result.scopes_tagged > 0) {
    fmt::print(stderr, "{}\n",
               call.language == Language::Zh
                   ? fmt::format("由经营范围推断：{} 家企业，主营 {} 条，经销 {} 条",
                                 result.scopes_tagged, result.scope_makes, result.scope_trades)
                   : fmt::format("inferred from business scopes: {} firms, {} makes, {} trades",
                                 result.scopes_tagged, result.scope_makes, result.scope_trades));
  }
  std::map<std::pair<Severity, std::string>, std::size_t> kinds;
  for (const Problem& problem : result.problems) ++kinds[{problem.severity, problem.kind}];
  for (const Severity severity : {Severity::Error, Severity::Warning, Severity::Note}) {
    std::string line;
    for (const auto& [kind, count] : kinds) {
      if (kind.first != severity) continue;
      line += fmt::format("{}{} {}", line.empty() ? "" : call.say(", ", "、"),
                          problem_kind_text(kind.second).in(call.language), count);
    }
    if (line.empty()) continue;
    const std::string_view head =
        severity == Severity::Error     ? call.say("rows left out: ", "未采用的行：")
        : severity == Severity::Warning ? call.say("values dropped: ", "未采用的值：")
                                        : call.say("notes: ", "提示：");
    fmt::print(stderr, "{}{}\n", head, line);
  }
}

}  // namespace liantu::cli
