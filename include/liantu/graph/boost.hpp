#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <utility>

#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/iterator_facade.hpp>
#include <boost/iterator/transform_iterator.hpp>
#include <boost/property_map/function_property_map.hpp>
#include <boost/property_map/property_map.hpp>

#include "liantu/base/core/export.hpp"
#include "liantu/graph/graph.hpp"

namespace LIANTU_API liantu {

/// A relation instance as Boost.Graph sees it.
struct RelationEdge {
  std::uint32_t source = 0;  ///< number of an EntityId
  std::uint32_t target = 0;  ///< number of an EntityId
  std::uint32_t index = 0;   ///< number of the EdgeId

  [[nodiscard]] EdgeId id() const noexcept { return EdgeId{index}; }

  friend auto operator<=>(const RelationEdge&, const RelationEdge&) = default;
};

namespace detail {

/// Vertex of an entity.
struct VertexOf {
  std::uint32_t operator()(EntityId entity) const noexcept { return raw(entity); }
};

/// Out-edge of `source` by its place in the row.
struct OutEdgeAt {
  const EntityId* targets = nullptr;
  std::uint32_t first = 0;
  std::uint32_t source = 0;

  RelationEdge operator()(std::uint32_t place) const noexcept {
    return {source, raw(targets[place]), first + place};
  }
};

/// In-edge of `target` by its place in the row.
struct InEdgeAt {
  const EntityId* sources = nullptr;
  const std::uint32_t* edges = nullptr;
  std::uint32_t target = 0;

  RelationEdge operator()(std::uint32_t place) const noexcept {
    return {raw(sources[place]), target, edges[place]};
  }
};

/// Walks over all instances in the order of their numbers and keeps up with the row.
class EdgeWalk : public boost::iterator_facade<EdgeWalk, RelationEdge, boost::forward_traversal_tag,
                                               RelationEdge> {
 public:
  EdgeWalk() = default;
  EdgeWalk(Relation relation, std::uint32_t edge) : relation_(relation), edge_(edge) {
    if (edge < relation.size()) source_ = raw(relation.source(EdgeId{edge}));
  }

 private:
  friend class boost::iterator_core_access;

  void increment() {
    ++edge_;
    if (edge_ == relation_->size()) return;
    while (relation_->out_edges(EntityId{source_}).last <= edge_) ++source_;
  }
  [[nodiscard]] bool equal(const EdgeWalk& other) const { return edge_ == other.edge_; }
  [[nodiscard]] RelationEdge dereference() const {
    return {source_, raw(relation_->target(EdgeId{edge_})), edge_};
  }

  std::optional<Relation> relation_;
  std::uint32_t edge_ = 0;
  std::uint32_t source_ = 0;
};

}  // namespace detail

/// One relation of a graph as Boost.Graph sees it: a model of VertexListGraph, BidirectionalGraph,
/// AdjacencyGraph and EdgeListGraph, with the interior properties `vertex_index` and `edge_index`.
/// Every algorithm of Boost.Graph that asks only for these runs on it as it stands.
///
/// Vertices are all entities of the graph, numbered as EntityId; edges are the instances, parallel
/// ones included. The view shares the graph's data and keeps it alive; nothing is copied.
class RelationGraph {
 public:
  struct traversal_category : boost::bidirectional_graph_tag,
                              boost::adjacency_graph_tag,
                              boost::vertex_list_graph_tag,
                              boost::edge_list_graph_tag {};
  using directed_category = boost::bidirectional_tag;
  using edge_parallel_category = boost::allow_parallel_edge_tag;
  using vertex_descriptor = std::uint32_t;
  using edge_descriptor = RelationEdge;
  // As wide as a container's size: algorithms of Boost.Graph mix the two.
  using vertices_size_type = std::size_t;
  using edges_size_type = std::uint64_t;
  using degree_size_type = std::uint64_t;
  using vertex_iterator = boost::counting_iterator<std::uint32_t>;
  using edge_iterator = detail::EdgeWalk;
  using out_edge_iterator =
      boost::transform_iterator<detail::OutEdgeAt, boost::counting_iterator<std::uint32_t>>;
  using in_edge_iterator =
      boost::transform_iterator<detail::InEdgeAt, boost::counting_iterator<std::uint32_t>>;
  using adjacency_iterator = boost::transform_iterator<detail::VertexOf, const EntityId*>;

  RelationGraph(const EnterpriseGraph& graph, RelationKind kind)
      : graph_(graph), relation_(graph_.relation(kind)) {}

  [[nodiscard]] const EnterpriseGraph& graph() const noexcept { return graph_; }
  [[nodiscard]] const Relation& relation() const noexcept { return relation_; }

  /// A number that no vertex has.
  [[nodiscard]] static vertex_descriptor null_vertex() noexcept {
    return std::numeric_limits<vertex_descriptor>::max();
  }

 private:
  EnterpriseGraph graph_;
  Relation relation_;
};

[[nodiscard]] inline std::pair<RelationGraph::vertex_iterator, RelationGraph::vertex_iterator>
vertices(const RelationGraph& g) {
  return {RelationGraph::vertex_iterator(0), RelationGraph::vertex_iterator(g.graph().size())};
}
[[nodiscard]] inline std::size_t num_vertices(const RelationGraph& g) { return g.graph().size(); }

[[nodiscard]] inline std::pair<RelationGraph::edge_iterator, RelationGraph::edge_iterator> edges(
    const RelationGraph& g) {
  return {{g.relation(), 0}, {g.relation(), static_cast<std::uint32_t>(g.relation().size())}};
}
[[nodiscard]] inline std::uint64_t num_edges(const RelationGraph& g) { return g.relation().size(); }

[[nodiscard]] inline std::uint32_t source(const RelationEdge& e, const RelationGraph&) {
  return e.source;
}
[[nodiscard]] inline std::uint32_t target(const RelationEdge& e, const RelationGraph&) {
  return e.target;
}

[[nodiscard]] inline std::pair<RelationGraph::out_edge_iterator, RelationGraph::out_edge_iterator>
out_edges(std::uint32_t v, const RelationGraph& g) {
  const EdgeRange range = g.relation().out_edges(EntityId{v});
  const detail::OutEdgeAt at{g.relation().targets(EntityId{v}).data(),
                             static_cast<std::uint32_t>(range.first), v};
  const auto end = static_cast<std::uint32_t>(range.size());
  return {{boost::counting_iterator<std::uint32_t>(0), at},
          {boost::counting_iterator<std::uint32_t>(end), at}};
}
[[nodiscard]] inline std::uint64_t out_degree(std::uint32_t v, const RelationGraph& g) {
  return g.relation().out_edges(EntityId{v}).size();
}

[[nodiscard]] inline std::pair<RelationGraph::in_edge_iterator, RelationGraph::in_edge_iterator>
in_edges(std::uint32_t v, const RelationGraph& g) {
  const std::span<const EntityId> sources = g.relation().sources(EntityId{v});
  const detail::InEdgeAt at{sources.data(), g.relation().in_edges(EntityId{v}).data(), v};
  const auto end = static_cast<std::uint32_t>(sources.size());
  return {{boost::counting_iterator<std::uint32_t>(0), at},
          {boost::counting_iterator<std::uint32_t>(end), at}};
}
[[nodiscard]] inline std::uint64_t in_degree(std::uint32_t v, const RelationGraph& g) {
  return g.relation().in_degree(EntityId{v});
}
[[nodiscard]] inline std::uint64_t degree(std::uint32_t v, const RelationGraph& g) {
  return out_degree(v, g) + in_degree(v, g);
}

[[nodiscard]] inline std::pair<RelationGraph::adjacency_iterator, RelationGraph::adjacency_iterator>
adjacent_vertices(std::uint32_t v, const RelationGraph& g) {
  const std::span<const EntityId> targets = g.relation().targets(EntityId{v});
  using Iterator = RelationGraph::adjacency_iterator;
  return {Iterator(targets.data(), {}), Iterator(targets.data() + targets.size(), {})};
}

/// Number of an edge: 0 … num_edges() - 1.
struct RelationEdgeIndex {
  using key_type = RelationEdge;
  using value_type = std::uint32_t;
  using reference = std::uint32_t;
  using category = boost::readable_property_map_tag;
};
[[nodiscard]] inline std::uint32_t get(const RelationEdgeIndex&, const RelationEdge& e) {
  return e.index;
}

/// Number of a vertex. As wide as a container's size, because algorithms of Boost.Graph mix the
/// two.
using RelationVertexIndex = boost::typed_identity_property_map<std::size_t>;

[[nodiscard]] inline RelationVertexIndex get(boost::vertex_index_t, const RelationGraph&) {
  return {};
}
[[nodiscard]] inline std::size_t get(boost::vertex_index_t, const RelationGraph&, std::uint32_t v) {
  return v;
}
/// Vertices are numbered from 0 as it is.
inline void renumber_vertex_indices(const RelationGraph&) {}
[[nodiscard]] inline RelationEdgeIndex get(boost::edge_index_t, const RelationGraph&) { return {}; }
[[nodiscard]] inline std::uint32_t get(boost::edge_index_t, const RelationGraph&,
                                       const RelationEdge& e) {
  return e.index;
}

/// What boost::copy_graph copies of a vertex or an edge beside its ends: nothing.
template <typename Key>
struct NoProperties {
  using key_type = Key;
  using value_type = boost::no_property;
  using reference = boost::no_property;
  using category = boost::readable_property_map_tag;

  friend boost::no_property get(const NoProperties&, const Key&) { return {}; }
};
[[nodiscard]] inline NoProperties<std::uint32_t> get(boost::vertex_all_t, const RelationGraph&) {
  return {};
}
[[nodiscard]] inline NoProperties<RelationEdge> get(boost::edge_all_t, const RelationGraph&) {
  return {};
}

/// Edge weights for Boost.Graph made by a function of RelationEdge.
template <typename Weight>
[[nodiscard]] auto edge_weights(Weight weight) {
  return boost::make_function_property_map<RelationEdge>(std::move(weight));
}

/// Edge weights for Boost.Graph: a number of the relation, `missing` where an instance has none.
/// Valid as long as the graph.
[[nodiscard]] inline auto edge_weights(const RelationGraph& g, EdgeNumber which, double missing) {
  return edge_weights([relation = g.relation(), which, missing](const RelationEdge& e) {
    return relation.number(e.id(), which).value_or(missing);
  });
}

}  // namespace liantu

namespace boost {

template <>
struct property_map<liantu::RelationGraph, vertex_index_t> {
  using type = liantu::RelationVertexIndex;
  using const_type = type;
};
template <>
struct property_map<liantu::RelationGraph, edge_index_t> {
  using type = liantu::RelationEdgeIndex;
  using const_type = type;
};
template <>
struct property_map<liantu::RelationGraph, vertex_all_t> {
  using type = liantu::NoProperties<std::uint32_t>;
  using const_type = type;
};
template <>
struct property_map<liantu::RelationGraph, edge_all_t> {
  using type = liantu::NoProperties<liantu::RelationEdge>;
  using const_type = type;
};
// Some algorithms ask for the maps of a graph that they may not change.
template <typename Tag>
struct property_map<const liantu::RelationGraph, Tag> : property_map<liantu::RelationGraph, Tag> {};

}  // namespace boost
