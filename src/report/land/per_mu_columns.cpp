#include "report/land/per_mu_columns.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "report/land/per_mu_words.hpp"
#include "report/words/cells.hpp"
#include "report/words/words.hpp"

namespace liantu {
namespace {

SheetCell number_cell(const std::optional<double>& value) {
  if (!value) return std::monostate{};
  return *value;
}

SheetCell grade_cell(const std::optional<char>& grade) {
  return grade ? SheetCell(std::string(1, *grade)) : SheetCell(std::monostate{});
}

// The item of this name in the firm's class.
const ItemScore* item_of(const PerMuReport& report, const PerMuRow& row, const std::string& name) {
  if (row.rated == RatedAs::NoClass) return nullptr;
  const auto& rules = report.scheme.classes[row.in_class].items;
  const auto found = std::ranges::find(rules, name, &PerMuItem::name);
  return found == rules.end() ? nullptr
                              : &row.items[static_cast<std::size_t>(found - rules.begin())];
}

void write_figure(JsonOutput& out, std::string_view name, const std::optional<Figure>& figure) {
  out.member_number(name, figure ? std::optional(figure->value) : std::nullopt);
}

void write_items(JsonOutput& out, const PerMuReport& report, const PerMuRow& row) {
  out.open_array();
  for (std::size_t i = 0; i < row.items.size(); ++i) {
    const PerMuItem& rule = report.scheme.classes[row.in_class].items[i];
    const ItemScore& item = row.items[i];
    out.open_object();
    out.member("item", rule.name);
    write_figure(out, "numerator", item.numerator);
    write_figure(out, "denominator", item.denominator);
    out.member_number("ratio", item.ratio);
    out.member_number("base", item.base);
    out.member_number("points", rule.points);
    out.member_number("score", item.score);
    out.member("scored_by", scored_by_word(item.by));
    const bool known = item.numerator && item.denominator;
    out.member_or_null(
        "basis", known ? basis_word(softer(item.numerator->basis, item.denominator->basis)) : "");
    out.close_object();
  }
  out.close_array();
}

void write_lift(JsonOutput& out, std::string_view key, const PerMuRow& row) {
  out.key(key);
  if (!row.lift) return out.null();
  out.open_object();
  out.member("grade", std::string(1, row.lift->grade));
  out.member_number("score", row.lift->score);
  out.member_number("points", row.lift->points);
  out.key("by");
  out.open_array();
  for (const LiftBy& one : row.lift->by) {
    out.open_object();
    out.member("quantity", quantity_word(one.quantity));
    out.member_number("from", one.from);
    out.member_number("to", one.to);
    out.close_object();
  }
  out.close_array();
  out.close_object();
}

using Columns = std::vector<Column<PerMuRow>>;

void add_items(Columns& columns, const PerMuReport& report) {
  std::set<std::string> seen;
  for (const PerMuClass& one : report.scheme.classes) {
    for (const PerMuItem& rule : one.items) {
      if (!seen.insert(rule.name).second) continue;
      const std::string unit = rule.unit.empty() ? "" : rule.unit;
      columns.emplace_back(
          rule.name,
          Text{unit.empty() ? rule.title.en : fmt::format("{}, {}", rule.title.en, unit),
               unit.empty() ? rule.title.zh : fmt::format("{}（{}）", rule.title.zh, unit)},
          CellKind::Number, kFull, [&report, name = rule.name](const PerMuRow& row) {
            const ItemScore* item = item_of(report, row, name);
            return item == nullptr ? SheetCell(std::monostate{}) : number_cell(item->ratio);
          });
      columns.emplace_back(
          rule.name + "_score", Text{rule.title.en + ": score", rule.title.zh + "得分"},
          CellKind::Number, kFull, [&report, name = rule.name](const PerMuRow& row) {
            const ItemScore* item = item_of(report, row, name);
            const bool scored =
                item != nullptr && item->by != ScoredBy::Lacking && item->by != ScoredBy::Exempt;
            return scored ? SheetCell(item->score) : SheetCell(std::monostate{});
          });
    }
  }
}

}  // namespace

std::vector<Column<PerMuRow>> per_mu_columns(const EnterpriseGraph& graph,
                                             const PerMuReport& report, Language language) {
  Columns columns;
  const auto text = [&](PerMuRow const& row, EntityText which) {
    return words(std::string(graph.text(graph.entity(row.firm), which)));
  };
  columns.emplace_back("rank", Text{"rank", "名次"}, CellKind::Number, kSheets | kJson | kLead,
                       [](const PerMuRow& row) {
                         return row.rank == 0 ? SheetCell(std::monostate{})
                                              : SheetCell(static_cast<double>(row.rank));
                       });
  columns.emplace_back("firm", Text{"firm", "企业"}, CellKind::Text, kSheets | kJson | kLead,
                       [&graph](const PerMuRow& row) {
                         return words(std::string(graph.name(graph.entity(row.firm))));
                       });
  columns.emplace_back("credit_code", Text{"credit code", "统一社会信用代码"}, CellKind::Code,
                       kFull | kJson,
                       [text](const PerMuRow& row) { return text(row, EntityText::Code); });
  columns.emplace_back("class", Text{"class", "类别"}, CellKind::Text, kSheets,
                       [&report, language](const PerMuRow& row) {
                         if (row.rated == RatedAs::NoClass) return SheetCell(std::monostate{});
                         return words(report.scheme.classes[row.in_class].title.in(language));
                       });
  columns.emplace_back(
      "class", Column<PerMuRow>::Member(
                   [&report](JsonOutput& out, std::string_view key, const PerMuRow& row) {
                     const bool none = row.rated == RatedAs::NoClass;
                     out.member_or_null(key, none ? "" : report.scheme.classes[row.in_class].name);
                   }));
  columns.emplace_back(
      "rated", Text{"rated", "评价状态"}, CellKind::Text, kFull,
      [language](const PerMuRow& row) { return words(rated_text(row.rated).in(language)); });
  columns.emplace_back("rated", Column<PerMuRow>::Member(
                                    [](JsonOutput& out, std::string_view key, const PerMuRow& row) {
                                      out.member(key, rated_word(row.rated));
                                    }));
  columns.emplace_back("grade", Text{"grade", "等级"}, CellKind::Text, kSheets | kJson,
                       [](const PerMuRow& row) { return grade_cell(row.grade); });
  columns.emplace_back("score", Text{"score", "得分"}, CellKind::Number, kSheets | kJson,
                       [](const PerMuRow& row) { return number_cell(row.score); });
  columns.emplace_back("land", Text{"land, mu", "用地（亩）"}, CellKind::Number, kSheets | kJson,
                       [](const PerMuRow& row) {
                         // Shares of plots have no end of digits.
                         if (!row.land.mu) return SheetCell(std::monostate{});
                         return SheetCell(std::round(row.land.mu->value * 1e4) / 1e4);
                       });
  columns.emplace_back("land_from", Text{"land is known", "用地来源"}, CellKind::Text, kFull,
                       [language](const PerMuRow& row) {
                         return words(land_from_text(row.land.from).in(language));
                       });
  columns.emplace_back(
      "land_from",
      Column<PerMuRow>::Member([](JsonOutput& out, std::string_view key, const PerMuRow& row) {
        out.member(key, land_from_word(row.land.from));
        out.member_or_null("land_basis", row.land.mu ? basis_word(row.land.mu->basis) : "");
        out.member_count("plots", row.land.plots);
        out.member_count("shared_plots", row.land.shared);
      }));
  add_items(columns, report);
  columns.emplace_back("arithmetic", Text{"arithmetic", "计算过程"}, CellKind::Text,
                       kSheets | kBelow, [&report, language](const PerMuRow& row) {
                         std::string all;
                         for (std::size_t i = 0; i < row.items.size(); ++i) {
                           if (i > 0) all += language == Language::Zh ? "；" : "; ";
                           all += arithmetic_text(report.scheme.classes[row.in_class].items[i],
                                                  row.items[i], language);
                         }
                         return words(std::move(all));
                       });
  columns.emplace_back("items",
                       Column<PerMuRow>::Member(
                           [&report](JsonOutput& out, std::string_view key, const PerMuRow& row) {
                             out.key(key);
                             write_items(out, report, row);
                           }));
  columns.emplace_back("lift", Text{"one grade better with", "升一档需要"}, CellKind::Text,
                       kSheets | kBelow, [language](const PerMuRow& row) {
                         return row.lift ? words(lift_text(*row.lift, language))
                                         : SheetCell(std::monostate{});
                       });
  columns.emplace_back("lift", Column<PerMuRow>::Member(write_lift));
  columns.emplace_back("remark", Text{"remark", "备注"}, CellKind::Text, kSheets | kBelow,
                       [&report, language](const PerMuRow& row) {
                         return words(remark_text(report, row, language));
                       });
  columns.emplace_back(
      "lacking", Column<PerMuRow>::Member([&report](JsonOutput& out, std::string_view key,
                                                    const PerMuRow& row) {
        out.member_list(key, row.lacking, [](Quantity one) { return quantity_word(one); });
        out.member_list("zero", row.zero, [](Quantity one) { return quantity_word(one); });
        out.key("exempt_because");
        row.exemption ? out.said(report.scheme.exemptions[*row.exemption].reason) : out.null();
      }));
  return columns;
}

}  // namespace liantu
