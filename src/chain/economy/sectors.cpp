#include "chain/economy/sectors.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "graph/views/told_order.hpp"
#include "liantu/chain/economy/sector_kinds.hpp"

namespace liantu {
namespace {

// Trade, transport, lodging, information, finance, property, leasing and holdings, consulting, public
// works, services to people, schools, culture, associations. What is left are farms, mines, factories,
// works of energy and water, builders, and who heals.
constexpr std::string_view kNoBuyers = "FGHIJKLMNOPRS";
constexpr std::string_view kFarmServices = "A05";
// What a factory buys of these is for those who work there: food, drink, tobacco, clothes, shoes,
// furniture, print, articles for the office.
constexpr std::string_view kForStaff[] = {"C13", "C14", "C15", "C16", "C18",
                                          "C19", "C21", "C23", "C24"};
// What the table books as bought from trade, finance, property and public services is margins, interest,
// rent and fees; lodging, meals and what serves people is for those who work there. None is a gap of a
// chain of goods.
constexpr std::string_view kNoInputs = "FHJKOPQRS";
constexpr double kForStaffBelow = 2;  // a quotient from which on it is an input: labels for drinks
constexpr double kWithinSector = 0.3;
// Builders buy where their contracts are, farms of dealers.
constexpr double kBuilder = 0.1;
constexpr double kFarm = 0.3;
constexpr double kExampleConfidence = 0.3;  // dishes that nobody makes are no products
constexpr double kContradicted = 0.3;  // the table says that the sector buys almost nothing of it

std::string_view division(std::string_view industry) { return industry.substr(0, 3); }

bool for_staff(std::string_view industry) {
  return std::ranges::find(kForStaff, division(industry)) != std::end(kForStaff);
}

}  // namespace

Sectors::Sectors(const EnterpriseGraph& graph, const InputRules& rules)
    : graph_(graph),
      place_of_(graph.size(EntityKind::Segment), 0),
      sector_of_(graph.size(EntityKind::Segment), 0) {
  std::map<std::string_view, std::uint32_t> by_industry;
  for (std::uint32_t s = 0; s < place_of_.size(); ++s) {
    const EntityId entity = graph_.entity(SegmentId{s});
    if (!graph_.number(entity, EntityNumber::OutputShare)) continue;
    std::string_view industries = graph_.text(entity, EntityText::Industry);
    sectors_.push_back({SegmentId{s}, industries.substr(0, industries.find(';')), 0,
                        kinds_made_in(graph_, SegmentId{s})});
    place_of_[s] = sector_of_[s] = static_cast<std::uint32_t>(sectors_.size());
    while (!industries.empty()) {
      const std::size_t end = industries.find(';');
      by_industry[industries.substr(0, end)] = place_of_[s];
      industries = end == std::string_view::npos ? std::string_view() : industries.substr(end + 1);
    }
  }
  if (sectors_.empty()) return;
  const std::size_t count = sectors_.size();
  coefficients_.assign(count * count, 0);
  for (std::size_t b = 0; b < count; ++b) {
    for (const EdgeId edge : rules.current(sectors_[b].segment)) {
      const std::uint32_t input = place_of_[raw(rules[edge].input())];
      if (input > 0) coefficients_[b * count + input - 1] = rules[edge].coefficient().value_or(0);
    }
  }
  for (std::size_t b = 0; b < count; ++b) {
    for (std::size_t i = 0; i < count; ++i) {
      sectors_[i].mean += coefficients_[b * count + i] / static_cast<double>(count);
    }
  }
  for (std::uint32_t s = 0; s < place_of_.size(); ++s) {
    if (place_of_[s] > 0) continue;
    const std::string_view industry =
        graph_.text(graph_.entity(SegmentId{s}), EntityText::Industry);
    for (std::size_t length = industry.size(); length >= 3; --length) {
      const auto known = by_industry.find(industry.substr(0, length));
      if (known == by_industry.end()) continue;
      sector_of_[s] = known->second;
      break;
    }
  }
  gather_examples(rules);
}

std::optional<SegmentId> Sectors::of(SegmentId segment) const {
  const std::uint32_t place = sector_of_[raw(segment)];
  return place > 0 ? std::optional(sectors_[place - 1].segment) : std::nullopt;
}

bool Sectors::goods(SegmentId segment) const {
  if (!contains(segment)) return true;
  const std::string_view industry = at(segment).industry;
  return industry.empty() || (industry.front() <= 'C' && division(industry) != kFarmServices);
}

double Sectors::quotient(const InputRule& rule) const {
  if (!contains(rule.product()) || !contains(rule.input())) return 1;
  const double mean = at(rule.input()).mean;
  return mean > 0 ? rule.coefficient().value_or(0) / mean : 1;
}

double Sectors::regard(const InputRule& rule) const {
  if (!contains(rule.product()) || !contains(rule.input())) return 1;
  const double times = quotient(rule);
  const std::string_view buyer = at(rule.product()).industry;
  const std::string_view input = at(rule.input()).industry;
  const auto section_in = [](std::string_view industry, std::string_view sections) {
    return !industry.empty() && sections.find(industry.front()) != std::string_view::npos;
  };
  if (section_in(input, kNoInputs)) return 0;
  if (for_staff(input) && division(buyer) != division(input) && times < kForStaffBelow) return 0;
  return std::min(times, kMostQuotient) * (rule.product() == rule.input() ? kWithinSector : 1) *
         (section_in(buyer, "E")   ? kBuilder
          : section_in(buyer, "A") ? kFarm
                                   : 1);
}

bool Sectors::buys_nothing(SegmentId sector) const {
  if (!contains(sector) || at(sector).industry.empty()) return false;
  return kNoBuyers.find(at(sector).industry.front()) != std::string_view::npos;
}

std::span<const GoodsKind* const> Sectors::kinds(SegmentId sector) const {
  if (!contains(sector)) return {};
  return at(sector).kinds;
}

bool Sectors::may_work_up(std::string_view industry, SegmentId sector) const {
  const std::span<const GoodsKind* const> known = kinds(sector);
  return industry.empty() || known.empty() ||
         std::ranges::any_of(known,
                             [&](const GoodsKind* kind) { return works_up(industry, *kind); });
}

bool Sectors::illustrates(const InputRule& rule) const {
  return any() && rule.basis() == Basis::Inferred && !rule.coefficient();
}

std::optional<double> Sectors::coefficient(std::uint32_t buyer, std::uint32_t input) const {
  if (buyer == 0 || input == 0) return std::nullopt;
  return coefficients_[(buyer - 1) * sectors_.size() + input - 1];
}

void Sectors::gather_examples(const InputRules& rules) {
  const Relation requires_ = graph_.relation(RelationKind::Requires);
  for (std::uint64_t e = 0; e < requires_.size(); ++e) {
    const InputRule& rule = rules[EdgeId{e}];
    if (!illustrates(rule) || rule.confidence() <= kExampleConfidence) continue;
    const std::uint32_t buyer = sector_of_[raw(rule.product())];
    const std::uint32_t input = sector_of_[raw(rule.input())];
    const auto takes = coefficient(buyer, input);
    if (!takes || *takes < kContradicted * sectors_[input - 1].mean) continue;
    examples_.push_back({buyer, input, rule.input(), rule.confidence()});
  }
  std::ranges::sort(examples_, {}, [](const Example& one) {
    return std::tuple(one.buyer, one.input, one.product);
  });
  // One row a product, the more relations speak for it the more it is supported.
  std::size_t kept = 0;
  for (const Example& one : examples_) {
    Example* last = kept > 0 ? &examples_[kept - 1] : nullptr;
    if (last != nullptr && last->buyer == one.buyer && last->input == one.input &&
        last->product == one.product) {
      last->support += one.support;
    } else {
      examples_[kept++] = one;
    }
  }
  examples_.resize(kept);
}

std::vector<SegmentId> Sectors::examples(std::span<const SegmentId> buyers, SegmentId input,
                                         std::size_t most) const {
  if (!contains(input)) return {};
  std::vector<Example> found;
  for (const SegmentId one : buyers) {
    const std::pair wanted(sector_of_[raw(one)], place_of_[raw(input)]);
    const auto pair_of = [](const Example& example) {
      return std::pair(example.buyer, example.input);
    };
    const auto first = std::ranges::lower_bound(examples_, wanted, {}, pair_of);
    const auto last = std::ranges::upper_bound(examples_, wanted, {}, pair_of);
    for (const Example& example : std::span(first, last)) {
      const auto same = std::ranges::find(found, example.product, &Example::product);
      if (same == found.end()) {
        found.push_back(example);
      } else {
        same->support += example.support;
      }
    }
  }
  std::ranges::sort(found, [&](const Example& a, const Example& b) {
    if (a.support != b.support) return a.support > b.support;
    return told_before(graph_, graph_.entity(a.product), graph_.entity(b.product));
  });
  std::vector<SegmentId> result;
  for (const Example& one : found) {
    if (result.size() == most) break;
    result.push_back(one.product);
  }
  return result;
}

bool named_as_no_buyer(std::string_view name) {
  for (const std::string_view ending : {"分公司", "办事处", "营业部", "门市部", "经营部", "加油站",
                                        "加气站", "委员会", "协会", "商会"}) {
    if (name.ends_with(ending)) return true;
  }
  for (const std::string_view word : {"劳务", "投资", "控股", "资产经营", "资产管理"}) {
    if (name.find(word) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace liantu
