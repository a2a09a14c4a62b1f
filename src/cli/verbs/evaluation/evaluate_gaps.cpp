#include "cli/verbs/evaluation/evaluate_gaps.hpp"

#include <string>

#include <fmt/format.h>

#include "cli/progress_bar.hpp"
#include "liantu/chain/gaps/gap_backtest.hpp"
#include "liantu/graph/snapshot.hpp"
#include "liantu/report/evaluation/gap_backtest_sheet.hpp"

namespace liantu::cli {
namespace {

Date date(const Call& call, const char* name) {
  if (!call.has(name)) return {};
  const auto words = call.get<std::string>(name);
  if (const auto found = parse_date(words)) return *found;
  usage_error(
      fmt::format("--{} {}: give a year or a date, such as 2006 or 2006-01-01", name, words),
      fmt::format("--{} {}：应为年份或日期，如 2006 或 2006-01-01", name, words));
}

}  // namespace

Exit evaluate_gaps(const Call& call) {
  const auto path = inputs(call, 1, 1).front();
  GapBacktestOptions options;
  options.before = date(call, "before");
  if (!options.before.known()) {
    usage_error("--before is missing; name the year before which firms are known, such as 2006",
                "缺少 --before；请写明分界年份，如 2006");
  }
  options.until = date(call, "until");
  options.within = region(call, "region");
  if (call.has("seed")) options.seed = count(call, "seed");
  options.stop = call.stop;
  options.progress = progress_bar(call.language);
  const std::string format = output_format(call);
  const EnterpriseGraph graph = read_snapshot(path, Verify::Full, call.stop);
  const GapBacktest found = backtest_gaps(graph, options);
  const RunInfo run = run_info(call, graph, path);
  if (format == "json") {
    emit(call, gap_backtest_json(found, run));
  } else {
    Sheet scores = gap_backtest_sheet(found, call.language);
    scores.notes.push_back(run_text(run));
    emit(call, render(call, scores, format));
  }
  return found.conclusive ? Exit::Done : Exit::Negative;
}

}  // namespace liantu::cli
