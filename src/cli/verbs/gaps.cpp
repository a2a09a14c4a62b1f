#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/progress_bar.hpp"
#include "cli/verbs/what_if.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/values/money.hpp"
#include "liantu/chain/gaps/gap_selection.hpp"
#include "liantu/chain/gaps/gap_survey.hpp"
#include "liantu/chain/gaps/what_if.hpp"
#include "liantu/chain/structure/criticality.hpp"
#include "liantu/chain/structure/relatedness.hpp"
#include "liantu/chain/structure/total_requirement.hpp"
#include "liantu/graph/snapshot.hpp"
#include "liantu/prospects/prospects.hpp"
#include "liantu/report/gaps/direction_sheet.hpp"
#include "liantu/report/gaps/gap_sheet.hpp"
#include "liantu/report/gaps/gap_survey_sheet.hpp"
#include "liantu/report/gaps/gaps_json.hpp"
#include "liantu/report/gaps/requirement_sheet.hpp"
#include "liantu/report/gaps/what_if_sheet.hpp"
#include "report/gaps/gap_words.hpp"

namespace liantu::cli {
namespace {

void declare(po::options_description& options, Language language) {
  declare_district(options, language);
  declare_choice(options, language);
  options.add_options()(
      "round", po::value<std::int64_t>()->default_value(2)->value_name("N"),
      pick(language,
           "rounds of demand: 1 what local makers buy, 2 also what filling those gaps would",
           "需求轮数：1 只算本地企业的直接采购，2 再算补上缺口后带动的需求")
          .c_str())(
      "min-leakage", po::value<std::string>()->value_name("AMOUNT"),
      pick(language, "only gaps whose leakage may reach it, in yuan, such as 5000000 or 5 m",
           "只列外购额可能达到此数的缺口，如 5000000 或 500万")
          .c_str())(
      "by", po::value<std::string>()->default_value("severity")->value_name("ORDER"),
      pick(
          language,
          "order: severity (amount bought outside; around anchors their own demand) or criticality "
          "(share of the anchors' output that stops without it; what most products need apart)",
          "排序：severity 按外购额（指定龙头时按其自身需求），criticality "
          "按关键度（断供影响的龙头产出占比，普遍所需的单列）")
          .c_str())(
      "what-if", po::value<std::vector<std::string>>()->value_name("FIRM"),
      pick(language,
           "what if this firm came; with = and a minus before its name, if it left: "
           "--what-if=-NAME; one that is in no table with what it makes, CNY a year: "
           "--what-if '+NAME:SEGMENT=300000000;SEGMENT=5000000;anchor'; may be repeated",
           "假如引入此企业；名称前加减号则为假如移除：--what-if=-名称；表外企业写明产品和年产值："
           "--what-if '+名称:环节=3亿;环节=500万;龙头'；可重复")
          .c_str())("all", pick(language, "with --what-if: gaps that stay the same too",
                                "与 --what-if 同用：未变化的缺口也列出")
                               .c_str())(
      "apart",
      pick(language,
           "what more than half of all products need alike, such as freight, stands behind the "
           "other gaps",
           "半数以上产品同样需要的环节（如货运）另列在其他缺口之后")
          .c_str())(
      "extend",
      pick(language, "instead: segments akin to what is made here, as directions to extend chains",
           "改为列出延链方向：与本地产品相近的环节")
          .c_str())(
      "final-sales", po::value<std::string>()->value_name("AMOUNT"),
      pick(
          language,
          "instead: all that this amount of the anchors' final sales takes, in yuan a year; known: "
          "what is known of their sales",
          "改为列出龙头企业此最终销售额的完全需要量（元/年）；known 表示按已知的销售")
          .c_str())(
      "each-district",
      pick(language,
           "instead: the gaps of every district of --region, or of the whole country without it",
           "改为列出 --region 范围内每个区县的缺口；不写 --region 则为全国")
          .c_str())("top,n", po::value<std::int64_t>()->default_value(0)->value_name("N"),
                    pick(language, "rows shown, with --each-district of each; 0 = all",
                         "显示行数，与 --each-district 同用时为每个区县的行数；0 为全部")
                        .c_str());
  declare_output(options, language);
}

double least_leakage(const Call& call) {
  if (!call.has("min-leakage")) return 0;
  const auto words = call.get<std::string>("min-leakage");
  const auto amount = parse_money(words);
  if (amount && amount->currency == "CNY" && amount->amount >= 0) return amount->amount;
  usage_error(
      fmt::format("--min-leakage {}: give an amount in yuan, such as 5000000, 5 m or 500万", words),
      fmt::format("--min-leakage {}：应为人民币金额，如 5000000 或 500万", words));
}

GapOrder order(const Call& call) {
  const auto words = call.get<std::string>("by");
  if (words == "severity") return GapOrder::Severity;
  if (words == "criticality") return GapOrder::Criticality;
  usage_error(fmt::format("--by {}: give severity or criticality", words),
              fmt::format("--by {}：应为 severity 或 criticality", words));
}

GapQuery query(const Call& call, const EnterpriseGraph& graph) {
  GapQuery wanted = chosen_gaps(call, graph);
  wanted.min_leakage = least_leakage(call);
  if (call.has("anchor")) wanted.around_anchors = AroundAnchors::Yes;
  wanted.order = order(call);
  return wanted;
}

// Keeps the gaps that a firm registered there could fill.
void keep_filled_from(const Call& call, const EnterpriseGraph& graph, const GapReport& report,
                      GapSelection& selection) {
  if (!call.has("from-region")) return;
  ProspectOptions options;
  options.from = region(call, "from-region");
  options.reasons = ReasonsOf::Nobody;
  options.stop = call.stop;
  const ProspectList list = rank_prospects(graph, report, options);
  std::vector<bool> filled(report.gaps.size());
  for (const auto* part : {&list.prospects, &list.unlocated, &list.expansions}) {
    for (const Prospect& prospect : *part) {
      for (const FilledGap& one : prospect.gaps) filled[one.gap] = true;
    }
  }
  const std::size_t first_apart = report.gaps.size() - report.apart;
  std::erase_if(selection.places, [&](std::size_t place) { return !filled[place]; });
  selection.apart = static_cast<std::size_t>(std::ranges::count_if(
      selection.places, [&](std::size_t place) { return place >= first_apart; }));
}

// What is found instead of gaps.
struct OtherSheet {
  Sheet sheet;
  std::string_view schema;
  std::string_view name;
  bool empty = false;  ///< whether nothing is found although there are rows
};

SheetOptions sheet_options(const Call& call, std::size_t most, const std::string& format) {
  SheetOptions how;
  how.language = call.language;
  how.most = most;
  how.brief = format == "table";
  how.stop = call.stop;
  return how;
}

Exit emit_other(const Call& call, OtherSheet other, const RunInfo& run, const std::string& format) {
  const bool empty = other.empty || other.sheet.rows.empty();
  if (format == "json") {
    const Sheet notes = note_sheet(other.sheet.notes);
    emit(call, sheets_json(other.schema,
                           {{std::string(other.name), std::move(other.sheet)}, {"notes", notes}},
                           run, call.stop));
  } else {
    other.sheet.notes.push_back(run_text(run));
    emit(call, render(call, other.sheet, format));
  }
  return empty ? Exit::Negative : Exit::Done;
}

OtherSheet directions(const EnterpriseGraph& graph, const GapOptions& options,
                      const SheetOptions& how) {
  DirectionOptions wanted;
  wanted.region = options.district.region;
  wanted.min_confidence = options.min_confidence;
  wanted.stop = options.stop;
  return {direction_sheet(graph, find_directions(graph, wanted), how), "liantu.directions/1",
          "directions"};
}

// Nothing for what is known of the sales.
std::optional<double> final_sales_amount(const Call& call) {
  const auto words = call.get<std::string>("final-sales");
  if (words == "known") return std::nullopt;
  const auto amount = parse_money(words);
  if (amount && amount->currency == "CNY" && amount->amount > 0) return amount->amount;
  usage_error(
      fmt::format("--final-sales {}: give an amount in yuan, such as 5000000 or 500万, or known",
                  words),
      fmt::format("--final-sales {}：应为人民币金额，如 5000000 或 500万，或 known", words));
}

OtherSheet requirement(const EnterpriseGraph& graph, const GapOptions& options,
                       const std::optional<double>& amount, const SheetOptions& how) {
  const Anchors anchors =
      choose_anchors(graph, complete_district(options.district), options.anchors);
  const std::vector<FinalSales> sales =
      amount ? split_final_sales(graph, anchors.firms, {*amount, Basis::Stated},
                                 options.min_confidence)
             : final_sales(graph, anchors.firms, options.min_confidence);
  TotalRequirementOptions wanted;
  wanted.min_confidence = options.min_confidence;
  wanted.stop = options.stop;
  Sheet sheet = requirement_sheet(graph, total_requirement(graph, sales, wanted), how);
  sheet.notes.push_back(anchors.said());
  return {std::move(sheet), "liantu.requirement/1", "requirement"};
}

// Whether no firm is known to stand in a district of the region, which it then says.
bool no_district_in(const EnterpriseGraph& graph, const Call& call, RegionCode within) {
  for (std::uint32_t i = 0; i < graph.size(EntityKind::Firm); ++i) {
    const RegionCode region = graph.region(graph.entity(FirmId{i})).code;
    if (region.level() != RegionLevel::District) continue;
    if (!within.known() || within.contains(region)) return false;
  }
  tell(call.language == Language::Zh
           ? "liantu：该范围内没有已知所在区县的企业；请检查地区代码或企业地址"
           : "liantu: no firm is known to stand in a district there; check the region code, or the "
             "firms' "
             "addresses");
  return true;
}

// Every district of the region, or of the country.
OtherSheet survey(const Call& call, const EnterpriseGraph& graph, const GapOptions& options,
                  const SheetOptions& how) {
  const GapFinder finder(graph, options.stop);
  const RegionCode within = options.district.region;
  GapSurveyOptions wanted;
  wanted.gaps = options;
  wanted.regions = finder.districts();
  if (within.known()) {
    std::erase_if(wanted.regions, [&](RegionCode region) { return !within.contains(region); });
  }
  wanted.most = how.most;
  wanted.progress = progress_bar(call.language);
  const std::vector<DistrictGaps> found = survey_gaps(finder, wanted);
  const bool none =
      std::ranges::all_of(found, [](const DistrictGaps& one) { return one.gaps.empty(); });
  Sheet sheet = gap_survey_sheet(graph, found, how);
  std::size_t coarse = 0;
  for (std::uint32_t i = 0; i < graph.size(EntityKind::Firm); ++i) {
    const RegionCode region = graph.region(graph.entity(FirmId{i})).code;
    const bool there = !within.known() || within.contains(region);
    if (region.known() && there && region.level() != RegionLevel::District) ++coarse;
  }
  if (coarse > 0) {
    sheet.notes.push_back(
        {fmt::format("firms known to be there but not in which district, left out: {}", coarse),
         fmt::format("只知在此范围、不知区县、因此未计入的企业 {} 家", coarse)});
  }
  return {std::move(sheet), "liantu.gap_survey/1", "gaps", none};
}

void check_other(const Call& call) {
  for (const char* option : {"kind", "segment", "chain", "from-region", "min-leakage", "by",
                             "what-if", "extend", "final-sales", "anchor"}) {
    if (!call.has("each-district") || !call.given(option)) continue;
    usage_error(fmt::format("--each-district and --{} do not go together; give one", option),
                fmt::format("--each-district 与 --{} 不能同用；请只写其一", option));
  }
  for (const char* other : {"extend", "final-sales"}) {
    if (!call.has(other)) continue;
    for (const char* option : {"kind", "segment", "chain", "from-region", "min-leakage", "by",
                               "what-if", "factors", "anchor", "apart", "extend"}) {
      const bool of_sales =
          std::string_view(option) == "anchor" && std::string_view(other) == "final-sales";
      if (std::string_view(option) == other || of_sales || !call.given(option)) continue;
      usage_error(fmt::format("--{} and --{} do not go together; give one", other, option),
                  fmt::format("--{} 与 --{} 不能同用；请只写其一", other, option));
    }
  }
}

Exit emit_what_if(const Call& call, const EnterpriseGraph& graph, WhatIf found,
                  const DistrictChange& change, const GapQuery& wanted, std::size_t most,
                  const RunInfo& run, const std::string& format) {
  keep_selected(found.diff, select_gaps(found.before, wanted), select_gaps(found.after, wanted));
  SheetOptions how = change_options(call, format);
  how.most = most;
  Sheet sheet = what_if_sheet(graph, found, change, how, changed_only(call));
  if (narrows(wanted)) {
    const Text words = query_text(graph, found.before, wanted);
    sheet.notes.insert(sheet.notes.begin(),
                       {fmt::format("only changes that match {}; the sums are of all", words.en),
                        fmt::format("仅列符合 {} 的变化；合计数为全部变化", words.zh)});
  }
  emit_changes(call, std::move(sheet), found.diff, {{"firms", mover_sheet(graph, change)}}, run,
               format);
  return Exit::Done;
}

Criticality criticality(const EnterpriseGraph& graph, const GapReport& report,
                        const GapOptions& options) {
  CriticalityOptions wanted;
  wanted.min_confidence = options.min_confidence;
  wanted.factors = options.factors;
  wanted.newcomers = report.newcomers;
  wanted.stop = options.stop;
  return find_criticality(graph, report.anchors.firms, wanted);
}

Exit run(const Call& call) {
  const auto path = inputs(call, 1, 1).front();
  GapOptions options = gap_options(call);
  const auto rounds = call.get<std::int64_t>("round");
  if (rounds < 1 || rounds > 8) {
    usage_error(fmt::format("--round {}: give 1 to 8", rounds),
                fmt::format("--round {}：应为 1 到 8", rounds));
  }
  options.rounds = static_cast<int>(rounds);
  if (call.has("apart")) options.everywhere = Everywhere::Apart;
  const auto most = count(call, "top");
  (void)least_leakage(call);  // what is wrong with the options is said before long work
  (void)order(call);
  if (call.has("all") && !call.has("what-if")) {
    usage_error("--all goes with --what-if; name a firm", "--all 须与 --what-if 同用；请写明企业");
  }
  if (call.has("from-region") && call.has("what-if")) {
    usage_error("--what-if and --from-region do not go together; give one",
                "--what-if 与 --from-region 不能同用；请只写其一");
  }
  if (call.has("apart") && call.has("what-if")) {
    usage_error("--what-if and --apart do not go together; give one",
                "--what-if 与 --apart 不能同用；请只写其一");
  }
  check_other(call);
  const auto sales = call.has("final-sales") ? final_sales_amount(call) : std::nullopt;
  const std::string format = output_format(call);
  const EnterpriseGraph graph = read_snapshot(path, Verify::Full, call.stop);
  if (call.has("each-district") ? no_district_in(graph, call, options.district.region)
                                : nobody_in(graph, call, options)) {
    return Exit::Negative;
  }
  anchors_in(graph, options);
  factors_in(call, graph, options);
  const GapQuery wanted = query(call, graph);
  const RunInfo run = run_info(call, graph, path);
  const SheetOptions how = sheet_options(call, most, format);
  if (call.has("each-district")) {
    return emit_other(call, survey(call, graph, options, how), run, format);
  }
  if (call.has("extend")) return emit_other(call, directions(graph, options, how), run, format);
  if (call.has("final-sales")) {
    return emit_other(call, requirement(graph, options, sales, how), run, format);
  }
  if (call.has("what-if")) {
    const DistrictChange change = district_change(call, graph);
    WhatIf found = what_if(graph, GapFinder(graph, options.stop), options, change);
    return emit_what_if(call, graph, std::move(found), change, wanted, most, run, format);
  }
  const GapReport report = find_gaps(graph, options);
  const Criticality critical = criticality(graph, report, options);
  UnsureFirmOptions asked;
  asked.region = report.district.region;
  const std::optional<Text> unsure =
      report.by_size ? unsure_text(graph, unsure_firms(graph, asked)) : std::nullopt;
  GapSelection selection = select_gaps(report, wanted, critical);
  keep_filled_from(call, graph, report, selection);
  if (unsure) tell("liantu: " + unsure->in(call.language));
  if (format == "json") {
    emit(call, gaps_json(graph, report, run, most, &critical, &selection, call.stop));
  } else {
    const auto listed = [&](const SheetOptions& shown) {
      Sheet sheet = gap_sheet(graph, report, shown, &critical, &selection);
      if (unsure) sheet.notes.insert(sheet.notes.begin(), *unsure);
      if (!options.factors.empty() && report.factors.empty()) {
        sheet.notes.push_back(
            {"the factors estimate nothing: no local firm whose output is unknown has the number "
             "they count, and makes one thing or states its share of revenue",
             "产值系数未用上：产值未知的本地企业都没有系数所按的数据，或主营多个环节而未填收入占"
             "比"});
      }
      return sheet;
    };
    emit(call, render_list(call, listed, how, run, format));
  }
  return selection.places.empty() ? Exit::Negative : Exit::Done;
}

}  // namespace

const Verb& gaps_verb() {
  static const Verb verb = {"gaps",
                            {"X.liantu", "X.liantu"},
                            {"the gaps of a district's chains", "一个地区的产业链缺口"},
                            "liantu gaps dadukou.liantu --region 500104",
                            declare,
                            run};
  return verb;
}

}  // namespace liantu::cli
