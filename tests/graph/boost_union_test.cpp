#include "liantu/graph/boost_union.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include <boost/concept/assert.hpp>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/betweenness_centrality.hpp>
#include <boost/graph/biconnected_components.hpp>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/dominator_tree.hpp>
#include <boost/graph/graph_concepts.hpp>
#include <boost/graph/kruskal_min_spanning_tree.hpp>
#include <boost/graph/page_rank.hpp>
#include <boost/graph/push_relabel_max_flow.hpp>
#include <boost/graph/reverse_graph.hpp>
#include <boost/graph/strong_components.hpp>
#include <gtest/gtest.h>

#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::random_graph;
using test::sketch;

BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<UndirectedRelationGraph>));
BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<UndirectedRelationGraph>));
BOOST_CONCEPT_ASSERT((boost::AdjacencyGraphConcept<UndirectedRelationGraph>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<UndirectedRelationGraph>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<UndirectedRelationGraph, UndirectedEdge,
                                                          boost::edge_index_t>));
BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<BidirectedRelationGraph>));
BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<BidirectedRelationGraph>));
BOOST_CONCEPT_ASSERT((boost::AdjacencyGraphConcept<BidirectedRelationGraph>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<BidirectedRelationGraph>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<BidirectedRelationGraph, BidirectedEdge,
                                                          boost::edge_reverse_t>));
BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<boost::reverse_graph<RelationGraph>>));
BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<boost::reverse_graph<RelationGraph>>));
BOOST_CONCEPT_ASSERT((boost::AdjacencyGraphConcept<boost::reverse_graph<RelationGraph>>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<boost::reverse_graph<RelationGraph>>));

template <typename Direction>
using Copy = boost::adjacency_list<boost::vecS, boost::vecS, Direction, boost::no_property,
                                   boost::property<boost::edge_index_t, std::size_t>>;

template <typename Direction, typename Graph>
Copy<Direction> copy_of(const Graph& g) {
  Copy<Direction> copy(num_vertices(g));
  for (auto [e, end] = edges(g); e != end; ++e) {
    add_edge(source(*e, g), target(*e, g), static_cast<std::size_t>(get(boost::edge_index, g, *e)),
             copy);
  }
  return copy;
}

/// Random graphs on which the algorithms are compared with a copy.
std::vector<EnterpriseGraph> samples() {
  std::vector<EnterpriseGraph> graphs;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) graphs.push_back(random_graph(seed));
  graphs.push_back(sketch("甲"));
  return graphs;
}

/// Numbers of groups made comparable: each by the first member it stands for.
std::vector<std::size_t> groups(const std::vector<std::size_t>& of) {
  std::map<std::size_t, std::size_t> first;
  std::vector<std::size_t> result;
  for (std::size_t i = 0; i < of.size(); ++i)
    result.push_back(first.try_emplace(of[i], i).first->second);
  return result;
}

TEST(UndirectedRelationGraph, SeesEachInstanceFromBothEnds) {
  // Entities: 甲 0, 乙 1, 丙 2.
  const EnterpriseGraph graph = sketch("甲 -supplies-> 乙; 乙 -supplies-> 甲; 丙 -supplies-> 甲");
  const UndirectedRelationGraph g(graph, RelationKind::Supplies);
  EXPECT_EQ(num_vertices(g), 3U);
  EXPECT_EQ(num_edges(g), 3U);
  using Seen = std::vector<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>>;
  const auto seen = [&](const auto& range) {
    Seen all;
    for (auto [e, end] = range; e != end; ++e)
      all.emplace_back((*e).source, (*e).target, get(boost::edge_index, g, *e));
    return all;
  };
  EXPECT_EQ(seen(out_edges(0, g)), (Seen{{0, 1, 0}, {0, 1, 1}, {0, 2, 2}}));
  EXPECT_EQ(seen(in_edges(0, g)), (Seen{{1, 0, 0}, {1, 0, 1}, {2, 0, 2}}));
  EXPECT_EQ(seen(out_edges(2, g)), (Seen{{2, 0, 2}}));
  EXPECT_EQ(seen(edges(g)), (Seen{{0, 1, 0}, {1, 0, 1}, {2, 0, 2}}));
  EXPECT_EQ(out_degree(0, g), 3U);
  EXPECT_EQ(degree(1, g), 2U);
  EXPECT_EQ(*out_edges(2, g).first, *std::next(out_edges(0, g).first, 2)) << "one edge, two views";
  const auto [n, end] = adjacent_vertices(0, g);
  EXPECT_EQ(std::vector<std::uint32_t>(n, end), (std::vector<std::uint32_t>{1, 1, 2}));
}

TEST(BidirectedRelationGraph, HasEachInstanceThereAndBack) {
  const EnterpriseGraph graph = sketch("甲 -supplies-> 乙; 丙 -supplies-> 甲");
  const BidirectedRelationGraph g(graph, RelationKind::Supplies);
  EXPECT_EQ(num_edges(g), 4U);
  using Seen = std::vector<std::tuple<std::uint32_t, std::uint32_t, std::uint64_t>>;
  const auto seen = [&](const auto& range) {
    Seen all;
    for (auto [e, end] = range; e != end; ++e)
      all.emplace_back((*e).source, (*e).target, (*e).index);
    return all;
  };
  EXPECT_EQ(seen(edges(g)), (Seen{{0, 1, 0}, {1, 0, 1}, {2, 0, 2}, {0, 2, 3}}));
  EXPECT_EQ(seen(out_edges(0, g)), (Seen{{0, 1, 0}, {0, 2, 3}}));
  EXPECT_EQ(seen(in_edges(0, g)), (Seen{{1, 0, 1}, {2, 0, 2}}));
  for (auto [e, end] = edges(g); e != end; ++e) {
    const BidirectedEdge back = get(boost::edge_reverse, g, *e);
    EXPECT_EQ(back.source, (*e).target);
    EXPECT_EQ(back.target, (*e).source);
    EXPECT_EQ(get(boost::edge_reverse, g, back), *e);
    EXPECT_EQ(back.id(), (*e).id());
    EXPECT_NE(back.backwards(), (*e).backwards());
  }
}

TEST(UndirectedRelationGraph, ComponentsAreThoseOfACopy) {
  for (const EnterpriseGraph& graph : samples()) {
    const UndirectedRelationGraph g(graph, RelationKind::Supplies);
    const auto copy = copy_of<boost::undirectedS>(g);
    std::vector<std::size_t> ours(num_vertices(g));
    std::vector<std::size_t> theirs(num_vertices(g));
    const auto run = [](const auto& any, std::vector<std::size_t>& component) {
      return boost::connected_components(
          any, boost::make_iterator_property_map(component.begin(), get(boost::vertex_index, any)));
    };
    EXPECT_EQ(run(g, ours), run(copy, theirs));
    EXPECT_EQ(groups(ours), groups(theirs));
  }
}

TEST(UndirectedRelationGraph, BiconnectedComponentsAndArticulationPointsAreThoseOfACopy) {
  for (const EnterpriseGraph& graph : samples()) {
    const UndirectedRelationGraph g(graph, RelationKind::Supplies);
    const auto copy = copy_of<boost::undirectedS>(g);
    // Of parallel edges Boost.Graph numbers one, so what is compared are pairs of ends.
    const auto run = [](const auto& any) {
      constexpr std::size_t kNone = 123456;
      std::vector<std::size_t> component(num_edges(any), kNone);
      std::vector<std::size_t> points;
      const auto index = get(boost::edge_index, any);
      const auto [count, last] = boost::biconnected_components(
          any, boost::make_iterator_property_map(component.begin(), index),
          std::back_inserter(points));
      std::ranges::sort(points);
      std::map<std::pair<std::size_t, std::size_t>, std::size_t> of_pair;
      for (auto [e, end] = edges(any); e != end; ++e) {
        const std::pair<std::size_t, std::size_t> ends =
            std::minmax<std::size_t>({source(*e, any), target(*e, any)});
        if (component[get(index, *e)] != kNone) of_pair[ends] = component[get(index, *e)];
      }
      std::vector<std::size_t> components;
      for (const auto& [ends, one] : of_pair) components.push_back(one);
      return std::tuple(count, groups(components), points);
    };
    EXPECT_EQ(run(g), run(copy));
  }
}

TEST(RelationGraph, StrongComponentsAreThoseOfACopy) {
  for (const EnterpriseGraph& graph : samples()) {
    const RelationGraph g(graph, RelationKind::Supplies);
    const auto copy = copy_of<boost::directedS>(g);
    std::vector<std::size_t> ours(num_vertices(g));
    std::vector<std::size_t> theirs(num_vertices(g));
    const auto run = [](const auto& any, std::vector<std::size_t>& component) {
      return boost::strong_components(
          any, boost::make_iterator_property_map(component.begin(), get(boost::vertex_index, any)));
    };
    EXPECT_EQ(run(g, ours), run(copy, theirs));
    EXPECT_EQ(groups(ours), groups(theirs));
  }
}

TEST(RelationGraph, DominatorsAreThoseOfACopy) {
  for (const EnterpriseGraph& graph : samples()) {
    const RelationGraph g(graph, RelationKind::Requires);
    const auto copy = copy_of<boost::bidirectionalS>(g);
    for (std::uint32_t root = 0; root < num_vertices(g); root += 7) {
      const auto run = [root](const auto& any) {
        std::vector<std::size_t> dominator(num_vertices(any), 12345);
        boost::lengauer_tarjan_dominator_tree(
            any, root,
            boost::make_iterator_property_map(dominator.begin(), get(boost::vertex_index, any)));
        return dominator;
      };
      EXPECT_EQ(run(g), run(copy));
    }
  }
}

TEST(RelationGraph, BetweennessIsThatOfACopy) {
  for (const EnterpriseGraph& graph : samples()) {
    const RelationGraph g(graph, RelationKind::Supplies);
    const auto run = [](const auto& any) {
      std::vector<double> between(num_vertices(any), 0);
      boost::brandes_betweenness_centrality(
          any, boost::make_iterator_property_map(between.begin(), get(boost::vertex_index, any)));
      return between;
    };
    const std::vector<double> ours = run(g);
    const std::vector<double> theirs = run(copy_of<boost::directedS>(g));
    ASSERT_EQ(ours.size(), theirs.size());
    for (std::size_t v = 0; v < ours.size(); ++v) EXPECT_NEAR(ours[v], theirs[v], 1e-9) << v;
  }
}

TEST(RelationGraph, PageRankIsThatOfACopy) {
  for (const EnterpriseGraph& graph : samples()) {
    const RelationGraph g(graph, RelationKind::Supplies);
    const auto run = [](const auto& any) {
      std::vector<double> rank(num_vertices(any), 0);
      boost::graph::page_rank(
          any, boost::make_iterator_property_map(rank.begin(), get(boost::vertex_index, any)),
          boost::graph::n_iterations(20));
      return rank;
    };
    const std::vector<double> ours = run(g);
    const std::vector<double> theirs = run(copy_of<boost::bidirectionalS>(g));
    for (std::size_t v = 0; v < ours.size(); ++v) EXPECT_NEAR(ours[v], theirs[v], 1e-12) << v;
  }
}

TEST(BidirectedRelationGraph, FlowsAreThoseOfACopy) {
  for (const EnterpriseGraph& graph : samples()) {
    const BidirectedRelationGraph g(graph, RelationKind::Supplies);
    const auto capacity = [](std::uint64_t index) { return index % 2 == 0 ? 1 + index % 7 : 0; };
    using Traits = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>;
    using FlowCopy = boost::adjacency_list<
        boost::vecS, boost::vecS, boost::directedS, boost::no_property,
        boost::property<
            boost::edge_capacity_t, long,
            boost::property<boost::edge_residual_capacity_t, long,
                            boost::property<boost::edge_reverse_t, Traits::edge_descriptor>>>>;
    FlowCopy copy(num_vertices(g));
    for (auto [e, end] = edges(g); e != end; ++e) {
      if ((*e).backwards()) continue;
      const auto there = add_edge((*e).source, (*e).target, copy).first;
      const auto back = add_edge((*e).target, (*e).source, copy).first;
      put(boost::edge_capacity, copy, there, static_cast<long>(capacity((*e).index)));
      put(boost::edge_capacity, copy, back, 0L);
      put(boost::edge_reverse, copy, there, back);
      put(boost::edge_reverse, copy, back, there);
    }
    std::vector<long> capacities;
    for (std::uint64_t i = 0; i < num_edges(g); ++i) {
      capacities.push_back(static_cast<long>(capacity(i)));
    }
    for (std::uint32_t sink = 1; sink < std::min<std::size_t>(num_vertices(g), 12); ++sink) {
      std::vector<long> residual(num_edges(g));
      const auto index = get(boost::edge_index, g);
      const long ours = boost::push_relabel_max_flow(
          g, 0U, sink, boost::make_iterator_property_map(capacities.begin(), index),
          boost::make_iterator_property_map(residual.begin(), index), get(boost::edge_reverse, g),
          get(boost::vertex_index, g));
      EXPECT_EQ(ours, boost::push_relabel_max_flow(copy, 0, sink)) << sink;
    }
  }
}

TEST(UndirectedRelationGraph, ASpanningForestLeavesOneEdgeLessThanEntitiesInEachPart) {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const UndirectedRelationGraph g(random_graph(seed), RelationKind::Supplies);
    std::vector<UndirectedEdge> forest;
    boost::kruskal_minimum_spanning_tree(
        g, std::back_inserter(forest),
        boost::weight_map(boost::make_function_property_map<UndirectedEdge>(
            [](const UndirectedEdge&) { return 1.0; })));
    std::vector<std::size_t> part(num_vertices(g));
    const std::size_t parts = boost::connected_components(
        g, boost::make_iterator_property_map(part.begin(), get(boost::vertex_index, g)));
    EXPECT_EQ(forest.size() + parts, num_vertices(g)) << seed;
  }
}

}  // namespace
}  // namespace liantu
