#include "liantu/report/prospects/prospect_sheet.hpp"

#include <algorithm>
#include <cstddef>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "liantu/base/values/money.hpp"
#include "report/prospects/propensity_columns.hpp"
#include "report/prospects/prospect_columns.hpp"
#include "report/words/words.hpp"

namespace liantu {

namespace {

// What the ranks are worth where nothing parts the rows.
Text unparted_text(const ProspectList& list) {
  Text text{"the ranks separate no firms: the rank intervals of all rows overlap",
            "名次分不出先后：所有行的名次区间彼此重叠"};
  if (list.parted_by.empty()) return text;
  text.en += "; what would separate them, and by how many points at most on average: ";
  text.zh += "；补以下资料才能分开（括号内为平均至多影响的分数）：";
  for (std::size_t i = 0; i < list.parted_by.size(); ++i) {
    const PartedBy& one = list.parted_by[i];
    const Text data = part_data_text(one.part);
    text.en += fmt::format("{}{} ({:.1f}; not known of {})", i == 0 ? "" : ", ", data.en,
                           one.points, one.rows);
    text.zh += fmt::format("{}{}（{:.1f} 分，{} 家不明）", i == 0 ? "" : "、", data.zh, one.points,
                           one.rows);
  }
  return text;
}

Text draws_text(const ProspectList& list) {
  const std::string about = plain_number(list.policy.draw_concentration);
  return {fmt::format("ranks of draws: the weights drawn {} times about those of the policy "
                      "(Dirichlet, concentration {}, seed {}); what is not known stays unknown",
                      list.draws, about, list.seed),
          fmt::format("抽样名次：围绕政策权重抽取 {} 组权重（狄利克雷分布，集中度 {}，种子 {}）；"
                      "未知信息仍按未知计",
                      list.draws, about, list.seed)};
}

Text total_text(const ProspectList& list, std::size_t shown) {
  const Text basis = basis_text(list.total->basis);
  const Money total{list.total->value};
  return {fmt::format("the {} prospects listed bring home at most {} a year together ({}), no gap "
                      "counted twice",
                      shown, format_money(total, Language::En), basis.en),
          fmt::format("所列 {} 家招商对象合计每年至多带回 {}（{}），同一缺口不重复计算", shown,
                      format_money(total, Language::Zh), basis.zh)};
}

// Which rules kept everybody off, and what to do about it.
Text all_screened_text(const ProspectList& list) {
  Text text{
      fmt::format("the rules keep all {} firms off that would fill a gap", list.screened.size()),
      fmt::format("可补缺口的 {} 家企业全部被规则筛除", list.screened.size())};
  for (const ScreenedBy& one : list.screened_by) {
    const ScreeningRule& screen = list.policy.screens[one.screen];
    text.en += fmt::format("; screens[{}] {}: \"{}\"", one.screen, one.firms, screen.reason.en);
    text.zh +=
        fmt::format("；screens[{}] 筛除 {} 家：“{}”", one.screen, one.firms, screen.reason.zh);
  }
  text.en += "; loosen these rules, or write a scorecard without them for --policy";
  text.zh += "；请放宽这些规则，或用 --policy 给出不含它们的评分政策";
  return text;
}

// A terminal is narrow: columns in which nothing stands leave it.
void drop_empty(Sheet& sheet) {
  for (std::size_t c = sheet.columns.size(); c-- > 0;) {
    if (sheet.columns[c].lead) continue;
    const bool empty = std::ranges::all_of(sheet.rows, [&](const std::vector<SheetCell>& row) {
      return std::holds_alternative<std::monostate>(row[c]);
    });
    if (!empty) continue;
    const auto at = static_cast<std::ptrdiff_t>(c);
    sheet.columns.erase(sheet.columns.begin() + at);
    for (std::vector<SheetCell>& row : sheet.rows) row.erase(row.begin() + at);
  }
}

}  // namespace

Sheet prospect_sheet(const EnterpriseGraph& graph, const GapReport& report,
                     const ProspectList& list, const SheetOptions& options) {
  const bool learned = list.learned && list.learned->used;
  const ProspectTable table = prospect_table(graph, report, list, options, learned);
  std::vector<const Prospect*> rows;
  const auto add = [&](const std::vector<Prospect>& part) {
    const std::size_t shown = options.most > 0 ? std::min(options.most, part.size()) : part.size();
    for (std::size_t i = 0; i < shown; ++i) rows.push_back(&part[i]);
    return shown;
  };
  Text said;
  const auto part = [&](const std::vector<Prospect>& listed, const Text& what, std::size_t all) {
    const Text here = shown_of(what, add(listed), all, "家");
    said.en += (said.en.empty() ? "" : "; ") + here.en;
    said.zh += (said.zh.empty() ? "" : "；") + here.zh;
  };
  part(list.prospects, {"prospects", "招商对象"}, list.prospect_count);
  part(list.unlocated, {"firms to be located first", "注册地待核"}, list.unlocated_count);
  part(list.expansions, {"already present (expansion)", "已在本地（增资扩产）"},
       list.expansion_count);
  part(list.screened, {"screened out", "按政策筛除"}, list.screened.size());
  Sheet sheet =
      sheet_of(prospect_columns(table), options.brief ? kBrief : kFull, rows, options.stop);
  sheet.title = {"Prospect list", "潜在招商对象清单"};
  if (options.brief && !sheet.rows.empty()) drop_empty(sheet);
  if (list.unparted) sheet.summary.push_back(unparted_text(list));
  const std::size_t listed = list.prospect_count + list.unlocated_count + list.expansion_count;
  if (listed == 0 && !list.screened.empty()) {
    sheet.notes.push_back(all_screened_text(list));
  } else if (list.prospect_count + list.unlocated_count + list.expansion_count == 0) {
    sheet.notes.push_back(
        {"no firm of these tables would fill a gap here; add tables of firms from "
         "elsewhere",
         "表中没有可补本地缺口的企业；请加入外地企业的表"});
  }
  sheet.notes.push_back(said);
  if (list.draws > 0 && listed > 0) sheet.notes.push_back(draws_text(list));
  if (list.total) sheet.notes.push_back(total_text(list, list.prospects.size()));
  if (list.districts > 0 && listed > 0) {
    sheet.notes.push_back(
        {fmt::format("other districts' lists: of {} others in which a firm of the tables stands, "
                     "those where one of its gaps is open, too (estimate)",
                     list.districts),
         fmt::format(
             "另在几个区县的清单：表中另有企业的 {} 个区县里，同样缺其所补环节的区县数（估算）",
             list.districts)});
  }
  if (list.arrivals) sheet.notes.push_back(propensity_note(list, rows));
  if (list.learned) sheet.notes.push_back(list.learned->remark);
  return sheet;
}

}  // namespace liantu
