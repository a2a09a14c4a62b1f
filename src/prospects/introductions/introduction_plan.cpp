#include "liantu/prospects/introduction_plan.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/core/hash_map.hpp"
#include "base/run/parallel.hpp"
#include "base/run/stopping.hpp"
#include "liantu/base/text/error.hpp"
#include "prospects/introductions/assignment.hpp"

namespace liantu {
namespace {

// By firm: of the ways by one introducer the cheapest, cheapest first.
std::vector<std::vector<Introduction>> ways_to(const IntroductionFinder& finder,
                                               std::span<const FirmId> firms,
                                               const IntroductionPlanOptions& options,
                                               const Stopping& stopping) {
  constexpr std::size_t kBetweenNews = 256;
  std::vector<std::vector<Introduction>> ways(firms.size());
  for (std::size_t first = 0; first < firms.size(); first += kBetweenNews) {
    const std::size_t some = std::min(kBetweenNews, firms.size() - first);
    parallel_for(some, [&](std::size_t i) {
      stopping.check();
      std::vector<Introduction>& own = ways[first + i];
      for (Introduction& way : finder.ways(firms[first + i], options.ways)) {
        if (std::ranges::find(own, way.introducer, &Introduction::introducer) != own.end()) {
          continue;
        }
        own.push_back(std::move(way));
      }
    });
    if (options.progress) options.progress("introductions", first + some, firms.size());
  }
  return ways;
}

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
  std::vector<std::vector<Introduction>> ways = ways_to(finder, firms, options, stopping);
  HashMap<EntityId, std::uint32_t> introducers;
  std::vector<std::uint32_t> calls;  // by introducer
  std::vector<std::vector<CallOffer>> offers(firms.size());
  for (std::size_t i = 0; i < firms.size(); ++i) {
    for (const Introduction& way : ways[i]) {
      const auto [entry, fresh] =
          introducers.try_emplace(way.introducer, static_cast<std::uint32_t>(calls.size()));
      if (fresh) calls.push_back(options.calls[static_cast<std::size_t>(way.channel)]);
      offers[i].push_back({entry->second, std::llround(way.cost * 1e6)});
    }
  }
  const std::vector<std::optional<std::size_t>> taken = share_calls_out(offers, calls, stopping);
  std::vector<PlannedIntroduction> plan(firms.size());
  for (std::size_t i = 0; i < firms.size(); ++i) {
    plan[i].firm = firms[i];
    if (taken[i]) {
      plan[i].way = std::move(ways[i][*taken[i]]);
      continue;
    }
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
