#include "cli/evaluate_gaps.hpp"

#include <cstdint>
#include <string>

#include <fmt/format.h>

#include "cli/progress_bar.hpp"
#include "liantu/chain/gap_backtest.hpp"
#include "liantu/graph/snapshot.hpp"

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

Sheet score_sheet(const GapBacktest& found, Language language) {
  Sheet sheet;
  sheet.title = {
      fmt::format("Do gaps foretell first makers? The first {} segments of each list", found.top),
      fmt::format("缺口能否预示首家生产企业：各清单前 {} 个环节", found.top)};
  sheet.columns = {{"ranking", {"ranking", "排序"}, CellKind::Text, true},
                   {"precision", {"precision", "命中率"}, CellKind::Share},
                   {"low", {"95 % from", "95% 下限"}, CellKind::Share},
                   {"high", {"95 % to", "95% 上限"}, CellKind::Share},
                   {"over_random", {"over random", "高于随机"}, CellKind::Share},
                   {"over_random_low", {"95 % from", "95% 下限"}, CellKind::Share},
                   {"over_random_high", {"95 % to", "95% 上限"}, CellKind::Share},
                   {"recall", {"recall", "查全率"}, CellKind::Share},
                   {"hits", {"hits", "命中数"}, CellKind::Number}};
  // The interval is drawn over districts: one district has none.
  const bool several = found.districts.size() > 1;
  const auto end = [&](double value) { return several ? SheetCell(value) : SheetCell(); };
  for (const RankingScore& score : found.scores) {
    sheet.rows.push_back({ranking_text(score.ranking).in(language), score.precision, end(score.low),
                          end(score.high), score.over_random, end(score.over_random_low),
                          end(score.over_random_high), score.recall, score.hits});
  }
  std::size_t known = 0;
  for (const DistrictBacktest& one : found.districts) known += one.known_firms;
  sheet.notes.push_back(
      {fmt::format(
           "districts: {} (skipped: {}); firms known by {}: {}; segments that gained a first "
           "local maker{}: {}; others that nobody anywhere made by then: {}",
           found.districts.size(), found.skipped, found.before.to_string(), known,
           found.until.known() ? " before " + found.until.to_string() : "", found.positives,
           found.unforeseeable),
       fmt::format("区县 {} 个（略去 {} 个）；{} 之前成立的企业 {} 家；{}新增本地首家生产企业的"
                   "环节 {} 个；另有 {} 个当时各地均无企业生产",
                   found.districts.size(), found.skipped, found.before.to_string(), known,
                   found.until.known() ? found.until.to_string() + " 之前" : "", found.positives,
                   found.unforeseeable)});
  if (!several) {
    sheet.notes.push_back({"intervals are drawn over districts; one district has none",
                           "区间按区县重抽样得到；只有一个区县时没有区间"});
  }
  for (const Text& caveat : found.caveats()) sheet.notes.push_back(caveat);
  return sheet;
}

Sheet district_sheet(const GapBacktest& found) {
  Sheet sheet;
  sheet.columns = {{"region", {}, CellKind::Code},
                   {"known_firms", {}, CellKind::Number},
                   {"came_firms", {}, CellKind::Number},
                   {"candidates", {}, CellKind::Number},
                   {"positives", {}, CellKind::Number}};
  for (const GapRanking ranking : kGapRankings) {
    sheet.columns.push_back({"hits_" + std::string(ranking_word(ranking)), {}, CellKind::Number});
  }
  for (const DistrictBacktest& one : found.districts) {
    auto& row = sheet.rows.emplace_back();
    row = {one.region.to_string(), static_cast<double>(one.known_firms),
           static_cast<double>(one.came_firms), static_cast<double>(one.candidates),
           static_cast<double>(one.positives)};
    for (const double hits : one.hits) row.emplace_back(hits);
  }
  return sheet;
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
  const std::string format = output_format(call, "table");
  const EnterpriseGraph graph = read_snapshot(path);
  const GapBacktest found = backtest_gaps(graph, options);
  const RunInfo run = run_info(call, graph, path);
  Sheet scores = score_sheet(found, call.language);
  if (format == "json") {
    for (std::size_t i = 0; i < scores.rows.size(); ++i) {
      scores.rows[i].front() = std::string(ranking_word(found.scores[i].ranking));
    }
    Sheet totals;
    totals.columns = {{"top", {}, CellKind::Number},           {"positives", {}, CellKind::Number},
                      {"unforeseeable", {}, CellKind::Number}, {"skipped", {}, CellKind::Number},
                      {"undated_firms", {}, CellKind::Number}, {"conclusive", {}, CellKind::Text}};
    totals.rows = {{static_cast<double>(found.top), static_cast<double>(found.positives),
                    static_cast<double>(found.unforeseeable), static_cast<double>(found.skipped),
                    static_cast<double>(found.undated_firms), found.conclusive ? "yes" : "no"}};
    emit(call,
         sheets_json(
             "liantu.gap_backtest/1",
             {{"methods", scores}, {"districts", district_sheet(found)}, {"totals", totals}}, run));
  } else {
    scores.notes.push_back(run_text(run));
    emit(call, render(call, scores, format));
  }
  return found.conclusive ? Exit::Done : Exit::Negative;
}

}  // namespace liantu::cli
