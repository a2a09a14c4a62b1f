#include "land/per_mu/firm_rules.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "liantu/land/per_mu/per_mu.hpp"

namespace liantu {
namespace {

std::optional<EntityNumber> number_of(Quantity quantity) {
  switch (quantity) {
    case Quantity::Tax:
      return EntityNumber::Tax;
    case Quantity::Revenue:
      return EntityNumber::Revenue;
    case Quantity::ValueAdded:
      return EntityNumber::ValueAdded;
    case Quantity::Research:
      return EntityNumber::Research;
    case Quantity::Capital:
      return EntityNumber::RegisteredCapital;
    case Quantity::Staff:
      return EntityNumber::Staff;
    case Quantity::Land:
      return EntityNumber::Land;
    case Quantity::Energy:
      return EntityNumber::Energy;
    case Quantity::Emission:
      return EntityNumber::Emission;
    case Quantity::Electricity:
      return EntityNumber::Electricity;
    case Quantity::FloorSpace:
      return EntityNumber::FloorSpace;
    case Quantity::Output:
      break;
  }
  return std::nullopt;
}

// Of one product the latest year counts: years are never added up.
std::optional<Figure> output_of(const EnterpriseGraph& graph, FirmId firm) {
  const Relation makes = graph.relation(RelationKind::Makes);
  const EdgeRange range = makes.out_edges(graph.entity(firm));
  std::optional<Figure> sum;
  for (std::uint64_t edge = range.first; edge < range.last;) {
    const EntityId product = makes.target(EdgeId{edge});
    std::optional<Figure> latest;
    for (; edge < range.last && makes.target(EdgeId{edge}) == product; ++edge) {
      const auto amount = makes.number(EdgeId{edge}, EdgeNumber::Amount);
      if (amount) latest = Figure{*amount, makes.provenance(EdgeId{edge}).basis};
    }
    if (!latest) continue;
    sum = sum ? Figure{sum->value + latest->value, softer(sum->basis, latest->basis)} : *latest;
  }
  return sum;
}

bool holds_word(std::string_view text, const std::vector<std::string>& words) {
  return std::ranges::any_of(
      words, [&](const std::string& word) { return text.find(word) != std::string_view::npos; });
}

// Fewer months than that have passed.
bool founded_within(const Date& founded, double years, const Date& as_of) {
  if (!founded.known() || !as_of.known()) return false;
  const auto months = [](const Date& date) {
    return date.year * 12 + std::max<int>(date.month, 1) - 1;
  };
  const int passed = months(as_of) - months(founded);
  const bool part = founded.day != 0 && as_of.day != 0 && as_of.day < founded.day;
  return passed >= 0 && passed - (part ? 1 : 0) < std::lround(years * 12);
}

}  // namespace

std::optional<Figure> quantity_of(const EnterpriseGraph& graph, FirmId firm, Quantity quantity) {
  const auto number = number_of(quantity);
  return number ? graph.number(graph.entity(firm), *number) : output_of(graph, firm);
}

std::optional<Figure> figure_of(const EnterpriseGraph& graph, FirmId firm, Quantity quantity,
                                const LandUse& land) {
  return quantity == Quantity::Land ? land.mu : quantity_of(graph, firm, quantity);
}

bool fits(const EnterpriseGraph& graph, FirmId firm, const FirmRule& rule, const LandUse& land,
          const Date& as_of, std::vector<Quantity>* lacking) {
  const EntityId entity = graph.entity(firm);
  if (!rule.tags.empty()) {
    for (const std::string_view tag : graph.list(entity, EntityText::Tags)) {
      if (std::ranges::find(rule.tags, tag) != rule.tags.end()) return true;
    }
  }
  if (holds_word(graph.text(entity, EntityText::Type), rule.types)) return true;
  if (holds_word(graph.text(entity, EntityText::Status), rule.statuses)) return true;
  const std::string_view industry = graph.text(entity, EntityText::Industry);
  for (const std::string& code : rule.industries) {
    if (industry.starts_with(code)) return true;
  }
  if (rule.founded_within_years &&
      founded_within(graph.founded(entity), *rule.founded_within_years, as_of)) {
    return true;
  }
  std::vector<Quantity> unknown;
  for (const auto& [quantity, bound] : rule.at_least) {
    const auto figure = figure_of(graph, firm, quantity, land);
    if (figure && figure->value >= bound) return true;
    if (!figure) unknown.push_back(quantity);
  }
  if (lacking != nullptr) lacking->insert(lacking->end(), unknown.begin(), unknown.end());
  return false;
}

}  // namespace liantu
