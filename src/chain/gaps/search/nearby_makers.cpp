#include "chain/gaps/search/nearby_makers.hpp"

#include <algorithm>

#include "chain/economy/stopping.hpp"

namespace liantu {

NearbyMakers::NearbyMakers(const Economy& economy)
    : economy_(economy), listed_(economy), counts_(economy.graph().size(EntityKind::Segment)) {}

void NearbyMakers::clear() {
  listed_.clear();
  for (const std::uint32_t segment : counted_) counts_[segment] = 0;
  counted_.clear();
}

void NearbyMakers::list(std::span<const std::size_t> places,
                        std::span<const std::uint32_t> segments, const GapOptions& options) {
  const EnterpriseGraph& graph = economy_.graph();
  const Relation makes = graph.relation(RelationKind::Makes);
  const FirmFilter filter(economy_, options);
  const Productions productions(graph, economy_.taxonomy(), options.min_confidence,
                                &options.factors);
  SegmentMarks wanted(economy_.taxonomy(), SegmentMarks::Asked::FromBoth);
  wanted.mark(segments);
  const auto of_use = [&](EntityId product) {
    return wanted.any_at_or_above(SegmentId{graph.local(product)});
  };
  std::uint32_t looked_at = 0;
  for (const std::size_t place : places) {
    for (const FirmId firm : economy_.places()[place].firms) {
      if (looked_at++ % 1024 == 0) check_stop(options.stop, kGapSearch);
      if (!filter.stays(firm)) continue;
      if (std::ranges::none_of(makes.targets(graph.entity(firm)), of_use)) continue;
      statements_.clear();
      productions.append_statements(firm, statements_);
      listed_.add(firm, statements_);
    }
  }
  listed_.set_out();
}

void NearbyMakers::count(std::span<const std::size_t> places, const PlaceMakers& place_makers) {
  for (const std::size_t place : places) {
    for (const PlaceMakers::Count& count : place_makers.of(place)) {
      std::uint32_t& sum = counts_[raw(count.segment)];
      if (sum == 0) counted_.push_back(raw(count.segment));
      sum += count.firms;
    }
  }
}

double NearbyMakers::how_many(SegmentId segment) {
  return static_cast<double>(
      std::max<std::size_t>(listed_.of(segment).size(), counts_[raw(segment)]));
}

}  // namespace liantu
