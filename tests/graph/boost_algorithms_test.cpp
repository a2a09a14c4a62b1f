#include <cstddef>
#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/copy.hpp>
#include <boost/graph/hawick_circuits.hpp>
#include <boost/graph/transitive_closure.hpp>
#include <gtest/gtest.h>

#include "liantu/graph/boost.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::random_graph;
using test::sketch;

/// Pairs of vertices with a way of at least one edge from the first to the second, by definition.
std::set<std::pair<std::size_t, std::size_t>> reached_pairs(const RelationGraph& g) {
  const std::size_t n = num_vertices(g);
  std::vector<std::vector<bool>> reached(n, std::vector<bool>(n, false));
  for (auto [e, end] = edges(g); e != end; ++e) reached[(*e).source][(*e).target] = true;
  for (std::size_t by = 0; by < n; ++by) {
    for (std::size_t a = 0; a < n; ++a) {
      for (std::size_t b = 0; b < n; ++b) {
        if (reached[a][by] && reached[by][b]) reached[a][b] = true;
      }
    }
  }
  std::set<std::pair<std::size_t, std::size_t>> pairs;
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = 0; b < n; ++b) {
      if (reached[a][b]) pairs.emplace(a, b);
    }
  }
  return pairs;
}

TEST(RelationGraph, TransitiveClosureJoinsWhatSomeWayJoins) {
  using Closure = boost::adjacency_list<boost::setS, boost::vecS, boost::directedS>;
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const EnterpriseGraph graph = random_graph(seed);
    for (const RelationKind kind : {RelationKind::PartOf, RelationKind::Supplies}) {
      const RelationGraph g(graph, kind);
      Closure closure;
      boost::transitive_closure(g, closure);
      std::set<std::pair<std::size_t, std::size_t>> pairs;
      for (auto [e, end] = edges(closure); e != end; ++e) {
        pairs.emplace(source(*e, closure), target(*e, closure));
      }
      EXPECT_EQ(num_vertices(closure), num_vertices(g));
      EXPECT_EQ(pairs, reached_pairs(g)) << seed;
    }
  }
}

TEST(RelationGraph, IsCopiedByTheLibrarysOwnCopy) {
  const RelationGraph g(random_graph(5), RelationKind::Supplies);
  boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS> copy;
  boost::copy_graph(g, copy);
  std::vector<std::pair<std::size_t, std::size_t>> ours;
  std::vector<std::pair<std::size_t, std::size_t>> theirs;
  for (auto [e, end] = edges(g); e != end; ++e) ours.emplace_back((*e).source, (*e).target);
  for (auto [e, end] = edges(copy); e != end; ++e) {
    theirs.emplace_back(source(*e, copy), target(*e, copy));
  }
  EXPECT_EQ(num_vertices(copy), num_vertices(g));
  EXPECT_EQ(theirs, ours);
}

TEST(RelationGraph, CircuitsAreFoundOnIt) {
  struct Lengths {
    std::multiset<std::size_t>* found;
    void cycle(const std::vector<std::uint32_t>& path, const RelationGraph&) const {
      found->insert(path.size());
    }
  };
  const RelationGraph g(
      sketch("甲 -supplies-> 乙 -supplies-> 丙 -supplies-> 甲; 乙 -supplies-> 甲"),
      RelationKind::Supplies);
  std::multiset<std::size_t> found;
  boost::hawick_circuits(g, Lengths{&found});
  EXPECT_EQ(found, (std::multiset<std::size_t>{2, 3}));
}

}  // namespace
}  // namespace liantu
