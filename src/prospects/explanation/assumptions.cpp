#include "liantu/prospects/explanation/assumptions.hpp"

#include <algorithm>

#include "liantu/graph/thaw.hpp"

namespace liantu {

EnterpriseGraph assume(const EnterpriseGraph& graph, FirmId firm, const Assumptions& assumptions) {
  const Relation makes = graph.relation(RelationKind::Makes);
  const EntityId entity = graph.entity(firm);
  const EdgeRange own = makes.out_edges(entity);
  const auto assumed = [&](EntityId target) {
    return std::ranges::find(assumptions.products, SegmentId{graph.local(target)},
                             &AssumedProduct::segment);
  };
  // What is told of a product that is assumed is told anew below.
  GraphBuilder builder = thaw(graph, [&](RelationKind kind, EdgeId edge) {
    const bool its = kind == RelationKind::Makes && raw(edge) >= own.first && raw(edge) < own.last;
    return !its || assumed(makes.target(edge)) == assumptions.products.end();
  });
  if (assumptions.region) {
    builder.set_region(firm, {*assumptions.region, Basis::Stated});
  }
  if (assumptions.capital) {
    builder.set(firm, EntityNumber::RegisteredCapital, {*assumptions.capital, Basis::Stated});
  }
  if (assumptions.revenue) {
    builder.set(firm, EntityNumber::Revenue, {*assumptions.revenue, Basis::Stated});
  }
  if (assumptions.tags) builder.set(firm, EntityText::Tags, *assumptions.tags);
  if (assumptions.risks) builder.set(firm, EntityText::Risks, *assumptions.risks);
  if (assumptions.status) builder.set(firm, EntityText::Status, *assumptions.status);
  Provenance provenance;
  provenance.source = builder.add_source({"", "", "--assume"});
  for (const AssumedProduct& product : assumptions.products) {
    EdgeAttributes attributes;
    for (std::uint64_t e = own.first; e < own.last; ++e) {
      if (SegmentId{graph.local(makes.target(EdgeId{e}))} != product.segment) continue;
      attributes.amount = makes.number(EdgeId{e}, EdgeNumber::Amount);
      attributes.share = makes.number(EdgeId{e}, EdgeNumber::Share);
    }
    if (product.output) attributes.amount = product.output;
    if (product.share) attributes.share = product.share;
    builder.relate(RelationKind::Makes, firm, product.segment, attributes, provenance);
  }
  return builder.build();
}

}  // namespace liantu
