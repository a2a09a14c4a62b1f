#include "cli/verbs/evaluation/evaluate_arrivals.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "cli/arrivals.hpp"
#include "cli/limits.hpp"
#include "cli/progress_bar.hpp"
#include "cli/streams.hpp"
#include "liantu/graph/snapshot.hpp"
#include "liantu/prospects/arrivals/arrival_backtest.hpp"
#include "liantu/report/evaluation/arrival_backtest_sheet.hpp"

namespace liantu::cli {
namespace {

[[noreturn]] void refuse_years(const std::string& words) {
  usage_error(fmt::format("--from {}: give the first years of the windows, such as 2005 or "
                          "1999,2002",
                          words),
              fmt::format("--from {}：请写窗口的起始年份，如 2005 或 1999,2002", words));
}

std::vector<int> first_years(const Call& call) {
  if (!call.has("from")) {
    usage_error("--from is missing; name the year from which arrivals are asked for, such as 2005",
                "缺少 --from；请写明从哪一年起预测，如 2005");
  }
  const auto words = call.get<std::string>("from");
  std::vector<int> years;
  for (std::size_t at = 0; at <= words.size();) {
    const std::size_t end = std::min(words.find(',', at), words.size());
    int year = 0;
    const auto read = std::from_chars(words.data() + at, words.data() + end, year);
    if (read.ec != std::errc() || read.ptr != words.data() + end || year < 1000 || year > 4000) {
      refuse_years(words);
    }
    years.push_back(year);
    at = end + 1;
  }
  std::ranges::sort(years);
  return years;
}

std::size_t number(const Call& call, const char* name, std::size_t least, std::size_t most) {
  const std::size_t value = count(call, name);
  if (value >= least && value <= most) return value;
  usage_error(fmt::format("--{} {}: give {} to {}", name, value, least, most),
              fmt::format("--{} {}：应在 {} 到 {} 之间", name, value, least, most));
}

}  // namespace

Exit evaluate_arrivals(const Call& call) {
  if (!call.has("input")) {
    usage_error(
        "name the graph X.liantu that holds the firms which might have come; arrivals alone "
        "hold no candidates, and without candidates there is no measure",
        "请指定图 X.liantu，其中应有可能前来的企业；只有落户记录则没有候选企业，无从衡量");
  }
  const auto path = inputs(call, 1, 1).front();
  ArrivalBacktestOptions options;
  options.from = first_years(call);
  options.years = static_cast<int>(number(call, "years", 1, 20));
  options.least = number(call, "least", 1, 1000);
  options.seed = count(call, "seed");
  options.stop = call.stop;
  options.progress = progress_bar(call.language);
  // Lists go to a CSV file, the table then to the terminal.
  options.works = call.has("works");
  const bool lists = call.has("output") && call.get<std::string>("output").ends_with(".csv");
  const std::string format = output_format(call);
  if (lists) options.listed = number(call, "top", 1, 1'000'000);
  const EnterpriseGraph graph = read_snapshot(path, Verify::Full, call.stop);
  const ArrivalInput input = read_arrival_input(call, graph);
  if (!input.enough(call)) return Exit::Negative;
  options.points = input.points;
  options.model = input.model;
  options.industries = industries_of(graph);
  const ArrivalBacktest found = backtest_arrivals(graph, input.table.arrivals, options);
  RunInfo run = run_info(call, graph, path);
  run.inputs.insert(run.inputs.end(), input.table.digests.begin(), input.table.digests.end());
  Sheet sheet = arrival_backtest_sheet(found, call.language);
  sheet.notes.push_back(run_text(run));
  if (lists) {
    emit(call, arrival_lists_csv(graph, found, input.names));
    std::string text =
        call.has("json") ? arrival_backtest_json(found, run) : render(call, sheet, "table");
    put(text);
  } else if (format == "json") {
    emit(call, arrival_backtest_json(found, run));
  } else {
    emit(call, render(call, sheet, format));
  }
  if (found.conclusive) return Exit::Done;
  tell(
      call.say("fewer than 30 arrivals in every window: no conclusion; take earlier years or more "
               "arrivals",
               "各窗口落户均少于 30 次：不作结论；请取更早的年份或补充落户记录"));
  return Exit::Negative;
}

}  // namespace liantu::cli
