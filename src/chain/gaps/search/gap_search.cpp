#include "chain/gaps/search/gap_search.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "chain/economy/stopping.hpp"
#include "chain/firms/no_firm_in.hpp"
#include "chain/gaps/search/kinds_needed.hpp"
#include "chain/gaps/search/ranking_limits.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/chain/economy/sector_kinds.hpp"

namespace liantu {
namespace {

constexpr GapKind kKinds[] = {GapKind::Missing, GapKind::Weak, GapKind::Hidden, GapKind::Extension,
                              GapKind::Open};
constexpr WeakReason kReasons[] = {WeakReason::LowCoverage, WeakReason::SingleMaker,
                                   WeakReason::OneCarries, WeakReason::MakersAtRisk};

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

// Makes a hidden gap of one, which may be an extension already.
void hide(FoundGap& found) {
  const RoundDemand& first = found.later.front().demand;
  found.kinds |= bit(GapKind::Hidden);
  found.figures.kind = GapKind::Hidden;
  found.figures.basis = first.demand.basis;
  found.figures.confidence = first.confidence;
}

}  // namespace

GapSearch::GapSearch(const Economy& economy)
    : graph_(economy.graph()),
      taxonomy_(economy.taxonomy()),
      sectors_(economy.sectors()),
      stop_(kGapSearch),
      firms_(economy),
      purchases_(economy, firms_),
      needs_(economy, firms_, purchases_),
      made_here_(economy),
      akin_(economy, firms_, made_here_),
      supply_(economy, made_here_),
      nearby_(economy),
      order_(economy, firms_, needs_, nearby_),
      gap_of_(graph_.size(EntityKind::Segment)) {}

GapReport GapSearch::report(const GapOptions& options) {
  if (!start(options)) throw Error(ErrorCode::NotFound, no_firm_in(firms_.district().region));
  find_gaps(Causes::Keep);
  list_nearby();
  GapReport report;
  report.district = firms_.district();
  report.min_confidence = options.min_confidence;
  report.rounds = options.rounds;
  report.newcomers = options.newcomers;
  report.local_firms = firms_.size();
  report.local_makers = firms_.makers();
  report.gone_firms = firms_.gone();
  report.unlocated_firms = firms_.unlocated();
  const std::vector<std::uint32_t> order = order_.most_severe(gaps_, options.everywhere, 0);
  report.apart = order_.apart();
  report.weighted = order_.weighted();
  report.by_size = firms_.by_size();
  report.gaps.reserve(order.size());
  for (const std::uint32_t place : order) {
    check_stop(options.stop, kGapSearch);
    report.gaps.push_back(gap(gaps_[place]));
  }
  akin_.name_siblings(report.gaps);
  std::ranges::sort(met_, {}, [](const FoundGap& found) { return found.figures.segment; });
  report.met.reserve(met_.size());
  for (const FoundGap& found : met_) {
    check_stop(options.stop, kGapSearch);
    report.met.push_back(gap(found));
  }
  report.anchors = firms_.take_anchors();
  report.factors = firms_.take_factors();
  return report;
}

std::optional<DistrictGaps> GapSearch::outline(const GapOptions& options,
                                               const PlaceMakers& place_makers, std::size_t most) {
  if (!start(options)) return std::nullopt;
  find_gaps(Causes::Drop);
  nearby_.count(firms_.near_places(), place_makers);
  DistrictGaps result;
  result.region = firms_.district().region;
  result.local_firms = firms_.size();
  result.local_makers = firms_.makers();
  for (const FoundGap& found : gaps_) {
    ++result.kind_count[static_cast<std::size_t>(found.figures.kind)];
  }
  result.met = met_.size();
  const std::vector<std::uint32_t> order = order_.most_severe(gaps_, options.everywhere, most);
  result.weighted = order_.weighted();
  result.gaps.reserve(order.size());
  for (const std::uint32_t place : order) result.gaps.push_back(surveyed(gaps_[place]));
  return result;
}

// @return  Whether somebody is there.
bool GapSearch::start(const GapOptions& options) {
  options_ = &options;
  stop_.start(options.stop);
  firms_.start(options);
  needs_.start(options);
  made_here_.clear();
  supply_.start(options);
  nearby_.clear();
  gaps_.clear();
  met_.clear();
  return firms_.size() > 0 || !options.newcomers.empty();
}

void GapSearch::find_gaps(Causes causes) {
  firms_.settle();
  read_firms();
  purchases_.read(*options_);
  using Of = LocalNeeds::Of;
  const std::span<const std::uint32_t> needed = needs_.segments(Of::Inputs);
  std::vector<std::uint32_t> demanded(needed.begin(), needed.end());
  for (const std::uint32_t segment : purchases_.segments()) {
    if (!needs_.contains(Of::Inputs, SegmentId{segment})) demanded.push_back(segment);
  }
  supply_.expect(demanded);
  // What lies below a segment before it: its demand is met first.
  std::vector<std::pair<std::size_t, std::uint32_t>> deepest_first;
  for (const std::uint32_t segment : demanded) {
    deepest_first.emplace_back(taxonomy_.count_above(SegmentId{segment}), segment);
  }
  std::ranges::sort(deepest_first, std::greater<>());
  for (const auto& [above, segment] : deepest_first) weigh(SegmentId{segment});
  for (const std::uint32_t number : needs_.segments(Of::Extensions)) {
    const SegmentId segment{number};
    if (!needs_.contains(Of::Inputs, segment) && !purchases_.contains(segment)) weigh(segment);
  }
  add_later_rounds(causes);
}

// What local firms make, need and could make.
void GapSearch::read_firms() {
  akin_.start(options_->stop);
  const Relation makes = graph_.relation(RelationKind::Makes);
  firms_.read_statements([&](std::uint32_t firm, std::uint32_t first) {
    const std::span<const Statement> said = firms_.statements().subspan(first);
    if (firms_.newcomer(firm)) {
      for (const Statement& made : said) akin_.add(firm, made.segment, made.makes);
    } else {
      const EdgeRange all = makes.out_edges(graph_.entity(firms_[firm]));
      for (std::uint64_t e = all.first; e < all.last; ++e) {
        akin_.add(firm, SegmentId{graph_.local(makes.target(EdgeId{e}))}, EdgeId{e});
      }
    }
    if (said.empty()) return;
    made_here_.add(firms_[firm], said);
    needs_.add(firm, first);
  });
  made_here_.set_out();
  akin_.set_out();
  needs_.set_out();
}

void GapSearch::weigh(SegmentId segment) {
  if (taxonomy_.chain(segment)) return;
  check_stop(options_->stop, kGapSearch);
  using Of = LocalNeeds::Of;
  const std::span<LocalNeeds::Row> inputs = needs_.of(Of::Inputs, segment);
  const std::span<LocalNeeds::Row> extensions = needs_.of(Of::Extensions, segment);
  const bool bought = purchases_.contains(segment);
  const bool needed = !inputs.empty() || bought;
  if (!needed && (extensions.empty() || made_here_.contains(segment))) return;
  FoundGap found;
  found.figures.segment = segment;
  count_makers(found);
  found.needers =
      needs_.gather(needed ? inputs : extensions, segment, needed ? Of::Inputs : Of::Extensions);
  found.figures.bought_outside = found.needers.outside;
  found.figures.confidence = bought ? 1 : found.needers.confidence;
  if (needed) {
    if (!inputs.empty()) {
      found.figures.need_weight = needs_.weight(inputs, LocalNeeds::Whose::All);
      if (found.needers.anchors > 0) {
        found.figures.anchor_weight = needs_.weight(inputs, LocalNeeds::Whose::Anchors);
      }
    }
    measure(found);
    // What is known to be bought here is made or at least kept here, whoever makes it.
    const GapFigures& gap = found.figures;
    const bool all_here = gap.demand && gap.purchases && *gap.purchases >= gap.demand->value;
    if (found.makers == 0 && !all_here) {
      // Who makes it for all that is known cannot be said to be missing.
      const bool perhaps =
          firms_.by_size() && sectors_.contains(segment) && akin_.count_possible(segment) > 0;
      found.kinds |= bit(perhaps ? GapKind::Open : GapKind::Missing);
    } else if (found.makers > 0) {
      find_weakness(found);
      if (found.weak != 0) found.kinds |= bit(GapKind::Weak);
      look_for_open(inputs, found);
    }
  }
  if (!extensions.empty() && found.makers == 0) found.kinds |= bit(GapKind::Extension);
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
void GapSearch::look_for_open(std::span<const LocalNeeds::Row> needs, FoundGap& found) {
  const SegmentId segment = found.figures.segment;
  if (!sectors_.contains(segment) && !found.figures.bought_outside) return;
  const std::span<const Maker> makers = made_here_.of(segment);
  const auto unknown = [](const Maker& maker) { return !maker.output.has_value(); };
  if (std::ranges::any_of(makers, unknown)) found.kinds |= bit(GapKind::Open);
  if (!firms_.by_size() || !sectors_.contains(segment)) return;
  double needed = 0;
  for (const LocalNeeds::Row& need : needs) needed += need.plain;
  double made = 0;
  for (const Maker& maker : makers) {
    made += firms_.size_of(firms_.place(maker.firm), maker.segment, maker.makes);
  }
  if (needed > 0) found.figures.size_coverage = std::min(1.0, made / needed);
}

void GapSearch::count_makers(FoundGap& found) {
  const std::span<const Maker> makers = made_here_.of(found.figures.segment);
  found.makers = static_cast<std::uint32_t>(makers.size());
  found.figures.makers_at_risk =
      static_cast<std::size_t>(std::ranges::count_if(makers, &Maker::at_risk));
}

void GapSearch::measure(FoundGap& found) {
  GapFigures& gap = found.figures;
  for (const LocalNeeds::Row& need : needs_.rows(found.needers.rows)) {
    if (!need.complete) ++gap.needs_unknown;
    if (!need.known) continue;
    add(gap.demand, Figure{need.amount, need.basis});
    gap.demand_stated = gap.demand_stated.value_or(0) + needs_.stated_part(need);
    if (firms_.anchor(need.firm)) add(gap.anchor_demand, Figure{need.amount, need.basis});
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
  gap.nested_unknown = supply_.unknown_below(gap.segment);
  double free = 0;  // of the supply
  if (all_makers_known) {
    first.supply = gap.supply;
    gap.concentration = herfindahl(makers);
    const double used = std::min(supply_.used_below(gap.segment), gap.supply->value);
    free = gap.supply->value - used;
    first.supply->value = free;
    if (gap.demand) {
      gap.supply_used = used;
      supply_.meet(gap.segment, std::min(free, gap.demand->value));
    }
  }
  if (!makers.empty() && (!gap.demand || gap.needs_unknown > 0)) {
    supply_.set_unknown(gap.segment);
  }
  supply_.add(first);
  if (!some_maker_known) gap.supply.reset();
  gap.purchases = bought_here(found);
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

// By whose need of it is known.
std::optional<double> GapSearch::bought_here(const FoundGap& found) const {
  return purchases_.from_here(found.figures.segment, [&] {
    std::vector<std::pair<FirmId, double>> known;
    for (const LocalNeeds::Row& need : needs_.rows(found.needers.rows)) {
      if (need.known) known.emplace_back(firms_[need.firm], need.amount);
    }
    std::ranges::sort(known);
    return known;
  });
}

void GapSearch::find_weakness(FoundGap& found) {
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
void GapSearch::find_remedy(FoundGap& found) {
  GapFigures& gap = found.figures;
  gap.possible_maker_count = akin_.count_possible(gap.segment);
  gap.sibling_count = akin_.count_siblings(gap.segment);
  const bool sound = gap.makers_at_risk < found.makers;
  // Who makes something of another sector is no maker of this one.
  const bool akin =
      !sectors_.contains(gap.segment) && (gap.sibling_count > 0 || gap.possible_maker_count > 0);
  if (sound || akin) gap.remedy = Remedy::Foster;
}

// What filling the gaps would make the district need next.
void GapSearch::add_later_rounds(Causes causes) {
  if (options_->rounds == 1) return;
  const std::span<SegmentRound> later = supply_.later_rounds(causes);
  const auto count = static_cast<std::uint32_t>(gaps_.size());
  for (std::uint32_t g = 0; g < count; ++g) gap_of_[raw(gaps_[g].figures.segment)] = g + 1;
  for (std::size_t first = 0, last = 0; first < later.size(); first = last) {
    stop_.take_step();
    const SegmentId segment = later[first].segment;
    bool lacking = false;
    for (; last < later.size() && later[last].segment == segment; ++last) {
      const RoundDemand& round = later[last].demand;
      // Supply that nobody knows cannot be said to meet the demand.
      lacking = lacking || round.leakage.value_or(round.demand.value) > 0;
    }
    const std::span<SegmentRound> rounds = later.subspan(first, last - first);
    const bool needed = supply_.needed_at_first(segment);
    if (const std::uint32_t place = gap_of_[raw(segment)]; place > 0) {
      gaps_[place - 1].later = rounds;
      if (!needed && lacking) hide(gaps_[place - 1]);
    } else if (!needed && lacking) {
      FoundGap found;
      found.figures.segment = segment;
      found.later = rounds;
      count_makers(found);
      hide(found);
      find_remedy(found);
      gaps_.push_back(std::move(found));
    }
  }
  for (std::uint32_t g = 0; g < count; ++g) gap_of_[raw(gaps_[g].figures.segment)] = 0;
}

// Who nearby makes what was found.
void GapSearch::list_nearby() {
  std::vector<std::uint32_t> asked_for;
  for (const FoundGap& gap : gaps_) asked_for.push_back(raw(gap.figures.segment));
  for (const FoundGap& need : met_) asked_for.push_back(raw(need.figures.segment));
  nearby_.list(firms_.near_places(), asked_for, *options_);
}

GapFigures GapSearch::figures(const FoundGap& found) const {
  GapFigures result = found.figures;
  for (const GapKind kind : kKinds) {
    if ((found.kinds & bit(kind)) != 0) result.kinds.push_back(kind);
  }
  for (const WeakReason reason : kReasons) {
    if ((found.weak & bit(reason)) != 0) result.weak.push_back(reason);
  }
  return result;
}

SurveyedGap GapSearch::surveyed(const FoundGap& found) const {
  SurveyedGap result{figures(found)};
  result.severity = severity_amount(found);
  result.needers = found.needers.rows.count;
  result.anchors = found.needers.anchors;
  result.makers = found.makers;
  result.nearby_makers = nearby_.counted(found.figures.segment);
  return result;
}

Gap GapSearch::gap(const FoundGap& found) {
  Gap result{figures(found)};
  const SegmentId segment = result.segment;
  for (SegmentRound& round : found.later) result.later.push_back(std::move(round.demand));
  std::vector<SegmentId> buyers;
  for (const LocalNeeds::Row& row : needs_.rows(found.needers.rows)) {
    Need need{firms_[row.firm], segment};
    need.reckoned = row.reckoned();
    if (need.reckoned) {
      const Statement& statement = firms_.statement(row.statement);
      need.product = statement.segment;
      need.makes = statement.makes;
      need.requires_edge = EdgeId{row.rule};
    }
    if (row.bought) {
      need.purchase = purchases_[*row.bought].edge;
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
    if (firms_.anchor(row.firm)) result.anchors.push_back(need.firm);
  }
  std::ranges::sort(result.anchors);
  result.makers = makers(segment);
  const std::span<const Maker> near = nearby_.of(segment);
  result.nearby_makers.assign(near.begin(), near.end());
  if (found.kinds == 0) return result;
  result.possible_makers = akin_.possible(segment);
  result.examples = sectors_.examples(buyers, segment, kExamples);
  if (kind_rank(result.kind) > 0 || sectors_.kinds(segment).empty()) {
    return result;  // what local products go into nobody here works up
  }
  const auto by_own = order_.needed_by_products(found) ? ByOwnProducts::Yes : ByOwnProducts::No;
  result.kinds_needed = kinds_needed(graph_, sectors_, result, nearby_.how_many(segment), by_own);
  return result;
}

// Largest output first; then the largest firm, where sizes are looked at.
std::vector<Maker> GapSearch::makers(SegmentId segment) {
  const std::span<const Maker> all = made_here_.of(segment);
  std::vector<Maker> makers(all.begin(), all.end());
  if (!firms_.by_size()) return makers;
  std::ranges::stable_sort(makers, {}, [&](const Maker& maker) {
    return std::pair(-maker.output.value_or(-1),
                     -firms_.size_of(firms_.place(maker.firm), maker.segment, maker.makes));
  });
  return makers;
}

}  // namespace liantu
