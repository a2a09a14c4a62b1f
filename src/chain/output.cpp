#include "chain/output.hpp"

#include <algorithm>

namespace liantu {

std::optional<Figure> output(const EnterpriseGraph& graph, EntityId firm, EdgeId makes) {
  const Relation relation = graph.relation(RelationKind::Makes);
  const Basis basis = relation.provenance(makes).basis;
  if (const auto amount = relation.number(makes, EdgeNumber::Amount)) {
    return Figure{*amount, basis};
  }
  const auto share = relation.number(makes, EdgeNumber::Share);
  const auto revenue = graph.number(firm, EntityNumber::Revenue);
  if (!share || !revenue) return std::nullopt;
  return Figure{*share * revenue->value, softer(basis, revenue->basis)};
}

EdgeId current_statement(const EnterpriseGraph& graph, EntityId firm,
                         std::span<const std::uint32_t> statements) {
  const Relation relation = graph.relation(RelationKind::Makes);
  EdgeId surest{statements.front()};
  std::optional<EdgeId> latest;
  for (const std::uint32_t statement : statements) {
    const EdgeId edge{statement};
    if (output(graph, firm, edge)) latest = edge;
    if (relation.provenance(edge).confidence >= relation.provenance(surest).confidence) {
      surest = edge;
    }
  }
  return latest.value_or(surest);
}

std::size_t statements_of_first(std::span<const EntityId> sources) {
  const auto other =
      std::ranges::find_if(sources, [&](EntityId source) { return source != sources.front(); });
  return static_cast<std::size_t>(other - sources.begin());
}

}  // namespace liantu
