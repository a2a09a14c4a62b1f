#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "liantu/graph/arrival.hpp"
#include "liantu/graph/builder.hpp"
#include "liantu/graph/graph.hpp"

namespace liantu {

/// Firms and where they went, made line by line.
struct ArrivalCase {
  GraphBuilder builder;
  std::vector<Arrival> arrivals;
  std::vector<RegionCode> homes;

  FirmId firm(const std::string& name, std::uint32_t home, int founded,
              const std::string& scope = {}) {
    const EntityRef node = builder.add(EntityKind::Firm, name);
    if (home != 0) builder.set_region(node, {RegionCode{home}, Basis::Stated});
    if (founded != 0) builder.set_founded(node, Date{static_cast<std::int16_t>(founded), 1, 1});
    if (!scope.empty()) builder.set(node, EntityText::Scope, scope);
    homes.push_back(place_of(RegionCode{home}));
    return FirmId{node.local};
  }

  void came(FirmId firm, std::uint32_t place, Date date, bool works = false) {
    arrivals.push_back({firm, homes[raw(firm)], RegionCode{place}, date, works, 0});
  }

  /// The graph; arrivals stand by date afterwards.
  EnterpriseGraph build() {
    std::ranges::stable_sort(arrivals, {}, &Arrival::date);
    return builder.build();
  }
};

}  // namespace liantu
