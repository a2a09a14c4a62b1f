#include "liantu/chain/structure/evenness.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>

#include "chain/segments/taxonomy.hpp"

namespace liantu {

std::vector<double> need_evenness(const EnterpriseGraph& graph,
                                  std::span<const SegmentId> segments) {
  const Relation needs = graph.relation(RelationKind::Requires);
  const Taxonomy taxonomy(graph);
  const auto chain = [&](EntityId segment) {
    return taxonomy.chain(SegmentId{graph.local(segment)});
  };
  double products = 0;
  for (std::uint32_t s = 0; s < graph.size(EntityKind::Segment); ++s) {
    const EntityId product = graph.entity(SegmentId{s});
    const auto inputs = needs.targets(product);
    const bool needy =
        std::ranges::any_of(inputs, [&](EntityId input) { return input != product; });
    if (needy && !chain(product)) ++products;
  }
  std::vector<double> result;
  for (const SegmentId one : segments) {
    const EntityId segment = graph.entity(one);
    std::map<EntityId, std::optional<double>> by_product;  // in order: sums depend on it
    for (const std::uint32_t edge : needs.in_edges(segment)) {
      const EntityId product = needs.source(EdgeId{edge});
      if (product == segment || chain(product)) continue;
      by_product[product] = needs.number(EdgeId{edge}, EdgeNumber::Coefficient);  // years ascend
    }
    const bool known =
        std::ranges::all_of(by_product, [](const auto& entry) { return entry.second.has_value(); });
    double total = 0;
    for (const auto& [product, coefficient] : by_product) total += known ? *coefficient : 1;
    double even = 0;
    for (const auto& [product, coefficient] : by_product) {
      if (total > 0) even += std::min(products * (known ? *coefficient : 1) / total, 1.0);
    }
    result.push_back(products > 0 ? even / products : 0);
  }
  return result;
}

}  // namespace liantu
