#include "liantu/graph/views/boost_filter.hpp"

#include <vector>

#include <boost/concept/assert.hpp>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/graph_concepts.hpp>
#include <boost/graph/strong_components.hpp>
#include <gtest/gtest.h>

#include "liantu/graph/boost_union.hpp"
#include "liantu/graph/views/ego.hpp"
#include "liantu/graph/views/region_firms.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::random_graph;
using test::sketch;

template <typename Graph>
struct IsAModel {
  BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<Graph>));
  BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<Graph>));
  BOOST_CONCEPT_ASSERT((boost::AdjacencyGraphConcept<Graph>));
  BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<Graph>));
  BOOST_CONCEPT_ASSERT(
      (boost::ReadablePropertyGraphConcept<Graph, std::uint32_t, boost::vertex_index_t>));
  BOOST_CONCEPT_ASSERT(
      (boost::ReadablePropertyGraphConcept<
          Graph, typename boost::graph_traits<Graph>::edge_descriptor, boost::edge_index_t>));
};
template struct IsAModel<FilteredGraph<RelationGraph>>;
template struct IsAModel<FilteredGraph<UndirectedRelationGraph>>;
template struct IsAModel<FilteredGraph<BidirectedRelationGraph>>;

template <typename Direction>
using Copy = boost::adjacency_list<boost::vecS, boost::vecS, Direction, boost::no_property,
                                   boost::property<boost::edge_weight_t, double>>;

/// The instances that the filter keeps, judged one by one, in a graph of their own.
template <typename Direction>
Copy<Direction> copy_of(const EnterpriseGraph& graph, const FilteredRelation& view) {
  Copy<Direction> copy(graph.size());
  const Relation& relation = view.relation();
  for (std::uint64_t e = 0; e < relation.size(); ++e) {
    const EntityId from = relation.source(EdgeId{e});
    const EntityId to = relation.target(EdgeId{e});
    if (!view.keeps(from, to, EdgeId{e})) continue;
    add_edge(raw(from), raw(to), relation.number(EdgeId{e}, EdgeNumber::Amount).value_or(5e5),
             copy);
  }
  return copy;
}

/// A different view of each sample: by confidence, by date, by a district's firms.
RelationFilter filter_of(const EnterpriseGraph& graph, std::uint64_t seed) {
  RelationFilter filter;
  if (seed % 3 == 0) filter.min_confidence = 0.6;
  if (seed % 3 == 1) filter.from.year = 2020;
  if (seed % 3 == 2) {
    filter.within.emplace();
    for (const FirmId firm : RegionFirms(graph, RegionCode{500000})) {
      filter.within->insert(graph.entity(firm));
    }
  }
  return filter;
}

TEST(FilteredGraph, HasTheEdgesThatTheFilterKeepsUnderTheirNumbers) {
  const EnterpriseGraph graph =
      sketch("甲 -supplies{conf=0.1}-> 乙; 甲 -supplies-> 丙; 丙 -supplies-> 乙");
  RelationFilter filter;
  filter.min_confidence = 0.5;
  const RelationGraph all(graph, RelationKind::Supplies);
  const FilteredRelation view(all.relation(), filter);
  const auto g = filtered(all, view);
  const auto collect = [](const auto& range) { return std::vector(range.first, range.second); };
  // Firms in the order of their mention: 甲 0, 乙 1, 丙 2.
  EXPECT_EQ(collect(edges(g)), (std::vector<RelationEdge>{{0, 2, 1}, {2, 1, 2}}));
  EXPECT_EQ(collect(out_edges(0, g)), (std::vector<RelationEdge>{{0, 2, 1}}));
  EXPECT_EQ(collect(in_edges(1, g)), (std::vector<RelationEdge>{{2, 1, 2}}));
  EXPECT_EQ(out_degree(0, g), 1U);
  EXPECT_EQ(num_vertices(g), 3U);
  EXPECT_EQ(get(boost::edge_index, g, RelationEdge{2, 1, 2}), 2U);
}

TEST(FilteredGraph, ShortestPathsAreThoseOfACopy) {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const EnterpriseGraph graph = random_graph(seed);
    const RelationGraph all(graph, RelationKind::Supplies);
    const FilteredRelation view(all.relation(), filter_of(graph, seed));
    const auto g = filtered(all, view);
    std::vector<double> distance(graph.size());
    std::vector<double> copied(graph.size());
    boost::dijkstra_shortest_paths(g, 0,
                                   boost::weight_map(edge_weights(all, EdgeNumber::Amount, 5e5))
                                       .distance_map(boost::make_iterator_property_map(
                                           distance.begin(), get(boost::vertex_index, g))));
    boost::dijkstra_shortest_paths(copy_of<boost::directedS>(graph, view), 0,
                                   boost::distance_map(copied.data()));
    EXPECT_EQ(distance, copied) << seed;
  }
}

TEST(FilteredGraph, ComponentsAreThoseOfACopy) {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const EnterpriseGraph graph = random_graph(seed);
    const FilteredRelation view(graph.relation(RelationKind::Supplies), filter_of(graph, seed));
    std::vector<int> found(graph.size());
    std::vector<int> expected(graph.size());
    // Both number components in the order of their first vertex.
    const UndirectedRelationGraph both(graph, RelationKind::Supplies);
    const int count = boost::connected_components(filtered(both, view), found.data());
    const auto copy = copy_of<boost::undirectedS>(graph, view);
    EXPECT_EQ(count, boost::connected_components(copy, expected.data())) << seed;
    EXPECT_EQ(found, expected) << seed;

    const RelationGraph directed(graph, RelationKind::Supplies);
    const auto g = filtered(directed, view);
    const auto index = get(boost::vertex_index, g);
    EXPECT_EQ(boost::strong_components(g, boost::make_iterator_property_map(found.begin(), index)),
              boost::strong_components(copy_of<boost::directedS>(graph, view), expected.data()))
        << seed;
  }
}

TEST(FilteredGraph, ShowsAnEgoNetwork) {
  // 甲 0 … 丁 3: at most two steps from 甲, so 丙 → 丁 is left out.
  const EnterpriseGraph graph = sketch("甲 -supplies-> 乙 -supplies-> 丙 -supplies-> 丁");
  const std::vector<EntityId> centres = {EntityId{0}};
  const EgoNetwork network = ego_network(graph, centres);
  const UndirectedRelationGraph supplies(graph, RelationKind::Supplies);
  std::vector<int> component(graph.size());
  EXPECT_EQ(
      boost::connected_components(filtered(supplies, network.relations.front()), component.data()),
      2);
  EXPECT_EQ(component, (std::vector<int>{0, 0, 0, 1}));
}

}  // namespace
}  // namespace liantu
