#pragma once

#include <string_view>
#include <vector>

#include "base/core/hash_map.hpp"
#include "liantu/chain/firms/district.hpp"
#include "liantu/graph/graph.hpp"

namespace liantu {

/// Firms of a province that carry a brand and a trade of somebody from outside: 重庆康力电梯销售有限公司 beside
/// 康力电梯股份有限公司. They may be its own; a name is no proof.
class Namesakes {
 public:
  /// @param province  Where they are looked for.
  Namesakes(const EnterpriseGraph& graph, const District& province);

  /// @return      In the order of the graph; without branches, which presence tells, and without firms
  ///              that are gone.
  /// @complexity  Linear in the firms whose brand begins alike and in the products of the firm.
  [[nodiscard]] std::vector<FirmId> of(FirmId firm) const;

 private:
  const EnterpriseGraph& graph_;
  HashMap<std::string_view, std::vector<FirmId>>
      by_beginning_;  // of what follows the province's name
};

}  // namespace liantu
