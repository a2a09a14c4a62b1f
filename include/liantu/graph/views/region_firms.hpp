#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>

#include "liantu/base/core/export.hpp"
#include "liantu/base/core/ids.hpp"
#include "liantu/base/regions/region.hpp"
#include "liantu/graph/graph.hpp"

namespace LIANTU_API liantu {

/// The firms that stand in a region or a division of it, ascending: a forward range over the graph,
/// which it keeps alive. A firm whose region is unknown or wider than the one asked for is not
/// among them, and nothing stands in the unknown region. Iterators are valid as long as the range;
/// a walk over all of them takes O(firms).
class RegionFirms {
 public:
  class Iterator {
   public:
    using value_type = FirmId;
    using difference_type = std::ptrdiff_t;
    using iterator_concept = std::forward_iterator_tag;
    using iterator_category = std::input_iterator_tag;
    using pointer = void;
    using reference = FirmId;

    Iterator() = default;

    FirmId operator*() const noexcept { return FirmId{firm_}; }
    Iterator& operator++() noexcept {
      firm_ = firms_->from(firm_ + 1);
      return *this;
    }
    Iterator operator++(int) noexcept {
      const Iterator before = *this;
      ++*this;
      return before;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) noexcept {
      return a.firm_ == b.firm_;
    }

   private:
    friend class RegionFirms;
    Iterator(const RegionFirms* firms, std::uint32_t firm) noexcept : firms_(firms), firm_(firm) {}

    const RegionFirms* firms_ = nullptr;
    std::uint32_t firm_ = 0;
  };

  RegionFirms(const EnterpriseGraph& graph, RegionCode region) : graph_(graph), region_(region) {}

  [[nodiscard]] Iterator begin() const noexcept { return {this, from(0)}; }
  [[nodiscard]] Iterator end() const noexcept { return {this, graph_.size(EntityKind::Firm)}; }

 private:
  /// The first firm of the region that is not before `firm`.
  [[nodiscard]] std::uint32_t from(std::uint32_t firm) const noexcept {
    const std::uint32_t end = graph_.size(EntityKind::Firm);
    while (firm < end && !region_.contains(graph_.region(graph_.entity(FirmId{firm})).code)) ++firm;
    return firm;
  }

  EnterpriseGraph graph_;
  RegionCode region_;
};

}  // namespace liantu
