#include "base/text/chinese_number.hpp"

#include <cstddef>
#include <optional>

#include <fmt/format.h>

#include "liantu/base/text/utf8.hpp"

namespace liantu {
namespace {

constexpr std::u32string_view kDigits[] = {U"零〇○", U"一壹弌", U"二贰貳两兩弍", U"三叁參参叄弎",
                                           U"四肆",  U"五伍",   U"六陆陸",       U"七柒",
                                           U"八捌",  U"九玖"};

std::optional<int> digit_of(char32_t c) {
  for (std::size_t value = 0; value < std::size(kDigits); ++value) {
    if (kDigits[value].find(c) != std::u32string_view::npos) return static_cast<int>(value);
  }
  return std::nullopt;
}

// 10, 100 or 1000; 0 of other characters.
int ten_of(char32_t c) {
  switch (c) {
    case U'十':
    case U'拾':
      return 10;
    case U'百':
    case U'佰':
      return 100;
    case U'千':
    case U'仟':
      return 1000;
    default:
      return 0;
  }
}

bool is_ascii_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

// 二〇二一, digit by digit.
std::string spelled(std::u32string_view run) {
  std::string out;
  for (const char32_t c : run) out += static_cast<char>('0' + *digit_of(c));
  return out;
}

// 一千零五十; nothing when it is not a number or may be two.
std::optional<int> counted(std::u32string_view run) {
  constexpr int kNone = -1;
  int sum = 0;
  int last_ten = 10'000;
  int digit = kNone;
  bool nought = false;  // 零 before the digit
  for (const char32_t c : run) {
    const int ten = ten_of(c);
    if (ten == 0) {
      const int next = digit_of(c).value_or(0);
      if (digit > 0 || (digit == 0 && next == 0)) return std::nullopt;
      nought = digit == 0;
      digit = next;
      continue;
    }
    if (ten >= last_ten) return std::nullopt;
    const bool begins = ten == 10 && digit <= 0;  // 十五, 一百零十五
    if (!begins && digit <= 0) return std::nullopt;
    sum += (begins ? 1 : digit) * ten;
    last_ten = ten;
    digit = kNone;
    nought = false;
  }
  if (digit == kNone) return sum;
  // 一百二 is 120 to those who say it and 102 to those who leave out 零.
  if (digit != 0 && last_ten > 10 && !nought) return std::nullopt;
  return sum + digit;
}

// Digits of a run of numerals; nothing when they are no number.
std::optional<std::string> digits_of(std::u32string_view run) {
  bool any_ten = false;
  for (const char32_t c : run) any_ten = any_ten || ten_of(c) != 0;
  if (!any_ten) return spelled(run);
  const auto value = counted(run);
  return value ? std::optional(fmt::format("{}", *value)) : std::nullopt;
}

}  // namespace

std::string with_arabic_digits(std::string_view text) {
  const std::u32string from = to_utf32(text);
  const auto is_numeral = [](char32_t c) { return digit_of(c).has_value() || ten_of(c) != 0; };
  std::string out;
  const auto keep = [&](std::u32string_view part) { out += to_utf8(part); };
  for (std::size_t at = 0; at < from.size();) {
    const char32_t c = from[at];
    if (!is_numeral(c)) {
      keep(c == U'萬' ? U"万" : c == U'億' ? U"亿" : c == U'圓' ? U"圆" : std::u32string(1, c));
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < from.size() && is_numeral(from[end])) ++end;
    const std::u32string_view run = std::u32string_view(from).substr(at, end - at);
    // 3千 and 2百 are written in words that amounts know.
    const bool after_digits = at > 0 && is_ascii_digit(from[at - 1]);
    const auto whole = after_digits ? std::nullopt : digits_of(run);
    if (!whole) {
      keep(run);
      at = end;
      continue;
    }
    out += *whole;
    at = end;
    if (at + 1 < from.size() && from[at] == U'点' && digit_of(from[at + 1])) {
      std::size_t last = at + 1;
      while (last < from.size() && digit_of(from[last])) ++last;
      out += '.' + spelled(std::u32string_view(from).substr(at + 1, last - at - 1));
      at = last;
    }
  }
  return out;
}

}  // namespace liantu
