#include "liantu/chain/gaps/what_if.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "chain/firms/status.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/chain/firms/district.hpp"

namespace liantu {
namespace {

[[noreturn]] void refuse(const EnterpriseGraph& graph, FirmId firm, std::string_view en,
                         std::string_view zh) {
  const std::string_view name = graph.name(graph.entity(firm));
  throw Error(ErrorCode::InvalidArgument,
              {fmt::format("{} {}", name, en), fmt::format("“{}”{}", name, zh)});
}

}  // namespace

WhatIf what_if(const EnterpriseGraph& graph, const GapFinder& finder, const GapOptions& options,
               const DistrictChange& change) {
  const District district = complete_district(options.district);
  const auto stands_here = [&](FirmId firm) {
    const bool left = std::ranges::find(options.without, firm) != options.without.end();
    const bool here = std::ranges::find(options.with, firm) != options.with.end();
    return !left && (here || standing(graph, firm, district) == Standing::Inside);
  };
  for (const auto* firms : {&change.come, &change.leave}) {
    for (const FirmId firm : *firms) {
      if (!gone(graph, firm)) continue;
      refuse(graph, firm, "is struck off the register; it makes and needs nothing",
             "已注销，不产生供需");
    }
  }
  for (const FirmId firm : change.come) {
    if (std::ranges::find(change.leave, firm) != change.leave.end()) {
      refuse(graph, firm, "can come or leave, not both", "不能既引入又移除");
    }
    if (stands_here(firm)) {
      refuse(graph, firm, "stands in the district already; it cannot come", "已在本地，不能再引入");
    }
  }
  for (const FirmId firm : change.leave) {
    if (stands_here(firm)) continue;
    refuse(graph, firm, "does not stand in the district; it cannot leave", "不在本地，无从移除");
  }
  WhatIf result;
  result.before = finder.find(options);
  const bool some_come = !change.come.empty() || !change.newcomers.empty();
  if (!some_come && result.before.local_firms <= change.leave.size()) {
    refuse(graph, change.leave.front(), "and the others are all firms of the district; leave some",
           "等已是本地全部企业；请至少保留一家");
  }
  GapOptions changed = options;
  changed.with.insert(changed.with.end(), change.come.begin(), change.come.end());
  for (const FirmId firm : change.leave) {
    std::erase(changed.with, firm);
    changed.without.push_back(firm);
  }
  for (const FirmId firm : change.come) std::erase(changed.without, firm);
  changed.newcomers.insert(changed.newcomers.end(), change.newcomers.begin(),
                           change.newcomers.end());
  changed.chosen_anchors = result.before.anchors;
  std::erase_if(changed.chosen_anchors->firms, [&](FirmId firm) {
    return std::ranges::find(change.leave, firm) != change.leave.end();
  });
  result.after = finder.find(changed);
  result.diff = compare_gaps(graph, result.before, graph, result.after);
  return result;
}

}  // namespace liantu
