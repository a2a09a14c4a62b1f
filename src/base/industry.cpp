#include "liantu/base/industry.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "liantu/base/utf8.hpp"

namespace liantu {
namespace {

constexpr Industry kIndustries[] = {
#include "base/industry_table.inc"
};

// Other wordings that are in circulation, not those of the standard.
constexpr Industry kAliases[] = {
#include "base/industry_aliases.inc"
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

namespace {

// How long the code at the front of the words is.
std::size_t code_length(std::string_view text) {
  const auto in_code = [](char c) {
    return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  };
  return static_cast<std::size_t>(std::ranges::find_if_not(text, in_code) - text.begin());
}

const Industry* industry_of_name(std::string_view text) {
  // A group and its only class may share a name.
  const Industry* found = nullptr;
  for (const Industry& one : kIndustries) {
    if (one.name == text && (found == nullptr || one.code.starts_with(found->code))) found = &one;
  }
  if (found != nullptr) return found;
  for (const Industry& one : kAliases) {
    if (one.name == text) return find_industry(one.code);
  }
  return nullptr;
}

}  // namespace

const Industry* read_industry(std::string_view words) {
  const std::string text = normalize_width(trim(words));
  const std::string_view code = std::string_view(text).substr(0, code_length(text));
  if (const Industry* coded = find_industry(code)) return coded;
  return industry_of_name(text);
}

const Industry* industry_named_beside(std::string_view words) {
  const std::string text = normalize_width(trim(words));
  const std::size_t length = code_length(text);
  if (find_industry(std::string_view(text).substr(0, length)) == nullptr) return nullptr;
  std::string_view name = std::string_view(text).substr(length);
  const std::string_view marks = " -_:.,;/()[]";
  while (!name.empty() && marks.find(name.front()) != std::string_view::npos) name.remove_prefix(1);
  while (!name.empty() && marks.find(name.back()) != std::string_view::npos) name.remove_suffix(1);
  return industry_of_name(name);
}

}  // namespace liantu
