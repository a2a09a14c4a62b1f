#include "liantu/base/date.hpp"

#include <array>
#include <chrono>
#include <cstddef>

#include <fmt/format.h>

#include "liantu/base/utf8.hpp"

namespace liantu {
namespace {

constexpr int kLastYear = 4095;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t leading_digits(std::string_view text) {
  std::size_t count = 0;
  while (count < text.size() && is_digit(text[count])) ++count;
  return count;
}

/// Takes `least` to `most` digits off the front; nothing when there are fewer or more.
std::optional<int> take_number(std::string_view& text, std::size_t least, std::size_t most) {
  const std::size_t count = leading_digits(text);
  if (count < least || count > most) return std::nullopt;
  int value = 0;
  for (const char c : text.substr(0, count)) value = value * 10 + (c - '0');
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

/// Whether the rest is nothing or a time of day: ` 08:30`, `T08:30:00.5+08:00`, `8时30分`. Unless
/// it is `apart` from the day already, a blank or a T must part them.
bool is_time(std::string_view rest, bool apart) {
  std::string_view time = trim(rest);
  if (time.empty()) return true;
  if (!take(time, "T") && !apart && time.size() == rest.size()) return false;
  for (const std::string_view half : {"上午", "下午"}) take(time, half);
  if (!take_number(time, 1, 2)) return false;
  if (!time.starts_with(":") && !time.starts_with("时")) return false;
  while (!time.empty()) {
    if (is_digit(time.front())) {
      time.remove_prefix(1);
      continue;
    }
    bool known = false;
    for (const std::string_view word :
         {":", ".", "+", "-", "Z", " ", "AM", "PM", "am", "pm", "时", "分", "秒"}) {
      known = known || take(time, word);
    }
    if (!known) return false;
  }
  return true;
}

std::optional<Date> checked(int year, int month, int day) {
  if (year < 1 || year > kLastYear) return std::nullopt;
  const auto whole = std::chrono::year_month_day(
      std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month == 0 ? 1 : month)),
      std::chrono::day(static_cast<unsigned>(day == 0 ? 1 : day)));
  if (!whole.ok()) return std::nullopt;
  return Date{static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month),
              static_cast<std::uint8_t>(day)};
}

/// A month or day that was written; 0 is none.
std::optional<int> take_part(std::string_view& text) {
  const std::optional<int> value = take_number(text, 1, 2);
  return value == 0 ? std::nullopt : value;
}

}  // namespace

std::string Date::to_string() const {
  if (!known()) return {};
  if (month == 0) return fmt::format("{:04}", year);
  if (day == 0) return fmt::format("{:04}-{:02}", year, month);
  return fmt::format("{:04}-{:02}-{:02}", year, month, day);
}

std::optional<Date> parse_date(std::string_view text) {
  const std::string narrow = normalize_width(text);
  std::string_view rest = trim(narrow);
  if (leading_digits(rest) == 8) {
    const int digits = take_number(rest, 8, 8).value_or(0);
    const int month = digits / 100 % 100;
    const int day = digits % 100;
    if (month == 0 || day == 0 || !is_time(rest, false)) return std::nullopt;
    return checked(digits / 10000, month, day);
  }

  const std::optional<int> year = take_number(rest, 4, 4);
  if (!year) return std::nullopt;
  if (rest.empty()) return checked(*year, 0, 0);
  struct Style {
    std::string_view after_year, after_month, after_day;
  };
  constexpr std::array<Style, 4> kStyles{
      {{"-", "-", ""}, {"/", "/", ""}, {".", ".", ""}, {"年", "月", "日"}}};
  for (const Style& style : kStyles) {
    if (!take(rest, style.after_year)) continue;
    const bool named = !style.after_day.empty();
    if (named && rest.empty()) return checked(*year, 0, 0);
    const std::optional<int> month = take_part(rest);
    if (!month) return std::nullopt;
    if (!named && rest.empty()) return checked(*year, *month, 0);
    if (!take(rest, style.after_month)) return std::nullopt;
    if (named && rest.empty()) return checked(*year, *month, 0);
    const std::optional<int> day = take_part(rest);
    if (!day) return std::nullopt;
    const bool closed = named && take(rest, style.after_day);
    if (!is_time(rest, closed)) return std::nullopt;
    return checked(*year, *month, *day);
  }
  return std::nullopt;
}

}  // namespace liantu
