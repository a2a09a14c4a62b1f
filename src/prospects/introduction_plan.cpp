#include "liantu/prospects/introduction_plan.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/successive_shortest_path_nonnegative_weights.hpp>
#include <fmt/format.h>

#include "base/run/stopping.hpp"
#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

using Amount = long long;
using Traits = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>;
using Network = boost::adjacency_list<
    boost::vecS, boost::vecS, boost::directedS, boost::no_property,
    boost::property<
        boost::edge_capacity_t, Amount,
        boost::property<boost::edge_residual_capacity_t, Amount,
                        boost::property<boost::edge_reverse_t, Traits::edge_descriptor,
                                        boost::property<boost::edge_weight_t, Amount>>>>>;

// A network in which every arc has a way back.
class Flow {
 public:
  explicit Flow(std::size_t nodes) : network_(nodes) {}

  Traits::edge_descriptor join(std::size_t from, std::size_t to, Amount capacity, Amount cost) {
    const auto there = boost::add_edge(from, to, network_).first;
    const auto back = boost::add_edge(to, from, network_).first;
    put(boost::edge_capacity, network_, there, capacity);
    put(boost::edge_capacity, network_, back, Amount{0});
    put(boost::edge_weight, network_, there, cost);
    put(boost::edge_weight, network_, back, -cost);
    put(boost::edge_reverse, network_, there, back);
    put(boost::edge_reverse, network_, back, there);
    return there;
  }
  void solve(std::size_t source, std::size_t sink) {
    boost::successive_shortest_path_nonnegative_weights(network_, source, sink);
  }
  [[nodiscard]] bool used(Traits::edge_descriptor arc) const {
    return get(boost::edge_residual_capacity, network_, arc) <
           get(boost::edge_capacity, network_, arc);
  }

 private:
  Network network_;
};

}  // namespace

std::vector<PlannedIntroduction> plan_introductions(const IntroductionFinder& finder,
                                                    std::span<const FirmId> firms,
                                                    const IntroductionPlanOptions& options) {
  if (options.ways == 0 || options.ways > 100) {
    throw Error(ErrorCode::InvalidArgument,
                {fmt::format("{} ways a firm asked for; ask for 1 to 100", options.ways),
                 fmt::format("每家企业求引荐路径 {} 条，须在 1 到 100 之间", options.ways)});
  }
  const Stopping stopping{options.stop,
                          {"sharing the introductions out was interrupted", "分配引荐任务已中断"}};
  // Of the ways by one introducer the cheapest.
  std::vector<std::vector<Introduction>> ways(firms.size());
  std::map<EntityId, std::pair<std::size_t, IntroductionChannel>> introducers;
  for (std::size_t i = 0; i < firms.size(); ++i) {
    stopping.check();
    for (Introduction& way : finder.ways(firms[i], options.ways)) {
      if (std::ranges::find(ways[i], way.introducer, &Introduction::introducer) != ways[i].end()) {
        continue;
      }
      introducers.try_emplace(way.introducer, introducers.size(), way.channel);
      ways[i].push_back(std::move(way));
    }
    if (options.progress) options.progress("introductions", i + 1, firms.size());
  }
  // Nodes: source, sink, nobody, the firms, the introducers. Nobody takes who else stays without,
  // dearer than any other way to share out, and the dearer the sooner the firm stands.
  const std::size_t source = 0;
  const std::size_t sink = 1;
  const std::size_t nobody = 2;
  const auto firm_node = [](std::size_t i) { return 3 + i; };
  const auto introducer_node = [&](std::size_t k) { return 3 + firms.size() + k; };
  double dearest = 1;
  for (const auto& list : ways) {
    for (const Introduction& way : list) dearest = std::max(dearest, way.cost);
  }
  const auto units = [](double cost) { return static_cast<Amount>(std::llround(cost * 1e6)); };
  const Amount without = units(dearest) * (static_cast<Amount>(firms.size()) + 1);
  Flow flow(introducer_node(introducers.size()));
  std::vector<std::vector<Traits::edge_descriptor>> arcs(firms.size());
  for (std::size_t i = 0; i < firms.size(); ++i) {
    flow.join(source, firm_node(i), 1, 0);
    flow.join(firm_node(i), nobody, 1,
              without * static_cast<Amount>(firms.size() + (firms.size() - i)));
    for (const Introduction& way : ways[i]) {
      arcs[i].push_back(flow.join(
          firm_node(i), introducer_node(introducers.at(way.introducer).first), 1, units(way.cost)));
    }
  }
  flow.join(nobody, sink, static_cast<Amount>(firms.size()), 0);
  for (const auto& [entity, one] : introducers) {
    flow.join(introducer_node(one.first), sink, options.calls[static_cast<std::size_t>(one.second)],
              0);
  }
  stopping.check();
  flow.solve(source, sink);
  std::vector<PlannedIntroduction> plan(firms.size());
  for (std::size_t i = 0; i < firms.size(); ++i) {
    plan[i].firm = firms[i];
    for (std::size_t k = 0; k < ways[i].size(); ++k) {
      if (flow.used(arcs[i][k])) plan[i].way = ways[i][k];
    }
    if (plan[i].way) continue;
    plan[i].why = ways[i].empty() ? Unintroduced::NoWay : Unintroduced::NoCapacity;
    for (const Introduction& way : ways[i]) plan[i].asked.push_back(way.introducer);
  }
  return plan;
}

void introduce(ProspectList& list, const IntroductionFinder& finder,
               const IntroductionPlanOptions& options) {
  std::vector<FirmId> firms;
  for (const auto* part : {&list.prospects, &list.unlocated}) {
    for (const Prospect& one : *part) firms.push_back(one.firm);
  }
  firms.resize(std::min(firms.size(), kMostIntroduced));
  const std::vector<PlannedIntroduction> plan = plan_introductions(finder, firms, options);
  std::size_t i = 0;
  for (auto* part : {&list.prospects, &list.unlocated}) {
    for (Prospect& one : *part) {
      if (i == plan.size()) return;
      one.introduction = plan[i++].way;
    }
  }
}

}  // namespace liantu
