#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "liantu/base/money.hpp"
#include "liantu/chain/what_if.hpp"
#include "liantu/graph/snapshot.hpp"
#include "liantu/report/sheets.hpp"

namespace liantu::cli {
namespace {

void declare(po::options_description& options, Language language) {
  declare_district(options, language);
  options.add_options()(
      "round", po::value<std::int64_t>()->default_value(2)->value_name("N"),
      pick(language,
           "rounds of demand: 1 what local makers buy, 2 also what filling those gaps would",
           "需求轮数：1 只算本地企业的直接采购，2 再算补上缺口后带动的需求")
          .c_str())(
      "kind", po::value<std::vector<std::string>>()->value_name("KIND"),
      pick(language, "only gaps of this kind: missing, weak, hidden, extension; may be repeated",
           "只列此类缺口：缺链、弱链、隐性缺口、延链；可重复")
          .c_str())("min-leakage", po::value<std::string>()->value_name("AMOUNT"),
                    pick(language, "only gaps whose leakage may reach it, in yuan, such as 5000000",
                         "只列外购额可能达到此数的缺口，如 5000000 或 500万")
                        .c_str())(
      "what-if", po::value<std::vector<std::string>>()->value_name("FIRM"),
      pick(language,
           "what if this firm came; with = and a minus before its name, if it left: "
           "--what-if=-NAME; may be repeated",
           "假如引入此企业；名称前加减号则为假如移除：--what-if=-名称；可重复")
          .c_str())("all", pick(language, "with --what-if: gaps that stay the same too",
                                "与 --what-if 同用：未变化的缺口也列出")
                               .c_str())(
      "top,n", po::value<std::int64_t>()->default_value(0)->value_name("N"),
      pick(language, "rows shown; 0 = all", "显示行数；0 为全部").c_str());
  declare_output(options, language);
}

std::vector<GapKind> kinds(const Call& call) {
  constexpr GapKind kAll[] = {GapKind::Missing, GapKind::Weak, GapKind::Hidden, GapKind::Extension};
  std::vector<GapKind> result;
  if (!call.has("kind")) return result;
  for (const std::string& word : call.get<std::vector<std::string>>("kind")) {
    const auto found = std::ranges::find_if(
        kAll, [&](GapKind kind) { return word == gap_word(kind) || word == gap_text(kind).zh; });
    if (found == std::end(kAll)) {
      usage_error(fmt::format("--kind {}: give missing, weak, hidden or extension", word),
                  fmt::format("--kind {}：应为 缺链、弱链、隐性缺口 或 延链", word));
    }
    result.push_back(*found);
  }
  return result;
}

double least_leakage(const Call& call) {
  if (!call.has("min-leakage")) return 0;
  const auto words = call.get<std::string>("min-leakage");
  const auto amount = parse_money(words);
  if (amount && amount->currency == "CNY" && amount->amount >= 0) return amount->amount;
  usage_error(
      fmt::format("--min-leakage {}: give an amount in yuan, such as 5000000 or 500万", words),
      fmt::format("--min-leakage {}：应为人民币金额，如 5000000 或 500万", words));
}

DistrictChange change(const Call& call, const EnterpriseGraph& graph) {
  DistrictChange result;
  for (const std::string& words : call.get<std::vector<std::string>>("what-if")) {
    const bool leaves = words.starts_with('-');
    const bool sign = leaves || words.starts_with('+');
    (leaves ? result.leave : result.come)
        .push_back(firm_named(graph, "--what-if", words.substr(sign ? 1 : 0)));
  }
  return result;
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
  const auto most = count(call, "top");
  const std::vector<GapKind> wanted = kinds(call);
  const double least = least_leakage(call);
  if (call.has("all") && !call.has("what-if")) {
    usage_error("--all goes with --what-if; name a firm", "--all 须与 --what-if 同用；请写明企业");
  }
  const std::string format = output_format(call, "table");
  const EnterpriseGraph graph = read_snapshot(path);
  anchors_in(graph, options);
  factors_in(call, graph, options);
  const RunInfo run = run_info(call, graph, path);
  if (call.has("what-if")) {
    const WhatIf found = what_if(graph, GapFinder(graph), options, change(call, graph));
    emit_changes(call, found.diff, found.before, found.after, run, format);
    return Exit::Done;
  }
  GapReport report = find_gaps(graph, options);
  std::erase_if(report.gaps, [&](const Gap& gap) {
    const bool other = !wanted.empty() && std::ranges::find(wanted, gap.kind) == wanted.end();
    return other || (least > 0 && severity_amount(gap).value_or(0) < least);
  });
  if (format == "json") {
    emit(call, gaps_json(graph, report, run, most));
  } else {
    SheetOptions how;
    how.language = call.language;
    how.most = most;
    how.brief = format == "table";
    Sheet sheet = gap_sheet(graph, report, how);
    sheet.notes.push_back(run_text(run));
    emit(call, render(call, sheet, format));
  }
  return report.gaps.empty() ? Exit::Negative : Exit::Done;
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
