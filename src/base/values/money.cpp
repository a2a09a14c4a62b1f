#include "liantu/base/values/money.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/text/chinese_number.hpp"
#include "liantu/base/text/number.hpp"
#include "liantu/base/text/utf8.hpp"

namespace liantu {
namespace {

struct Currency {
  std::string_view word;
  std::string_view code;
  bool unit;  ///< whether the word names a unit (美元) or only the currency (人民币)
};

/// Words of which one begins with another stand before it. All in the compatibility form.
constexpr Currency kCurrencies[] = {
    {"人民币", "CNY", false},
    {"CNY", "CNY", false},
    {"RMB", "CNY", false},
    {"¥", "CNY", false},
    {"美国美元", "USD", true},
    {"美国元", "USD", true},
    {"美元", "USD", true},
    {"美金", "USD", true},
    {"USD", "USD", false},
    {"US$", "USD", false},
    {"$", "USD", false},
    {"香港元", "HKD", true},
    {"港元", "HKD", true},
    {"港币", "HKD", true},
    {"港圆", "HKD", true},
    {"HKD", "HKD", false},
    {"HK$", "HKD", false},
    {"澳门元", "MOP", true},
    {"澳门币", "MOP", true},
    {"MOP", "MOP", false},
    {"新台湾元", "TWD", true},
    {"台湾元", "TWD", true},
    {"新台币", "TWD", true},
    {"台币", "TWD", true},
    {"TWD", "TWD", false},
    {"NT$", "TWD", false},
    {"日本元", "JPY", true},
    {"日元", "JPY", true},
    {"日圆", "JPY", true},
    {"日币", "JPY", true},
    {"JPY", "JPY", false},
    {"欧元", "EUR", true},
    {"EUR", "EUR", false},
    {"€", "EUR", false},
    {"英镑", "GBP", true},
    {"GBP", "GBP", false},
    {"£", "GBP", false},
    {"瑞士法郎", "CHF", true},
    {"瑞郎", "CHF", true},
    {"CHF", "CHF", false},
    {"加拿大元", "CAD", true},
    {"加元", "CAD", true},
    {"CAD", "CAD", false},
    {"澳大利亚元", "AUD", true},
    {"澳元", "AUD", true},
    {"AUD", "AUD", false},
    {"新西兰元", "NZD", true},
    {"NZD", "NZD", false},
    {"新加坡元", "SGD", true},
    {"新加坡币", "SGD", true},
    {"新元", "SGD", true},
    {"SGD", "SGD", false},
    {"韩国元", "KRW", true},
    {"韩元", "KRW", true},
    {"韩币", "KRW", true},
    {"KRW", "KRW", false},
    {"泰国铢", "THB", true},
    {"泰铢", "THB", true},
    {"马来西亚林吉特", "MYR", true},
    {"林吉特", "MYR", true},
    {"俄罗斯卢布", "RUB", true},
    {"卢布", "RUB", true},
    {"印度卢比", "INR", true},
    {"瑞典克朗", "SEK", true},
    {"丹麦克朗", "DKK", true},
    {"挪威克朗", "NOK", true},
    {"德国马克", "DEM", true},
    {"马克", "DEM", true},
    {"法国法郎", "FRF", true},
    {"意大利里拉", "ITL", true},
    {"荷兰盾", "NLG", true},
    {"奥地利先令", "ATS", true},
    {"比利时法郎", "BEF", true},
};

struct Multiplier {
  std::string_view word;
  double factor;
};

constexpr std::array<Multiplier, 13> kMultipliers{{{"万亿", 1e12},
                                                   {"千亿", 1e11},
                                                   {"百亿", 1e10},
                                                   {"亿", 1e8},
                                                   {"千万", 1e7},
                                                   {"百万", 1e6},
                                                   {"十万", 1e5},
                                                   {"万", 1e4},
                                                   {"千", 1e3},
                                                   {"TN", 1e12},
                                                   {"BN", 1e9},
                                                   {"M", 1e6},
                                                   {"K", 1e3}}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// An amount without its brackets.
struct Unbracketed {
  std::string text;
  bool negative = false;  ///< the number stood in brackets: (500) is −500 to bookkeepers
};

/// Takes brackets away. Around words they only group, as in 163(万); around the whole number they
/// are a minus sign; anything else, as a second number in brackets, is not an amount.
std::optional<Unbracketed> take_brackets_away(std::string text) {
  Unbracketed result;
  int depth = 0;
  bool outside = false;  // whether a digit stands outside of brackets
  bool inside = false;
  for (char& c : text) {
    if (c == '(' || c == '[') {
      ++depth;
      c = ' ';
    } else if (c == ')' || c == ']') {
      // A number whose opening bracket is missing may be a negative one cut off.
      if (--depth < 0 && outside) return std::nullopt;
      depth = std::max(depth, 0);
      c = ' ';
    } else if (is_digit(c)) {
      (depth > 0 ? inside : outside) = true;
    }
  }
  if (inside && (outside || depth > 0)) return std::nullopt;
  result.negative = inside;
  result.text = std::move(text);
  return result;
}

/// Turns the letters of codes into capitals.
std::string normalize(std::string_view text) {
  std::string out = normalize_width(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

/// Takes blanks and apostrophes between groups of three digits away: 1 000 000, 1'000.
std::string close_groups(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool parts = (text[i] == ' ' || text[i] == '\'') && i > 0 && is_digit(text[i - 1]);
    std::size_t digits = 0;
    while (parts && digits < 4 && i + 1 + digits < text.size() && is_digit(text[i + 1 + digits])) {
      ++digits;
    }
    if (digits != 3) out += text[i];
  }
  return out;
}

/// The number times the factor. Powers of ten move the exponent instead, so that 33,218.02 times
/// 10^4 is 332,180,200 and nothing beside it.
std::optional<double> scaled(std::string_view number, double factor) {
  if (number.find('E') == std::string_view::npos) {
    double power = 1;
    for (int exponent = 0; exponent <= 12; ++exponent, power *= 10) {
      if (power == factor) return parse_number(fmt::format("{}e{}", number, exponent));
    }
  }
  const std::optional<double> value = parse_number(number);
  return value ? std::optional(*value * factor) : std::nullopt;
}

/// Reads an amount word by word.
class Reader {
 public:
  Reader(std::string_view text, bool negative) : rest_(trim(text)), negative_(negative) {}

  std::optional<MoneyReading> read(double multiplier) {
    for (; !rest_.empty(); rest_ = trim(rest_)) {
      if (!take_sign() && !take_currency() && !take_unit() && !take_number()) return std::nullopt;
    }
    if (!any_number_) return std::nullopt;
    if (!pending_.empty()) {
      // 3万5 is 35,000 to those who say it and 30,005 to those who read it.
      if (std::isfinite(last_factor_) && !yuan_) return std::nullopt;
      const std::optional<double> value = scaled(pending_, unit_stated_ ? 1 : multiplier);
      if (!value) return std::nullopt;
      total_ += *value;
    }
    if (!std::isfinite(total_)) return std::nullopt;
    return MoneyReading{negative_ ? -total_ : total_,
                        currency_.empty() ? std::string_view("CNY") : currency_, unit_stated_};
  }

 private:
  bool take(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }

  bool take_sign() {
    if (any_number_ || sign_) return false;
    negative_ = negative_ || rest_.starts_with('-') || rest_.starts_with("−");
    sign_ = take("-") || take("−") || take("+");
    return sign_;
  }

  bool take_currency() {
    for (const Currency& currency : kCurrencies) {
      if (!rest_.starts_with(currency.word)) continue;
      // Two currencies in one cell are no amount of either.
      if (!currency_.empty() && currency_ != currency.code) return false;
      // Before the number it is a mark; only behind it does it fix the unit.
      if (currency.unit && any_number_) unit_stated_ = yuan_ = true;
      currency_ = currency.code;
      return take(currency.word);
    }
    return false;
  }

  /// 元 in its forms, and 万 and 亿, which belong to the number before them.
  bool take_unit() {
    if (!any_number_) return false;
    if (take("整") || take("正")) return true;
    if (take("元") || take("圆")) {
      unit_stated_ = yuan_ = true;
      return true;
    }
    for (const Multiplier& multiplier : kMultipliers) {
      if (!rest_.starts_with(multiplier.word)) continue;
      if (pending_.empty() || multiplier.factor >= last_factor_) return false;
      const std::optional<double> value = scaled(pending_, multiplier.factor);
      if (!value) return false;
      total_ += *value;
      pending_ = {};
      last_factor_ = multiplier.factor;
      unit_stated_ = true;
      return take(multiplier.word);
    }
    return false;
  }

  /// A number; a second one must be smaller than the unit before it, as in 1亿2000万.
  bool take_number() {
    if (!pending_.empty() || yuan_) return false;
    std::size_t length = 0;
    while (length < rest_.size() &&
           (is_digit(rest_[length]) || rest_[length] == '.' || rest_[length] == ',')) {
      ++length;
    }
    length += exponent_length(rest_.substr(length));
    const std::string_view number = rest_.substr(0, length);
    const std::optional<double> value = parse_number(number);
    if (!value || *value >= last_factor_) return false;
    any_number_ = true;
    pending_ = number;
    return take(number);
  }

  static std::size_t exponent_length(std::string_view text) {
    if (!text.starts_with('E')) return 0;
    std::size_t length = 1;
    if (length < text.size() && (text[length] == '-' || text[length] == '+')) ++length;
    const std::size_t digits_from = length;
    while (length < text.size() && is_digit(text[length])) ++length;
    return length == digits_from ? 0 : length;
  }

  std::string_view rest_;
  double total_ = 0;
  std::string_view pending_;  ///< number that no multiplier has followed yet
  double last_factor_ = std::numeric_limits<double>::infinity();
  std::string_view currency_;
  bool sign_ = false;
  bool negative_;
  bool any_number_ = false;
  bool yuan_ = false;  ///< whether 元 or another currency's unit has followed the number
  bool unit_stated_ = false;
};

/// Three significant digits and the power of ten of the first.
struct Rounded {
  std::string digits;  ///< without noughts at the end
  int exponent = 0;
};

Rounded round_to_three(double magnitude) {
  const std::string text = fmt::format("{:.2e}", magnitude);  // d.dde+xx
  Rounded rounded{{text[0], text[2], text[3]}, std::stoi(text.substr(5))};
  while (rounded.digits.size() > 1 && rounded.digits.back() == '0') rounded.digits.pop_back();
  return rounded;
}

/// Writes the number divided by 10^unit, its whole part in groups of three.
std::string write_digits(const Rounded& rounded, int unit) {
  const int point = rounded.exponent - unit + 1;  // digits before the point
  std::string whole;
  std::string fraction;
  for (int i = 0; i < std::max(point, static_cast<int>(rounded.digits.size())); ++i) {
    const char digit = i < static_cast<int>(rounded.digits.size())
                           ? rounded.digits[static_cast<std::size_t>(i)]
                           : '0';
    (i < point ? whole : fraction).push_back(digit);
  }
  if (point < 0) fraction.insert(0, static_cast<std::size_t>(-point), '0');
  if (whole.empty()) whole = "0";
  for (std::size_t at = whole.size(); at > 3; at -= 3) whole.insert(at - 3, ",");
  return fraction.empty() ? whole : whole + "." + fraction;
}

struct Unit {
  int exponent;
  std::string_view word;
};

}  // namespace

std::optional<MoneyReading> parse_money(std::string_view text, double multiplier) {
  const auto read = [&](const std::string& words) -> std::optional<MoneyReading> {
    const auto amount = take_brackets_away(words);
    return amount ? Reader(amount->text, amount->negative).read(multiplier) : std::nullopt;
  };
  const std::string words = normalize(text);
  if (auto amount = read(words)) return amount;
  const std::string digits = with_arabic_digits(close_groups(words));
  return digits == words ? std::nullopt : read(digits);
}

std::string format_money(Money money, Language language) {
  if (!std::isfinite(money.cny)) return "-";
  constexpr std::array<Unit, 3> kZh{{{12, "万亿元"}, {8, "亿元"}, {4, "万元"}}};
  constexpr std::array<Unit, 3> kEn{{{12, " tn"}, {9, " bn"}, {6, " m"}}};
  const bool zh = language == Language::Zh;
  const std::string_view sign = money.cny < 0 ? "-" : "";
  // Rounded first: 99,999,999 is 1亿元 and not 10000万元.
  const Rounded rounded = round_to_three(std::fabs(money.cny));
  Unit unit{0, zh ? "元" : ""};
  for (const Unit& larger : zh ? kZh : kEn) {
    if (rounded.exponent >= larger.exponent) {
      unit = larger;
      break;
    }
  }
  const std::string digits = write_digits(rounded, unit.exponent);
  return zh ? fmt::format("{}{}{}", sign, digits, unit.word)
            : fmt::format("CNY {}{}{}", sign, digits, unit.word);
}

}  // namespace liantu
