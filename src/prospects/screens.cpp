#include "prospects/screens.hpp"

#include <algorithm>

namespace liantu {

bool in_industries(const EnterpriseGraph& graph, EntityId entity,
                   const std::vector<std::string>& codes) {
  if (codes.empty() || graph.text(entity, EntityText::Industry).empty()) return false;
  const std::vector<std::string_view> own = graph.list(entity, EntityText::Industry);
  return std::ranges::all_of(own, [&](std::string_view one) {
    return std::ranges::any_of(codes,
                               [&](const std::string& code) { return one.starts_with(code); });
  });
}

bool fires_on(std::string_view text, const Screen& screen) {
  const auto in = [&](const std::string& word) {
    return text.find(word) != std::string_view::npos;
  };
  return std::ranges::any_of(screen.any_of, in) && std::ranges::none_of(screen.none_of, in);
}

const Screen* screen_on(const EnterpriseGraph& graph, const Taxonomy& taxonomy,
                        const Policy& policy, SegmentId segment) {
  const Relation part_of = graph.relation(RelationKind::PartOf);
  for (const Screen& screen : policy.screens) {
    bool fires = false;
    if (screen.on == ScreenOn::Segment || screen.on == ScreenOn::Industry) {
      // An excepting word of the segment itself holds whatever stands above it.
      const std::string_view own = graph.name(graph.entity(segment));
      const bool excepted = std::ranges::any_of(screen.none_of, [&](const std::string& word) {
        return own.find(word) != std::string_view::npos;
      });
      if (excepted) continue;
      taxonomy.walk_up(segment, [&](const Ancestor& at) {
        fires = screen.on == ScreenOn::Segment
                    ? fires_on(graph.name(graph.entity(at.segment)), screen)
                    : in_industries(graph, graph.entity(at.segment), screen.any_of);
        return !fires;
      });
    } else if (screen.on == ScreenOn::Chain) {
      taxonomy.walk_up(segment, [&](const Ancestor& at) {
        for (const EntityId above : part_of.targets(graph.entity(at.segment))) {
          const bool chain = taxonomy.chain(SegmentId{graph.local(above)});
          fires = fires || (chain && fires_on(graph.name(above), screen));
        }
        return !fires;
      });
    }
    if (fires) return &screen;
  }
  return nullptr;
}

}  // namespace liantu
