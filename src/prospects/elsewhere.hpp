#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/core/hash_map.hpp"
#include "chain/segments/taxonomy.hpp"
#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/prospects/prospects.hpp"

namespace liantu {

/// In which other districts of the tables a gap is open, too: where somebody makes a product for
/// which the gap is needed here and nobody what would fill it. An estimate that costs a look at the
/// makers: neither coefficients nor sizes are looked at.
class Elsewhere {
 public:
  /// @param regions    In which firms stand, each once.
  /// @param region_of  By firm: position in `regions`.
  Elsewhere(const EnterpriseGraph& graph, const Taxonomy& taxonomy, const GapReport& report,
            const std::vector<RegionCode>& regions, const std::vector<std::uint32_t>& region_of);

  /// How many other districts there are in which a firm of the tables stands.
  [[nodiscard]] std::size_t districts() const { return districts_.size(); }
  /// In how many of them one of these gaps is open and a firm from there comes from outside.
  /// @param gaps  Indices into GapReport::gaps.
  [[nodiscard]] std::size_t count(const std::vector<FilledGap>& gaps, RegionCode from);

 private:
  using Bits = std::vector<std::uint64_t>;  // by district
  const Bits& open(std::size_t gap);
  const Bits& makers(SegmentId segment);
  const Bits& away_from(RegionCode from);

  const EnterpriseGraph& graph_;
  const Taxonomy& taxonomy_;
  const GapReport& report_;
  Relation makes_;
  const std::vector<std::uint32_t>& region_of_;
  std::vector<RegionCode> districts_;
  std::size_t words_ = 0;
  std::vector<std::size_t> district_of_;  // by position in `regions`; districts_.size() = none
  std::vector<Bits> open_;                // by gap; empty until asked for
  HashMap<SegmentId, Bits> makers_;       // where somebody makes it, of those asked for
  HashMap<std::uint32_t, Bits> away_;     // by province: the districts outside it
};

}  // namespace liantu
