#pragma once

#include <cstddef>
#include <vector>

#include "prospects/fillings/firm_places.hpp"
#include "prospects/fillings/ground.hpp"
#include "prospects/fillings/scored_gaps.hpp"

namespace liantu {

/// What firms supply to makers elsewhere of the same sectors as those here who buy for a gap: who
/// sells to a tyre works may sell to another. Undone relations do not count.
class LikeCustomers {
 public:
  LikeCustomers(const ProspectGround& ground, const GapReport& report, const FirmPlaces& places,
                const ScoredGaps& gaps);

  /// @return  `supplies` of the firm, one a customer; none for a gap that is not told by sectors.
  [[nodiscard]] std::vector<EdgeId> of(FirmId firm, std::size_t gap) const;

 private:
  const EnterpriseGraph& graph_;
  Date date_;  // of the data
  const FirmPlaces& places_;
  Relation makes_;
  Relation supplies_;
  std::vector<std::vector<SegmentId>> buyers_;  // by gap: sectors of those who buy here, ascending
};

}  // namespace liantu
