#include "liantu/base/values/industry.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "liantu/base/text/utf8.hpp"

namespace liantu {
namespace {

constexpr Industry kIndustries[] = {
#include "base/values/industry_table.inc"
};

// Other wordings that are in circulation, not those of the standard.
constexpr Industry kAliases[] = {
#include "base/values/industry_aliases.inc"
};

// Names by which the stock market groups its firms; none is of the standard.
struct MarketGroup {
  std::string_view code;
  std::string_view name;
  std::string_view others;  // codes of further industries, separated by blanks
};

constexpr MarketGroup kMarketGroups[] = {
#include "base/values/industry_market_names.inc"
};

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Number of a division by its two digits.
constexpr std::size_t division(char tens, char ones) {
  const auto digit = [](char c) { return static_cast<std::size_t>(c - '0'); };
  return 10 * digit(tens) + digit(ones);
}

// The section of each division; 0 where there is none.
const std::array<char, 100>& sections() {
  static const std::array<char, 100> all = [] {
    std::array<char, 100> letters{};
    for (const Industry& one : kIndustries) {
      if (one.code.size() != 3) continue;
      letters[division(one.code[1], one.code[2])] = one.code[0];
    }
    return letters;
  }();
  return all;
}

}  // namespace

IndustryLevel Industry::level() const noexcept {
  switch (code.size()) {
    case 1:
      return IndustryLevel::Section;
    case 3:
      return IndustryLevel::Division;
    case 4:
      return IndustryLevel::Group;
    default:
      return IndustryLevel::Class;
  }
}

std::span<const Industry> industries() { return kIndustries; }

const Industry* find_industry(std::string_view code) {
  std::string wanted(trim(code));
  if (wanted.empty() || wanted.size() > 5) return nullptr;
  if (wanted.front() >= 'a' && wanted.front() <= 't') {
    wanted.front() = static_cast<char>(wanted.front() - 'a' + 'A');
  }
  if (is_digit(wanted.front())) {
    if (wanted.size() < 2 || !is_digit(wanted[1])) return nullptr;
    const char section = sections()[division(wanted[0], wanted[1])];
    if (section == 0) return nullptr;
    wanted.insert(wanted.begin(), section);
  }
  const auto* const found =
      std::ranges::lower_bound(kIndustries, std::string_view(wanted), {}, &Industry::code);
  return found != std::end(kIndustries) && found->code == wanted ? found : nullptr;
}

bool IndustryReading::contradicts() const noexcept {
  return coded != nullptr && named != nullptr && !coded->contains(*named) &&
         !named->contains(*coded);
}

std::vector<const Industry*> market_industries(std::string_view name) {
  for (const std::string_view level : {"Ⅱ", "Ⅲ", "III", "II"}) {
    if (!name.ends_with(level)) continue;
    name.remove_suffix(level.size());
    break;
  }
  std::vector<const Industry*> found;
  const auto* const group = std::ranges::find(kMarketGroups, name, &MarketGroup::name);
  if (group == std::end(kMarketGroups)) return found;
  found.push_back(find_industry(group->code));
  for (std::string_view rest = group->others; !rest.empty();) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    found.push_back(find_industry(rest.substr(0, end)));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return found;
}

namespace {

bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool in_code(char c) { return is_digit(c) || is_letter(c); }

// The entry of a name; of several of one name that which goes best with the code, else the
// narrowest: a group and its only class may share a name.
const Industry* named_industry(std::string_view name, const Industry* coded) {
  const Industry* found = nullptr;
  const auto better = [&](const Industry& one) {
    if (found == nullptr) return true;
    const auto fits = [&](const Industry& it) {
      return coded != nullptr && (coded->contains(it) || it.contains(*coded));
    };
    if (fits(one) != fits(*found)) return fits(one);
    return one.code.starts_with(found->code);
  };
  for (const Industry& one : kIndustries) {
    if (one.name == name && better(one)) found = &one;
  }
  if (found != nullptr) return found;
  for (const Industry& one : kAliases) {
    if (one.name == name) return find_industry(one.code);
  }
  // 汽车制造 of 汽车制造业, and the other way round.
  constexpr std::string_view kTrade = "业";
  for (const Industry& one : kIndustries) {
    const bool longer = one.name.size() == name.size() + kTrade.size() &&
                        one.name.starts_with(name) && one.name.ends_with(kTrade);
    const bool shorter = name.size() == one.name.size() + kTrade.size() &&
                         name.starts_with(one.name) && name.ends_with(kTrade);
    if ((longer || shorter) && better(one)) found = &one;
  }
  if (found != nullptr) return found;
  const std::vector<const Industry*> market = market_industries(name);
  return market.empty() ? nullptr : market.front();
}

}  // namespace

IndustryReading read_industry_words(std::string_view words) {
  const std::string text = normalize_width(trim(words));
  IndustryReading reading;
  // The first run of letters and digits that is a code; blanks may stand in it: `C 3670`.
  std::string name = text;
  for (std::size_t at = 0; at < text.size() && reading.coded == nullptr;) {
    if (!in_code(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && in_code(text[end])) ++end;
    std::string code = text.substr(at, end - at);
    if (code.size() == 1 && is_letter(code[0])) {
      std::size_t digits = end;
      while (digits < text.size() && (text[digits] == ' ' || text[digits] == '-')) ++digits;
      std::size_t after = digits;
      while (after < text.size() && is_digit(text[after])) ++after;
      if (after > digits && find_industry(code + text.substr(digits, after - digits)) != nullptr) {
        code += text.substr(digits, after - digits);
        end = after;
      }
    }
    reading.coded = find_industry(code);
    if (reading.coded != nullptr) name = text.substr(0, at) + "/" + text.substr(end);
    at = end;
  }
  if (const Industry* whole = named_industry(text, nullptr); whole != nullptr) {
    return {whole, nullptr, whole};  // a name with a digit in it
  }
  // Names between marks, from the last, which is the narrowest.
  constexpr std::string_view kMarks = "/>|;:\\-_()[]{}.* \t";
  std::size_t end = name.size();
  while (end > 0 && reading.named == nullptr) {
    const std::size_t last = name.find_last_not_of(kMarks, end - 1);
    if (last == std::string::npos) break;
    const std::size_t before = name.find_last_of(kMarks, last);
    const std::size_t begin = before == std::string::npos ? 0 : before + 1;
    reading.named =
        named_industry(std::string_view(name).substr(begin, last + 1 - begin), reading.coded);
    end = begin;
  }
  if (reading.named == nullptr) {
    // A name may hold such marks itself.
    const std::size_t first = name.find_first_not_of(kMarks);
    const std::size_t last = name.find_last_not_of(kMarks);
    if (first != std::string::npos) {
      reading.named =
          named_industry(std::string_view(name).substr(first, last + 1 - first), reading.coded);
    }
  }
  reading.industry = reading.coded != nullptr ? reading.coded : reading.named;
  if (reading.contradicts()) {
    // 0111 that a spreadsheet made 111 of: its name is the better witness.
    const std::string_view whole = reading.named->code.substr(1);
    const std::string_view cut = reading.coded->code.substr(1);
    if (whole.starts_with('0') && whole.substr(1) == cut) {
      reading.coded = reading.industry = reading.named;
    }
  }
  return reading;
}

const Industry* read_industry(std::string_view words) {
  return read_industry_words(words).industry;
}

}  // namespace liantu
