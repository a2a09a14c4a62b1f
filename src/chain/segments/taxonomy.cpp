#include "chain/segments/taxonomy.hpp"

#include <algorithm>
#include <iterator>
#include <limits>

#include <absl/container/btree_map.h>

namespace liantu {
namespace {

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

}  // namespace

Taxonomy::Taxonomy(const EnterpriseGraph& graph, const Stopping& stopping)
    : graph_(graph), chain_(graph.size(EntityKind::Segment)) {
  for (std::uint32_t i = 0; i < size(); ++i) {
    if (i % kLooksApart == 0) stopping.check();
    chain_[i] = graph.text(graph.entity(SegmentId{i}), EntityText::Type) == "chain";
  }
  gather_parents(stopping);
  number(stopping);
  gather_shortcuts();
}

void Taxonomy::gather_parents(const Stopping& stopping) {
  const Relation part_of = graph_.relation(RelationKind::PartOf);
  parent_offsets_.reserve(size() + std::size_t{1});
  for (std::uint32_t i = 0; i < size(); ++i) {
    if (i % kLooksApart == 0) stopping.check();
    const std::size_t first = parents_.size();
    parent_offsets_.push_back(static_cast<std::uint32_t>(first));
    for (const EntityId parent : part_of.targets(graph_.entity(SegmentId{i}))) {
      const SegmentId above{graph_.local(parent)};
      // Ascending; one stands twice when years differ.
      const bool again = parents_.size() > first && parents_.back() == above;
      if (!again && !chain(above) && raw(above) != i) parents_.push_back(above);
    }
  }
  parent_offsets_.push_back(static_cast<std::uint32_t>(parents_.size()));
}

void Taxonomy::number(const Stopping& stopping) {
  const Relation part_of = graph_.relation(RelationKind::PartOf);
  positions_.assign(size(), kNone);
  ends_.assign(size(), 0);
  depths_.assign(size(), 0);
  one_way_up_.assign(size(), false);
  order_.reserve(size());
  for (std::uint32_t i = 0; i < size(); ++i) {
    if (i % kLooksApart == 0) stopping.check();
    if (positions_[i] == kNone && parents(SegmentId{i}).empty()) {
      place_all_below(SegmentId{i}, part_of, stopping);
    }
  }
  // What lies on a circle, in a graph that was read unchecked.
  for (std::uint32_t i = 0; i < size(); ++i) {
    if (positions_[i] == kNone) place_all_below(SegmentId{i}, part_of, stopping);
  }
}

// Gives positions to a segment without a parent and to all below it that have none yet. A walk that
// keeps its own stack, as a taxonomy may be as deep as it is large.
void Taxonomy::place_all_below(SegmentId top, const Relation& part_of, const Stopping& stopping) {
  struct Step {
    SegmentId segment{0};
    std::size_t next = 0;  // of its children
  };
  std::vector<Step> path;
  const auto place = [&](SegmentId segment) {
    if (order_.size() % kLooksApart == 0) stopping.check();
    positions_[raw(segment)] = static_cast<std::uint32_t>(order_.size());
    order_.push_back(segment);
    depths_[raw(segment)] = static_cast<std::uint32_t>(path.size());
    const std::span<const SegmentId> above = parents(segment);
    one_way_up_[raw(segment)] =
        above.empty() || (above.size() == 1 && !path.empty() && one_way_up_[raw(above.front())]);
    path.push_back({segment, 0});
  };
  place(top);
  while (!path.empty()) {
    Step& step = path.back();
    const auto children = part_of.sources(graph_.entity(step.segment));
    // A chain groups segments and has none below it here: gather_shortcuts() leads to them.
    if (chain(step.segment) || step.next == children.size()) {
      ends_[raw(step.segment)] = static_cast<std::uint32_t>(order_.size());
      path.pop_back();
      continue;
    }
    const SegmentId child{graph_.local(children[step.next++])};
    if (!chain(child) && positions_[raw(child)] == kNone) place(child);
  }
}

void Taxonomy::gather_shortcuts() {
  const Relation part_of = graph_.relation(RelationKind::PartOf);
  for (std::uint32_t i = 0; i < size(); ++i) {
    const SegmentId above{i};
    // Where all below it stand behind it, each one level deeper, nothing is left to note.
    for (const EntityId entity : part_of.sources(graph_.entity(above))) {
      const SegmentId child{graph_.local(entity)};
      if (chain(child) || child == above) continue;
      const bool behind = position(child) > position(above) && position(child) < ends_[i];
      const bool followed = behind && !chain(above) && depth(child) == depth(above) + 1;
      if (!followed) shortcuts_.push_back({position(above), position(child)});
    }
  }
  std::ranges::sort(shortcuts_);
}

std::span<const Taxonomy::Shortcut> Taxonomy::shortcuts_from(Range range) const {
  const auto first = std::ranges::lower_bound(shortcuts_, range.first, {}, &Shortcut::from);
  const auto last =
      std::ranges::lower_bound(first, shortcuts_.end(), range.last, {}, &Shortcut::from);
  return {first, last};
}

void Taxonomy::append_ranges_below(SegmentId segment, std::vector<Range>& ranges) const {
  const Range whole = own_range(segment);
  if (shortcuts_from(whole).empty()) {
    ranges.push_back(whole);
    return;
  }
  // Ranges lie within each other or apart.
  absl::btree_map<std::uint32_t, std::uint32_t> found;  // first → last
  std::vector<std::uint32_t> open = {whole.first};      // positions
  for (std::size_t next = 0; next < open.size(); ++next) {
    const Range range = own_range(at(open[next]));
    auto behind = found.upper_bound(range.first);
    if (behind != found.begin() && std::prev(behind)->second > range.first) continue;
    // What was found within it has been looked at.
    std::uint32_t from = range.first;
    const auto look_until = [&](std::uint32_t to) {
      for (const Shortcut& one : shortcuts_from({from, to})) open.push_back(one.to);
    };
    while (behind != found.end() && behind->first < range.last) {
      look_until(behind->first);
      from = behind->second;
      behind = found.erase(behind);
    }
    look_until(range.last);
    found.emplace(range.first, range.last);
  }
  for (const auto& [first, last] : found) ranges.push_back({first, last});
}

std::vector<SegmentId> Taxonomy::below(SegmentId segment) const {
  const Relation part_of = graph_.relation(RelationKind::PartOf);
  std::vector<SegmentId> found = {segment};
  HashSet<std::uint32_t> seen = {raw(segment)};
  for (std::size_t at = 0; at < found.size(); ++at) {
    for (const EntityId next : part_of.sources(graph_.entity(found[at]))) {
      const SegmentId id{graph_.local(next)};
      if (!chain(id) && seen.insert(raw(id)).second) found.push_back(id);
    }
  }
  return found;
}

std::vector<SegmentId> Taxonomy::above(SegmentId segment) const {
  std::vector<SegmentId> found;
  walk_up(segment, [&](const Ancestor& one) {
    if (one.level > 0) found.push_back(one.segment);
    return true;
  });
  return found;
}

std::size_t Taxonomy::count_above(SegmentId segment) const {
  if (one_way_up_[raw(segment)]) return depth(segment);
  std::size_t count = 0;
  walk_up(segment, [&](const Ancestor& one) {
    if (one.level > 0) ++count;
    return true;
  });
  return count;
}

bool Taxonomy::at_or_below(SegmentId segment, SegmentId other) const {
  const Range range = own_range(other);
  if (position(segment) >= range.first && position(segment) < range.last) return true;
  if (one_way_up_[raw(segment)] || shortcuts_from(range).empty()) return false;
  bool found = false;
  walk_up(segment, [&](const Ancestor& one) {
    found = found || one.segment == other;
    return !found;
  });
  return found;
}

std::uint32_t Taxonomy::levels_below(SegmentId segment, SegmentId other) const {
  if (one_way_up_[raw(segment)] || shortcuts_from(own_range(other)).empty()) {
    return depth(segment) - depth(other);
  }
  std::uint32_t levels = 0;
  walk_up(segment, [&](const Ancestor& one) {
    levels = one.level;
    return one.segment != other;
  });
  return levels;
}

std::vector<EdgeId> Taxonomy::inputs(SegmentId segment) const {
  const Relation requires_ = graph_.relation(RelationKind::Requires);
  std::vector<EdgeId> edges;
  std::uint32_t level = 0;  // of those found
  walk_up(segment, [&](const Ancestor& one) {
    if (!edges.empty() && one.level > level) return false;
    const EdgeRange range = requires_.out_edges(graph_.entity(one.segment));
    for (std::uint64_t edge = range.first; edge < range.last; ++edge) edges.push_back(EdgeId{edge});
    level = one.level;
    return true;
  });
  return edges;
}

}  // namespace liantu
