#include "chain/gaps/search/gap_search.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <limits>

#include <fmt/format.h>

#include "chain/economy/stopping.hpp"
#include "chain/firms/anchors.hpp"
#include "chain/firms/branches.hpp"
#include "chain/firms/no_firm_in.hpp"
#include "chain/firms/whereabouts.hpp"
#include "chain/gaps/search/firm_filter.hpp"
#include "chain/gaps/search/kinds_needed.hpp"
#include "chain/gaps/search/local_place.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/chain/economy/recruiting.hpp"
#include "liantu/chain/economy/sector_kinds.hpp"
#include "liantu/chain/structure/evenness.hpp"

namespace liantu {
namespace {

constexpr GapKind kKinds[] = {GapKind::Missing, GapKind::Weak, GapKind::Hidden, GapKind::Extension,
                              GapKind::Open};
constexpr WeakReason kReasons[] = {WeakReason::LowCoverage, WeakReason::SingleMaker,
                                   WeakReason::OneCarries, WeakReason::MakersAtRisk};

// Less of a firm is no occasion to say that it needs what that sector needs.
constexpr double kLeastPart = 0.3;
// A sector that takes no more of another than sectors do on average gives no reason to call anybody.
constexpr float kLeastSure = 0.5F;  // of an industry that was inferred
constexpr double kLeastQuotient = 1.2;
constexpr double kLeastCoefficient = 0.015;  // what costs less is no reason to call anybody
// A sector that takes hardly more of another than all do is no direction to extend into.
constexpr double kTellingQuotient = 1.2;
// Rows that one firm may lead: its other needs stand behind.
constexpr int kRowsOfBuyer = 4;
constexpr std::size_t kLeadingBuyers = 3;
// However much local makers could meet, what they do make may be of another kind.
constexpr double kMostMet = 0.98;
// Needs that a user states without a coefficient stand before those reckoned from sectors.
constexpr double kStatedFirst = 1e15;

constexpr double kBoundless = std::numeric_limits<double>::infinity();

template <typename Enum>
constexpr unsigned bit(Enum value) {
  return 1U << static_cast<unsigned>(value);
}

void add(std::optional<Figure>& sum, const Figure& figure) {
  if (!sum) sum = Figure{0, Basis::Stated};
  sum->value += figure.value;
  sum->basis = softer(sum->basis, figure.basis);
}

// Of outputs that are all known.
std::optional<double> herfindahl(std::span<const Maker> makers) {
  double total = 0;
  for (const Maker& maker : makers) total += *maker.output;
  if (!(total > 0)) return std::nullopt;
  double index = 0;
  for (const Maker& maker : makers) index += *maker.output / total * (*maker.output / total);
  return index;
}

}  // namespace

GapSearch::GapSearch(const Economy& economy)
    : economy_(economy),
      graph_(economy.graph()),
      taxonomy_(economy.taxonomy()),
      rules_(economy.rules()),
      sectors_(economy.sectors()),
      makes_(graph_.relation(RelationKind::Makes)),
      requires_(graph_.relation(RelationKind::Requires)),
      supplies_(graph_.relation(RelationKind::Supplies)),
      trades_(graph_.relation(RelationKind::Trades)),
      made_here_(economy),
      akin_(economy, made_here_),
      real_(graph_.size(EntityKind::Segment)),
      extension_(graph_.size(EntityKind::Segment)),
      purchases_(graph_.size(EntityKind::Segment)),
      bought_(taxonomy_, SegmentMarks::Asked::FromAbove),
      bought_of_(graph_.size(EntityKind::Segment)),
      demanded_(taxonomy_, SegmentMarks::Asked::FromBoth),
      met_yuan_(graph_.size(EntityKind::Segment)),
      unknown_(graph_.size(EntityKind::Segment)),
      spare_(graph_.size(EntityKind::Segment), kBoundless),
      rounds_(taxonomy_, rules_, graph_.size(EntityKind::Segment)),
      nearby_(economy),
      gap_of_(graph_.size(EntityKind::Segment)),
      best_(requires_.size(), -1) {}

GapReport GapSearch::report(const GapOptions& options) {
  start(options, Causes::Keep);
  if (local_.empty() && options.newcomers.empty()) {
    throw Error(ErrorCode::NotFound, no_firm_in(district_.region));
  }
  find_gaps();
  list_nearby();
  GapReport report;
  report.district = district_;
  report.min_confidence = options.min_confidence;
  report.rounds = options.rounds;
  report.newcomers = options.newcomers;
  report.local_firms = static_cast<std::uint32_t>(local_.size());
  report.local_makers = local_makers_;
  report.gone_firms = gone_firms_;
  report.unlocated_firms = unlocated_firms_;
  Keys keys = order();
  std::ranges::sort(keys, most_severe_first());
  report.apart = apart_;
  report.weighted = weighted_;
  report.by_size = by_size_;
  report.gaps.reserve(keys.size());
  for (const auto& [key, g] : keys) {
    check_stop(options.stop, kGapSearch);
    report.gaps.push_back(gap(gaps_[g]));
  }
  akin_.name_siblings(report.gaps);
  std::ranges::sort(met_, {}, [](const Found& found) { return found.figures.segment; });
  report.met.reserve(met_.size());
  for (const Found& found : met_) {
    check_stop(options.stop, kGapSearch);
    report.met.push_back(gap(found));
  }
  report.anchors = std::move(anchors_);
  report.factors = std::move(factors_);
  return report;
}

std::optional<DistrictGaps> GapSearch::outline(const GapOptions& options,
                                               const PlaceMakers& place_makers, std::size_t most) {
  start(options, Causes::Drop);
  if (local_.empty() && options.newcomers.empty()) return std::nullopt;
  find_gaps();
  nearby_.count(near_places_, place_makers);
  DistrictGaps result;
  result.region = district_.region;
  result.local_firms = static_cast<std::uint32_t>(local_.size());
  result.local_makers = local_makers_;
  for (const Found& found : gaps_)
    ++result.kind_count[static_cast<std::size_t>(found.figures.kind)];
  result.met = met_.size();
  Keys keys = order();
  const std::size_t kept = most == 0 ? keys.size() : std::min(most, keys.size());
  std::ranges::partial_sort(keys, keys.begin() + static_cast<std::ptrdiff_t>(kept),
                            most_severe_first());
  result.weighted = weighted_;
  result.gaps.reserve(kept);
  for (std::size_t k = 0; k < kept; ++k) result.gaps.push_back(surveyed(gaps_[keys[k].second]));
  return result;
}

void GapSearch::start(const GapOptions& options, Causes causes) {
  options_ = &options;
  causes_ = causes;
  threshold_ = Threshold(options.min_confidence);
  district_ = complete_district(options.district);
  local_makers_ = 0;
  gone_firms_ = 0;
  unlocated_firms_ = 0;
  local_.clear();
  near_places_.clear();
  statements_.clear();
  said_.clear();
  made_here_.clear();
  real_.clear();
  extension_.clear();
  purchases_.clear();
  bought_of_.clear();
  needers_.clear();
  gaps_.clear();
  met_.clear();
  first_rounds_.clear();
  met_yuan_.clear();
  unknown_.clear();
  for (const std::uint32_t segment : spared_) spare_[segment] = kBoundless;
  spared_.clear();
  factors_.clear();
  later_ = {};
  nearby_.clear();
  newcomers_.emplace(graph_, taxonomy_, options.newcomers);
  take_stock();
}

void GapSearch::take_stock() {
  const FirmFilter filter(economy_, *options_);
  const bool today = !options_->founded_before.known();
  const std::span<const Economy::Place> places = economy_.places();
  for (std::size_t p = 0; p < places.size(); ++p) {
    switch (standing(places[p].region, district_)) {
      case Standing::Inside:
        std::ranges::copy_if(places[p].firms, std::back_inserter(local_),
                             [&](FirmId firm) { return filter.stays(firm); });
        gone_firms_ += static_cast<std::uint32_t>(std::ranges::count_if(
            places[p].firms, [&](FirmId firm) { return today && economy_.gone(firm); }));
        break;
      case Standing::Unknown:
        unlocated_firms_ += static_cast<std::uint32_t>(places[p].firms.size());
        [[fallthrough]];
      default:
        if (nearby(places[p].region, district_)) near_places_.push_back(p);
    }
  }
  std::ranges::copy_if(filter.moved(), std::back_inserter(local_),
                       [&](FirmId firm) { return filter.counts(firm); });
  std::ranges::sort(local_);
  for (const FirmId firm : local_) {
    if (!makes_.out_edges(graph_.entity(firm)).empty()) ++local_makers_;
  }
}

void GapSearch::find_gaps() {
  anchors_ =
      options_->chosen_anchors
          ? *options_->chosen_anchors
          : choose_anchors_among(graph_, Productions(graph_, taxonomy_, 0, &options_->factors),
                                 local_, district_, options_->anchors);
  let_newcomers_in();
  anchor_.assign(local_.size(), 0);
  for (const FirmId firm : anchors_.firms) {
    const std::uint32_t number = number_of(firm);
    if (number < local_.size()) anchor_[number] = 1;
  }
  akin_.start(local_, *newcomers_, options_->stop);
  measure_firms();
  look_at_firms();
  read_purchases();
  read_bought();
  std::vector<std::uint32_t> demanded(real_.filled().begin(), real_.filled().end());
  for (const std::uint32_t segment : bought_of_.filled()) {
    if (!real_.contains(segment)) demanded.push_back(segment);
  }
  demanded_.mark(demanded);
  // What lies below a segment before it: its demand is met first.
  std::vector<std::pair<std::size_t, std::uint32_t>> deepest_first;
  for (const std::uint32_t segment : demanded) {
    deepest_first.emplace_back(taxonomy_.count_above(SegmentId{segment}), segment);
  }
  std::ranges::sort(deepest_first, std::greater<>());
  for (const auto& [above, segment] : deepest_first) weigh(segment);
  for (const std::uint32_t segment : extension_.filled()) {
    if (!real_.contains(segment) && !bought_of_.contains(segment)) weigh(segment);
  }
  add_later_rounds();
}

// After the anchors are chosen: a newcomer is one only where that is assumed too.
void GapSearch::let_newcomers_in() {
  std::ranges::copy(newcomers_->firms(), std::back_inserter(local_));  // beyond all others
  local_makers_ += static_cast<std::uint32_t>(options_->newcomers.size());
  std::erase_if(anchors_.firms, [&](FirmId firm) { return newcomers_->has(firm); });
  const std::vector<FirmId> assumed = newcomers_->anchors();
  std::ranges::copy(assumed, std::back_inserter(anchors_.firms));
  anchors_.assumed = assumed.size();
  if (anchors_.assumed > 0 && anchors_.basis == AnchorBasis::None) {
    anchors_.basis = AnchorBasis::Given;
  }
}

// Registered capital, where a table of sectors tells what firms need: it orders, so a firm whose
// capital nobody states counts as a small one.
void GapSearch::measure_firms() {
  sizes_.assign(local_.size(), 1);
  by_size_ = false;
  groups_.reset();
  if (!sectors_.any()) return;
  std::vector<double> known;
  const auto capital = [&](FirmId firm) {
    if (newcomers_->has(firm)) return 0.0;
    const auto stated = graph_.number(graph_.entity(firm), EntityNumber::RegisteredCapital);
    return stated ? std::max(0.0, stated->value) : 0.0;
  };
  for (const FirmId firm : local_) {
    if (const double value = capital(firm); value > 0) known.push_back(value);
  }
  if (known.empty()) return;
  by_size_ = true;
  const auto newcomer = [&](FirmId firm) { return newcomers_->has(firm); };
  groups_.emplace(graph_, std::span(local_.begin(), std::ranges::find_if(local_, newcomer)));
  const auto quarter = known.begin() + static_cast<std::ptrdiff_t>(known.size() / 4);
  std::ranges::nth_element(known, quarter);
  for (std::size_t i = 0; i < local_.size(); ++i) {
    const double value = capital(local_[i]);
    sizes_[i] = value > 0 ? value : *quarter;
  }
}

// What part of a firm's size one of its sectors has: the share stated or inferred, else the chance that
// it is the main sector, times the share that a main sector then has, which is the larger the surer it
// is.
double GapSearch::size_of(std::uint32_t firm, SegmentId segment, EdgeId makes) const {
  if (newcomers_->has(local_[firm])) return sizes_[firm];
  const Provenance from = makes_.provenance(makes);
  const auto confidence = static_cast<double>(from.confidence);
  if (!sectors_.contains(segment)) return sizes_[firm] * confidence;
  if (const auto share = makes_.number(makes, EdgeNumber::Share)) return sizes_[firm] * *share;
  return sizes_[firm] * confidence * (from.basis == Basis::Inferred ? confidence : 1);
}

// Whether what a firm is said to make lets it buy inputs; whoever states an output knows that it
// makes something.
bool GapSearch::buys_inputs(std::uint32_t firm, std::uint32_t statement) const {
  const Statement& made = statements_[statement];
  if (!sectors_.contains(made.segment) || newcomers_->has(local_[firm])) return true;
  if (made.output && made.output->basis == Basis::Stated) return true;
  const auto share = makes_.number(made.makes, EdgeNumber::Share);
  if (share && *share < kLeastPart) return false;
  if (sectors_.buys_nothing(made.segment)) return false;
  const bool inferred = makes_.provenance(made.makes).basis == Basis::Inferred;
  if (inferred && makes_.provenance(made.makes).confidence < kLeastSure) return false;
  if (inferred && groups_ && groups_->leaves_making(local_[firm])) return false;
  return !named_as_no_buyer(graph_.name(graph_.entity(local_[firm])));
}

// What local products need, and what they could go into.
void GapSearch::look_at_firms() {
  const Productions productions(graph_, taxonomy_, options_->min_confidence, &options_->factors);
  const auto newcomer =
      std::ranges::find_if(local_, [&](FirmId firm) { return newcomers_->has(firm); });
  const Branches branches(graph_, {local_.begin(), newcomer});
  std::vector<Statement> own;
  std::vector<std::uint32_t> estimated(options_->factors.size());
  std::vector<std::size_t> used;
  for (std::uint32_t i = 0; i < local_.size(); ++i) {
    if (i % 1024 == 0) check_stop(options_->stop, kGapSearch);
    const std::size_t first = statements_.size();
    if (newcomers_->has(local_[i])) {
      std::ranges::copy(newcomers_->statements(local_[i]), std::back_inserter(statements_));
    } else if (const auto head = branches.head_of(local_[i])) {
      own = productions.statements(local_[i]);
      leave_out_what_the_head_says(taxonomy_, productions.statements(*head), own);
      std::ranges::copy(own, std::back_inserter(statements_));
    } else {
      productions.append_statements(local_[i], statements_);
    }
    used.clear();
    for (std::size_t s = first; s < statements_.size(); ++s) {
      if (statements_[s].factor) used.push_back(*statements_[s].factor);
      const Provenance from = newcomers_->provenance(statements_[s].makes);
      said_.push_back({static_cast<double>(from.confidence), from.basis});
    }
    std::ranges::sort(used);
    used.erase(std::unique(used.begin(), used.end()), used.end());
    for (const std::size_t factor : used) ++estimated[factor];
    look_at_firm(i, first);
  }
  made_here_.set_out();
  akin_.set_out();
  real_.set_out();
  extension_.set_out();
  for (std::size_t f = 0; f < estimated.size(); ++f) {
    if (estimated[f] > 0) factors_.push_back({options_->factors[f], estimated[f]});
  }
}

// @param first  Its first statement; they go on to the last one.
void GapSearch::look_at_firm(std::uint32_t number, std::size_t first) {
  if (newcomers_->has(local_[number])) {
    for (const Statement& made : std::span(statements_).subspan(first)) {
      akin_.add(number, made.segment, made.makes);
    }
  } else {
    const EdgeRange all = makes_.out_edges(graph_.entity(local_[number]));
    for (std::uint64_t e = all.first; e < all.last; ++e) {
      akin_.add(number, SegmentId{graph_.local(makes_.target(EdgeId{e}))}, EdgeId{e});
    }
  }
  if (first == statements_.size()) return;
  made_here_.add(local_[number], std::span(statements_).subspan(first));
  for (auto s = static_cast<std::uint32_t>(first); s < statements_.size(); ++s) {
    if (buys_inputs(number, s)) {
      const bool of_sector =
          sectors_.contains(statements_[s].segment) && !newcomers_->has(local_[number]);
      const std::string_view industry =
          of_sector ? industry_of(graph_, statements_[s].makes) : std::string_view();
      for (const EdgeId rule : rules_.all(statements_[s].segment)) {
        const InputRule& need = rules_[rule];
        if (sectors_.illustrates(need) || sectors_.regard(need) <= 0) continue;
        // Without an amount a need says that the sector is one that takes it; of an anchor that was
        // asked for everything is told.
        const bool asked_for = anchors_.basis == AnchorBasis::Given && anchor_[number] != 0;
        // What a sector takes of itself its makers make, or buy of one another.
        const bool own = need.product() == need.input();
        const bool takes = !sectors_.contains(need.product()) ||
                           (!own && sectors_.quotient(need) >= kLeastQuotient &&
                            need.coefficient().value_or(0) >= kLeastCoefficient &&
                            may_work_up(industry, need.input()));
        if (!statements_[s].output && !asked_for && !takes) continue;
        add_need(real_, rules_[rule].input(), number, s, rule);
      }
    }
    // What it is part of may go into something too.
    const auto goes_into = [&](SegmentId made) {
      for (const std::uint32_t rule : requires_.in_edges(graph_.entity(made))) {
        const InputRule& into = rules_[EdgeId{rule}];
        if (sectors_.illustrates(into)) continue;
        if (sectors_.contains(into.product()) && sectors_.contains(made) &&
            !(sectors_.goods(into.product()) && sectors_.goods(made) &&
              sectors_.quotient(into) >= kTellingQuotient)) {
          continue;
        }
        add_need(extension_, rules_[EdgeId{rule}].product(), number, s, EdgeId{rule});
      }
    };
    goes_into(statements_[s].segment);
    economy_.required().for_each_above(statements_[s].segment, [&](const Ancestor& above) {
      goes_into(above.segment);
      return true;
    });
  }
}

// Asked for each need of each firm, of few industries.
bool GapSearch::may_work_up(std::string_view industry, SegmentId sector) {
  if (industry.empty()) return true;
  auto known = worked_up_.find(industry);
  if (known == worked_up_.end()) known = worked_up_.try_emplace(std::string(industry)).first;
  const auto [answer, fresh] = known->second.try_emplace(raw(sector), true);
  if (fresh) answer->second = sectors_.may_work_up(industry, sector);
  return answer->second;
}

// To be called for each thing looked at, of which there may be many for one firm or segment.
void GapSearch::take_step() {
  if (++steps_ % kLooksApart == 0) check_stop(options_->stop, kGapSearch);
}

// Leaves out what is trusted too little.
void GapSearch::add_need(Buckets<NeedRow>& needs, SegmentId segment, std::uint32_t firm,
                         std::uint32_t statement, EdgeId edge) {
  take_step();
  const InputRule& rule = rules_[edge];
  NeedRow need{firm, statement, static_cast<std::uint32_t>(raw(edge))};
  need.confidence = said_[statement].confidence * rule.confidence();
  if (!threshold_.reached_by(need.confidence)) return;
  need.basis = softer(said_[statement].basis, rule.basis());
  const std::optional<Figure>& output = statements_[statement].output;
  const std::optional<double> coefficient = rule.coefficient();
  if (&needs == &real_ && coefficient && output) {
    need.known = true;
    need.amount = *coefficient * output->value;
    need.basis = softer(need.basis, output->basis);
  }
  if (coefficient) {
    const Statement& made = statements_[statement];
    need.plain = size_of(firm, made.segment, made.makes) * rule.confidence() * *coefficient;
    need.weight = need.plain * sectors_.regard(rule);
  }
  needs.add(raw(segment), need);
}

// Of several years the latest whose amount is known.
void GapSearch::read_purchases() {
  for (const FirmId firm : local_) {
    if (newcomers_->has(firm)) continue;
    const EdgeRange range = supplies_.out_edges(graph_.entity(firm));
    std::optional<SegmentId> segment;  // of the purchase that waits for a later year
    bool named = false;                // whether its row names it
    Purchase last;
    for (std::uint64_t e = range.first; e < range.last; ++e) {
      const auto amount = supplies_.number(EdgeId{e}, EdgeNumber::Amount);
      if (!amount) continue;
      const auto stated = supplies_.segment(EdgeId{e});
      const auto bought = stated ? stated : sold_by(firm);
      const FirmId customer{graph_.local(supplies_.target(EdgeId{e}))};
      if (!bought || number_of(customer) == local_.size()) continue;
      // Those of one customer and segment stand together, years ascending.
      if (segment &&
          !(segment == bought && last.customer == customer && named == stated.has_value())) {
        purchases_.add(raw(*segment), last);
      }
      segment = bought;
      named = stated.has_value();
      last = {firm, customer, *amount};
    }
    if (segment) purchases_.add(raw(*segment), last);
  }
  purchases_.set_out();
  bought_.mark(purchases_.filled());
}

// What a supplier sells where the purchase does not say it: the product with the largest output, else
// share, else the surest; a sector only when no product is known.
std::optional<SegmentId> GapSearch::sold_by(FirmId supplier) const {
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

// Stated purchases of local firms, from wherever: of one supplier and segment the latest year.
void GapSearch::read_bought() {
  for (std::uint32_t i = 0; i < local_.size(); ++i) {
    if (newcomers_->has(local_[i])) continue;
    std::optional<std::tuple<FirmId, SegmentId, bool>> open;
    Bought last;
    const auto close = [&] {
      if (open && last.amount > 0) bought_of_.add(raw(std::get<SegmentId>(*open)), last);
      open.reset();
    };
    for (const std::uint32_t e : supplies_.in_edges(graph_.entity(local_[i]))) {
      take_step();
      const auto amount = supplies_.number(EdgeId{e}, EdgeNumber::Amount);
      const FirmId supplier{graph_.local(supplies_.source(EdgeId{e}))};
      const bool gone = std::ranges::binary_search(options_->without, supplier);
      if (!amount || gone) continue;
      const auto stated = supplies_.segment(EdgeId{e});
      const auto segment = stated ? stated : sold_by(supplier);
      if (!segment || taxonomy_.chain(*segment)) continue;
      if (resells(local_[i], *segment)) continue;  // what it buys to sell on it does not need
      const std::tuple same(supplier, *segment, stated.has_value());
      if (open && *open != same) close();
      const Standing where = standing(graph_, supplier, district_);
      const bool moved = number_of(supplier) < local_.size();
      open = same;
      last = {i, EdgeId{e}, *amount,
              !moved && (where == Standing::Outside || where == Standing::Home),
              !stated.has_value()};
    }
    close();
  }
  bought_of_.set_out();
  all_bought_.clear();
  for (const std::uint32_t segment : bought_of_.filled()) {
    for (Bought& one : bought_of_[segment]) {
      one.place = static_cast<std::uint32_t>(all_bought_.size());
      all_bought_.push_back(one);
    }
  }
}

// Of a firm's reckoned need of a sector what its purchases of products of it state already.
double GapSearch::bought_below(SegmentId segment, std::uint32_t firm) {
  if (!sectors_.contains(segment)) return 0;
  double total = 0;
  for (const std::uint32_t one : bought_of_.filled()) {
    if (SegmentId{one} == segment || sectors_.of(SegmentId{one}) != segment) continue;
    for (const Bought& bought : bought_of_[one]) {
      if (bought.firm == firm) total += bought.amount;
    }
  }
  return total;
}

// Joins what is stated to be bought to what is reckoned to be needed.
void GapSearch::join_purchases(SegmentId segment, Found& found) {
  if (bought_of_.empty()) return;
  const auto mine = [&] { return std::span(needers_).subspan(found.needers.first); };
  for (NeedRow& need : mine()) {
    if (!need.known) continue;
    need.amount = std::max(0.0, need.amount - bought_below(segment, need.firm));
  }
  double outside = 0;
  for (const Bought& one : bought_of_[raw(segment)]) {
    auto need = std::ranges::find(needers_.begin() + found.needers.first, needers_.end(), one.firm,
                                  &NeedRow::firm);
    if (need == needers_.end()) {
      NeedRow row{one.firm, 0, kNoRule};
      row.known = row.complete = true;
      row.basis = one.inferred ? Basis::Inferred : Basis::Stated;
      needers_.push_back(row);
      need = std::prev(needers_.end());
      found.anchors += anchor_[one.firm] != 0 ? 1 : 0;
    }
    need->stated += one.amount;
    if (!need->bought || all_bought_[*need->bought].amount < one.amount) need->bought = one.place;
    if (one.outside) outside += one.amount;
  }
  for (NeedRow& need : mine()) {
    if (!(need.stated > 0)) continue;
    if (!need.known || need.stated >= need.amount) {
      need.amount = need.stated;
      if (need.reckoned()) need.basis = Basis::Stated;
    }
    need.known = true;
  }
  if (outside > 0) found.figures.bought_outside = outside;
}

void GapSearch::weigh(std::uint32_t number) {
  const SegmentId segment{number};
  if (taxonomy_.chain(segment)) return;
  check_stop(options_->stop, kGapSearch);
  const std::span<NeedRow> real = settle(real_[number]);
  const std::span<NeedRow> extension = settle(extension_[number]);
  const bool bought = bought_of_.contains(number);
  const bool needed = !real.empty() || bought;
  if (!needed && (extension.empty() || made_here_.contains(segment))) return;
  Found found;
  found.figures.segment = segment;
  count_makers(found);
  gather_needers(needed ? real : extension, found, needed ? Joined::Yes : Joined::No);
  if (bought) found.figures.confidence = 1;
  if (needed) {
    if (!real.empty()) found.figures.need_weight = need_weight(real, Whose::All);
    if (!real.empty() && found.anchors > 0)
      found.figures.anchor_weight = need_weight(real, Whose::Anchors);
    measure(found);
    // What is known to be bought here is made or at least kept here, whoever makes it.
    const GapFigures& gap = found.figures;
    const bool bought_here = gap.demand && gap.purchases && *gap.purchases >= gap.demand->value;
    if (found.makers == 0 && !bought_here) {
      // Who makes it for all that is known cannot be said to be missing.
      const bool perhaps =
          by_size_ && sectors_.contains(segment) && akin_.count_possible(segment) > 0;
      found.kinds |= bit(perhaps ? GapKind::Open : GapKind::Missing);
    } else if (found.makers > 0) {
      find_weakness(found);
      if (found.weak != 0) found.kinds |= bit(GapKind::Weak);
      look_for_open(real, found);
    }
  }
  if (!extension.empty() && found.makers == 0) found.kinds |= bit(GapKind::Extension);
  if (found.kinds == 0) {
    met_.push_back(std::move(found));
    return;
  }
  found.figures.kind =
      *std::ranges::find_if(kKinds, [&](GapKind kind) { return (found.kinds & bit(kind)) != 0; });
  find_remedy(found);
  gaps_.push_back(std::move(found));
}

// Whether local makers of unknown size may meet a sector's need, and how far their capital goes.
void GapSearch::look_for_open(std::span<const NeedRow> needs, Found& found) {
  const SegmentId segment = found.figures.segment;
  if (!sectors_.contains(segment) && !found.figures.bought_outside) return;
  const std::span<const Maker> makers = made_here_.of(segment);
  const auto unknown = [](const Maker& maker) { return !maker.output.has_value(); };
  if (std::ranges::any_of(makers, unknown)) found.kinds |= bit(GapKind::Open);
  if (!by_size_ || !sectors_.contains(segment)) return;
  double needed = 0;
  for (const NeedRow& need : needs) needed += need.plain;
  double made = 0;
  for (const Maker& maker : makers) {
    made += size_of(number_of(maker.firm), maker.segment, maker.makes);
  }
  if (needed > 0) found.figures.size_coverage = std::min(1.0, made / needed);
}

// The larger known amount first, then the surer need, or the larger one where sizes are looked at.
std::tuple<double, double> GapSearch::weighs(const NeedRow& need) const {
  return {need.known ? -need.amount : 1.0, by_size_ ? -need.weight : -need.confidence};
}

// Of needs that differ in the year of the `requires` alone and whose amount is known the latest of
// the firmest basis, else the most confident; one whose amount is zero is none.
std::span<GapSearch::NeedRow> GapSearch::settle(std::span<NeedRow> needs) const {
  // They come by firm and product: mostly there is one of each.
  const auto alike = [](const NeedRow& x, const NeedRow& y) { return x.statement == y.statement; };
  if (std::adjacent_find(needs.begin(), needs.end(), alike) != needs.end()) {
    needs = keep_latest(needs);
  }
  const auto end = std::remove_if(needs.begin(), needs.end(), [](const NeedRow& need) {
    return need.known && need.amount == 0;
  });
  return {needs.begin(), end};
}

std::span<GapSearch::NeedRow> GapSearch::keep_latest(std::span<NeedRow> needs) const {
  const auto same = [&](const NeedRow& need) {
    const InputRule& rule = rules_[EdgeId{need.rule}];
    return std::tuple(need.statement, rule.product(), rule.input());
  };
  std::ranges::sort(needs, {}, [&](const NeedRow& need) {
    const InputRule rule = rules_[EdgeId{need.rule}];
    return std::tuple(same(need), !need.known, need.known ? rule.basis() : Basis::Stated,
                      need.known ? -rule.year() : 0, -need.confidence, need.rule);
  });
  const auto end = std::unique(needs.begin(), needs.end(), [&](const NeedRow& a, const NeedRow& b) {
    return same(a) == same(b);
  });
  return {needs.begin(), end};
}

// The needs by firm: the product with the largest amount kept, with the amounts of all.
void GapSearch::gather_needers(std::span<NeedRow> needs, Found& found, Joined joined) {
  found.figures.confidence = confidence(needs);
  found.needers.first = static_cast<std::uint32_t>(needers_.size());
  for (auto first = needs.begin(); first != needs.end();) {
    const auto last = std::find_if(first, needs.end(),
                                   [&](const NeedRow& need) { return need.firm != first->firm; });
    needers_.push_back(of_one_firm({first, last}));
    found.anchors += anchor_[first->firm] != 0 ? 1 : 0;
    first = last;
  }
  if (joined == Joined::Yes) join_purchases(found.figures.segment, found);
  found.needers.count = static_cast<std::uint32_t>(needers_.size()) - found.needers.first;
  const std::span<NeedRow> mine = std::span(needers_).subspan(found.needers.first);
  std::ranges::sort(mine, [&](const NeedRow& a, const NeedRow& b) {
    if (weighs(a) != weighs(b)) return weighs(a) < weighs(b);
    return a.firm != b.firm && told_before(graph_, local_[a.firm], local_[b.firm]);
  });
  for (const NeedRow& need : mine) found.needer_weight += need.confidence;
}

GapSearch::NeedRow GapSearch::of_one_firm(std::span<NeedRow> needs) {
  if (needs.size() == 1) {
    NeedRow kept = needs.front();
    kept.complete = kept.known;
    return kept;
  }
  // Products that count the same stand by name, so that the order of rows does not show.
  std::ranges::sort(needs, [&](const NeedRow& a, const NeedRow& b) {
    if (weighs(a) != weighs(b)) return weighs(a) < weighs(b);
    const SegmentId one = statements_[a.statement].segment;
    const SegmentId other = statements_[b.statement].segment;
    if (one != other) return told_before(graph_, graph_.entity(one), graph_.entity(other));
    return std::tuple(a.statement, a.rule) < std::tuple(b.statement, b.rule);
  });
  NeedRow kept = needs.front();
  products_.clear();
  told_.resize(statements_.size(), 0);
  ++telling_;
  for (const NeedRow& need : needs) {
    kept.confidence = std::max(kept.confidence, need.confidence);
    if (&need != &needs.front()) {
      // Sectors are parts of a firm; products may lie within one another.
      const bool part = sectors_.contains(statements_[need.statement].segment);
      kept.weight = part ? kept.weight + need.weight : std::max(kept.weight, need.weight);
    }
    // A firm says one thing of a product.
    const bool again = std::exchange(told_[need.statement], telling_) == telling_;
    if (again) continue;  // by another `requires`
    const SegmentId product = statements_[need.statement].segment;
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
double GapSearch::confidence(std::span<const NeedRow> needs) {
  if (needs.size() == 1) return 1 - (1 - needs.front().confidence);
  relations_.clear();
  for (const NeedRow& need : needs) {
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

std::optional<double> GapSearch::need_weight(std::span<const NeedRow> needs, Whose whose) const {
  double sum = 0;
  for (auto first = needs.begin(); first != needs.end();) {
    double parts = 0;
    double largest = 0;
    const std::uint32_t firm = first->firm;
    if (whose == Whose::Anchors && anchor_[firm] == 0) {
      ++first;
      continue;
    }
    for (; first != needs.end() && first->firm == firm; ++first) {
      const auto coefficient = rules_[EdgeId{first->rule}].coefficient();
      if (!coefficient) return std::nullopt;
      if (sectors_.contains(statements_[first->statement].segment)) {
        parts += first->weight;
      } else {
        largest = std::max(largest, first->weight);
      }
    }
    sum += parts + largest;
  }
  return sum;
}

void GapSearch::count_makers(Found& found) {
  const std::span<const Maker> makers = made_here_.of(found.figures.segment);
  found.makers = static_cast<std::uint32_t>(makers.size());
  found.figures.makers_at_risk =
      static_cast<std::size_t>(std::ranges::count_if(makers, &Maker::at_risk));
}

// What of a known need rests on stated figures alone.
double GapSearch::stated_part(const NeedRow& need) const {
  if (need.basis == Basis::Stated) return need.amount;
  if (!need.bought || all_bought_[*need.bought].inferred) return 0;
  return std::min(need.stated, need.amount);
}

void GapSearch::measure(Found& found) {
  GapFigures& gap = found.figures;
  for (const NeedRow& need : needers(found)) {
    if (!need.complete) ++gap.needs_unknown;
    if (!need.known) continue;
    add(gap.demand, Figure{need.amount, need.basis});
    gap.demand_stated = gap.demand_stated.value_or(0) + stated_part(need);
    if (anchor_[need.firm] != 0) add(gap.anchor_demand, Figure{need.amount, need.basis});
  }
  const std::span<const Maker> makers = made_here_.of(gap.segment);
  bool all_makers_known = true;
  bool some_maker_known = makers.empty();
  gap.supply = Figure{0, Basis::Stated};
  for (const Maker& maker : makers) {
    if (!maker.output) {
      all_makers_known = false;
      continue;
    }
    some_maker_known = true;
    add(gap.supply, Figure{*maker.output, maker.basis});
  }
  FirstRound first{gap.segment, gap.demand.value_or(Figure{}), std::nullopt, gap.confidence};
  gap.nested_unknown = static_cast<std::size_t>(sum_below(unknown_, gap.segment));
  double free = 0;  // of the supply
  if (all_makers_known) {
    first.supply = gap.supply;
    gap.concentration = herfindahl(makers);
    const double used = std::min(sum_below(met_yuan_, gap.segment), gap.supply->value);
    free = gap.supply->value - used;
    first.supply->value = free;
    if (gap.demand) {
      gap.supply_used = used;
      met_yuan_.set(taxonomy_.position(gap.segment), std::min(free, gap.demand->value));
    }
  }
  if (!makers.empty() && (!gap.demand || gap.needs_unknown > 0)) {
    unknown_.set(taxonomy_.position(gap.segment), 1);
  }
  first_rounds_.push_back(first);
  if (!some_maker_known) gap.supply.reset();
  gap.purchases = find_purchases(found);
  if (!gap.demand) {
    // A count of makers says it; yuan and counts do not mix.
    if (makers.empty()) gap.supply.reset();
    return;
  }
  gap.basis = gap.demand->basis;
  if (all_makers_known) {
    gap.leakage_min = std::max(0.0, gap.demand->value - free);
    gap.coverage = std::min(1.0, free / gap.demand->value);
  }
  if (gap.bought_outside) {
    gap.leakage_min = std::max(gap.leakage_min.value_or(0), *gap.bought_outside);
  }
  gap.leakage_max = std::max(0.0, gap.demand->value - gap.purchases.value_or(0));
  const bool all_bought_here = gap.purchases && *gap.purchases >= gap.demand->value;
  if (all_bought_here && makers.empty()) gap.leakage_min = 0;
  if (gap.leakage_min) gap.leakage_max = std::max(*gap.leakage_max, *gap.leakage_min);
}

// Over all below a segment, itself left out while nothing is set for it.
double GapSearch::sum_below(const PositionSums& sums, SegmentId segment) {
  ranges_.clear();
  taxonomy_.append_ranges_below(segment, ranges_);
  double total = 0;
  for (const Taxonomy::Range& range : ranges_) total += sums.sum(range);
  return total;
}

// What demands for segments above it leave of the supply that they share with it.
double GapSearch::spare_above(SegmentId segment) const {
  double spare = kBoundless;
  demanded_.for_each_above(segment, [&](const Ancestor& above) {
    spare = std::min(spare, spare_[raw(above.segment)]);
    return !taxonomy_.one_way_up(segment);  // else it knows of all above itself
  });
  return spare;
}

// A demand can have of a supply what neither demands below it nor those above it use.
void GapSearch::find_spare_supply() {
  std::vector<std::pair<std::size_t, FirstRound*>> topmost_first;
  for (FirstRound& one : first_rounds_) {
    topmost_first.emplace_back(taxonomy_.count_above(one.segment), &one);
  }
  std::ranges::stable_sort(topmost_first, {}, [](const auto& entry) { return entry.first; });
  for (const auto& [above, one] : topmost_first) {
    take_step();
    double spare = spare_above(one->segment);
    if (one->supply) {
      spare = std::min(spare, std::max(0.0, one->supply->value - one->demand.value));
      one->spare = spare;
    }
    spare_[raw(one->segment)] = spare;
    spared_.push_back(raw(one->segment));
  }
}

// Known purchases of a segment, or of anything below it, from local suppliers by those whose need
// of it is known: of each at most that need, so that what one buys too much meets no other's need.
std::optional<double> GapSearch::find_purchases(const Found& found) {
  if (purchases_.empty()) return std::nullopt;
  const SegmentId segment = found.figures.segment;
  std::vector<std::pair<Purchase, SegmentId>> bought;
  bought_.for_each_below(segment, [&](SegmentId one) {
    for (const Purchase& purchase : purchases_[raw(one)]) bought.emplace_back(purchase, one);
  });
  if (bought.empty()) return std::nullopt;
  std::vector<std::pair<FirmId, double>> known_needs;
  for (const NeedRow& need : needers(found)) {
    if (need.known) known_needs.emplace_back(local_[need.firm], need.amount);
  }
  std::ranges::sort(known_needs);
  const auto pair = [](const auto& entry) {
    return std::tuple(entry.first.customer, entry.first.supplier);
  };
  std::ranges::stable_sort(bought, {}, pair);  // sums depend on it
  std::optional<double> total;
  for (auto first = bought.begin(); first != bought.end();) {
    const FirmId customer = first->first.customer;
    double amount = 0;
    bool some = false;
    while (first != bought.end() && first->first.customer == customer) {
      products_.clear();
      const FirmId supplier = first->first.supplier;
      const auto of = pair(*first);
      for (; first != bought.end() && pair(*first) == of; ++first) {
        products_.push_back({first->second, Figure{first->first.amount, Basis::Stated}});
      }
      if (resells(supplier, segment)) continue;
      amount += add_once(taxonomy_, products_).known->value;
      some = true;
    }
    const auto need = std::ranges::lower_bound(known_needs, std::pair(customer, 0.0));
    if (some && need != known_needs.end() && need->first == customer) {
      total = total.value_or(0) + std::min(amount, need->second);
    }
  }
  return total;
}

// Whether a firm is known to trade what it sells and not to make it: where it was made nobody says.
bool GapSearch::resells(FirmId supplier, SegmentId segment) const {
  const auto deals_in = [&](const Relation& relation) {
    return std::ranges::any_of(relation.targets(graph_.entity(supplier)), [&](EntityId target) {
      const SegmentId one{graph_.local(target)};
      return !taxonomy_.chain(one) &&
             (taxonomy_.at_or_below(one, segment) || taxonomy_.at_or_below(segment, one));
    });
  };
  return deals_in(trades_) && !deals_in(makes_);
}

void GapSearch::find_weakness(Found& found) {
  const auto& coverage = found.figures.coverage;
  if (coverage && *coverage < options_->weak_coverage) found.weak |= bit(WeakReason::LowCoverage);
  if (found.makers == 1) found.weak |= bit(WeakReason::SingleMaker);
  if (one_carries_it(found.figures)) found.weak |= bit(WeakReason::OneCarries);
  if (found.figures.makers_at_risk == found.makers) found.weak |= bit(WeakReason::MakersAtRisk);
}

// Whether most comes from one of several makers and the others would leave the coverage low.
bool GapSearch::one_carries_it(const GapFigures& gap) {
  if (!gap.coverage || *gap.coverage < options_->weak_coverage) return false;
  const std::span<const Maker> makers = made_here_.of(gap.segment);
  if (makers.size() < 2) return false;
  const double largest = *makers.front().output;
  const double others = gap.supply->value - largest;
  return largest > others && others < options_->weak_coverage * gap.demand->value;
}

// What local firms that could make it suggest.
void GapSearch::find_remedy(Found& found) {
  GapFigures& gap = found.figures;
  gap.possible_maker_count = akin_.count_possible(gap.segment);
  gap.sibling_count = akin_.count_siblings(gap.segment);
  const bool sound = gap.makers_at_risk < found.makers;
  // Who makes something of another sector is no maker of this one.
  const bool akin =
      !sectors_.contains(gap.segment) && (gap.sibling_count > 0 || gap.possible_maker_count > 0);
  if (sound || akin) gap.remedy = Remedy::Foster;
}

std::uint32_t GapSearch::number_of(FirmId firm) const { return local_place(local_, firm); }

// What filling the gaps would make the district need next.
void GapSearch::add_later_rounds() {
  if (options_->rounds == 1) return;
  std::ranges::sort(first_rounds_, {}, &FirstRound::segment);
  find_spare_supply();
  const auto supply = [&](SegmentId segment) -> std::optional<Figure> {
    Figure total{0, Basis::Stated};
    for (const Maker& maker : made_here_.of(segment)) {
      if (!maker.output) return std::nullopt;
      total.value += *maker.output;
      total.basis = softer(total.basis, maker.basis);
    }
    total.value = std::max(0.0, total.value - sum_below(met_yuan_, segment));
    total.value = std::min(total.value, spare_above(segment));
    return total;
  };
  later_ = rounds_.run(first_rounds_, supply,
                       {options_->rounds, options_->min_confidence, options_->stop}, causes_);
  const auto count = static_cast<std::uint32_t>(gaps_.size());
  for (std::uint32_t g = 0; g < count; ++g) gap_of_[raw(gaps_[g].figures.segment)] = g + 1;
  for (std::size_t first = 0, last = 0; first < later_.size(); first = last) {
    take_step();
    const SegmentId segment = later_[first].segment;
    bool lacking = false;
    for (; last < later_.size() && later_[last].segment == segment; ++last) {
      const RoundDemand& round = later_[last].demand;
      // Supply that nobody knows cannot be said to meet the demand.
      lacking = lacking || round.leakage.value_or(round.demand.value) > 0;
    }
    const Part part{static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(last - first)};
    const bool needed =
        std::ranges::binary_search(first_rounds_, segment, {}, &FirstRound::segment);
    if (const std::uint32_t place = gap_of_[raw(segment)]; place > 0) {
      gaps_[place - 1].later = part;
      if (!needed && lacking) hide(gaps_[place - 1]);
    } else if (!needed && lacking) {
      Found found;
      found.figures.segment = segment;
      found.later = part;
      count_makers(found);
      hide(found);
      find_remedy(found);
      gaps_.push_back(std::move(found));
    }
  }
  for (std::uint32_t g = 0; g < count; ++g) gap_of_[raw(gaps_[g].figures.segment)] = 0;
}

// Makes a hidden gap of one, which may be an extension already.
void GapSearch::hide(Found& found) const {
  const RoundDemand& first = later(found).front().demand;
  found.kinds |= bit(GapKind::Hidden);
  found.figures.kind = GapKind::Hidden;
  found.figures.basis = first.demand.basis;
  found.figures.confidence = first.confidence;
}

std::span<SegmentRound> GapSearch::later(const Found& found) const {
  return later_.subspan(found.later.first, found.later.count);
}

std::span<const GapSearch::NeedRow> GapSearch::needers(const Found& found) const {
  return std::span(needers_).subspan(found.needers.first, found.needers.count);
}

// Which gaps stand behind the others.
void GapSearch::set_apart() {
  apart_ = 0;
  if (sectors_.any()) {
    for (Found& found : gaps_) {
      // Around anchors that were asked for all that they need is told.
      const bool barred = anchors_.basis != AnchorBasis::Given &&
                          recruiting_bar(graph_, found.figures.segment) != nullptr;
      found.apart = barred || !sectors_.goods(found.figures.segment);
      if (found.apart) ++apart_;
    }
  }
  if (options_->everywhere == Everywhere::Among) return;
  std::vector<SegmentId> segments;
  segments.reserve(gaps_.size());
  for (const Found& found : gaps_) segments.push_back(found.figures.segment);
  const std::vector<double> evenness = need_evenness(graph_, segments);
  for (std::size_t g = 0; g < gaps_.size(); ++g) {
    if (gaps_[g].apart || !(evenness[g] > 0.5)) continue;
    gaps_[g].apart = true;
    ++apart_;
  }
}

// Whether products that the leading buyers are said to make are known to need something of the sector.
bool GapSearch::needed_by_products(const Found& found) const {
  const SegmentId sector = found.figures.segment;
  std::size_t looked_at = 0;
  for (const NeedRow& need : needers(found)) {
    if (looked_at++ == kLeadingBuyers) break;
    if (newcomers_->has(local_[need.firm])) continue;
    for (const EntityId made : makes_.targets(graph_.entity(local_[need.firm]))) {
      for (const EdgeId edge : rules_.all(SegmentId{graph_.local(made)})) {
        const InputRule& rule = rules_[edge];
        if (sectors_.illustrates(rule) && sectors_.of(rule.input()) == sector) return true;
      }
    }
  }
  return false;
}

// Gaps of a kind that many make, here or nearby, that few or small firms would have, or that nobody here
// buys, stand behind; then come those set apart: services, and last what nobody could be called for.
void GapSearch::set_tiers() {
  for (Found& found : gaps_) {
    const SegmentId segment = found.figures.segment;
    const bool barred = recruiting_bar(graph_, segment) != nullptr;
    found.tier = !found.apart ? 0 : barred && sectors_.goods(segment) ? 3 : 2;
    if (found.tier > 0 || !by_size_ || !sectors_.contains(segment)) continue;
    if (found.figures.bought_outside || severity_amount(found)) continue;
    const bool many = found.makers >= kManyMakers || nearby_.how_many(segment) >= kManyNearby;
    const bool few = found.needers.count < kFewBuyers && found.anchors == 0;
    double capital = 0;
    for (const NeedRow& need : needers(found)) capital += sizes_[need.firm];
    const bool small = capital < kSmallBuyersCny && found.anchors == 0;
    if (many || few || small || kind_rank(found.figures.kind) > 0) found.tier = 1;
  }
}

// One firm leads a few rows; what else it needs stands behind.
void GapSearch::spread_buyers(Keys& keys) {
  if (!by_size_) return;
  std::ranges::sort(keys, most_severe_first());
  std::vector<int> rows(local_.size());
  for (auto& [key, g] : keys) {
    const Found& found = gaps_[g];
    if (found.tier != 0 || found.figures.bought_outside || severity_amount(found)) continue;
    if (needers(found).empty() || !sectors_.contains(found.figures.segment)) continue;
    if (++rows[needers(found).front().firm] > kRowsOfBuyer) std::get<0>(key) = 1;
  }
}

// What the gaps are to be sorted by, with their places.
GapSearch::Keys GapSearch::order() {
  set_apart();
  set_tiers();
  // One gap without a weight would have to be compared by something else.
  std::size_t counted = 0;
  std::size_t weighted = 0;
  for (const Found& found : gaps_) {
    if (kind_rank(found.figures.kind) > 0 || severity_amount(found)) continue;
    ++counted;
    if (found.figures.need_weight) ++weighted;
  }
  weighted_ = counted > 0 && (weighted == counted || by_size_);
  Keys keys;
  keys.reserve(gaps_.size());
  for (const Found& found : gaps_) {
    keys.emplace_back(severity(found), static_cast<std::uint32_t>(keys.size()));
  }
  spread_buyers(keys);
  return keys;
}

GapSearch::Severity GapSearch::severity(const Found& found) {
  const int rank = kind_rank(found.figures.kind);
  const auto amount = severity_amount(found);
  double needers = found.needer_weight;
  if (weighted_ && rank == 0 && !amount) {
    const auto& weight = found.figures.need_weight;
    const double met = std::min(kMostMet, found.figures.size_coverage.value_or(0));
    const double few = kFewMakers / (kFewMakers + (by_size_ ? found.makers : 0));
    needers = weight ? *weight * (1 - met) * few : kStatedFirst + needers;
    if (by_size_ && sectors_.contains(found.figures.segment)) {
      needers *= kSomeNearby / (kSomeNearby + nearby_.how_many(found.figures.segment));
      if (needed_by_products(found)) needers *= kOwnProducts;
    }
  }
  return {found.tier, rank, !amount, -amount.value_or(0), -needers, found.figures.segment};
}

std::optional<double> GapSearch::severity_amount(const Found& found) const {
  const GapFigures& gap = found.figures;
  if (gap.kind != GapKind::Hidden) {
    if (!gap.leakage_max) return std::nullopt;
    return Leakage{gap.leakage_min.value_or(0), *gap.leakage_max}.middle();
  }
  Leakage total;
  for (const SegmentRound& round : later(found)) add(total, round.demand);
  return total.middle();
}

// Who nearby makes what was found.
void GapSearch::list_nearby() {
  std::vector<std::uint32_t> asked_for;
  for (const Found& gap : gaps_) asked_for.push_back(raw(gap.figures.segment));
  for (const Found& need : met_) asked_for.push_back(raw(need.figures.segment));
  nearby_.list(near_places_, asked_for, *options_);
}

GapFigures GapSearch::figures(const Found& found) const {
  GapFigures result = found.figures;
  for (const GapKind kind : kKinds) {
    if ((found.kinds & bit(kind)) != 0) result.kinds.push_back(kind);
  }
  for (const WeakReason reason : kReasons) {
    if ((found.weak & bit(reason)) != 0) result.weak.push_back(reason);
  }
  return result;
}

SurveyedGap GapSearch::surveyed(const Found& found) const {
  SurveyedGap result{figures(found)};
  result.severity = severity_amount(found);
  result.needers = found.needers.count;
  result.anchors = found.anchors;
  result.makers = found.makers;
  result.nearby_makers = nearby_.counted(found.figures.segment);
  return result;
}

Gap GapSearch::gap(const Found& found) {
  Gap result{figures(found)};
  const SegmentId segment = result.segment;
  for (SegmentRound& round : later(found)) result.later.push_back(std::move(round.demand));
  std::vector<SegmentId> buyers;
  for (const NeedRow& row : needers(found)) {
    Need need{local_[row.firm], segment};
    need.reckoned = row.reckoned();
    if (need.reckoned) {
      const Statement& statement = statements_[row.statement];
      need.product = statement.segment;
      need.makes = statement.makes;
      need.requires_edge = EdgeId{row.rule};
    }
    if (row.bought) {
      need.purchase = all_bought_[*row.bought].edge;
      need.stated = row.stated;
    }
    if (row.known) need.amount = row.amount;
    need.complete = row.complete;
    need.basis = row.basis;
    need.confidence = row.confidence;
    need.weight = row.weight;
    if (need.reckoned && buyers.size() < kExamples &&
        std::ranges::find(buyers, need.product) == buyers.end()) {
      buyers.push_back(need.product);
    }
    result.needers.push_back(need);
    if (anchor_[row.firm] != 0) result.anchors.push_back(need.firm);
  }
  std::ranges::sort(result.anchors);
  const auto copy = [](std::span<const Maker> makers) {
    return std::vector<Maker>(makers.begin(), makers.end());
  };
  result.makers = copy(made_here_.of(segment));
  if (by_size_) {
    std::ranges::stable_sort(result.makers, {}, [&](const Maker& maker) {
      return std::pair(-maker.output.value_or(-1),
                       -size_of(number_of(maker.firm), maker.segment, maker.makes));
    });
  }
  result.nearby_makers = copy(nearby_.of(segment));
  if (found.kinds == 0) return result;
  result.possible_makers = akin_.possible(segment);
  result.examples = sectors_.examples(buyers, segment, kExamples);
  if (kind_rank(result.kind) > 0 || sectors_.kinds(segment).empty()) {
    return result;  // what local products go into nobody here works up
  }
  const auto by_own = needed_by_products(found) ? ByOwnProducts::Yes : ByOwnProducts::No;
  result.kinds_needed = kinds_needed(graph_, sectors_, result, nearby_.how_many(segment), by_own);
  return result;
}

}  // namespace liantu
