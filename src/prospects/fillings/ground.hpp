#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "chain/segments/taxonomy.hpp"
#include "liantu/base/values/date.hpp"
#include "liantu/graph/graph.hpp"

namespace liantu {

/// What all districts of a graph share when prospects are ranked.
struct ProspectGround {
  explicit ProspectGround(const EnterpriseGraph& of);
  ProspectGround(const ProspectGround&) = delete;
  ProspectGround& operator=(const ProspectGround&) = delete;

  [[nodiscard]] bool is_sector(SegmentId segment) const { return sectors[raw(segment)]; }
  /// Whether a product is known to be of a sector; nothing when its sector is not known, or that is
  /// none of an input-output table.
  [[nodiscard]] std::optional<bool> of_sector(SegmentId product, SegmentId sector) const;
  [[nodiscard]] RegionCode region(FirmId firm) const { return regions[region_of[raw(firm)]]; }

  EnterpriseGraph graph;  ///< shares its data
  Taxonomy taxonomy;
  Date date;                             ///< of the data
  std::vector<RegionCode> regions;       ///< in which firms stand, each once
  std::vector<std::uint32_t> region_of;  ///< by firm: position in `regions`
  std::vector<bool> sectors;             ///< by segment: whether it is a sector of an input-output
                                         ///< table
  std::vector<FirmId> branches;          ///< owning_branches()
};

}  // namespace liantu
