#include "chain/production.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "base/confidence.hpp"
#include "base/hash_map.hpp"
#include "liantu/base/error.hpp"

namespace liantu {
namespace {

// By figure, whether another one that `counts` stands for a segment above its own.
template <typename Counts>
std::vector<bool> lie_below_another(const Taxonomy& taxonomy,
                                    std::span<const SegmentFigure> figures, const Counts& counts) {
  std::vector<bool> below(figures.size());
  if (figures.size() < 2) return below;
  std::vector<SegmentId> segments;
  for (const SegmentFigure& one : figures) {
    if (counts(one)) segments.push_back(one.segment);
  }
  std::ranges::sort(segments);
  for (std::size_t i = 0; i < figures.size(); ++i) {
    below[i] = std::ranges::any_of(
        taxonomy.line(figures[i].segment).subspan(1),
        [&](const Ancestor& above) { return std::ranges::binary_search(segments, above.segment); });
  }
  return below;
}

std::optional<Figure> output(const EnterpriseGraph& graph, const Relation& makes, EntityId firm,
                             EdgeId edge, Basis basis) {
  if (const auto amount = makes.number(edge, EdgeNumber::Amount)) return Figure{*amount, basis};
  const auto share = makes.number(edge, EdgeNumber::Share);
  if (!share) return std::nullopt;
  const auto revenue = graph.number(firm, EntityNumber::Revenue);
  if (!revenue) return std::nullopt;
  return Figure{*share * revenue->value, softer(basis, revenue->basis)};
}

// Of statements in the order of their years the one that counts, the latest of those of the firmest
// basis; nothing when none is trusted.
template <typename EdgeAt>
std::optional<Statement> current(const EnterpriseGraph& graph, const Relation& makes, EntityId firm,
                                 SegmentId segment, double min_confidence, std::size_t count,
                                 const EdgeAt& edge_at) {
  std::optional<Statement> best;
  float surest = -1;
  for (std::size_t i = 0; i < count; ++i) {
    const EdgeId edge = edge_at(i);
    const Provenance from = makes.provenance(edge);
    if (!reaches(static_cast<double>(from.confidence), min_confidence)) continue;
    const auto made = output(graph, makes, firm, edge, from.basis);
    const bool counts = made ? !(best && best->output) || made->basis <= best->output->basis
                             : !(best && best->output) && from.confidence >= surest;
    if (counts) best = Statement{segment, edge, made, made ? made->basis : from.basis};
    surest = std::max(surest, from.confidence);
  }
  return best;
}

// Calls `visit` with the range of every run of equal ids.
template <typename Visit>
void for_each_run(std::span<const EntityId> ids, const Visit& visit) {
  for (std::size_t first = 0, last = 0; first < ids.size(); first = last) {
    while (last < ids.size() && ids[last] == ids[first]) ++last;
    visit(first, last - first);
  }
}

}  // namespace

std::optional<Figure> output(const EnterpriseGraph& graph, EntityId firm, EdgeId makes) {
  const Relation relation = graph.relation(RelationKind::Makes);
  return output(graph, relation, firm, makes, relation.provenance(makes).basis);
}

void check_factors(const OutputFactors& factors) {
  for (const OutputFactor& factor : factors) {
    if (!std::isfinite(factor.cny_per_unit) || factor.cny_per_unit < 0) {
      throw Error(ErrorCode::InvalidArgument,
                  {fmt::format("output factor {} is no number of 0 or more", factor.cny_per_unit),
                   fmt::format("产值系数 {} 不应小于 0", factor.cny_per_unit)});
    }
    if (factor.source.empty()) {
      throw Error(ErrorCode::InvalidArgument,
                  {fmt::format("the output factor {} has no source; say where it is from",
                               factor.cny_per_unit),
                   fmt::format("产值系数 {} 没有来源；请注明出处", factor.cny_per_unit)});
    }
  }
}

Total add_once(const Taxonomy& taxonomy, std::span<const SegmentFigure> figures) {
  const auto any = [](const SegmentFigure&) { return true; };
  const auto known = [](const SegmentFigure& one) { return one.figure.has_value(); };
  Total total;
  total.topmost = lie_below_another(taxonomy, figures, any);
  total.topmost.flip();
  const std::vector<bool> counted_above = lie_below_another(taxonomy, figures, known);
  for (std::size_t i = 0; i < figures.size(); ++i) {
    if (total.topmost[i] && !known(figures[i])) total.complete = false;
    if (counted_above[i] || !known(figures[i])) continue;
    if (!total.known) total.known = Figure{0, Basis::Stated};
    total.known->value += figures[i].figure->value;
    total.known->basis = softer(total.known->basis, figures[i].figure->basis);
  }
  return total;
}

Productions::Productions(const EnterpriseGraph& graph, const Taxonomy& taxonomy,
                         double min_confidence, const OutputFactors* factors)
    : graph_(graph),
      makes_(graph.relation(RelationKind::Makes)),
      taxonomy_(taxonomy),
      min_confidence_(min_confidence),
      factors_(factors) {}

std::vector<Statement> Productions::statements(FirmId firm) const {
  std::vector<Statement> found;
  append_statements(firm, found);
  return found;
}

void Productions::append_statements(FirmId firm, std::vector<Statement>& statements) const {
  const std::size_t before = statements.size();
  const EntityId entity = graph_.entity(firm);
  const std::uint64_t edges = makes_.out_edges(entity).first;
  const auto targets = makes_.targets(entity);
  for_each_run(targets, [&](std::size_t first, std::size_t count) {
    const SegmentId segment{graph_.local(targets[first])};
    if (taxonomy_.chain(segment)) return;
    const auto statement = current(graph_, makes_, entity, segment, min_confidence_, count,
                                   [&](std::size_t i) { return EdgeId{edges + first + i}; });
    if (statement) statements.push_back(*statement);
  });
  if (factors_ != nullptr && !factors_->empty()) {
    estimate(firm, std::span(statements).subspan(before));
  }
}

// What a firm states the share of is that share of the estimate; else the one thing that it makes
// is all of it.
void Productions::estimate(FirmId firm, std::span<Statement> statements) const {
  std::vector<SegmentFigure> figures;
  for (const Statement& one : statements) figures.push_back({one.segment, one.output});
  const std::vector<bool> below =
      lie_below_another(taxonomy_, figures, [](const auto&) { return true; });
  const auto tops = std::ranges::count(below, false);
  for (std::size_t i = 0; i < statements.size(); ++i) {
    Statement& one = statements[i];
    if (one.output) continue;
    const auto share = makes_.number(one.makes, EdgeNumber::Share);
    if (!share && (tops != 1 || below[i])) continue;
    const auto whole = factored(firm, one.segment);
    if (!whole) continue;
    one.factor = whole->factor;
    if (!whole->output) continue;
    one.output =
        Figure{share.value_or(1) * whole->output->value, softer(one.basis, whole->output->basis)};
    one.basis = one.output->basis;
  }
}

std::optional<Productions::Estimate> Productions::factored(FirmId firm, SegmentId segment) const {
  const std::vector<SegmentId> above = taxonomy_.above(segment);
  std::size_t nearest = above.size() + 2;
  std::optional<Estimate> found;
  for (std::size_t f = 0; f < factors_->size(); ++f) {
    const OutputFactor& factor = (*factors_)[f];
    const bool none = factor.cny_per_unit == 0;
    const auto number = factor.per && !none ? graph_.number(graph_.entity(firm), *factor.per)
                                            : Figure{1, Basis::Stated};
    if (!number) continue;
    std::size_t distance = above.size() + 1;  // of a factor for all
    if (factor.segment && *factor.segment == segment) {
      distance = 0;
    } else if (factor.segment) {
      const auto at = std::ranges::find(above, *factor.segment);
      if (at == above.end()) continue;
      distance = 1 + static_cast<std::size_t>(at - above.begin());
    }
    if (distance >= nearest) continue;
    nearest = distance;
    found = Estimate{std::nullopt, f};
    if (!none) {
      found->output =
          Figure{factor.cny_per_unit * number->value, softer(Basis::Estimated, number->basis)};
    }
  }
  return found;
}

std::optional<Production> Productions::of(FirmId firm) const {
  std::vector<Statement> statements = this->statements(firm);
  if (statements.empty()) return std::nullopt;
  return sum_up(firm, std::move(statements));
}

std::vector<Production> Productions::at(SegmentId segment,
                                        const std::function<bool(FirmId)>& accept) const {
  std::vector<std::pair<FirmId, Statement>> found;
  for (const SegmentId one : taxonomy_.below(segment)) {
    const EntityId entity = graph_.entity(one);
    const auto firms = makes_.sources(entity);
    const auto edges = makes_.in_edges(entity);
    for_each_run(firms, [&](std::size_t first, std::size_t count) {
      const FirmId firm{graph_.local(firms[first])};
      if (!accept(firm)) return;
      const auto statement = current(graph_, makes_, firms[first], one, min_confidence_, count,
                                     [&](std::size_t i) { return EdgeId{edges[first + i]}; });
      if (statement) found.emplace_back(firm, *statement);
    });
  }
  std::ranges::stable_sort(found, {}, [](const auto& entry) { return entry.first; });
  std::vector<Production> result;
  for (auto first = found.begin(); first != found.end();) {
    const FirmId firm = first->first;
    std::vector<Statement> statements;
    for (; first != found.end() && first->first == firm; ++first) {
      statements.push_back(first->second);
    }
    result.push_back(sum_up(firm, std::move(statements)));
  }
  return result;
}

Production Productions::sum_up(FirmId firm, std::vector<Statement> statements) const {
  if (statements.size() == 1) {
    const Statement& only = statements.front();
    const auto made = only.output;
    const Basis basis = only.basis;
    return {firm, std::move(statements), made, made.has_value(), basis};
  }
  std::vector<SegmentFigure> figures;
  for (const Statement& one : statements) figures.push_back({one.segment, one.output});
  const Total total = add_once(taxonomy_, figures);
  Production production{firm, {}, total.known, total.complete};
  std::vector<std::size_t> order(statements.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) {
    const auto& made = statements[i].output;
    return std::tuple(!total.topmost[i], made ? -made->value : 1.0);
  });
  for (const std::size_t i : order) {
    production.statements.push_back(statements[i]);
    if (total.topmost[i]) production.basis = softer(production.basis, statements[i].basis);
  }
  return production;
}

}  // namespace liantu
