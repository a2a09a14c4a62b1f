#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "chain/taxonomy.hpp"
#include "liantu/base/region.hpp"
#include "liantu/graph/graph.hpp"

namespace liantu {

/// What the search for gaps asks of a graph whatever the district, looked up once.
class Economy {
 public:
  /// Firms whose region has one code.
  struct Place {
    RegionCode region;
    std::vector<FirmId> firms;  ///< ascending
  };
  /// A segment above another one and how many levels up.
  struct Ancestor {
    SegmentId segment{0};
    std::uint32_t level = 0;
  };

  explicit Economy(const EnterpriseGraph& graph);
  Economy(const Economy&) = delete;
  Economy& operator=(const Economy&) = delete;

  [[nodiscard]] const EnterpriseGraph& graph() const { return graph_; }
  [[nodiscard]] const Taxonomy& taxonomy() const { return taxonomy_; }
  /// Ascending by code; the unknown region is one of them.
  [[nodiscard]] std::span<const Place> places() const { return places_; }
  /// The segment itself at level 0, then all above it, nearest level first.
  [[nodiscard]] std::span<const Ancestor> line(SegmentId segment) const {
    const std::size_t first = line_offsets_[raw(segment)];
    return std::span(lines_).subspan(first, line_offsets_[raw(segment) + 1] - first);
  }

 private:
  EnterpriseGraph graph_;
  Taxonomy taxonomy_;
  std::vector<Place> places_;
  std::vector<std::size_t> line_offsets_;  // by segment
  std::vector<Ancestor> lines_;
};

}  // namespace liantu
