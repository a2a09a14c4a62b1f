#pragma once

#include <cassert>

#include <boost/graph/filtered_graph.hpp>

#include "liantu/base/core/export.hpp"
#include "liantu/graph/boost.hpp"
#include "liantu/graph/views/relation_filter.hpp"

namespace LIANTU_API liantu {

namespace detail {

struct KeepsEdge {
  const FilteredRelation* view = nullptr;

  template <typename Edge>
  bool operator()(const Edge& e) const noexcept {
    return view->keeps(EntityId{e.source}, EntityId{e.target}, e.id());
  }
};

}  // namespace detail

/// A filtered relation as Boost.Graph sees it: a model of the concepts that `Graph` is a model of.
template <typename Graph>
using FilteredGraph = boost::filtered_graph<Graph, detail::KeepsEdge>;

/// Shows a filtered relation to Boost.Graph.
///
/// @param g     A view of the relation that is filtered: RelationGraph, UndirectedRelationGraph or
///              BidirectedRelationGraph.
/// @param view  The filter at work.
/// @return      Valid as long as both. All entities stay vertices and edges keep their numbers, so
///              that property maps fit; num_edges(), as in every boost::filtered_graph, counts the
///              edges of `g`, too many for an algorithm that allocates by it, never too few.
template <typename Graph>
[[nodiscard]] FilteredGraph<Graph> filtered(const Graph& g, const FilteredRelation& view) {
  assert(g.relation().kind() == view.relation().kind());
  return {g, detail::KeepsEdge{&view}};
}
template <typename Graph>
FilteredGraph<Graph> filtered(const Graph&&, const FilteredRelation&) = delete;
template <typename Graph>
FilteredGraph<Graph> filtered(const Graph&, const FilteredRelation&&) = delete;

}  // namespace liantu
