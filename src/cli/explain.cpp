#include "liantu/report/explain.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "liantu/base/error.hpp"
#include "liantu/graph/snapshot.hpp"

namespace liantu::cli {
namespace {

void declare(po::options_description& options, Language language) {
  options.add_options()("firm", po::value<std::string>()->value_name("NAME"),
                        pick(language, "firm to explain, by name or code (required)",
                             "要解释的企业名称或信用代码（必填）")
                            .c_str());
  declare_district(options, language);
  options.add_options()("policy,p", po::value<std::string>()->value_name("FILE"),
                        pick(language, "scorecard (JSON)", "评分政策文件（JSON）").c_str());
  declare_output(options, language);
}

FirmId find_firm(const EnterpriseGraph& graph, const std::string& words) {
  std::vector<EntityId> found = graph.find(EntityKind::Firm, words);
  if (found.empty()) {
    // Part of a name is enough when it fits one firm only.
    for (std::uint32_t i = 0; i < graph.size(EntityKind::Firm); ++i) {
      const EntityId entity = graph.entity(FirmId{i});
      if (graph.name(entity).find(words) != std::string_view::npos) found.push_back(entity);
    }
  }
  if (found.size() == 1) return FirmId{graph.local(found.front())};
  if (found.empty()) {
    throw Error(ErrorCode::NotFound, {fmt::format("no firm is called \"{}\"", words),
                                      fmt::format("没有名为“{}”的企业", words)});
  }
  constexpr std::size_t kShown = 8;
  std::string names;
  for (std::size_t i = 0; i < std::min(found.size(), kShown); ++i) {
    names += fmt::format("\n  {} {}", graph.name(found[i]), graph.text(found[i], EntityText::Code));
  }
  if (found.size() > kShown) names += "\n  …";
  throw Error(
      ErrorCode::InvalidArgument,
      {fmt::format("\"{}\" fits {} firms; write more of the name or the code:{}", words,
                   found.size(), names),
       fmt::format("“{}”对应 {} 家企业；请写全名称或代码：{}", words, found.size(), names)});
}

Exit run(const Call& call) {
  const auto path = inputs(call, 1, 1).front();
  if (!call.has("firm")) usage_error("--firm is missing", "缺少 --firm");
  const GapOptions gaps = gap_options(call);
  ProspectOptions options;
  options.policy = policy(call);
  options.evidence = 40;
  options.stop = call.stop;
  const std::string format = output_format(call, "txt");
  if (format != "json" && format != "table" && format != "txt") {
    usage_error(fmt::format("format \"{}\" is not known here; use txt or json", format),
                fmt::format("此处不支持格式“{}”；请用 txt 或 json", format));
  }
  const EnterpriseGraph graph = read_snapshot(path);
  const FirmId firm = find_firm(graph, call.get<std::string>("firm"));
  const GapReport report = find_gaps(graph, gaps);
  ProspectList list = rank_prospects(graph, report, options);
  for (auto* part : {&list.prospects, &list.unlocated, &list.expansions, &list.screened}) {
    const auto found = std::ranges::find(*part, firm, &Prospect::firm);
    if (found == part->end()) continue;
    if (format == "json") {
      for (auto* other : {&list.prospects, &list.unlocated, &list.expansions, &list.screened}) {
        std::erase_if(*other, [&](const Prospect& one) { return one.firm != firm; });
      }
      emit(call, prospects_json(graph, report, list, run_info(call, graph, path)));
    } else {
      emit(call, explain_prospect(graph, report, list, *found, call.language));
    }
    return Exit::Done;
  }
  fmt::print(stderr, "{}\n",
             call.language == Language::Zh
                 ? fmt::format("{} 不在清单上：{}", graph.name(graph.entity(firm)),
                               why_not_listed(graph, report, firm).zh)
                 : fmt::format("{} is not on the list: {}", graph.name(graph.entity(firm)),
                               why_not_listed(graph, report, firm).en));
  return Exit::Negative;
}

}  // namespace

const Verb& explain_verb() {
  static const Verb verb = {"explain",
                            {"X.liantu", "X.liantu"},
                            {"one firm's row in full: parts, gaps, evidence, unknowns",
                             "逐项解释一家企业：得分、缺口、证据、未知"},
                            "liantu explain dadukou.liantu --region 500104 --firm 示例无锡",
                            declare,
                            run};
  return verb;
}

}  // namespace liantu::cli
