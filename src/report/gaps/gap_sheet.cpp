#include "liantu/report/gaps/gap_sheet.hpp"

#include <algorithm>
#include <cstddef>
#include <deque>
#include <iterator>
#include <string_view>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "liantu/chain/gaps/kind_rows.hpp"
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

// Whether all gaps of a report are told, in its own order.
bool selection_is_whole(const GapReport& report, const GapSelection* selection) {
  return selection == nullptr ||
         (!narrows(selection->query) && selection->places.size() == report.gaps.size());
}

}  // namespace

Sheet gap_sheet(const EnterpriseGraph& graph, const GapReport& report, const SheetOptions& options,
                const Criticality* criticality, const GapSelection* selection) {
  const bool chosen = selection != nullptr && narrows(selection->query);
  const GapQuery query = selection == nullptr ? GapQuery() : selection->query;
  const bool by_criticality = query.order == GapOrder::Criticality;
  GapTable table{graph, report, options, criticality, query};
  const std::size_t all = selection == nullptr ? report.gaps.size() : selection->places.size();
  // Around anchors what stands apart is a list of its own, as long as the other.
  const bool two_lists =
      query.around_anchors == AroundAnchors::Yes && !by_criticality && selection->apart > 0;
  const std::size_t among = two_lists ? all - selection->apart : all;
  // Kind by kind, where the whole list stands in its own order.
  const bool by_kind = report.by_size && selection_is_whole(report, selection) && !by_criticality;
  bool counted = false;  // whether a gap is shown whose place follows from its weight
  std::vector<GapRow> rows;
  std::deque<Gap> of_kinds;
  const auto add = [&](std::size_t rank, const Gap& gap) -> GapRow& {
    counted = counted || (!severity_amount(gap) && !named_are_suppliers(gap));
    return rows.emplace_back(gap_row(table, rank, gap));
  };
  const std::vector<KindRow> told = by_kind ? kind_rows(graph, report) : std::vector<KindRow>();
  for (const KindRow& one : told) {
    if (options.most > 0 && rows.size() == options.most) break;
    const Gap& gap = report.gaps[one.gap];
    if (!one.kind) {
      add(rows.size() + 1, gap);
      continue;
    }
    const Gap& part = of_kinds.emplace_back(gap_of_kind(graph, gap, *one.kind));
    GapRow& row = add(rows.size() + 1, part);
    row.kind = part.kinds_needed.front().kind;
    row.others = others_of_sector(gap, part.kinds_needed.front());
  }
  for (std::size_t i = 0; i < all && !by_kind; ++i) {
    const std::size_t rank = i < among ? i + 1 : i - among + 1;
    if (options.most > 0 && rank > options.most) continue;
    add(options.brief ? rank : i + 1, report.gaps[selection == nullptr ? i : selection->places[i]]);
    rows.back().second_list = i >= among;
  }
  const std::size_t lines = by_kind ? told.size() : all;
  const std::size_t shown = rows.size();
  const auto differs = [&](const GapRow& row) {
    return row.critical->criticality != rows.front().critical->criticality;
  };
  // What is the same in every row tells no rows apart.
  const bool tells = by_criticality || !report.by_size || std::ranges::any_of(rows, differs);
  if (options.brief && !tells) table.criticality = nullptr;
  Sheet sheet = sheet_of(gap_columns(table), options.brief ? kBrief : kFull, rows, options.stop);
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
    sheet.notes = {shown_of(by_kind
                                ? Text{"gaps, sectors kind by kind", "缺口（行业按品类逐一列出）"}
                                : Text{"gaps", "缺口"},
                            shown, lines, "个")};
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
        report.by_size
            ? Text{"gaps without an amount: most needed first, by registered capital × share of "
                   "the "
                   "sector × coefficient × location quotient of the needers, less what local "
                   "makers "
                   "of such capital would meet; an order and no amount",
                   "未计金额的缺口：按各需求企业注册资本 × 行业份额 × 投入系数 × 区位商 "
                   "之和、扣除本地同类企业资本可配套部分排列；只排先后，不是金额"}
            : Text{
                  "gaps without an amount: most needed first, by the coefficients of their needers "
                  "added up",
                  "未计金额的缺口：按各需求企业投入系数之和由大到小排列"});
  }
  if (criticality != nullptr && !sheet.rows.empty()) {
    sheet.notes.push_back(criticality_note(*criticality));
  }
  // Sectors of services, energy and building stand behind goods.
  const bool services = std::any_of(report.gaps.end() - static_cast<std::ptrdiff_t>(report.apart),
                                    report.gaps.end(), [&](const Gap& gap) {
                                      const std::string_view industry = graph.text(
                                          graph.entity(gap.segment), EntityText::Industry);
                                      return !industry.empty() && industry.front() > 'C';
                                    });
  const auto note_of = [&](std::size_t count) {
    if (!services) return apart_note(count);
    return Text{
        fmt::format("the last {} stand apart: services, energy and building, and goods that "
                    "nobody is to be recruited for, each with the reason",
                    count),
        fmt::format(
            "最后 {} 个单列：服务、能源和建筑，及不宜招商的产品（逐行注明原因），不参与前面的排序",
            count)};
  };
  if (!chosen && !by_criticality && shown + report.apart > lines) {
    sheet.notes.push_back(note_of(shown + report.apart - lines));
  }
  if (two_lists) {
    sheet.notes.push_back({"two lists: goods, then services, energy and building, each from 1",
                           "分两张清单：先产品，后服务、能源和建筑，各自从 1 编号"});
  } else if (chosen && !by_criticality && shown + selection->apart > all) {
    sheet.notes.push_back(note_of(shown + selection->apart - all));
  }
  if (by_criticality && shown + selection->ubiquitous > all) {
    sheet.notes.push_back(apart_note(shown + selection->ubiquitous - all));
  }
  std::ranges::transform(report.factors, std::back_inserter(sheet.notes),
                         [&](const FactorUse& use) { return factor_text(graph, use); });
  return sheet;
}

}  // namespace liantu
