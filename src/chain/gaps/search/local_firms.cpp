#include "chain/gaps/search/local_firms.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "chain/economy/stopping.hpp"
#include "chain/firms/anchors.hpp"
#include "chain/firms/branches.hpp"
#include "chain/firms/whereabouts.hpp"
#include "chain/gaps/search/firm_filter.hpp"

namespace liantu {
namespace {

// Less of a firm is no occasion to say that it needs what that sector needs.
constexpr double kLeastPart = 0.3;
constexpr float kLeastSure = 0.5F;  // of an industry that was inferred

}  // namespace

LocalFirms::LocalFirms(const Economy& economy)
    : economy_(economy),
      graph_(economy.graph()),
      sectors_(economy.sectors()),
      makes_(graph_.relation(RelationKind::Makes)) {}

void LocalFirms::start(const GapOptions& options) {
  options_ = &options;
  district_ = complete_district(options.district);
  makers_ = 0;
  gone_ = 0;
  unlocated_ = 0;
  firms_.clear();
  near_places_.clear();
  statements_.clear();
  backings_.clear();
  factors_.clear();
  newcomers_.emplace(graph_, economy_.taxonomy(), options.newcomers);
  const FirmFilter filter(economy_, options);
  const bool today = !options.founded_before.known();
  const std::span<const Economy::Place> places = economy_.places();
  for (std::size_t p = 0; p < places.size(); ++p) {
    switch (standing(places[p].region, district_)) {
      case Standing::Inside:
        std::ranges::copy_if(places[p].firms, std::back_inserter(firms_),
                             [&](FirmId firm) { return filter.stays(firm); });
        gone_ += static_cast<std::uint32_t>(std::ranges::count_if(
            places[p].firms, [&](FirmId firm) { return today && economy_.gone(firm); }));
        break;
      case Standing::Unknown:
        unlocated_ += static_cast<std::uint32_t>(places[p].firms.size());
        [[fallthrough]];
      default:
        if (nearby(places[p].region, district_)) near_places_.push_back(p);
    }
  }
  std::ranges::copy_if(filter.moved(), std::back_inserter(firms_),
                       [&](FirmId firm) { return filter.counts(firm); });
  std::ranges::sort(firms_);
  for (const FirmId firm : firms_) {
    if (!makes_.out_edges(graph_.entity(firm)).empty()) ++makers_;
  }
}

void LocalFirms::settle() {
  anchors_ = options_->chosen_anchors
                 ? *options_->chosen_anchors
                 : choose_anchors_among(
                       graph_, Productions(graph_, economy_.taxonomy(), 0, &options_->factors),
                       firms_, district_, options_->anchors);
  let_newcomers_in();
  anchor_.assign(firms_.size(), 0);
  for (const FirmId firm : anchors_.firms) {
    if (const std::uint32_t at = place(firm); at < size()) anchor_[at] = 1;
  }
  measure();
}

// After the anchors are chosen: a newcomer is one only where that is assumed too.
void LocalFirms::let_newcomers_in() {
  std::ranges::copy(newcomers_->firms(), std::back_inserter(firms_));  // beyond all others
  makers_ += static_cast<std::uint32_t>(options_->newcomers.size());
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
void LocalFirms::measure() {
  sizes_.assign(firms_.size(), 1);
  by_size_ = false;
  groups_.reset();
  if (!sectors_.any()) return;
  std::vector<double> known;
  const auto capital = [&](FirmId firm) {
    if (newcomers_->has(firm)) return 0.0;
    const auto stated = graph_.number(graph_.entity(firm), EntityNumber::RegisteredCapital);
    return stated ? std::max(0.0, stated->value) : 0.0;
  };
  for (const FirmId firm : firms_) {
    if (const double value = capital(firm); value > 0) known.push_back(value);
  }
  if (known.empty()) return;
  by_size_ = true;
  const auto newcomer = [&](FirmId firm) { return newcomers_->has(firm); };
  groups_.emplace(graph_, std::span(firms_.begin(), std::ranges::find_if(firms_, newcomer)));
  const auto quarter = known.begin() + static_cast<std::ptrdiff_t>(known.size() / 4);
  std::ranges::nth_element(known, quarter);
  for (std::size_t i = 0; i < firms_.size(); ++i) {
    const double value = capital(firms_[i]);
    sizes_[i] = value > 0 ? value : *quarter;
  }
}

void LocalFirms::read_statements(
    const std::function<void(std::uint32_t firm, std::uint32_t statement)>& each) {
  const Taxonomy& taxonomy = economy_.taxonomy();
  const Productions productions(graph_, taxonomy, options_->min_confidence, &options_->factors);
  const auto newcomer =
      std::ranges::find_if(firms_, [&](FirmId firm) { return newcomers_->has(firm); });
  const Branches branches(graph_, {firms_.begin(), newcomer});
  std::vector<Statement> own;
  std::vector<std::uint32_t> estimated(options_->factors.size());
  std::vector<std::size_t> used;
  for (std::uint32_t i = 0; i < firms_.size(); ++i) {
    if (i % 1024 == 0) check_stop(options_->stop, kGapSearch);
    const std::size_t first = statements_.size();
    if (newcomers_->has(firms_[i])) {
      std::ranges::copy(newcomers_->statements(firms_[i]), std::back_inserter(statements_));
    } else if (const auto head = branches.head_of(firms_[i])) {
      own = productions.statements(firms_[i]);
      leave_out_what_the_head_says(taxonomy, productions.statements(*head), own);
      std::ranges::copy(own, std::back_inserter(statements_));
    } else {
      productions.append_statements(firms_[i], statements_);
    }
    used.clear();
    for (std::size_t s = first; s < statements_.size(); ++s) {
      if (statements_[s].factor) used.push_back(*statements_[s].factor);
      const Provenance from = newcomers_->provenance(statements_[s].makes);
      backings_.push_back({static_cast<double>(from.confidence), from.basis});
    }
    std::ranges::sort(used);
    used.erase(std::unique(used.begin(), used.end()), used.end());
    for (const std::size_t factor : used) ++estimated[factor];
    each(i, static_cast<std::uint32_t>(first));
  }
  for (std::size_t f = 0; f < estimated.size(); ++f) {
    if (estimated[f] > 0) factors_.push_back({options_->factors[f], estimated[f]});
  }
}

std::uint32_t LocalFirms::place(FirmId firm) const {
  const auto at = std::ranges::lower_bound(firms_, firm);
  return at == firms_.end() || *at != firm ? size()
                                           : static_cast<std::uint32_t>(at - firms_.begin());
}

// The share stated or inferred, else the chance that it is the main sector, times the share that a main
// sector then has, which is the larger the surer it is.
double LocalFirms::size_of(std::uint32_t firm, SegmentId segment, EdgeId makes) const {
  if (newcomer(firm)) return sizes_[firm];
  const Provenance from = makes_.provenance(makes);
  const auto confidence = static_cast<double>(from.confidence);
  if (!sectors_.contains(segment)) return sizes_[firm] * confidence;
  if (const auto share = makes_.number(makes, EdgeNumber::Share)) return sizes_[firm] * *share;
  return sizes_[firm] * confidence * (from.basis == Basis::Inferred ? confidence : 1);
}

bool LocalFirms::buys_inputs(std::uint32_t firm, std::uint32_t statement) const {
  const Statement& made = statements_[statement];
  if (!sectors_.contains(made.segment) || newcomer(firm)) return true;
  if (made.output && made.output->basis == Basis::Stated) return true;
  const auto share = makes_.number(made.makes, EdgeNumber::Share);
  if (share && *share < kLeastPart) return false;
  if (sectors_.buys_nothing(made.segment)) return false;
  const bool inferred = makes_.provenance(made.makes).basis == Basis::Inferred;
  if (inferred && makes_.provenance(made.makes).confidence < kLeastSure) return false;
  if (inferred && groups_ && groups_->leaves_making(firms_[firm])) return false;
  return !named_as_no_buyer(graph_.name(graph_.entity(firms_[firm])));
}

}  // namespace liantu
