#include "ingest/rows/part_of_reader.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "base/core/hash_map.hpp"

namespace liantu {

bool PartOfReader::add(std::uint32_t child, std::uint32_t parent, const Mention& said,
                       Severity severity) {
  if (parents_.size() < segments_.size()) {
    parents_.resize(segments_.size());
    children_.resize(segments_.size());
  }
  if (lies_above(child, parent)) {
    const auto path = way_up(parent, child);
    std::string circle = segments_.name(child);
    for (const std::uint32_t step : path) circle += " → " + segments_.name(step);
    problems_.push_back({severity,
                         said.place,
                         "cycle",
                         said.heading,
                         said.words,
                         {fmt::format("the taxonomy would have a cycle: {}", circle),
                          fmt::format("上下级关系成环：{}", circle)},
                         {"delete the row that is wrong", "请删除其中有误的一行"}});
    return false;
  }
  parents_[child].push_back(parent);
  children_[parent].push_back(child);
  builder_.relate(RelationKind::PartOf, SegmentId{child}, SegmentId{parent}, {}, said.from);
  return true;
}

// Whether one segment is the other or lies above it. Walks up from the other and down from the one
// by turns: the smaller side decides, so that a deep taxonomy costs little whatever order its rows
// come in.
bool PartOfReader::lies_above(std::uint32_t one, std::uint32_t other) const {
  struct Side {
    const std::vector<std::vector<std::uint32_t>>& next;
    std::vector<std::uint32_t> reached;
    HashSet<std::uint32_t> seen;
    std::size_t looked_at = 0;

    // Looks at one more; returns whether more are left.
    bool step() {
      for (const std::uint32_t further : next[reached[looked_at]]) {
        if (seen.insert(further).second) reached.push_back(further);
      }
      return ++looked_at < reached.size();
    }
  };
  Side up{parents_, {other}, {other}};
  Side down{children_, {one}, {one}};
  const auto met = [&] { return up.seen.contains(one) || down.seen.contains(other); };
  while (!met() && up.step() && !met() && down.step()) {
  }
  return met();
}

// The shortest way from a segment up to an ancestor, both included; empty when there is none.
std::vector<std::uint32_t> PartOfReader::way_up(std::uint32_t from, std::uint32_t to) const {
  HashMap<std::uint32_t, std::uint32_t> below = {{from, from}};
  std::vector<std::uint32_t> reached = {from};
  for (std::size_t next = 0; next < reached.size() && !below.contains(to); ++next) {
    for (const std::uint32_t parent : parents_[reached[next]]) {
      if (below.try_emplace(parent, reached[next]).second) reached.push_back(parent);
    }
  }
  std::vector<std::uint32_t> way;
  if (!below.contains(to)) return way;
  for (std::uint32_t step = to; step != from; step = below.at(step)) way.push_back(step);
  way.push_back(from);
  std::ranges::reverse(way);
  return way;
}

}  // namespace liantu
