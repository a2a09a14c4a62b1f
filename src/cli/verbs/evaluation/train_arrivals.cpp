#include "cli/verbs/evaluation/train_arrivals.hpp"

#include <string>

#include <fmt/format.h>

#include "cli/arrivals.hpp"
#include "cli/progress_bar.hpp"
#include "cli/streams.hpp"
#include "liantu/base/files/atomic_file.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/graph/snapshot.hpp"
#include "liantu/prospects/arrivals/arrival_training.hpp"
#include "liantu/report/evaluation/arrival_backtest_sheet.hpp"

namespace liantu::cli {
namespace {

int whole(const Call& call, const char* name, std::size_t least, std::size_t most) {
  const std::size_t value = count(call, name);
  if (value >= least && value <= most) return static_cast<int>(value);
  usage_error(fmt::format("--{} {}: give {} to {}", name, value, least, most),
              fmt::format("--{} {}：应在 {} 到 {} 之间", name, value, least, most));
}

void tell_figures(const Call& call, const ArrivalTraining& training) {
  for (const ArrivalScore& score : training.validation.scores) {
    tell(fmt::format("{:<16} MAP {:.4f} ({:.4f}-{:.4f})  precision@20 {:.4f}  recall@200 {:.4f}",
                     ranking_word(score.ranking), score.map, score.map_interval.low,
                     score.map_interval.high, score.precision_20, score.recall_200));
  }
  tell(
      call.language == Language::Zh
          ? fmt::format(
                "验证：{} 年起的窗口，{} 个地区、{} 次落户，均未参与训练；模型由 {} 次落户学得",
                training.validated, training.validation.places, training.validation.positives,
                training.positives)
          : fmt::format("validation: the window from {}, {} places, {} arrivals, none of which was "
                        "learnt from; the model is learnt from {} arrivals",
                        training.validated, training.validation.places,
                        training.validation.positives, training.positives));
  for (std::size_t i = 0; i < kArrivalFactorCount; ++i) {
    tell(fmt::format("{:<16} exponent {:.4g}  works {:.4g}  floor {:.4g}",
                     factor_word(static_cast<ArrivalFactor>(i)), training.model.exponents[i],
                     training.model.works[i], training.model.floors[i]));
  }
}

}  // namespace

Exit train_arrivals_verb(const Call& call) {
  if (!call.has("output") && !call.has("json")) {
    usage_error("name the model file with -o, for example -o arrivals.json",
                "请用 -o 指定模型文件，例如 -o arrivals.json");
  }
  std::filesystem::path output;
  if (call.has("output")) {
    output = call.get<std::string>("output");
    check_extension(output, {"json"});
    refuse_existing(call, output);
  }
  const auto path = inputs(call, 1, 1).front();
  ArrivalTrainingOptions options;
  if (call.has("until")) options.until = whole(call, "until", 1000, 4000);
  options.years = whole(call, "years", 1, 20);
  options.seed = count(call, "seed");
  options.stop = call.stop;
  options.progress = progress_bar(call.language);
  const EnterpriseGraph graph = read_snapshot(path, Verify::Full, call.stop);
  const ArrivalInput input = read_arrival_input(call, graph);
  if (!input.enough(call)) return Exit::Negative;
  options.points = input.points;
  ArrivalTraining training;
  try {
    training = train_arrivals(graph, input.table.arrivals, options);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::NotFound) throw;
    tell(call.say(error.message().en, error.message().zh));
    return Exit::Negative;
  }
  if (call.has("json")) {
    ArrivalBacktest shown;
    shown.years = options.years;
    shown.located = !options.points.empty();
    shown.windows.emplace_back();
    shown.windows.front().from = training.validated;
    shown.windows.front().views.push_back(training.validation);
    RunInfo run = run_info(call, graph, path);
    run.inputs.insert(run.inputs.end(), input.table.digests.begin(), input.table.digests.end());
    std::string text = arrival_backtest_json(shown, run);
    put(text);
  } else {
    tell_figures(call, training);
  }
  if (!training.beats_baselines() && !call.has("force")) {
    tell(call.language == Language::Zh
             ? fmt::format("该模型在验证中未胜过“{}”，未写出；如仍需要，请加 --force",
                           ranking_text(training.best_baseline).zh)
             : fmt::format("the model does not beat {} on validation and was not written; --force "
                           "writes it all the same",
                           ranking_word(training.best_baseline)));
    return Exit::Negative;
  }
  if (!output.empty()) write_file(output, arrival_model_json(training.model), overwrite(call));
  return Exit::Done;
}

}  // namespace liantu::cli
