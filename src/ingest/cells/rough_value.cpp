#include "ingest/cells/rough_value.hpp"

#include <algorithm>
#include <cstddef>

#include "base/text/chinese_number.hpp"
#include "liantu/base/text/utf8.hpp"

namespace liantu {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool has_digit(std::string_view text) { return std::ranges::any_of(text, is_digit); }

// What stands behind the last digit: 万元, %.
std::string_view unit_behind(std::string_view text) {
  const auto last = std::ranges::find_if(text.rbegin(), text.rend(), is_digit);
  return text.substr(static_cast<std::size_t>(text.rend() - last));
}

std::optional<RoughValue> read_range(std::string_view text) {
  for (const std::string_view sign : {"~", "至", "到", "——", "—", "–", "--", "-"}) {
    const std::size_t at = text.find(sign, 1);
    if (at == std::string_view::npos) continue;
    const std::string_view low = trim(text.substr(0, at));
    const std::string_view high = trim(text.substr(at + sign.size()));
    if (low.empty() || high.empty() || !has_digit(low) || !has_digit(high)) continue;
    RoughValue range{Rough::Range, std::string(low), std::string(high)};
    if (is_digit(low.back())) range.low += unit_behind(high);
    return range;
  }
  return std::nullopt;
}

struct Words {
  std::string_view text;
  Rough kind;
};

constexpr Words kBefore[] = {
    {"大约", Rough::About},     {"大概", Rough::About},     {"约", Rough::About},
    {"接近", Rough::About},     {"近", Rough::About},       {"不低于", Rough::AtLeast},
    {"不少于", Rough::AtLeast}, {"不小于", Rough::AtLeast}, {"至少", Rough::AtLeast},
    {"超过", Rough::AtLeast},   {"大于", Rough::AtLeast},   {"超", Rough::AtLeast},
    {"≥", Rough::AtLeast},      {">=", Rough::AtLeast},     {">", Rough::AtLeast},
    {"不超过", Rough::AtMost},  {"不高于", Rough::AtMost},  {"不大于", Rough::AtMost},
    {"至多", Rough::AtMost},    {"低于", Rough::AtMost},    {"小于", Rough::AtMost},
    {"不足", Rough::AtMost},    {"≤", Rough::AtMost},       {"<=", Rough::AtMost},
    {"<", Rough::AtMost}};

constexpr Words kBehind[] = {{"左右", Rough::About},     {"上下", Rough::About},
                             {"及以上", Rough::AtLeast}, {"以上", Rough::AtLeast},
                             {"及以下", Rough::AtMost},  {"以下", Rough::AtMost},
                             {"以内", Rough::AtMost},    {"+", Rough::AtLeast}};

}  // namespace

std::optional<RoughValue> read_rough_value(std::string_view text) {
  const std::string digits = with_arabic_digits(normalize_width(text));
  std::string_view rest = trim(digits);
  if (!has_digit(rest)) return std::nullopt;
  const auto of = [](Rough kind, std::string_view value) {
    return RoughValue{kind, std::string(trim(value)), std::string(trim(value))};
  };
  for (const Words& words : kBefore) {
    if (rest.starts_with(words.text)) return of(words.kind, rest.substr(words.text.size()));
  }
  for (const Words& words : kBehind) {
    if (rest.ends_with(words.text)) {
      return of(words.kind, rest.substr(0, rest.size() - words.text.size()));
    }
  }
  for (const std::string_view more : {"余", "多"}) {
    const std::size_t at = rest.find(more);
    if (at == std::string_view::npos || at == 0 || has_digit(rest.substr(at))) continue;
    return of(Rough::About,
              std::string(rest.substr(0, at)) + std::string(rest.substr(at + more.size())));
  }
  return read_range(rest);
}

std::string_view rough_text_en(Rough kind) {
  switch (kind) {
    case Rough::Range:
      return "a range, of which the middle is taken";
    case Rough::About:
      return "an approximate value, taken as it stands";
    case Rough::AtLeast:
      return "a lower bound, taken for the value";
    case Rough::AtMost:
      return "an upper bound, taken for the value";
  }
  return {};
}

std::string_view rough_text_zh(Rough kind) {
  switch (kind) {
    case Rough::Range:
      return "此处是区间，取其中值";
    case Rough::About:
      return "此处是约数，按原数采用";
    case Rough::AtLeast:
      return "此处是下限，以该数计";
    case Rough::AtMost:
      return "此处是上限，以该数计";
  }
  return {};
}

}  // namespace liantu
