#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/limits.hpp"
#include "cli/progress_bar.hpp"
#include "cli/verbs/evaluation/evaluate_arrivals.hpp"
#include "cli/verbs/evaluation/evaluate_gaps.hpp"
#include "cli/verbs/evaluation/evaluate_list.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/graph/snapshot.hpp"
#include "liantu/ingest/edges/link_table.hpp"
#include "liantu/links/backtest/baselines.hpp"
#include "liantu/links/backtest/evaluation.hpp"
#include "liantu/links/backtest/hiding.hpp"
#include "liantu/links/backtest/scorer_methods.hpp"
#include "liantu/links/learning/learned_methods.hpp"
#include "liantu/report/evaluation/evaluation_html.hpp"
#include "liantu/report/evaluation/evaluation_json.hpp"
#include "liantu/report/evaluation/evaluation_sheet.hpp"

namespace liantu::cli {
namespace {

void declare(po::options_description& options, Language language) {
  const auto words = [&](const char* en, const char* zh) { return pick(language, en, zh); };
  const auto file = [] { return po::value<std::string>()->value_name("FILE"); };
  const auto number = [] { return po::value<std::int64_t>()->value_name("N"); };
  options.add_options()(
      "edges", file(),
      words("links in a table or a plain list instead of a graph", "用链接表或纯边表代替图文件")
          .c_str())("train", file(),
                    words("links to learn from, with --test", "训练链接，与 --test 连用").c_str())(
      "test", file(),
      words("links to be found, with --train", "待找出的链接，与 --train 连用").c_str())(
      "columns", po::value<std::string>()->value_name("FROM,TO[,DATE]"),
      words("headings of the columns, where they are not recognised",
            "链接表的列名，表头不被识别时使用")
          .c_str())("undirected", words("links of a list have no direction", "链接无方向").c_str())(
      "relation", po::value<std::string>()->default_value("supplies")->value_name("WORD"),
      words("relation whose links are ranked", "要排序的关系").c_str())(
      "sources", po::value<std::string>()->default_value("customers")->value_name("END"),
      words("whom links are ranked for: customers (also: to) or suppliers (also: from)",
            "为谁排序：customers（客户，即 to 端）或 suppliers（供应商，即 from 端）")
          .c_str())("hide", po::value<double>()->default_value(0.1, "0.1")->value_name("SHARE"),
                    words("share of links hidden by chance", "随机隐藏的比例").c_str())(
      "pattern", po::value<std::string>()->default_value("links")->value_name("WORD"),
      words("what is hidden by chance: links, large (large firms rather) or firms (whole firms)",
            "随机隐藏什么：links（链接）、large（偏向大企业）、firms（整家企业）")
          .c_str())("hide-after", po::value<std::string>()->value_name("DATE"),
                    words("hide the links that started on that day or later, not by chance",
                          "隐藏该日及以后开始的链接，而非随机")
                        .c_str())(
      "until", po::value<std::string>()->value_name("DATE"),
      words("with --hide-after: links from that day on are not asked for; with --gaps: nor makers",
            "与 --hide-after 连用：该日及以后的链接不作提问；与 --gaps 连用：不计此后的企业")
          .c_str())("cap", number(),
                    words("sources with as many links or more are not asked, as their lists may be "
                          "cut",
                          "链接数达到此值的来源不提问，因其名单可能被截断")
                        .c_str())("most-sources", number(),
                                  words("most sources asked, drawn by --seed (all)",
                                        "最多提问的来源数，按 --seed 抽取（默认全部）")
                                      .c_str())(
      "seed", po::value<std::int64_t>()->default_value(1)->value_name("N"),
      words("seed of everything drawn", "随机种子").c_str())(
      "repeat", po::value<std::int64_t>()->default_value(1)->value_name("R"),
      words("rounds, with seeds N to N+R-1", "重复轮数，种子为 N 到 N+R-1").c_str())(
      "allow-unknown", words("evaluate a test file even if most of its ends are unknown",
                             "测试文件中大量端点未知时也照常评估")
                           .c_str())(
      "warm-only", words("do not ask for links an end of which has no visible link (cold start)",
                         "一端没有可见链接的（冷启动）不提问")
                       .c_str())(
      "no-learned",
      words("leave out the models that are trained first", "不训练、不评估学习模型").c_str())(
      "group", po::value<std::string>()->default_value("auto")->value_name("WORD"),
      words("what puts firms into groups, for what is learned: region, suffix (of the name), none, "
            "auto",
            "学习方法的企业分组依据：region（地区）、suffix（名称后缀）、none、auto")
          .c_str())("learn-from",
                    po::value<std::string>()->default_value("chance")->value_name("WORD"),
                    words("what models hide to learn from: chance (links by chance) or latest (the "
                          "latest visible links)",
                          "模型以何训练：chance（随机隐藏链接）或 latest（隐藏可见链接中最近的）")
                        .c_str())("policy,p", po::value<std::string>()->value_name("FILE"),
                                  words("policy file whose `links` are the method scorecard (JSON)",
                                        "评分政策文件（JSON），其 links 用作 scorecard 方法")
                                      .c_str())(
      "gaps",
      words("backtest the gaps of a graph instead: which segments gained a first local maker",
            "改为回测缺口：哪些环节后来出现了本地首家生产企业")
          .c_str())("before", po::value<std::string>()->value_name("DATE"),
                    words("with --gaps: firms founded before that day are known",
                          "与 --gaps 连用：此日前成立的企业视为已知")
                        .c_str())("region,r", po::value<std::string>()->value_name("REGION"),
                                  words("with --gaps: districts of this region only (all)",
                                        "与 --gaps 连用：只看该地区的区县（默认全部）")
                                      .c_str())(
      "arrivals", file(),
      words("judge by who really came instead: a table of which firm opened what where and when",
            "改为以实际落户检验：落户记录表（企业、地区、日期）")
          .c_str())(
      "from", po::value<std::string>()->value_name("YEAR[,YEAR]"),
      words("with --arrivals: first years of the windows", "与 --arrivals 连用：各窗口的起始年份")
          .c_str())(
      "years", po::value<std::int64_t>()->default_value(3)->value_name("N"),
      words("with --arrivals: how long a window is", "与 --arrivals 连用：窗口长度（年）").c_str())(
      "least", po::value<std::int64_t>()->default_value(10)->value_name("N"),
      words("with --arrivals: arrivals that a place must have to count",
            "与 --arrivals 连用：地区计入所需的最少落户数")
          .c_str())("places", file(),
                    words("with --arrivals: where places lie (code, lon, lat)",
                          "与 --arrivals 连用：各地区位置（code、lon、lat）")
                        .c_str())("arrival-model", file(),
                                  words("with --arrivals: what `train --arrivals` wrote",
                                        "与 --arrivals 连用：train --arrivals 所写的模型")
                                      .c_str())(
      "works",
      words("with --arrivals and -o lists.csv: lists of those who make or operate something there",
            "与 --arrivals 和 -o lists.csv 连用：清单针对在当地生产经营的企业")
          .c_str())("top", po::value<std::int64_t>()->default_value(1000)->value_name("N"),
                    words("with --arrivals and -o lists.csv: firms of each place's list",
                          "与 --arrivals 和 -o lists.csv 连用：每地清单的企业数")
                        .c_str());
  options.add_options()(
      "ledger", file(),
      words("ask a ledger how a former list turned out, with --list and --list-date",
            "按招商台账回看以往清单应验情况，与 --list、--list-date 连用")
          .c_str())("list", file(),
                    words("with --ledger: the list of then, as liantu rank wrote it",
                          "与 --ledger 连用：当时的清单（liantu rank 写出）")
                        .c_str())(
      "list-date", po::value<std::string>()->value_name("DATE"),
      words("with --ledger: the day of the list", "与 --ledger 连用：清单日期").c_str());
  declare_output(options, language, {Content::Document});
}

/// What is evaluated: a graph, the tasks of all rounds and where the data come from.
struct Case {
  EnterpriseGraph graph;
  std::vector<LinkTask> tasks;
  std::vector<std::pair<std::string, std::string>> inputs;
};

SourceEnd source_end(const Call& call) {
  const auto word = call.get<std::string>("sources");
  if (word == "customers" || word == "to" || word == "companies") return SourceEnd::To;
  if (word == "suppliers" || word == "from" || word == "investors") return SourceEnd::From;
  usage_error(fmt::format("--sources {}: write customers or suppliers (or to, from)", word),
              fmt::format("--sources {}：应为 customers 或 suppliers（或 to、from）", word));
}

RelationKind relation(const Call& call) {
  const auto word = call.get<std::string>("relation");
  if (const auto kind = parse_relation(word)) return *kind;
  std::string known;
  for (const RelationKind kind : kRelationKinds) {
    known += fmt::format("{}{}", known.empty() ? "" : ", ", relation_word(kind));
  }
  usage_error(fmt::format("--relation {}: there is no such relation; use {}", word, known),
              fmt::format("--relation {}：没有这种关系；可用 {}", word, known));
}

Date day(const Call& call, const char* name) {
  if (!call.has(name)) return {};
  const auto text = call.get<std::string>(name);
  if (const auto date = parse_date(text); date && date->known()) return *date;
  usage_error(fmt::format("--{} {}: this is not a date; write such as 2011-01-01", name, text),
              fmt::format("--{} {}：不是日期；请写成 2011-01-01", name, text));
}

std::size_t count_from(const Call& call, const char* name, std::size_t least, std::size_t most) {
  const std::size_t value = count(call, name);
  if (value >= least && value <= most) return value;
  usage_error(fmt::format("--{} {}: give {} to {}", name, value, least, most),
              fmt::format("--{} {}：应在 {} 到 {} 之间", name, value, least, most));
}

LinkTableOptions link_table_options(const Call& call) {
  LinkTableOptions options;
  options.limits = limits(call).tables;
  options.relation = relation(call);
  options.undirected = call.has("undirected");
  options.stop = call.stop;
  options.progress = progress_bar(call.language);
  if (!call.has("columns")) return options;
  const auto words = call.get<std::string>("columns");
  std::vector<std::string> names(1);
  for (const char c : words) {
    if (c == ',') {
      names.emplace_back();
    } else {
      names.back() += c;
    }
  }
  if (names.size() < 2 || names.size() > 3 ||
      std::ranges::any_of(names, [](const std::string& name) { return name.empty(); })) {
    usage_error(fmt::format("--columns {}: write two or three headings, such as "
                            "supplier,customer or investor,company,date",
                            words),
                fmt::format("--columns {}：请写两个或三个列名，如 supplier,customer 或 "
                            "investor,company,date",
                            words));
  }
  names.resize(3);
  options.columns = {names[0], names[1], names[2]};
  return options;
}

AskOptions ask_options(const Call& call) {
  AskOptions ask;
  ask.source_end = source_end(call);
  constexpr std::size_t kMost = 1'000'000'000;
  if (call.has("cap")) ask.cap = static_cast<std::uint32_t>(count_from(call, "cap", 1, kMost));
  if (call.has("most-sources")) ask.most_sources = count_from(call, "most-sources", 1, kMost);
  if (call.has("warm-only")) ask.cold = ColdLinks::LeftOut;
  ask.seed = count(call, "seed");
  return ask;
}

void tell_problems(const Call& call, const std::vector<Problem>& problems) {
  constexpr std::size_t kShown = 10;
  for (std::size_t i = 0; i < std::min(kShown, problems.size()); ++i) {
    tell(problems[i].to_string(call.language));
  }
  if (problems.size() > kShown) {
    tell(call.language == Language::Zh ? fmt::format("… 另有 {} 条", problems.size() - kShown)
                                       : fmt::format("... and {} more", problems.size() - kShown));
  }
}

// Whoever writes dates means them: left out, a link could be missing on either side of the day.
void refuse_bad_dates(const std::vector<Problem>& problems) {
  const auto bad = std::ranges::find(problems, "date", &Problem::kind);
  if (bad == problems.end()) return;
  throw Error(ErrorCode::InvalidData, {bad->to_string(Language::En), bad->to_string(Language::Zh)});
}

void tell_hiding(const Call& call, const Hiding& hiding) {
  const std::array<std::tuple<std::size_t, const char*, const char*>, 5> reasons = {
      {{hiding.reverse_visible, "links whose reverse is visible: {}", "反向链接可见：{} 条"},
       {hiding.known_before, "links known before: {}", "先前已知：{} 条"},
       {hiding.cold, "cold links: {}", "冷启动链接：{} 条"},
       {hiding.capped_sources, "sources at the cap: {}", "已达上限的来源：{} 个"},
       {hiding.undated, "without a date, visible all the time: {}", "无日期、始终可见：{} 条"}}};
  std::string words;
  for (const auto& [number, en, zh] : reasons) {
    if (number == 0) continue;
    words += fmt::format("{}{}", words.empty() ? "" : call.say("; ", "；"),
                         fmt::format(fmt::runtime(call.say(en, zh)), number));
  }
  if (!words.empty()) tell(fmt::format("{}{}", call.say("not asked: ", "未提问："), words));
}

void add_task(const Call& call, Case& input, Hiding hiding, std::size_t round) {
  if (round == 0) tell_hiding(call, hiding);
  if (hiding.task.questions.empty()) {
    throw Error(ErrorCode::InvalidData,
                {"no hidden link is left to ask for: the reverse of each is visible, or its source "
                 "has reached the cap; hide or test other links",
                 "没有可提问的隐藏链接：反向链接可见，或来源已达上限；请隐藏或测试其他链接"});
  }
  input.tasks.push_back(std::move(hiding.task));
}

Case split_case(const Call& call) {
  LinkSplit split = read_link_split(call.get<std::string>("train"), call.get<std::string>("test"),
                                    link_table_options(call));
  tell_problems(call, split.table.problems);
  refuse_bad_dates(split.table.problems);
  const std::size_t tested = split.hidden.size() / (call.has("undirected") ? 2 : 1);
  if (10 * split.unknown > tested && !call.has("allow-unknown")) {
    const auto first = std::ranges::find(split.table.problems, "unknown-ends", &Problem::kind);
    throw Error(
        ErrorCode::InvalidData,
        {fmt::format("{}\n{} of {} test links have two ends that the links to learn from do not "
                     "name; --allow-unknown evaluates them all the same",
                     first->to_string(Language::En), split.unknown, tested),
         fmt::format("{}\n{} 条测试链接（共 {} 条）的两端都不在训练链接中；如仍要评估，请加 "
                     "--allow-unknown",
                     first->to_string(Language::Zh), split.unknown, tested)});
  }
  if (split.half_known + split.known > 0) {
    tell(call.language == Language::Zh
             ? fmt::format("测试链接：{} 条只有一端已知（冷启动），{} 条训练中已有、未提问",
                           split.half_known, split.known)
             : fmt::format("test links: {} with one end known (cold), {} that stand among those to "
                           "learn from and are not asked for",
                           split.half_known, split.known));
  }
  Case input;
  input.inputs = split.table.digests;
  Hiding hiding = ask_links(split.table.graph, relation(call), split.hidden, ask_options(call));
  add_task(call, input, std::move(hiding), 0);
  input.graph = std::move(split.table.graph);
  return input;
}

void hide(const Call& call, Case& input) {
  AskOptions ask = ask_options(call);
  const std::size_t repeat = count_from(call, "repeat", 1, 1000);
  if (call.has("hide-after")) {
    HideAfterOptions options;
    options.relation = relation(call);
    options.from = day(call, "hide-after");
    options.until = day(call, "until");
    options.ask = ask;
    add_task(call, input, hide_after(input.graph, options), 0);
    return;
  }
  HideOptions options;
  options.relation = relation(call);
  options.share = call.get<double>("hide");
  const auto word = call.get<std::string>("pattern");
  const auto pattern = parse_pattern(word);
  if (!pattern) {
    usage_error(fmt::format("--pattern {}: use links, large or firms", word),
                fmt::format("--pattern {}：可用 links、large、firms", word));
  }
  options.pattern = *pattern;
  if (call.has("undirected")) options.reverse = ReverseLinks::Hidden;
  for (std::size_t round = 0; round < repeat; ++round) {
    options.ask = ask;
    options.ask.seed = ask.seed + round;
    add_task(call, input, hide_links(input.graph, options), round);
  }
}

Case edges_case(const Call& call) {
  LinkTable table = read_links(call.get<std::string>("edges"), link_table_options(call));
  tell_problems(call, table.problems);
  if (call.has("hide-after")) refuse_bad_dates(table.problems);
  Case input;
  input.graph = std::move(table.graph);
  input.inputs = std::move(table.digests);
  hide(call, input);
  return input;
}

Case graph_case(const Call& call) {
  const std::filesystem::path path = inputs(call, 1, 1).front();
  Case input;
  input.graph = read_snapshot(path, Verify::Full, call.stop);
  input.inputs = run_info(call, input.graph, path).inputs;
  hide(call, input);
  return input;
}

LearnFrom learn_from(const Call& call) {
  const auto word = call.get<std::string>("learn-from");
  if (word == "chance") return LearnFrom::Chance;
  if (word == "latest") return LearnFrom::Latest;
  usage_error(fmt::format("--learn-from {}: use chance or latest", word),
              fmt::format("--learn-from {}：可用 chance、latest", word));
}

FirmGrouping grouping(const Call& call) {
  const auto word = call.get<std::string>("group");
  if (const auto found = parse_grouping(word)) return *found;
  usage_error(fmt::format("--group {}: use region, suffix, none or auto", word),
              fmt::format("--group {}：可用 region、suffix、none、auto", word));
}

void check_options(const Call& call) {
  const bool split = call.has("train") || call.has("test");
  if (split && !(call.has("train") && call.has("test"))) {
    usage_error("--train and --test go together", "--train 与 --test 须同时给出");
  }
  const int ways = (split ? 1 : 0) + (call.has("edges") ? 1 : 0) + (call.has("input") ? 1 : 0);
  if (ways != 1) {
    usage_error(
        "name what to evaluate: a graph X.liantu, or --edges FILE, or --train FILE --test "
        "FILE, and one of them only",
        "请指定评估对象：图 X.liantu，或 --edges 文件，或 --train 文件 --test 文件，三者取一");
  }
  const bool table = split || call.has("edges");
  for (const char* option : {"columns", "undirected"}) {
    if (call.has(option) && !table) {
      usage_error(fmt::format("--{} goes with --edges or --train", option),
                  fmt::format("--{} 须与 --edges 或 --train 连用", option));
    }
  }
  const auto given = [&](const char* option) {
    return call.has(option) && !call.options[option].defaulted();
  };
  for (const char* option : {"hide", "pattern", "hide-after", "repeat"}) {
    if (given(option) && split) {
      usage_error(fmt::format("--{} hides links by itself; --test says which are hidden", option),
                  fmt::format("--{} 用于自行隐藏链接；--test 已指定隐藏哪些", option));
    }
  }
  for (const char* option : {"hide", "pattern", "repeat"}) {
    if (given(option) && call.has("hide-after")) {
      usage_error(fmt::format("--{} hides by chance, --hide-after by date; give one", option),
                  fmt::format("--{} 是随机隐藏，--hide-after 是按日期隐藏；请只给一个", option));
    }
  }
  for (const char* option : {"group", "policy", "learn-from"}) {
    if (given(option) && call.has("no-learned")) {
      usage_error(
          fmt::format("--{} is about what --no-learned leaves out; give one", option),
          fmt::format("--{} 用于学习方法，而 --no-learned 不含这些方法；请只给一个", option));
    }
  }
  for (const char* option : {"before", "region"}) {
    if (call.has(option)) {
      usage_error(fmt::format("--{} goes with --gaps", option),
                  fmt::format("--{} 须与 --gaps 连用", option));
    }
  }
  if (call.has("until") && !call.has("hide-after")) {
    usage_error("--until goes with --hide-after or --gaps",
                "--until 须与 --hide-after 或 --gaps 连用");
  }
  if (call.has("allow-unknown") && !split) {
    usage_error("--allow-unknown goes with --test", "--allow-unknown 须与 --test 连用");
  }
}

std::vector<LinkMethod> methods_for(const Call& call, const EnterpriseGraph& graph,
                                    const LinkTask& task, LearnOptions learn) {
  const std::uint64_t seed = learn.seed;
  std::vector<LinkMethod> methods = scorer_methods(graph, task);
  const auto add = [&](std::vector<LinkMethod> more) {
    std::move(more.begin(), more.end(), std::back_inserter(methods));
  };
  if (!call.has("no-learned")) {
    learn.cap = ask_options(call).cap;
    // A backtest is there to show how a model does, however it did on its own validation.
    learn.force = true;
    learn.stop = call.stop;
    learn.progress = progress_bar(call.language);
    add(learned_methods(graph, task, learn));
  }
  add(baseline_methods(graph, task, seed));
  return methods;
}

constexpr const char* kArrivalOptions[] = {"from",          "years", "least", "places",
                                           "arrival-model", "top",   "works"};

// Of options of another sort of backtest.
void check_arrival_options(const Call& call) {
  for (const char* option :
       {"edges",        "train",      "test",          "columns",    "undirected", "relation",
        "sources",      "hide",       "pattern",       "hide-after", "until",      "cap",
        "most-sources", "repeat",     "allow-unknown", "warm-only",  "no-learned", "group",
        "policy",       "learn-from", "gaps",          "before",     "region"}) {
    if (call.given(option)) {
      usage_error(
          fmt::format("--{} is not used in a backtest by arrivals; leave out one of the two",
                      option),
          fmt::format("--{} 不用于落户检验；请去掉它或去掉 --arrivals", option));
    }
  }
}

void refuse_arrival_options(const Call& call) {
  for (const char* option : kArrivalOptions) {
    if (call.given(option)) {
      usage_error(fmt::format("--{} goes with --arrivals", option),
                  fmt::format("--{} 须与 --arrivals 连用", option));
    }
  }
}

void check_gap_options(const Call& call) {
  for (const char* option :
       {"edges", "train", "test", "columns", "undirected", "relation", "sources", "hide", "pattern",
        "hide-after", "cap", "most-sources", "repeat", "allow-unknown", "warm-only", "no-learned",
        "group", "policy", "learn-from"}) {
    if (call.has(option) && !call.options[option].defaulted()) {
      usage_error(
          fmt::format("--{} is for backtests of links; leave out either it or --gaps", option),
          fmt::format("--{} 用于链接回测；请去掉它或 --gaps", option));
    }
  }
}

Exit run(const Call& call) {
  if (call.has("arrivals")) {
    check_arrival_options(call);
    return evaluate_arrivals(call);
  }
  refuse_arrival_options(call);
  if (call.has("gaps")) {
    check_gap_options(call);
    return evaluate_gaps(call);
  }
  if (call.has("ledger") || call.has("list")) return evaluate_list(call);
  check_options(call);
  const std::string format = output_format(call, "table", {Content::Document});
  LearnOptions learn;
  learn.grouping = grouping(call);
  learn.scorecard = policy(call).links;
  learn.from = learn_from(call);
  const Case input = call.has("train")   ? split_case(call)
                     : call.has("edges") ? edges_case(call)
                                         : graph_case(call);
  EvaluationOptions options;
  options.seed = count(call, "seed");
  learn.seed = options.seed;
  options.stop = call.stop;
  options.progress = progress_bar(call.language);
  const Evaluation evaluation = evaluate_links(
      input.graph, input.tasks,
      [&](const LinkTask& task) { return methods_for(call, input.graph, task, learn); }, options);
  const RunInfo run = run_info(call, input.graph, input.inputs);
  EvaluationSheetOptions how;
  how.language = call.language;
  how.brief = format == "table";
  if (format == "json") {
    emit(call, evaluation_json(input.graph, evaluation, run));
  } else if (format == "html") {
    emit(call, evaluation_html(input.graph, evaluation, run, call.language));
  } else {
    Sheet sheet = evaluation_sheet(evaluation, how);
    sheet.notes.push_back(run_text(run));
    if (sheet_form(format) == SheetForm::Rows) {
      emit(call, render(call, sheet, format));
    } else {
      emit(call,
           render(call, {sheet, evaluation_group_sheet(input.graph, evaluation, call.language)},
                  format));
    }
  }
  if (evaluation.conclusive) return Exit::Done;
  if (format == "json" || sheet_form(format) == SheetForm::Rows) {
    tell(call.say("fewer than 30 hidden links: no conclusion", "隐藏链接少于 30 条：不作结论"));
  }
  return Exit::Negative;
}

}  // namespace

const Verb& evaluate_verb() {
  static const Verb verb = {
      "evaluate",
      {"X.liantu", "X.liantu"},
      {"whether rankings find links that were hidden", "回测：排序能否找回被隐藏的链接"},
      "liantu evaluate dadukou.liantu --relation supplies --hide 0.3",
      declare,
      run,
      [](const Call& call) { return !call.has("no-learned"); }};
  return verb;
}

}  // namespace liantu::cli
