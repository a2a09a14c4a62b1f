// Names of firms matched with those of real tables that are no part of the project. What it prints
// stands in docs/quality.md.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/text/simplified.hpp"
#include "liantu/base/text/utf8.hpp"
#include "liantu/base/values/firm_name.hpp"
#include "liantu/ingest/who/firm_matcher.hpp"
#include "liantu/tables/read_table.hpp"

namespace liantu {
namespace {

namespace fs = std::filesystem;

using Strings = std::vector<std::string>;

fs::path real_file(const char* folder, const char* file) {
  const char* root = std::getenv("LIANTU_REAL_DATA");
  return root == nullptr ? fs::path() : fs::path(root) / folder / file;
}

Strings column_of(const fs::path& file, std::string_view name) {
  const Table table = read_table(file);
  const auto column = table.column(name);
  Strings cells;
  for (std::size_t i = 0; column && i < table.size(); ++i) {
    cells.emplace_back(table.cell(i, *column).text);
  }
  return cells;
}

std::vector<std::string_view> views(const Strings& texts) { return {texts.begin(), texts.end()}; }

// Halves are drawn by it.
std::uint64_t hash_of(std::string_view text) { return XXH3_64bits(text.data(), text.size()); }

struct Tally {
  std::size_t asked = 0, first = 0, linked = 0, right = 0, questions = 0, in_question = 0;

  void add(const NameMatch& match, const std::function<bool(std::uint32_t)>& is_right) {
    ++asked;
    const bool top = !match.candidates.empty() && is_right(match.candidates.front().name);
    first += top ? 1 : 0;
    if (match.verdict == NameVerdict::Link) {
      ++linked;
      right += top ? 1 : 0;
    } else if (match.verdict == NameVerdict::Ask) {
      ++questions;
      in_question +=
          std::ranges::any_of(match.candidates, [&](const auto& one) { return is_right(one.name); })
              ? 1
              : 0;
    }
  }
};

// A share with its 95 % interval (Wilson).
std::string share(std::size_t part, std::size_t whole) {
  if (whole == 0) return "-";
  const double n = static_cast<double>(whole);
  const double p = static_cast<double>(part) / n;
  constexpr double z = 1.96;
  const double middle = (p + z * z / (2 * n)) / (1 + z * z / n);
  const double half = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n);
  char text[64];
  std::snprintf(text, sizeof text, "%.4f [%.4f, %.4f]", p, middle - half, middle + half);
  return text;
}

void print(const char* what, const Tally& tally) {
  std::printf("%-44s n %6zu  first %s  linked %s  right of linked %s  asked %.4f, with it %.4f\n",
              what, tally.asked, share(tally.first, tally.asked).c_str(),
              share(tally.linked, tally.asked).c_str(), share(tally.right, tally.linked).c_str(),
              static_cast<double>(tally.questions) / static_cast<double>(tally.asked),
              static_cast<double>(tally.in_question) / static_cast<double>(tally.asked));
}

void print_false(const char* what, const Tally& tally) {
  std::printf("%-44s n %6zu  linked (all wrong) %s  asked %.4f\n", what, tally.asked,
              share(tally.linked, tally.asked).c_str(),
              static_cast<double>(tally.questions) / static_cast<double>(tally.asked));
}

std::string traditional(std::string_view name) {
  static const std::map<char32_t, char32_t> kForms = [] {
    std::map<char32_t, char32_t> forms;
    for (char32_t c = 0x4E00; c <= 0x9FFF; ++c) {
      if (simplified(c) != c) forms.emplace(simplified(c), c);
    }
    return forms;
  }();
  std::u32string text = to_utf32(name);
  for (char32_t& c : text) {
    if (const auto form = kForms.find(c); form != kForms.end()) c = form->second;
  }
  return to_utf8(text);
}

std::string full_width(std::string_view name) {
  std::u32string text = to_utf32(name);
  for (char32_t& c : text) {
    if (c > ' ' && c < 0x7F) c += 0xFEE0;
  }
  return "　" + to_utf8(text) + "​";
}

class ListedNames : public testing::Test {
 protected:
  void SetUp() override {
    const fs::path file = real_file("names", "ashare_short_full.csv");
    if (!fs::exists(file)) GTEST_SKIP() << "LIANTU_REAL_DATA names no folder with names/";
    short_ = column_of(file, "证券简称");
    full_ = column_of(file, "公司中文名称");
  }
  Strings short_, full_;
};

TEST_F(ListedNames, ShortNamesToFullOnes) {
  const FirmMatcher matcher(views(full_));
  const auto matches = matcher.match_all(views(short_));
  std::map<std::string, std::size_t> shared;
  for (const std::string& name : short_) ++shared[name];
  Tally all, tuned, kept;
  Tally absent;
  for (std::uint32_t i = 0; i < short_.size(); ++i) {
    const auto own = [&](std::uint32_t name) { return name == i; };
    all.add(matches[i], own);
    (hash_of(short_[i]) % 2 == 0 ? tuned : kept).add(matches[i], own);
  }
  print("listed short -> full, all", all);
  print("listed short -> full, half it was tuned on", tuned);
  print("listed short -> full, other half", kept);
  // The firm meant is in no table: every link is wrong.
  for (const bool odd : {false, true}) {
    Strings known;
    Strings asked;
    for (std::size_t i = 0; i < full_.size(); ++i) {
      ((hash_of(full_[i]) % 2 == 1) == odd ? known : asked)
          .push_back((hash_of(full_[i]) % 2 == 1) == odd ? full_[i] : short_[i]);
    }
    const FirmMatcher half(views(known));
    for (const NameMatch& match : half.match_all(views(asked))) {
      absent.add(match, [](std::uint32_t) { return false; });
    }
  }
  print_false("listed short, the firm not in the table", absent);
  EXPECT_GT(kept.first * 100, kept.asked * 93);
}

TEST_F(ListedNames, FullNamesWithSlips) {
  const FirmMatcher matcher(views(full_));
  std::mt19937_64 random(20241);
  std::u32string characters;
  for (const std::string& name : full_) characters += to_utf32(name);
  const auto change = [&](const char* what,
                          const std::function<std::string(const std::string&)>& to) {
    Tally tally;
    Strings asked;
    for (const std::string& name : full_) asked.push_back(to(name));
    const auto matches = matcher.match_all(views(asked));
    for (std::uint32_t i = 0; i < full_.size(); ++i) {
      tally.add(matches[i], [&](std::uint32_t name) { return name == i; });
    }
    print(what, tally);
  };
  change("full width, blanks, invisible characters", full_width);
  change("traditional characters", traditional);
  change("one character replaced", [&](const std::string& name) {
    std::u32string text = to_utf32(name);
    text[random() % text.size()] = characters[random() % characters.size()];
    return to_utf8(text);
  });
  change("one character left out", [&](const std::string& name) {
    std::u32string text = to_utf32(name);
    text.erase(random() % text.size(), 1);
    return to_utf8(text);
  });
  change("two neighbours exchanged", [&](const std::string& name) {
    std::u32string text = to_utf32(name);
    const std::size_t at = random() % (text.size() - 1);
    std::swap(text[at], text[at + 1]);
    return to_utf8(text);
  });
  change("cut off behind two thirds", [](const std::string& name) {
    const std::u32string text = to_utf32(name);
    return to_utf8(text.substr(0, (text.size() * 2 + 2) / 3));
  });
  change("cut off before the last character", [](const std::string& name) {
    const std::u32string text = to_utf32(name);
    return to_utf8(text.substr(0, text.size() - 1));
  });
  change("legal form left out", [](const std::string& name) {
    const FirmName normal = normalize_firm_name(name);
    return normal.core;
  });
}

class RegisterNames : public testing::Test {
 protected:
  void SetUp() override {
    const fs::path file = real_file("registry", "chongqing.csv");
    if (!fs::exists(file)) GTEST_SKIP() << "LIANTU_REAL_DATA names no folder with registry/";
    names_ = column_of(file, "name");
    types_ = column_of(file, "type");
  }
  Strings names_, types_;
};

TEST_F(RegisterNames, TheSameBrandInAnotherPlaceOrTradeIsNotLinked) {
  std::mt19937_64 random(20242);
  const FirmMatcher matcher(views(names_));
  std::vector<FirmNameParts> parts;
  std::vector<std::size_t> usable;
  for (std::size_t i = 0; i < names_.size(); ++i) {
    parts.push_back(split_firm_name(names_[i]));
    const FirmNameParts& one = parts.back();
    if (one.brand.size() < 6 || one.trade.empty() || one.place.empty() || one.form.empty())
      continue;
    if (firms_of_branch(normalize_firm_name(names_[i]).full).empty()) usable.push_back(i);
  }
  constexpr std::string_view kPlaces[] = {"成都", "宁波市", "深圳",  "武汉",
                                          "苏州", "贵阳",   "西安市"};
  const auto run = [&](const char* what,
                       const std::function<std::string(const FirmNameParts&)>& to) {
    Tally tally;
    Strings asked;
    for (const std::size_t i : usable) {
      if (random() % 4 == 0) asked.push_back(to(parts[i]));
    }
    for (const NameMatch& match : matcher.match_all(views(asked))) {
      if (match.same == 0) tally.add(match, [](std::uint32_t) { return false; });
    }
    print_false(what, tally);
    EXPECT_LT(tally.linked * 200, tally.asked);
  };
  run("same brand and trade, another place", [&](const FirmNameParts& one) {
    return std::string(kPlaces[random() % std::size(kPlaces)]) + one.brand + one.trade + one.form;
  });
  run("… without legal form", [&](const FirmNameParts& one) {
    return std::string(kPlaces[random() % std::size(kPlaces)]) + one.brand + one.trade;
  });
  run("same place and brand, another trade", [&](const FirmNameParts& one) {
    const FirmNameParts* other = &one;
    while (other->trade == one.trade) other = &parts[usable[random() % usable.size()]];
    return one.place + one.brand + other->trade + one.form;
  });
  run("same place and trade, another brand", [&](const FirmNameParts& one) {
    const FirmNameParts* other = &one;
    while (other->brand == one.brand) other = &parts[usable[random() % usable.size()]];
    return one.place + other->brand + one.trade + one.form;
  });

  // Half of the register against the other half: nobody is there, whoever is like him.
  Strings known;
  Strings asked;
  for (const std::string& name : names_) (hash_of(name) % 2 == 0 ? known : asked).push_back(name);
  const FirmMatcher half(views(known));
  Tally absent;
  for (const NameMatch& match : half.match_all(views(asked))) {
    if (match.same == 0) absent.add(match, [](std::uint32_t) { return false; });
  }
  print_false("half of the register against the other", absent);
  EXPECT_LT(absent.linked * 200, absent.asked);

  // Brand and trade alone, as people speak of a firm.
  Tally spoken;
  Strings words;
  for (const std::size_t i : usable) words.push_back(parts[i].brand + parts[i].trade);
  const auto matches = matcher.match_all(views(words));
  for (std::size_t k = 0; k < usable.size(); ++k) {
    spoken.add(matches[k], [&](std::uint32_t name) {
      return name == usable[k] ||
             normalize_firm_name(names_[name]).full == normalize_firm_name(names_[usable[k]]).full;
    });
  }
  print("register: brand and trade -> full", spoken);
}

TEST_F(RegisterNames, BranchesLeadToTheirFirms) {
  std::map<std::string, std::size_t> known;
  for (std::size_t i = 0; i < names_.size(); ++i) known[normalize_firm_name(names_[i]).full] = i;
  std::size_t branches = 0, told = 0, in_register = 0, firms = 0, taken = 0, all = 0;
  for (std::size_t i = 0; i < names_.size(); ++i) {
    const std::string full = normalize_firm_name(names_[i]).full;
    const auto heads = firms_of_branch(full);
    all += heads.empty() ? 0 : 1;
    const bool branch = types_[i].find("分公司") != std::string::npos ||
                        types_[i].find("分支机构") != std::string::npos;
    const bool firm = !branch && types_[i].find("有限责任公司") != std::string::npos;
    branches += branch ? 1 : 0;
    told += branch && !heads.empty() ? 1 : 0;
    firms += firm ? 1 : 0;
    taken += firm && !heads.empty() ? 1 : 0;
    const auto is_known = [&](std::string_view head) { return known.contains(std::string(head)); };
    in_register += std::ranges::any_of(heads, is_known) ? 1 : 0;
    if (branch && heads.empty() && i % 100 == 0) std::printf("  not told: %s\n", names_[i].c_str());
    if (firm && !heads.empty()) std::printf("  taken for a branch: %s\n", names_[i].c_str());
  }
  std::printf("names that name a firm they belong to: %zu, of it in the register %zu\n", all,
              in_register);
  std::printf("type is a branch: %zu, told by the name %s\n", branches,
              share(told, branches).c_str());
  std::printf("type is a company: %zu, taken for a branch %s\n", firms,
              share(taken, firms).c_str());
}

}  // namespace
}  // namespace liantu
