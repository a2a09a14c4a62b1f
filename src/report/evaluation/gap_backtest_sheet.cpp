#include "liantu/report/evaluation/gap_backtest_sheet.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "liantu/report/formats/sheets_json.hpp"
#include "report/formats/column.hpp"
#include "report/words/cells.hpp"

namespace liantu {
namespace {

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

std::vector<Column<RankingScore>> score_columns(const GapBacktest& found, Language language) {
  using Col = Column<RankingScore>;
  using Row = const RankingScore&;
  const auto all = [](double RankingScore::*figure) {
    return [figure](Row row) { return row.*figure; };
  };
  // The interval is drawn over districts: one district has none.
  const auto end = [several = found.districts.size() > 1](double RankingScore::*figure) {
    return [several, figure](Row row) { return several ? SheetCell(row.*figure) : SheetCell(); };
  };
  constexpr Shown kAll = kFull | kJson;
  return {Col("ranking", {"ranking", "排序"}, CellKind::Text, kFull | kLead,
              [language](Row row) { return ranking_text(row.ranking).in(language); }),
          Col(
              "ranking", [](Row row) { return std::string(ranking_word(row.ranking)); },
              CellKind::Text),
          Col("hits", {"hits", "命中数"}, CellKind::Number, kAll, all(&RankingScore::hits)),
          Col("precision", {"precision", "命中率"}, CellKind::Share, kAll,
              all(&RankingScore::precision)),
          Col("low", {"95 % from", "95% 下限"}, CellKind::Share, kAll, end(&RankingScore::low)),
          Col("high", {"95 % to", "95% 上限"}, CellKind::Share, kAll, end(&RankingScore::high)),
          Col("over_random", {"over random", "高于随机"}, CellKind::Share, kAll,
              all(&RankingScore::over_random)),
          Col("over_random_low", {"95 % from", "95% 下限"}, CellKind::Share, kAll,
              end(&RankingScore::over_random_low)),
          Col("over_random_high", {"95 % to", "95% 上限"}, CellKind::Share, kAll,
              end(&RankingScore::over_random_high)),
          Col("recall", {"recall", "查全率"}, CellKind::Share, kAll, all(&RankingScore::recall)),
          Col("over_frequency", all(&RankingScore::over_frequency), CellKind::Share),
          Col("over_frequency_low", all(&RankingScore::over_frequency_low), CellKind::Share),
          Col("over_frequency_high", all(&RankingScore::over_frequency_high), CellKind::Share)};
}

std::vector<Column<DistrictBacktest>> district_columns(const GapBacktest& found) {
  using Col = Column<DistrictBacktest>;
  using Row = const DistrictBacktest&;
  const auto number = [](std::size_t DistrictBacktest::*one) {
    return [one](Row row) { return count(row.*one); };
  };
  std::vector<Col> columns = {
      Col(
          "region", [](Row row) { return row.region.to_string(); }, CellKind::Code),
      Col("known_firms", number(&DistrictBacktest::known_firms), CellKind::Number),
      Col("came_firms", number(&DistrictBacktest::came_firms), CellKind::Number),
      Col("candidates", number(&DistrictBacktest::candidates), CellKind::Number),
      Col("positives", number(&DistrictBacktest::positives), CellKind::Number),
      Col("gaps", number(&DistrictBacktest::gaps), CellKind::Number),
      Col("gaps_gained", number(&DistrictBacktest::gaps_gained), CellKind::Number),
      Col(
          "gaps_expected", [](Row row) { return row.gaps_expected; }, CellKind::Number)};
  for (const GapRanking ranking : kGapRankings) {
    const bool known = ranking != GapRanking::Combined || found.weights;
    columns.push_back(Col(
        "hits_" + std::string(ranking_word(ranking)),
        [known, ranking](Row row) {
          return known ? SheetCell(row.hits[static_cast<std::size_t>(ranking)]) : SheetCell();
        },
        CellKind::Number));
  }
  return columns;
}

// What is said of the weights in words above.
std::vector<Column<GapWeights>> weight_columns() {
  using Col = Column<GapWeights>;
  using Row = const GapWeights&;
  return {Col(
              "before", [](Row row) { return row.before.to_string(); }, CellKind::Text),
          Col(
              "until", [](Row row) { return row.until.to_string(); }, CellKind::Text),
          Col(
              "positives", [](Row row) { return count(row.positives); }, CellKind::Number),
          Col(
              "frequency", [](Row row) { return row.frequency; }, CellKind::Number),
          Col(
              "relatedness", [](Row row) { return row.relatedness; }, CellKind::Number),
          Col(
              "need", [](Row row) { return row.need; }, CellKind::Number)};
}

std::vector<Column<GapBacktest>> total_columns() {
  using Col = Column<GapBacktest>;
  using Row = const GapBacktest&;
  const auto number = [](std::size_t GapBacktest::*one) {
    return [one](Row row) { return count(row.*one); };
  };
  const auto lift = [](double GapBacktest::*one) {
    return [one](Row row) { return row.gap_lift ? SheetCell(row.*one) : SheetCell(); };
  };
  return {Col("top", number(&GapBacktest::top), CellKind::Number),
          Col("positives", number(&GapBacktest::positives), CellKind::Number),
          Col("unforeseeable", number(&GapBacktest::unforeseeable), CellKind::Number),
          Col("skipped", number(&GapBacktest::skipped), CellKind::Number),
          Col("undated_firms", number(&GapBacktest::undated_firms), CellKind::Number),
          Col(
              "gap_lift", [](Row row) { return amount(row.gap_lift); }, CellKind::Number),
          Col("gap_lift_low", lift(&GapBacktest::gap_lift_low), CellKind::Number),
          Col("gap_lift_high", lift(&GapBacktest::gap_lift_high), CellKind::Number),
          Col(
              "conclusive", [](Row row) { return std::string(row.conclusive ? "yes" : "no"); },
              CellKind::Text)};
}

}  // namespace

Sheet gap_backtest_sheet(const GapBacktest& found, Language language) {
  Sheet sheet = sheet_of(score_columns(found, language), kFull, found.scores);
  sheet.title = {
      fmt::format("Do gaps foretell first makers? The first {} segments of each list", found.top),
      fmt::format("缺口能否预示首家生产企业：各清单前 {} 个环节", found.top)};
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
  if (found.districts.size() <= 1) {
    sheet.notes.push_back({"intervals are drawn over districts; one district has none",
                           "区间按区县重抽样得到；只有一个区县时没有区间"});
  }
  for (const Text& caveat : found.caveats()) sheet.notes.push_back(caveat);
  return sheet;
}

std::string gap_backtest_json(const GapBacktest& found, const RunInfo& run) {
  std::vector<GapWeights> weights;
  if (found.weights) weights.push_back(*found.weights);
  return sheets_json(
      "liantu.gap_backtest/1",
      {{"methods", sheet_of(score_columns(found, Language::En), kJson, found.scores)},
       {"districts", sheet_of(district_columns(found), kJson, found.districts)},
       {"weights", sheet_of(weight_columns(), kJson, weights)},
       {"totals", sheet_of<GapBacktest>(total_columns(), kJson, {found})}},
      run);
}

}  // namespace liantu
