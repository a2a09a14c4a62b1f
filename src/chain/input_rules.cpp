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

InputRules::InputRules(const EnterpriseGraph& graph, const Taxonomy& taxonomy) {
  const Relation requires_ = graph.relation(RelationKind::Requires);
  const std::uint32_t segments = graph.size(EntityKind::Segment);
  rules_.resize(requires_.size());
  rows_.resize(segments);
  const auto add_row = [&](SegmentId product, const std::vector<EdgeId>& edges) {
    const std::vector<EdgeId> current = input_rules(graph, taxonomy, product);
    rows_[raw(product)] = {{all_.size(), edges.size()}, {current_.size(), current.size()}};
    all_.insert(all_.end(), edges.begin(), edges.end());
    current_.insert(current_.end(), current.begin(), current.end());
  };
  std::vector<SegmentId> heirs;
  for (std::uint32_t i = 0; i < segments; ++i) {
    const SegmentId product{i};
    const EdgeRange range = requires_.out_edges(graph.entity(product));
    std::vector<EdgeId> own;
    for (std::uint64_t e = range.first; e < range.last; ++e) {
      const EdgeId edge{e};
      rules_[e] =
          InputRule(product, SegmentId{graph.local(requires_.target(edge))},
                    requires_.number(edge, EdgeNumber::Coefficient), requires_.provenance(edge));
      own.push_back(edge);
    }
    if (taxonomy.chain(product)) continue;
    if (own.empty()) {
      heirs.push_back(product);
    } else {
      add_row(product, own);
    }
  }
  for (const SegmentId heir : heirs) {
    std::vector<EdgeId> edges = taxonomy.inputs(heir);
    if (edges.empty()) continue;
    std::ranges::sort(edges);
    const SegmentId from = rules_[raw(edges.front())].product();
    if (rules_[raw(edges.back())].product() == from) {
      rows_[raw(heir)] = rows_[raw(from)];
    } else {
      add_row(heir, edges);
    }
  }
}

}  // namespace liantu
