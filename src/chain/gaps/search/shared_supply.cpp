#include "chain/gaps/search/shared_supply.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "chain/economy/stopping.hpp"

namespace liantu {
namespace {

constexpr double kBoundless = std::numeric_limits<double>::infinity();

}  // namespace

SharedSupply::SharedSupply(const Economy& economy, MakerTable& made_here)
    : taxonomy_(economy.taxonomy()),
      made_here_(made_here),
      stop_(kGapSearch),
      demanded_(taxonomy_, SegmentMarks::Asked::FromBoth),
      met_yuan_(economy.graph().size(EntityKind::Segment)),
      unknown_(economy.graph().size(EntityKind::Segment)),
      spare_(economy.graph().size(EntityKind::Segment), kBoundless),
      rounds_(taxonomy_, economy.rules(), economy.graph().size(EntityKind::Segment)) {}

void SharedSupply::start(const GapOptions& options) {
  options_ = &options;
  stop_.start(options.stop);
  first_rounds_.clear();
  met_yuan_.clear();
  unknown_.clear();
  for (const std::uint32_t segment : spared_) spare_[segment] = kBoundless;
  spared_.clear();
}

// Over all below a segment, itself left out while nothing is set for it.
double SharedSupply::sum_below(const PositionSums& sums, SegmentId segment) {
  ranges_.clear();
  taxonomy_.append_ranges_below(segment, ranges_);
  double total = 0;
  for (const Taxonomy::Range& range : ranges_) total += sums.sum(range);
  return total;
}

// What demands for segments above it leave of the supply that they share with it.
double SharedSupply::spare_above(SegmentId segment) const {
  double spare = kBoundless;
  demanded_.for_each_above(segment, [&](const Ancestor& above) {
    spare = std::min(spare, spare_[raw(above.segment)]);
    return !taxonomy_.one_way_up(segment);  // else it knows of all above itself
  });
  return spare;
}

// A demand can have of a supply what neither demands below it nor those above it use.
void SharedSupply::find_spare() {
  std::vector<std::pair<std::size_t, FirstRound*>> topmost_first;
  for (FirstRound& one : first_rounds_) {
    topmost_first.emplace_back(taxonomy_.count_above(one.segment), &one);
  }
  std::ranges::stable_sort(topmost_first, {}, [](const auto& entry) { return entry.first; });
  for (const auto& [above, one] : topmost_first) {
    stop_.take_step();
    double spare = spare_above(one->segment);
    if (one->supply) {
      spare = std::min(spare, std::max(0.0, one->supply->value - one->demand.value));
      one->spare = spare;
    }
    spare_[raw(one->segment)] = spare;
    spared_.push_back(raw(one->segment));
  }
}

// Of the supply of a segment, after the first round; nothing when an output is not known.
std::optional<Figure> SharedSupply::left(SegmentId segment) {
  Figure total{0, Basis::Stated};
  for (const Maker& maker : made_here_.of(segment)) {
    if (!maker.output) return std::nullopt;
    total.value += *maker.output;
    total.basis = softer(total.basis, maker.basis);
  }
  total.value = std::max(0.0, total.value - used_below(segment));
  total.value = std::min(total.value, spare_above(segment));
  return total;
}

std::span<SegmentRound> SharedSupply::later_rounds(Causes causes) {
  std::ranges::sort(first_rounds_, {}, &FirstRound::segment);
  find_spare();
  return rounds_.run(
      first_rounds_, [&](SegmentId segment) { return left(segment); },
      {options_->rounds, options_->min_confidence, options_->stop}, causes);
}

bool SharedSupply::needed_at_first(SegmentId segment) const {
  return std::ranges::binary_search(first_rounds_, segment, {}, &FirstRound::segment);
}

}  // namespace liantu
