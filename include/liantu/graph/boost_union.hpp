#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/transform_iterator.hpp>
#include <boost/property_map/property_map.hpp>

#include "liantu/graph/boost.hpp"

namespace liantu {

/// A relation instance seen from one of its ends. The same instance seen from both ends is one
/// edge: equal, with one index.
struct UndirectedEdge {
  std::uint32_t source = 0;  ///< number of the EntityId it is seen from
  std::uint32_t target = 0;  ///< number of the EntityId at the other end
  std::uint32_t index = 0;   ///< number of the EdgeId

  [[nodiscard]] EdgeId id() const noexcept { return EdgeId{index}; }

  friend bool operator==(const UndirectedEdge& a, const UndirectedEdge& b) noexcept {
    return a.index == b.index;
  }
  friend bool operator<(const UndirectedEdge& a, const UndirectedEdge& b) noexcept {
    return a.index < b.index;
  }
};

/// A relation instance walked forwards (an even index) or backwards (the odd index behind it).
struct BidirectedEdge {
  std::uint32_t source = 0;  ///< number of an EntityId
  std::uint32_t target = 0;  ///< number of an EntityId
  std::uint64_t index = 0;   ///< twice the number of the EdgeId, and 1 when walked backwards

  [[nodiscard]] EdgeId id() const noexcept { return EdgeId{index / 2}; }
  [[nodiscard]] bool backwards() const noexcept { return index % 2 != 0; }
  [[nodiscard]] BidirectedEdge reversed() const noexcept { return {target, source, index ^ 1}; }

  friend bool operator==(const BidirectedEdge& a, const BidirectedEdge& b) noexcept {
    return a.index == b.index;
  }
  friend bool operator<(const BidirectedEdge& a, const BidirectedEdge& b) noexcept {
    return a.index < b.index;
  }
};

namespace detail {

/// Both adjacencies of an entity, one behind the other.
class BothWays {
 public:
  BothWays() = default;
  BothWays(const Relation& relation, std::uint32_t entity) : entity_(entity) {
    const EdgeRange out = relation.out_edges(EntityId{entity});
    out_ = static_cast<std::uint32_t>(out.size());
    first_ = static_cast<std::uint32_t>(out.first);
    targets_ = relation.targets(EntityId{entity}).data();
    const std::span<const EntityId> sources = relation.sources(EntityId{entity});
    in_ = static_cast<std::uint32_t>(sources.size());
    sources_ = sources.data();
    edges_ = relation.in_edges(EntityId{entity}).data();
  }

  [[nodiscard]] std::uint64_t size() const noexcept { return std::uint64_t{out_} + in_; }
  [[nodiscard]] std::uint32_t entity() const noexcept { return entity_; }
  [[nodiscard]] bool forwards(std::uint64_t place) const noexcept { return place < out_; }
  [[nodiscard]] std::uint32_t other(std::uint64_t place) const noexcept {
    return raw(place < out_ ? targets_[place] : sources_[place - out_]);
  }
  [[nodiscard]] std::uint32_t edge(std::uint64_t place) const noexcept {
    return place < out_ ? first_ + static_cast<std::uint32_t>(place) : edges_[place - out_];
  }

 private:
  const EntityId* targets_ = nullptr;
  const EntityId* sources_ = nullptr;
  const std::uint32_t* edges_ = nullptr;
  std::uint32_t entity_ = 0;
  std::uint32_t first_ = 0;
  std::uint32_t out_ = 0;
  std::uint32_t in_ = 0;
};

/// Edges of an entity by place, leading away from it (`Away`) or to it.
template <typename Edge, bool Away>
struct EdgeBothWays {
  BothWays ways;

  Edge operator()(std::uint64_t place) const noexcept {
    const std::uint32_t a = Away ? ways.entity() : ways.other(place);
    const std::uint32_t b = Away ? ways.other(place) : ways.entity();
    if constexpr (std::is_same_v<Edge, UndirectedEdge>) {
      return {a, b, ways.edge(place)};
    } else {
      return {a, b, 2 * std::uint64_t{ways.edge(place)} + (ways.forwards(place) == Away ? 0 : 1)};
    }
  }
};

struct NeighbourBothWays {
  BothWays ways;
  std::uint32_t operator()(std::uint64_t place) const noexcept { return ways.other(place); }
};

struct Undirect {
  UndirectedEdge operator()(const RelationEdge& e) const noexcept {
    return {e.source, e.target, e.index};
  }
};

/// Edge 2i is instance i, edge 2i + 1 the same backwards. Finding the ends takes O(log entities).
struct BidirectedEdgeAt {
  const Relation* relation = nullptr;

  BidirectedEdge operator()(std::uint64_t index) const noexcept {
    const EdgeId edge{index / 2};
    const BidirectedEdge forwards{raw(relation->source(edge)), raw(relation->target(edge)),
                                  index - index % 2};
    return index % 2 == 0 ? forwards : forwards.reversed();
  }
};

/// What the undirected and the bidirected view share.
template <typename Edge>
class UnionGraph {
 public:
  struct traversal_category : boost::bidirectional_graph_tag,
                              boost::adjacency_graph_tag,
                              boost::vertex_list_graph_tag,
                              boost::edge_list_graph_tag {};
  using edge_parallel_category = boost::allow_parallel_edge_tag;
  using vertex_descriptor = std::uint32_t;
  using edge_descriptor = Edge;
  using vertices_size_type = std::uint32_t;
  using edges_size_type = std::uint64_t;
  using degree_size_type = std::uint64_t;
  using vertex_iterator = boost::counting_iterator<std::uint32_t>;
  using out_edge_iterator =
      boost::transform_iterator<EdgeBothWays<Edge, true>, boost::counting_iterator<std::uint64_t>>;
  using in_edge_iterator =
      boost::transform_iterator<EdgeBothWays<Edge, false>, boost::counting_iterator<std::uint64_t>>;
  using adjacency_iterator =
      boost::transform_iterator<NeighbourBothWays, boost::counting_iterator<std::uint64_t>>;

  UnionGraph(const EnterpriseGraph& graph, RelationKind kind) : directed_(graph, kind) {
    auto degrees = std::make_shared<std::vector<std::uint32_t>>(graph.size());
    for (std::uint32_t v = 0; v < graph.size(); ++v) {
      (*degrees)[v] = static_cast<std::uint32_t>(degree(v, directed_));
    }
    degrees_ = std::move(degrees);
  }

  [[nodiscard]] const EnterpriseGraph& graph() const noexcept { return directed_.graph(); }
  [[nodiscard]] const Relation& relation() const noexcept { return directed_.relation(); }
  [[nodiscard]] const RelationGraph& directed() const noexcept { return directed_; }
  /// Number of instances in both directions.
  [[nodiscard]] std::uint32_t degree_of(std::uint32_t v) const noexcept { return (*degrees_)[v]; }

  /// A number that no vertex has.
  [[nodiscard]] static vertex_descriptor null_vertex() noexcept {
    return RelationGraph::null_vertex();
  }

 private:
  RelationGraph directed_;
  // At hand, because algorithms ask for it at every edge, and both directions together would be two
  // places in memory.
  std::shared_ptr<const std::vector<std::uint32_t>> degrees_;
};

template <typename Iterator, typename Function>
[[nodiscard]] std::pair<Iterator, Iterator> range_both_ways(const BothWays& ways) {
  const Function function{ways};
  return {{boost::counting_iterator<std::uint64_t>(0), function},
          {boost::counting_iterator<std::uint64_t>(ways.size()), function}};
}

}  // namespace detail

/// One relation without its direction, as Boost.Graph sees it: every instance is one edge with one
/// index, seen from both of its ends. A model of the same concepts as RelationGraph; components,
/// biconnected components and articulation points run on it. Two entities that supply each other
/// are joined by two edges. The view shares the graph's data and keeps it alive; its own are the
/// degrees, 4 bytes an entity.
class UndirectedRelationGraph : public detail::UnionGraph<UndirectedEdge> {
 public:
  using directed_category = boost::undirected_tag;
  using edge_iterator = boost::transform_iterator<detail::Undirect, RelationGraph::edge_iterator>;
  using UnionGraph::UnionGraph;
};

/// One relation with every instance there and back, as Boost.Graph sees it: what flow algorithms
/// ask for. `edge_reverse` leads from an edge to its other direction. A model of the same concepts
/// as RelationGraph. The view shares the graph's data and keeps it alive; its own are the degrees,
/// 4 bytes an entity.
class BidirectedRelationGraph : public detail::UnionGraph<BidirectedEdge> {
 public:
  using directed_category = boost::bidirectional_tag;
  using edge_iterator =
      boost::transform_iterator<detail::BidirectedEdgeAt, boost::counting_iterator<std::uint64_t>>;
  using UnionGraph::UnionGraph;
};

namespace detail {

template <typename Edge>
[[nodiscard]] auto vertices(const UnionGraph<Edge>& g) {
  return vertices(g.directed());
}
template <typename Edge>
[[nodiscard]] std::uint32_t num_vertices(const UnionGraph<Edge>& g) {
  return g.graph().size();
}
template <typename Edge>
[[nodiscard]] std::uint32_t source(const Edge& e, const UnionGraph<Edge>&) {
  return e.source;
}
template <typename Edge>
[[nodiscard]] std::uint32_t target(const Edge& e, const UnionGraph<Edge>&) {
  return e.target;
}
template <typename Edge>
[[nodiscard]] auto out_edges(std::uint32_t v, const UnionGraph<Edge>& g) {
  return range_both_ways<typename UnionGraph<Edge>::out_edge_iterator, EdgeBothWays<Edge, true>>(
      BothWays(g.relation(), v));
}
template <typename Edge>
[[nodiscard]] auto in_edges(std::uint32_t v, const UnionGraph<Edge>& g) {
  return range_both_ways<typename UnionGraph<Edge>::in_edge_iterator, EdgeBothWays<Edge, false>>(
      BothWays(g.relation(), v));
}
template <typename Edge>
[[nodiscard]] auto adjacent_vertices(std::uint32_t v, const UnionGraph<Edge>& g) {
  return range_both_ways<typename UnionGraph<Edge>::adjacency_iterator, NeighbourBothWays>(
      BothWays(g.relation(), v));
}
template <typename Edge>
[[nodiscard]] std::uint64_t out_degree(std::uint32_t v, const UnionGraph<Edge>& g) {
  return g.degree_of(v);
}
template <typename Edge>
[[nodiscard]] std::uint64_t in_degree(std::uint32_t v, const UnionGraph<Edge>& g) {
  return g.degree_of(v);
}
template <typename Edge>
[[nodiscard]] boost::typed_identity_property_map<std::uint32_t> get(boost::vertex_index_t,
                                                                    const UnionGraph<Edge>&) {
  return {};
}
template <typename Edge>
[[nodiscard]] std::uint32_t get(boost::vertex_index_t, const UnionGraph<Edge>&, std::uint32_t v) {
  return v;
}

/// Number of an edge.
template <typename Edge>
struct UnionEdgeIndex {
  using key_type = Edge;
  using value_type = decltype(Edge::index);
  using reference = value_type;
  using category = boost::readable_property_map_tag;

  friend value_type get(const UnionEdgeIndex&, const Edge& e) { return e.index; }
};
template <typename Edge>
[[nodiscard]] UnionEdgeIndex<Edge> get(boost::edge_index_t, const UnionGraph<Edge>&) {
  return {};
}
template <typename Edge>
[[nodiscard]] auto get(boost::edge_index_t, const UnionGraph<Edge>&, const Edge& e) {
  return e.index;
}

/// The other direction of an edge.
struct EdgeReverse {
  using key_type = BidirectedEdge;
  using value_type = BidirectedEdge;
  using reference = BidirectedEdge;
  using category = boost::readable_property_map_tag;

  friend BidirectedEdge get(const EdgeReverse&, const BidirectedEdge& e) { return e.reversed(); }
};

}  // namespace detail

[[nodiscard]] inline std::pair<UndirectedRelationGraph::edge_iterator,
                               UndirectedRelationGraph::edge_iterator>
edges(const UndirectedRelationGraph& g) {
  const auto [begin, end] = edges(g.directed());
  return {{begin, {}}, {end, {}}};
}
[[nodiscard]] inline std::uint64_t num_edges(const UndirectedRelationGraph& g) {
  return g.relation().size();
}
[[nodiscard]] inline std::uint64_t degree(std::uint32_t v, const UndirectedRelationGraph& g) {
  return degree(v, g.directed());
}

[[nodiscard]] inline std::pair<BidirectedRelationGraph::edge_iterator,
                               BidirectedRelationGraph::edge_iterator>
edges(const BidirectedRelationGraph& g) {
  const detail::BidirectedEdgeAt at{&g.relation()};
  return {{boost::counting_iterator<std::uint64_t>(0), at},
          {boost::counting_iterator<std::uint64_t>(2 * g.relation().size()), at}};
}
[[nodiscard]] inline std::uint64_t num_edges(const BidirectedRelationGraph& g) {
  return 2 * g.relation().size();
}
[[nodiscard]] inline std::uint64_t degree(std::uint32_t v, const BidirectedRelationGraph& g) {
  return 2 * degree(v, g.directed());
}
[[nodiscard]] inline detail::EdgeReverse get(boost::edge_reverse_t,
                                             const BidirectedRelationGraph&) {
  return {};
}
[[nodiscard]] inline BidirectedEdge get(boost::edge_reverse_t, const BidirectedRelationGraph&,
                                        const BidirectedEdge& e) {
  return e.reversed();
}

}  // namespace liantu

namespace boost {

template <>
struct property_map<liantu::UndirectedRelationGraph, vertex_index_t>
    : property_map<liantu::RelationGraph, vertex_index_t> {};
template <>
struct property_map<liantu::BidirectedRelationGraph, vertex_index_t>
    : property_map<liantu::RelationGraph, vertex_index_t> {};
template <>
struct property_map<liantu::UndirectedRelationGraph, edge_index_t> {
  using type = liantu::detail::UnionEdgeIndex<liantu::UndirectedEdge>;
  using const_type = type;
};
template <>
struct property_map<liantu::BidirectedRelationGraph, edge_index_t> {
  using type = liantu::detail::UnionEdgeIndex<liantu::BidirectedEdge>;
  using const_type = type;
};
template <>
struct property_map<liantu::BidirectedRelationGraph, edge_reverse_t> {
  using type = liantu::detail::EdgeReverse;
  using const_type = type;
};

}  // namespace boost
