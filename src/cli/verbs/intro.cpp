#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/progress_bar.hpp"
#include "liantu/base/text/path_text.hpp"
#include "liantu/graph/snapshot.hpp"
#include "liantu/prospects/introduction_plan.hpp"
#include "liantu/prospects/introductions.hpp"
#include "liantu/report/prospects/introduction_json.hpp"
#include "liantu/report/prospects/introduction_sheet.hpp"

namespace liantu::cli {
namespace {

void declare(po::options_description& options, Language language) {
  declare_district(options, language);
  options.add_options()("ways,k", po::value<std::int64_t>()->default_value(3)->value_name("N"),
                        pick(language, "ways to one firm", "一家企业列出几条路径").c_str())(
      "calls", po::value<std::vector<std::string>>()->value_name("CHANNEL=N"),
      pick(language,
           "most firms that one introducer of a channel calls: landed_firm=3, chamber=10, "
           "alumni=10, office=20, leader=2, task_force=20, department=5; may be repeated",
           "各渠道每个引荐人最多联系几家：落地企业=3、商会=10、校友会=10、驻点办=20、区领导=2、"
           "专班=20、部门镇街=5，可重复")
          .c_str());
  declare_policy(options, language);
  declare_output(options, language, {Content::Sheet, Content::Memo});
}

std::string channel_words(Language language) {
  std::string list;
  for (const IntroductionChannel channel : introduction_channels()) {
    if (!list.empty()) list += language == Language::Zh ? "、" : ", ";
    list +=
        language == Language::Zh ? channel_text(channel).zh : std::string(channel_word(channel));
  }
  return list;
}

void read_calls(const Call& call, IntroductionPlanOptions& options) {
  if (!call.has("calls")) return;
  for (const std::string& words : call.get<std::vector<std::string>>("calls")) {
    const std::size_t sign = words.find('=');
    const std::string_view name = std::string_view(words).substr(0, sign);
    const auto all = introduction_channels();
    const auto channel = std::ranges::find_if(all, [&](IntroductionChannel one) {
      return name == channel_word(one) || name == channel_text(one).zh;
    });
    if (sign == std::string::npos || channel == all.end()) {
      usage_error(fmt::format("--calls {}: write a channel, = and a number, such as landed_firm=3; "
                              "channels: {}",
                              words, channel_words(Language::En)),
                  fmt::format("--calls {}：请写 渠道=数目，如 落地企业=3；渠道：{}", words,
                              channel_words(Language::Zh)));
    }
    const char* end = words.data() + words.size();
    std::uint32_t most = 0;
    const auto read = std::from_chars(words.data() + sign + 1, end, most);
    if (read.ec != std::errc() || read.ptr != end || most > 1000000) {
      usage_error(fmt::format("--calls {}: write a number of 0 to 1000000 behind =", words),
                  fmt::format("--calls {}：等号后应为 0 到 1000000 的整数", words));
    }
    options.calls[static_cast<std::size_t>(channel - all.begin())] = most;
  }
}

Exit ways_to_one(const Call& call, const EnterpriseGraph& graph, const IntroductionFinder& finder,
                 const std::string& words, const RunInfo& run, const std::string& format) {
  const FirmId firm = firm_named(graph, "FIRM", words);
  const std::vector<Introduction> ways =
      finder.ways(firm, std::max<std::size_t>(1, count(call, "ways")));
  if (format == "json") {
    emit(call, introductions_json(graph, firm, ways, run));
  } else {
    const auto sheet = [&](const SheetOptions& shown) {
      return introduction_sheet(graph, firm, ways, shown);
    };
    SheetOptions how;
    how.language = call.language;
    emit(call, render_list(call, sheet, how, run, format));
  }
  return ways.empty() ? Exit::Negative : Exit::Done;
}

Exit run(const Call& call) {
  const auto paths = inputs(call, 1, 2);
  GapOptions gaps = gap_options(call);
  ProspectOptions prospects;
  prospects.policy = policy(call);
  prospects.top = count(call, "top");
  prospects.reasons = ReasonsOf::Nobody;
  prospects.stop = call.stop;
  IntroductionPlanOptions plan_options;
  plan_options.calls = prospects.policy.introductions.calls;
  read_calls(call, plan_options);
  plan_options.stop = call.stop;
  plan_options.progress = progress_bar(call.language);
  const std::string format = output_format(call, "table", {Content::Sheet, Content::Memo});
  const EnterpriseGraph graph = read_snapshot(paths[0], Verify::Full, call.stop);
  if (nobody_in(graph, call, gaps)) return Exit::Negative;
  const RunInfo run = run_info(call, graph, files_behind(call, graph, paths[0]));
  IntroductionOptions options;
  options.rules = prospects.policy.introductions;
  options.stop = call.stop;
  const IntroductionFinder finder(graph, gaps.district, options);
  if (paths.size() == 2) {
    return ways_to_one(call, graph, finder, path_text(paths[1]), run, format);
  }
  anchors_in(graph, gaps);
  factors_in(call, graph, gaps);
  const ProspectList list = rank_prospects(graph, find_gaps(graph, gaps), prospects);
  std::vector<FirmId> firms;
  for (const Prospect& prospect : list.prospects) firms.push_back(prospect.firm);
  const std::vector<PlannedIntroduction> plan = plan_introductions(finder, firms, plan_options);
  if (format == "json") {
    emit(call, introduction_plan_json(graph, plan, run));
  } else {
    const auto sheet = [&](const SheetOptions& shown) {
      return introduction_plan_sheet(graph, plan, shown);
    };
    SheetOptions how;
    how.language = call.language;
    emit(call, render_list(call, sheet, how, run, format));
  }
  const bool called =
      std::ranges::any_of(plan, [](const PlannedIntroduction& one) { return one.way.has_value(); });
  return called ? Exit::Done : Exit::Negative;
}

}  // namespace

void introduce_rows(const Call& call, const EnterpriseGraph& graph, const GapOptions& options,
                    ProspectList& list) {
  // Rows are asked one by one, so that they cost the same in a graph of any size.
  constexpr std::uint64_t kLooks = 20000;
  IntroductionOptions how;
  how.rules = list.policy.introductions;
  how.firms = FirmsAsked::Few;
  how.looks = kLooks;
  how.stop = call.stop;
  IntroductionPlanOptions plan;
  plan.calls = how.rules.calls;
  plan.ways = 4;
  plan.stop = call.stop;
  introduce(list, IntroductionFinder(graph, options.district, how), plan);
  if (list.prospects.size() + list.unlocated.size() > kMostIntroduced) {
    tell(fmt::format(
        fmt::runtime(call.say("liantu: introducers are listed for the first {} rows only; `liantu "
                              "intro GRAPH FIRM` lists those of any firm",
                              "liantu：引荐人只列前 {} 行；其他企业请用 liantu intro 图 企业")),
        kMostIntroduced));
  }
}

const Verb& intro_verb() {
  static const Verb verb = {
      "intro",
      {"X.liantu [FIRM]", "X.liantu [企业]"},
      {"who can introduce us: ways to a firm, or calls shared out over the list",
       "谁来引荐：通往一家企业的路径，或为清单分配引荐任务"},
      "liantu intro dadukou.liantu 示例惠州 --region 500104 -k 3",
      declare,
      run};
  return verb;
}

}  // namespace liantu::cli
