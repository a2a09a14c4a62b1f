// Relation paths at scale: the tasks and check numbers of other programs on the same graph. Prints
// lines of tab-separated: task, seconds (the best of several rounds), check. The check is the sum
// over sources of the best and the last score kept.
// Usage: liantu_links GRAPH SOURCES [THREADS]   THREADS: default 1

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <limits>
#include <string>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>

#include "liantu/base/text/error.hpp"
#include "liantu/ingest/edges/edge_list.hpp"
#include "liantu/links/paths/path_engine.hpp"
#include "liantu/links/scorers/pagerank.hpp"

namespace liantu::bench {
namespace {

using Clock = std::chrono::steady_clock;

void report(const char* task, int rounds, const std::function<double()>& work) {
  double best = std::numeric_limits<double>::infinity();
  double check = 0;
  for (int round = 0; round < rounds; ++round) {
    const auto start = Clock::now();
    check = work();
    best = std::min(best, std::chrono::duration<double>(Clock::now() - start).count());
  }
  fmt::print("{}\t{:.4f}\t{:.9g}\n", task, best, check);
}

std::vector<EntityId> read_sources(const EnterpriseGraph& graph, const char* file) {
  std::unordered_map<std::string, EntityId> by_name;
  for (std::uint32_t i = 0; i < graph.size(); ++i) {
    by_name.emplace(graph.name(EntityId{i}), EntityId{i});
  }
  std::vector<EntityId> sources;
  std::ifstream in(file);
  for (std::string name; in >> name;) {
    const auto found = by_name.find(name);
    if (found != by_name.end()) sources.push_back(found->second);
  }
  return sources;
}

double best_and_last(const PathEngine& engine, const char* path,
                     std::span<const EntityId> sources) {
  const ScoreOptions options{.top = 100, .new_in = RelationKind::Supplies, .stop = {}};
  double sum = 0;
  for (const auto& ranking : engine.top(parse_path(path), sources, options)) {
    if (!ranking.empty()) sum += ranking.front().score + ranking.back().score;
  }
  return sum;
}

void run(const char* graph_file, const char* source_file, unsigned threads) {
  EdgeListOptions reading;
  reading.undirected = true;
  EnterpriseGraph graph;
  report("load", 1, [&] {
    graph = read_edge_list(graph_file, reading).graph;
    return static_cast<double>(graph.relation(RelationKind::Supplies).size());
  });
  const std::vector<EntityId> all = read_sources(graph, source_file);
  const std::span<const EntityId> few(all.data(), std::min<std::size_t>(all.size(), 100));
  const PathEngine engine(graph, {{}, threads});
  const PathStep step{RelationKind::Supplies, StepDirection::Either};
  report("layout", 1, [&] { return static_cast<double>(engine.degree(EntityId{0}, step)); });
  report("RA", 8, [&] { return best_and_last(engine, "resource_allocation", all); });
  report("L3", 6, [&] { return best_and_last(engine, "l3", few); });
  // In whole panels, and the check is the rank of the source itself.
  const std::span<const EntityId> panels = few.first(few.size() / 16 * 16);
  report("PPR", 2, [&] {
    const ScoreOptions ranking{.top = 100, .new_in = {}, .stop = {}};
    double sum = 0;
    std::size_t i = 0;
    for (const auto& ranks : pagerank_top(engine, step, panels, ranking)) {
      for (const ScoredEntity& rank : ranks) sum += rank.entity == panels[i] ? rank.score : 0;
      ++i;
    }
    return sum;
  });
}

}  // namespace
}  // namespace liantu::bench

int main(int count, char** arguments) {
  if (count != 3 && count != 4) {
    fmt::print(stderr, "usage: liantu_links GRAPH SOURCES [THREADS]\n");
    return 2;
  }
  try {
    const int threads = count == 4 ? std::atoi(arguments[3]) : 1;
    liantu::bench::run(arguments[1], arguments[2], static_cast<unsigned>(std::max(threads, 0)));
  } catch (const liantu::Error& error) {
    fmt::print(stderr, "{}\n", error.message().en);
    return 3;
  }
  return 0;
}
