#include "liantu/report/prospects/explain.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "cli/arrivals.hpp"
#include "cli/command.hpp"
#include "cli/progress_bar.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/text/number.hpp"
#include "liantu/base/values/money.hpp"
#include "liantu/graph/snapshot.hpp"
#include "liantu/prospects/explanation/assumptions.hpp"
#include "liantu/prospects/explanation/objections.hpp"
#include "liantu/prospects/introductions.hpp"
#include "liantu/report/drawings/prospect_card.hpp"
#include "liantu/report/formats/markdown.hpp"
#include "liantu/report/prospects/prospects_json.hpp"

namespace liantu::cli {
namespace {

void declare(po::options_description& options, Language language) {
  options.add_options()("firm", po::value<std::string>()->value_name("NAME"),
                        pick(language, "firm to explain, by name, part of it or code (required)",
                             "要解释的企业名称（可只写一部分）或信用代码（必填）")
                            .c_str());
  declare_district(options, language);
  declare_rules(options, language);
  options.add_options()("policy,p", po::value<std::string>()->value_name("FILE"),
                        pick(language, "scorecard (JSON)", "评分政策文件（JSON）").c_str());
  declare_model(options, language);
  declare_arrivals(options, language);
  options.add_options()(
      "compare", po::value<std::string>()->value_name("NAME"),
      pick(language, "another firm: both firms' parts side by side, and which part decides",
           "另一家企业：两家逐项并列，并指出决定性的一项")
          .c_str())(
      "assume", po::value<std::vector<std::string>>()->value_name("FIELD=VALUE"),
      pick(language,
           "what score and rank would be were this so: region=440300, capital=100000000, "
           "revenue=500000000, tags=WORDS, risks=WORDS, status=WORDS, product=SEGMENT, "
           "output=SEGMENT:100000000, share=SEGMENT:60%; may be repeated",
           "假设如此，得分与名次会怎样：地区=440300、注册资本=1亿、营业收入=5亿、标签=专精特新、"
           "风险=、状态=存续、产品=环节、产值=环节:1亿、占比=环节:60%，可重复")
          .c_str());
  declare_output(options, language, {Content::Card, Content::Memo});
}

[[noreturn]] void refuse_assumption(std::string_view words, std::string_view en,
                                    std::string_view zh) {
  usage_error(fmt::format("--assume {}: {}", words, en), fmt::format("--assume {}：{}", words, zh));
}

double assumed_amount(std::string_view words, std::string_view value) {
  const auto amount = parse_money(value);
  if (!amount || amount->currency != "CNY" || !(amount->amount >= 0)) {
    refuse_assumption(words, "write an amount in CNY of 0 or more, such as 5亿 or 500000000",
                      "请写不小于 0 的人民币金额，如 5亿 或 500000000");
  }
  return amount->amount;
}

double assumed_share(std::string_view words, std::string_view value) {
  const bool percent = value.ends_with('%');
  const auto number = parse_number(percent ? value.substr(0, value.size() - 1) : value);
  const double share = number ? *number / (percent ? 100 : 1) : -1;
  if (!(share >= 0 && share <= 1)) {
    refuse_assumption(words, "write a share of 0 to 1, such as 0.6 or 60%",
                      "请写 0 到 1 之间的占比，如 0.6 或 60%");
  }
  return share;
}

AssumedProduct& assumed_product(Assumptions& all, SegmentId segment) {
  const auto known = std::ranges::find(all.products, segment, &AssumedProduct::segment);
  if (known != all.products.end()) return *known;
  return all.products.emplace_back(AssumedProduct{segment, {}, {}});
}

// What --assume says.
Assumptions assumptions(const Call& call, const EnterpriseGraph& graph) {
  Assumptions all;
  for (const std::string& given : call.get<std::vector<std::string>>("assume")) {
    const std::size_t equals = given.find('=');
    const std::string field = given.substr(0, equals);
    const std::string value = equals == std::string::npos ? "" : given.substr(equals + 1);
    const auto is = [&](std::string_view en, std::string_view zh) {
      return equals != std::string::npos && (field == en || field == zh);
    };
    // `SEGMENT:VALUE`; a segment may have a colon in its name.
    const std::size_t colon = value.rfind(':');
    const auto segment = [&] {
      if (colon == std::string::npos) {
        refuse_assumption(given,
                          "write the segment, a colon and the value, such as output=隔膜:1亿",
                          "请写 环节:数值，如 产值=隔膜:1亿");
      }
      return segment_named(graph, "--assume", value.substr(0, colon));
    };
    if (is("region", "地区")) {
      all.region = region_named("assume region", value);
    } else if (is("capital", "注册资本")) {
      all.capital = assumed_amount(given, value);
    } else if (is("revenue", "营业收入")) {
      all.revenue = assumed_amount(given, value);
    } else if (is("tags", "标签")) {
      all.tags = value;
    } else if (is("risks", "风险")) {
      all.risks = value;
    } else if (is("status", "状态")) {
      all.status = value;
    } else if (is("product", "产品")) {
      assumed_product(all, segment_named(graph, "--assume", value));
    } else if (is("output", "产值")) {
      assumed_product(all, segment()).output = assumed_amount(given, value.substr(colon + 1));
    } else if (is("share", "占比")) {
      assumed_product(all, segment()).share = assumed_share(given, value.substr(colon + 1));
    } else {
      refuse_assumption(
          given,
          "write FIELD=VALUE; fields: region, capital, revenue, tags, risks, status, "
          "product, output, share",
          "请写 字段=值；字段：地区、注册资本、营业收入、标签、风险、状态、产品、产值、占比");
    }
  }
  return all;
}

const Prospect* row_of(const ProspectList& list, FirmId firm) {
  for (const auto* part : {&list.prospects, &list.unlocated, &list.expansions, &list.screened}) {
    const auto found = std::ranges::find(*part, firm, &Prospect::firm);
    if (found != part->end()) return &*found;
  }
  return nullptr;
}

Exit run(const Call& call) {
  const auto path = inputs(call, 1, 1).front();
  if (!call.has("firm")) {
    usage_error("--firm is missing; name the firm, part of its name is enough, such as --firm 惠州",
                "缺少 --firm；请写企业名称（可只写一部分），如 --firm 惠州");
  }
  GapOptions gaps = gap_options(call);
  ProspectOptions options;
  options.policy = policy(call);
  options.learned = learned_ranker(call);
  options.evidence = 40;
  options.stop = call.stop;
  options.progress = progress_bar(call.language);
  const std::string format = output_format(call, "table", {Content::Card, Content::Memo});
  check_arrival_options(call);
  const EnterpriseGraph graph = read_snapshot(path, Verify::Full, call.stop);
  if (nobody_in(graph, call, gaps)) return Exit::Negative;
  anchors_in(graph, gaps);
  factors_in(call, graph, gaps);
  const FirmId firm = firm_named(graph, "--firm", call.get<std::string>("firm"));
  options.firms = {firm};
  std::optional<FirmId> other;
  if (call.has("compare")) {
    other = firm_named(graph, "--compare", call.get<std::string>("compare"));
    if (*other == firm) {
      usage_error("--compare names the same firm as --firm", "--compare 与 --firm 是同一家企业");
    }
    options.firms.push_back(*other);
  }
  std::optional<Assumptions> assumed;
  if (call.has("assume")) assumed = assumptions(call, graph);
  options.lift_into = kLiftInto;
  const GapReport report = find_gaps(graph, gaps);
  auto files = files_behind(call, graph, path);
  options.coming = coming_to(call, graph, report.district.region, files);
  ProspectList list = rank_prospects(graph, report, options);
  introduce_rows(call, graph, gaps, list);
  tell_learned(call, list);
  const Prospect* row = row_of(list, firm);
  Explained more;
  if (row != nullptr) more.against = objections(graph, report, list, *row);
  if (other) {
    more.other = row_of(list, *other);
    if (more.other == nullptr) {
      const std::string_view name = graph.name(graph.entity(*other));
      const Text why = why_not_listed(graph, report, *other);
      throw Error(ErrorCode::NotFound,
                  {fmt::format("--compare {}: it is not on the list: {}", name, why.en),
                   fmt::format("--compare {}：不在清单上：{}", name, why.zh)});
    }
  }
  ProspectList then;
  if (assumed) {
    for (const std::string& one : call.get<std::vector<std::string>>("assume")) {
      more.assumed.push_back({one, one});
    }
    const EnterpriseGraph changed = assume(graph, firm, *assumed);
    options.firms = {firm};
    then = rank_prospects(changed, find_gaps(changed, gaps), options);
    more.then = row_of(then, firm);
  }
  const RunInfo run = run_info(call, graph, std::move(files));
  if (format == "json") {
    emit(call, explain_json(graph, report, list, firm, row, run, more));
  } else if (row != nullptr && is_drawn(format)) {
    IntroductionOptions asked;
    asked.rules = list.policy.introductions;
    asked.firms = FirmsAsked::Few;
    asked.stop = call.stop;
    constexpr std::size_t kWays = 12;  // several may begin with one introducer
    const auto ways = IntroductionFinder(graph, report.district, asked).ways(firm, kWays);
    emit_drawing(call, prospect_card_svg(graph, report, list, *row, ways, run, call.language),
                 format);
  } else if (row != nullptr && format == "md") {
    Sheet made;
    made.notes = {run_text(run)};
    emit(call, explain_markdown(graph, report, list, *row, call.language, more) +
                   render_markdown(made, call.language));
  } else if (row != nullptr) {
    Sheet made;
    made.notes = {run_text(run)};
    const TableStyle style = table_style(call);
    emit(call,
         explain_prospect(graph, report, list, *row, style, more) + render_table(made, style));
  } else {
    const std::string_view name = graph.name(graph.entity(firm));
    const Text why = why_not_listed(graph, report, firm);
    tell(call.language == Language::Zh ? fmt::format("{} 不在清单上：{}", name, why.zh)
                                       : fmt::format("{} is not on the list: {}", name, why.en));
  }
  const bool listed = row != nullptr && row->status != ProspectStatus::Screened;
  return listed ? Exit::Done : Exit::Negative;
}

}  // namespace

const Verb& explain_verb() {
  static const Verb verb = {"explain",
                            {"X.liantu", "X.liantu"},
                            {"one firm's row in full: parts, gaps, evidence, unknowns",
                             "逐项解释一家企业：得分、缺口、证据、未知"},
                            "liantu explain dadukou.liantu --region 500104 --firm 示例惠州",
                            declare,
                            run};
  return verb;
}

}  // namespace liantu::cli
