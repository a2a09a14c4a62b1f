#include "chain/firms/production.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "base/core/hash_map.hpp"
#include "base/values/confidence.hpp"
#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

// So many figures at most are looked at in pairs, which takes no memory.
constexpr std::size_t kFew = 8;
using FewBits = std::uint8_t;

// The same as lie_below_another() of few figures, a bit each.
template <typename Counts>
FewBits few_below_another(const Taxonomy& taxonomy, std::span<const SegmentFigure> figures,
                          const Counts& counts) {
  unsigned below = 0;
  for (std::size_t i = 0; i < figures.size(); ++i) {
    for (const SegmentFigure& other : figures) {
      if (other.segment == figures[i].segment || !counts(other)) continue;
      if (!taxonomy.at_or_below(figures[i].segment, other.segment)) continue;
      below |= 1U << i;
      break;
    }
  }
  return static_cast<FewBits>(below);
}

constexpr auto kAny = [](const SegmentFigure&) { return true; };
constexpr auto kKnown = [](const SegmentFigure& one) { return one.figure.has_value(); };

// Adds up figures of which it is told whether they are topmost and whether one is known above them.
template <typename Topmost, typename KnownAbove>
Sum add(std::span<const SegmentFigure> figures, const Topmost& topmost,
        const KnownAbove& known_above) {
  Sum sum;
  for (std::size_t i = 0; i < figures.size(); ++i) {
    if (topmost(i) && !kKnown(figures[i])) sum.complete = false;
    if (known_above(i) || !kKnown(figures[i])) continue;
    if (!sum.known) sum.known = Figure{0, Basis::Stated};
    sum.known->value += figures[i].figure->value;
    sum.known->basis = softer(sum.known->basis, figures[i].figure->basis);
  }
  return sum;
}

struct FewTotal {
  Sum sum;
  FewBits below = 0;  // by figure: whether one stands for a segment above its own
};

FewTotal add_few_once(const Taxonomy& taxonomy, std::span<const SegmentFigure> figures) {
  const auto bit = [](FewBits bits, std::size_t i) { return (bits >> i & 1U) != 0; };
  const FewBits below = few_below_another(taxonomy, figures, kAny);
  const FewBits known_above = below == 0 ? 0 : few_below_another(taxonomy, figures, kKnown);
  return {add(
              figures, [&](std::size_t i) { return !bit(below, i); },
              [&](std::size_t i) { return bit(known_above, i); }),
          below};
}

// By figure, whether another one that `counts` stands for a segment above its own.
template <typename Counts>
std::vector<bool> lie_below_another(const Taxonomy& taxonomy,
                                    std::span<const SegmentFigure> figures, const Counts& counts) {
  std::vector<bool> below(figures.size());
  if (figures.size() < 2) return below;
  // Figures by position. What lies below one of them is a few ranges of positions: each adds one to
  // all within, its own segment left out, and who is above nought has something above.
  std::vector<std::pair<std::uint32_t, std::size_t>> places;
  for (std::size_t i = 0; i < figures.size(); ++i) {
    places.emplace_back(taxonomy.position(figures[i].segment), i);
  }
  std::ranges::sort(places);
  const auto behind = [&](std::uint32_t position) {
    return std::ranges::lower_bound(places, position, {},
                                    &std::pair<std::uint32_t, std::size_t>::first) -
           places.begin();
  };
  std::vector<std::ptrdiff_t> rises(places.size() + 1, 0);
  std::vector<Taxonomy::Range> ranges;
  std::vector<std::uint32_t> counted;  // positions
  for (const auto& [position, i] : places) {
    if (!counts(figures[i]) || (!counted.empty() && counted.back() == position)) continue;
    counted.push_back(position);
    ranges.clear();
    taxonomy.append_ranges_below(figures[i].segment, ranges);
    for (const Taxonomy::Range& range : ranges) {
      ++rises[static_cast<std::size_t>(behind(range.first))];
      --rises[static_cast<std::size_t>(behind(range.last))];
    }
  }
  std::ptrdiff_t above = 0;
  for (std::size_t k = 0; k < places.size(); ++k) {
    above += rises[k];
    const bool itself = std::ranges::binary_search(counted, places[k].first);
    below[places[k].second] = above > (itself ? 1 : 0);
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
      throw Error(
          ErrorCode::InvalidArgument,
          {fmt::format("output factor {} is not a number of 0 or more", factor.cny_per_unit),
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
  Total total;
  total.topmost = lie_below_another(taxonomy, figures, kAny);
  total.topmost.flip();
  const std::vector<bool> known_above = lie_below_another(taxonomy, figures, kKnown);
  const Sum sum = add(
      figures, [&](std::size_t i) { return total.topmost[i]; },
      [&](std::size_t i) { return known_above[i]; });
  total.known = sum.known;
  total.complete = sum.complete;
  return total;
}

Sum sum_once(const Taxonomy& taxonomy, std::span<const SegmentFigure> figures) {
  if (figures.size() <= kFew) return add_few_once(taxonomy, figures).sum;
  const Total total = add_once(taxonomy, figures);
  return {total.known, total.complete};
}

Productions::Productions(const EnterpriseGraph& graph, const Taxonomy& taxonomy,
                         double min_confidence, const OutputFactors* factors)
    : graph_(graph),
      makes_(graph.relation(RelationKind::Makes)),
      taxonomy_(taxonomy),
      min_confidence_(min_confidence),
      factors_(factors) {
  if (factors == nullptr || factors->empty()) return;
  std::vector<std::uint32_t> segments;
  for (std::size_t f = 0; f < factors->size(); ++f) {
    if (const auto segment = (*factors)[f].segment) {
      factors_of_.emplace_back(*segment, f);
      segments.push_back(raw(*segment));
    } else {
      factors_for_all_.push_back(f);
    }
  }
  std::ranges::sort(factors_of_);
  std::ranges::sort(segments);
  segments.erase(std::unique(segments.begin(), segments.end()), segments.end());
  factored_segments_.emplace(taxonomy, SegmentMarks::Asked::FromBoth);
  factored_segments_->mark(segments);
}

// Looked up when it is first asked for: most never ask.
const SegmentMarks& Productions::made_segments() const {
  std::call_once(made_looked_up_, [&] {
    std::vector<std::uint32_t> segments;
    for (std::uint32_t i = 0; i < taxonomy_.size(); ++i) {
      if (!makes_.in_edges(graph_.entity(SegmentId{i})).empty()) segments.push_back(i);
    }
    made_segments_.emplace(taxonomy_, SegmentMarks::Asked::FromAbove);
    made_segments_->mark(segments);
  });
  return *made_segments_;
}

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
  take_revenue(entity, std::span(statements).subspan(before));
  if (factors_ != nullptr && !factors_->empty()) {
    estimate(firm, std::span(statements).subspan(before));
  }
}

// A firm that states one sector and its revenue makes about that much of it.
void Productions::take_revenue(EntityId firm, std::span<Statement> statements) const {
  if (statements.size() != 1) return;
  Statement& only = statements.front();
  const bool sector =
      graph_.number(graph_.entity(only.segment), EntityNumber::OutputShare).has_value();
  const auto revenue = graph_.number(firm, EntityNumber::Revenue);
  if (!sector || only.output || only.basis != Basis::Stated || !revenue ||
      makes_.number(only.makes, EdgeNumber::Share)) {
    return;
  }
  only.output = Figure{revenue->value, softer(Basis::Estimated, revenue->basis)};
  only.basis = only.output->basis;
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

// Of factors for the nearest segment the first whose number the firm has.
std::optional<Productions::Estimate> Productions::factored(FirmId firm, SegmentId segment) const {
  const auto estimate = [&](std::size_t f) -> std::optional<Estimate> {
    const OutputFactor& factor = (*factors_)[f];
    const bool none = factor.cny_per_unit == 0;
    const auto number = factor.per && !none ? graph_.number(graph_.entity(firm), *factor.per)
                                            : Figure{1, Basis::Stated};
    if (!number) return std::nullopt;
    Estimate found{std::nullopt, f};
    if (!none) {
      found.output =
          Figure{factor.cny_per_unit * number->value, softer(Basis::Estimated, number->basis)};
    }
    return found;
  };
  std::optional<Estimate> found;
  const auto look = [&](const Ancestor& one) {
    auto at = std::ranges::lower_bound(factors_of_, std::pair(one.segment, std::size_t{0}));
    for (; !found && at != factors_of_.end() && at->first == one.segment; ++at) {
      found = estimate(at->second);
    }
    return !found;
  };
  if (look({segment, 0})) factored_segments_->for_each_above(segment, look);
  for (std::size_t k = 0; !found && k < factors_for_all_.size(); ++k) {
    found = estimate(factors_for_all_[k]);
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
  made_segments().for_each_below(segment, [&](SegmentId one) {
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
  });
  std::ranges::stable_sort(found, {}, [](const auto& entry) { return entry.first; });
  std::vector<Production> result;
  for (auto first = found.begin(); first != found.end();) {
    const FirmId firm = first->first;
    std::vector<Statement> statements;
    for (; first != found.end() && first->first == firm; ++first) {
      statements.push_back(first->second);
    }
    if (statements.size() > 1) {
      std::ranges::stable_sort(statements, {}, [&](const Statement& one) {
        return taxonomy_.levels_below(one.segment, segment);
      });
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
  Production production{firm, std::move(statements), {}, false};
  const Sum sum = sum_up(production.statements, production.basis);
  production.output = sum.known;
  production.complete = sum.complete;
  return production;
}

Sum Productions::sum_up(std::span<Statement> statements, Basis& basis) const {
  const auto sort = [&](const Sum& sum, std::span<std::size_t> order, std::span<Statement> sorted,
                        const auto& topmost) {
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto key = [&](std::size_t i) {
      const auto& made = statements[i].output;
      return std::tuple(!topmost(i), made ? -made->value : 1.0);
    };
    const auto before = [&](std::size_t a, std::size_t b) {
      const auto one = key(a);
      const auto other = key(b);
      return one != other ? one < other : a < b;  // of equals the first
    };
    std::ranges::sort(order, before);
    for (std::size_t k = 0; k < order.size(); ++k) {
      sorted[k] = statements[order[k]];
      if (topmost(order[k])) basis = softer(basis, sorted[k].basis);
    }
    std::ranges::copy(sorted, statements.begin());
    return sum;
  };
  const std::size_t count = statements.size();
  if (count <= kFew) {
    std::array<SegmentFigure, kFew> figures;
    for (std::size_t i = 0; i < count; ++i) {
      figures[i] = {statements[i].segment, statements[i].output};
    }
    const FewTotal total = add_few_once(taxonomy_, std::span(figures).first(count));
    std::array<std::size_t, kFew> order{};
    std::array<Statement, kFew> sorted;
    return sort(total.sum, std::span(order).first(count), std::span(sorted).first(count),
                [&](std::size_t i) { return (total.below >> i & 1U) == 0; });
  }
  std::vector<SegmentFigure> figures;
  for (const Statement& one : statements) figures.push_back({one.segment, one.output});
  const Total total = add_once(taxonomy_, figures);
  std::vector<std::size_t> order(count);
  std::vector<Statement> sorted(count);
  return sort({total.known, total.complete}, order, sorted,
              [&](std::size_t i) { return bool{total.topmost[i]}; });
}

}  // namespace liantu
