#include "liantu/report/projects/league_sheet.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "report/words/cells.hpp"
#include "report/words/words.hpp"

namespace liantu {
namespace {

constexpr std::size_t kRowsNamed = 12;

Text board_text(LeagueBoard board) {
  switch (board) {
    case LeagueBoard::Red:
      return {"red", "红榜"};
    case LeagueBoard::Black:
      return {"black", "黑榜"};
    case LeagueBoard::None:
      break;
  }
  return {};
}

// `3 → 1 (+2)`: who was third and is first.
std::string rank_change(const LeagueTeam& team) {
  if (!team.rank_before) return {};
  const auto moved =
      static_cast<std::int64_t>(*team.rank_before) - static_cast<std::int64_t>(team.rank);
  return fmt::format("{}{}", moved > 0 ? "+" : "", moved);
}

std::string amount_of(const RubricItem& item, double actual, Language language) {
  switch (item.measure) {
    case RubricMeasure::FundsInPlace:
      return compact_money(actual, language) + (language == Language::Zh ? "元" : " CNY");
    case RubricMeasure::OnChainShare:
      return fmt::format("{:.1f}%", actual * 100);
    default:
      return plain_number(actual);
  }
}

// `2 / 1 × 30 = 60, at most 30`.
std::string arithmetic(const RubricItem& item, const LeaguePoints& points, Language language) {
  const bool zh = language == Language::Zh;
  if (!points.known) {
    return item.measure == RubricMeasure::Rating ? (zh ? "未评价" : "not rated")
                                                 : (zh ? "本季无签约项目" : "nothing signed");
  }
  std::string text = amount_of(item, points.actual, language);
  double raw = points.actual * item.points;
  std::optional<double> most = item.most;
  if (item.kind == ItemKind::Scored) {
    if (points.target) {
      text += " / " + amount_of(item, *points.target, language);
      raw /= *points.target;
    }
    if (item.measure == RubricMeasure::Rating) {
      text += " / 100";
      raw /= 100;
    }
    if (!most) most = item.points;
  }
  text += " × " + plain_number(item.points);
  const std::string result = fmt::format("{:.2f}", std::abs(points.points));
  if (most && raw > *most + 1e-9) {
    text += fmt::format(fmt::runtime(zh ? " = {:.2f}，封顶 {}" : " = {:.2f}, at most {}"), raw,
                        plain_number(*most));
  } else {
    text += " = " + result;
  }
  return text;
}

std::string rows_text(const LedgerBook& book, const LeaguePoints& points, Language language) {
  std::string text;
  std::size_t named = 0;
  for (const LeagueRow& one : points.rows) {
    if (named == kRowsNamed) {
      text +=
          fmt::format(fmt::runtime(language == Language::Zh ? " 等 {} 行" : " and {} more"),
                      language == Language::Zh ? points.rows.size() : points.rows.size() - named);
      break;
    }
    if (named > 0) text += language == Language::Zh ? "、" : ", ";
    text +=
        fmt::format("{}#{}", book.subjects[one.subject].key, static_cast<std::int64_t>(one.row));
    ++named;
  }
  return text;
}

SheetCell change(double now, double before) { return now - before; }

std::string names_on(const League& league, LeagueBoard board, Language language) {
  std::vector<std::string> names;
  for (const LeagueTeam& team : league.teams) {
    if (team.board == board) names.push_back(team.name);
  }
  return names.empty() ? (language == Language::Zh ? "无" : "none") : join_words(names, language);
}

Text title_of(const LedgerBook& book, const League& league) {
  const Text quarter = quarter_text(league.quarter);
  return {fmt::format("League of {}, {}", book.district, quarter.en),
          fmt::format("{}{}招商引资赛马比拼", book.district, quarter.zh)};
}

}  // namespace

Sheet league_sheet(const LedgerBook& book, const League& league, const SheetOptions& options) {
  Sheet sheet;
  sheet.title = title_of(book, league);
  sheet.columns = {{"rank", {"rank", "名次"}, CellKind::Number, true},
                   {"team", {"team", "招商单位"}, CellKind::Text, true},
                   {"score", {"score", "总分"}, CellKind::Number, true}};
  sheet.columns[2].bar = true;
  std::vector<std::string> named;
  for (const RubricItem& item : league.rubric.items) {
    SheetColumn column{"points_" + item.word, item.name, CellKind::Number};
    // A terminal has no room for sentences; what each is stands below.
    if (options.brief) {
      column.heading.en = item.word;
      std::ranges::replace(column.heading.en, '_', ' ');
      named.push_back(fmt::format("{}: {}", column.heading.en, item.name.en));
    }
    if (item.kind == ItemKind::Scored) {
      column.heading.en += fmt::format(" (of {})", plain_number(item.points));
      column.heading.zh += fmt::format("（{}分）", plain_number(item.points));
    }
    sheet.columns.push_back(std::move(column));
  }
  sheet.columns.push_back({"score_before", {"score before", "上季总分"}, CellKind::Number});
  sheet.columns.push_back({"score_change", {"change", "较上季"}, CellKind::Number});
  sheet.columns.push_back({"rank_change", {"ranks gained", "名次变化"}, CellKind::Text});
  sheet.columns.push_back({"board", {"board", "榜单"}, CellKind::Text});
  for (const LeagueTeam& team : league.teams) {
    std::vector<SheetCell> row = {static_cast<double>(team.rank), words(team.name), team.score};
    for (std::size_t i = 0; i < team.items.size(); ++i) {
      const LeaguePoints& points = team.items[i];
      row.push_back(points.known ? SheetCell(points.points) : SheetCell());
    }
    row.push_back(amount(team.score_before));
    row.push_back(team.score_before
                      ? SheetCell(std::round((team.score - *team.score_before) * 100) / 100)
                      : SheetCell());
    row.push_back(words(rank_change(team)));
    row.push_back(words(board_text(team.board).in(options.language)));
    sheet.rows.push_back(std::move(row));
  }
  sheet.summary = league_sentences(book, league);
  if (options.brief && options.language == Language::En) {
    const std::string items = fmt::format("{}", fmt::join(named, "; "));
    sheet.notes.push_back({items, items});
  }
  if (!league.rubric.source.empty()) {
    sheet.notes.push_back(
        {fmt::format("rubric: {}; {}", league.rubric.name, league.rubric.source),
         fmt::format("考评办法：{}；{}", league.rubric.name, league.rubric.source)});
  }
  return sheet;
}

Sheet league_point_sheet(const LedgerBook& book, const League& league,
                         const SheetOptions& options) {
  Sheet sheet;
  sheet.title = {"What the points rest on", "得分依据"};
  sheet.columns = {{"team", {"team", "招商单位"}, CellKind::Text, true},
                   {"item", {"item", "考评项"}, CellKind::Text, true},
                   {"points", {"points", "得分"}, CellKind::Number, true},
                   {"arithmetic", {"arithmetic", "算式"}, CellKind::Text},
                   {"rows", {"code#row of the ledger", "依据（编号#台账行号）"}, CellKind::Text}};
  for (const LeagueTeam& team : league.teams) {
    for (std::size_t i = 0; i < team.items.size(); ++i) {
      const RubricItem& item = league.rubric.items[i];
      const LeaguePoints& points = team.items[i];
      if (item.kind != ItemKind::Scored && points.rows.empty()) continue;
      std::string text = arithmetic(item, points, options.language);
      if (points.undecided > 0) {
        text +=
            fmt::format(fmt::runtime(options.language == Language::Zh
                                         ? "；另有 {} 个项目信息不全，未计"
                                         : "; {} projects not counted, as something is not stated"),
                        points.undecided);
      }
      sheet.rows.push_back({words(team.name), words(item.name.in(options.language)), points.points,
                            words(std::move(text)),
                            words(rows_text(book, points, options.language))});
    }
  }
  return sheet;
}

Sheet league_total_sheet(const LedgerBook& book, const League& league,
                         const SheetOptions& options) {
  Sheet sheet;
  sheet.title = {"The quarter in figures", "本季总体情况"};
  sheet.columns = {
      {"figure", {"figure", "指标"}, CellKind::Text, true},
      {"now", {league.quarter.to_string(), league.quarter.to_string()}, CellKind::Number, true},
      {"before",
       {league.quarter.before().to_string(), league.quarter.before().to_string()},
       CellKind::Number},
      {"change", {"change", "较上季"}, CellKind::Number}};
  const auto add = [&](std::string_view en, std::string_view zh, double now, double before) {
    sheet.rows.push_back({words(std::string(options.language == Language::Zh ? zh : en)), now,
                          before, change(now, before)});
  };
  const LeagueTotals& now = league.totals;
  const LeagueTotals& before = league.before;
  constexpr double kWan = 1e4;
  add("projects signed", "签约项目（个）", static_cast<double>(now.projects),
      static_cast<double>(before.projects));
  add("planned investment, 10,000 CNY", "总投资（万元）", now.investment / kWan,
      before.investment / kWan);
  add("planned output a year, 10,000 CNY", "预计年产值（万元）", now.output / kWan,
      before.output / kWan);
  add("planned tax a year, 10,000 CNY", "预计年税收（万元）", now.tax / kWan, before.tax / kWan);
  add("planned jobs", "预计用工（人）", now.jobs, before.jobs);
  add("funds in place, 10,000 CNY", "本季到位资金（万元）", now.funds / kWan, before.funds / kWan);
  for (const SubjectKind kind : {SubjectKind::Project, SubjectKind::Contact}) {
    for (const LedgerStage stage : stages_of(kind)) {
      if (stage == LedgerStage::Signed) continue;
      const auto s = static_cast<std::size_t>(stage);
      if (now.reached[s] == 0 && before.reached[s] == 0) continue;
      add(fmt::format("{}s: {}", subject_text(kind).en, stage_text(stage).en),
          fmt::format("{}：{}", subject_text(kind).zh, stage_text(stage).zh),
          static_cast<double>(now.reached[s]), static_cast<double>(before.reached[s]));
    }
  }
  (void)book;
  return sheet;
}

Sheet league_project_sheet(const LedgerBook& book, const League& league,
                           const SheetOptions& options) {
  Sheet sheet;
  sheet.title = {"Projects signed", "签约项目"};
  sheet.columns = {{"key", {"project code", "项目编号"}, CellKind::Code, true},
                   {"name", {"project", "项目名称"}, CellKind::Text, true},
                   {"firm", {"firm", "企业名称"}, CellKind::Text},
                   {"signed", {"signed on", "签约日期"}, CellKind::Text},
                   {"industry", {"industry", "产业"}, CellKind::Text},
                   {"team", {"team", "招商单位"}, CellKind::Text},
                   {"investment", {"planned investment, CNY", "总投资（元）"}, CellKind::Money},
                   {"output", {"planned output a year, CNY", "预计年产值（元）"}, CellKind::Money},
                   {"tax", {"planned tax a year, CNY", "预计年税收（元）"}, CellKind::Money},
                   {"stage", {"stage", "阶段"}, CellKind::Text},
                   {"row", {"ledger row", "台账行号"}, CellKind::Number}};
  const Date last = league.quarter.last();
  std::vector<std::pair<double, const Subject*>> found;
  for (const Subject& one : book.subjects) {
    const StageChange* change = reached(one, LedgerStage::Signed, last);
    if (change == nullptr || change->day < league.quarter.first()) continue;
    found.emplace_back(-number_at(one, FactKey::Investment, last).value_or(0), &one);
  }
  std::ranges::stable_sort(found, {}, &std::pair<double, const Subject*>::first);
  for (const auto& [sum, one] : found) {
    const StageChange* change = reached(*one, LedgerStage::Signed, last);
    sheet.rows.push_back({words(one->key), words(one->name), words(one->firm),
                          words(change->day.to_string()),
                          words(std::string(words_at(*one, FactKey::Industry, last))),
                          words(std::string(words_at(*one, FactKey::Team, last))),
                          amount(number_at(*one, FactKey::Investment, last)),
                          amount(number_at(*one, FactKey::OutputPlanned, last)),
                          amount(number_at(*one, FactKey::TaxPlanned, last)),
                          words(stage_text(stage_at(*one, last)->stage).in(options.language)),
                          static_cast<double>(static_cast<std::int64_t>(change->row))});
  }
  return sheet;
}

std::vector<Text> league_sentences(const LedgerBook& book, const League& league) {
  const LeagueTotals& now = league.totals;
  const Text quarter = quarter_text(league.quarter);
  std::vector<Text> said;
  const auto money = [](double yuan, Language language) { return compact_money(yuan, language); };
  said.push_back({fmt::format("{}: {} projects signed, CNY {} of investment; expected at full "
                              "production a year: output "
                              "CNY {}, tax CNY {}",
                              quarter.en, now.projects, money(now.investment, Language::En),
                              money(now.output, Language::En), money(now.tax, Language::En)),
                  fmt::format("{}签约项目 {} 个，总投资 {}元；达产后预计年产值 {}元、年税收 {}元",
                              quarter.zh, now.projects, money(now.investment, Language::Zh),
                              money(now.output, Language::Zh), money(now.tax, Language::Zh))});
  const auto more =
      static_cast<std::int64_t>(now.projects) - static_cast<std::int64_t>(league.before.projects);
  said.push_back(
      {fmt::format("against the quarter before: {:+} projects, CNY {}{} of investment", more,
                   now.investment < league.before.investment ? "-" : "+",
                   money(std::abs(now.investment - league.before.investment), Language::En)),
       fmt::format("较上季度：项目 {:+} 个，总投资{} {}元", more,
                   now.investment < league.before.investment ? "减少" : "增加",
                   money(std::abs(now.investment - league.before.investment), Language::Zh))});
  if (!league.teams.empty()) {
    said.push_back(
        {fmt::format("red board: {}; black board: {}",
                     names_on(league, LeagueBoard::Red, Language::En),
                     names_on(league, LeagueBoard::Black, Language::En)),
         fmt::format("红榜：{}；黑榜：{}", names_on(league, LeagueBoard::Red, Language::Zh),
                     names_on(league, LeagueBoard::Black, Language::Zh))});
  }
  if (now.without_team > 0) {
    said.push_back({fmt::format("{} projects name no team and count for nobody", now.without_team),
                    fmt::format("有 {} 个项目未写招商单位，不计入任何单位", now.without_team)});
  }
  if (now.without_investment > 0) {
    said.push_back({fmt::format("{} projects state no investment; the sum lacks theirs",
                                now.without_investment),
                    fmt::format("有 {} 个项目未填总投资，合计中不含", now.without_investment)});
  }
  if (book.as_of.known() && book.as_of < league.quarter.last()) {
    said.push_back({fmt::format("the quarter is not over: as of {}", book.as_of.to_string()),
                    fmt::format("本季度尚未结束，数据截至 {}", book.as_of.to_string())});
  }
  return said;
}

std::vector<Sheet> league_workbook(const LedgerBook& book, const League& league,
                                   std::vector<Sheet> more, const SheetOptions& options) {
  Sheet totals = league_total_sheet(book, league, options);
  const Text title = title_of(book, league);
  totals.title = {"Circular", "通报"};
  totals.head = {{title.en + ": circular", title.zh + "情况通报"}};
  for (const Text& one : league_sentences(book, league)) totals.head.push_back(one);
  totals.notes.push_back(
      {"signed: ____________    date: ____________", "签发：____________　　日期：____________"});
  Sheet ranks = league_sheet(book, league, options);
  ranks.title = {"Ranks", "排名"};
  std::vector<Sheet> sheets = {std::move(totals), std::move(ranks),
                               league_point_sheet(book, league, options),
                               league_project_sheet(book, league, options)};
  for (Sheet& one : more) sheets.push_back(std::move(one));
  return sheets;
}

}  // namespace liantu
