#pragma once

#include <optional>
#include <string>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/regions/region.hpp"
#include "liantu/graph/graph.hpp"

namespace LIANTU_API liantu {

/// A product that a firm is taken to make; what is left open stays as it is told, if it is.
struct AssumedProduct {
  SegmentId segment{0};
  std::optional<double> output;  ///< CNY per year, not negative
  std::optional<double> share;   ///< of its revenue, [0, 1]

  friend bool operator==(const AssumedProduct&, const AssumedProduct&) = default;
};

/// What is taken to be so of one firm, whatever the tables say.
struct Assumptions {
  std::optional<RegionCode> region;
  std::optional<double> capital;  ///< registered, CNY
  std::optional<double> revenue;  ///< CNY per year
  std::optional<std::string> tags;
  std::optional<std::string> risks;
  std::optional<std::string> status;
  std::vector<AssumedProduct> products;  ///< beside those that are told, each once

  friend bool operator==(const Assumptions&, const Assumptions&) = default;
};

/// A graph in which the assumptions hold: what is assumed counts as stated and sure, by a source that
/// says so. All entities keep their ids.
///
/// @throws Error{InvalidArgument} if an amount is negative or not finite, a share lies outside
///         [0, 1], or a text is no UTF-8.
/// @complexity  O(V + E)
[[nodiscard]] EnterpriseGraph assume(const EnterpriseGraph& graph, FirmId firm,
                                     const Assumptions& assumptions);

}  // namespace liantu
