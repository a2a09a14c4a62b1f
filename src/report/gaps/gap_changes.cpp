#include "liantu/report/gaps/gap_changes.hpp"

#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "liantu/base/values/money.hpp"
#include "report/formats/column.hpp"
#include "report/gaps/gap_words.hpp"
#include "report/words/cells.hpp"
#include "report/words/names.hpp"
#include "report/words/words.hpp"

namespace liantu {
namespace {

// A gap, or a segment that is needed and none; null where nobody needs it.
const Gap* segment_at(const GapReport& report, const std::optional<std::size_t>& gap,
                      const std::optional<std::size_t>& met) {
  return gap ? &report.gaps[*gap] : met ? &report.met[*met] : nullptr;
}

std::string kinds(const Gap* gap, Language language) {
  return gap == nullptr ? "" : kinds_text(*gap, language);
}

std::string weakness(const Gap* gap, Language language) {
  if (gap == nullptr) return {};
  return join_words(
      all_words(gap->weak, [&](WeakReason one) { return weak_text(one).in(language); }), language);
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

// A change with the gap, or the segment needed here, before and after; null where there is none.
struct Row {
  const GapChange* change = nullptr;
  const Gap* before = nullptr;
  const Gap* after = nullptr;
};

template <typename List>
auto length(const Gap* Row::*side, List Gap::*list) {
  return [side, list](const Row& row) {
    const Gap* gap = row.*side;
    return gap == nullptr ? SheetCell() : count((gap->*list).size());
  };
}

// `1 → 2`; the bare number where nothing changed.
template <typename List>
auto lengths(List Gap::*list) {
  return [list](const Row& row) -> SheetCell {
    const auto one = [&](const Gap* gap) {
      return gap == nullptr ? std::string("-") : std::to_string((gap->*list).size());
    };
    if (row.before == nullptr && row.after == nullptr) return {};
    const std::string before = one(row.before);
    const std::string after = one(row.after);
    return before == after ? before : fmt::format("{} → {}", before, after);
  };
}

auto yuan(std::optional<double> GapChange::*figure) {
  return [figure](const Row& row) { return amount(row.change->*figure); };
}

std::vector<Column<Row>> columns(Language language) {
  using Col = Column<Row>;
  return {
      Col("fate", {"change", "变化"}, CellKind::Text, kSheets,
          [language](const Row& row) { return fate_text(row.change->fate).in(language); }),
      Col("segment", {"segment", "环节"}, CellKind::Text, kSheets | kLead,
          [](const Row& row) { return row.change->segment; }),
      Col("kinds_before", {"kind before", "原类型"}, CellKind::Text, kBrief,
          [language](const Row& row) { return words(kinds_and_weakness(row.before, language)); }),
      Col("kinds_before", {"kind before", "原类型"}, CellKind::Text, kFull,
          [language](const Row& row) { return words(kinds(row.before, language)); }),
      Col("kinds_after", {"kind after", "现类型"}, CellKind::Text, kBrief,
          [language](const Row& row) { return words(kinds_and_weakness(row.after, language)); }),
      Col("kinds_after", {"kind after", "现类型"}, CellKind::Text, kFull,
          [language](const Row& row) { return words(kinds(row.after, language)); }),
      Col("weak_after", {"why weak now", "现弱链原因"}, CellKind::Text, kFull,
          [language](const Row& row) { return words(weakness(row.after, language)); }),
      Col("amount_before", {"leakage before, CNY/year", "原外购额（元/年）"}, CellKind::Text,
          kBrief,
          [language](const Row& row) {
            return words(leakage(row.before, row.change->amount_before, language));
          }),
      Col("amount_before", {"leakage before, upper end, CNY/year", "原外购额上限（元/年）"},
          CellKind::Money, kFull, yuan(&GapChange::amount_before)),
      Col("amount_after", {"leakage after, CNY/year", "现外购额（元/年）"}, CellKind::Text, kBrief,
          [language](const Row& row) {
            return words(leakage(row.after, row.change->amount_after, language));
          }),
      Col("amount_after", {"leakage after, upper end, CNY/year", "现外购额上限（元/年）"},
          CellKind::Money, kFull, yuan(&GapChange::amount_after)),
      Col("least_moved", {"lower end moved, CNY/year", "下限变动（元/年）"}, CellKind::Money,
          kBrief, yuan(&GapChange::least_moved)),
      Col("moved", {"upper end moved, CNY/year", "上限变动（元/年）"}, CellKind::Money, kSheets,
          yuan(&GapChange::moved)),
      Col("least_before", {"leakage before, lower end, CNY/year", "原外购额下限（元/年）"},
          CellKind::Money, kFull, yuan(&GapChange::least_before)),
      Col("least_after", {"leakage after, lower end, CNY/year", "现外购额下限（元/年）"},
          CellKind::Money, kFull, yuan(&GapChange::least_after)),
      Col("least_moved", {"lower end moved, CNY/year", "下限变动（元/年）"}, CellKind::Money, kFull,
          yuan(&GapChange::least_moved)),
      Col("needers", {"needers, firms", "需求（家）"}, CellKind::Text, kBrief,
          lengths(&Gap::needers)),
      Col("makers", {"local makers, firms", "本地企业（家）"}, CellKind::Text, kBrief,
          lengths(&Gap::makers)),
      Col("needers_before", {"needers before", "原需求（家）"}, CellKind::Number, kFull,
          length(&Row::before, &Gap::needers)),
      Col("needers_after", {"needers after", "现需求（家）"}, CellKind::Number, kFull,
          length(&Row::after, &Gap::needers)),
      Col("makers_before", {"makers before", "原本地企业（家）"}, CellKind::Number, kFull,
          length(&Row::before, &Gap::makers)),
      Col("makers_after", {"makers after", "现本地企业（家）"}, CellKind::Number, kFull,
          length(&Row::after, &Gap::makers))};
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
  std::vector<Row> rows;
  std::size_t wanted = 0;
  for (const GapChange& change : diff.changes) {
    if (changed_only == ChangedOnly::Yes && change.fate == GapFate::Same) continue;
    if (++wanted > options.most && options.most > 0) continue;
    rows.push_back({&change, segment_at(before, change.before, change.met_before),
                    segment_at(after, change.after, change.met_after)});
  }
  Sheet sheet =
      sheet_of(columns(options.language), options.brief ? kBrief : kFull, rows, options.stop);
  sheet.title = {"What became of the gaps", "缺口变化"};
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
  const auto sums = [&](Language in) {
    return std::pair(moved(diff.least_outside_before, diff.least_outside_after, in),
                     moved(diff.most_outside_before, diff.most_outside_after, in));
  };
  const auto [least_en, most_en] = sums(Language::En);
  const auto [least_zh, most_zh] = sums(Language::Zh);
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

Sheet change_total_sheet(const GapDiff& diff) {
  using Col = Column<GapDiff>;
  const auto number = [](const char* key, std::size_t GapDiff::*one) {
    return Col(
        key, [one](const GapDiff& row) { return count(row.*one); }, CellKind::Number);
  };
  const auto money = [](const char* key, double GapDiff::*one) {
    return Col(
        key, [one](const GapDiff& row) { return row.*one; }, CellKind::Money);
  };
  return sheet_of<GapDiff>({number("opened", &GapDiff::opened), number("closed", &GapDiff::healed),
                            number("eased", &GapDiff::eased), number("gone", &GapDiff::gone),
                            number("grown", &GapDiff::grown), number("shrunk", &GapDiff::shrunk),
                            number("persistent", &GapDiff::persistent),
                            money("bought_outside_before", &GapDiff::bought_outside_before),
                            money("bought_outside_after", &GapDiff::bought_outside_after),
                            money("least_outside_before", &GapDiff::least_outside_before),
                            money("least_outside_after", &GapDiff::least_outside_after),
                            money("most_outside_before", &GapDiff::most_outside_before),
                            money("most_outside_after", &GapDiff::most_outside_after)},
                           kJson, {diff});
}

}  // namespace liantu
