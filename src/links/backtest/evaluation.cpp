#include "liantu/links/backtest/evaluation.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/run/parallel.hpp"
#include "liantu/base/text/error.hpp"
#include "links/backtest/evaluation_figures.hpp"
#include "links/backtest/evaluation_rounds.hpp"
#include "links/backtest/evaluation_run.hpp"
#include "links/paths/draw.hpp"
#include "links/paths/entity_keys.hpp"

namespace liantu {
namespace {

constexpr std::array<std::string_view, kMeasureCount> kMeasureWords = {
    "mrr",      "map",        "hits@10", "hits@20",    "hits@50",
    "hits@100", "recall@100", "auc",     "auc_degree", "auc_pr"};
constexpr std::uint64_t kBootstrap = 14;  // what draws are for; see evaluation_rounds.cpp

[[noreturn]] void invalid(std::string en, std::string zh) {
  throw Error(ErrorCode::InvalidArgument, {std::move(en), std::move(zh)});
}

void check(std::span<const LinkTask> tasks, const EvaluationOptions& options) {
  if (options.negatives < 1 || options.negatives > 1000) {
    invalid(fmt::format("{} negatives for a link are outside 1..1000", options.negatives),
            fmt::format("每条链接的负样本数 {} 不在 1 到 1000 之间", options.negatives));
  }
  if (options.resamples < 100 || options.resamples > 100'000) {
    invalid(fmt::format("{} bootstrap samples are outside 100..100000", options.resamples),
            fmt::format("自助抽样次数 {} 不在 100 到 100000 之间", options.resamples));
  }
  if (tasks.empty()) invalid("there is no task to evaluate", "没有可评估的任务");
  for (const LinkTask& task : tasks) {
    if (task.questions.empty()) {
      invalid("a task asks nothing: no hidden link is left to rank; hide more links",
              "任务没有问题：没有可供排序的隐藏链接；请隐藏更多链接");
    }
    if (task.relation != tasks.front().relation || task.source_end != tasks.front().source_end) {
      invalid("tasks of different relations or ends cannot be evaluated as one",
              "不同关系或不同方向的任务不能合并评估");
    }
  }
}

}  // namespace

std::string_view measure_word(Measure measure) { return kMeasureWords[place(measure)]; }

std::string_view method_kind_word(MethodKind kind) {
  switch (kind) {
    case MethodKind::Single:
      return "single";
    case MethodKind::Learned:
      return "learned";
    case MethodKind::Baseline:
      break;
  }
  return "baseline";
}

std::string_view group_word(LinkGroup::Kind kind) {
  constexpr std::array<std::string_view, 7> kWords = {
      "warm", "cold_source", "cold_answer", "cold_both", "connected", "disconnected", "segment"};
  return kWords[static_cast<std::size_t>(kind)];
}

Evaluation evaluate_links(const EnterpriseGraph& graph, std::span<const LinkTask> tasks,
                          const MethodMaker& methods, const EvaluationOptions& options) {
  check(tasks, options);
  Evaluation evaluation;
  evaluation.relation = tasks.front().relation;
  evaluation.source_end = tasks.front().source_end;
  evaluation.least_links = options.least_links;
  evaluation.negatives = options.negatives;
  evaluation.resamples = options.resamples;
  evaluation.conclusive = true;

  const EntityKeys keys(graph);
  std::vector<Round> rounds;
  std::vector<EntityId> sources;
  for (std::size_t r = 0; r < tasks.size(); ++r) {
    rounds.push_back(prepare_round(graph, tasks[r], keys, options.seed + r, options.negatives));
    const Round& round = rounds.back();
    sources.insert(sources.end(), round.sources.begin(), round.sources.end());
    evaluation.rounds.push_back(
        {tasks[r].hidden.size(), round.sources.size(), round.links.size(), round.candidates});
    if (round.links.size() < options.least_links) evaluation.conclusive = false;
  }
  std::ranges::sort(sources, {}, keys);
  sources.erase(std::unique(sources.begin(), sources.end()), sources.end());
  for (Round& round : rounds) {
    for (const EntityId source : round.sources) {
      const auto at = std::ranges::lower_bound(sources, keys(source), {}, keys);
      round.groups.push_back(static_cast<std::uint32_t>(at - sources.begin()));
    }
  }

  // Methods of one round at a time, since a learned one holds what it has learned.
  std::vector<std::vector<Outcome>> outcomes;
  for (std::size_t r = 0; r < rounds.size(); ++r) {
    const std::vector<LinkMethod> made = methods(tasks[r]);
    if (r == 0) {
      for (const LinkMethod& method : made) {
        evaluation.methods.emplace_back().method = method.name;
        evaluation.methods.back().kind = method.kind;
      }
      outcomes.resize(made.size());
    }
    if (!std::ranges::equal(made, evaluation.methods, {}, &LinkMethod::name,
                            &MethodFigures::method)) {
      invalid("methods of two rounds differ", "各轮的方法不一致");
    }
    std::vector<Outcome> done = run_round(graph, rounds[r], made, r, rounds.size(), options);
    for (std::size_t m = 0; m < made.size(); ++m) {
      std::string& unavailable = evaluation.methods[m].unavailable;
      if (unavailable.empty()) unavailable = made[m].unavailable;
      outcomes[m].push_back(std::move(done[m]));
    }
  }

  evaluation.groups = find_groups(graph, keys, rounds, options.most_segments);
  for (std::size_t m = 0; m < outcomes.size(); ++m) {
    MethodFigures& figures = evaluation.methods[m];
    if (!figures.unavailable.empty()) continue;
    if (figures.method == options.reference) evaluation.reference = figures.method;
    set_estimates(figures, outcomes[m]);
    figures.reliability = reliability_of(outcomes[m]);
    for (const LinkGroup& group : evaluation.groups) {
      figures.groups.push_back(group_figures(rounds, outcomes[m], group));
    }
  }
  if (!evaluation.conclusive) return evaluation;

  check_stop(options);
  const Resamples resamples(sources.size(), options.resamples, drawn({options.seed, kBootstrap}));
  std::vector<Drawings> drawings(outcomes.size());
  parallel_for(outcomes.size(), [&](std::size_t m) {
    if (!evaluation.methods[m].unavailable.empty() || options.stop.stop_requested()) return;
    drawings[m] = draw(resamples, rounds, outcomes[m]);
  });
  check_stop(options);
  const auto reference = static_cast<std::size_t>(
      std::ranges::find(evaluation.methods, evaluation.reference, &MethodFigures::method) -
      evaluation.methods.begin());
  for (std::size_t m = 0; m < outcomes.size(); ++m) {
    MethodFigures& figures = evaluation.methods[m];
    if (!figures.unavailable.empty()) continue;
    for (std::size_t i = 0; i < kMeasureCount; ++i) {
      figures.measures[i].interval = percentile_interval(drawings[m][i]);
    }
    if (evaluation.reference.empty() || m == reference) continue;
    const auto gain = [&](Measure measure) {
      return compare(figures[measure].value - evaluation.methods[reference][measure].value,
                     drawings[m][place(measure)], drawings[reference][place(measure)]);
    };
    figures.mrr_gain = gain(Measure::Mrr);
    figures.map_gain = gain(Measure::Map);
  }
  return evaluation;
}

Evaluation evaluate_links(const EnterpriseGraph& graph, const LinkTask& task,
                          std::span<const LinkMethod> methods, const EvaluationOptions& options) {
  return evaluate_links(
      graph, std::span(&task, 1),
      [&](const LinkTask&) { return std::vector<LinkMethod>(methods.begin(), methods.end()); },
      options);
}

}  // namespace liantu
