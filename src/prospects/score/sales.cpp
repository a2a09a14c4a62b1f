#include "prospects/score/sales.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace liantu {
namespace {

constexpr double kUnit = 1e6;  // CNY

void add(std::optional<Figure>& sum, const std::optional<Figure>& more) {
  if (!more) return;
  if (!sum) sum = Figure{0, Basis::Stated};
  sum->value += more->value;
  sum->basis = softer(sum->basis, more->basis);
}

}  // namespace

Sales::Sales(const ProspectGround& ground, const ScoredGaps& gaps, const MainBusiness& business)
    : ground_(ground),
      gaps_(gaps),
      business_(business),
      largest_leakage_log_(std::log1p(gaps.largest_leakage() / kUnit)) {}

double Sales::value(double cny) const {
  return any_leakage() ? std::log1p(cny / kUnit) / largest_leakage_log_ : 0;
}

double Sales::cny(double value) const { return std::expm1(value * largest_leakage_log_) * kUnit; }

std::optional<Figure> Sales::known(const Filling& filling) const {
  const GapFacts& gap = gaps_[filling.gap];
  if (!filling.output || !gap.leakage_max) return std::nullopt;
  return Figure{std::min(filling.output->value, *gap.leakage_max),
                softer(filling.output->basis, gap.basis)};
}

// What it could sell into a gap were the unknown known; nothing when that has no bound.
std::optional<double> Sales::most(const Filling& filling) const {
  const GapFacts& gap = gaps_[filling.gap];
  std::optional<double> most;
  if (filling.complete) most = filling.output->value;
  if (gap.leakage_max && gap.needs_known) {
    most = std::min(most.value_or(*gap.leakage_max), *gap.leakage_max);
  }
  return most;
}

// Separate markets add; of a market of gaps within gaps the larger of the outer one and those
// within it counts. What it makes is sold once, however many gaps it fits.
SalesTogether Sales::together(FirmId firm, const Fillings::Scratch& filled,
                              Scratch& scratch) const {
  std::vector<const Filling*>& innermost_first = scratch.innermost_first;
  innermost_first.clear();
  for (const Filling& filling : filled.fillings) innermost_first.push_back(&filling);
  if (innermost_first.size() > 1) {
    std::ranges::sort(innermost_first, [&](const Filling* a, const Filling* b) {
      const std::size_t depth = gaps_[a->gap].depth;
      const std::size_t other = gaps_[b->gap].depth;
      return depth != other ? depth > other : a < b;
    });
  }
  SalesTogether found;
  Market total;
  scratch.within.resize(gaps_.size());  // by gap: of the gaps inside it
  for (const Filling* filling : innermost_first) {
    const GapFacts& facts = gaps_[filling->gap];
    found.capacity_known = found.capacity_known && filling->complete;
    Market market;
    if (facts.holds_others) market = std::exchange(scratch.within[filling->gap], {});
    if (facts.bought) {
      const auto sure = known(*filling);
      const auto most = this->most(*filling);
      if (sure && (!market.known || sure->value > market.known->value)) market.known = sure;
      market.possible =
          std::max({market.possible, most.value_or(0), sure.value_or(Figure{}).value});
      found.demand_known = found.demand_known && facts.needs_known;
      found.certain = found.certain && sure && most && sure->value >= *most;
      found.bounded = found.bounded && most;
    }
    Market& sum = facts.outer ? scratch.within[*facts.outer] : total;
    add(sum.known, market.known);
    sum.possible += market.possible;
  }
  const Sum sold = all_it_makes(firm, filled, scratch);
  if (total.known) total.known->value = std::min(total.known->value, sold.known->value);
  if (sold.complete) total.possible = std::min(total.possible, sold.known->value);
  found.known = total.known;
  found.possible = total.possible;
  found.bounded = found.bounded && (found.certain || any_leakage());
  return found;
}

// Everything a candidate makes for any gap. What it states for a segment above is all that it makes there,
// whether or not that segment is a gap.
Sum Sales::all_it_makes(FirmId firm, const Fillings::Scratch& filled, Scratch& scratch) const {
  const std::vector<Statement>& made = filled.made;
  const auto same = [&](const Statement& one) { return one.segment == made.front().segment; };
  if (std::ranges::all_of(made, same) && std::ranges::all_of(filled.business.statements, same)) {
    return {made.front().output, made.front().output.has_value()};
  }
  std::vector<SegmentFigure>& figures = scratch.figures;
  figures.clear();
  const auto told = [&](SegmentId segment) {
    return std::ranges::find(figures, segment, &SegmentFigure::segment) != figures.end();
  };
  for (const Statement& one : made) {
    if (!told(one.segment)) figures.push_back({one.segment, one.output});
  }
  for (const Statement& one : filled.business.statements) {
    if (!one.output || told(one.segment) || !stands_above(one.segment, made)) continue;
    std::vector<Statement> some;
    std::ranges::copy_if(filled.business.statements, std::back_inserter(some),
                         [&](const Statement& other) { return other.segment == one.segment; });
    figures.push_back({one.segment, business_.productions().sum_up(firm, std::move(some)).output});
  }
  return sum_once(ground_.taxonomy, figures);
}

bool Sales::stands_above(SegmentId segment, const std::vector<Statement>& made) const {
  return std::ranges::any_of(made, [&](const Statement& one) {
    bool found = false;
    ground_.taxonomy.walk_up(one.segment, [&](const Ancestor& at) {
      found = at.segment == segment;
      return !found;
    });
    return found;
  });
}

}  // namespace liantu
