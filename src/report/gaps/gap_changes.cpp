#include "liantu/report/gaps/gap_changes.hpp"

#include <cmath>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "liantu/base/money.hpp"
#include "report/words/words.hpp"

namespace liantu {
namespace {

SheetCell amount(const std::optional<double>& value) {
  if (!value) return {};
  return *value;
}

SheetCell words(std::string text) {
  if (text.empty()) return {};
  return text;
}

// A gap, or a segment that is needed and none; null where nobody needs it.
const Gap* segment_at(const GapReport& report, const std::optional<std::size_t>& gap,
                      const std::optional<std::size_t>& met) {
  return gap ? &report.gaps[*gap] : met ? &report.met[*met] : nullptr;
}

std::string kinds(const Gap* gap, Language language) {
  std::vector<std::string> names;
  if (gap == nullptr) return {};
  for (const GapKind kind : gap->kinds) names.push_back(gap_text(kind).in(language));
  return join_words(names, language);
}

std::string weakness(const Gap* gap, Language language) {
  std::vector<std::string> names;
  if (gap == nullptr) return {};
  for (const WeakReason reason : gap->weak) names.push_back(weak_text(reason).in(language));
  return join_words(names, language);
}

std::string kinds_and_weakness(const Gap* gap, Language language) {
  if (gap != nullptr && gap->kinds.empty()) return Text{"met", "已满足"}.in(language);
  const std::string weak = weakness(gap, language);
  if (weak.empty()) return kinds(gap, language);
  return fmt::format(fmt::runtime(language == Language::Zh ? "{}（{}）" : "{} ({})"),
                     kinds(gap, language), weak);
}

std::string leakage(const Gap* gap, const std::optional<double>& amount, Language language) {
  if (gap != nullptr && gap->kind != GapKind::Hidden) {
    return leakage_text(*gap, Currency::InHeading, language);
  }
  return amount ? compact_money(*amount, language) : "";
}

SheetCell count(const Gap* gap, std::size_t number) {
  if (gap == nullptr) return {};
  return static_cast<double>(number);
}

SheetCell counts(const Gap* old, const Gap* now, std::size_t before, std::size_t after) {
  const auto one = [](const Gap* gap, std::size_t number) {
    return gap == nullptr ? std::string("-") : std::to_string(number);
  };
  if (old == nullptr && now == nullptr) return {};
  if (old != nullptr && now != nullptr && before == after) return std::to_string(before);
  return fmt::format("{} → {}", one(old, before), one(now, after));
}

void add_columns(Sheet& sheet, bool brief) {
  sheet.columns = {{"fate", {"change", "变化"}, CellKind::Text},
                   {"segment", {"segment", "环节"}, CellKind::Text, true},
                   {"kinds_before", {"kind before", "原类型"}, CellKind::Text},
                   {"kinds_after", {"kind after", "现类型"}, CellKind::Text}};
  const auto add = [&](std::vector<SheetColumn> more) {
    sheet.columns.insert(sheet.columns.end(), more.begin(), more.end());
  };
  if (brief) {
    add({{"amount_before", {"leakage before, CNY/year", "原外购额（元/年）"}, CellKind::Text},
         {"amount_after", {"leakage after, CNY/year", "现外购额（元/年）"}, CellKind::Text},
         {"least_moved", {"lower end moved, CNY/year", "下限变动（元/年）"}, CellKind::Money},
         {"moved", {"upper end moved, CNY/year", "上限变动（元/年）"}, CellKind::Money},
         {"needers", {"needers, firms", "需求（家）"}, CellKind::Text},
         {"makers", {"local makers, firms", "本地企业（家）"}, CellKind::Text}});
    return;
  }
  add({{"weak_after", {"why weak now", "现弱链原因"}, CellKind::Text},
       {"amount_before",
        {"leakage before, upper end, CNY/year", "原外购额上限（元/年）"},
        CellKind::Money},
       {"amount_after",
        {"leakage after, upper end, CNY/year", "现外购额上限（元/年）"},
        CellKind::Money},
       {"moved", {"upper end moved, CNY/year", "上限变动（元/年）"}, CellKind::Money},
       {"least_before",
        {"leakage before, lower end, CNY/year", "原外购额下限（元/年）"},
        CellKind::Money},
       {"least_after",
        {"leakage after, lower end, CNY/year", "现外购额下限（元/年）"},
        CellKind::Money},
       {"least_moved", {"lower end moved, CNY/year", "下限变动（元/年）"}, CellKind::Money},
       {"needers_before", {"needers before", "原需求（家）"}, CellKind::Number},
       {"needers_after", {"needers after", "现需求（家）"}, CellKind::Number},
       {"makers_before", {"makers before", "原本地企业（家）"}, CellKind::Number},
       {"makers_after", {"makers after", "现本地企业（家）"}, CellKind::Number}});
}

// `CNY 9 m → CNY 5 m (-CNY 4 m)`: from before to after, with the difference.
std::string moved(double before, double after, Language language) {
  const std::string first = format_money(Money{before}, language);
  if (first == format_money(Money{after}, language)) return first;
  return fmt::format(fmt::runtime(language == Language::Zh ? "{} → {}（{}{}）" : "{} → {} ({}{})"),
                     first, format_money(Money{after}, language), after > before ? "+" : "-",
                     format_money(Money{std::abs(after - before)}, language));
}

}  // namespace

Sheet change_sheet(const GapDiff& diff, const GapReport& before, const GapReport& after,
                   const SheetOptions& options, ChangedOnly changed_only) {
  const Language language = options.language;
  Sheet sheet;
  sheet.title = {"What became of the gaps", "缺口变化"};
  add_columns(sheet, options.brief);
  std::size_t wanted = 0;
  for (const GapChange& change : diff.changes) {
    if (changed_only == ChangedOnly::Yes && change.fate == GapFate::Same) continue;
    if (++wanted > options.most && options.most > 0) continue;
    const Gap* old = segment_at(before, change.before, change.met_before);
    const Gap* now = segment_at(after, change.after, change.met_after);
    const std::size_t old_needers = old == nullptr ? 0 : old->needers.size();
    const std::size_t now_needers = now == nullptr ? 0 : now->needers.size();
    const std::size_t old_makers = old == nullptr ? 0 : old->makers.size();
    const std::size_t now_makers = now == nullptr ? 0 : now->makers.size();
    const std::string fate = fate_text(change.fate).in(language);
    if (options.brief) {
      sheet.rows.push_back({fate, change.segment, words(kinds_and_weakness(old, language)),
                            words(kinds_and_weakness(now, language)),
                            words(leakage(old, change.amount_before, language)),
                            words(leakage(now, change.amount_after, language)),
                            amount(change.least_moved), amount(change.moved),
                            counts(old, now, old_needers, now_needers),
                            counts(old, now, old_makers, now_makers)});
    } else {
      sheet.rows.push_back(
          {fate, change.segment, words(kinds(old, language)), words(kinds(now, language)),
           words(weakness(now, language)), amount(change.amount_before),
           amount(change.amount_after), amount(change.moved), amount(change.least_before),
           amount(change.least_after), amount(change.least_moved), count(old, old_needers),
           count(now, now_needers), count(old, old_makers), count(now, now_makers)});
    }
  }
  const std::size_t same = diff.persistent - diff.grown - diff.shrunk;
  // Hardly ever: a demand that falls mostly goes altogether.
  const Text eased = diff.eased == 0
                         ? Text{}
                         : Text{fmt::format("eased, as less is needed: {}; ", diff.eased),
                                fmt::format("因需求减少而不再是缺口 {} 个；", diff.eased)};
  sheet.summary = {
      {fmt::format("opened: {}; closed: {}; {}no longer needed: {}; grown: {}; shrunk: {}; the "
                   "same: {}",
                   diff.opened, diff.healed, eased.en, diff.gone, diff.grown, diff.shrunk, same),
       fmt::format("新增 {} 个；补上 {} 个；{}不再需要 {} 个；扩大 {} 个；缩小 {} 个；不变 {} 个",
                   diff.opened, diff.healed, eased.zh, diff.gone, diff.grown, diff.shrunk, same)}};
  const auto yuan = [&](Language in) {
    return std::pair(moved(diff.least_outside_before, diff.least_outside_after, in),
                     moved(diff.most_outside_before, diff.most_outside_after, in));
  };
  const auto [least_en, most_en] = yuan(Language::En);
  const auto [least_zh, most_zh] = yuan(Language::Zh);
  sheet.summary.push_back(
      {fmt::format("bought outside a year, where known: {} if all that is made here is sold here; "
                   "{} if only the local purchases known are made here",
                   least_en, most_en),
       fmt::format("每年外购额（已知部分）：本地产出全部就地配套时 {}；只计已知的本地采购时 {}",
                   least_zh, most_zh)});
  if (options.most > 0 && wanted > options.most) {
    sheet.notes.push_back(shown_of({"changes", "变化"}, sheet.rows.size(), wanted, "个"));
  }
  return sheet;
}

}  // namespace liantu
