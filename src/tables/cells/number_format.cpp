#include "tables/cells/number_format.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <iterator>
#include <system_error>

#include <fmt/format.h>

namespace liantu {
namespace {

constexpr std::size_t kDigitsKept = 15;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Digits, one sign and one point, and no more digits than are kept: already as people write it.
bool is_plain(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  if (text.empty() || text.size() > kDigitsKept || !is_digit(text.front())) return false;
  bool point = false;
  for (const char c : text) {
    if (is_digit(c)) continue;
    if (c != '.' || point) return false;
    point = true;
  }
  return is_digit(text.back());
}

// 15 significant digits, without an exponent where that is readable.
void append_value(std::string& out, double value) {
  std::array<char, 64> digits{};
  const auto [end, error] =
      std::to_chars(digits.data(), digits.data() + digits.size(), value,
                    std::chars_format::scientific, static_cast<int>(kDigitsKept) - 1);
  if (error != std::errc()) return;
  // d.ddd…e±xx: noughts at the end go, and the point moves.
  std::string_view text(digits.data(), static_cast<std::size_t>(end - digits.data()));
  if (text.starts_with('-')) {
    out += '-';
    text.remove_prefix(1);
  }
  const std::size_t mark = text.find('e');
  int exponent = 0;
  const char* from = text.data() + mark + (text[mark + 1] == '+' ? 2 : 1);
  std::from_chars(from, text.data() + text.size(), exponent);
  std::string number(1, text.front());
  number += text.substr(2, mark - 2);
  number.resize(std::max<std::size_t>(1, number.find_last_not_of('0') + 1));
  if (number == "0") exponent = 0;
  constexpr int kSmallest = -9;
  if (exponent >= static_cast<int>(kDigitsKept) || exponent < kSmallest) {
    out += number.front();
    if (number.size() > 1) out.append(".").append(number, 1);
    fmt::format_to(std::back_inserter(out), "E{}{:02}", exponent < 0 ? '-' : '+',
                   std::abs(exponent));
    return;
  }
  if (exponent < 0) {
    out += "0.";
    out.append(static_cast<std::size_t>(-exponent - 1), '0');
    out += number;
    return;
  }
  const auto whole = static_cast<std::size_t>(exponent) + 1;
  if (number.size() <= whole) {
    out += number;
    out.append(whole - number.size(), '0');
    return;
  }
  out.append(number, 0, whole).append(".").append(number, whole);
}

// False when the calendar has no such day.
bool append_date(std::string& out, double serial, NumberFormat::Kind kind, DateSystem system) {
  using Kind = NumberFormat::Kind;
  constexpr double kLast = 2'958'466;  // the day after 9999-12-31
  if (!(serial >= 0 && serial < kLast)) return false;
  auto day = static_cast<std::int64_t>(std::floor(serial));
  auto seconds =
      static_cast<std::int64_t>(std::llround((serial - static_cast<double>(day)) * 86'400));
  if (seconds == 86'400) {
    ++day;
    seconds = 0;
  }
  const auto append_time = [&] {
    fmt::format_to(std::back_inserter(out), "{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60,
                   seconds % 60);
  };
  if (kind == Kind::Time && day == 0) {
    append_time();
    return true;
  }
  constexpr std::int64_t kNoDay = 60;  // 29 February 1900, which there never was
  std::chrono::sys_days from{std::chrono::year{1904} / 1 / 1};
  if (system == DateSystem::From1900) {
    if (day == 0 || day == kNoDay) return false;
    from = std::chrono::year{1899} / 12 / (day < kNoDay ? 31 : 30);
  }
  const std::chrono::year_month_day date(from + std::chrono::days(day));
  fmt::format_to(std::back_inserter(out), "{:04}", static_cast<int>(date.year()));
  if (kind == Kind::Year) return true;
  fmt::format_to(std::back_inserter(out), "-{:02}", static_cast<unsigned>(date.month()));
  if (kind == Kind::Month) return true;
  fmt::format_to(std::back_inserter(out), "-{:02}", static_cast<unsigned>(date.day()));
  if (kind == Kind::Date || seconds == 0) return true;
  out += ' ';
  append_time();
  return true;
}

}  // namespace

NumberFormat read_number_format(std::string_view code) {
  using Kind = NumberFormat::Kind;
  bool year = false;
  bool month = false;
  bool day = false;
  bool time = false;
  bool percent = false;
  bool only_noughts = true;
  std::uint8_t noughts = 0;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == ';') break;
    if (c == '"') {
      i = std::min(code.find('"', i + 1), code.size());
      continue;
    }
    if (c == '\\' || c == '_' || c == '*') {
      ++i;  // the character after it is shown, or its width is, as it stands
      continue;
    }
    if (c == '[') {
      const std::size_t end = std::min(code.find(']', i), code.size());
      const std::string_view inside = code.substr(i + 1, end - i - 1);
      // [h], [mm]: hours and minutes that go on beyond a day. [Red], [$-804], [DBNum1], [>=1]:
      // none.
      time =
          time || (!inside.empty() && inside.find_first_not_of("hHmMsS") == std::string_view::npos);
      i = end;
      continue;
    }
    if (code.substr(i, 7) == "General") return {};
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (lower == 'e' && i + 1 < code.size() && (code[i + 1] == '+' || code[i + 1] == '-')) {
      only_noughts = false;
      ++i;
      continue;
    }
    year = year || lower == 'y' || lower == 'e';
    month = month || lower == 'm';
    day = day || lower == 'd';
    time = time || lower == 'h' || lower == 's';
    percent = percent || c == '%';
    if (c == '0' && noughts < 32) {
      ++noughts;
    } else {
      only_noughts = false;
    }
  }
  if (year || day || (month && !time)) {
    if (time) return {Kind::DateTime};
    if (year && !month && !day) return {Kind::Year};
    return {year && !day ? Kind::Month : Kind::Date};
  }
  if (time) return {Kind::Time};
  if (percent) return {Kind::Percent};
  return {Kind::Number, only_noughts && noughts > 1 ? noughts : std::uint8_t{0}};
}

NumberFormat built_in_number_format(std::uint32_t id) {
  using Kind = NumberFormat::Kind;
  if (id == 9 || id == 10) return {Kind::Percent};
  if ((id >= 14 && id <= 16) || (id >= 28 && id <= 31) || id == 51 || id == 53 || id == 54 ||
      id == 58) {
    return {Kind::Date};
  }
  if (id == 17 || id == 27 || id == 36 || id == 50 || id == 52 || id == 57) return {Kind::Month};
  if (id == 22) return {Kind::DateTime};
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) || id == 55 ||
      id == 56) {
    return {Kind::Time};
  }
  return {};
}

void append_number(std::string& out, std::string_view stored, NumberFormat format,
                   DateSystem system) {
  using Kind = NumberFormat::Kind;
  if (format == NumberFormat{} && is_plain(stored)) {
    out += stored;
    return;
  }
  double value = 0;
  const char* end = stored.data() + stored.size();
  const auto [stop, error] = std::from_chars(stored.data(), end, value);
  if (error != std::errc() || stop != end || !std::isfinite(value)) {
    out += stored;
    return;
  }
  if (format.kind == Kind::Number || format.kind == Kind::Percent) {
    const std::size_t begin = out.size();
    append_value(out, format.kind == Kind::Percent ? value * 100 : value);
    if (format.kind == Kind::Percent) out += '%';
    const std::size_t length = out.size() - begin;
    if (length < format.digits && value >= 0 && out.find('.', begin) == std::string::npos) {
      out.insert(begin, format.digits - length, '0');
    }
    return;
  }
  if (!append_date(out, value, format.kind, system)) append_value(out, value);
}

}  // namespace liantu
