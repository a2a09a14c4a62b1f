#include "liantu/report/drawings/relations.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include <fmt/format.h>

#include "base/core/hash_map.hpp"
#include "report/formats/dot.hpp"
#include "report/formats/dot_text.hpp"

namespace liantu {
namespace {

constexpr std::array<Look, kEntityKinds.size()> kEntityLooks = {
    {{},
     {.shape = "ellipse", .fill = "#E3F0FF", .border = "#2166AC"},
     {.fill = "#F3E6F5", .border = "#6A1B7A", .rounded = true},
     {.shape = "hexagon", .fill = "#FFF3D6", .border = "#B97A00"},
     {.shape = "house", .fill = "#E7F5E9", .border = "#2E7D32"}}};

}  // namespace

std::string relations_dot(const EnterpriseGraph& graph, std::span<const EntityId> entities,
                          std::span<const FilteredRelation> relations,
                          const RelationsDotOptions& options) {
  HashMap<std::uint32_t, std::string> ids;
  Drawing drawing;
  for (const EntityId entity : entities) {
    const auto id = ids.try_emplace(raw(entity), fmt::format("n{}", ids.size())).first;
    Look look = kEntityLooks[static_cast<std::size_t>(graph.kind(entity))];
    if (std::ranges::find(options.marked, entity) != options.marked.end()) look.pen = 3;
    drawing.nodes.push_back({id->second,
                             DrawnNode::Kind::Box,
                             look,
                             dot_lines(graph.name(entity)),
                             std::string(graph.name(entity)),
                             {}});
  }
  for (const FilteredRelation& view : relations) {
    const Text word = relation_text(view.relation().kind());
    for (const EntityId from : entities) {
      std::vector<std::pair<EntityId, std::size_t>> targets;  // with the number of instances
      for (const FilteredEdge edge : view.out_edges(from)) {
        if (!ids.contains(raw(edge.entity))) continue;
        if (targets.empty() || targets.back().first != edge.entity) {
          targets.emplace_back(edge.entity, 0);
        }
        ++targets.back().second;
      }
      for (const auto& [to, count] : targets) {
        DrawnArrow arrow;
        arrow.from = ids.at(raw(from));
        arrow.to = ids.at(raw(to));
        arrow.label = word.in(options.language);
        if (count > 1) arrow.label += fmt::format(" ×{}", count);
        drawing.arrows.push_back(std::move(arrow));
      }
    }
  }
  return write_dot(drawing);
}

}  // namespace liantu
