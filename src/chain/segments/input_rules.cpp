#include "chain/segments/input_rules.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

namespace liantu {
namespace {

// Of edges that ascend one a product and an input.
std::vector<EdgeId> current_of(const EnterpriseGraph& graph, const std::vector<EdgeId>& edges) {
  const Relation requires_ = graph.relation(RelationKind::Requires);
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

}  // namespace

std::vector<EdgeId> input_rules(const EnterpriseGraph& graph, const Taxonomy& taxonomy,
                                SegmentId product) {
  if (taxonomy.chain(product)) return {};
  std::vector<EdgeId> edges = taxonomy.inputs(product);
  std::ranges::sort(edges);
  return current_of(graph, edges);
}

InputRules::InputRules(const EnterpriseGraph& graph, const Taxonomy& taxonomy,
                       const Stopping& stopping)
    : row_of_(graph.size(EntityKind::Segment), 0), rows_(1) {
  const Relation requires_ = graph.relation(RelationKind::Requires);
  rules_.resize(requires_.size());
  std::vector<EdgeId> own;
  for (std::uint32_t i = 0; i < row_of_.size(); ++i) {
    if (i % kLooksApart == 0) stopping.check();
    const SegmentId product{i};
    const EdgeRange range = requires_.out_edges(graph.entity(product));
    own.clear();
    for (std::uint64_t e = range.first; e < range.last; ++e) {
      if (e % kLooksApart == 0) stopping.check();
      const EdgeId edge{e};
      rules_[e] =
          InputRule(product, SegmentId{graph.local(requires_.target(edge))},
                    requires_.number(edge, EdgeNumber::Coefficient), requires_.provenance(edge));
      own.push_back(edge);
    }
    if (!own.empty() && !taxonomy.chain(product)) row_of_[i] = add_row(graph, own);
  }
  inherit(graph, taxonomy, stopping);
}

std::uint32_t InputRules::add_row(const EnterpriseGraph& graph, const std::vector<EdgeId>& edges) {
  const std::vector<EdgeId> current = current_of(graph, edges);
  rows_.push_back({{all_.size(), edges.size()}, {current_.size(), current.size()}});
  all_.insert(all_.end(), edges.begin(), edges.end());
  current_.insert(current_.end(), current.begin(), current.end());
  return static_cast<std::uint32_t>(rows_.size() - 1);
}

// Hands rules down, level by level from those that have some of their own: what is reached first is
// nearest, and whoever hands something down has heard from all above it.
void InputRules::inherit(const EnterpriseGraph& graph, const Taxonomy& taxonomy,
                         const Stopping& stopping) {
  const Relation part_of = graph.relation(RelationKind::PartOf);
  std::vector<std::uint32_t> level(row_of_.size(), 0);  // 0 = not reached
  std::vector<std::uint32_t> open;
  for (std::uint32_t i = 0; i < row_of_.size(); ++i) {
    if (row_of_[i] == 0) continue;
    level[i] = 1;
    open.push_back(i);
  }
  HashMap<std::uint32_t, std::vector<std::uint32_t>> several;  // by heir: its rows
  std::map<std::vector<std::uint32_t>, std::uint32_t> joined;  // rows → their union
  for (std::size_t next = 0; next < open.size(); ++next) {
    if (next % kLooksApart == 0) stopping.check();
    const std::uint32_t from = open[next];
    if (const auto found = several.find(from); found != several.end()) {
      std::vector<std::uint32_t>& rows = found->second;
      std::ranges::sort(rows);
      rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
      const auto [entry, fresh] = joined.try_emplace(rows, 0);
      if (fresh) {
        std::vector<EdgeId> edges;
        for (const std::uint32_t row : rows) {
          std::ranges::copy(slice(all_, rows_[row].all), std::back_inserter(edges));
        }
        std::ranges::sort(edges);
        edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
        entry->second = add_row(graph, edges);
      }
      row_of_[from] = entry->second;
      several.erase(found);
    }
    for (const EntityId child : part_of.sources(graph.entity(SegmentId{from}))) {
      const std::uint32_t heir = graph.local(child);
      if (taxonomy.chain(SegmentId{heir})) continue;
      if (level[heir] == 0) {
        level[heir] = level[from] + 1;
        row_of_[heir] = row_of_[from];
        open.push_back(heir);
      } else if (level[heir] == level[from] + 1 && row_of_[heir] != row_of_[from]) {
        std::vector<std::uint32_t>& rows = several[heir];
        if (rows.empty()) rows.push_back(row_of_[heir]);
        rows.push_back(row_of_[from]);
      }
    }
  }
}

}  // namespace liantu
