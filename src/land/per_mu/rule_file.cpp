#include "land/per_mu/rule_file.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text/excerpt.hpp"
#include "liantu/base/values/industry.hpp"

namespace liantu {

Text RuleFile::text(const JsonValue& value) const {
  if (const std::string* both = value.as_string()) return {*both, *both};
  only(value, {"en", "zh"});
  return {string(member(value, "en")), string(member(value, "zh"))};
}

std::vector<std::string> RuleFile::strings(const JsonValue& value) const {
  std::vector<std::string> found;
  for (const JsonValue& word : array(value)) {
    found.push_back(string(word));
    if (found.back().empty()) {
      fail(word, "an empty word fits every firm", "空词会匹配所有企业",
           "write a word or leave it out", "请写明词语或删去");
    }
  }
  return found;
}

Quantity RuleFile::quantity(const JsonValue& value) const {
  const std::string& word = string(value);
  if (const auto known = parse_quantity(word)) return *known;
  std::string list;
  for (const Quantity one : kQuantities) {
    list += fmt::format("{}{}", list.empty() ? "" : ", ", quantity_word(one));
  }
  fail(value, fmt::format("\"{}\" is not a figure of firms that can be used", excerpt(word)),
       fmt::format("“{}”不是可用的指标数据", excerpt(word)), "write one of: " + list,
       "请取其一：" + list);
}

double RuleFile::above_zero(const JsonValue& value) const {
  const double found = number(value);
  if (found > 0) return found;
  fail(value, fmt::format("{} is not above 0", found), fmt::format("{} 不大于 0", found),
       "write a number above 0", "请写大于 0 的数");
}

double RuleFile::share(const JsonValue& value) const {
  const double found = number(value);
  if (found >= 0 && found <= 1) return found;
  fail(value, fmt::format("{} lies outside [0, 1]", found),
       fmt::format("{} 不在 0 到 1 之间", found), "write 25 % as 0.25", "25% 请写成 0.25");
}

char RuleFile::grade(const JsonValue& value) const {
  const std::string& word = string(value);
  if (word == "A" || word == "B" || word == "C" || word == "D") return word.front();
  fail(value, fmt::format("\"{}\" is not a grade", excerpt(word)),
       fmt::format("“{}”不是等级", excerpt(word)), "write A, B, C or D", "请写 A、B、C 或 D");
}

FirmRule RuleFile::firm_rule(const JsonValue& value) const {
  only(value, {"tags", "types", "statuses", "industries", "at_least", "founded_within_years"});
  FirmRule rule;
  if (const JsonValue* words = value.find("tags")) rule.tags = strings(*words);
  if (const JsonValue* words = value.find("types")) rule.types = strings(*words);
  if (const JsonValue* words = value.find("statuses")) rule.statuses = strings(*words);
  if (const JsonValue* words = value.find("industries")) {
    rule.industries = strings(*words);
    for (const JsonValue& code : array(*words)) {
      const Industry* known = find_industry(string(code));
      if (known != nullptr && known->code == string(code)) continue;
      fail(code, fmt::format("\"{}\" is not an industry", excerpt(string(code))),
           fmt::format("“{}”不是行业代码", excerpt(string(code))),
           "write a code of GB/T 4754 with its letter, such as D or C30",
           "请写国民经济行业代码（GB/T 4754，含门类字母），如 D、C30");
    }
  }
  if (const JsonValue* least = value.find("at_least")) {
    for (const auto& [name, bound] : object(*least)) {
      const JsonValue word(name, bound.line(), bound.column());
      rule.at_least.emplace_back(quantity(word), above_zero(bound));
    }
  }
  if (const JsonValue* years = value.find("founded_within_years")) {
    rule.founded_within_years = above_zero(*years);
  }
  if (rule.empty()) {
    fail(value, "a rule without a condition fits no firm", "没有条件的规则不匹配任何企业",
         "write a condition, such as \"tags\" or \"at_least\"",
         "请写明条件，如 \"tags\" 或 \"at_least\"");
  }
  return rule;
}

std::string RuleFile::unit(const JsonValue& entry, Quantity numerator, Quantity denominator) const {
  const JsonValue* value = entry.find("unit");
  const std::string word = value == nullptr ? std::string() : string(*value);
  if (ratio_unit(numerator, denominator, word)) return word;
  const Text above = quantity_text(numerator);
  const Text below = quantity_text(denominator);
  fail(value == nullptr ? entry : *value,
       fmt::format("\"{}\" is not a unit of {} by {}", excerpt(word), above.en, below.en),
       fmt::format("“{}”不是{}与{}之比的单位", excerpt(word), above.zh, below.zh),
       "write the unit of the base in \"unit\", such as 万元/亩, 万元/吨标准煤, 万元/人, "
       "元/千瓦时, or % of an "
       "amount by an amount",
       "请在 \"unit\" 中写明基准值的单位，如 "
       "万元/亩、万元/吨标准煤、万元/人、元/千瓦时；金额之比可写 %");
}

std::vector<PerMuFloor> RuleFile::floors(const JsonValue& value) const {
  std::vector<PerMuFloor> floors;
  for (const JsonValue& entry : array(value)) {
    only(entry, {"numerator", "denominator", "unit", "at_least", "reason"});
    PerMuFloor floor;
    floor.numerator = quantity(member(entry, "numerator"));
    if (const JsonValue* below = entry.find("denominator")) floor.denominator = quantity(*below);
    floor.unit = unit(entry, floor.numerator, floor.denominator);
    floor.at_least = above_zero(member(entry, "at_least"));
    floor.reason = text(member(entry, "reason"));
    floors.push_back(std::move(floor));
  }
  return floors;
}

}  // namespace liantu
