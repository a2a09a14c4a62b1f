#include "links/learning/owners_above.hpp"

#include <algorithm>
#include <cstddef>

namespace liantu {

std::vector<EntityId> owners_above(const EnterpriseGraph& graph, EntityId entity) {
  constexpr std::size_t kMost = 64;
  constexpr double kControl = 0.5;
  const Relation owns = graph.relation(RelationKind::Owns);
  std::vector<EntityId> found;
  std::vector<EntityId> open = {entity};  // itself and those that control it, nearest first
  for (std::size_t next = 0; next < open.size() && found.size() < kMost; ++next) {
    const auto sources = owns.sources(open[next]);
    const auto edges = owns.in_edges(open[next]);
    for (std::size_t k = 0; k < sources.size() && found.size() < kMost; ++k) {
      const EntityId owner = sources[k];
      const bool controls =
          owns.number(EdgeId{edges[k]}, EdgeNumber::Share).value_or(1) >= kControl;
      if (next > 0 && !controls) continue;
      if (owner != entity && std::ranges::find(found, owner) == found.end()) found.push_back(owner);
      if (controls && std::ranges::find(open, owner) == open.end()) open.push_back(owner);
    }
  }
  std::ranges::sort(found);
  return found;
}

int affiliation(EntityId first, const std::vector<EntityId>& above_first, EntityId second,
                const std::vector<EntityId>& above_second) {
  if (std::ranges::binary_search(above_first, second) ||
      std::ranges::binary_search(above_second, first)) {
    return 2;
  }
  auto x = above_first.begin();
  auto y = above_second.begin();
  while (x != above_first.end() && y != above_second.end()) {
    if (*x == *y) return 1;
    *x < *y ? ++x : ++y;
  }
  return 0;
}

}  // namespace liantu
