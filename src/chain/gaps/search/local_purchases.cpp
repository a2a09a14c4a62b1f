#include "chain/gaps/search/local_purchases.hpp"

#include <algorithm>
#include <tuple>

#include "chain/economy/stopping.hpp"
#include "chain/firms/whereabouts.hpp"

namespace liantu {

LocalPurchases::LocalPurchases(const Economy& economy, const LocalFirms& firms)
    : graph_(economy.graph()),
      taxonomy_(economy.taxonomy()),
      sectors_(economy.sectors()),
      firms_(firms),
      makes_(graph_.relation(RelationKind::Makes)),
      supplies_(graph_.relation(RelationKind::Supplies)),
      trades_(graph_.relation(RelationKind::Trades)),
      stop_(kGapSearch),
      sales_(graph_.size(EntityKind::Segment)),
      sold_(taxonomy_, SegmentMarks::Asked::FromAbove),
      bought_(graph_.size(EntityKind::Segment)) {}

void LocalPurchases::read(const GapOptions& options) {
  stop_.start(options.stop);
  sales_.clear();
  bought_.clear();
  all_.clear();
  read_sales();
  read_bought(options);
}

// Of several years the latest whose amount is known.
void LocalPurchases::read_sales() {
  for (std::uint32_t i = 0; i < firms_.size(); ++i) {
    if (firms_.newcomer(i)) continue;
    const FirmId firm = firms_[i];
    const EdgeRange range = supplies_.out_edges(graph_.entity(firm));
    std::optional<SegmentId> segment;  // of the purchase that waits for a later year
    bool named = false;                // whether its row names it
    Sale last;
    for (std::uint64_t e = range.first; e < range.last; ++e) {
      const auto amount = supplies_.number(EdgeId{e}, EdgeNumber::Amount);
      if (!amount) continue;
      const auto stated = supplies_.segment(EdgeId{e});
      const auto bought = stated ? stated : sold_by(firm);
      const FirmId customer{graph_.local(supplies_.target(EdgeId{e}))};
      if (!bought || !firms_.contains(customer)) continue;
      // Those of one customer and segment stand together, years ascending.
      if (segment &&
          !(segment == bought && last.customer == customer && named == stated.has_value())) {
        sales_.add(raw(*segment), last);
      }
      segment = bought;
      named = stated.has_value();
      last = {firm, customer, *amount};
    }
    if (segment) sales_.add(raw(*segment), last);
  }
  sales_.set_out();
  sold_.mark(sales_.filled());
}

// What a supplier sells where the purchase does not say it: the product with the largest output, else
// share, else the surest; a sector only when no product is known.
std::optional<SegmentId> LocalPurchases::sold_by(FirmId supplier) const {
  std::optional<SegmentId> best;
  std::tuple<bool, double, double, float> most;
  for (const Relation& relation : {makes_, trades_}) {
    const EdgeRange range = relation.out_edges(graph_.entity(supplier));
    for (std::uint64_t e = range.first; e < range.last; ++e) {
      const SegmentId segment{graph_.local(relation.target(EdgeId{e}))};
      if (taxonomy_.chain(segment)) continue;
      const std::tuple key(!sectors_.contains(segment),
                           relation.number(EdgeId{e}, EdgeNumber::Amount).value_or(0),
                           relation.number(EdgeId{e}, EdgeNumber::Share).value_or(0),
                           relation.provenance(EdgeId{e}).confidence);
      if (best && key <= most) continue;
      best = segment;
      most = key;
    }
    if (best) break;
  }
  return best;
}

// From wherever: of one supplier and segment the latest year.
void LocalPurchases::read_bought(const GapOptions& options) {
  for (std::uint32_t i = 0; i < firms_.size(); ++i) {
    if (firms_.newcomer(i)) continue;
    std::optional<std::tuple<FirmId, SegmentId, bool>> open;
    Purchase last;
    const auto close = [&] {
      if (open && last.amount > 0) bought_.add(raw(std::get<SegmentId>(*open)), last);
      open.reset();
    };
    for (const std::uint32_t e : supplies_.in_edges(graph_.entity(firms_[i]))) {
      stop_.take_step();
      const auto amount = supplies_.number(EdgeId{e}, EdgeNumber::Amount);
      const FirmId supplier{graph_.local(supplies_.source(EdgeId{e}))};
      const bool gone = std::ranges::binary_search(options.without, supplier);
      if (!amount || gone) continue;
      const auto stated = supplies_.segment(EdgeId{e});
      const auto segment = stated ? stated : sold_by(supplier);
      if (!segment || taxonomy_.chain(*segment)) continue;
      if (resells(firms_[i], *segment)) continue;  // what it buys to sell on it does not need
      const std::tuple same(supplier, *segment, stated.has_value());
      if (open && *open != same) close();
      const Standing where = standing(graph_, supplier, firms_.district());
      open = same;
      last = {i, EdgeId{e}, *amount,
              !firms_.contains(supplier) && (where == Standing::Outside || where == Standing::Home),
              !stated.has_value()};
    }
    close();
  }
  bought_.set_out();
  for (const std::uint32_t segment : bought_.filled()) {
    for (Purchase& one : bought_[segment]) {
      one.place = static_cast<std::uint32_t>(all_.size());
      all_.push_back(one);
    }
  }
}

// Whether a firm is known to trade what it sells and not to make it: where it was made nobody says.
bool LocalPurchases::resells(FirmId supplier, SegmentId segment) const {
  const auto deals_in = [&](const Relation& relation) {
    return std::ranges::any_of(relation.targets(graph_.entity(supplier)), [&](EntityId target) {
      const SegmentId one{graph_.local(target)};
      return !taxonomy_.chain(one) &&
             (taxonomy_.at_or_below(one, segment) || taxonomy_.at_or_below(segment, one));
    });
  };
  return deals_in(trades_) && !deals_in(makes_);
}

double LocalPurchases::below(SegmentId segment, std::uint32_t firm) const {
  if (!sectors_.contains(segment)) return 0;
  double total = 0;
  for (const std::uint32_t one : bought_.filled()) {
    if (SegmentId{one} == segment || sectors_.of(SegmentId{one}) != segment) continue;
    for (const Purchase& bought : bought_[one]) {
      if (bought.customer == firm) total += bought.amount;
    }
  }
  return total;
}

std::optional<double> LocalPurchases::from_here(
    SegmentId segment, const std::function<std::vector<std::pair<FirmId, double>>()>& needs) const {
  if (sales_.empty()) return std::nullopt;
  std::vector<std::pair<Sale, SegmentId>> sales;
  sold_.for_each_below(segment, [&](SegmentId one) {
    for (const Sale& sale : sales_[raw(one)]) sales.emplace_back(sale, one);
  });
  if (sales.empty()) return std::nullopt;
  const std::vector<std::pair<FirmId, double>> known = needs();
  const auto pair = [](const auto& entry) {
    return std::tuple(entry.first.customer, entry.first.supplier);
  };
  std::ranges::stable_sort(sales, {}, pair);  // sums depend on it
  std::optional<double> total;
  std::vector<SegmentFigure> products;
  for (auto first = sales.begin(); first != sales.end();) {
    const FirmId customer = first->first.customer;
    double amount = 0;
    bool some = false;
    while (first != sales.end() && first->first.customer == customer) {
      products.clear();
      const FirmId supplier = first->first.supplier;
      const auto of = pair(*first);
      for (; first != sales.end() && pair(*first) == of; ++first) {
        products.push_back({first->second, Figure{first->first.amount, Basis::Stated}});
      }
      if (resells(supplier, segment)) continue;
      amount += add_once(taxonomy_, products).known->value;
      some = true;
    }
    const auto need = std::ranges::lower_bound(known, std::pair(customer, 0.0));
    if (some && need != known.end() && need->first == customer) {
      total = total.value_or(0) + std::min(amount, need->second);
    }
  }
  return total;
}

}  // namespace liantu
