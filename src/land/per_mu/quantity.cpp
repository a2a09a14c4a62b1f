#include "liantu/land/per_mu/quantity.hpp"

#include <algorithm>
#include <span>
#include <string_view>
#include <utility>

namespace liantu {
namespace {

using Unit = std::pair<std::string_view, double>;

constexpr Unit kMoney[] = {{"元", 1},       {"千元", 1e3}, {"万元", 1e4},
                           {"百万元", 1e6}, {"亿元", 1e8}, {"CNY", 1}};
constexpr Unit kHeads[] = {{"人", 1}, {"head", 1}};
constexpr Unit kArea[] = {{"亩", 1}, {"mu", 1}, {"公顷", 15}};
constexpr Unit kCoal[] = {{"吨标准煤", 1}, {"吨标煤", 1}, {"tce", 1}};
constexpr Unit kMass[] = {{"吨", 1}, {"t", 1}, {"千克", 1e-3}};
constexpr Unit kPower[] = {{"千瓦时", 1}, {"kWh", 1}, {"度", 1}, {"万千瓦时", 1e4}, {"万度", 1e4}};
constexpr Unit kFloor[] = {{"平方米", 1}, {"m2", 1}, {"㎡", 1}};

struct Words {
  std::string_view word;
  std::string_view en;
  std::string_view zh;
  std::span<const Unit> units;
};

const std::array<Words, kQuantityCount>& words() {
  static const std::array<Words, kQuantityCount> all = {
      {{"tax", "tax", "税收", kMoney},
       {"revenue", "revenue", "营业收入", kMoney},
       {"value_added", "value added", "增加值", kMoney},
       {"output", "output", "产值", kMoney},
       {"research", "R&D spending", "研发投入", kMoney},
       {"registered_capital", "registered capital", "注册资本", kMoney},
       {"staff", "staff", "从业人数", kHeads},
       {"land", "land", "用地", kArea},
       {"energy", "energy", "综合能耗", kCoal},
       {"emission", "emissions", "污染物排放", kMass},
       {"electricity", "electricity", "用电量", kPower},
       {"floor_space", "floor space", "建筑面积", kFloor}}};
  return all;
}

const Words& of(Quantity quantity) { return words()[static_cast<std::size_t>(quantity)]; }

std::optional<double> find(std::span<const Unit> units, std::string_view word) {
  const auto found = std::ranges::find(units, word, &Unit::first);
  return found == units.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace

std::string_view quantity_word(Quantity quantity) { return of(quantity).word; }

Text quantity_text(Quantity quantity) {
  return {std::string(of(quantity).en), std::string(of(quantity).zh)};
}

std::optional<Quantity> parse_quantity(std::string_view word) {
  for (const Quantity one : kQuantities) {
    if (of(one).word == word) return one;
  }
  return std::nullopt;
}

bool is_money(Quantity quantity) { return of(quantity).units.data() == kMoney; }

std::optional<double> ratio_unit(Quantity numerator, Quantity denominator, std::string_view unit) {
  const bool share = is_money(numerator) && is_money(denominator);
  if (share) {
    if (unit.empty()) return 1;
    if (unit == "%") return 0.01;
  }
  const std::size_t slash = unit.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto above = find(of(numerator).units, unit.substr(0, slash));
  const auto below = find(of(denominator).units, unit.substr(slash + 1));
  if (!above || !below) return std::nullopt;
  return *above / *below;
}

}  // namespace liantu
