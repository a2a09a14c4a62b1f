#include "cli/evaluate_gaps.hpp"

#include <algorithm>
#include <cstdint>
#include <string>

#include <fmt/format.h>

#include "cli/progress_bar.hpp"
#include "liantu/chain/gaps/gap_backtest.hpp"
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

// Drawn over districts, so that one district has none.
std::string interval(const GapBacktest& found, std::string_view words, double low, double high) {
  return found.districts.size() > 1 ? fmt::format(fmt::runtime(words), low, high) : std::string();
}

// What need says beside frequency, and how both are weighed.
void add_notes_on_gaps(const GapBacktest& found, Sheet& sheet) {
  if (found.gap_lift) {
    std::size_t gaps = 0;
    for (const DistrictBacktest& one : found.districts) gaps += one.gaps;
    sheet.notes.push_back(
        {fmt::format(
             "gaps among the candidates: {}; they gained a first maker {:.2f} times as often "
             "as other segments of the same district that as many firms make{}",
             gaps, *found.gap_lift,
             interval(found, " (95 % {:.2f} to {:.2f})", found.gap_lift_low, found.gap_lift_high)),
         fmt::format(
             "候选中的缺口 {} 个；其新增首家生产企业的频率为同区县同样常见的其他环节的 {:.2f} "
             "倍{}",
             gaps, *found.gap_lift,
             interval(found, "（95% 区间 {:.2f} 至 {:.2f}）", found.gap_lift_low,
                      found.gap_lift_high))});
  }
  if (!found.weights) return;
  const GapWeights& weights = *found.weights;
  const auto combined =
      std::ranges::find(found.scores, GapRanking::Combined, &RankingScore::ranking);
  sheet.notes.push_back(
      {fmt::format(
           "combined: weights {:.3f} for ln(makers anywhere), {:.3f} for ln(relatedness "
           "density + 0.01), {:.3f} for ln(1 + local firms that need it), learnt from the {} "
           "segments that gained a first maker from {} until {}; over frequency {:+.1f} % "
           "points{}",
           weights.frequency, weights.relatedness, weights.need, weights.positives,
           weights.before.to_string(), weights.until.to_string(), 100 * combined->over_frequency,
           interval(found, " (95 % {:+.1f} to {:+.1f})", 100 * combined->over_frequency_low,
                    100 * combined->over_frequency_high)),
       fmt::format(
           "综合：权重为 ln(各地企业数) {:.3f}、ln(关联密度 + 0.01) {:.3f}、ln(1 + 本地需求企业数) "
           "{:.3f}，由 {} 至 {} 间新增首家的 {} 个环节学得；较各地常见程度 {:+.1f} 个百分点{}",
           weights.frequency, weights.relatedness, weights.need, weights.before.to_string(),
           weights.until.to_string(), weights.positives, 100 * combined->over_frequency,
           interval(found, "（95% 区间 {:+.1f} 至 {:+.1f}）", 100 * combined->over_frequency_low,
                    100 * combined->over_frequency_high))});
}

// For programs: what is said in words above.
Sheet weight_sheet(const GapBacktest& found) {
  Sheet sheet;
  sheet.columns = {{"before", {}, CellKind::Text},        {"until", {}, CellKind::Text},
                   {"positives", {}, CellKind::Number},   {"frequency", {}, CellKind::Number},
                   {"relatedness", {}, CellKind::Number}, {"need", {}, CellKind::Number}};
  if (found.weights) {
    const GapWeights& of = *found.weights;
    sheet.rows = {{of.before.to_string(), of.until.to_string(), static_cast<double>(of.positives),
                   of.frequency, of.relatedness, of.need}};
  }
  return sheet;
}

Sheet score_sheet(const GapBacktest& found, Language language) {
  Sheet sheet;
  sheet.title = {
      fmt::format("Do gaps foretell first makers? The first {} segments of each list", found.top),
      fmt::format("缺口能否预示首家生产企业：各清单前 {} 个环节", found.top)};
  sheet.columns = {{"ranking", {"ranking", "排序"}, CellKind::Text, true},
                   {"hits", {"hits", "命中数"}, CellKind::Number},
                   {"precision", {"precision", "命中率"}, CellKind::Share},
                   {"low", {"95 % from", "95% 下限"}, CellKind::Share},
                   {"high", {"95 % to", "95% 上限"}, CellKind::Share},
                   {"over_random", {"over random", "高于随机"}, CellKind::Share},
                   {"over_random_low", {"95 % from", "95% 下限"}, CellKind::Share},
                   {"over_random_high", {"95 % to", "95% 上限"}, CellKind::Share},
                   {"recall", {"recall", "查全率"}, CellKind::Share}};
  // The interval is drawn over districts: one district has none.
  const bool several = found.districts.size() > 1;
  const auto end = [&](double value) { return several ? SheetCell(value) : SheetCell(); };
  for (const RankingScore& score : found.scores) {
    sheet.rows.push_back({ranking_text(score.ranking).in(language), score.hits, score.precision,
                          end(score.low), end(score.high), score.over_random,
                          end(score.over_random_low), end(score.over_random_high), score.recall});
  }
  std::size_t known = 0;
  std::size_t candidates = 0;
  for (const DistrictBacktest& one : found.districts) {
    known += one.known_firms;
    candidates += one.candidates;
  }
  sheet.notes.push_back(
      {fmt::format(
           "candidates of every ranking: the segments that some firm anywhere made by {} and "
           "none in the district, {} in all; of segments that tie, hits are the mean over "
           "all orders",
           found.before.to_string(), candidates),
       fmt::format(
           "各排序的候选相同：{} 时已有企业生产、而本区县无企业生产的环节，共 {} 个；并列者按"
           "各种次序的平均命中计",
           found.before.to_string(), candidates)});
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
  add_notes_on_gaps(found, sheet);
  if (!several) {
    sheet.notes.push_back({"intervals are drawn over districts; one district has none",
                           "区间按区县重抽样得到；只有一个区县时没有区间"});
  }
  for (const Text& caveat : found.caveats()) sheet.notes.push_back(caveat);
  return sheet;
}

Sheet district_sheet(const GapBacktest& found) {
  Sheet sheet;
  sheet.columns = {{"region", {}, CellKind::Code},        {"known_firms", {}, CellKind::Number},
                   {"came_firms", {}, CellKind::Number},  {"candidates", {}, CellKind::Number},
                   {"positives", {}, CellKind::Number},   {"gaps", {}, CellKind::Number},
                   {"gaps_gained", {}, CellKind::Number}, {"gaps_expected", {}, CellKind::Number}};
  for (const GapRanking ranking : kGapRankings) {
    sheet.columns.push_back({"hits_" + std::string(ranking_word(ranking)), {}, CellKind::Number});
  }
  for (const DistrictBacktest& one : found.districts) {
    auto& row = sheet.rows.emplace_back();
    row = {one.region.to_string(),
           static_cast<double>(one.known_firms),
           static_cast<double>(one.came_firms),
           static_cast<double>(one.candidates),
           static_cast<double>(one.positives),
           static_cast<double>(one.gaps),
           static_cast<double>(one.gaps_gained),
           one.gaps_expected};
    for (const GapRanking ranking : kGapRankings) {
      const bool known = ranking != GapRanking::Combined || found.weights;
      row.push_back(known ? SheetCell(one.hits[static_cast<std::size_t>(ranking)]) : SheetCell());
    }
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
  const std::string format = output_format(call);
  const EnterpriseGraph graph = read_snapshot(path, Verify::Full, call.stop);
  const GapBacktest found = backtest_gaps(graph, options);
  const RunInfo run = run_info(call, graph, path);
  Sheet scores = score_sheet(found, call.language);
  if (format == "json") {
    for (std::size_t i = 0; i < scores.rows.size(); ++i) {
      const RankingScore& score = found.scores[i];
      auto& row = scores.rows[i];
      row.front() = std::string(ranking_word(score.ranking));
      for (const double value :
           {score.over_frequency, score.over_frequency_low, score.over_frequency_high}) {
        row.emplace_back(value);
      }
    }
    for (const char* key : {"over_frequency", "over_frequency_low", "over_frequency_high"}) {
      scores.columns.push_back({key, {}, CellKind::Share});
    }
    Sheet totals;
    totals.columns = {
        {"top", {}, CellKind::Number},           {"positives", {}, CellKind::Number},
        {"unforeseeable", {}, CellKind::Number}, {"skipped", {}, CellKind::Number},
        {"undated_firms", {}, CellKind::Number}, {"gap_lift", {}, CellKind::Number},
        {"gap_lift_low", {}, CellKind::Number},  {"gap_lift_high", {}, CellKind::Number},
        {"conclusive", {}, CellKind::Text}};
    const auto lift = [&](double value) { return found.gap_lift ? SheetCell(value) : SheetCell(); };
    totals.rows = {{static_cast<double>(found.top), static_cast<double>(found.positives),
                    static_cast<double>(found.unforeseeable), static_cast<double>(found.skipped),
                    static_cast<double>(found.undated_firms), lift(found.gap_lift.value_or(0)),
                    lift(found.gap_lift_low), lift(found.gap_lift_high),
                    found.conclusive ? "yes" : "no"}};
    emit(call, sheets_json("liantu.gap_backtest/1",
                           {{"methods", scores},
                            {"districts", district_sheet(found)},
                            {"weights", weight_sheet(found)},
                            {"totals", totals}},
                           run));
  } else {
    scores.notes.push_back(run_text(run));
    emit(call, render(call, scores, format));
  }
  return found.conclusive ? Exit::Done : Exit::Negative;
}

}  // namespace liantu::cli
