#include "liantu/projects/ledger_book.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "liantu/base/text/utf8.hpp"

namespace liantu {
namespace {

// Whether a day lies at or before an end; everything does when there is no end.
bool by(Date day, Date until) { return !until.known() || day <= until; }

std::chrono::sys_days days_of(Date date) {
  return std::chrono::year{date.year} / std::chrono::month{date.month} / std::chrono::day{date.day};
}

Date date_of(std::chrono::sys_days days) {
  const std::chrono::year_month_day ymd{days};
  return {static_cast<std::int16_t>(static_cast<int>(ymd.year())),
          static_cast<std::uint8_t>(static_cast<unsigned>(ymd.month())),
          static_cast<std::uint8_t>(static_cast<unsigned>(ymd.day()))};
}

}  // namespace

Date LedgerEntry::day() const {
  return parse_date(std::string_view(recorded_at).substr(0, 10)).value_or(Date{});
}

const StageChange* stage_at(const Subject& subject, Date until) {
  const StageChange* found = nullptr;
  for (const StageChange& one : subject.stages) {
    if (by(one.day, until)) found = &one;
  }
  return found;
}

const StageChange* reached(const Subject& subject, LedgerStage stage, Date until) {
  // A row that repeats a stage with its evidence stands for the former one.
  const StageChange* found = nullptr;
  for (const StageChange& one : subject.stages) {
    if (one.stage == stage && by(one.day, until)) found = &one;
  }
  return found;
}

const Fact* fact_at(const Subject& subject, FactKey key, Date until) {
  const Fact* found = nullptr;
  for (const Fact& one : subject.facts) {
    if (one.key == key && by(one.day, until)) found = &one;
  }
  return found;
}

std::optional<double> number_at(const Subject& subject, FactKey key, Date until) {
  const Fact* fact = fact_at(subject, key, until);
  if (fact == nullptr) return std::nullopt;
  return fact->value.number;
}

bool flag_at(const Subject& subject, FactKey key, Date until) {
  return number_at(subject, key, until).value_or(0) > 0;
}

std::string_view words_at(const Subject& subject, FactKey key, Date until) {
  const Fact* fact = fact_at(subject, key, until);
  return fact == nullptr ? std::string_view() : std::string_view(fact->value.text);
}

Date day_at(const Subject& subject, FactKey key, Date until) {
  const Fact* fact = fact_at(subject, key, until);
  return fact == nullptr ? Date{} : fact->value.day;
}

const Subject* find_subject(const LedgerBook& book, SubjectKind kind, std::string_view key) {
  for (const Subject& one : book.subjects) {
    if (one.kind == kind && one.key == key) return &one;
  }
  return nullptr;
}

bool is_day(Date date) { return date.known() && date.month != 0 && date.day != 0; }

Date last_day(Date date) {
  if (!date.known() || is_day(date)) return date;
  const std::uint8_t month = date.month == 0 ? 12 : date.month;
  return date_of(std::chrono::sys_days{std::chrono::year{date.year} / std::chrono::month{month} /
                                       std::chrono::last});
}

std::int64_t days_between(Date from, Date to) { return (days_of(to) - days_of(from)).count(); }

Date add_days(Date day, std::int64_t days) {
  return date_of(days_of(day) + std::chrono::days{days});
}

Date Quarter::first() const { return {year, static_cast<std::uint8_t>(number * 3 - 2), 1}; }

Date Quarter::last() const { return last_day({year, static_cast<std::uint8_t>(number * 3), 0}); }

Quarter Quarter::before() const {
  if (number > 1) return {year, static_cast<std::uint8_t>(number - 1)};
  return {static_cast<std::int16_t>(year - 1), 4};
}

std::string Quarter::to_string() const { return fmt::format("{}Q{}", year, number); }

std::optional<Quarter> parse_quarter(std::string_view text) {
  constexpr std::string_view kNumerals[] = {"一", "二", "三", "四"};
  std::string words = normalize_width(trim(text));
  if (words.size() < 6) return std::nullopt;
  int year = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    if (words[i] < '0' || words[i] > '9') return std::nullopt;
    year = year * 10 + (words[i] - '0');
  }
  if (year < 1 || year > 4095) return std::nullopt;
  std::string_view rest = std::string_view(words).substr(4);
  const auto take = [&](std::string_view word) {
    if (!rest.starts_with(word)) return false;
    rest.remove_prefix(word.size());
    return true;
  };
  std::uint8_t number = 0;
  const auto take_number = [&] {
    for (std::uint8_t i = 1; i <= 4; ++i) {
      if (take(std::string(1, static_cast<char>('0' + i))) || take(kNumerals[i - 1])) number = i;
      if (number != 0) return;
    }
  };
  take("-");
  if (take("Q") || take("q")) {
    take_number();
  } else {
    take("年");
    take("第");
    take_number();
    if (!take("季度") && !take("季")) return std::nullopt;
  }
  if (number == 0 || !rest.empty()) return std::nullopt;
  return Quarter{static_cast<std::int16_t>(year), number};
}

Text quarter_text(Quarter quarter) {
  constexpr std::string_view kOrdinals[] = {"first", "second", "third", "fourth"};
  return {fmt::format("{} quarter of {}", kOrdinals[quarter.number - 1], quarter.year),
          fmt::format("{}年第{}季度", quarter.year, quarter.number)};
}

}  // namespace liantu
