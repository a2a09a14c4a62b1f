#include "liantu/report/prospects/task_list_sheets.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "base/core/hash_map.hpp"
#include "liantu/base/values/money.hpp"
#include "liantu/report/prospects/prospect_sheet.hpp"
#include "report/prospects/task_list_words.hpp"
#include "report/words/words.hpp"

namespace liantu {
namespace {

Text counted_text(const Text& what, std::size_t shown, std::size_t all) {
  return shown_of(what, shown, all, "家");
}

// The list of one task force alone.
ProspectList alone(const ProspectList& whole, const TaskList& one) {
  ProspectList list;
  list.policy = whole.policy;
  list.learned = whole.learned;
  list.districts = whole.districts;
  list.draws = whole.draws;
  list.seed = whole.seed;
  list.draws_top = whole.draws_top;
  for (const Prospect& row : whole.prospects) {
    if (std::ranges::find(one.firms, row.firm) != one.firms.end()) list.prospects.push_back(row);
  }
  list.prospect_count = one.all;
  return list;
}

Sheet others(const EnterpriseGraph& graph, const GapReport& report, const ProspectList& whole,
             const SheetOptions& options) {
  ProspectList list = whole;
  list.prospects.clear();
  list.unparted = false;
  Sheet sheet = prospect_sheet(graph, report, list, options);
  sheet.title = {"Prospect list: others", "潜在招商对象清单：其他"};
  sheet.notes.clear();
  const std::tuple<const std::vector<Prospect>*, Text, std::size_t> parts[] = {
      {&list.unlocated, {"firms to be located first", "注册地待核"}, list.unlocated_count},
      {&list.expansions,
       {"already present (expansion)", "已在本地（增资扩产）"},
       list.expansion_count},
      {&list.screened, {"screened out", "按政策筛除"}, list.screened.size()}};
  for (const auto& [rows, what, all] : parts) {
    sheet.notes.push_back(counted_text(what, rows->size(), all));
  }
  return sheet;
}

}  // namespace

std::string_view lists_by_word(ListsBy by) {
  constexpr std::string_view kWords[] = {"chain", "office", "channel"};
  return kWords[static_cast<std::size_t>(by)];
}

Text list_text(const TaskList& one, const TaskListOptions& options) {
  Text text = counted_text({"firms of this list", "本清单企业"}, one.firms.size(), one.all);
  if (one.total) {
    const Text basis = basis_text(one.total->basis);
    text.en += fmt::format("; they bring home at most {} a year together ({})",
                           format_money(Money{one.total->value}, Language::En), basis.en);
    text.zh += fmt::format("；合计每年至多带回 {}（{}）",
                           format_money(Money{one.total->value}, Language::Zh), basis.zh);
  }
  if (options.by == ListsBy::Chain && !one.keeper) {
    text.en +=
        "; give the segments of their gaps a parent in the table of segments (环节: 上级), and "
        "they stand on the list of its chain";
    text.zh += "；在环节表“上级”列写明所补环节所属的产业链后，即列入该链清单";
  }
  if (one.elsewhere == 0) return text;
  if (options.several == OnSeveral::Yes) {
    text.en += fmt::format(
        "; {} of all that belong here stand better on another list and count in "
        "its total",
        one.elsewhere);
    text.zh += fmt::format("；其中 {} 家在另一清单中名次更好，计入其合计", one.elsewhere);
  } else {
    text.en += fmt::format(
        "; {} of all that belong here stand better on another list, which takes "
        "them (--on-several: on both)",
        one.elsewhere);
    text.zh += fmt::format(
        "；另有 {} 家在其他清单中名次更好，已归入该清单（--on-several：两边都列）", one.elsewhere);
  }
  return text;
}

Text lists_text(const TaskLists& lists) {
  Text text{fmt::format("{} lists, {} firms, each counted once", lists.lists.size(),
                        lists.list.prospects.size()),
            fmt::format("共 {} 份清单、{} 家企业，每家只计一次", lists.lists.size(),
                        lists.list.prospects.size())};
  if (lists.list.total) {
    const Money total{lists.list.total->value};
    const Text basis = basis_text(lists.list.total->basis);
    text.en += fmt::format(
        "; all lists together bring home at most {} a year ({}), no gap counted "
        "twice",
        format_money(total, Language::En), basis.en);
    text.zh += fmt::format("；全部清单合计每年至多带回 {}（{}），同一缺口不重复计算",
                           format_money(total, Language::Zh), basis.zh);
  }
  return text;
}

std::vector<Sheet> task_list_sheets(const EnterpriseGraph& graph, const GapReport& report,
                                    const TaskLists& lists, const SheetOptions& options) {
  std::vector<Sheet> sheets;
  for (const TaskList& one : lists.lists) {
    Sheet sheet = prospect_sheet(graph, report, alone(lists.list, one), options);
    const Text name{valid_utf8(one.name.en), valid_utf8(one.name.zh)};
    sheet.title = {fmt::format("Prospect list: {}", name.en),
                   fmt::format("潜在招商对象清单：{}", name.zh)};
    sheet.notes = {list_text(one, lists.options)};
    sheets.push_back(std::move(sheet));
  }
  const ProspectList& list = lists.list;
  if (!list.unlocated.empty() || !list.expansions.empty() || !list.screened.empty() ||
      sheets.empty()) {
    sheets.push_back(lists.lists.empty() ? prospect_sheet(graph, report, list, options)
                                         : others(graph, report, list, options));
  }
  if (!lists.lists.empty()) sheets.back().notes.push_back(lists_text(lists));
  return sheets;
}

Sheet task_list_table(const EnterpriseGraph& graph, const GapReport& report, const TaskLists& lists,
                      const SheetOptions& options) {
  SheetOptions all = options;
  all.brief = false;
  all.most = 0;
  Sheet sheet = prospect_sheet(graph, report, lists.list, all);
  std::vector<std::vector<SheetCell>> given = std::move(sheet.rows);
  sheet.rows.clear();
  sheet.columns.insert(sheet.columns.begin(), {"list", {"list", "清单"}, CellKind::Text, true});
  const auto add = [&](const std::vector<SheetCell>& cells, const std::string& list) {
    std::vector<SheetCell>& row = sheet.rows.emplace_back();
    row.reserve(cells.size() + 1);
    row.push_back(list.empty() ? SheetCell() : SheetCell(list));
    row.insert(row.end(), cells.begin(), cells.end());
  };
  HashMap<std::uint32_t, std::size_t> places;  // by firm
  const std::size_t count = lists.list.prospects.size();
  for (std::size_t i = 0; i < count; ++i) places[raw(lists.list.prospects[i].firm)] = i;
  for (const TaskList& one : lists.lists) {
    const std::string name = valid_utf8(one.name.in(options.language));
    for (const FirmId firm : one.firms) add(given[places.at(raw(firm))], name);
  }
  // Of those screened out, who stand last, as many as of each list.
  std::size_t end = given.size();
  const std::size_t screened = lists.list.screened.size();
  if (options.most > 0 && screened > options.most) end -= screened - options.most;
  for (std::size_t i = count; i < end; ++i) add(given[i], {});
  for (const TaskList& one : lists.lists) {
    const Text said = list_text(one, lists.options);
    sheet.notes.push_back({fmt::format("{}: {}", valid_utf8(one.name.en), said.en),
                           fmt::format("{}：{}", valid_utf8(one.name.zh), said.zh)});
  }
  return sheet;
}

}  // namespace liantu
