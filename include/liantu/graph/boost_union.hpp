#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/iterator_facade.hpp>
#include <boost/iterator/transform_iterator.hpp>
#include <boost/property_map/property_map.hpp>

#include "liantu/base/core/export.hpp"
#include "liantu/graph/boost.hpp"

namespace LIANTU_API liantu {

/// A relation instance seen from one of its ends. The same instance seen from both ends is one
/// edge: equal, with one index. Valid as long as its graph.
class UndirectedEdge {
 public:
  UndirectedEdge() = default;
  UndirectedEdge(std::uint32_t from, std::uint32_t to, std::uint32_t index)
      : source(from), target(to), number_(std::uint64_t{index} << 1) {}
  /// @param index  Where the number of the EdgeId stands.
  UndirectedEdge(std::uint32_t from, std::uint32_t to, const std::uint32_t* index)
      : source(from), target(to), number_(reinterpret_cast<std::uintptr_t>(index) | 1) {}

  std::uint32_t source = 0;  ///< number of the EntityId it is seen from
  std::uint32_t target = 0;  ///< number of the EntityId at the other end

  /// Number of the EdgeId.
  [[nodiscard]] std::uint32_t index() const noexcept {
    return number_ % 2 == 0 ? static_cast<std::uint32_t>(number_ >> 1)
                            : *reinterpret_cast<const std::uint32_t*>(number_ - 1);
  }
  [[nodiscard]] EdgeId id() const noexcept { return EdgeId{index()}; }

  friend bool operator==(const UndirectedEdge& a, const UndirectedEdge& b) noexcept {
    return a.index() == b.index();
  }
  friend bool operator<(const UndirectedEdge& a, const UndirectedEdge& b) noexcept {
    return a.index() < b.index();
  }

 private:
  // An in-edge's number is looked up when somebody asks: most algorithms never do, and it is one
  // more place in memory.
  std::uint64_t number_ = 0;  // twice the index, or where it stands and 1
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

/// Both adjacencies of a relation as walks need them at hand.
struct BothWays {
  /// Where an entity's rows start; those of the next entity say where they end.
  struct Rows {
    std::uint32_t out;
    std::uint32_t in;
  };
  const EntityId* targets;
  const EntityId* sources;
  const std::uint32_t* in_edges;
  // Side by side, because a walk that reaches an entity asks for both.
  std::vector<Rows> rows;
  // At hand too, because some algorithms ask for nothing else at every edge.
  std::vector<std::uint32_t> degrees;

  explicit BothWays(const EnterpriseGraph& graph, const Relation& relation)
      : targets(nullptr),
        sources(nullptr),
        in_edges(nullptr),
        rows(graph.size() + std::size_t{1}),
        degrees(graph.size()) {
    Rows next{0, 0};
    for (std::uint32_t v = 0; v < graph.size(); ++v) {
      rows[v] = next;
      const std::span<const EntityId> out = relation.targets(EntityId{v});
      const std::span<const EntityId> in = relation.sources(EntityId{v});
      if (targets == nullptr && !out.empty()) targets = out.data();
      if (sources == nullptr && !in.empty()) {
        sources = in.data();
        in_edges = relation.in_edges(EntityId{v}).data();
      }
      next.out += static_cast<std::uint32_t>(out.size());
      next.in += static_cast<std::uint32_t>(in.size());
      degrees[v] = static_cast<std::uint32_t>(out.size() + in.size());
    }
    rows[graph.size()] = next;
  }
};

/// Walks over the out-edges of an entity, then over its in-edges. Few bytes, because searches keep
/// a stack of these.
class PlaceBothWays {
 public:
  PlaceBothWays() = default;
  /// In front of the first edge, or behind the last one.
  static PlaceBothWays begin(const BothWays& ways, std::uint32_t entity) noexcept {
    const BothWays::Rows row = ways.rows[entity];
    PlaceBothWays place(ways, entity);
    place.out_left_ = ways.rows[entity + std::size_t{1}].out - row.out;
    place.first_in_ = row.in;
    place.at_ = place.out_left_ != 0 ? row.out : row.in;
    // It is reached soon, and nothing else tells the processor.
    __builtin_prefetch(ways.sources + row.in);
    return place;
  }
  static PlaceBothWays end(const BothWays& ways, std::uint32_t entity) noexcept {
    PlaceBothWays place(ways, entity);
    place.at_ = ways.rows[entity + std::size_t{1}].in;
    return place;
  }

  void operator++() noexcept {
    ++at_;
    if (out_left_ != 0 && --out_left_ == 0) at_ = first_in_;
  }
  [[nodiscard]] std::uint32_t entity() const noexcept { return entity_; }
  [[nodiscard]] std::uint32_t other() const noexcept {
    return raw((forwards() ? ways_->targets : ways_->sources)[at_]);
  }
  [[nodiscard]] bool forwards() const noexcept { return out_left_ != 0; }
  /// Number of the instance, when walked forwards.
  [[nodiscard]] std::uint32_t out_edge() const noexcept { return at_; }
  /// Where the number of the instance stands, when walked backwards.
  [[nodiscard]] const std::uint32_t* in_edge() const noexcept { return ways_->in_edges + at_; }

  friend bool operator==(const PlaceBothWays& a, const PlaceBothWays& b) noexcept {
    return a.at_ == b.at_ && a.out_left_ == b.out_left_;
  }

 private:
  PlaceBothWays(const BothWays& ways, std::uint32_t entity) : ways_(&ways), entity_(entity) {}

  const BothWays* ways_ = nullptr;
  std::uint32_t entity_ = 0;
  std::uint32_t at_ = 0;        // among the targets or the sources of all
  std::uint32_t out_left_ = 0;  // 0: among the in-edges
  std::uint32_t first_in_ = 0;
};

/// Edges of an entity, leading away from it (`Away`) or to it.
template <typename Edge, bool Away>
class EdgeBothWays : public boost::iterator_facade<EdgeBothWays<Edge, Away>, Edge,
                                                   boost::forward_traversal_tag, Edge> {
 public:
  EdgeBothWays() = default;
  explicit EdgeBothWays(PlaceBothWays place) : place_(place) {}

 private:
  friend class boost::iterator_core_access;

  void increment() { ++place_; }
  [[nodiscard]] bool equal(const EdgeBothWays& other) const { return place_ == other.place_; }
  [[nodiscard]] Edge dereference() const {
    const std::uint32_t a = Away ? place_.entity() : place_.other();
    const std::uint32_t b = Away ? place_.other() : place_.entity();
    if constexpr (std::is_same_v<Edge, UndirectedEdge>) {
      return place_.forwards() ? Edge(a, b, place_.out_edge()) : Edge(a, b, place_.in_edge());
    } else {
      const std::uint64_t edge = place_.forwards() ? place_.out_edge() : *place_.in_edge();
      return {a, b, 2 * edge + (place_.forwards() == Away ? 0 : 1)};
    }
  }

  PlaceBothWays place_;
};

/// Entities at the other ends.
class NeighbourBothWays
    : public boost::iterator_facade<NeighbourBothWays, std::uint32_t, boost::forward_traversal_tag,
                                    std::uint32_t> {
 public:
  NeighbourBothWays() = default;
  explicit NeighbourBothWays(PlaceBothWays place) : place_(place) {}

 private:
  friend class boost::iterator_core_access;

  void increment() { ++place_; }
  [[nodiscard]] bool equal(const NeighbourBothWays& other) const { return place_ == other.place_; }
  [[nodiscard]] std::uint32_t dereference() const { return place_.other(); }

  PlaceBothWays place_;
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
  using vertices_size_type = RelationGraph::vertices_size_type;
  using edges_size_type = std::uint64_t;
  using degree_size_type = std::uint64_t;
  using vertex_iterator = boost::counting_iterator<std::uint32_t>;
  using out_edge_iterator = EdgeBothWays<Edge, true>;
  using in_edge_iterator = EdgeBothWays<Edge, false>;
  using adjacency_iterator = NeighbourBothWays;

  UnionGraph(const EnterpriseGraph& graph, RelationKind kind)
      : directed_(graph, kind),
        ways_(std::make_shared<const BothWays>(directed_.graph(), directed_.relation())) {}

  [[nodiscard]] const EnterpriseGraph& graph() const noexcept { return directed_.graph(); }
  [[nodiscard]] const Relation& relation() const noexcept { return directed_.relation(); }
  [[nodiscard]] const RelationGraph& directed() const noexcept { return directed_; }
  [[nodiscard]] const BothWays& ways() const noexcept { return *ways_; }

  /// A number that no vertex has.
  [[nodiscard]] static vertex_descriptor null_vertex() noexcept {
    return RelationGraph::null_vertex();
  }

 private:
  RelationGraph directed_;
  std::shared_ptr<const BothWays> ways_;
};

template <typename Iterator, typename Edge>
[[nodiscard]] std::pair<Iterator, Iterator> range_both_ways(std::uint32_t v,
                                                            const UnionGraph<Edge>& g) {
  return {Iterator(PlaceBothWays::begin(g.ways(), v)), Iterator(PlaceBothWays::end(g.ways(), v))};
}

}  // namespace detail

/// One relation without its direction, as Boost.Graph sees it: every instance is one edge with one
/// index, seen from both of its ends. A model of the same concepts as RelationGraph; components,
/// biconnected components and articulation points run on it. Two entities that supply each other
/// are joined by two edges. The view shares the graph's data and keeps it alive; its own is where
/// rows start and how long they are, 12 bytes an entity.
class UndirectedRelationGraph : public detail::UnionGraph<UndirectedEdge> {
 public:
  using directed_category = boost::undirected_tag;
  using edge_iterator = boost::transform_iterator<detail::Undirect, RelationGraph::edge_iterator>;
  using UnionGraph::UnionGraph;
};

/// One relation with every instance there and back, as Boost.Graph sees it: what flow algorithms
/// ask for. `edge_reverse` leads from an edge to its other direction. A model of the same concepts
/// as RelationGraph. The view shares the graph's data and keeps it alive; its own is where rows
/// start and how long they are, 12 bytes an entity.
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
[[nodiscard]] std::size_t num_vertices(const UnionGraph<Edge>& g) {
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
  return range_both_ways<typename UnionGraph<Edge>::out_edge_iterator>(v, g);
}
template <typename Edge>
[[nodiscard]] auto in_edges(std::uint32_t v, const UnionGraph<Edge>& g) {
  return range_both_ways<typename UnionGraph<Edge>::in_edge_iterator>(v, g);
}
template <typename Edge>
[[nodiscard]] auto adjacent_vertices(std::uint32_t v, const UnionGraph<Edge>& g) {
  return range_both_ways<typename UnionGraph<Edge>::adjacency_iterator>(v, g);
}
template <typename Edge>
[[nodiscard]] std::uint64_t out_degree(std::uint32_t v, const UnionGraph<Edge>& g) {
  return g.ways().degrees[v];
}
template <typename Edge>
[[nodiscard]] std::uint64_t in_degree(std::uint32_t v, const UnionGraph<Edge>& g) {
  return g.ways().degrees[v];
}
template <typename Edge>
[[nodiscard]] RelationVertexIndex get(boost::vertex_index_t, const UnionGraph<Edge>&) {
  return {};
}
template <typename Edge>
[[nodiscard]] std::size_t get(boost::vertex_index_t, const UnionGraph<Edge>&, std::uint32_t v) {
  return v;
}
template <typename Edge>
void renumber_vertex_indices(const UnionGraph<Edge>&) {}
template <typename Edge>
[[nodiscard]] NoProperties<std::uint32_t> get(boost::vertex_all_t, const UnionGraph<Edge>&) {
  return {};
}
template <typename Edge>
[[nodiscard]] NoProperties<Edge> get(boost::edge_all_t, const UnionGraph<Edge>&) {
  return {};
}

[[nodiscard]] inline std::uint32_t edge_number(const UndirectedEdge& e) { return e.index(); }
[[nodiscard]] inline std::uint64_t edge_number(const BidirectedEdge& e) { return e.index; }

/// Number of an edge.
template <typename Edge>
struct UnionEdgeIndex {
  using key_type = Edge;
  using value_type = decltype(edge_number(std::declval<Edge>()));
  using reference = value_type;
  using category = boost::readable_property_map_tag;

  friend value_type get(const UnionEdgeIndex&, const Edge& e) { return edge_number(e); }
};
template <typename Edge>
[[nodiscard]] UnionEdgeIndex<Edge> get(boost::edge_index_t, const UnionGraph<Edge>&) {
  return {};
}
template <typename Edge>
[[nodiscard]] auto get(boost::edge_index_t, const UnionGraph<Edge>&, const Edge& e) {
  return edge_number(e);
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
  return g.ways().degrees[v];
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
  return 2 * std::uint64_t{g.ways().degrees[v]};
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
template <>
struct property_map<liantu::UndirectedRelationGraph, vertex_all_t>
    : property_map<liantu::RelationGraph, vertex_all_t> {};
template <>
struct property_map<liantu::BidirectedRelationGraph, vertex_all_t>
    : property_map<liantu::RelationGraph, vertex_all_t> {};
template <>
struct property_map<liantu::UndirectedRelationGraph, edge_all_t> {
  using type = liantu::NoProperties<liantu::UndirectedEdge>;
  using const_type = type;
};
template <>
struct property_map<liantu::BidirectedRelationGraph, edge_all_t> {
  using type = liantu::NoProperties<liantu::BidirectedEdge>;
  using const_type = type;
};
template <typename Tag>
struct property_map<const liantu::UndirectedRelationGraph, Tag>
    : property_map<liantu::UndirectedRelationGraph, Tag> {};
template <typename Tag>
struct property_map<const liantu::BidirectedRelationGraph, Tag>
    : property_map<liantu::BidirectedRelationGraph, Tag> {};

}  // namespace boost
