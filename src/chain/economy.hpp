#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "chain/input_rules.hpp"
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

  explicit Economy(const EnterpriseGraph& graph);
  Economy(const Economy&) = delete;
  Economy& operator=(const Economy&) = delete;

  [[nodiscard]] const EnterpriseGraph& graph() const { return graph_; }
  [[nodiscard]] const Taxonomy& taxonomy() const { return taxonomy_; }
  [[nodiscard]] const InputRules& rules() const { return rules_; }
  /// Whether a firm is struck off the register.
  [[nodiscard]] bool gone(FirmId firm) const { return gone_[raw(firm)]; }
  /// Ascending by code; the unknown region is one of them.
  [[nodiscard]] std::span<const Place> places() const { return places_; }
  /// See Taxonomy::line().
  [[nodiscard]] std::span<const Ancestor> line(SegmentId segment) const {
    return taxonomy_.line(segment);
  }
  /// See Taxonomy::below().
  [[nodiscard]] std::span<const SegmentId> below(SegmentId segment) const {
    const std::size_t first = below_offsets_[raw(segment)];
    return std::span(below_).subspan(first, below_offsets_[raw(segment) + 1] - first);
  }

 private:
  EnterpriseGraph graph_;
  Taxonomy taxonomy_;
  InputRules rules_;
  std::vector<Place> places_;
  std::vector<std::size_t> below_offsets_;  // by segment
  std::vector<SegmentId> below_;
  std::vector<bool> gone_;  // by firm
};

}  // namespace liantu
