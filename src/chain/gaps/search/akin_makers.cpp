#include "chain/gaps/search/akin_makers.hpp"

#include <algorithm>
#include <tuple>

#include "chain/economy/stopping.hpp"

namespace liantu {
namespace {

auto maker_order(const Maker& maker) { return std::tuple(-maker.output.value_or(-1), maker.firm); }

}  // namespace

AkinMakers::AkinMakers(const Economy& economy, const LocalFirms& firms, MakerTable& made_here)
    : graph_(economy.graph()),
      taxonomy_(economy.taxonomy()),
      part_of_(graph_.relation(RelationKind::PartOf)),
      made_here_(made_here),
      firms_(firms),
      stop_(kGapSearch),
      said_to_make_(graph_.size(EntityKind::Segment)),
      said_of_(taxonomy_, SegmentMarks::Asked::FromBoth),
      siblings_(graph_.size(EntityKind::Segment)) {}

void AkinMakers::start(std::stop_token stop) {
  stop_.start(std::move(stop));
  said_to_make_.clear();
  for (const std::uint32_t parent : counted_siblings_) siblings_[parent].reset();
  counted_siblings_.clear();
  seen_.assign(firms_.size(), 0);
  seeing_ = 0;
}

void AkinMakers::set_out() {
  said_to_make_.set_out();
  said_of_.mark(said_to_make_.filled());
}

// What local firms say of the segment, of what lies below it and of what lies above it, nearest of
// those above first.
template <typename Visit>
void AkinMakers::for_each_said(SegmentId segment, const Visit& visit) {
  const auto look_at = [&](SegmentId one) {
    for (const auto& [firm, edge] : said_to_make_[raw(one)]) {
      stop_.take_step();
      visit(firm, one, edge);
    }
  };
  said_of_.for_each_below(segment, look_at);
  said_of_.for_each_above(segment, [&](const Ancestor& above) {
    look_at(above.segment);
    return true;
  });
}

// Local firms too doubtfully said to make the segment, or said to make something broader.
std::size_t AkinMakers::count_possible(SegmentId segment) {
  std::size_t count = 0;
  forget_seen(made_here_.of(segment));
  for_each_said(segment, [&](std::uint32_t firm, SegmentId, EdgeId) {
    if (see(firm)) ++count;
  });
  return count;
}

// Those that a gap names.
std::vector<Maker> AkinMakers::possible(SegmentId segment) {
  struct Row {
    bool above = false;  // the segment
    std::uint32_t level = 0;
    std::uint32_t firm = 0;
    Maker maker;
  };
  std::vector<Row> rows;
  for_each_said(segment, [&](std::uint32_t firm, SegmentId of, EdgeId edge) {
    Row row{!taxonomy_.at_or_below(of, segment), 0, firm, {firms_[firm], of, edge}};
    if (!row.above) row.level = taxonomy_.levels_below(of, segment);
    rows.push_back(row);
  });
  std::ranges::stable_sort(rows, {},
                           [](const Row& row) { return std::tuple(row.above, row.level); });
  std::vector<Maker> makers;
  forget_seen(made_here_.of(segment));
  for (Row& row : rows) {
    if (makers.size() == kPossibleMakers) break;
    if (!see(row.firm)) continue;
    row.maker.basis = firms_.newcomers().provenance(row.maker.makes).basis;
    row.maker.at_risk = made_here_.at_risk(row.maker.firm);
    makers.push_back(row.maker);
  }
  return makers;
}

// Local firms that make a segment with this parent, largest known output first, then by firm; each
// once, with the first such segment that it makes.
std::vector<Maker> AkinMakers::makers_right_below(SegmentId parent) {
  std::vector<Maker> found;
  // Whoever makes a child makes something below the parent.
  if (taxonomy_.chain(parent) || !made_here_.contains(parent)) return found;
  std::vector<Maker> makers;
  forget_seen({});
  for (const EntityId child : part_of_.sources(graph_.entity(parent))) {
    stop_.take_step();
    const SegmentId one{graph_.local(child)};
    if (!made_here_.contains(one)) continue;
    makers.clear();
    made_here_.append_makers(one, makers);
    for (const Maker& maker : makers) {
      stop_.take_step();
      if (see(maker.firm)) found.push_back(maker);
    }
  }
  std::ranges::sort(found, {}, maker_order);
  return found;
}

// Local firms that make a sibling of the segment and not the segment. Most segments have one
// parent, below which whoever makes the segment makes something too.
std::size_t AkinMakers::count_siblings(SegmentId segment) {
  const std::span<const SegmentId> parents = taxonomy_.parents(segment);
  if (parents.size() > 1) return siblings(segment, parents).size();
  if (parents.empty() || !made_here_.contains(parents.front())) return 0;
  std::optional<std::uint32_t>& known = siblings_[raw(parents.front())];
  if (!known) {
    forget_seen({});
    std::uint32_t firms = 0;
    made_here_.for_each_firm_below(parents.front(), [&](FirmId firm) {
      stop_.take_step();
      if (see(firm)) ++firms;
    });
    known = firms;
    counted_siblings_.push_back(raw(parents.front()));
  }
  return *known - made_here_.of(segment).size();
}

// @param parents  Of the segment.
std::vector<Maker> AkinMakers::siblings(SegmentId segment, std::span<const SegmentId> parents) {
  std::vector<Maker> all;
  for (const SegmentId parent : parents) {
    const std::vector<Maker> some = makers_right_below(parent);
    all.insert(all.end(), some.begin(), some.end());
  }
  forget_seen(made_here_.of(segment));
  std::erase_if(all, [&](const Maker& maker) { return !see(maker.firm); });
  std::ranges::sort(all, {}, maker_order);
  return all;
}

// Fills those that gaps name, parent by parent: what stands below it is looked at once for all gaps
// there.
void AkinMakers::name_siblings(std::span<Gap> gaps) {
  std::vector<std::pair<SegmentId, std::size_t>> by_parent;
  for (std::size_t g = 0; g < gaps.size(); ++g) {
    const std::span<const SegmentId> parents = taxonomy_.parents(gaps[g].segment);
    if (parents.size() == 1) {
      by_parent.emplace_back(parents.front(), g);
    } else if (parents.size() > 1) {
      gaps[g].siblings = siblings(gaps[g].segment, parents);
      if (gaps[g].siblings.size() > kPossibleMakers) gaps[g].siblings.resize(kPossibleMakers);
    }
  }
  std::ranges::sort(by_parent);
  std::vector<Maker> all;
  for (std::size_t k = 0; k < by_parent.size(); ++k) {
    const auto [parent, g] = by_parent[k];
    if (k == 0 || by_parent[k - 1].first != parent) all = makers_right_below(parent);
    forget_seen(made_here_.of(gaps[g].segment));
    for (const Maker& maker : all) {
      if (gaps[g].siblings.size() == kPossibleMakers) break;
      stop_.take_step();
      if (see(maker.firm)) gaps[g].siblings.push_back(maker);
    }
  }
}

// Starts to see firms for the first time, but for the makers.
void AkinMakers::forget_seen(std::span<const Maker> makers) {
  ++seeing_;
  for (const Maker& maker : makers) seen_[firms_.place(maker.firm)] = seeing_;
}

// Whether a firm is seen for the first time.
bool AkinMakers::see(std::uint32_t firm) { return std::exchange(seen_[firm], seeing_) != seeing_; }

bool AkinMakers::see(FirmId firm) { return see(firms_.place(firm)); }

}  // namespace liantu
