#pragma once

#include <algorithm>
#include <vector>

#include "chain/economy/economy.hpp"
#include "liantu/chain/gaps/gaps.hpp"

namespace liantu {

/// Which firms a search for gaps looks at, see GapOptions::founded_before, `with` and `without`.
class FirmFilter {
 public:
  FirmFilter(const Economy& economy, const GapOptions& options)
      : economy_(economy),
        founded_before_(options.founded_before),
        without_(sorted(options.without)),
        with_(sorted(options.with)) {}

  /// Whether the firm exists, as far as the search goes.
  [[nodiscard]] bool counts(FirmId firm) const {
    if (std::ranges::binary_search(without_, firm)) return false;
    // What is struck off today may have stood there then.
    if (!founded_before_.known()) return !economy_.gone(firm);
    const EnterpriseGraph& graph = economy_.graph();
    const Date founded = graph.founded(graph.entity(firm));
    return founded.known() && founded < founded_before_;
  }
  /// Whether it counts and is taken to stand where it does.
  [[nodiscard]] bool stays(FirmId firm) const {
    return counts(firm) && !std::ranges::binary_search(with_, firm);
  }
  /// Firms taken to stand in the district, ascending; they need not count.
  [[nodiscard]] const std::vector<FirmId>& moved() const { return with_; }

 private:
  static std::vector<FirmId> sorted(std::vector<FirmId> firms) {
    std::ranges::sort(firms);
    firms.erase(std::unique(firms.begin(), firms.end()), firms.end());
    return firms;
  }

  const Economy& economy_;
  Date founded_before_;
  std::vector<FirmId> without_;
  std::vector<FirmId> with_;
};

}  // namespace liantu
