// From a plain edge list to a graph that Boost.Graph runs on, and two of its algorithms beside the
// same ones on boost::compressed_sparse_row_graph. Prints lines of tab-separated: who, task,
// seconds, processor time of all threads and what came out. Usage: liantu_edges
// FILE [load | bridge]

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <iterator>
#include <string_view>
#include <tbb/global_control.h>
#include <utility>
#include <vector>

#include <boost/graph/biconnected_components.hpp>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/page_rank.hpp>
#include <fmt/format.h>

#include "liantu/base/text/error.hpp"
#include "liantu/graph/boost_union.hpp"
#include "liantu/ingest/edges/edge_list.hpp"

namespace liantu::bench {
namespace {

using Clock = std::chrono::steady_clock;
using Csr = boost::compressed_sparse_row_graph<boost::bidirectionalS, boost::no_property,
                                               boost::no_property, boost::no_property,
                                               std::uint32_t, std::uint64_t>;

template <typename Work>
auto timed(const char* who, const char* task, const Work& work) {
  std::fflush(stdout);  // what is done stands there even if the rest takes too long
  const auto start = Clock::now();
  const std::clock_t before = std::clock();
  auto result = work();
  const double processor = static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
  const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
  fmt::print("{}\t{}\t{:.4f}\tprocessor {:.4f} s, ", who, task, seconds, processor);
  return result;
}

template <typename Graph>
std::size_t count_articulation_points(const Graph& g) {
  std::vector<std::uint32_t> points;
  boost::articulation_points(g, std::back_inserter(points));
  return points.size();
}

template <typename Graph>
double largest_page_rank(const Graph& g) {
  std::vector<double> rank(num_vertices(g));
  boost::graph::page_rank(
      g, boost::make_iterator_property_map(rank.begin(), get(boost::vertex_index, g)),
      boost::graph::n_iterations(20));
  return *std::ranges::max_element(rank);
}

/// Every edge there and back, as algorithms for undirected graphs ask of a directed one.
Csr copy_of(const UndirectedRelationGraph& g) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  pairs.reserve(2 * num_edges(g));
  for (auto [e, end] = edges(g); e != end; ++e) {
    pairs.emplace_back((*e).source, (*e).target);
    pairs.emplace_back((*e).target, (*e).source);
  }
  return Csr(boost::edges_are_unsorted_multi_pass, pairs.begin(), pairs.end(),
             static_cast<std::uint32_t>(num_vertices(g)));
}

constexpr int kRounds = 3;

IngestResult load(const char* file, const char* task, const EdgeListOptions& options) {
  IngestResult result;
  for (int round = 0; round < kRounds; ++round) {
    result = {};
    result = timed("liantu", task, [&] { return read_edge_list(file, options); });
    fmt::print("{} firms, {} relations\n", result.graph.size(),
               result.graph.relation(RelationKind::Supplies).size());
  }
  return result;
}

void run_load(const char* file) {
  EdgeListOptions options;
  options.undirected = true;
  load(file, "load", options);
  {
    const tbb::global_control one(tbb::global_control::max_allowed_parallelism, 1);
    load(file, "load, one thread", options);
  }
  options.undirected = false;
  load(file, "load, directed", options);
}

void run_bridge(const char* file) {
  EdgeListOptions options;
  options.undirected = true;
  const IngestResult result = read_edge_list(file, options);
  const UndirectedRelationGraph ours(result.graph, RelationKind::Supplies);
  const Csr csr = copy_of(ours);
  // In turns, so that whatever else the machine does meets both.
  for (int round = 0; round < kRounds; ++round) {
    const auto points = [](const char* who, const auto& g) {
      fmt::print("{} points\n",
                 timed(who, "articulation", [&] { return count_articulation_points(g); }));
    };
    points("liantu", ours);
    points("csr", csr);
  }
  for (int round = 0; round < kRounds; ++round) {
    const auto rank = [](const char* who, const auto& g) {
      fmt::print("largest {:.9f}\n",
                 timed(who, "pagerank, 20 rounds", [&] { return largest_page_rank(g); }));
    };
    rank("liantu", ours);
    rank("csr", csr);
  }
}

}  // namespace
}  // namespace liantu::bench

int main(int count, char** arguments) {
  const std::string_view what = count > 2 ? arguments[2] : "";
  if (count < 2 || count > 3 || (count == 3 && what != "load" && what != "bridge")) {
    fmt::print(stderr, "usage: liantu_edges FILE [load | bridge]\n");
    return 2;
  }
  try {
    if (what != "bridge") liantu::bench::run_load(arguments[1]);
    if (what != "load") liantu::bench::run_bridge(arguments[1]);
  } catch (const liantu::Error& error) {
    fmt::print(stderr, "{}\n", error.message().en);
    return 3;
  }
  return 0;
}
