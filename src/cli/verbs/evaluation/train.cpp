#include <cstdio>
#include <utility>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/limits.hpp"
#include "cli/progress_bar.hpp"
#include "cli/streams.hpp"
#include "cli/verbs/evaluation/train_arrivals.hpp"
#include "liantu/base/files/atomic_file.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/graph/kind_text.hpp"
#include "liantu/graph/snapshot.hpp"
#include "liantu/ingest/edges/link_table.hpp"
#include "liantu/links/learning/training.hpp"
#include "liantu/report/evaluation/training_json.hpp"

namespace liantu::cli {
namespace {

void declare(po::options_description& options, Language language) {
  const auto words = [&](const char* en, const char* zh) { return pick(language, en, zh); };
  const auto text = [](const char* value, const char* name) {
    return po::value<std::string>()->default_value(value)->value_name(name);
  };
  const auto number = [] { return po::value<std::int64_t>()->value_name("N"); };
  options.add_options()(
      "edges", po::value<std::string>()->value_name("FILE"),
      words("links in a table or a plain list instead of a graph", "用链接表或纯边表代替图文件")
          .c_str())("relation", text("supplies", "WORD"),
                    words("relation whose links are ranked", "要排序的关系").c_str())(
      "sources", text("customers", "END"),
      words("whom links are ranked for: customers (also: to) or suppliers (also: from)",
            "为谁排序：customers（客户，即 to 端）或 suppliers（供应商，即 from 端）")
          .c_str())("model", text("boosted_trees", "KIND"),
                    words("boosted_trees or logistic_regression",
                          "boosted_trees（提升树）或 logistic_regression（逻辑回归）")
                        .c_str())(
      "group", text("auto", "WORD"),
      words("what puts firms into groups: region, suffix (of the name), none, auto",
            "企业分组依据：region（地区）、suffix（名称后缀）、none、auto")
          .c_str())("cap", number(),
                    words("links of sources with as many links or more are not learnt from, as "
                          "their lists may be cut",
                          "链接数达到此值的来源不用于学习，因其名单可能被截断")
                        .c_str())("seed",
                                  po::value<std::int64_t>()->default_value(1)->value_name("N"),
                                  words("seed of everything drawn", "随机种子").c_str())(
      "arrivals", po::value<std::string>()->value_name("FILE"),
      words("learn who comes to a place instead, from a table of arrivals",
            "改为由落户记录表学习落户倾向")
          .c_str())("places", po::value<std::string>()->value_name("FILE"),
                    words("with --arrivals: where places lie (code, lon, lat)",
                          "与 --arrivals 连用：各地区位置（code、lon、lat）")
                        .c_str())(
      "until", number(),
      words("with --arrivals: the year before which everything is known (the table's last + 1)",
            "与 --arrivals 连用：只用该年之前的记录（默认为表中最后一年的次年）")
          .c_str())(
      "years", po::value<std::int64_t>()->default_value(3)->value_name("N"),
      words("with --arrivals: how long a window is", "与 --arrivals 连用：窗口长度（年）").c_str())(
      "force", words("write the model even if it does not beat directed_l3",
                     "即使未胜过 directed_l3 也写出模型")
                   .c_str())("output,o", po::value<std::string>()->value_name("FILE"),
                             words("model file, .json", "模型文件，.json").c_str())(
      "overwrite,O", words("replace an existing file", "允许覆盖已有文件").c_str())(
      "json",
      words("what training gave as JSON on standard output", "以 JSON 输出训练结果").c_str());
}

RelationKind relation(const Call& call) {
  const auto word = call.get<std::string>("relation");
  const auto kind = parse_relation(word);
  if (kind && relation_allows(*kind, EntityKind::Firm, EntityKind::Firm)) return *kind;
  const Text known = relations_between(EntityKind::Firm, EntityKind::Firm);
  usage_error(fmt::format("--relation {}: use {}", word, known.en),
              fmt::format("--relation {}：可用 {}", word, known.zh));
}

SourceEnd source_end(const Call& call) {
  const auto word = call.get<std::string>("sources");
  if (word == "customers" || word == "to") return SourceEnd::To;
  if (word == "suppliers" || word == "from") return SourceEnd::From;
  usage_error(fmt::format("--sources {}: write customers or suppliers (or to, from)", word),
              fmt::format("--sources {}：应为 customers 或 suppliers（或 to、from）", word));
}

LearnOptions learn_options(const Call& call) {
  LearnOptions learn;
  learn.seed = count(call, "seed");
  const auto group = call.get<std::string>("group");
  const auto grouping = parse_grouping(group);
  if (!grouping) {
    usage_error(fmt::format("--group {}: use region, suffix, none or auto", group),
                fmt::format("--group {}：可用 region、suffix、none、auto", group));
  }
  learn.grouping = *grouping;
  if (call.has("cap")) {
    const std::size_t cap = count(call, "cap");
    if (cap < 1 || cap > 1'000'000'000) {
      usage_error("--cap: give a number of 1 or more", "--cap：应为 1 以上的数");
    }
    learn.cap = static_cast<std::uint32_t>(cap);
  }
  learn.stop = call.stop;
  learn.progress = progress_bar(call.language);
  return learn;
}

/// What is learnt from and where it comes from.
struct TrainingInput {
  EnterpriseGraph graph;
  RunInfo run;
};

TrainingInput training_input(const Call& call) {
  if (call.has("edges") == call.has("input")) {
    usage_error("name what to learn from: a graph X.liantu or --edges FILE, one of the two",
                "请指定训练对象：图 X.liantu 或 --edges 文件，二者取一");
  }
  TrainingInput input;
  if (call.has("input")) {
    const auto path = inputs(call, 1, 1).front();
    input.graph = read_snapshot(path, Verify::Full, call.stop);
    input.run = run_info(call, input.graph, path);
    return input;
  }
  LinkTableOptions options;
  options.limits = limits(call).tables;
  options.relation = relation(call);
  options.stop = call.stop;
  options.progress = progress_bar(call.language);
  LinkTable table = read_links(call.get<std::string>("edges"), options);
  input.graph = std::move(table.graph);
  input.run = run_info(call, input.graph, std::move(table.digests));
  return input;
}

void tell_figures(const Call& call, const LinkModel& model) {
  for (const ValidationFigures& figures : model.validation) {
    tell(fmt::format("{:<20} MRR {:.4f}  MAP {:.4f}  recall@100 {:.4f}", figures.method,
                     figures.mrr, figures.map, figures.recall_100));
  }
  const ValidationFigures& figures = model.validation.back();
  tell(call.language == Language::Zh
           ? fmt::format("验证：{} 个来源、{} 条隐藏链接，未参与训练", figures.sources,
                         figures.links)
           : fmt::format("validation: {} sources, {} hidden links, none of which was learnt from",
                         figures.sources, figures.links));
  for (const ReliabilityRow& row : model.reliability) {
    tell(call.language == Language::Zh ? fmt::format("预测概率 {:.4f}，实际 {:.4f}（{} 对）",
                                                     row.said, row.came_true, row.pairs)
                                       : fmt::format("predicted {:.4f}, observed {:.4f} ({} pairs)",
                                                     row.said, row.came_true, row.pairs));
  }
}

Exit run(const Call& call) {
  if (call.has("arrivals")) {
    for (const char* option : {"edges", "relation", "sources", "model", "group", "cap"}) {
      if (!call.given(option)) continue;
      usage_error(fmt::format("--{} is not used when learning from arrivals; leave it out", option),
                  fmt::format("由落户记录学习时不用 --{}；请去掉它", option));
    }
    return train_arrivals_verb(call);
  }
  for (const char* option : {"places", "until", "years"}) {
    if (!call.given(option)) continue;
    usage_error(fmt::format("--{} goes with --arrivals", option),
                fmt::format("--{} 须与 --arrivals 连用", option));
  }
  const auto kind = call.get<std::string>("model");
  if (kind != "boosted_trees" && kind != "logistic_regression") {
    usage_error(fmt::format("--model {}: use boosted_trees or logistic_regression", kind),
                fmt::format("--model {}：可用 boosted_trees、logistic_regression", kind));
  }
  if (!call.has("output") && !call.has("json")) {
    usage_error("name the model file with -o, for example -o links.json",
                "请用 -o 指定模型文件，例如 -o links.json");
  }
  std::filesystem::path output;
  if (call.has("output")) {
    output = call.get<std::string>("output");
    check_extension(output, {"json"});
    refuse_existing(call, output);
  }
  LinkTask task;
  task.relation = relation(call);
  task.source_end = source_end(call);
  const LearnOptions learn = learn_options(call);
  const TrainingInput input = training_input(call);
  std::vector<LinkModel> models;
  try {
    models = train_links(input.graph, task, learn);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::NotFound) throw;
    tell(call.say(error.message().en, error.message().zh));
    return Exit::Negative;
  }
  const LinkModel& model = models[kind == "boosted_trees" ? 1 : 0];
  if (call.has("json")) {
    std::string text = training_json(model, input.run);
    put(text);
  } else {
    tell_figures(call, model);
  }
  if (!model.beats_directed_l3() && !call.has("force")) {
    tell(
        call.say("the model does not beat directed_l3 on validation and was not written; "
                 "--force writes it all the same",
                 "该模型在验证中未胜过 directed_l3，未写出；如仍需要，请加 --force"));
    return Exit::Negative;
  }
  if (!output.empty()) {
    const auto held = call.hold();
    write_file(output, link_model_json(model), overwrite(call));
  }
  return Exit::Done;
}

}  // namespace

const Verb& train_verb() {
  static const Verb verb = {"train",
                            {"X.liantu", "X.liantu"},
                            {"a model that ranks missing links", "训练为缺失链接排序的模型"},
                            "",
                            declare,
                            run,
                            [](const Call& call) { return !call.has("arrivals"); }};
  return verb;
}

}  // namespace liantu::cli
