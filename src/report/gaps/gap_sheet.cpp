#include "liantu/report/gaps/gap_sheet.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "report/gaps/critical_gaps.hpp"
#include "report/gaps/gap_columns.hpp"
#include "report/gaps/gap_words.hpp"
#include "report/words/words.hpp"

namespace liantu {
namespace {

// A list that only counts needs no columns for yuan.
void drop_empty_columns(Sheet& sheet) {
  for (std::size_t column = sheet.columns.size(); column-- > 0;) {
    const bool empty = std::ranges::all_of(sheet.rows, [&](const std::vector<SheetCell>& row) {
      return std::holds_alternative<std::monostate>(row[column]);
    });
    if (!empty) continue;
    const auto at = static_cast<std::ptrdiff_t>(column);
    sheet.columns.erase(sheet.columns.begin() + at);
    for (std::vector<SheetCell>& row : sheet.rows) row.erase(row.begin() + at);
  }
}

}  // namespace

Sheet gap_sheet(const EnterpriseGraph& graph, const GapReport& report, const SheetOptions& options,
                const Criticality* criticality, const GapSelection* selection) {
  const bool chosen = selection != nullptr && narrows(selection->query);
  const GapQuery query = selection == nullptr ? GapQuery() : selection->query;
  const bool by_criticality = query.order == GapOrder::Criticality;
  const GapTable table{graph, report, options, criticality, query};
  const std::size_t all = selection == nullptr ? report.gaps.size() : selection->places.size();
  const std::size_t shown = options.most == 0 ? all : std::min(all, options.most);
  bool counted = false;  // whether a gap is shown whose place follows from its weight
  std::vector<GapRow> rows;
  for (std::size_t i = 0; i < shown; ++i) {
    const Gap& gap = report.gaps[selection == nullptr ? i : selection->places[i]];
    counted = counted || (!severity_amount(gap) && !named_are_suppliers(gap));
    rows.push_back(gap_row(table, i + 1, gap));
  }
  Sheet sheet = sheet_of(gap_columns(table), options.brief ? kBrief : kFull, rows);
  sheet.title = chosen && !selection->places.empty()
                    ? selection_title(graph, report, *selection)
                    : Text{"Gaps in the industry chains", "产业链缺口清单"};
  if (options.brief) {
    sheet.title.en += " (amounts in CNY a year)";
    sheet.title.zh += "（金额：元/年）";
  }
  if (options.brief && !sheet.rows.empty()) drop_empty_columns(sheet);
  if (report.gaps.empty()) {
    sheet.notes = {report.met.empty()
                       ? Text{"no gap is known: nothing says what local products need",
                              "无从得知缺口：没有资料说明本地产品需要什么"}
                       : Text{"no gap: nothing that local firms need is missing or weak here",
                              "没有缺口：本地企业所需的环节在本地均可配套"}};
  } else if (chosen) {
    sheet.notes = selection_notes(graph, report, *selection, shown);
  } else {
    sheet.notes = {shown_of({"gaps", "缺口"}, shown, all, "个")};
  }
  sheet.notes.push_back(report.anchors.said());
  if (report.unlocated_firms > 0) {
    sheet.notes.push_back(
        {fmt::format("firms whose region is not known, counted neither here nor nearby: {}",
                     report.unlocated_firms),
         fmt::format("地区不明、既未计入本地也未计入邻近的企业 {} 家", report.unlocated_firms)});
  }
  if (report.weighted && counted && !by_criticality) {
    sheet.notes.push_back(
        {"gaps without an amount: most needed first, by the coefficients of their needers added up",
         "未计金额的缺口：按各需求企业投入系数之和由大到小排列"});
  }
  if (criticality != nullptr && !sheet.rows.empty()) {
    sheet.notes.push_back(criticality_note(*criticality));
  }
  if (!chosen && !by_criticality && shown + report.apart > all) {
    sheet.notes.push_back(apart_note(shown + report.apart - all));
  }
  if (chosen && !by_criticality && shown + selection->apart > all) {
    sheet.notes.push_back(apart_note(shown + selection->apart - all));
  }
  if (by_criticality && shown + selection->ubiquitous > all) {
    sheet.notes.push_back(apart_note(shown + selection->ubiquitous - all));
  }
  std::ranges::transform(report.factors, std::back_inserter(sheet.notes),
                         [&](const FactorUse& use) { return factor_text(graph, use); });
  return sheet;
}

}  // namespace liantu
