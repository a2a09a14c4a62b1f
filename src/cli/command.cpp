#include "cli/command.hpp"

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <map>
#include <set>
#include <sys/ioctl.h>
#include <tuple>
#include <unistd.h>

#include <fmt/format.h>

#include "base/mapped_file.hpp"
#include "cli/progress_bar.hpp"
#include "liantu/base/digest.hpp"
#include "liantu/base/display_width.hpp"
#include "liantu/base/error.hpp"
#include "liantu/base/number.hpp"
#include "liantu/base/utf8.hpp"
#include "liantu/chain/data_date.hpp"
#include "liantu/ingest/factor_table.hpp"
#include "liantu/ingest/fields.hpp"
#include "liantu/report/render.hpp"
#include "liantu/report/svg.hpp"
#include "liantu/tables/read_table.hpp"

namespace liantu::cli {
namespace {

constexpr std::uint64_t kMostJsonBytes = std::uint64_t{16} << 20;
constexpr std::uint64_t kMostModelBytes = std::uint64_t{256} << 20;

// Without the dot; ASCII letters count the same in either case.
std::string extension_of(const std::filesystem::path& path) {
  std::string extension = path.extension().string();
  if (!extension.empty()) extension.erase(0, 1);
  for (char& c : extension) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return extension;
}

// Every file and folder that the command line names to read from.
std::vector<std::filesystem::path> files_read(const Call& call) {
  std::vector<std::filesystem::path> files;
  if (call.has("input")) {
    for (const auto& file : call.get<std::vector<std::string>>("input")) files.emplace_back(file);
  }
  for (const char* option : {"mapping", "policy", "model", "factors", "edges", "train", "test"}) {
    if (call.has(option)) files.emplace_back(call.get<std::string>(option));
  }
  return files;
}

}  // namespace

void usage_error(std::string en, std::string zh) {
  throw Error(ErrorCode::InvalidArgument, {std::move(en), std::move(zh)});
}

std::string pick(Language language, std::string_view en, std::string_view zh) {
  return std::string(language == Language::Zh ? zh : en);
}

void declare_output(po::options_description& options, Language language, const Text& formats) {
  options.add_options()(
      "output,o", po::value<std::string>()->value_name("FILE"),
      pick(language, "where to write; - is standard output", "写到哪里；- 表示标准输出").c_str())(
      "format,f", po::value<std::string>()->value_name("FORMAT"), formats.in(language).c_str())(
      "json", pick(language, "the same as -f json", "等同 -f json").c_str())(
      "overwrite,O", pick(language, "replace an existing file", "允许覆盖已有文件").c_str());
}

void declare_snapshot(po::options_description& options, Language language) {
  options.add_options()(
      "output,o", po::value<std::string>()->value_name("FILE"),
      pick(language, "graph to write, X.liantu (required)", "要写出的图 X.liantu（必填）").c_str())(
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
      pick(language, "anchor firm of the district, by name, part of it or code; may be repeated",
           "本地龙头企业名称（可只写一部分）或代码，可重复")
          .c_str())(
      "weak-coverage", po::value<ShareWords>()->default_value({"0.5"}, "0.5")->value_name("SHARE"),
      pick(language, "coverage below which a segment is weak", "低于此本地可配套率即为弱链")
          .c_str())("min-confidence",
                    po::value<ShareWords>()->default_value({"0.3"}, "0.3")->value_name("SHARE"),
                    pick(language, "needs and makers trusted less are left out",
                         "置信度低于此值的需求和生产企业不计")
                        .c_str())(
      "factors", po::value<std::string>()->value_name("FILE"),
      pick(language,
           "table of output per unit of capital, staff and the like, to estimate outputs with",
           "产值系数表（每单位资本、从业人数等的产值），用于估算未填的产值")
          .c_str());
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

void declare_model(po::options_description& options, Language language) {
  options.add_options()("model", po::value<std::string>()->value_name("FILE"),
                        pick(language, "says how likely links with anchors are (from liantu train)",
                             "给出与龙头企业链接概率的模型（由 liantu train 生成）")
                            .c_str())(
      "force-model",
      pick(language,
           "use a model, too, that does not beat directed L3 or was trained on other "
           "links",
           "即使模型未胜过 directed_l3，或训练链接与本图不同，也照常使用")
          .c_str());
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

std::string output_format(const Call& call, std::string_view fallback,
                          const std::vector<std::string_view>& allowed) {
  std::string format(fallback);
  if (call.has("output") && call.get<std::string>("output") != "-") {
    const std::filesystem::path output = call.get<std::string>("output");
    refuse_existing(call, output);
    if (const std::string extension = extension_of(output); !extension.empty()) {
      format = extension == "txt" ? "table" : extension;
    } else if (!call.has("format") && !call.has("json")) {
      tell(call.language == Language::Zh
               ? fmt::format("{} 没有扩展名，按 {} 格式写出；可用 -f 另行指定", output.string(),
                             format)
               : fmt::format("{} has no extension: written as {}; -f names another format",
                             output.string(), format));
    }
  }
  if (call.has("json")) format = "json";
  if (call.has("format")) {
    format = call.get<std::string>("format");
    if (call.has("json") && format != "json") {
      usage_error(fmt::format("-f {} and --json contradict each other; give one", format),
                  fmt::format("-f {} 与 --json 矛盾；请只写其一", format));
    }
  }
  if (std::ranges::find(allowed, format) != allowed.end()) return format;
  usage_error(
      fmt::format("format \"{}\" is not known here; use {}", format, fmt::join(allowed, " or ")),
      fmt::format("此处不支持格式“{}”；可用 {}", format, fmt::join(allowed, "、")));
}

std::size_t count(const Call& call, const char* name) {
  const auto value = call.get<std::int64_t>(name);
  if (value < 0) {
    usage_error(fmt::format("--{} {}: give 0 or more", name, value),
                fmt::format("--{} {}：应为 0 或更大的整数", name, value));
  }
  return static_cast<std::size_t>(value);
}

void validate(boost::any& value, const std::vector<std::string>& words, ShareWords* /*type*/,
              int /*unused*/) {
  po::validators::check_first_occurrence(value);
  value = ShareWords{po::validators::get_single_string(words)};
}

namespace {

// Nothing when it is no number.
std::optional<double> share_of(const ShareWords& words) {
  std::string text = normalize_width(trim(words.text));
  const bool percent = text.ends_with('%');
  if (percent) text.pop_back();
  const auto number = parse_number(trim(text));
  return number && percent ? std::optional(*number / 100) : number;
}

}  // namespace

double share(const Call& call, const char* name) {
  const auto words = call.get<ShareWords>(name);
  const auto value = share_of(words);
  if (value && *value >= 0 && *value <= 1) return *value;
  usage_error(fmt::format("--{} {}: give a number in [0, 1], such as 0.5 or 50%", name, words.text),
              fmt::format("--{} {}：应为 0 到 1 之间的数，如 0.5 或 50%", name, words.text));
}

RegionCode region(const Call& call, const char* name) {
  if (!call.has(name)) return {};
  const auto text = call.get<std::string>(name);
  if (const auto code = parse_region_code(text)) {
    // Of a street's or a village's code only the district would count.
    if (text.find_first_not_of('0', std::min<std::size_t>(text.size(), 6)) == std::string::npos) {
      return *code;
    }
    const std::string district = code->to_string();
    const std::string full = region_full_name(*code);
    usage_error(fmt::format("--{} {}: this is finer than a district; give the district {} {}", name,
                            text, district, full),
                fmt::format("--{} {}：细于区县；请写区县代码 {} {}", name, text, district, full));
  }
  if (const RegionCode named = find_region(text); named.known()) return named;
  if (const std::vector<RegionCode> several = regions_named(text); several.size() > 1) {
    std::string names;
    for (const RegionCode one : several) {
      names += fmt::format("\n  {} {}", one.to_string(), region_full_name(one));
    }
    usage_error(
        fmt::format("--{} {}: {} divisions have this name; give the code:{}", name, text,
                    several.size(), names),
        fmt::format("--{} {}：有 {} 个同名地区，请写代码：{}", name, text, several.size(), names));
  }
  usage_error(
      fmt::format("--{} {}: this is no region; give 2, 4 or 6 digits or a name, such as "
                  "500104 or 重庆市大渡口区",
                  name, text),
      fmt::format(
          "--{} {}：不是有效的地区；请给出 2、4 或 6 位代码或名称，如 500104 或 重庆市大渡口区",
          name, text));
}

void check_extension(const std::filesystem::path& path,
                     const std::vector<std::string_view>& allowed) {
  if (std::ranges::find(allowed, extension_of(path)) != allowed.end()) return;
  usage_error(
      fmt::format("{}: the name must end in .{}", path.string(), fmt::join(allowed, " or .")),
      fmt::format("{}：文件名应以 .{} 结尾", path.string(), fmt::join(allowed, " 或 .")));
}

void refuse_existing(const Call& call, const std::filesystem::path& output) {
  std::error_code ignored;  // whatever cannot be looked at is refused when it is written
  const std::string name = output.string();
  if (std::filesystem::is_directory(output, ignored)) {
    throw Error(ErrorCode::Io, {fmt::format("{} is a folder; name a file in it", name),
                                fmt::format("{} 是文件夹；请写出其中的文件名", name)});
  }
  if (!std::filesystem::exists(output, ignored)) return;
  for (const std::filesystem::path& input : files_read(call)) {
    // A folder is read whole, the folders in it too.
    const auto at = std::filesystem::relative(output, input, ignored);
    const bool inside = std::filesystem::is_directory(input, ignored) && !at.empty() &&
                        *at.begin() != ".." && is_table(output);
    if (!inside && !std::filesystem::equivalent(input, output, ignored)) continue;
    usage_error(fmt::format("{} is an input; write to another file", name),
                fmt::format("{} 是输入文件；请换一个文件名写出", name));
  }
  if (overwrite(call) == Overwrite::Yes) return;
  throw Error(ErrorCode::Io, {fmt::format("{} exists; use -O to replace it", name),
                              fmt::format("{} 已存在；如要覆盖请加 -O", name)});
}

std::filesystem::path snapshot_output(const Call& call) {
  if (!call.has("output")) {
    usage_error("-o is missing; name the graph to write, such as -o district.liantu",
                "缺少 -o；请指定要写出的图，如 -o district.liantu");
  }
  const std::filesystem::path output = call.get<std::string>("output");
  if (output == "-") {
    usage_error("-o -: a graph is no text; name a file, such as -o district.liantu",
                "-o -：关联图不是文本；请写文件名，如 -o district.liantu");
  }
  if (output.has_extension()) check_extension(output, {"liantu"});
  refuse_existing(call, output);
  return output;
}

void emit(const Call& call, std::string_view content) {
  const std::string output = call.has("output") ? call.get<std::string>("output") : "-";
  if (output != "-") {
    write_file(output, content, overwrite(call));
    tell(fmt::format("{} {}", call.say("wrote", "已写出"), output));
    return;
  }
  if (std::fwrite(content.data(), 1, content.size(), stdout) != content.size() ||
      std::fflush(stdout) != 0) {
    throw Error(ErrorCode::Io, {"cannot write to standard output", "无法写到标准输出"});
  }
}

TableStyle table_style(const Call& call) {
  TableStyle style;
  style.language = call.language;
  const bool to_file = call.has("output") && call.get<std::string>("output") != "-";
  style.width = to_file ? 0 : terminal_width(STDOUT_FILENO);
  style.colour = style.width > 0 && may_escape();
  return style;
}

std::string render(const Call& call, const Sheet& sheet, const std::string& format) {
  return format == "csv" ? render_csv(sheet, call.language)
                         : render_table(sheet, table_style(call));
}

void anchors_in(const EnterpriseGraph& graph, GapOptions& options) {
  for (std::string& words : options.anchors.given) {
    const EntityId firm = graph.entity(firm_named(graph, "--anchor", words));
    const std::string_view code = graph.text(firm, EntityText::Code);
    words = code.empty() ? graph.name(firm) : code;
  }
}

bool nobody_in(const EnterpriseGraph& graph, const Call& call, const GapOptions& options) {
  const District district = complete_district(options.district);
  for (std::uint32_t i = 0; i < graph.size(EntityKind::Firm); ++i) {
    if (standing(graph, FirmId{i}, district) == Standing::Inside) return false;
  }
  const std::string region = district.region.to_string();
  const std::string name = region_full_name(district.region);
  tell(call.language == Language::Zh
           ? fmt::format("liantu：{} {} 内没有企业；请检查地区代码或企业地址", region, name)
           : fmt::format(
                 "liantu: no firm is in {} {}; check the region code, or the firms' addresses",
                 region, name));
  return true;
}

void factors_in(const Call& call, const EnterpriseGraph& graph, GapOptions& options) {
  if (!call.has("factors")) return;
  FactorTable table = read_factor_table(read_table(call.get<std::string>("factors")), graph);
  for (const Problem& problem : table.problems) tell(problem.to_string(call.language));
  options.factors = std::move(table.factors);
}

namespace {

// How alike two names are by the characters they share, in [0, 1].
double likeness(std::u32string_view a, std::u32string_view b) {
  std::u32string left(a);
  std::u32string right(b);
  std::ranges::sort(left);
  std::ranges::sort(right);
  std::u32string common;
  std::ranges::set_intersection(left, right, std::back_inserter(common));
  return 2 * static_cast<double>(common.size()) / static_cast<double>(left.size() + right.size());
}

// `; alike: 甲, 乙`, the names most like the words; nothing when none is like them.
Text guesses(const EnterpriseGraph& graph, EntityKind kind, const std::string& words) {
  constexpr std::size_t kShown = 3;
  constexpr double kAlike = 0.4;
  const std::u32string wanted = to_utf32(words);
  std::vector<std::pair<double, std::uint32_t>> alike;
  for (std::uint32_t i = 0; i < graph.size(kind); ++i) {
    const double score = likeness(wanted, to_utf32(graph.name(graph.entity(kind, i))));
    if (score >= kAlike) alike.emplace_back(-score, i);
  }
  if (alike.empty()) return {};
  std::ranges::sort(alike);
  if (alike.size() > kShown) alike.resize(kShown);
  std::vector<std::string_view> names;
  for (const auto& [score, i] : alike) names.push_back(graph.name(graph.entity(kind, i)));
  return {fmt::format("; alike: {}", fmt::join(names, ", ")),
          fmt::format("；相近的有 {}", fmt::join(names, "、"))};
}

EntityId entity_named(const EnterpriseGraph& graph, EntityKind kind, const char* option,
                      const std::string& words) {
  const bool firm = kind == EntityKind::Firm;
  const std::string_view one = firm ? "firm" : "segment";
  if (trim(words).empty()) {
    usage_error(fmt::format("{} is empty; write a {}'s name, part of it or its code", option, one),
                fmt::format("{} 为空；请写{}（可只写一部分）或{}", option,
                            firm ? "企业名称" : "环节名称", firm ? "信用代码" : "代码"));
  }
  std::vector<EntityId> found = graph.find(kind, words);
  if (found.empty()) {
    // Part of a name is enough when it fits one only.
    for (std::uint32_t i = 0; i < graph.size(kind); ++i) {
      const EntityId entity = graph.entity(kind, i);
      if (graph.name(entity).find(words) != std::string_view::npos) found.push_back(entity);
    }
  }
  if (found.size() == 1) return found.front();
  if (found.empty()) {
    const Text alike = guesses(graph, kind, words);
    throw Error(ErrorCode::NotFound,
                {fmt::format("{}: no {} is called \"{}\"; check the name or write the code{}",
                             option, one, words, alike.en),
                 fmt::format("{}：没有名为“{}”的{}；请核对名称，或写{}{}", option, words,
                             firm ? "企业" : "环节", firm ? "信用代码" : "代码", alike.zh)});
  }
  constexpr std::size_t kShown = 8;
  std::string names;
  for (std::size_t i = 0; i < std::min(found.size(), kShown); ++i) {
    names += fmt::format("\n  {} {}", graph.name(found[i]), graph.text(found[i], EntityText::Code));
  }
  if (found.size() > kShown) names += "\n  …";
  throw Error(ErrorCode::InvalidArgument,
              {fmt::format("{}: \"{}\" fits {} {}s; write more of the name or the code:{}", option,
                           words, found.size(), one, names),
               fmt::format("{}：“{}”对应 {} {}；请写全名称或代码：{}", option, words, found.size(),
                           firm ? "家企业" : "个环节", names)});
}

}  // namespace

FirmId firm_named(const EnterpriseGraph& graph, const char* option, const std::string& words) {
  return FirmId{graph.local(entity_named(graph, EntityKind::Firm, option, words))};
}

SegmentId segment_named(const EnterpriseGraph& graph, const char* option,
                        const std::string& words) {
  return SegmentId{graph.local(entity_named(graph, EntityKind::Segment, option, words))};
}

GapOptions gap_options(const Call& call) {
  GapOptions options;
  if (!call.has("region") && !call.has("each-district")) {
    usage_error("--region is missing; name the district, such as --region 500104",
                "缺少 --region；请指定地区，如 --region 500104");
  }
  if (call.has("region")) options.district.region = region(call, "region");
  options.district.near = region(call, "near");
  options.district.source_outside = region(call, "source-outside");
  if (call.has("anchor")) options.anchors.given = call.get<std::vector<std::string>>("anchor");
  options.weak_coverage = share(call, "weak-coverage");
  options.min_confidence = share(call, "min-confidence");
  options.stop = call.stop;
  return options;
}

Policy policy(const Call& call) {
  if (!call.has("policy")) return default_policy();
  const std::filesystem::path path = call.get<std::string>("policy");
  return parse_policy(read_file(path, kMostJsonBytes), path.filename().string());
}

LearnedRanker learned_ranker(const Call& call) {
  LearnedRanker ranker;
  ranker.force = call.has("force-model");
  if (!call.has("model")) {
    if (ranker.force)
      usage_error("--force-model goes with --model", "--force-model 须与 --model 连用");
    return ranker;
  }
  const std::filesystem::path path = call.get<std::string>("model");
  ranker.file = path.filename().string();
  ranker.model = std::make_shared<const LinkModel>(
      parse_link_model(read_file(path, kMostModelBytes), ranker.file));
  return ranker;
}

void tell_learned(const Call& call, const ProspectList& list) {
  if (!list.learned || list.learned->used) return;
  tell(fmt::format(
      "{}{}", list.learned->remark.in(call.language),
      call.say("; --force-model uses it all the same", "；如仍要使用，请加 --force-model")));
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

std::vector<std::pair<std::string, std::string>> files_behind(
    const Call& call, const std::filesystem::path& snapshot) {
  std::vector<std::pair<std::string, std::string>> files;
  const auto add = [&](const std::filesystem::path& path) {
    files.emplace_back(path.filename().string(), digest(map_file(path).bytes));
  };
  add(snapshot);
  if (call.has("model")) add(call.get<std::string>("model"));
  return files;
}

RunInfo run_info(const Call& call, const EnterpriseGraph& graph,
                 const std::filesystem::path& snapshot) {
  return run_info(call, graph, {{snapshot.filename().string(), digest(map_file(snapshot).bytes)}});
}

RunInfo run_info(const Call& call, const EnterpriseGraph& graph,
                 std::vector<std::pair<std::string, std::string>> inputs) {
  RunInfo run;
  run.version = LIANTU_VERSION;
  run.inputs = std::move(inputs);
  if (call.has("factors")) {
    const std::filesystem::path path = call.get<std::string>("factors");
    run.inputs.emplace_back(path.filename().string(), digest(map_file(path).bytes));
  }
  for (const auto& [name, value] : call.options) {
    // What says where files lie or how they are written makes no difference to what is found.
    constexpr std::string_view kAside[] = {"input", "output", "overwrite", "json",  "format",
                                           "lang",  "data",   "problems",  "stats", "edges",
                                           "train", "test",   "factors"};
    if (std::ranges::find(kAside, name) != std::end(kAside)) continue;
    const boost::any& given = value.value();
    if (const auto* words = boost::any_cast<std::string>(&given)) {
      run.parameters.emplace_back(name, *words);
    } else if (const auto* number = boost::any_cast<double>(&given)) {
      run.parameters.emplace_back(name, *number);
    } else if (const auto* whole = boost::any_cast<std::int64_t>(&given)) {
      run.parameters.emplace_back(name, static_cast<double>(*whole));
    } else if (boost::any_cast<ShareWords>(&given) != nullptr) {
      run.parameters.emplace_back(name, share(call, name.c_str()));
    } else if (const auto* list = boost::any_cast<std::vector<std::string>>(&given)) {
      for (const std::string& one : *list) run.parameters.emplace_back(name, one);
    }
  }
  run.data_date = data_date(graph).to_string();
  return run;
}

std::string with_run(std::string_view dot, const RunInfo& run) {
  return fmt::format("// {}\n{}", printable(run_text(run).en), dot);
}

std::string draw(const Call& call, std::string_view dot, const RunInfo& run) {
  DrawOptions options;
  options.description = printable(run_text(run).in(call.language));
  options.stop = call.stop;
  try {
    return draw_svg(dot, options);
  } catch (const Error& error) {
    // The map asked for is fine; what is missing is the program that writes it.
    if (error.code() != ErrorCode::NotFound) throw;
    throw Error(ErrorCode::Io, error.message());
  }
}

bool may_escape() {
  const char* terminal = std::getenv("TERM");
  return std::getenv("NO_COLOR") == nullptr && terminal != nullptr &&
         std::string_view(terminal) != "dumb";
}

void tell(std::string_view words) { fmt::print(stderr, "{}\n", printable(words, "\n")); }

std::size_t terminal_width(int descriptor) {
  winsize size{};
  if (isatty(descriptor) == 0) return 0;
  if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 80;
}

std::size_t count_problems(const std::vector<Problem>& problems, Severity severity) {
  return static_cast<std::size_t>(std::ranges::count_if(
      problems, [&](const Problem& problem) { return problem.severity >= severity; }));
}

void tell_ingest(const Call& call, const IngestResult& result) {
  Sheet sheet;
  sheet.columns = {{"file", {"file", "文件"}, CellKind::Text, true},
                   {"meaning", {"rows are", "内容"}, CellKind::Text},
                   {"rows", {"rows", "行数"}, CellKind::Number},
                   {"used", {"used", "采用"}, CellKind::Number},
                   {"left_out", {"left out", "未采用"}, CellKind::Number}};
  for (const TableSummary& table : result.tables) {
    const auto known = parse_meaning(table.meaning);
    const std::string meaning = known ? meaning_text(*known).in(call.language)
                                      : std::string(call.say("input-output table", "投入产出表"));
    sheet.rows.push_back({table.file, meaning, static_cast<double>(table.rows),
                          static_cast<double>(table.used), static_cast<double>(table.left_out)});
  }
  TableStyle style;
  style.language = call.language;
  style.width = terminal_width(STDERR_FILENO);
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
          : fmt::format("firms: {} (rows merged: {}), segments: {}, makes: {}, trades: {}, "
                        "requires: {}, supplies: {}",
                        graph.size(EntityKind::Firm), result.firms_merged,
                        graph.size(EntityKind::Segment), relations(RelationKind::Makes),
                        relations(RelationKind::Trades), relations(RelationKind::Requires),
                        relations(RelationKind::Supplies)));
  if (result.scopes_tagged > 0) {
    fmt::print(
        stderr, "{}\n",
        call.language == Language::Zh
            ? fmt::format("由经营范围推断：{} 家企业，主营 {} 条，经销 {} 条", result.scopes_tagged,
                          result.scope_makes, result.scope_trades)
            : fmt::format("inferred from business scopes of firms: {}; makes: {}, trades: {}",
                          result.scopes_tagged, result.scope_makes, result.scope_trades));
  }
  if (result.industries_stated + result.industries_inferred > 0) {
    fmt::print(
        stderr, "{}\n",
        call.language == Language::Zh
            ? fmt::format("归入投入产出部门的企业：按所填行业 {} 家，按名称和经营范围推断 {} 家",
                          result.industries_stated, result.industries_inferred)
            : fmt::format("firms put into sectors by the industry they state: {}, inferred "
                          "from name and scope: {}",
                          result.industries_stated, result.industries_inferred));
  }
  std::map<std::pair<Severity, std::string>, std::size_t> kinds;
  // A row that names two unknown firms is one row.
  using Row = std::tuple<std::string_view, std::string_view, std::string_view, std::uint32_t>;
  std::set<Row> rows;
  for (const Problem& problem : result.problems) {
    const Place& place = problem.place;
    const std::uint32_t number = place.row > 0 ? place.row : place.line;
    const bool counted = problem.severity == Severity::Error && number > 0 &&
                         !rows.emplace(problem.kind, place.file, place.sheet, number).second;
    if (!counted) ++kinds[{problem.severity, problem.kind}];
  }
  for (const Severity severity : {Severity::Error, Severity::Warning, Severity::Note}) {
    std::string line;
    for (const auto& [kind, count] : kinds) {
      if (kind.first != severity) continue;
      line += fmt::format("{}{} {}", line.empty() ? "" : call.say(", ", "、"),
                          problem_kind_text(kind.second).in(call.language), count);
    }
    if (line.empty()) continue;
    const std::string_view head =
        severity == Severity::Error ? call.say("rows left out: ", "未采用的行：")
        : severity == Severity::Warning
            ? call.say("values dropped or impossible: ", "未采用或有误的值：")
            : call.say("notes: ", "提示：");
    fmt::print(stderr, "{}{}\n", head, line);
  }
}

}  // namespace liantu::cli
