#include "liantu/base/values/date.hpp"

#include <array>
#include <chrono>
#include <cstddef>

#include <fmt/format.h>

#include "base/text/chinese_number.hpp"
#include "liantu/base/text/utf8.hpp"

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

namespace {

std::optional<Date> read_date(std::string_view text) {
  std::string_view rest = trim(text);
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

// Digits instead of Chinese numerals, hyphens instead of dashes, nothing around the parts: 2021-3-5
// of `公元 2021 – 3 – 5`, 2021年3月 of `二〇二一年三月上旬`.
std::string tidied(std::string_view text) {
  std::string digits = with_arabic_digits(text);
  for (const std::string_view dash : {"‐", "‑", "‒", "–", "—", "―", "−", "、"}) {
    for (std::size_t at = digits.find(dash); at != std::string::npos; at = digits.find(dash)) {
      digits.replace(at, dash.size(), "-");
    }
  }
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const bool between_digits =
        i > 0 && is_digit(digits[i - 1]) && i + 1 < digits.size() && is_digit(digits[i + 1]);
    if (digits[i] != ' ' || between_digits) out += digits[i];
  }
  for (const std::string_view era : {"公元", "西元"}) {
    if (out.starts_with(era)) out.erase(0, era.size());
  }
  for (const std::string_view part : {"上旬", "中旬", "下旬", "月初", "月底", "月末"}) {
    if (!out.ends_with(part)) continue;
    out.resize(out.size() - part.size());
    if (part.starts_with("月")) out += "月";
  }
  return out;
}

// `5-Mar-2021`, `March 5, 2021`, `Mar-21`: as spreadsheets show dates in English. Of two digits of
// a year 30 and more are of the last century, as spreadsheets take them.
std::optional<Date> read_english_date(std::string_view text) {
  constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                        "jul", "aug", "sep", "oct", "nov", "dec"};
  constexpr std::array<std::string_view, 12> kWhole = {
      "january", "february", "march",     "april",   "may",      "june",
      "july",    "august",   "september", "october", "november", "december"};
  int month = 0;
  std::array<int, 2> numbers{};
  std::array<std::size_t, 2> lengths{};
  std::size_t count = 0;
  std::size_t month_at = 0;  // numbers before the month
  while (!text.empty()) {
    const char c = text.front();
    if (c == ' ' || c == '-' || c == ',' || c == '/' || c == '.') {
      text.remove_prefix(1);
    } else if (is_digit(c)) {
      if (count == numbers.size()) return std::nullopt;
      lengths[count] = leading_digits(text);
      const auto number = take_number(text, 1, 4);
      if (!number) return std::nullopt;
      numbers[count++] = *number;
    } else {
      std::string word;
      while (!text.empty() && ((text.front() >= 'a' && text.front() <= 'z') ||
                               (text.front() >= 'A' && text.front() <= 'Z'))) {
        word += static_cast<char>(text.front() | 0x20);
        text.remove_prefix(1);
      }
      if (word.empty() || month != 0) return std::nullopt;
      for (std::size_t m = 0; m < kMonths.size(); ++m) {
        if (word == kMonths[m] || word == kWhole[m]) month = static_cast<int>(m) + 1;
      }
      if (month == 0) return std::nullopt;
      month_at = count;
    }
  }
  if (month == 0 || count == 0) return std::nullopt;
  // Jan-13 may be a day or a year; a year is sure of four digits or behind a day.
  const std::size_t of_year = count - 1;
  const bool day_first = count == 2 && month_at <= 1;
  if (count == 2 ? !day_first : lengths[0] != 4) return std::nullopt;
  if (lengths[of_year] != 4 && lengths[of_year] != 2) return std::nullopt;
  int year = numbers[of_year];
  if (lengths[of_year] == 2) year += year < 30 ? 2000 : 1900;
  if (count == 1) return checked(year, month, 0);
  if (numbers[0] == 0) return std::nullopt;
  return checked(year, month, numbers[0]);
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  const std::string narrow = normalize_width(text);
  if (const auto date = read_date(narrow)) return date;
  const std::string_view bare = trim(narrow);
  if (leading_digits(bare) == bare.size()) {
    // 200506 as forms ask for year and month.
    if (bare.size() != 6) return std::nullopt;
    std::string_view rest = bare;
    const int digits = take_number(rest, 6, 6).value_or(0);
    const bool likely = digits / 100 >= 1900 && digits / 100 < 2100 && digits % 100 != 0;
    return likely ? checked(digits / 100, digits % 100, 0) : std::nullopt;
  }
  constexpr std::size_t kLongest = 100;  // bytes of any date, blanks and words included
  if (bare.size() > kLongest) return std::nullopt;
  const std::string tidy = tidied(narrow);
  if (const auto date = read_date(tidy)) return date;
  return read_english_date(bare);
}

}  // namespace liantu
