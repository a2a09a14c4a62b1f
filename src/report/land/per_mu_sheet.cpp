#include "liantu/report/land/per_mu_sheet.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "report/formats/column.hpp"
#include "report/land/per_mu_columns.hpp"
#include "report/land/per_mu_words.hpp"
#include "report/words/cells.hpp"
#include "report/words/words.hpp"

namespace liantu {
namespace {

Text title_of(const PerMuScheme& scheme) {
  return {"Per-mu performance: " + scheme.title.en, "亩均效益评价：" + scheme.title.zh};
}

Text class_note(const PerMuClass& rules, const PerMuSummary& summary) {
  const auto& [a, b, c, d] = summary.grades;
  Text text = {
      fmt::format("{}: {} firms; ranked {}, exempt {}, not rated {}", rules.title.en, summary.firms,
                  summary.ranked, summary.exempt, summary.unrated),
      fmt::format("{}：{} 家；参评 {} 家，不定等级 {} 家，缺数据未评 {} 家", rules.title.zh,
                  summary.firms, summary.ranked, summary.exempt, summary.unrated)};
  if (rules.grades.by != GradeBy::None) {
    text.en += fmt::format("; A {}, B {}, C {}, D {}", a, b, c, d);
    text.zh += fmt::format("；A 类 {} 家，B 类 {} 家，C 类 {} 家，D 类 {} 家", a, b, c, d);
  }
  if (summary.median) {
    text.en += fmt::format("; scores {} to {}, median {}", short_number(*summary.least, 2),
                           short_number(*summary.most, 2), short_number(*summary.median, 2));
    text.zh += fmt::format("；得分 {}～{}，中位数 {}", short_number(*summary.least, 2),
                           short_number(*summary.most, 2), short_number(*summary.median, 2));
  }
  return text;
}

std::vector<Text> notes_of(const PerMuReport& report) {
  std::vector<Text> notes;
  for (std::size_t c = 0; c < report.classes.size(); ++c) {
    notes.push_back(class_note(report.scheme.classes[c], report.classes[c]));
  }
  if (report.no_class > 0) {
    notes.push_back({fmt::format("firms that fit no class: {}", report.no_class),
                     fmt::format("不属评价范围的企业：{} 家", report.no_class)});
  }
  if (!report.scheme.source.empty()) {
    notes.push_back({"rules: " + report.scheme.source, "办法来源：" + report.scheme.source});
  }
  if (!report.scheme.about.en.empty()) notes.push_back(report.scheme.about);
  return notes;
}

std::string bar(std::size_t firms, std::size_t most) {
  constexpr std::size_t kWidest = 40;
  const std::size_t length = most <= kWidest ? firms : (firms * kWidest + most - 1) / most;
  std::string text;
  for (std::size_t i = 0; i < length; ++i) text += "█";
  return text;
}

}  // namespace

Sheet per_mu_sheet(const EnterpriseGraph& graph, const PerMuReport& report,
                   const SheetOptions& options) {
  const auto columns = per_mu_columns(graph, report, options.language);
  std::vector<PerMuRow> shown = report.rows;
  if (options.most > 0 && options.most < shown.size()) {
    shown.erase(shown.begin() + static_cast<std::ptrdiff_t>(options.most), shown.end());
  }
  Sheet sheet = sheet_of(columns, options.brief ? kBrief : kFull, shown, options.stop);
  for (SheetColumn& column : sheet.columns) {
    column.grade = column.key == "grade";
    column.bar = column.key == "score";
    if (column.key == "arithmetic") column.width = 70;
    if (column.key == "lift" || column.key == "remark") column.width = 40;
  }
  sheet.title = title_of(report.scheme);
  sheet.notes = notes_of(report);
  return sheet;
}

Sheet per_mu_items_sheet(const EnterpriseGraph& graph, const PerMuReport& report,
                         Language language) {
  struct ItemRow {
    const PerMuRow* row;
    const PerMuItem* rule;
    const ItemScore* item;
  };
  std::vector<ItemRow> rows;
  for (const PerMuRow& row : report.rows) {
    for (std::size_t i = 0; i < row.items.size(); ++i) {
      rows.push_back({&row, &report.scheme.classes[row.in_class].items[i], &row.items[i]});
    }
  }
  const auto figure = [](const std::optional<Figure>& one) { return amount(one); };
  const std::vector<Column<ItemRow>> columns = {
      {"firm",
       {"firm", "企业"},
       CellKind::Text,
       kFull,
       [&](const ItemRow& one) {
         return words(std::string(graph.name(graph.entity(one.row->firm))));
       }},
      {"item",
       {"item", "指标"},
       CellKind::Text,
       kFull,
       [&](const ItemRow& one) { return words(one.rule->title.in(language)); }},
      {"numerator_is",
       {"numerator is", "分子"},
       CellKind::Text,
       kFull,
       [&](const ItemRow& one) { return words(quantity_text(one.rule->numerator).in(language)); }},
      {"numerator",
       {"numerator (CNY, heads …)", "分子数值（元、人等）"},
       CellKind::Number,
       kFull,
       [&](const ItemRow& one) {
         const SheetCell value = figure(one.item->numerator);
         const double* amount_told = std::get_if<double>(&value);
         // The units of a column differ, so that it is none of money; an amount is one all the same.
         const bool money = amount_told != nullptr && is_money(one.rule->numerator);
         return money ? SheetCell(in_hundredths(*amount_told)) : value;
       }},
      {"denominator_is",
       {"denominator is", "分母"},
       CellKind::Text,
       kFull,
       [&](const ItemRow& one) {
         return words(quantity_text(one.rule->denominator).in(language));
       }},
      {"denominator",
       {"denominator (mu, tce …)", "分母数值（亩、吨标准煤等）"},
       CellKind::Number,
       kFull,
       [&](const ItemRow& one) { return figure(one.item->denominator); }},
      {"ratio",
       {"ratio", "指标值"},
       CellKind::Number,
       kFull,
       [&](const ItemRow& one) { return amount(one.item->ratio); }},
      {"unit",
       {"unit", "单位"},
       CellKind::Text,
       kFull,
       [&](const ItemRow& one) { return words(one.rule->unit); }},
      {"base",
       {"base", "基准值"},
       CellKind::Number,
       kFull,
       [&](const ItemRow& one) { return amount(one.item->base); }},
      {"points",
       {"points", "权重分"},
       CellKind::Number,
       kFull,
       [&](const ItemRow& one) { return SheetCell(one.rule->points); }},
      {"score",
       {"score", "得分"},
       CellKind::Number,
       kFull,
       [&](const ItemRow& one) { return SheetCell(one.item->score); }},
      {"scored_by",
       {"scored", "计分方式"},
       CellKind::Text,
       kFull,
       [&](const ItemRow& one) { return words(scored_by_text(one.item->by).in(language)); }},
      {"basis", {"basis", "依据"}, CellKind::Text, kFull, [&](const ItemRow& one) {
         if (!one.item->numerator || !one.item->denominator) return SheetCell(std::monostate{});
         return words(basis_text(softer(one.item->numerator->basis, one.item->denominator->basis))
                          .in(language));
       }}};
  Sheet sheet = sheet_of(columns, kFull, rows);
  sheet.title = {"Arithmetic of every item", "各项计算过程"};
  return sheet;
}

Sheet per_mu_spread_sheet(const PerMuReport& report, Language language) {
  const std::vector<ScoreBand> bands = score_bands(report);
  std::size_t most = 0;
  for (const ScoreBand& band : bands) most = std::max(most, band.all());
  const auto count_of = [](std::size_t grade) {
    return [grade](const ScoreBand& band) {
      return band.firms[grade] == 0 ? SheetCell(std::monostate{}) : count(band.firms[grade]);
    };
  };
  std::vector<Column<ScoreBand>> columns = {
      {"class",
       {"class", "类别"},
       CellKind::Text,
       kFull,
       [&](const ScoreBand& band) {
         return words(report.scheme.classes[band.in_class].title.in(language));
       }},
      {"scores",
       {"score", "得分"},
       CellKind::Text,
       kFull,
       [](const ScoreBand& band) {
         return words(
             fmt::format("[{}, {})", short_number(band.from, 2), short_number(band.to, 2)));
       }},
      {"firms", {"firms", "企业数"}, CellKind::Number, kFull, [](const ScoreBand& band) {
         return count(band.all());
       }}};
  const bool graded = std::ranges::any_of(
      report.scheme.classes, [](const PerMuClass& one) { return one.grades.by != GradeBy::None; });
  constexpr std::string_view kGrades = "ABCD";
  for (std::size_t i = 0; graded && i < kGrades.size(); ++i) {
    const std::string grade(1, kGrades[i]);
    columns.emplace_back(grade, Text{grade, grade}, CellKind::Number, kFull, count_of(i));
  }
  columns.emplace_back("spread", Text{"spread", "分布"}, CellKind::Text, kFull,
                       [most](const ScoreBand& band) { return words(bar(band.all(), most)); });
  Sheet sheet = sheet_of(columns, kFull, bands);
  sheet.title = {"Spread of the scores", "得分分布"};
  return sheet;
}

std::string per_mu_json(const EnterpriseGraph& graph, const PerMuReport& report,
                        const RunInfo& run) {
  JsonOutput out;
  out.open_object();
  write_run(out, "liantu.permu/1", run);
  out.key("scheme");
  out.open_object();
  out.member("name", report.scheme.name);
  out.member("title", report.scheme.title);
  out.member_or_null("source", report.scheme.source);
  out.close_object();
  out.member_or_null("as_of", report.as_of.to_string());
  out.key("classes");
  out.open_array();
  for (std::size_t c = 0; c < report.classes.size(); ++c) {
    const PerMuSummary& one = report.classes[c];
    out.open_object();
    out.member("name", report.scheme.classes[c].name);
    out.member("title", report.scheme.classes[c].title);
    out.member_count("firms", one.firms);
    out.member_count("ranked", one.ranked);
    out.member_count("exempt", one.exempt);
    out.member_count("unrated", one.unrated);
    out.key("grades");
    if (report.scheme.classes[c].grades.by == GradeBy::None) {
      out.null();
    } else {
      out.open_object();
      for (std::size_t i = 0; i < 4; ++i) {
        out.member_count(std::string(1, static_cast<char>('A' + i)), one.grades[i]);
      }
      out.close_object();
    }
    out.member_number("least", one.least);
    out.member_number("median", one.median);
    out.member_number("most", one.most);
    out.close_object();
  }
  out.close_array();
  out.member_count("no_class", report.no_class);
  out.key("spread");
  out.open_array();
  for (const ScoreBand& band : score_bands(report)) {
    out.open_object();
    out.member("class", report.scheme.classes[band.in_class].name);
    out.member_number("from", band.from);
    out.member_number("to", band.to);
    out.member_count("firms", band.all());
    out.close_object();
  }
  out.close_array();
  out.key("firms");
  out.open_array();
  const auto columns = per_mu_columns(graph, report, Language::En);
  for (const PerMuRow& row : report.rows) write_object(out, columns, row);
  out.close_array();
  out.close_object();
  return out.finish();
}

}  // namespace liantu
