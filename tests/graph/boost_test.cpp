#include "liantu/graph/boost.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include <boost/concept/assert.hpp>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/bellman_ford_shortest_paths.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/graph_concepts.hpp>
#include <boost/graph/reverse_graph.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/graph/topological_sort.hpp>
#include <gtest/gtest.h>

#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::random_graph;
using test::segment;
using test::sketch;

BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<RelationGraph>));
BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<RelationGraph>));
BOOST_CONCEPT_ASSERT((boost::AdjacencyGraphConcept<RelationGraph>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<RelationGraph>));
BOOST_CONCEPT_ASSERT(
    (boost::ReadablePropertyGraphConcept<RelationGraph, std::uint32_t, boost::vertex_index_t>));
BOOST_CONCEPT_ASSERT(
    (boost::ReadablePropertyGraphConcept<RelationGraph, RelationEdge, boost::edge_index_t>));

using Copy =
    boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS, boost::no_property,
                          boost::property<boost::edge_weight_t, double>>;

template <typename Weights>
Copy copy_of(const RelationGraph& g, const Weights& weights) {
  Copy copy(num_vertices(g));
  for (auto [e, end] = edges(g); e != end; ++e) {
    add_edge((*e).source, (*e).target, get(weights, *e), copy);
  }
  return copy;
}

template <typename Iterators>
auto collect(const Iterators& iterators) {
  return std::vector(iterators.first, iterators.second);
}

TEST(RelationGraph, HasTheInstancesInBothDirections) {
  // Entities: 甲 0, 乙 1, 丙 2.
  const EnterpriseGraph graph = sketch(
      "甲 -supplies-> 乙; 甲 -supplies-> 丙; 丙 -supplies-> 乙; 甲 -supplies{year=2020}-> 乙");
  const RelationGraph g(graph, RelationKind::Supplies);
  using Edges = std::vector<RelationEdge>;
  using Vertices = std::vector<std::uint32_t>;
  EXPECT_EQ(num_vertices(g), 3U);
  EXPECT_EQ(num_edges(g), 4U);
  EXPECT_EQ(collect(vertices(g)), (Vertices{0, 1, 2}));
  EXPECT_EQ(collect(edges(g)), (Edges{{0, 1, 0}, {0, 1, 1}, {0, 2, 2}, {2, 1, 3}}));
  EXPECT_EQ(collect(out_edges(0, g)), (Edges{{0, 1, 0}, {0, 1, 1}, {0, 2, 2}}));
  EXPECT_EQ(collect(out_edges(1, g)), Edges{});
  EXPECT_EQ(collect(in_edges(1, g)), (Edges{{0, 1, 0}, {0, 1, 1}, {2, 1, 3}}));
  EXPECT_EQ(collect(in_edges(0, g)), Edges{});
  EXPECT_EQ(collect(adjacent_vertices(0, g)), (Vertices{1, 1, 2}));
  EXPECT_EQ(out_degree(0, g), 3U);
  EXPECT_EQ(in_degree(0, g), 0U);
  EXPECT_EQ(degree(2, g), 2U);
  EXPECT_EQ(get(boost::edge_index, g, RelationEdge{0, 2, 2}), 2U);
}

TEST(RelationGraph, IsEmptyForARelationWithoutInstances) {
  const RelationGraph none(EnterpriseGraph(), RelationKind::Owns);
  EXPECT_EQ(num_vertices(none), 0U);
  EXPECT_EQ(collect(edges(none)), std::vector<RelationEdge>{});
  const RelationGraph idle(sketch("甲; seg:电池"), RelationKind::Makes);
  EXPECT_EQ(num_vertices(idle), 2U);
  EXPECT_EQ(collect(edges(idle)), std::vector<RelationEdge>{});
  EXPECT_EQ(collect(out_edges(0, idle)), std::vector<RelationEdge>{});
}

TEST(RelationGraph, KeepsItsGraphAlive) {
  const RelationGraph g(sketch("甲 -makes-> 电池"), RelationKind::Makes);
  EXPECT_EQ(collect(edges(g)), (std::vector<RelationEdge>{{0, 1, 0}}));
}

TEST(RelationGraph, SortsATaxonomyTopologically) {
  const EnterpriseGraph graph = sketch("a -part_of-> b -part_of-> c; d -part_of-> b");
  const RelationGraph g(graph, RelationKind::PartOf);
  std::vector<std::uint32_t> order;
  boost::topological_sort(g, std::back_inserter(order));
  const auto place = [&](const char* name) {
    return std::find(order.begin(), order.end(), raw(graph.entity(segment(graph, name))));
  };
  // The sort writes what is reached before what reaches it.
  EXPECT_EQ(order.size(), 4U);
  EXPECT_LT(place("c"), place("b"));
  EXPECT_LT(place("b"), place("a"));
  EXPECT_LT(place("b"), place("d"));
}

TEST(RelationGraph, TopologicalSortFindsTheSameOrderOnACopy) {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const RelationGraph g(random_graph(seed), RelationKind::PartOf);
    std::vector<std::uint32_t> order;
    std::vector<std::size_t> copied;
    boost::topological_sort(g, std::back_inserter(order));
    const Copy copy = copy_of(g, edge_weights([](const RelationEdge&) { return 1.0; }));
    boost::topological_sort(copy, std::back_inserter(copied));
    EXPECT_TRUE(std::equal(order.begin(), order.end(), copied.begin(), copied.end())) << seed;
  }
}

TEST(RelationGraph, ShortestPathsAreThoseOfACopy) {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const RelationGraph g(random_graph(seed), RelationKind::Supplies);
    const auto weights = edge_weights(g, EdgeNumber::Amount, 5e5);
    const Copy copy = copy_of(g, weights);
    std::vector<double> distance(num_vertices(g));
    std::vector<double> copied(num_vertices(g));
    boost::dijkstra_shortest_paths(
        g, 0,
        boost::weight_map(weights).distance_map(
            boost::make_iterator_property_map(distance.begin(), get(boost::vertex_index, g))));
    boost::dijkstra_shortest_paths(copy, 0, boost::distance_map(copied.data()));
    EXPECT_EQ(distance, copied) << seed;

    std::vector<double> relaxed(num_vertices(g), std::numeric_limits<double>::max());
    relaxed[0] = 0;
    EXPECT_TRUE(boost::bellman_ford_shortest_paths(
        g, static_cast<int>(num_vertices(g)),
        boost::weight_map(weights).distance_map(relaxed.data())));
    EXPECT_EQ(relaxed, copied) << seed;
  }
}

TEST(RelationGraph, InEdgesAreTheOutEdgesOfTheReversedGraph) {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const RelationGraph g(random_graph(seed), RelationKind::Requires);
    std::vector<int> forwards(num_vertices(g));
    std::vector<int> backwards(num_vertices(g));
    const auto index = get(boost::vertex_index, g);
    const int count =
        boost::strong_components(g, boost::make_iterator_property_map(forwards.begin(), index));
    const auto reversed = boost::make_reverse_graph(g);
    EXPECT_EQ(boost::strong_components(reversed,
                                       boost::make_iterator_property_map(backwards.begin(), index),
                                       boost::vertex_index_map(index)),
              count)
        << seed;
  }
}

TEST(RelationGraph, WeightsComeFromAFunction) {
  const RelationGraph g(sketch("甲 -owns{share=0.25}-> 乙; 乙 -owns-> 丙"), RelationKind::Owns);
  const auto hops = edge_weights([](const RelationEdge& e) { return e.index + 1.0; });
  const auto shares = edge_weights(g, EdgeNumber::Share, 1);
  const std::vector<RelationEdge> all = collect(edges(g));
  EXPECT_EQ(get(hops, all[1]), 2.0);
  EXPECT_EQ(get(shares, all[0]), 0.25);
  EXPECT_EQ(get(shares, all[1]), 1.0);
}

}  // namespace
}  // namespace liantu
