#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/values/basis.hpp"
#include "liantu/graph/graph.hpp"

namespace LIANTU_API liantu {

/// What a newcomer would make of one segment.
struct NewcomerProduct {
  SegmentId segment{0};
  double output = 0;  ///< CNY per year, above 0

  friend bool operator==(const NewcomerProduct&, const NewcomerProduct&) = default;
};

/// A firm that stands in no table, assumed to come to a district. Its FirmId is the number of the
/// graph's firms plus its place in the list of newcomers, its `makes` have the EdgeIds beyond those
/// of the graph, by newcomer, then by segment: as if it had been added to the graph last. Neither
/// may be passed to the graph; firm_name() names any firm.
struct Newcomer {
  std::string name;  ///< of no firm of the graph, as name, code or alias, and of no other newcomer
  std::vector<NewcomerProduct> makes;  ///< at least one, each segment once; no chains
  bool anchor = false;                 ///< whether it is one of the anchors
  std::string source = "what-if";      ///< who assumes its figures

  friend bool operator==(const Newcomer&, const Newcomer&) = default;
};

/// What figures of newcomers rest on: they are assumed, never stated.
inline constexpr Basis kAssumed = Basis::Estimated;

/// The id of the newcomer that stands at a place of the list. O(1).
[[nodiscard]] FirmId newcomer_id(const EnterpriseGraph& graph, std::size_t place);

/// Whether a firm is a newcomer. O(1).
[[nodiscard]] bool is_newcomer(const EnterpriseGraph& graph, FirmId firm);

/// Name of a firm of the graph or of a newcomer. O(1).
[[nodiscard]] std::string_view firm_name(const EnterpriseGraph& graph,
                                         const std::vector<Newcomer>& newcomers, FirmId firm);

/// Whether a `makes` is of a newcomer, so that no row stands behind it. O(1).
[[nodiscard]] bool is_newcomer(const EnterpriseGraph& graph, EdgeId makes);

}  // namespace liantu
