#include "liantu/report/evaluation/arrival_backtest_sheet.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "liantu/report/formats/sheets_json.hpp"
#include "report/formats/column.hpp"
#include "report/words/cells.hpp"

namespace liantu {
namespace {

/// A score with the window and the view that it is of.
struct Line {
  const ArrivalWindow* window = nullptr;
  const ArrivalViewScores* view = nullptr;
  const ArrivalScore* score = nullptr;
};

std::vector<Line> lines_of(const ArrivalBacktest& found) {
  std::vector<Line> lines;
  for (const ArrivalWindow& window : found.windows) {
    for (const ArrivalViewScores& view : window.views) {
      for (const ArrivalScore& score : view.scores) lines.push_back({&window, &view, &score});
    }
  }
  return lines;
}

std::vector<Column<Line>> columns_of(Language language) {
  using Col = Column<Line>;
  const auto figure = [](double ArrivalScore::*one) {
    return [one](const Line& line) { return SheetCell(line.score->*one); };
  };
  // Of one place there is no interval.
  const auto end = [](Interval ArrivalScore::*one, double Interval::*which) {
    return [one, which](const Line& line) {
      return line.view->places > 1 ? SheetCell(line.score->*one.*which) : SheetCell();
    };
  };
  constexpr Shown kAll = kSheets | kJson;
  constexpr Shown kMore = kFull | kJson;
  const auto ends = [&](std::vector<Col>& columns, const char* key, Interval ArrivalScore::*one,
                        Shown shown) {
    columns.emplace_back(std::string(key) + "_low", Text{"95 % from", "95% 下限"}, CellKind::Number,
                         shown, end(one, &Interval::low));
    columns.emplace_back(std::string(key) + "_high", Text{"95 % to", "95% 上限"}, CellKind::Number,
                         shown, end(one, &Interval::high));
  };
  std::vector<Col> columns = {
      Col("from", {"from", "起始年"}, CellKind::Number, kAll,
          [](const Line& line) { return static_cast<double>(line.window->from); }),
      Col("view", {"whose coming", "范围"}, CellKind::Text, kSheets,
          [language](const Line& line) { return view_text(line.view->view).in(language); }),
      Col(
          "view", [](const Line& line) { return std::string(view_word(line.view->view)); },
          CellKind::Text),
      Col("places", {"places", "地区数"}, CellKind::Number, kAll,
          [](const Line& line) { return count(line.view->places); }),
      Col("positives", {"came", "落户数"}, CellKind::Number, kMore,
          [](const Line& line) { return count(line.view->positives); }),
      Col("ranking", {"ranking", "排序"}, CellKind::Text, kSheets | kLead,
          [language](const Line& line) { return ranking_text(line.score->ranking).in(language); }),
      Col(
          "ranking",
          [](const Line& line) { return std::string(ranking_word(line.score->ranking)); },
          CellKind::Text),
      Col("map", {"MAP", "MAP"}, CellKind::Number, kAll, figure(&ArrivalScore::map))};
  ends(columns, "map", &ArrivalScore::map_interval, kAll);
  columns.emplace_back("over_branches", Text{"MAP by branches", "MAP 与分支最多之比"},
                       CellKind::Number, kAll, figure(&ArrivalScore::over_branches));
  ends(columns, "over_branches", &ArrivalScore::over_branches_interval, kMore);
  columns.emplace_back("precision_20", Text{"precision@20", "前 20 命中率"}, CellKind::Number, kAll,
                       figure(&ArrivalScore::precision_20));
  ends(columns, "precision_20", &ArrivalScore::precision_20_interval, kMore);
  columns.emplace_back("recall_50", Text{"recall@50", "前 50 查全率"}, CellKind::Number, kAll,
                       figure(&ArrivalScore::recall_50));
  ends(columns, "recall_50", &ArrivalScore::recall_50_interval, kMore);
  columns.emplace_back("recall_200", Text{"recall@200", "前 200 查全率"}, CellKind::Number, kAll,
                       figure(&ArrivalScore::recall_200));
  ends(columns, "recall_200", &ArrivalScore::recall_200_interval, kMore);
  columns.emplace_back("among_50", Text{"came of the first 50", "前 50 中落户数"}, CellKind::Number,
                       kAll, figure(&ArrivalScore::among_50));
  ends(columns, "among_50", &ArrivalScore::among_50_interval, kMore);
  columns.emplace_back("lists_hit", Text{"lists with one among 50", "前 50 至少命中一家的清单"},
                       CellKind::Share, kMore, figure(&ArrivalScore::lists_hit));
  return columns;
}

std::vector<Column<ArrivalWindow>> window_columns() {
  using Col = Column<ArrivalWindow>;
  const auto number = [](std::size_t ArrivalWindow::*one) {
    return [one](const ArrivalWindow& window) { return count(window.*one); };
  };
  return {Col(
              "from", [](const ArrivalWindow& window) { return static_cast<double>(window.from); },
              CellKind::Number),
          Col("candidates", number(&ArrivalWindow::candidates), CellKind::Number),
          Col("earlier", number(&ArrivalWindow::earlier), CellKind::Number),
          Col("arrivals", number(&ArrivalWindow::arrivals), CellKind::Number)};
}

std::string figures_text(double value) {
  return value >= 0.095 ? fmt::format("{:.1f}", value) : fmt::format("{:.2f}", value);
}

// What a list like this one was worth.
void add_worth(const ArrivalBacktest& found, const ArrivalWindow& window, Sheet& sheet) {
  const ArrivalViewScores& all = window.views.front();
  const auto at = [&](ArrivalRanking ranking) {
    return std::ranges::find(all.scores, ranking, &ArrivalScore::ranking);
  };
  const auto ours = at(ArrivalRanking::Propensity);
  const auto chance = at(ArrivalRanking::Random);
  if (ours == all.scores.end() || chance == all.scores.end()) return;
  const std::string low = figures_text(ours->among_50_interval.low);
  const std::string high = figures_text(ours->among_50_interval.high);
  sheet.notes.push_back(
      {fmt::format("lists like this one, {} to {}: of the first 50 firms {}{} came within {} years "
                   "on average over {} places; {:.0f} lists in 10 held at least one; chance gives "
                   "{}. This is not a forecast for a single place",
                   window.from, window.from + found.years - 1, figures_text(ours->among_50),
                   all.places > 1 ? fmt::format(" (95 % {} to {})", low, high) : std::string(),
                   found.years, all.places, 10 * ours->lists_hit, figures_text(chance->among_50)),
       fmt::format("此类清单（{} 至 {} 年）：{} 个地区平均，前 50 家中有 {} 家{}在 {} 年内落户；"
                   "10 份清单中约 {:.0f} 份至少命中一家；随机为 {}。这不是对单个地区的预测",
                   window.from, window.from + found.years - 1, all.places,
                   figures_text(ours->among_50),
                   all.places > 1 ? fmt::format("（95% 区间 {} 至 {}）", low, high) : std::string(),
                   found.years, 10 * ours->lists_hit, figures_text(chance->among_50))});
}

}  // namespace

Sheet arrival_backtest_sheet(const ArrivalBacktest& found, Language language) {
  Sheet sheet = sheet_of(columns_of(language), kBrief, lines_of(found));
  sheet.title = {
      fmt::format("Who really came within {} years, and how high lists held them", found.years),
      fmt::format("{} 年内实际落户企业在各清单中的位置", found.years)};
  for (const ArrivalWindow& window : found.windows) {
    sheet.notes.push_back(
        {fmt::format("from {}: {} firms known before, {} earlier arrivals, {} that could be "
                     "foretold",
                     window.from, window.candidates, window.earlier, window.arrivals),
         fmt::format("{} 年起：此前已知企业 {} 家，此前落户 {} 次，可预测的落户 {} 次", window.from,
                     window.candidates, window.earlier, window.arrivals)});
    add_worth(found, window, sheet);
  }
  if (!found.located) {
    sheet.notes.push_back(
        {"distances are between the seats of provinces; --places FILE with code, lon and lat makes "
         "them those between places",
         "距离按省会间直线计；用 --places 提供 code、lon、lat 可按地区间距离计"});
  }
  sheet.notes.push_back(
      {"only what is dated before a window is looked at, but for capital and scope, which are as "
       "of "
       "the table's day: a firm that came to many places since may state more of both",
       "各窗口只用其之前的记录；但注册资本与经营范围为数据采集时的值，此后扩张的企业可能已增加"});
  if (!found.conclusive) {
    sheet.notes.push_back({"fewer than 30 arrivals in every window: no conclusion",
                           "各窗口落户均少于 30 次：不作结论"});
  }
  return sheet;
}

std::string arrival_backtest_json(const ArrivalBacktest& found, const RunInfo& run) {
  return sheets_json("liantu.arrival_backtest/1",
                     {{"methods", sheet_of(columns_of(Language::En), kJson, lines_of(found))},
                      {"windows", sheet_of(window_columns(), kJson, found.windows)}},
                     run);
}

}  // namespace liantu
