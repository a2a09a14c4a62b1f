#include "chain/gaps/search/local_needs.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "chain/economy/stopping.hpp"
#include "graph/views/told_order.hpp"
#include "liantu/chain/economy/sector_kinds.hpp"

namespace liantu {
namespace {

// A sector that takes no more of another than sectors do on average gives no reason to call anybody.
constexpr double kLeastQuotient = 1.2;
constexpr double kLeastCoefficient = 0.015;  // what costs less is no reason to call anybody
// A sector that takes hardly more of another than all do is no direction to extend into.
constexpr double kTellingQuotient = 1.2;

}  // namespace

LocalNeeds::LocalNeeds(const Economy& economy, const LocalFirms& firms,
                       const LocalPurchases& purchases)
    : economy_(economy),
      graph_(economy.graph()),
      taxonomy_(economy.taxonomy()),
      rules_(economy.rules()),
      sectors_(economy.sectors()),
      firms_(firms),
      purchases_(purchases),
      requires_(graph_.relation(RelationKind::Requires)),
      stop_(kGapSearch),
      inputs_(graph_.size(EntityKind::Segment)),
      extensions_(graph_.size(EntityKind::Segment)),
      best_(requires_.size(), -1) {}

void LocalNeeds::start(const GapOptions& options) {
  threshold_ = Threshold(options.min_confidence);
  stop_.start(options.stop);
  inputs_.clear();
  extensions_.clear();
  gathered_.clear();
}

void LocalNeeds::add(std::uint32_t firm, std::uint32_t first) {
  for (std::uint32_t s = first; s < firms_.statements().size(); ++s) {
    if (firms_.buys_inputs(firm, s)) add_inputs(firm, s);
    add_extensions(firm, s);
  }
}

void LocalNeeds::set_out() {
  inputs_.set_out();
  extensions_.set_out();
}

void LocalNeeds::add_inputs(std::uint32_t firm, std::uint32_t statement) {
  const Statement& made = firms_.statement(statement);
  const bool of_sector = sectors_.contains(made.segment) && !firms_.newcomer(firm);
  const std::string_view industry =
      of_sector ? industry_of(graph_, made.makes) : std::string_view();
  for (const EdgeId rule : rules_.all(made.segment)) {
    const InputRule& need = rules_[rule];
    if (sectors_.illustrates(need) || sectors_.regard(need) <= 0) continue;
    // Without an amount a need says that the sector is one that takes it; of an anchor that was
    // asked for everything is told.
    const bool asked_for = firms_.anchors_given() && firms_.anchor(firm);
    // What a sector takes of itself its makers make, or buy of one another.
    const bool own = need.product() == need.input();
    const bool takes = !sectors_.contains(need.product()) ||
                       (!own && sectors_.quotient(need) >= kLeastQuotient &&
                        need.coefficient().value_or(0) >= kLeastCoefficient &&
                        may_work_up(industry, need.input()));
    if (!made.output && !asked_for && !takes) continue;
    add(Of::Inputs, need.input(), firm, statement, rule);
  }
}

// What it is part of may go into something too.
void LocalNeeds::add_extensions(std::uint32_t firm, std::uint32_t statement) {
  const SegmentId made = firms_.statement(statement).segment;
  const auto goes_into = [&](SegmentId what) {
    for (const std::uint32_t rule : requires_.in_edges(graph_.entity(what))) {
      const InputRule& into = rules_[EdgeId{rule}];
      if (sectors_.illustrates(into)) continue;
      if (sectors_.contains(into.product()) && sectors_.contains(what) &&
          !(sectors_.goods(into.product()) && sectors_.goods(what) &&
            sectors_.quotient(into) >= kTellingQuotient)) {
        continue;
      }
      add(Of::Extensions, into.product(), firm, statement, EdgeId{rule});
    }
  };
  goes_into(made);
  economy_.required().for_each_above(made, [&](const Ancestor& above) {
    goes_into(above.segment);
    return true;
  });
}

// Asked for each need of each firm, of few industries.
bool LocalNeeds::may_work_up(std::string_view industry, SegmentId sector) {
  if (industry.empty()) return true;
  auto known = worked_up_.find(industry);
  if (known == worked_up_.end()) known = worked_up_.try_emplace(std::string(industry)).first;
  const auto [answer, fresh] = known->second.try_emplace(raw(sector), true);
  if (fresh) answer->second = sectors_.may_work_up(industry, sector);
  return answer->second;
}

// Leaves out what is trusted too little.
void LocalNeeds::add(Of kind, SegmentId segment, std::uint32_t firm, std::uint32_t statement,
                     EdgeId edge) {
  stop_.take_step();
  const InputRule& rule = rules_[edge];
  const LocalFirms::Backing& backing = firms_.backing(statement);
  Row need{firm, statement, static_cast<std::uint32_t>(raw(edge))};
  need.confidence = backing.confidence * rule.confidence();
  if (!threshold_.reached_by(need.confidence)) return;
  need.basis = softer(backing.basis, rule.basis());
  const Statement& made = firms_.statement(statement);
  const std::optional<double> coefficient = rule.coefficient();
  if (kind == Of::Inputs && coefficient && made.output) {
    need.known = true;
    need.amount = *coefficient * made.output->value;
    need.basis = softer(need.basis, made.output->basis);
  }
  if (coefficient) {
    need.plain = firms_.size_of(firm, made.segment, made.makes) * rule.confidence() * *coefficient;
    need.weight = need.plain * sectors_.regard(rule);
  }
  (kind == Of::Inputs ? inputs_ : extensions_).add(raw(segment), need);
}

std::span<LocalNeeds::Row> LocalNeeds::of(Of kind, SegmentId segment) {
  std::span<Row> needs = (kind == Of::Inputs ? inputs_ : extensions_)[raw(segment)];
  // They come by firm and product: mostly there is one of each.
  const auto alike = [](const Row& x, const Row& y) { return x.statement == y.statement; };
  if (std::adjacent_find(needs.begin(), needs.end(), alike) != needs.end()) {
    needs = keep_latest(needs);
  }
  const auto end = std::remove_if(needs.begin(), needs.end(),
                                  [](const Row& need) { return need.known && need.amount == 0; });
  return {needs.begin(), end};
}

std::span<LocalNeeds::Row> LocalNeeds::keep_latest(std::span<Row> needs) const {
  const auto same = [&](const Row& need) {
    const InputRule& rule = rules_[EdgeId{need.rule}];
    return std::tuple(need.statement, rule.product(), rule.input());
  };
  std::ranges::sort(needs, {}, [&](const Row& need) {
    const InputRule rule = rules_[EdgeId{need.rule}];
    return std::tuple(same(need), !need.known, need.known ? rule.basis() : Basis::Stated,
                      need.known ? -rule.year() : 0, -need.confidence, need.rule);
  });
  const auto end = std::unique(needs.begin(), needs.end(),
                               [&](const Row& a, const Row& b) { return same(a) == same(b); });
  return {needs.begin(), end};
}

// The larger known amount first, then the surer need, or the larger one where sizes are looked at.
std::tuple<double, double> LocalNeeds::weighs(const Row& need) const {
  return {need.known ? -need.amount : 1.0, firms_.by_size() ? -need.weight : -need.confidence};
}

LocalNeeds::Needers LocalNeeds::gather(std::span<Row> needs, SegmentId segment, Of kind) {
  Needers needers;
  needers.confidence = confidence(needs);
  needers.rows.first = static_cast<std::uint32_t>(gathered_.size());
  for (auto first = needs.begin(); first != needs.end();) {
    const auto last =
        std::find_if(first, needs.end(), [&](const Row& need) { return need.firm != first->firm; });
    gathered_.push_back(of_one_firm({first, last}));
    needers.anchors += firms_.anchor(first->firm) ? 1 : 0;
    first = last;
  }
  if (kind == Of::Inputs) join_purchases(segment, needers);
  needers.rows.count = static_cast<std::uint32_t>(gathered_.size()) - needers.rows.first;
  const std::span<Row> mine = std::span(gathered_).subspan(needers.rows.first);
  std::ranges::sort(mine, [&](const Row& a, const Row& b) {
    if (weighs(a) != weighs(b)) return weighs(a) < weighs(b);
    return a.firm != b.firm && told_before(graph_, firms_[a.firm], firms_[b.firm]);
  });
  for (const Row& need : mine) needers.weight += need.confidence;
  return needers;
}

LocalNeeds::Row LocalNeeds::of_one_firm(std::span<Row> needs) {
  if (needs.size() == 1) {
    Row kept = needs.front();
    kept.complete = kept.known;
    return kept;
  }
  // Products that count the same stand by name, so that the order of rows does not show.
  std::ranges::sort(needs, [&](const Row& a, const Row& b) {
    if (weighs(a) != weighs(b)) return weighs(a) < weighs(b);
    const SegmentId one = firms_.statement(a.statement).segment;
    const SegmentId other = firms_.statement(b.statement).segment;
    if (one != other) return told_before(graph_, graph_.entity(one), graph_.entity(other));
    return std::tuple(a.statement, a.rule) < std::tuple(b.statement, b.rule);
  });
  Row kept = needs.front();
  products_.clear();
  told_.resize(firms_.statements().size(), 0);
  ++telling_;
  for (const Row& need : needs) {
    kept.confidence = std::max(kept.confidence, need.confidence);
    const SegmentId product = firms_.statement(need.statement).segment;
    if (&need != &needs.front()) {
      // Sectors are parts of a firm; products may lie within one another.
      kept.weight = sectors_.contains(product) ? kept.weight + need.weight
                                               : std::max(kept.weight, need.weight);
    }
    // A firm says one thing of a product.
    const bool again = std::exchange(told_[need.statement], telling_) == telling_;
    if (again) continue;  // by another `requires`
    products_.push_back(
        {product, need.known ? std::optional(Figure{need.amount, need.basis}) : std::nullopt});
  }
  const Total total = add_once(taxonomy_, products_);
  kept.complete = total.complete;
  if (total.known) {
    kept.known = true;
    kept.amount = total.known->value;
    kept.basis = total.known->basis;
  }
  return kept;
}

// How sure it is that the segment is needed at all: many firms making one product say nothing new
// about the rule.
double LocalNeeds::confidence(std::span<const Row> needs) {
  if (needs.size() == 1) return 1 - (1 - needs.front().confidence);
  relations_.clear();
  for (const Row& need : needs) {
    double& best = best_[need.rule];
    if (best < 0) relations_.push_back(need.rule);
    best = std::max(best, need.confidence);
  }
  std::ranges::sort(relations_);  // the product depends on it
  double doubt = 1;
  for (const std::uint32_t relation : relations_) {
    doubt *= 1 - best_[relation];
    best_[relation] = -1;
  }
  return 1 - doubt;
}

// Joins what is stated to be bought to what is reckoned to be needed.
void LocalNeeds::join_purchases(SegmentId segment, Needers& needers) {
  if (purchases_.empty()) return;
  const auto mine = [&] { return std::span(gathered_).subspan(needers.rows.first); };
  for (Row& need : mine()) {
    if (need.known) {
      need.amount = std::max(0.0, need.amount - purchases_.below(segment, need.firm));
    }
  }
  double outside = 0;
  for (const LocalPurchases::Purchase& one : purchases_.of(segment)) {
    auto need = std::ranges::find(gathered_.begin() + needers.rows.first, gathered_.end(),
                                  one.customer, &Row::firm);
    if (need == gathered_.end()) {
      Row row{one.customer, 0, kNoRule};
      row.known = row.complete = true;
      row.basis = one.inferred ? Basis::Inferred : Basis::Stated;
      gathered_.push_back(row);
      need = std::prev(gathered_.end());
      needers.anchors += firms_.anchor(one.customer) ? 1 : 0;
    }
    need->stated += one.amount;
    if (!need->bought || purchases_[*need->bought].amount < one.amount) need->bought = one.place;
    if (one.outside) outside += one.amount;
  }
  for (Row& need : mine()) {
    if (!(need.stated > 0)) continue;
    if (!need.known || need.stated >= need.amount) {
      need.amount = need.stated;
      if (need.reckoned()) need.basis = Basis::Stated;
    }
    need.known = true;
  }
  if (outside > 0) needers.outside = outside;
}

std::optional<double> LocalNeeds::weight(std::span<const Row> needs, Whose whose) const {
  double sum = 0;
  for (auto first = needs.begin(); first != needs.end();) {
    double parts = 0;
    double largest = 0;
    const std::uint32_t firm = first->firm;
    if (whose == Whose::Anchors && !firms_.anchor(firm)) {
      ++first;
      continue;
    }
    for (; first != needs.end() && first->firm == firm; ++first) {
      const auto coefficient = rules_[EdgeId{first->rule}].coefficient();
      if (!coefficient) return std::nullopt;
      if (sectors_.contains(firms_.statement(first->statement).segment)) {
        parts += first->weight;
      } else {
        largest = std::max(largest, first->weight);
      }
    }
    sum += parts + largest;
  }
  return sum;
}

double LocalNeeds::stated_part(const Row& need) const {
  if (need.basis == Basis::Stated) return need.amount;
  if (!need.bought || purchases_[*need.bought].inferred) return 0;
  return std::min(need.stated, need.amount);
}

}  // namespace liantu
