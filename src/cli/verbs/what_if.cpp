#include "cli/verbs/what_if.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "liantu/base/text/error.hpp"
#include "liantu/base/text/utf8.hpp"
#include "liantu/base/values/money.hpp"

namespace liantu::cli {
namespace {

constexpr const char* kOption = "--what-if";

// The signs that divide a newcomer's words, however wide they were typed.
std::string with_plain_signs(std::string_view words) {
  constexpr std::pair<char32_t, char32_t> kSigns[] = {
      {U'：', U':'}, {U'；', U';'}, {U'＝', U'='}, {U'＋', U'+'}, {U'－', U'-'}};
  std::u32string text = to_utf32(words);
  for (char32_t& c : text) {
    for (const auto& [wide, plain] : kSigns) {
      if (c == wide) c = plain;
    }
  }
  return to_utf8(text);
}

// `+甲` and `－甲` taken apart; without a sign a firm comes.
std::pair<char, std::string> sign_and_name(std::string_view words) {
  words = trim(words);
  for (const std::string_view sign : {"+", "-", "＋", "－"}) {
    if (!words.starts_with(sign)) continue;
    const char plain = with_plain_signs(sign).front();
    return {plain, std::string(trim(words.substr(sign.size())))};
  }
  return {'+', std::string(words)};
}

[[noreturn]] void refuse(std::string_view words, const std::string& en, const std::string& zh) {
  usage_error(fmt::format("{} \"{}\": {}", kOption, words, en),
              fmt::format("{} “{}”：{}", kOption, words, zh));
}

double output_of(std::string_view words, std::string_view segment, std::string_view amount) {
  if (amount.empty()) {
    refuse(words,
           fmt::format("{} has no output; write CNY a year, such as {}=3亿", segment, segment),
           fmt::format("“{}”没有产值；请写年产值，如 {}=3亿", segment, segment));
  }
  const auto reading = parse_money(amount);
  if (!reading) {
    refuse(words,
           fmt::format(
               "\"{}\" is not an amount; write CNY a year, such as {}=3亿 or {}=300000000, and "
               "; between products",
               amount, segment, segment),
           fmt::format("“{}”不是金额；请写年产值，如 {}=3亿 或 {}=300000000，产品之间用分号隔开",
                       amount, segment, segment));
  }
  if (reading->currency != "CNY") {
    refuse(words, fmt::format("{} is not in CNY; convert it first", amount),
           fmt::format("“{}”不是人民币；请先折算", amount));
  }
  if (!(reading->amount > 0)) {
    refuse(words, fmt::format("the output {} of {} is not above 0", amount, segment),
           fmt::format("“{}”的产值 {} 应大于 0", segment, amount));
  }
  return reading->amount;
}

// @param words  `NAME:SEGMENT=AMOUNT;…`, signs plain.
Newcomer newcomer(const EnterpriseGraph& graph, std::string_view words) {
  const std::size_t colon = words.find(':');
  if (colon == std::string_view::npos || colon > words.find('=')) {
    refuse(words, "no colon stands between name and products; write NAME:SEGMENT=AMOUNT",
           "企业名称与产品之间缺冒号；请写成 名称:环节=产值");
  }
  Newcomer result;
  result.name = trim(words.substr(0, colon));
  if (result.name.empty()) {
    refuse(words, "the firm has no name; write NAME:SEGMENT=AMOUNT",
           "没有企业名称；请写成 名称:环节=产值");
  }
  std::string_view rest = words.substr(colon + 1);
  while (!rest.empty()) {
    const std::size_t end = rest.find(';');
    const std::string_view item = trim(rest.substr(0, end));
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    if (item.empty()) continue;
    if (item == "anchor" || item == "龙头") {
      result.anchor = true;
      continue;
    }
    const std::size_t equals = item.find('=');
    const std::string segment(trim(item.substr(0, equals)));
    const std::string_view amount =
        equals == std::string_view::npos ? std::string_view() : trim(item.substr(equals + 1));
    const double output = output_of(words, segment, amount);
    result.makes.push_back({segment_named(graph, kOption, segment), output});
  }
  if (result.makes.empty()) {
    refuse(words, "the firm makes nothing; write NAME:SEGMENT=AMOUNT",
           "没有产品；请写成 名称:环节=产值");
  }
  return result;
}

FirmId known_firm(const EnterpriseGraph& graph, const std::string& words) {
  try {
    return firm_named(graph, kOption, words);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::NotFound) throw;
    throw Error(ErrorCode::NotFound,
                {error.message().en +
                     "; a firm of no table needs its products: +NAME:SEGMENT=AMOUNT, such as "
                     "+新厂:隔膜=3亿",
                 error.message().zh + "；表外企业请写明产品和年产值：+名称:环节=产值，如 "
                                      "+新厂:隔膜=3亿"});
  }
}

}  // namespace

DistrictChange district_change(const Call& call, const EnterpriseGraph& graph) {
  DistrictChange change;
  for (const std::string& given : call.get<std::vector<std::string>>("what-if")) {
    const auto [sign, name] = sign_and_name(given);
    const bool leaves = sign == '-';
    const std::string words = with_plain_signs(name);
    // A firm of the tables may have such signs in its name.
    const bool known = !graph.find(EntityKind::Firm, name).empty();
    const bool assumed = !known && words.find_first_of(":=") != std::string::npos;
    if (assumed && leaves) {
      refuse(words, "only a firm of the tables can leave; write its name alone, such as -NAME",
             "移除的应是表中企业；只写名称即可，如 -名称");
    }
    if (assumed) {
      change.newcomers.push_back(newcomer(graph, words));
    } else {
      (leaves ? change.leave : change.come).push_back(known_firm(graph, name));
    }
  }
  return change;
}

}  // namespace liantu::cli
