#include "prospects/fillings/screening.hpp"

#include <algorithm>

#include "chain/firms/status.hpp"
#include "liantu/chain/economy/sector_kinds.hpp"

namespace liantu {
namespace {

// Whether a word stands before one of the names, as a stock exchange's warning does (*ST示例), and is no
// part of an English one (STAR).
bool marks_a_name(const std::vector<std::string_view>& names, const ScreeningRule& screen) {
  return std::ranges::any_of(names, [&](std::string_view name) {
    return fires_on(name, screen) && std::ranges::any_of(screen.any_of, [&](std::string_view word) {
             const char next = name.size() > word.size() ? name[word.size()] : 'A';
             const bool letter = (next >= 'A' && next <= 'Z') || (next >= 'a' && next <= 'z');
             return name.starts_with(word) && !letter;
           });
  });
}

}  // namespace

bool in_industries(const EnterpriseGraph& graph, EntityId entity,
                   const std::vector<std::string>& codes) {
  if (codes.empty() || graph.text(entity, EntityText::Industry).empty()) return false;
  const std::vector<std::string_view> own = graph.list(entity, EntityText::Industry);
  return std::ranges::all_of(own, [&](std::string_view one) {
    return std::ranges::any_of(codes,
                               [&](const std::string& code) { return one.starts_with(code); });
  });
}

bool fires_on(std::string_view text, const ScreeningRule& screen) {
  const auto in = [&](const std::string& word) {
    return text.find(word) != std::string_view::npos;
  };
  return std::ranges::any_of(screen.any_of, in) && std::ranges::none_of(screen.none_of, in);
}

const ScreeningRule* screen_on(const EnterpriseGraph& graph, const Taxonomy& taxonomy,
                               const Policy& policy, SegmentId segment) {
  const Relation part_of = graph.relation(RelationKind::PartOf);
  for (const ScreeningRule& screen : policy.screens) {
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

Screening::Screening(const ProspectGround& ground, const Policy& policy, const ScoredGaps& gaps)
    : graph_(ground.graph), taxonomy_(ground.taxonomy), policy_(policy) {
  const std::uint32_t segments = graph_.size(EntityKind::Segment);
  bars_.assign(segments, nullptr);
  heavy_.assign(segments, false);
  for (std::uint32_t i = 0; i < segments; ++i) {
    const SegmentId segment{i};
    if (!gaps.any(segment)) continue;
    bars_[i] = screen_on(graph_, taxonomy_, policy_, segment);
    heavy_[i] = is_heavy(segment);
  }
}

// Of a sector that holds several industries that of the firm decides, and what its kind of goods is made in.
const ScreeningRule* Screening::on_sector(FirmId firm, EdgeId makes, const GoodsKind* kind) const {
  const std::string_view code =
      kind != nullptr ? kind->made_in.front() : industry_of(graph_, makes);
  for (const ScreeningRule& screen : policy_.screens) {
    if (screen.on != ScreenOn::Industry) continue;
    const bool fires = code.empty()
                           ? in_industries(graph_, graph_.entity(firm), screen.any_of)
                           : std::ranges::any_of(screen.any_of, [&](const std::string& one) {
                               return code.starts_with(one);
                             });
    if (fires) return &screen;
  }
  return nullptr;
}

bool Screening::is_heavy(SegmentId segment) const {
  bool found = false;
  taxonomy_.walk_up(segment, [&](const Ancestor& at) {
    found = in_industries(graph_, graph_.entity(at.segment), policy_.heavy);
    return !found;
  });
  return found;
}

const ScreeningRule* Screening::on_firm(FirmId firm, std::optional<double> km) const {
  const auto found = std::ranges::find_if(
      policy_.screens, [&](const ScreeningRule& screen) { return fires(screen, firm, km); });
  return found == policy_.screens.end() ? nullptr : &*found;
}

bool Screening::fires(const ScreeningRule& screen, FirmId firm, std::optional<double> km) const {
  const EntityId entity = graph_.entity(firm);
  if (screen.on == ScreenOn::Words) {
    const std::string_view text = graph_.text(entity, screen.field);
    if (text.empty()) return false;
    return screen.field == EntityText::Aliases
               ? marks_a_name(graph_.list(entity, screen.field), screen)
               : fires_on(text, screen);
  }
  if (screen.on == ScreenOn::Size) {
    const auto revenue = graph_.number(entity, EntityNumber::Revenue);
    const auto size = revenue ? revenue : graph_.number(entity, EntityNumber::RegisteredCapital);
    return size && size->value < screen.below_cny;
  }
  return screen.on == ScreenOn::Distance && km && *km > screen.beyond_km;
}

}  // namespace liantu
