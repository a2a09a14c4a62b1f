#include "liantu/report/gap_changes.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "liantu/base/money.hpp"
#include "report/words.hpp"

namespace liantu {
namespace {

SheetCell amount(const std::optional<double>& value) {
  if (!value) return {};
  return *value;
}

SheetCell kinds(const Gap* gap, Language language) {
  if (gap == nullptr || gap->kinds.empty()) return {};
  std::vector<std::string> words;
  for (const GapKind kind : gap->kinds) words.push_back(gap_text(kind).in(language));
  return join_words(words, language);
}

const Gap* gap_at(const GapReport& report, const std::optional<std::size_t>& place) {
  return place ? &report.gaps[*place] : nullptr;
}

SheetCell count(const Gap* gap, std::size_t number) {
  if (gap == nullptr) return {};
  return static_cast<double>(number);
}

}  // namespace

Sheet change_sheet(const GapDiff& diff, const GapReport& before, const GapReport& after,
                   Language language, ChangedOnly changed_only) {
  Sheet sheet;
  sheet.title = {"What became of the gaps", "缺口变化"};
  sheet.columns = {
      {"fate", {"change", "变化"}, CellKind::Text},
      {"segment", {"segment", "环节"}, CellKind::Text, true},
      {"kinds_before", {"kind before", "原类型"}, CellKind::Text},
      {"kinds_after", {"kind after", "现类型"}, CellKind::Text},
      {"amount_before", {"leakage before, CNY/year", "原外购额（元/年）"}, CellKind::Money},
      {"amount_after", {"leakage after, CNY/year", "现外购额（元/年）"}, CellKind::Money},
      {"moved", {"moved, CNY/year", "变动（元/年）"}, CellKind::Money},
      {"needers_before", {"needers before", "原需求（家）"}, CellKind::Number},
      {"needers_after", {"needers after", "现需求（家）"}, CellKind::Number},
      {"makers_before", {"makers before", "原本地企业（家）"}, CellKind::Number},
      {"makers_after", {"makers after", "现本地企业（家）"}, CellKind::Number}};
  for (const GapChange& change : diff.changes) {
    if (changed_only == ChangedOnly::Yes && change.fate == GapFate::Same) continue;
    const Gap* old = gap_at(before, change.before);
    const Gap* now = gap_at(after, change.after);
    sheet.rows.push_back({fate_text(change.fate).in(language), change.segment, kinds(old, language),
                          kinds(now, language), amount(change.amount_before),
                          amount(change.amount_after), amount(change.moved),
                          count(old, old == nullptr ? 0 : old->needers.size()),
                          count(now, now == nullptr ? 0 : now->needers.size()),
                          count(old, old == nullptr ? 0 : old->makers.size()),
                          count(now, now == nullptr ? 0 : now->makers.size())});
  }
  const auto money = [](double value, Language in) { return format_money(Money{value}, in); };
  sheet.notes = {
      {fmt::format("opened: {}; closed: {}; no longer needed: {}; persistent: {}", diff.opened,
                   diff.healed, diff.gone, diff.persistent),
       fmt::format("新增 {} 个；补上 {} 个；不再需要 {} 个；仍在 {} 个", diff.opened, diff.healed,
                   diff.gone, diff.persistent)},
      {fmt::format(
           "bought outside by missing and weak segments, at most, where known: {} before, {} "
           "after, a year",
           money(diff.bought_outside_before, Language::En),
           money(diff.bought_outside_after, Language::En)),
       fmt::format("缺链、弱链环节的外购额上限（已知部分）：原 {}，现 {}（每年）",
                   money(diff.bought_outside_before, Language::Zh),
                   money(diff.bought_outside_after, Language::Zh))}};
  return sheet;
}

}  // namespace liantu
