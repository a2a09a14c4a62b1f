#include "liantu/graph/thaw.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

#include "liantu/graph/kinds.hpp"

namespace liantu {

GraphBuilder thaw(const EnterpriseGraph& graph,
                  const std::function<bool(RelationKind, EdgeId)>& keep) {
  GraphBuilder builder;
  std::vector<SourceId> sources;
  for (const Source& source : graph.sources()) sources.push_back(builder.add_source(source));
  const auto told = [&](Provenance provenance) {
    const auto source = static_cast<std::size_t>(raw(provenance.source));
    if (source < sources.size()) provenance.source = sources[source];
    return provenance;
  };
  for (std::uint32_t i = 0; i < graph.size(); ++i) {
    const EntityId entity{i};
    const EntityRef node =
        builder.add(graph.kind(entity), graph.name(entity), told(graph.provenance(entity)));
    for (std::size_t t = 0; t < kEntityTextCount; ++t) {
      const auto which = static_cast<EntityText>(t);
      const std::string_view text = graph.text(entity, which);
      if (!text.empty()) builder.set(node, which, text);
    }
    for (std::size_t n = 0; n < kEntityNumberCount; ++n) {
      const auto which = static_cast<EntityNumber>(n);
      const auto figure = graph.number(entity, which);
      if (figure) builder.set(node, which, *figure, graph.number_year(entity, which));
    }
    if (graph.region(entity).code.known()) builder.set_region(node, graph.region(entity));
    if (graph.founded(entity).known()) builder.set_founded(node, graph.founded(entity));
    if (node.kind == EntityKind::Firm && graph.anchor(FirmId{node.local})) {
      builder.set_anchor(FirmId{node.local});
    }
    if (node.kind != EntityKind::Organization) continue;
    const OrganizationId organization{node.local};
    for (const RegionCode region : graph.covered_regions(organization)) {
      builder.cover(organization, region);
    }
  }
  const auto node = [&](EntityId entity) {
    return EntityRef{graph.kind(entity), graph.local(entity)};
  };
  for (const RelationKind kind : kRelationKinds) {
    const Relation relation = graph.relation(kind);
    for (std::uint32_t i = 0; relation.size() > 0 && i < graph.size(); ++i) {
      const EdgeRange range = relation.out_edges(EntityId{i});
      for (std::uint64_t e = range.first; e < range.last; ++e) {
        const EdgeId edge{e};
        if (keep && !keep(relation.kind(), edge)) continue;
        EdgeAttributes attributes;
        attributes.segment = relation.segment(edge);
        attributes.amount = relation.number(edge, EdgeNumber::Amount);
        attributes.share = relation.number(edge, EdgeNumber::Share);
        attributes.coefficient = relation.number(edge, EdgeNumber::Coefficient);
        attributes.substitutability = relation.number(edge, EdgeNumber::Substitutability);
        attributes.import_share = relation.number(edge, EdgeNumber::ImportShare);
        attributes.detail = relation.detail(edge);
        builder.relate(relation.kind(), node(EntityId{i}), node(relation.target(edge)), attributes,
                       told(relation.provenance(edge)));
      }
    }
  }
  return builder;
}

}  // namespace liantu
