#include "chain/structure/product_space.hpp"

#include <algorithm>
#include <bit>
#include <limits>

#include "base/values/confidence.hpp"

namespace liantu {
namespace {

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

void sort_once(std::vector<std::uint32_t>& numbers) {
  std::ranges::sort(numbers);
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
}

}  // namespace

ProductSpace::ProductSpace(const Economy& economy, const Options& options,
                           const std::function<bool(FirmId)>& counts)
    : economy_(economy), min_confidence_(options.min_confidence), stopping_(options.stopping) {
  const std::uint32_t segments = economy.graph().size(EntityKind::Segment);
  std::vector<std::uint32_t> makers(segments);
  std::size_t regions = 0;
  for (const Economy::Place& place : economy.places()) {
    const bool district = place.region.level() == RegionLevel::District;
    bool some = false;
    for (const FirmId firm : place.firms) {
      if (!counts(firm)) continue;
      const std::vector<std::uint32_t> made = all_made(firm);
      for (const std::uint32_t segment : made) ++makers[segment];
      if (made.empty()) continue;
      ++maker_count_;
      some = true;
    }
    if (district && some) ++regions;
  }
  number_.assign(segments, kNone);
  for (std::uint32_t s = 0; s < segments; ++s) {
    if (makers[s] < options.least_makers) continue;
    number_[s] = static_cast<std::uint32_t>(segments_.size());
    segments_.push_back(SegmentId{s});
    makers_.push_back(makers[s]);
  }
  unit_ = regions >= options.least_units ? RelatednessUnit::Regions : RelatednessUnit::Firms;
  for (const Economy::Place& place : economy.places()) {
    if (unit_ == RelatednessUnit::Regions && place.region.level() != RegionLevel::District)
      continue;
    std::vector<std::uint32_t> of_place;
    bool some = false;
    for (const FirmId firm : place.firms) {
      if (!counts(firm)) continue;
      std::vector<std::uint32_t> made;
      const std::vector<std::uint32_t> all = all_made(firm);
      some = some || !all.empty();
      for (const std::uint32_t segment : all) {
        if (number_[segment] != kNone) made.push_back(number_[segment]);
      }
      if (unit_ == RelatednessUnit::Firms) {
        if (!all.empty()) units_.push_back(std::move(made));
      } else {
        of_place.insert(of_place.end(), made.begin(), made.end());
      }
    }
    if (unit_ == RelatednessUnit::Firms || !some) continue;
    sort_once(of_place);
    units_.push_back(std::move(of_place));
  }
  made_by_.assign(segments_.size(), 0);
  if (unit_ == RelatednessUnit::Regions) {
    words_ = (units_.size() + 63) / 64;
    bits_.assign(segments_.size() * words_, 0);
  } else {
    makers_of_.resize(segments_.size());
  }
  for (std::uint32_t u = 0; u < units_.size(); ++u) {
    for (const std::uint32_t s : units_[u]) {
      ++made_by_[s];
      if (unit_ == RelatednessUnit::Regions) {
        bits_[s * words_ + u / 64] |= std::uint64_t{1} << (u % 64);
      } else {
        makers_of_[s].push_back(u);
      }
    }
  }
}

// Segments a firm makes, those above them included.
std::vector<std::uint32_t> ProductSpace::all_made(FirmId firm) const {
  const EnterpriseGraph& graph = economy_.graph();
  const Relation makes = graph.relation(RelationKind::Makes);
  std::vector<std::uint32_t> made;
  const EdgeRange edges = makes.out_edges(graph.entity(firm));
  for (std::uint64_t e = edges.first; e < edges.last; ++e) {
    const SegmentId segment{graph.local(makes.target(EdgeId{e}))};
    if (economy_.taxonomy().chain(segment)) continue;
    const double confidence = static_cast<double>(makes.provenance(EdgeId{e}).confidence);
    if (!reaches(confidence, min_confidence_)) continue;
    economy_.taxonomy().walk_up(segment, [&](const Ancestor& above) {
      if (made.size() % kLooksApart == 0) stopping_.check();
      made.push_back(raw(above.segment));
      return true;
    });
  }
  sort_once(made);
  return made;
}

std::vector<std::uint32_t> ProductSpace::made(std::span<const FirmId> firms) const {
  std::vector<std::uint32_t> made;
  for (const FirmId firm : firms) {
    for (const std::uint32_t segment : all_made(firm)) {
      if (number_[segment] != kNone) made.push_back(number_[segment]);
    }
  }
  sort_once(made);
  return made;
}

void ProductSpace::together(std::size_t number, std::vector<std::uint32_t>& counts) const {
  counts.assign(segments_.size(), 0);
  if (unit_ == RelatednessUnit::Regions) {
    const std::uint64_t* mine = bits_.data() + number * words_;
    for (std::size_t s = 0; s < segments_.size(); ++s) {
      const std::uint64_t* other = bits_.data() + s * words_;
      int count = 0;
      for (std::size_t w = 0; w < words_; ++w) count += std::popcount(mine[w] & other[w]);
      counts[s] = static_cast<std::uint32_t>(count);
    }
  } else {
    for (const std::uint32_t unit : makers_of_[number]) {
      for (const std::uint32_t s : units_[unit]) ++counts[s];
    }
  }
  const auto in_line = [&](SegmentId segment) {
    if (number_[raw(segment)] != kNone) counts[number_[raw(segment)]] = 0;
  };
  economy_.taxonomy().walk_up(segments_[number], [&](const Ancestor& above) {
    in_line(above.segment);
    return true;
  });
  for (const SegmentId below : economy_.taxonomy().below(segments_[number])) in_line(below);
}

}  // namespace liantu
