#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "chain/economy/sectors.hpp"
#include "chain/segments/input_rules.hpp"
#include "chain/segments/segment_marks.hpp"
#include "chain/segments/taxonomy.hpp"
#include "liantu/base/regions/region.hpp"
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

  /// @throws Error{Cancelled}.
  explicit Economy(const EnterpriseGraph& graph, const Stopping& stopping = {});
  Economy(const Economy&) = delete;
  Economy& operator=(const Economy&) = delete;

  [[nodiscard]] const EnterpriseGraph& graph() const { return graph_; }
  [[nodiscard]] const Taxonomy& taxonomy() const { return taxonomy_; }
  [[nodiscard]] const InputRules& rules() const { return rules_; }
  [[nodiscard]] const Sectors& sectors() const { return sectors_; }
  /// Whether a firm is struck off the register.
  [[nodiscard]] bool gone(FirmId firm) const { return gone_[raw(firm)]; }
  /// Ascending by code; the unknown region is one of them.
  [[nodiscard]] std::span<const Place> places() const { return places_; }
  /// The segments that some product requires.
  [[nodiscard]] const SegmentMarks& required() const { return required_; }

 private:
  EnterpriseGraph graph_;
  Taxonomy taxonomy_;
  InputRules rules_;
  Sectors sectors_;
  std::vector<Place> places_;
  SegmentMarks required_;
  std::vector<bool> gone_;  // by firm
};

}  // namespace liantu
