#include "chain/input_rules.hpp"

#include <algorithm>
#include <tuple>

namespace liantu {

std::vector<EdgeId> input_rules(const EnterpriseGraph& graph, const Taxonomy& taxonomy,
                                SegmentId product) {
  if (taxonomy.chain(product)) return {};
  const Relation requires_ = graph.relation(RelationKind::Requires);
  std::vector<EdgeId> edges = taxonomy.inputs(product);
  std::ranges::sort(edges);
  const auto better = [&](EdgeId a, EdgeId b) {
    const auto key = [&](EdgeId edge) {
      const bool known = requires_.number(edge, EdgeNumber::Coefficient).has_value();
      const Provenance from = requires_.provenance(edge);
      return std::tuple(known, known ? -static_cast<int>(from.basis) : 0, known ? from.year() : 0,
                        from.confidence);
    };
    return key(a) > key(b);
  };
  // Edges stand in the order of (from, to, year): equals are neighbours.
  std::vector<EdgeId> result;
  for (const EdgeId edge : edges) {
    const bool again = !result.empty() &&
                       requires_.target(result.back()) == requires_.target(edge) &&
                       requires_.source(result.back()) == requires_.source(edge);
    if (!again) {
      result.push_back(edge);
    } else if (better(edge, result.back())) {
      result.back() = edge;
    }
  }
  return result;
}

}  // namespace liantu
