#include "cli/command.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <sys/ioctl.h>
#include <tuple>
#include <unistd.h>

#include <fmt/format.h>

#include "base/text/ascii.hpp"
#include "base/text/excerpt.hpp"
#include "chain/firms/no_firm_in.hpp"
#include "cli/limits.hpp"
#include "cli/progress_bar.hpp"
#include "cli/streams.hpp"
#include "liantu/base/files/digest.hpp"
#include "liantu/base/files/file_kind.hpp"
#include "liantu/base/files/output_mark.hpp"
#include "liantu/base/regions/region_history.hpp"
#include "liantu/base/text/display_width.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/text/number.hpp"
#include "liantu/base/text/path_text.hpp"
#include "liantu/base/text/unwritable.hpp"
#include "liantu/base/text/utf8.hpp"
#include "liantu/chain/firms/data_date.hpp"
#include "liantu/graph/snapshot.hpp"
#include "liantu/graph/views/name_search.hpp"
#include "liantu/ingest/cells/factor_table.hpp"
#include "liantu/ingest/cells/fields.hpp"
#include "liantu/report/data/problem_sheet.hpp"
#include "liantu/report/formats/csv_text.hpp"
#include "liantu/report/formats/markdown.hpp"
#include "liantu/report/formats/picture.hpp"
#include "liantu/report/formats/svg.hpp"
#include "liantu/report/formats/table_text.hpp"
#include "liantu/tables/read_table.hpp"

namespace liantu::cli {
namespace {

// Without the dot; ASCII letters count the same in either case.
std::string extension_of(const std::filesystem::path& path) {
  std::string extension = path.extension().string();
  if (!extension.empty()) extension.erase(0, 1);
  return lower_ascii(std::move(extension));
}

// Every file and folder that the command line names to read from.
std::vector<std::filesystem::path> files_read(const Call& call) {
  std::vector<std::filesystem::path> files;
  if (call.has("input")) {
    for (const auto& file : call.get<std::vector<std::string>>("input")) files.emplace_back(file);
  }
  for (const char* option :
       {"mapping", "policy", "model", "factors", "edges", "train", "test", "data", "keep", "scheme",
        "sites", "needs", "scorecard", "rubric", "ledger", "list", "graph-before", "graph-after"}) {
    if (call.has(option)) files.emplace_back(call.get<std::string>(option));
  }
  if (call.has("rules")) {
    for (const auto& file : call.get<std::vector<std::string>>("rules")) files.emplace_back(file);
  }
  return files;
}

// Whether two names lead to one file, be it there already or not.
bool same_file(const std::filesystem::path& one, const std::filesystem::path& other) {
  std::error_code ignored;
  if (std::filesystem::equivalent(one, other, ignored)) return true;
  const auto real = [&](const std::filesystem::path& path) {
    return std::filesystem::weakly_canonical(std::filesystem::absolute(file_behind(path)), ignored);
  };
  return real(one) == real(other);
}

// An error of usage when two options name one file to write to.
void refuse_sharing(const Call& call) {
  std::vector<std::pair<const char*, std::filesystem::path>> written;
  for (const char* option : {"output", "problems", "save-mapping"}) {
    if (!call.has(option) || call.get<std::string>(option) == "-") continue;
    const std::filesystem::path file = call.get<std::string>(option);
    for (const auto& [other, earlier] : written) {
      if (!same_file(file, earlier)) continue;
      usage_error(
          fmt::format("--{} and --{} both name {}; name two files", other, option, file.string()),
          fmt::format("--{} 与 --{} 指向同一个文件 {}；请写两个文件名", other, option,
                      file.string()));
    }
    written.emplace_back(option, file);
  }
}

}  // namespace

void usage_error(std::string en, std::string zh) {
  throw Error(ErrorCode::InvalidArgument, {std::move(en), std::move(zh)});
}

std::string pick(Language language, std::string_view en, std::string_view zh) {
  return std::string(language == Language::Zh ? zh : en);
}

namespace {

// `table, csv or json`.
std::string one_of(const std::vector<std::string_view>& names, Language language) {
  std::string list;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const bool last = i > 0 && i + 1 == names.size();
    if (i > 0 && language == Language::Zh) list += last ? " 或 " : "、";
    if (i > 0 && language == Language::En) list += last ? " or " : ", ";
    list += names[i];
  }
  return list;
}

}  // namespace

void declare_output(po::options_description& options, Language language,
                    const std::vector<Content>& contents) {
  const std::string formats = one_of(format_names(contents), language) +
                              pick(language, "; default from the file's name", "；默认看文件名");
  options.add_options()(
      "output,o", po::value<std::string>()->value_name("FILE"),
      pick(language, "where to write; - is standard output", "写到哪里；- 表示标准输出").c_str())(
      "format,f", po::value<std::string>()->value_name("FORMAT"), formats.c_str())(
      "json", pick(language, "the same as -f json", "等同 -f json").c_str())(
      "overwrite,O", pick(language, "replace an existing file", "允许覆盖已有文件").c_str());
  const auto names = format_names(contents);
  if (std::ranges::find(names, "png") == names.end()) return;
  options.add_options()(
      "dpi", po::value<std::int64_t>()->default_value(144)->value_name("N"),
      pick(language, "dots per inch of a PNG; 10 to 1200", "PNG 图片每英寸的点数，10 到 1200")
          .c_str());
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
           "视为邻近、可就近采购的范围（默认所在市）")
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
          .c_str())("header-row", po::value<std::int64_t>()->value_name("N"),
                    pick(language, "row of the headings; it is looked for when not given",
                         "列名所在的行；不写则自动寻找")
                        .c_str())(
      "unit", po::value<std::string>()->value_name("UNIT"),
      pick(language, "unit of amounts whose heading has none, as tables write it",
           "列名未写单位的金额所用的单位，如 万元")
          .c_str())("input-format", po::value<std::string>()->value_name("FORMAT"),
                    pick(language, "what standard input (-) holds, as `liantu formats` names it",
                         "标准输入（-）的格式，名称见 liantu formats")
                        .c_str())("hidden",
                                  pick(language, "read hidden sheets and rows of workbooks, too",
                                       "一并读取工作簿中隐藏的工作表和行")
                                      .c_str())(
      "known-firms-only",
      pick(language, "leave out purchases from suppliers that no table of firms has",
           "企业表中没有供应商的采购行不予采用")
          .c_str())("no-scope", pick(language, "do not read products out of business scopes",
                                     "不从经营范围推断产品")
                                    .c_str());
}

void declare_saved_mapping(po::options_description& options, Language language) {
  options.add_options()("save-mapping", po::value<std::string>()->value_name("FILE"),
                        pick(language, "save how the tables were understood, for --mapping",
                             "把识别出的列与字段的对应存为映射文件，供 --mapping 沿用")
                            .c_str());
}

void declare_choice(po::options_description& options, Language language) {
  options.add_options()(
      "kind", po::value<std::vector<std::string>>()->value_name("KIND"),
      pick(language,
           "only gaps of this kind, be it the first listed or another: missing, weak, hidden, "
           "extension, open (made here by firms of unknown size); may be repeated",
           "只列属于此类的缺口（兼属几类的也算）：缺链、弱链、隐性缺口、延链、规模不明；可重复")
          .c_str())("segment", po::value<std::vector<std::string>>()->value_name("NAME"),
                    pick(language,
                         "only gaps in this segment or what is part of it, by name or part of it; "
                         "may be repeated",
                         "只列此环节及其下级的缺口（名称可只写一部分）；可重复")
                        .c_str())(
      "chain", po::value<std::vector<std::string>>()->value_name("NAME"),
      pick(language, "only gaps in this industry chain; may be repeated",
           "只列此产业链的缺口；可重复")
          .c_str())("from-region", po::value<std::string>()->value_name("CODE"),
                    pick(language, "only firms registered there, or what they could fill",
                         "只列注册在此地的企业，或其可补的缺口")
                        .c_str());
}

void declare_rules(po::options_description& options, Language language) {
  options.add_options()("rules", po::value<std::vector<std::string>>()->value_name("FILE"),
                        pick(language,
                             "rules that keep firms off the list, beside those of the scorecard "
                             "(JSON); may be repeated",
                             "筛除规则文件（JSON），加在评分政策之外；可重复")
                            .c_str());
}

void declare_policy(po::options_description& options, Language language) {
  declare_rules(options, language);
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
           "use the model even if it does not beat directed_l3 or was trained on other links",
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
    usage_error(fmt::format("{} is one argument too many; see --help", path_text(paths[most])),
                fmt::format("多余的参数 {}；见 --help", path_text(paths[most])));
  }
  return paths;
}

Overwrite overwrite(const Call& call) {
  return call.has("overwrite") ? Overwrite::Yes : Overwrite::No;
}

std::string output_format(const Call& call, std::string_view fallback,
                          const std::vector<Content>& contents) {
  std::string asked(fallback);
  const bool to_file = call.has("output") && call.get<std::string>("output") != "-";
  if (to_file) {
    const std::filesystem::path output = call.get<std::string>("output");
    refuse_existing(call, output);
    if (const std::string extension = extension_of(output); !extension.empty()) {
      asked = extension;
    } else if (!call.has("format") && !call.has("json")) {
      tell(call.language == Language::Zh
               ? fmt::format("{} 没有扩展名，按 {} 格式写出；可用 -f 另行指定", path_text(output),
                             asked)
               : fmt::format("{} has no extension: written as {}; -f names another format",
                             path_text(output), asked));
    }
  }
  if (call.has("json")) asked = "json";
  if (call.has("format")) {
    asked = call.get<std::string>("format");
    if (call.has("json") && asked != "json") {
      usage_error(fmt::format("-f {} and --json contradict each other; give one", asked),
                  fmt::format("-f {} 与 --json 矛盾；请只写其一", asked));
    }
  }
  for (const Content content : contents) {
    const std::optional<OutputFormat> format = liantu::output_format(asked, content);
    if (!format) continue;
    if (format->binary && !to_file && terminal_width(STDOUT_FILENO) > 0) {
      usage_error(fmt::format("{} is not for the terminal; name a file, such as -o list.{}",
                              format->name, format->extensions.front()),
                  fmt::format("{} 不能显示在终端；请写文件名，如 -o 清单.{}", format->name,
                              format->extensions.front()));
    }
    if (call.has("dpi") && call.given("dpi") && format->name != "png") {
      usage_error(fmt::format("--dpi goes with png; {} has no dots", format->name),
                  fmt::format("--dpi 只用于 png；{} 不以点计", format->name));
    }
    return std::string(format->name);
  }
  const std::vector<std::string_view> names = format_names(contents);
  usage_error(
      fmt::format("format \"{}\" is not known here; use {}", excerpt(asked),
                  one_of(names, Language::En)),
      fmt::format("此处不支持格式“{}”；可用 {}", excerpt(asked), one_of(names, Language::Zh)));
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

// Nothing when it is not a number.
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
  return call.has(name) ? region_named(name, call.get<std::string>(name)) : RegionCode();
}

RegionCode region_named(const char* name, const std::string& text) {
  if (const auto code = parse_region_code(text)) {
    // Of a street's or a village's code only the district would count.
    if (text.find_first_not_of('0', std::min<std::size_t>(text.size(), 6)) == std::string::npos) {
      // A former code leads to what it is now; one that no division ever had is told further on.
      const RegionCode now = region_now(*code);
      return now.known() ? now : *code;
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
      fmt::format("--{} {}: this is not a region; give 2, 4 or 6 digits or a name, such as "
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
      fmt::format("{}: the name must end in .{}", path_text(path), fmt::join(allowed, " or .")),
      fmt::format("{}：文件名应以 .{} 结尾", path_text(path), fmt::join(allowed, " 或 .")));
}

void refuse_existing(const Call& call, const std::filesystem::path& output) {
  std::error_code ignored;  // whatever cannot be looked at is refused when it is written
  const std::string name = path_text(output);
  refuse_sharing(call);
  if (std::filesystem::is_directory(output, ignored)) {
    throw Error(ErrorCode::Io, {fmt::format("{} is a folder; name a file in it", name),
                                fmt::format("{} 是文件夹；请写出其中的文件名", name)});
  }
  // A link that points at nothing yet is a file that is there.
  if (!std::filesystem::exists(std::filesystem::symlink_status(output, ignored))) return;
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
    usage_error("-o -: a graph is not text; name a file, such as -o district.liantu",
                "-o -：关联图不是文本；请写文件名，如 -o district.liantu");
  }
  if (output.has_extension()) check_extension(output, {"liantu"});
  refuse_existing(call, output);
  return output;
}

void tell_replaced(const Call& call, std::string_view content) {
  // Workbooks and pictures hold every kind of byte, by chance those of U+FFFD too.
  if (find_invalid_utf8(content)) return;
  const std::size_t count = count_replaced(content);
  if (count > 0) tell(replaced_text(count).in(call.language));
}

void emit(const Call& call, std::string_view content) {
  const std::string output = call.has("output") ? call.get<std::string>("output") : "-";
  if (output != "-") {
    {
      const auto held = call.hold();
      write_file(output, std::span(&content, 1), overwrite(call), call.stop);
    }
    tell(fmt::format("{} {}", call.say("wrote", "已写出"), path_text(output)));
  } else {
    put(content);
  }
  tell_replaced(call, content);
}

TableStyle table_style(const Call& call) {
  TableStyle style;
  style.language = call.language;
  style.stop = call.stop;
  const bool to_file = call.has("output") && call.get<std::string>("output") != "-";
  style.width = to_file ? 0 : terminal_width(STDOUT_FILENO);
  style.colour = style.width > 0 && may_escape();
  return style;
}

std::string render(const Call& call, Sheet sheet, std::string_view format) {
  std::vector<Sheet> sheets;
  sheets.push_back(std::move(sheet));
  return render(call, std::move(sheets), format);
}

std::string render(const Call& call, std::vector<Sheet> sheets, std::string_view format) {
  return liantu::output_format(format).sheets(std::move(sheets), table_style(call));
}

SheetForm sheet_form(std::string_view format) { return liantu::output_format(format).form; }

std::string render_list(const Call& call, const std::function<Sheet(const SheetOptions&)>& make,
                        SheetOptions options, const RunInfo& run, std::string_view format) {
  options.brief = sheet_form(format) != SheetForm::Rows;
  options.stop = call.stop;
  std::vector<Sheet> sheets = {make(options)};
  if (sheet_form(format) == SheetForm::Workbook) {
    options.brief = false;
    sheets.push_back(make(options));
    sheets.back().title = {"all columns", "全部列"};
  }
  for (Sheet& sheet : sheets) sheet.notes.push_back(run_text(run));
  return render(call, std::move(sheets), format);
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
  const Text words = no_firm_in(district.region);
  tell(call.say("liantu: " + words.en, "liantu：" + words.zh));
  return true;
}

void factors_in(const Call& call, const EnterpriseGraph& graph, GapOptions& options) {
  if (!call.has("factors")) return;
  const std::filesystem::path path = call.get<std::string>("factors");
  TableOptions how;
  how.limits = limits(call).tables;
  how.stop = call.stop;
  // An extension that is no table's is refused before the file is read.
  TableBytes bytes =
      is_table(path)
          ? table_bytes(
                path, {},
                call.files->read(path, how.limits.file_bytes, call.stop, "file_bytes").bytes, how)
          : read_table_bytes(path, {}, how);
  const Table read = parse_table(std::move(bytes), how);
  refuse_output(read.file(), is_output(read));
  FactorTable table = read_factor_table(read, graph);
  for (const Problem& problem : table.problems) tell(problem.to_string(call.language));
  options.factors = std::move(table.factors);
}

namespace {

// `; alike: 甲, 乙`, the names most like the words; nothing when none is like them.
Text guesses(const EnterpriseGraph& graph, EntityKind kind, const std::string& words) {
  std::vector<std::string> names;
  for (const EntityId one : names_alike(graph, kind, words)) {
    names.push_back(excerpt(graph.name(one)));
  }
  if (names.empty()) return {};
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
  // Part of a name is enough when it fits one only.
  const std::vector<EntityId> found = search_names(graph, kind, words);
  if (found.size() == 1) return found.front();
  if (found.empty()) {
    const Text alike = guesses(graph, kind, words);
    throw Error(ErrorCode::NotFound,
                {fmt::format("{}: no {} is called \"{}\"; check the name or write the code{}",
                             option, one, excerpt(words), alike.en),
                 fmt::format("{}：没有名为“{}”的{}；请核对名称，或写{}{}", option, excerpt(words),
                             firm ? "企业" : "环节", firm ? "信用代码" : "代码", alike.zh)});
  }
  constexpr std::size_t kShown = 8;
  std::string names;
  for (std::size_t i = 0; i < std::min(found.size(), kShown); ++i) {
    names += fmt::format("\n  {} {}", excerpt(graph.name(found[i])),
                         graph.text(found[i], EntityText::Code));
  }
  if (found.size() > kShown) names += "\n  …";
  throw Error(ErrorCode::InvalidArgument,
              {fmt::format("{}: \"{}\" fits {} {}s; write more of the name or the code:{}", option,
                           excerpt(words), found.size(), one, names),
               fmt::format("{}：“{}”对应 {} {}；请写全名称或代码：{}", option, excerpt(words),
                           found.size(), firm ? "家企业" : "个环节", names)});
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

namespace {

std::vector<GapKind> kinds(const Call& call) {
  constexpr GapKind kAll[] = {GapKind::Missing, GapKind::Weak, GapKind::Hidden, GapKind::Extension,
                              GapKind::Open};
  std::vector<GapKind> result;
  if (!call.has("kind")) return result;
  for (const std::string& word : call.get<std::vector<std::string>>("kind")) {
    const auto found = std::ranges::find_if(kAll, [&](GapKind kind) {
      return word == gap_word(kind) || word == gap_text(kind).zh ||
             (kind == GapKind::Open && word == "规模不明");
    });
    if (found == std::end(kAll)) {
      usage_error(fmt::format("--kind {}: give missing, weak, hidden, extension or open", word),
                  fmt::format("--kind {}：应为 缺链、弱链、隐性缺口、延链 或 规模不明", word));
    }
    result.push_back(*found);
  }
  return result;
}

}  // namespace

GapQuery chosen_gaps(const Call& call, const EnterpriseGraph& graph) {
  GapQuery query;
  query.kinds = kinds(call);
  for (const char* option : {"segment", "chain"}) {
    if (!call.has(option)) continue;
    for (const std::string& words : call.get<std::vector<std::string>>(option)) {
      const SegmentId segment = segment_named(
          graph, option == std::string_view("chain") ? "--chain" : "--segment", words);
      const std::string_view name = graph.name(graph.entity(segment));
      const bool chain = graph.text(graph.entity(segment), EntityText::Type) == "chain";
      if (option == std::string_view("chain") && !chain) {
        usage_error(fmt::format("--chain {}: {} is a segment and no chain; write --segment {}",
                                words, name, words),
                    fmt::format("--chain {}：{} 是环节而非产业链；请改用 --segment {}", words, name,
                                words));
      }
      query.asked.push_back(segment);
    }
  }
  query.within = segments_within(graph, query.asked);
  return query;
}

GapReport only_chosen(const Call& call, const EnterpriseGraph& graph, GapReport report) {
  const GapQuery query = chosen_gaps(call, graph);
  if (query == GapQuery()) return report;
  const GapSelection selection = select_gaps(report, query);
  if (selection.places.empty() && !report.gaps.empty()) {
    tell(call.say("liantu: no gap matches --kind, --segment or --chain",
                  "liantu：没有符合 --kind、--segment 或 --chain 的缺口"));
  }
  return keep_chosen(std::move(report), selection);
}

Policy policy(const Call& call) {
  const auto read = [&](const std::filesystem::path& path, const std::string& file) {
    const std::string& text =
        call.files->read(path, limits(call).json_bytes, call.stop, "json_bytes").bytes;
    refuse_other_kinds(text, file, {FileKind::Text, FileKind::Json});
    return text;
  };
  Policy policy = default_policy();
  if (call.has("policy")) {
    const std::filesystem::path path = call.get<std::string>("policy");
    const std::string file = path_text(path.filename());
    policy = parse_policy(read(path, file), file);
  }
  if (call.has("rules")) {
    for (const std::string& words : call.get<std::vector<std::string>>("rules")) {
      const std::filesystem::path path = words;
      const std::string file = path_text(path.filename());
      for (ScreeningRule& screen : parse_rules(read(path, file), file)) {
        policy.screens.push_back(std::move(screen));
      }
    }
  }
  return policy;
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
  ranker.file = path_text(path.filename());
  const std::string& text =
      call.files->read(path, limits(call).model_bytes, call.stop, "model_bytes").bytes;
  refuse_other_kinds(text, ranker.file, {FileKind::Text, FileKind::Json, FileKind::Model});
  ranker.model = std::make_shared<const LinkModel>(parse_link_model(text, ranker.file));
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
    const std::string& text =
        call.files->read(path, limits(call).json_bytes, call.stop, "json_bytes").bytes;
    const std::string file = path_text(path.filename());
    refuse_other_kinds(text, file, {FileKind::Text, FileKind::Json});
    options.mapping = parse_mapping(text, file);
  }
  options.infer_scope = !call.has("no-scope");
  if (call.has("known-firms-only")) options.unknown_suppliers = UnknownSuppliers::AreReported;
  if (call.has("hidden")) options.hidden = Hidden::Read;
  if (call.has("input-format")) options.input_format = call.get<std::string>("input-format");
  if (call.has("header-row")) {
    const auto row = call.get<std::int64_t>("header-row");
    if (row < 1 || row > 1'048'576) {
      usage_error(fmt::format("--header-row {}: give a row from 1 to 1048576", row),
                  fmt::format("--header-row {}：应为 1 到 1048576 的行号", row));
    }
    options.header_row = static_cast<std::uint32_t>(row);
  }
  if (call.has("unit")) {
    options.unit = call.get<std::string>("unit");
    const auto unit = read_money_unit(options.unit);
    if (!unit || !unit->currency.empty()) {
      usage_error(
          fmt::format("--unit {}: give a unit of yuan, such as 元, 万元 or 亿元", options.unit),
          fmt::format("--unit {}：应为人民币单位，如 元、万元、亿元", options.unit));
    }
  }
  options.limits = limits(call).tables;
  options.stop = call.stop;
  options.progress = progress_bar(call.language);
  return options;
}

const InputFiles::File& InputFiles::read(const std::filesystem::path& path, std::uint64_t max_bytes,
                                         const std::stop_token& stop, std::string_view limit) {
  const auto known = files_.find(path);
  if (known != files_.end()) return known->second;
  File file;
  file.bytes = read_file(path, max_bytes, stop, limit);
  file.digest = digest(file.bytes);
  return files_.emplace(path, std::move(file)).first->second;
}

std::vector<std::pair<std::string, std::string>> files_behind(
    const Call& call, const EnterpriseGraph& graph, const std::filesystem::path& snapshot) {
  std::vector<std::pair<std::string, std::string>> files;
  files.emplace_back(path_text(snapshot.filename()), snapshot_digest(graph));
  if (call.has("model")) {
    const std::filesystem::path path = call.get<std::string>("model");
    files.emplace_back(
        path_text(path.filename()),
        call.files->read(path, limits(call).model_bytes, call.stop, "model_bytes").digest);
  }
  return files;
}

RunInfo run_info(const Call& call, const EnterpriseGraph& graph,
                 const std::filesystem::path& snapshot) {
  return run_info(call, graph, {{path_text(snapshot.filename()), snapshot_digest(graph)}});
}

RunInfo run_info(const Call& call, const EnterpriseGraph& graph,
                 std::vector<std::pair<std::string, std::string>> inputs) {
  RunInfo run;
  run.version = LIANTU_VERSION;
  run.inputs = std::move(inputs);
  for (const char* option :
       {"factors", "policy", "mapping", "scheme", "sites", "needs", "scorecard"}) {
    if (!call.has(option)) continue;
    const std::filesystem::path path = call.get<std::string>(option);
    run.inputs.emplace_back(
        path_text(path.filename()),
        call.files->read(path, limits(call).tables.file_bytes, call.stop, "file_bytes").digest);
  }
  if (call.has("rules")) {
    for (const std::string& words : call.get<std::vector<std::string>>("rules")) {
      const std::filesystem::path path = words;
      run.inputs.emplace_back(
          path_text(path.filename()),
          call.files->read(path, limits(call).tables.file_bytes, call.stop, "file_bytes").digest);
    }
  }
  for (const auto& [name, value] : call.options) {
    // What says where files lie or how they are written makes no difference to what is found.
    constexpr std::string_view kAside[] = {
        "input",   "output",   "overwrite", "json",      "format",       "lang",
        "data",    "problems", "stats",     "edges",     "train",        "test",
        "factors", "policy",   "mapping",   "limit",     "save-mapping", "rules",
        "scheme",  "sites",    "needs",     "scorecard", "dpi"};
    if (std::ranges::find(kAside, name) != std::end(kAside)) continue;
    const boost::any& given = value.value();
    if (const auto* words = boost::any_cast<std::string>(&given)) {
      // Where a model lies is the machine's business; its digest stands among the inputs.
      const bool is_file = name == "model" || name == "ledger" || name == "list";
      run.parameters.emplace_back(
          name, is_file ? path_text(std::filesystem::path(*words).filename()) : path_text(*words));
    } else if (const auto* number = boost::any_cast<double>(&given)) {
      run.parameters.emplace_back(name, *number);
    } else if (const auto* whole = boost::any_cast<std::int64_t>(&given)) {
      run.parameters.emplace_back(name, static_cast<double>(*whole));
    } else if (boost::any_cast<ShareWords>(&given) != nullptr) {
      run.parameters.emplace_back(name, share(call, name.c_str()));
    } else if (const auto* list = boost::any_cast<std::vector<std::string>>(&given)) {
      for (const std::string& one : *list) run.parameters.emplace_back(name, path_text(one));
    }
  }
  run.data_date = data_date(graph).to_string();
  return run;
}

std::string with_run(std::string_view dot, const RunInfo& run) {
  return fmt::format("// {}\n{}", printable(run_text(run).en), dot);
}

std::string draw(const Call& call, std::string_view dot, const RunInfo& run) {
  DrawOptions options = limits(call).drawing;
  options.description = printable(run_text(run).in(call.language));
  options.stop = call.stop;
  try {
    const auto held = call.hold();
    return draw_svg(dot, options);
  } catch (const Error& error) {
    // The map asked for is fine; what is missing is the program that writes it.
    if (error.code() != ErrorCode::NotFound) throw;
    throw Error(ErrorCode::Io, error.message());
  }
}

bool is_drawn(std::string_view format) {
  return format == "svg" || liantu::output_format(format).picture != nullptr;
}

void emit_drawing(const Call& call, std::string_view svg, std::string_view format) {
  if (format == "svg") {
    emit(call, svg);
    return;
  }
  PictureOptions options = limits(call).picture;
  options.dpi = static_cast<double>(call.get<std::int64_t>("dpi"));
  const auto picture = [&] {
    try {
      return liantu::output_format(format).picture(svg, options);
    } catch (const Error& error) {
      // What is missing is a font of this machine.
      if (error.code() != ErrorCode::NotFound) throw;
      throw Error(ErrorCode::Io, error.message());
    }
  }();
  if (!picture.without_font.empty()) {
    tell(fmt::format("{}{}",
                     call.say("no installed font has these characters, boxes stand for them: ",
                              "没有可用字体、以方框代替的字："),
                     excerpt(picture.without_font)));
  }
  tell_replaced(call, svg);
  emit(call, picture.bytes);
}

bool may_escape() {
  const char* terminal = std::getenv("TERM");
  return std::getenv("NO_COLOR") == nullptr && terminal != nullptr &&
         std::string_view(terminal) != "dumb";
}

void tell(std::string_view words) { say(printable(words, "\n") + "\n"); }

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

void refuse_saved_mapping(const Call& call) {
  if (!call.has("save-mapping")) return;
  const std::filesystem::path path = call.get<std::string>("save-mapping");
  if (path.has_extension()) check_extension(path, {"json"});
  refuse_existing(call, path);
}

void save_mapping(const Call& call, const IngestResult& result) {
  if (!call.has("save-mapping")) return;
  const std::filesystem::path path = call.get<std::string>("save-mapping");
  {
    const auto held = call.hold();
    write_file(path, mapping_json(result.mapping), overwrite(call));
  }
  tell(fmt::format("{} {}; {}", call.say("the mapping found is saved in", "识别出的映射已存于"),
                   path_text(path), call.say("--mapping reuses it", "以后可用 --mapping 沿用")));
}

Sheet table_sheet(const std::vector<TableSummary>& tables, Language language) {
  Sheet sheet;
  sheet.columns = {{"file", {"file", "文件"}, CellKind::Text, true},
                   {"meaning", {"rows are", "内容"}, CellKind::Text},
                   {"rows", {"rows", "行数"}, CellKind::Number},
                   {"used", {"used", "采用"}, CellKind::Number},
                   {"left_out", {"left out", "未采用"}, CellKind::Number}};
  for (const TableSummary& table : tables) {
    const auto known = parse_meaning(table.meaning);
    const std::string meaning = known ? meaning_text(*known).in(language)
                                : table.meaning == kUnreadMeaning
                                    ? pick(language, "not read", "未读取")
                                    : pick(language, "input-output table", "投入产出表");
    sheet.rows.push_back({table.file, meaning, static_cast<double>(table.rows),
                          static_cast<double>(table.used), static_cast<double>(table.left_out)});
  }
  return sheet;
}

void tell_ingest(const Call& call, const IngestResult& result) {
  const Sheet sheet = table_sheet(result.tables, call.language);
  TableStyle style;
  style.language = call.language;
  style.stop = call.stop;
  style.width = terminal_width(STDERR_FILENO);
  say(render_table(sheet, style));

  const EnterpriseGraph& graph = result.graph;
  const auto relations = [&](RelationKind kind) { return graph.relation(kind).size(); };
  tell(call.language == Language::Zh
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
    tell(call.language == Language::Zh
             ? fmt::format("由经营范围推断：{} 家企业，主营 {} 条，经销 {} 条",
                           result.scopes_tagged, result.scope_makes, result.scope_trades)
             : fmt::format("inferred from business scopes of firms: {}; makes: {}, trades: {}",
                           result.scopes_tagged, result.scope_makes, result.scope_trades));
  }
  if (result.industries_stated + result.industries_inferred > 0) {
    tell(call.language == Language::Zh
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
    if (problem.kind == "table-found") {
      tell(fmt::format("{}{}{}", problem.place.to_string(), call.say(": ", "："),
                       problem.what.in(call.language)));
      continue;
    }
    const InputPlace& place = problem.place;
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
        severity == Severity::Error     ? call.say("rows left out: ", "未采用的行：")
        : severity == Severity::Warning ? call.say("not used, or impossible: ", "未采用或有误：")
                                        : call.say("notes: ", "提示：");
    tell(fmt::format("{}{}", head, line));
  }
}

}  // namespace liantu::cli
